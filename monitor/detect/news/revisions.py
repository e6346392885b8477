"""What an edit did to an article: wording only, new facts, a correction, a retraction."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from monitor.detect.news.diff import diff
from monitor.detect.news.gate import is_known
from monitor.detect.sense.facts import facts_of, keys_of
from monitor.detect.sense.keys import ACT, DAY, FIGURE, PERSON, act_of, is_told
from monitor.detect.story.stories import TopicState
from monitor.detect.words.numbers import Quantity, overlaps
from monitor.detect.words.reading import Reading, Sentence, read
from monitor.detect.words.sides import SPEAKING
from monitor.detect.words.text import clean, fold
from monitor.detect.words.topic import Topic
from monitor.models import Article, DiffPart, Fact, Story

_SLUG = re.compile(
    r"^\s*(?:[\[(][^\])]{1,24}[\])]\s*)+"
)  # (2nd LD), [속보]: says how often, not what
_EDITION = re.compile(  # (종합), (2보), (LEAD) behind a headline: which edition, not what
    r"\s*[\[(（](?:종합\d*보?|\d?보|\d*(?:st|nd|rd|th)? ?lead|update\d*|更新|続報|续报)[\])）]\s*$",
    re.IGNORECASE,
)
_NOTE = re.compile(r"^\([A-Z가-힣][^()\n]{3,160}\)\s*$", re.MULTILINE)  # (ATTN: ADDS details)
_SENTENCE = 24  # characters from which an addition says something of its own
_TOKEN = 40  # characters up to which a replaced run is one token exchanged for another
_PHRASE = 90  # the same where the article says that it was corrected
_ENOUGH = 16
_ACT = 2  # more for an act that the topic says deserves a push
_CONTEXT = 24  # characters beside a token that tell what it means
_LARGE = 100  # a figure from which on the same value hardly counts anything else
_ALERTS = 40  # articles that a story remembers as alerted
_ASIDE = 400  # statements of any sentence that a story remembers for edits
_READ = 20  # sentences of a report that it reads for them
_SHOWN = 6  # facts that an edit carries of those that came and of those that went
_WATCHED = frozenset({"subject", "short", "context", "actor", "act"})
_POINTS = {FIGURE: 10, DAY: 10, PERSON: 10, ACT: 7}  # of a statement by its kind


class Grade(StrEnum):
    """How much an edit matters."""

    COSMETIC = "cosmetic"
    MINOR = "minor"  # something was added that a digest serves
    FACTUAL = "factual"
    CORRECTION = "correction"
    RETRACTION = "retraction"


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit with its word diff; `words` says what changed, for people.

    `came` and `went` are the facts that the text states now and no longer.
    """

    grade: Grade
    parts: tuple[DiffPart, ...]
    words: str
    came: tuple[Fact, ...] = ()
    went: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class _Delta:
    """What one of two revisions states alone; `keys` are those of the new sentences."""

    keys: tuple[str, ...]
    noted: frozenset[str]  # of them those of a note alone
    came: tuple[Fact, ...]
    went: tuple[Fact, ...]


def grade(old: Article, new: Article, topic: Topic, state: TopicState, now: datetime) -> Edit:
    """Compare a revision with the one before it."""
    before, reading = read(old, topic), read(new, topic)
    same = _headline(old) == _headline(new)
    parts, delta = diff(_whole(old), _whole(new)), _delta(before, reading, topic, same)
    found, words = _graded(old, new, parts, delta, topic, state, now)
    if found is Grade.COSMETIC:
        return Edit(found, parts, words)
    return Edit(found, parts, words, delta.came, delta.went)


