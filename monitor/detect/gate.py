"""Inside a known story only what is new counts: which statements of an article nobody made yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.detect.facts import keys_of
from monitor.detect.numbers import overlaps
from monitor.detect.reading import Reading, Sentence
from monitor.detect.stories import Match, TopicState
from monitor.detect.topic import Topic

_LEAD = 3


@dataclass(frozen=True, slots=True)
class Novelty:
    """What an article says, and what of it is new. `words` are the new statements for people."""

    keys: tuple[str, ...]
    new: tuple[str, ...]
    numbers: tuple[str, ...]
    words: tuple[str, ...]
    old: bool
    push: bool
    digest: bool


def novelty_of(reading: Reading, topic: Topic, state: TopicState, match: Match | None) -> Novelty:
    """Compare an article's statements with those of the open stories."""
    weights: dict[str, float] = {}
    for sentence in _telling(reading, topic):
        weight = 1.0 if sentence.part == "title" else 0.7 if sentence.index < _LEAD else 0.3
        for key in keys_of(sentence, reading, topic):
            weights[key] = max(weight, weights.get(key, 0.0))
    new = {key: weight for key, weight in weights.items() if not _is_known(key, state)}
    acts = [k for k, w in new.items() if k[:2] == "a:" and w >= 0.7 and _act(k) in topic.push]
    numbers = [k for k, w in new.items() if k[:2] == "n:" and w >= 0.7]
    retrospective = bool(reading.cues & {"old", "analysis", "brief"})
    points = sum(new[k] for k in acts) + 0.7 * len(numbers)
    return Novelty(
        keys=tuple(weights),
        new=tuple(new),
        numbers=tuple(numbers),
        words=tuple(_word(key, topic) for key in [*acts, *numbers][:5]),
        old=retrospective,
        push=points >= 1.4,
        digest=points >= 0.5,
    )


def _telling(reading: Reading, topic: Topic) -> Iterator[Sentence]:
    for sentence in reading.sentences:
        about = topic.everything or sentence.part == "title" or sentence.subjects
        if about and not sentence.old:
            yield sentence


def _is_known(key: str, state: TopicState) -> bool:
    if state.known(key):
        return True
    if key.startswith("n:"):
        unit = key.rpartition(":")[0] + ":"
        return any(overlaps(key[2:], other[2:]) for other in state.known_keys(unit))
    return False


def _act(key: str) -> str:
    return key[2:].strip("~+!?*-")


def _word(key: str, topic: Topic) -> str:
    return topic.label(_act(key)) if key[:2] == "a:" else key[2:].replace(":", " ")
