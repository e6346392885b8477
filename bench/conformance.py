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
import time
import warnings
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from monitor.errors import ParseError
from monitor.sources.parse import parse
from monitor.sources.report import parse_file

Row = dict[str, Any]
RUNS = 4


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
    speed(folder, expected)
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


def speed(folder: Path, expected: list[Row]) -> None:
    """Processor time of ours and of feedparser over the captured XML documents, best run each."""
    import feedparser

    forms = ("rss", "rdf", "atom", "sitemap")
    kinds = ("captured", "republished")
    rows = [r for r in expected if r["origin"] in kinds and r["format"].startswith(forms)]
    bodies = [(folder / row["file"]).read_bytes() for row in rows]
    fast = sum(_fast(body) for body in bodies)
    ours = theirs = float("inf")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(RUNS):  # in turns, so that a busy machine is fair to both
            ours = min(ours, _seconds(parse, bodies))
            theirs = min(theirs, _seconds(lambda body: feedparser.parse(BytesIO(body)), bodies))
    size = sum(map(len, bodies)) / 1e6
    print(
        f"{len(bodies)} captured XML documents, {size:.1f} MB: {fast} on the fast tier; "
        f"{ours:.3f} s, feedparser {theirs:.2f} s, {theirs / ours:.1f} times"
    )


def _fast(body: bytes) -> bool:
    try:
        return "document is not well-formed" not in parse(body).warnings
    except ParseError:
        return False


def _seconds(read: Callable[[bytes], object], bodies: list[bytes]) -> float:
    start = time.process_time()
    for body in bodies:
        read(body)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