def _graded(
    old: Article,
    new: Article,
    parts: tuple[DiffPart, ...],
    delta: _Delta,
    topic: Topic,
    state: TopicState,
    now: datetime,
) -> tuple[Grade, str]:
    reading = read(new, topic)
    if _retracts(old, reading, topic):
        return Grade.RETRACTION, "the article was taken back"
    fresh = [k for k in delta.keys if k[0] in _POINTS and not is_known(k, state, None, now)]
    noted = "correction" in _cues(new, topic)
    swap = _swapped(parts, new, topic, _PHRASE if noted else _TOKEN)
    if swap is not None and (swap[2] or noted):
        if not _on_topic(swap[1], reading):
            return Grade.MINOR, f"“{swap[0]}” became “{swap[1]}” in the background"
        if _told_right(delta.keys, fresh) or _counted(swap[1], new, topic, state):
            return Grade.MINOR, f"“{swap[0]}” became “{swap[1]}”, as others had told"
        if not (_was_alerted(new, state) or any(map(is_told, fresh))):
            return Grade.MINOR, f"“{swap[0]}” became “{swap[1]}”, and no alert had told it"
        return Grade.CORRECTION, f"“{swap[0]}” became “{swap[1]}”"
    added = " ".join(part.text.strip() for part in parts if part.op == "added")
    longest = max((len(part.text.strip()) for part in parts if part.op == "added"), default=0)
    if longest < _SENTENCE * (0.6 if reading.tongue.unspaced else 1.0):
        return Grade.COSMETIC, ""
    if new.full and not _concerns(added, new, topic):
        return Grade.COSMETIC, ""  # what a site puts around or into all its pages
    aside = _aside(state.get(new.story))
    fresh = [key for key in fresh if key not in aside and key not in delta.noted]
    points = sum(_POINTS[key[0]] for key in fresh)
    points += _ACT * sum(act_of(key) in topic.push for key in fresh if key[0] == ACT)
    if _headline(old) != _headline(new) and _in_headline(reading, topic).intersection(fresh):
        points += _ENOUGH
    return Grade.FACTUAL if points >= _ENOUGH else Grade.MINOR, _short(added)


def _delta(old: Reading, new: Reading, topic: Topic, same_headline: bool) -> _Delta:
    """What the sentences that changed state, each read in its own article. The mark of an edition
    is no change of a headline.
    """
    left, right = _stated(old, topic), _stated(new, topic)
    there = {sentence.text.strip() for sentence in old.sentences}
    changed = tuple(
        s
        for s in new.sentences
        if s.text.strip() not in there and not (same_headline and s.part == "title")
    )
    telling = [s for s in changed if _counts(s)]
    keys = dict.fromkeys(key for s in telling for key in keys_of(s, new, topic))
    plain = {key for s in telling if not _is_note(s) for key in keys_of(s, new, topic)}
    return _Delta(
        tuple(keys),
        frozenset(keys.keys() - plain),
        tuple(_one_each(fact for key, fact in right.items() if key not in left)),
        tuple(_one_each(fact for key, fact in left.items() if key not in right)),
    )


def _stated(reading: Reading, topic: Topic) -> dict[str, Fact]:
    """Every fact of a text by its key."""
    return {
        key: fact
        for s in reading.sentences
        if _counts(s)
        for key, fact in facts_of(s, reading, topic)
    }


def _counts(sentence: Sentence) -> bool:
    """It is no background; what somebody says of the past is said now."""
    return not sentence.old or "said" in sentence.ids("cue")


def _is_note(sentence: Sentence) -> bool:
    """A note on what was wrong before: the text itself says what is right."""
    return sentence.part != "title" and "correction" in sentence.ids("cue")


def _one_each(facts: Iterable[Fact]) -> list[Fact]:
    """A fact for each sentence, the first ones."""
    return list({fact.text: fact for fact in reversed(list(facts))}.values())[::-1][:_SHOWN]


def _whole(article: Article) -> str:
    """The text that is compared, without slugs and notes to editors."""
    body = article.body or article.summary
    return f"{_headline(article)}\n{_NOTE.sub('', body).strip()}"


def _headline(article: Article) -> str:
    return _EDITION.sub("", " ".join(_SLUG.sub("", article.title).split()))


def _in_headline(reading: Reading, topic: Topic) -> set[str]:
    """What the title says; a page that only heads anew what others told has nothing new in it."""
    return set(keys_of(reading.title, reading, topic)) if reading.title is not None else set()


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 120 else words[:117].rstrip() + "..."


def _cues(article: Article, topic: Topic) -> frozenset[str]:
    """The cues anywhere in an article, so also in a note at its end."""
    reading = read(article, topic)
    return frozenset(cue for sentence in reading.sentences for cue in sentence.ids("cue"))


def _retracts(old: Article, reading: Reading, topic: Topic) -> bool:
    """It says so, at the head, and did not before."""
    if "retraction" not in reading.cues:
        return False
    return "retraction" not in read(old, topic).cues


def _told_right(keys: tuple[str, ...], fresh: list[str]) -> bool:
    """The quantities of the changed sentences were all told before: it catches up."""
    return any(key[0] == FIGURE for key in keys) and not any(key[0] == FIGURE for key in fresh)


