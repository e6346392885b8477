"""Fit the detector's weights on the labelled development sets and write monitor/detect/weights.py.

    python bench/fit.py DATA [--dry-run] [--digest] [--cross SCORER]

DATA holds the sets as folders. Small logistic models are fitted by Newton steps, with the
signs that each piece of evidence can only have; a weight of the wrong sign is left out. Each is
also fitted on five sixths of the stories and tried on the last.

JUDGE        is the article about the topic?                          the labelled streams
ABOUT        is it, by what is under way too?                         the labelled streams
STORY_WATCH  does it tell of this story, inside a watch?              the labelled streams
PUSH         does it say something that deserves a push?              the labelled streams
TELL         if it is not pushed, does it deserve a digest?           the same, and the pairs

`--digest` fits TELL alone and leaves the others as they are. `--cross` writes nothing: each
labelled stream is judged and scored with weights that were fitted on the others alone, which is
the honest figure of the whole detector.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fit_stories import instant, ours, told
from logistic import FREE, Sample, crossed_figures, signed
from pairs import outcomes, read_pairs
from quality import SHOWN, backtest, score, topic_of

from monitor.backtest import article_of, read_rows, run
from monitor.detect import Topic, TopicState, weights
from monitor.detect.about.judge import evidence
from monitor.detect.story.match_story import story_evidence
from monitor.detect.story.memory import remembered
from monitor.detect.story.vectors import features_of
from monitor.detect.words.reading import read
from monitor.models import Story

WEIGHTS = Path(__file__).parent.parent / "monitor" / "detect" / "weights.py"
FALLING = frozenset(
    {"age", "idle", "clash", "copied", "score", "old", "analysis", "brief", "reaction"}
    | {"only_expert", "still", "near_core", "near_title", "near_concepts", "same_day", "restates"}
    | {"alone", "belongs", "undated", "unsourced"}
)
STORY_FALLING = frozenset({"age", "idle", "size", "clash", "same_lang"})
JUDGE_FALLING = frozenset({"late", "acts", "share", "once"})
JUDGE_LEFT_OUT = frozenset({"only_old"})  # a rule of its own; as evidence it misled elsewhere
ABOUT_FALLING = frozenset({"elsewhere", "hours"})
JUDGED_ALONE = {"bias": -30.0, "named": 30.0, "judged": 7.0}  # nothing else counts
ABOUT_FREE = frozenset({"named", "running", "reports", "long"})
# Of all evidence, what a watch needs: with more, streams that were left out are told apart worse.
STORY_KEPT = frozenset(
    {"concepts", "cross_core", "cross_title", "numbers", "acts", "days", "idle", "same_lang"}
)
STORY_ROUNDS = 2  # fits on the stories that the fit before made
TESTS = Path(__file__).parent.parent / "tests" / "detect"
PAIRS = (TESTS / "pairs", TESTS / "pairs-held")  # those that were developed on
PAIR_WEIGHT = 6.0  # some fifty of them stand beside eight hundred articles of the streams
PUSH_WEIGHT = {"must": 2.0, "may": 0.5}  # how much a sample counts, by what it is worth


@dataclass(frozen=True)
class Stream:
    """A labelled stream of one watch; `worth` grades its articles: must, may, no."""

    folder: Path
    topic: Topic
    rows: list[dict[str, Any]]
    worth: dict[str, str]


def judged(rows: list[dict[str, Any]], topic: Topic) -> Iterator[Sample]:
    for row in rows:
        reading = read(article_of(row, instant(row)), topic)
        if reading.central:
            label = int(row["development"] is not None)
            yield Sample(evidence(reading, topic), label, row["development"] or row["id"])


def paired(rows: Iterable[dict[str, Any]], topic: Topic, label: str) -> Iterator[Sample]:
    """Each article against the stories near it, with the earlier articles put where they belong."""
    state, now = TopicState(), datetime(2000, 1, 1, tzinfo=UTC)
    for row in rows:
        now, name = max(now, instant(row)), row[label]
        if name is None:
            continue
        features = features_of(read(article_of(row, now), topic), topic)
        state.expire(now)
        own = state.get(name)
        near = state.candidates(state.weighed(features.vector), now)
        for story in near + ([own] if own is not None and own not in near else []):
            found = story_evidence(features, story, state, now)
            yield Sample(found, int(story.id == name), name)
        memory = remembered(features, [], False, "", now, own)
        base = own or Story(name, topic.name, row["title"], now, now)
        state.apply(told(replace(base, updated=now, memory=memory)))


def met(stream: Stream) -> Iterator[Sample]:
    """Each article against the stories that it meets in a run, right or broken as they are there.

    A story is of the development that most of its articles are of.
    """
    matching, near = sys.modules["monitor.detect.story.match_story"], []
    original = matching._weighed  # type: ignore[attr-defined]

    def spy(*arguments: Any) -> Any:
        near.append(original(*arguments))
        return near[-1]

    matching._weighed = spy  # type: ignore[attr-defined]
    verdicts = run(stream.rows, stream.topic)
    holds: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
    for row in stream.rows:
        near.clear()
        verdict, name = next(verdicts), row["development"]
        for match in {match.story.id: match for match in near}.values():
            most = holds[match.story.id].most_common(1)
            if row["label"] != "revision" and (name or verdict["relevant"]):
                label = int(bool(most) and most[0][0] == name)
                yield Sample(dict(match.evidence), label, name or row["id"])
        if name:
            holds[verdict["story"]][name] += 1
    matching._weighed = original  # type: ignore[attr-defined]


def streams(data: Path) -> list[Stream]:
    """The stream of the data folder, then those of the repository that are not held out."""
    folders = [data / "liaison-office-2018-2019", *ours()]
    return [
        Stream(
            folder,
            topic_of(folder),
            list(read_rows(folder / "articles.jsonl")),
            {row["id"]: row["worth"] for row in read_rows(folder / "worth.jsonl")},
        )
        for folder in folders
    ]


@contextmanager
def at_the_gate() -> Iterator[list[Any]]:
    """The cases that reach the gate meanwhile, each appended as it comes.

    What a rule decides before it, a moved card or claims that are all known, teaches it nothing.
    """
    decide = sys.modules["monitor.detect.decide"]
    seen: list[Any] = []
    original = decide.by_gate  # type: ignore[attr-defined]

    def spy(*arguments: Any) -> Any:
        seen.append(arguments[0])
        return original(*arguments)

    decide.by_gate = spy  # type: ignore[attr-defined]
    yield seen
    decide.by_gate = original  # type: ignore[attr-defined]


def gated(stream: Stream) -> Iterator[tuple[Sample, str, bool]]:
    """The evidence that the gate decided by in a run over the stream, the article's grade, and
    whether the digest was asked: it is if nothing is pushed nor told otherwise.
    """
    met = set()
    with at_the_gate() as seen:
        for row, verdict in zip(stream.rows, run(stream.rows, stream.topic), strict=True):
            name, cases = row["development"], seen[:]
            seen.clear()
            first = name is not None and name not in met
            met.add(name)
            if not cases or verdict["kind"] == "copy" or row["label"] == "revision":
                continue
            case, grade = cases[-1], stream.worth.get(row["id"], "no")
            label = int(grade in ("must", "may") or first)
            asked = not case.novelty.pushes and not case.guard
            yield Sample(dict(case.novelty.evidence), label, name or row["id"]), grade, asked


def told_again() -> Iterator[Sample]:
    """Of the pairs that were developed on, where the digest was asked for the second article."""
    for folder in PAIRS:
        for pair in read_pairs(folder):
            with at_the_gate() as seen:
                list(outcomes([pair]))
            case = seen[-1] if seen else None
            if case is None or not case.article.id.endswith("-second"):
                continue
            if not case.novelty.pushes and not case.guard:
                label = int(pair["label"] == "changed")
                yield Sample(dict(case.novelty.evidence), label, pair["id"], PAIR_WEIGHT)


def unsettled(stream: Stream) -> Iterator[Sample]:
    """The evidence on each article that the judgement does not settle in a run over the stream."""
    running = sys.modules["monitor.detect.about.running"]
    seen: list[dict[str, float]] = []
    original = running.evidence_about  # type: ignore[attr-defined]

    def spy(*arguments: Any) -> dict[str, float]:
        seen.append(original(*arguments))
        return seen[-1]

    running.evidence_about = spy  # type: ignore[attr-defined]
    verdicts = run(stream.rows, stream.topic)
    for row in stream.rows:
        before = len(seen)
        next(verdicts)
        if len(seen) > before:
            name = row["development"]
            yield Sample(seen[-1], int(name is not None), name or row["id"])
    running.evidence_about = original  # type: ignore[attr-defined]


def fitted(
    name: str,
    samples: list[Sample],
    falling: frozenset[str],
    left_out: frozenset[str],
    free: frozenset[str] | None = FREE,
) -> dict[str, float]:
    """The weights as they are written, and at work from now on."""

    def again(some: list[Sample]) -> dict[str, float]:
        return signed(some, falling, 1.0, left_out, free)

    found = {
        k: round(v, 2) for k, v in sorted(again(samples).items()) if k == "bias" or abs(v) >= 0.005
    }
    print(f"{name}: {len(samples)} samples, {crossed_figures(samples, again)}", flush=True)
    at_work(name, found)
    return found


def at_work(name: str, found: dict[str, float]) -> None:
    """Put weights to work in this process."""
    used: dict[str, float] = getattr(weights, name)
    used.clear()
    used.update(found)


def watch_models(some: list[Stream]) -> dict[str, dict[str, float]]:
    """The models of a watch; each is fitted with those before it at work, the gate last."""
    about = [sample for stream in some for sample in judged(stream.rows, stream.topic)]
    found = {"JUDGE": fitted("JUDGE", about, JUDGE_FALLING, JUDGE_LEFT_OUT)}
    pairs = [s for stream in some for s in paired(stream.rows, stream.topic, "development")]
    left_out = frozenset(name for sample in pairs for name in sample.evidence) - STORY_KEPT
    at_work("ABOUT", JUDGED_ALONE)
    for later in ("PUSH", "TELL"):
        at_work(later, {"bias": -30.0})  # what was pushed before leaves no trace
    fitted("STORY_WATCH", pairs, STORY_FALLING, left_out)
    for _ in range(STORY_ROUNDS):
        aside = [sample for stream in some for sample in unsettled(stream)]
        found["ABOUT"] = fitted("ABOUT", aside, ABOUT_FALLING, frozenset(), ABOUT_FREE)
        real = [sample for stream in some for sample in met(stream)]
        found["STORY_WATCH"] = fitted("STORY_WATCH", real, STORY_FALLING, left_out)
    graded = [sample for stream in some for sample in gated(stream)]
    push = [replace(s, weight=PUSH_WEIGHT.get(grade, 1.0)) for s, grade, _ in graded]
    found["PUSH"] = fitted("PUSH", push, FALLING, frozenset({"unchanged", "near_core", "analysis"}))
    found["TELL"] = digest_model(some)
    return found


def digest_model(some: list[Stream]) -> dict[str, float]:
    """TELL, with all other weights at work: it is asked only where they push nothing."""
    left = [sample for stream in some for sample, _, asked in gated(stream) if asked]
    return fitted("TELL", [*left, *told_again()], frozenset(), frozenset(), free=None)


def cross(data: Path, scorer: Path) -> None:
    """Score each stream with weights fitted on the others."""
    every = streams(data)
    with tempfile.TemporaryDirectory() as made:
        for stream in every:
            watch_models([other for other in every if other is not stream])
            out = Path(made) / "verdicts.jsonl"
            backtest(stream.folder / "articles.jsonl", stream.topic, out)
            result = score(scorer, "developments", stream.folder / "articles.jsonl", out)
            shown = [f"{key} {result[key]}" for key in SHOWN["developments"]]
            print(f"{stream.folder.name}: {', '.join(shown)}, bcubed {result['story_bcubed']}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="print the weights, write nothing")
    parser.add_argument("--digest", action="store_true", help="fit TELL alone, the others stay")
    parser.add_argument("--cross", type=Path, metavar="SCORER", help="judge each by the others")
    options = parser.parse_args()
    if options.cross:
        cross(options.data, options.cross)
        return 0
    some = streams(options.data)
    found = {"TELL": digest_model(some)} if options.digest else watch_models(some)
    lines = ['"""Weights of the evidence; docs/quality.md says on what each was fitted."""\n']
    for name in ("JUDGE", "ABOUT", "STORY_WATCH", "PUSH", "TELL"):
        model = found.get(name, getattr(weights, name))
        lines.append(f"{name} = {json.dumps(model, indent=4)[:-2]},\n}}\n")
    if options.dry_run:
        print("\n".join(lines))
    else:
        WEIGHTS.write_text("\n".join(lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
