"""Reworded, or changed in one token that matters? The labelled pairs through the detector.

    python bench/pairs.py [PAIRS] [--only START] [--lang LANG] [--misses] [--json]

Each pair starts from nothing: the first article at its time, the second six hours later from
another outlet. A reworded second that is told is a false alarm, a changed one that is not told is
swallowed. `--misses` prints each wrong pair with the reason the detector gave; `--json` prints one
line of figures for a program. PAIRS is the folder of the set, tests/detect/pairs when left out;
`--only news-` takes the pairs whose ids begin so. A pair names the topic that it is judged by, or
it is the liaison office: a shipped pack, or one of tests/detect/pairs-topics (names only).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from monitor.config.lexicon import read_lexicon
from monitor.config.topic import parse_topic
from monitor.detect import Topic, TopicState, compile_topic, decide, judge
from monitor.models import Article, Decision, Verdict

ROOT = Path(__file__).parent.parent
PAIRS = ROOT / "tests" / "detect" / "pairs"
PACKS = (ROOT / "config" / "topics", ROOT / "tests" / "detect" / "pairs-topics")
OFFICE = "liaison-office"
LATER = timedelta(hours=6)


@dataclass(frozen=True)
class Outcome:
    """One pair and what was decided about its two articles."""

    pair: dict[str, Any]
    first: Decision
    second: Decision

    @property
    def verdict(self) -> Verdict:
        return self.second.verdict

    @property
    def wrong(self) -> bool:
        """A reworded pair that was told, or a changed one that was not."""
        return (self.verdict is not Verdict.SILENT) is (self.pair["label"] == "reworded")


def read_pairs(folder: Path = PAIRS) -> list[dict[str, Any]]:
    lines = (
        line
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    return [json.loads(line) for line in lines]


@lru_cache
def topic_of(name: str) -> Topic:
    """A topic pack, shipped or written for the pairs, compiled."""
    path = next(path for folder in PACKS if (path := folder / f"{name}.yaml").exists())
    return compile_topic(name, parse_topic(YAML(typ="safe", pure=True).load(path)), read_lexicon())


def outcomes(pairs: Iterable[dict[str, Any]]) -> Iterator[Outcome]:
    for pair in pairs:
        topic, state = topic_of(pair.get("topic", OFFICE)), TopicState()
        start = datetime.fromisoformat(pair["at"].replace("Z", "+00:00"))
        first = _decide(pair, "first", start, topic, state)
        second = _decide(pair, "second", start + LATER, topic, state)
        yield Outcome(pair, first, second)


def _decide(
    pair: dict[str, Any], which: str, now: datetime, topic: Topic, state: TopicState
) -> Decision:
    """No language is told: as with a feed that names none."""
    article = Article(
        id=f"{pair['id']}-{which}",
        title=pair[which]["title"],
        body=pair[which]["text"],
        seen=now,
        published=now,
        outlet=f"the {which} outlet",
    )
    decision = decide(article, judge(article, topic), topic, state, now)
    state.apply(decision)
    return decision


def figures(done: Iterable[Outcome]) -> dict[str, Any]:
    """Counts and both error rates, of the pairs given."""
    done = list(done)
    reworded = [o for o in done if o.pair["label"] == "reworded"]
    changed = [o for o in done if o.pair["label"] == "changed"]
    alarms, swallowed = [o for o in reworded if o.wrong], [o for o in changed if o.wrong]
    return {
        "reworded": len(reworded),
        "changed": len(changed),
        "false_pushes": sum(o.verdict is Verdict.ALERT for o in alarms),
        "false_digests": sum(o.verdict is Verdict.DIGEST for o in alarms),
        "swallowed": len(swallowed),
        "only_digest": sum(o.verdict is Verdict.DIGEST for o in changed),
        "first_not_pushed": sum(o.first.verdict is not Verdict.ALERT for o in done),
        "false_alarm_rate": round(len(alarms) / max(1, len(reworded)), 4),
        "swallowed_rate": round(len(swallowed) / max(1, len(changed)), 4),
    }


def grouped(done: Iterable[Outcome], key: str) -> dict[str, dict[str, Any]]:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in done:
        groups[outcome.pair.get(key, OFFICE) or "(reworded)"].append(outcome)
    return {name: figures(some) for name, some in sorted(groups.items())}


def measure(folder: Path = PAIRS) -> dict[str, Any]:
    """All figures: of the whole set, by language, by topic and by kind of token."""
    return _all(list(outcomes(read_pairs(folder))))


def _all(done: list[Outcome]) -> dict[str, Any]:
    return figures(done) | {key: grouped(done, key) for key in ("lang", "topic", "kind")}


def _rows(table: dict[str, dict[str, Any]]) -> None:
    names = (
        "reworded", "false_pushes", "false_digests", "changed", "swallowed", "only_digest",
        "first_not_pushed",
    )  # fmt: skip
    print(f"{'':16s}" + "".join(f"{name:>18s}" for name in names))
    for group, row in table.items():
        print(f"{group:16s}" + "".join(f"{row[name]:>18d}" for name in names))


def show(done: list[Outcome]) -> None:
    table = _all(done)
    for rows in ({"all": table, **table["lang"]}, table["topic"], table["kind"]):
        _rows(rows)
        print()
    print(
        f"false alarms {table['false_alarm_rate']:.1%} of {table['reworded']} reworded, "
        f"swallowed {table['swallowed_rate']:.1%} of {table['changed']} changed"
    )


def show_misses(done: Iterable[Outcome]) -> None:
    for o in done:
        if o.wrong:
            token = f" ({o.pair['kind']}: {o.pair['token']})" if o.pair["token"] else ""
            print(f"\n{o.pair['id']}{token}: {o.verdict.value}, {o.second.kind.value}")
            for which in ("first", "second"):
                print(f"  {which}: {o.pair[which]['title']} | {o.pair[which]['text']}")
            print(f"  why: {o.second.why}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pairs", type=Path, nargs="?", default=PAIRS)
    parser.add_argument("--only", default="", help="pairs whose ids begin so")
    parser.add_argument("--lang")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    pairs = [p for p in read_pairs(options.pairs) if options.lang in (None, p["lang"])]
    done = list(outcomes(p for p in pairs if p["id"].startswith(options.only)))
    if options.json:
        print(json.dumps(_all(done), ensure_ascii=False))
    else:
        show(done)
    if options.misses:
        show_misses(done)
    return 0


if __name__ == "__main__":
    sys.exit(main())
