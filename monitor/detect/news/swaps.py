"""What an edit exchanged for something else of its kind: a figure, a side or person, yes for no."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from monitor.detect.compare.claims import parsed, together
from monitor.detect.story.stories import TopicState
from monitor.detect.words.numbers import Quantity, overlaps
from monitor.detect.words.reading import Reading, read
from monitor.detect.words.sides import Sides
from monitor.detect.words.text import clean, fold
from monitor.detect.words.topic import Topic
from monitor.models import Article, DiffPart

_WORD, _DIGITS = re.compile(r"[^\W\d_]+"), re.compile(r"\d+(?:[.,]\d+)*")
_CONTEXT = 24  # characters beside a token that tell what it means
_LARGE = 100  # a figure from which on the same value hardly counts anything else


class Swap(NamedTuple):
    """A run of words that stands in the place of another."""

    was: str
    now: str
    tells: bool  # by itself that it corrects something; else the article has to say so


def swap_in(
    parts: tuple[DiffPart, ...], article: Article, topic: Topic, longest: int
) -> Swap | None:
    """The first run of up to `longest` characters that an edit exchanged for another of its kind.

    `article` is the new revision, `parts` what the edit changed.
    """
    negation = read(article, topic).tongue.negation
    for place, (before, after) in enumerate(pairwise(parts)):
        if (before.op, after.op) not in (("removed", "added"), ("added", "removed")):
            continue
        gone, came = (before, after) if before.op == "removed" else (after, before)
        old, new = gone.text.strip(), came.text.strip()
        if not old or not new or max(len(old), len(new)) > longest:
            continue
        left, right = _figures(old, article, topic), _figures(new, article, topic)
        if left and right and not set(left) <= set(right):
            return Swap(old, new, tells=True)
        if bool(negation.search(fold(old))) != bool(negation.search(fold(new))):
            return Swap(old, new, tells=len(old) > 2 < len(new))
        around = _around(parts, place)
        was, now = _meant(old, around, article, topic), _meant(new, around, article, topic)
        if was != now:
            return Swap(old, new, tells=_other_side(was, now, topic.sides) and all(around))
    return None


def _around(parts: tuple[DiffPart, ...], place: int) -> tuple[str, str]:
    """What stands unchanged before and after an exchange, "" where something else changed too."""
    before = parts[place - 1] if place else DiffPart("same", "\n")
    after = parts[place + 2] if place + 2 < len(parts) else DiffPart("same", "\n")
    return (
        before.text[-_CONTEXT:] if before.op == "same" else "",
        after.text[:_CONTEXT] if after.op == "same" else "",
    )


def _other_side(was: set[str], now: set[str], who: Sides) -> bool:
    """Both name who, and name different ones; a ministry may stand for its side."""
    left, right = _sides(was, who), _sides(now, who)
    return bool(left and right) and left.isdisjoint(right)


def _sides(meant: set[str], who: Sides) -> set[str]:
    return {m for m in meant if m.startswith("actor:") and m[6:] not in who.speaking}


def is_on_topic(token: str, reading: Reading) -> bool:
    """The token stands in the title, the lead, or a sentence that names what is watched."""
    folded = fold(clean(token)).strip(" .,")
    return any(
        folded in sentence.text and (sentence.index < 2 or sentence.subjects)
        for sentence in reading.sentences
    )


def is_counted(token: str, article: Article, topic: Topic, state: TopicState) -> bool:
    """The bare figures of a token stand at the head of another report of the story, bare as well
    or as so many of something.
    """
    story = state.get(article.story)
    numbers = _numbers(token, read(article, topic))
    if story is None or not numbers:
        return False
    told = together(parsed(member["claims"]) for member in story.memory["members"])
    spans = [f":{key.rpartition(':')[2]}" for key in told.quantities]
    return all(
        not n.unit
        and (
            f"{n.low:g}" in told.bare_figures
            or (n.low >= _LARGE and any(overlaps(n.key, span) for span in spans))
        )
        for n in numbers
    )


def _numbers(token: str, reading: Reading) -> list[Quantity]:
    """The quantities of a token where they stand, so "44.7" of "44.7 million" is millions."""
    folded = fold(clean(token)).strip(" .,")
    found = []
    for sentence in reading.sentences:
        start = sentence.text.find(folded)
        if start >= 0:
            end = start + len(folded)
            found += [n for n in sentence.numbers if n.start < end and start < n.end]
    return found


def _figures(text: str, article: Article, topic: Topic) -> list[str]:
    """The figures of a token, in digits or words, and dates."""
    tongue = read(article, topic).tongue
    folded = fold(clean(text))
    found = _WORD.findall(folded)
    words = [f"{tongue.numbers[word]:g}" for word in found if word in tongue.numbers]
    months = [f"m{tongue.months[word]}" for word in found if word in tongue.months]
    return [*_DIGITS.findall(folded), *words, *months]


def _meant(token: str, around: tuple[str, str], article: Article, topic: Topic) -> set[str]:
    """What a token names where it stands: "North" of "North Korea" is a side."""
    before, after = around
    start = len(before) + (not before[-1:].isspace())
    folded = fold(f"{before[:start]}{' ' * (start - len(before))}{token} {after.lstrip()}")
    hits = topic.find(folded, read(article, topic).lang)
    inside = (h for h in hits if h.start < start + len(token) and start < h.end)
    return {f"{hit.kind}:{hit.id}" for hit in inside if hit.kind in ("place", "actor", "thing")}
