"""What an edit did to an article: wording only, new facts, a correction, a retraction."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from monitor.detect.diff import diff
from monitor.detect.gate import act_of, is_known, keys_said
from monitor.detect.reading import Reading, read
from monitor.detect.stories import TopicState
from monitor.detect.text import clean, fold
from monitor.detect.topic import Topic
from monitor.models import Article, DiffPart

_SLUG = re.compile(
    r"^\s*(?:[\[(][^\])]{1,24}[\])]\s*)+"
)  # (2nd LD), [속보]: says how often, not what
_NOTE = re.compile(r"^\([A-Z가-힣][^()\n]{3,160}\)\s*$", re.MULTILINE)  # (ATTN: ADDS details)
_SENTENCE = 24  # characters from which an addition says something of its own
_TOKEN = 40  # characters up to which a replaced run is one token exchanged for another
_ENOUGH = 1.6
_ACT = 0.2  # more for an act that the topic says deserves a push
_WATCHED = frozenset({"subject", "short", "context", "actor", "act"})
_POINTS = {"n": 1.0, "d": 1.0, "p": 1.0, "a": 0.7}


class Grade(StrEnum):
    """How much an edit matters."""

    COSMETIC = "cosmetic"
    MINOR = "minor"  # something was added that a digest serves
    FACTUAL = "factual"
    CORRECTION = "correction"
    RETRACTION = "retraction"


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit with its word diff; `words` says what changed, for people."""

    grade: Grade
    parts: tuple[DiffPart, ...]
    words: str


def grade(old: Article, new: Article, topic: Topic, state: TopicState, now: datetime) -> Edit:
    """Compare a revision with the one before it."""
    parts = diff(_whole(old), _whole(new))
    reading = read(new, topic)
    if _retracts(old, new, reading, topic):
        return Edit(Grade.RETRACTION, parts, "the article was taken back")
    swap = _swapped(parts, new, topic)
    if swap is not None and (swap[2] or "correction" in _cues(new, topic)):
        if not _on_topic(swap[1], reading):
            return Edit(Grade.MINOR, parts, f"“{swap[0]}” became “{swap[1]}” in the background")
        return Edit(Grade.CORRECTION, parts, f"“{swap[0]}” became “{swap[1]}”")
    added = " ".join(part.text.strip() for part in parts if part.op == "added")
    longest = max((len(part.text.strip()) for part in parts if part.op == "added"), default=0)
    if longest < _SENTENCE * (0.6 if reading.tongue.unspaced else 1.0):
        return Edit(Grade.COSMETIC, parts, "")
    if new.full and not _concerns(added, new, topic):
        return Edit(Grade.COSMETIC, parts, "")  # what a site puts around or into all its pages
    said = _said(added, new, topic)
    fresh = [key for key in said if key[0] in _POINTS and not is_known(key, state, None, now)]
    points = sum(_POINTS[key[0]] for key in fresh)
    points += _ACT * sum(act_of(key) in topic.push for key in fresh if key[0] == "a")
    if _headline(old) != _headline(new) and said:
        points += _ENOUGH
    return Edit(Grade.FACTUAL if points >= _ENOUGH else Grade.MINOR, parts, _short(added))


def _whole(article: Article) -> str:
    """The text that is compared, without slugs and notes to editors."""
    body = article.body or article.summary
    return f"{_headline(article)}\n{_NOTE.sub('', body).strip()}"


def _headline(article: Article) -> str:
    return " ".join(_SLUG.sub("", article.title).split())


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 120 else words[:117].rstrip() + "..."


def _cues(article: Article, topic: Topic) -> frozenset[str]:
    """The cues anywhere in an article, so also in a note at its end."""
    reading = read(article, topic)
    return frozenset(cue for sentence in reading.sentences for cue in sentence.ids("cue"))


def _retracts(old: Article, new: Article, reading: Reading, topic: Topic) -> bool:
    """It says so, at the head, and did not before."""
    if "retraction" not in reading.cues:
        return False
    return "retraction" not in read(old, topic).cues


def _swapped(
    parts: tuple[DiffPart, ...], article: Article, topic: Topic
) -> tuple[str, str, bool] | None:
    """The token that was exchanged for another of its kind, and whether it is a figure."""
    for before, after in pairwise(parts):
        if (before.op, after.op) not in (("removed", "added"), ("added", "removed")):
            continue
        gone, came = (before, after) if before.op == "removed" else (after, before)
        old, new = gone.text.strip(), came.text.strip()
        if not old or not new or max(len(old), len(new)) > _TOKEN:
            continue
        left, right = _figures(old, article, topic), _figures(new, article, topic)
        if left and right and left != right:
            return old, new, True
        if _meaning(old, article, topic) != _meaning(new, article, topic):
            return old, new, False
    return None


def _on_topic(token: str, reading: Reading) -> bool:
    """The token stands in the title, the lead, or a sentence that names what is watched."""
    folded = fold(clean(token)).strip(" .,")
    return any(
        folded in sentence.text and (sentence.index < 2 or sentence.subjects)
        for sentence in reading.sentences
    )


def _figures(text: str, article: Article, topic: Topic) -> list[str]:
    """The figures of a token, in digits or words, and dates."""
    tongue = read(article, topic).tongue
    folded = fold(clean(text))
    words = [
        str(tongue.numbers[word])
        for word in re.findall(r"[^\W\d_]+", folded)
        if word in tongue.numbers
    ]
    months = [
        f"m{tongue.months[word]}"
        for word in re.findall(r"[^\W\d_]+", folded)
        if word in tongue.months
    ]
    return [*re.findall(r"\d+(?:[.,]\d+)*", folded), *words, *months]


def _meaning(text: str, article: Article, topic: Topic) -> set[str]:
    folded = fold(clean(text))
    hits = topic.matcher.find(folded, read(article, topic).lang)
    return {f"{hit.kind}:{hit.id}" for hit in hits if hit.kind in ("place", "actor", "thing")}


def _concerns(text: str, article: Article, topic: Topic) -> bool:
    """Whether an added text speaks of what is watched, or of anybody or anything done there."""
    if topic.everything:
        return True
    sentences = read(_piece(text, article), topic).sentences
    return any(hit.kind in _WATCHED for sentence in sentences for hit in sentence.hits)


def _said(text: str, article: Article, topic: Topic) -> list[str]:
    """The statements of an added text, taken as speaking of what the article speaks of."""
    return keys_said(read(_piece(text, article), topic), topic)


def _piece(text: str, article: Article) -> Article:
    return replace(article, id=f"{article.id}+", title="", summary="", body=text, previous=None)
