"""Score the story model on labelled pairs: do both articles tell the same event?

    python bench/pairsets.py DATA

DATA holds knews-ko, semeval22 and headlinecause as folders. Each pair is a stream of its own
without a topic, in order of time: the second article joins the story of the first or opens one.
Nothing is learnt from other pairs, and no threshold is chosen for a set: it is what the service
would say.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from monitor.backtest import run
from monitor.config.lexicon import read_common, read_lexicon
from monitor.detect import Topic, everything

SETS = {  # the file, and the label of the pairs that tell the same
    "knews-ko": ("pairs-dev.jsonl", 1),
    "semeval22": ("dev.jsonl", "same"),
    "headlinecause": ("dev.jsonl", "same"),
}


def articles(pair: dict[str, Any]) -> list[dict[str, Any]]:
    """The two articles as rows of a backtest, the earlier first."""
    rows = [{"id": f"{pair['id']}-{side}", "lang": pair.get("lang"), **pair[side]} for side in "ab"]
    for row in rows:
        row.setdefault("title", "")
    return sorted(rows, key=lambda row: row.get("published") or "")


def verdicts(path: Path, same: object, topic: Topic) -> Iterator[tuple[bool, bool]]:
    """Of each pair of a file: whether both tell the same, and whether they came to one story."""
    for line in path.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        first, second = run(articles(pair), topic)
        yield pair["label"] == same, first["story"] == second["story"]


def measure(pairs: list[tuple[bool, bool]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of (right, said)."""
    both = sum(right and said for right, said in pairs)
    precision = both / max(1, sum(said for _, said in pairs))
    recall = both / max(1, sum(right for right, _ in pairs))
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    topic = everything(read_lexicon(), read_common())
    data: Path = parser.parse_args().data
    for name, (file, same) in SETS.items():
        if not (data / name / file).exists():
            continue
        found = list(verdicts(data / name / file, same, topic))
        precision, recall, f1 = measure(found)
        print(
            f"{name}: {len(found)} pairs, {sum(right for right, _ in found)} the same;"
            f" precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
