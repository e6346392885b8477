"""The weights of stories without a topic: chosen here, and judged on what they were not chosen on.

    python bench/fit_stories.py DATA

The weights of monitor/detect/story/likeness.py are round figures. Three of them matter much: the
bias, what is usual in a stream, and another language. This tries a few values of each on every
public set, on its halves and on its titles alone, and prints for each set the score of the choice
that is best on all other sets, and for each half that of the choice that is best on all other
halves.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from monitor.backtest import article_of, read_rows
from monitor.config.lexicon import read_common, read_lexicon
from monitor.detect import Topic, TopicState, everything
from monitor.detect.story.likeness import WEIGHTS
from monitor.detect.story.match_story import best_match
from monitor.detect.story.memory import remembered
from monitor.detect.story.vectors import Features, features_of
from monitor.detect.words.reading import read
from monitor.models import Decision, Kind, Relevance, Story, Verdict

OURS = Path(__file__).parent.parent / "tests" / "detect" / "streams"
HELD_OUT = frozenset(  # read by nobody, or in the end alone: a fit would spoil them
    {"office-thirteenth", "office-sixteenth", "office-eighteenth", "office-nineteenth"}
    | {"office-twentyfirst", "office-twentysecond", "office-twentythird", "office-twentyfourth"}
    | {"fukushima-water", "lachin-road"}
)
SETS = ("clustmcms", "g5w1h", "ecbplus", "basil", "etimeline-devs")
BIAS, USUAL, CROSS = (-5.0, -4.6, -4.2), (-12.0, -20.0), (1.5, 2.0)
COUNTS = {"whole": 1.0, "titles": 0.35}  # how much the forms of a set count
MISSED = 0.3  # what a share of missed stories costs, in F1


@dataclass(frozen=True)
class Run:
    """Articles that are seen one after the other, each with its story and its half."""

    name: str  # of the set
    form: str
    articles: list[tuple[Features, datetime]]
    stories: list[str]
    halves: list[int]


@dataclass(frozen=True)
class Score:
    """How well the stories of some runs were told apart. `missed` opened no story of their own."""

    articles: int
    f1: float
    opened: int
    stories: int
    missed: int

    @property
    def worth(self) -> float:
        """One figure to choose by."""
        return self.f1 - MISSED * self.missed / self.stories

    def __str__(self) -> str:
        alerts = self.opened / self.stories
        return f"F1 {self.f1:.3f}, {alerts:.2f} alerts, {self.missed} of {self.stories} missed"


def ours() -> list[Path]:
    """The folders of the project's own labelled streams that may be learnt from, by name."""
    return [folder for folder in sorted(OURS.iterdir()) if folder.name not in HELD_OUT]


def instant(row: Mapping[str, Any]) -> datetime:
    text = row.get("fetched") or row.get("published") or "2000-01-01T00:00:00Z"
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)


def told(story: Story) -> Decision:
    """A decision that only carries a story, to put it into a state."""
    return Decision(
        "", "", Verdict.SILENT, Kind.REPEAT, "", "", "", Relevance.RELEVANT, story=story
    )  # fmt: skip


def runs_of(data: Path, topic: Topic) -> Iterator[Run]:
    """The public sets, whole and their titles alone; the watches of one set apart."""
    for name in SETS:
        rows = list(read_rows(data / name / "dev.jsonl"))
        for watch in sorted({row.get("watch", "") for row in rows}):
            some = [row for row in rows if row.get("watch", "") == watch]
            yield run_of(name, "whole", some, topic)
            if any(row["text"] for row in some):
                yield run_of(name, "titles", [{**row, "text": ""} for row in some], topic)


def run_of(name: str, form: str, rows: list[dict[str, Any]], topic: Topic) -> Run:
    now, articles = datetime(2000, 1, 1, tzinfo=UTC), []
    for row in rows:
        now = max(now, instant(row))
        articles.append((features_of(read(article_of(row, now), topic), topic), now))
    return Run(name, form, articles, [row["story"] for row in rows], [half_of(r) for r in rows])