def with_aside(story: Story | None, reading: Reading, topic: Topic) -> list[str]:
    """What the reports of a story say in any sentence, the topic named or not: it is no news of the
    topic, but an edit that adds it adds nothing. As plain JSON.
    """
    if topic.everything:
        return []  # nothing but whole stories is told there
    head = (s for s in reading.sentences[:_READ] if _counts(s))
    said = (key for s in head for key in keys_of(s, reading, topic) if key[0] in _POINTS)
    return list(dict.fromkeys([*_aside(story), *said]))[-_ASIDE:]


def _aside(story: Story | None) -> list[str]:
    return list(story.memory.get("aside", ())) if story is not None else []


def with_alert(story: Story | None, article: str, told: bool) -> list[str]:
    """The articles that a story remembers as alerted, as plain JSON."""
    known = list(story.memory.get("alerted", ())) if story is not None else []
    return [*known, article][-_ALERTS:] if told else known


def _was_alerted(article: Article, state: TopicState) -> bool:
    """What stood there before was told in an alert, so that it has to be put right."""
    story = state.get(article.story)
    return story is None or article.id in story.memory.get("alerted", ())


def _counted(token: str, article: Article, topic: Topic, state: TopicState) -> bool:
    """The bare figures of a token stand at the head of another report of the story, bare as well
    or as so many of something.
    """
    story = state.get(article.story)
    numbers = _numbers(token, read(article, topic))
    if story is None or not numbers:
        return False
    told = {claim for member in story.memory["members"] for claim in member["claims"]}
    spans = {f":{claim.rpartition(':')[2]}" for claim in told if claim[:2] == "n|"}
    return all(
        not n.unit
        and (
            f"u|{n.low:g}" in told
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


def _swapped(
    parts: tuple[DiffPart, ...], article: Article, topic: Topic, longest: int
) -> tuple[str, str, bool] | None:
    """The token that was exchanged for another of its kind, and whether that alone tells: a figure
    for a figure, a side or a person for another, yes for no.
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
            return old, new, True
        if bool(negation.search(fold(old))) != bool(negation.search(fold(new))):
            return old, new, len(old) > 2 < len(new)
        around = _around(parts, place)
        was, now = _meant(old, around, article, topic), _meant(new, around, article, topic)
        if was != now:
            return old, new, _other_side(was, now) and all(around)
    return None


def _around(parts: tuple[DiffPart, ...], place: int) -> tuple[str, str]:
    """What stands unchanged before and after an exchange, "" where something else changed too."""
    before = parts[place - 1] if place else DiffPart("same", "\n")
    after = parts[place + 2] if place + 2 < len(parts) else DiffPart("same", "\n")
    return (
        before.text[-_CONTEXT:] if before.op == "same" else "",
        after.text[:_CONTEXT] if after.op == "same" else "",
    )


def _other_side(was: set[str], now: set[str]) -> bool:
    """Both name who, and name different ones; a ministry may stand for its side."""
    left, right = _sides(was), _sides(now)
    return bool(left and right) and left.isdisjoint(right)


def _sides(meant: set[str]) -> set[str]:
    return {m for m in meant if m.startswith("actor:") and m[6:] not in SPEAKING}


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
        f"{tongue.numbers[word]:g}"
        for word in re.findall(r"[^\W\d_]+", folded)
        if word in tongue.numbers
    ]
    months = [
        f"m{tongue.months[word]}"
        for word in re.findall(r"[^\W\d_]+", folded)
        if word in tongue.months
    ]
    return [*re.findall(r"\d+(?:[.,]\d+)*", folded), *words, *months]


def _meant(token: str, around: tuple[str, str], article: Article, topic: Topic) -> set[str]:
    """What a token names where it stands: "North" of "North Korea" is a side."""
    before, after = around
    start = len(before) + (not before[-1:].isspace())
    folded = fold(f"{before[:start]}{' ' * (start - len(before))}{token} {after.lstrip()}")
    hits = topic.find(folded, read(article, topic).lang)
    inside = (h for h in hits if h.start < start + len(token) and start < h.end)
    return {f"{hit.kind}:{hit.id}" for hit in inside if hit.kind in ("place", "actor", "thing")}


def _concerns(text: str, article: Article, topic: Topic) -> bool:
    """Whether an added text speaks of what is watched, or of anybody or anything done there."""
    if topic.everything:
        return True
    sentences = read(_piece(text, article), topic).sentences
    return any(hit.kind in _WATCHED for sentence in sentences for hit in sentence.hits)


def _piece(text: str, article: Article) -> Article:
    return replace(article, id=f"{article.id}+", title="", summary="", body=text, previous=None)
