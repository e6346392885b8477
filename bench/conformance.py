#!/usr/bin/env python3
"""Reads a folder of feed documents and scores what came out.

    conformance.py FOLDER SCORER

FOLDER holds documents and expected.jsonl, one row a document; SCORER is the program that compares
(`SCORER EXPECTED PARSED --misses`). Prints a table by format, which tier read how many, each miss,
and the speed beside feedparser over the captured XML documents. The documents are not part of the
project: feeds of publishers may be tested with, not shipped.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from parsing import captured, compare

from monitor.sources.report import parse_file

Row = dict[str, Any]


def main(arguments: list[str]) -> int:
    if len(arguments) != 2 or not (Path(arguments[0]) / "expected.jsonl").is_file():
        print(__doc__, file=sys.stderr)
        return 2
    folder, scorer = Path(arguments[0]), arguments[1]
    expected = [json.loads(line) for line in (folder / "expected.jsonl").open(encoding="utf-8")]
    reports = {row["file"]: parse_file(folder / row["file"]) for row in expected}
    misses, summary = score(folder, scorer, list(reports.values()))
    table(expected, reports, misses)
    for name, why in sorted(misses.items()):
        print(f"miss  {name}: {why}")
    print(summary)
    compare(captured(folder))
    return 0


def score(folder: Path, scorer: str, reports: list[Row]) -> tuple[dict[str, str], str]:
    """The scorer's misses by file, and its own summary."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as parsed:
        parsed.writelines(json.dumps(report) + "\n" for report in reports)
        parsed.flush()
        command = [sys.executable, scorer, str(folder / "expected.jsonl"), parsed.name, "--misses"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = (line.partition(": ") for line in done.stderr.splitlines())
    return {name: why for name, _, why in lines}, done.stdout.strip()


def table(expected: list[Row], reports: dict[str, Row], misses: dict[str, str]) -> None:
    """Documents, right ones and tiers by format."""
    tiers = {
        "repaired": "document repaired",
        "lenient": "document is not well-formed",
        "cut off": "document cut off",
    }
    print(f"{'format':14}{'documents':>10}{'missed':>8}" + "".join(f"{t:>10}" for t in tiers))
    for form, count in Counter(row["format"] for row in expected).most_common():
        names = [row["file"] for row in expected if row["format"] == form]
        told = Counter(warning for name in names for warning in reports[name]["warnings"])
        missed = sum(name in misses for name in names)
        print(
            f"{form:14}{count:>10}{missed:>8}"
            + "".join(f"{told[text] or '':>10}" for text in tiers.values())
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