def half_of(row: Mapping[str, Any]) -> int:
    """The half that a row is in; events that look alike stay together."""
    together = row["story"] if "watch" in row else row.get("topic") or row["story"]
    return zlib.crc32(str(together).encode()) % 2


def part(run: Run, half: int) -> Run:
    """The stories of one half."""
    kept = [place for place, mine in enumerate(run.halves) if mine == half]
    return replace(
        run,
        articles=[run.articles[place] for place in kept],
        stories=[run.stories[place] for place in kept],
        halves=[half] * len(kept),
    )


def grouped(run: Run, topic: Topic) -> list[str]:
    """The stories that a run makes, by the weights at work."""
    state, found = TopicState(), []
    for number, (features, now) in enumerate(run.articles):
        match = best_match(features, state, now, topic)
        old = match.story if match is not None and match.joins else None
        name = old.id if old is not None else str(number)
        memory = remembered(features, [], False, "", now, old)
        base = old or Story(name, topic.name, name, now, now)
        state.apply(told(replace(base, updated=now, memory=memory)))
        found.append(name)
    return found


def scored(runs: list[Run], topic: Topic) -> Score:
    """The score of runs, weighed by their articles."""
    total = f1 = 0.0
    opened = stories = missed = 0
    for run in runs:
        made = grouped(run, topic)
        total += len(made)
        f1 += len(made) * bcubed(run.stories, made)
        firsts = {made.index(name) for name in made}
        opened += len(firsts)
        stories += len(set(run.stories))
        missed += len(set(run.stories) - {run.stories[place] for place in firsts})
    return Score(int(total), f1 / total, opened, stories, missed)


def bcubed(true: list[str], made: list[str]) -> float:
    """BCubed F1 of the stories that were made."""
    both, right, said = Counter(zip(true, made, strict=True)), Counter(true), Counter(made)
    precision = sum(n * n / said[name] for (_, name), n in both.items()) / len(true)
    recall = sum(n * n / right[name] for (name, _), n in both.items()) / len(true)
    return 2 * precision * recall / (precision + recall)


def tried(runs: list[Run], topic: Topic) -> dict[tuple[str, str, int], Score]:
    """The score of each set in each form, whole (-1) and in halves."""
    groups = defaultdict(list)
    for run in runs:
        groups[run.name, run.form, -1].append(run)
        for half in (0, 1) if run.form == "whole" else ():
            if half in run.halves:
                groups[run.name, run.form, half].append(part(run, half))
    return {key: scored(some, topic) for key, some in groups.items()}


def worth(scores: Mapping[tuple[str, str, int], Score], half: int, without: str = "") -> float:
    """The mean over the sets and forms, one set left out."""
    kept = {key: s for key, s in scores.items() if key[2] == half and key[0] != without}
    counts = {key: COUNTS[key[1]] for key in kept}
    return sum(counts[key] * s.worth for key, s in kept.items()) / sum(counts.values())


def main() -> int:
    """Print what choices are worth on what they were not made on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    topic, found = everything(read_lexicon(), read_common()), {}
    runs, kept = list(runs_of(parser.parse_args().data, topic)), dict(WEIGHTS)
    for name, form, half in (at_work := tried(runs, topic)):
        if half < 0:
            print(f"{name}, {form}, weights as they are: {at_work[name, form, half]}", flush=True)
    for choice in itertools.product(BIAS, USUAL, CROSS):
        WEIGHTS.update(zip(("bias", "usual", "cross"), choice, strict=True))
        found[choice] = tried(runs, topic)
    WEIGHTS.update(kept)
    for name in SETS:
        best = max(found, key=lambda choice: worth(found[choice], -1, without=name))
        print(f"{name}, chosen on the others {best}: {found[best][name, 'whole', -1]}")
    for half in (0, 1):
        best = max(found, key=lambda choice: worth(found[choice], 1 - half))
        for name in SETS:
            print(f"{name}, half {half}, chosen on {1 - half} {best}: ", end="")
            print(found[best][name, "whole", half])
    return 0


if __name__ == "__main__":
    sys.exit(main())
