"""What an edit did to an article: wording only, new facts, a correction, a retraction.

The words are in the grammar file of each language (`lexicon/grammar`), here is where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from monitor.detect.news.diff import diff
from monitor.detect.news.gate import is_known
from monitor.detect.news.swaps import Swap, is_counted, is_on_topic, swap_in
from monitor.detect.sense.facts import facts_of, keys_of
from monitor.detect.sense.keys import ACT, DAY, FIGURE, PERSON, act_of, is_told
from monitor.detect.story.stories import TopicState
from monitor.detect.words.reading import Reading, Sentence, read
from monitor.detect.words.text import fold
from monitor.detect.words.tongue import Tongue
from monitor.detect.words.topic import Topic
from monitor.models import Article, DiffPart, Fact, Story

_SLUG = re.compile(  # (2nd LD), [속보]: says how often, not what
    r"^\s*(?:[\[(][^\])]{1,24}[\])]\s*)+"
)
_EDITION = r"\s*[\[(]{edition}[\])]\s*$"  # (종합), (LEAD): which edition, not what
_NOTE = re.compile(r"^\([A-Z가-힣][^()\n]{3,160}\)\s*$", re.MULTILINE)  # (ATTN: ADDS details)
_SENTENCE = 24  # characters from which an addition says something of its own
_TOKEN = 40  # characters up to which a replaced run is one token exchanged for another
_PHRASE = 90  # the same where the article says that it was corrected
_ENOUGH = 16  # points from which an addition is news
_ACT = 2  # more for an act that the topic says deserves a push
_ALERTS = 40  # articles that a story remembers as alerted
_ASIDE = 400  # statements of any sentence that a story remembers for edits
_READ = 20  # sentences of a report that it reads for them
_SHOWN = 6  # facts that an edit carries of those that came and of those that went
_WATCHED = frozenset({"subject", "short", "context", "actor", "act"})
_POINTS = {FIGURE: 10, DAY: 10, PERSON: 10, ACT: 7}  # of a statement by its kind


class Grade(StrEnum):
    """How much an edit matters."""

    COSMETIC = "cosmetic"
    MINOR = "minor"  # something for the digest was added, or exchanged
    FACTUAL = "factual"  # news was added
    CORRECTION = "correction"  # a fact was exchanged for another
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
    noted: frozenset[str]  # those of them that only a note on what was wrong states
    came: tuple[Fact, ...]
    went: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two revisions of an article, compared."""

    old: Article
    new: Article
    topic: Topic
    state: TopicState
    reading: Reading  # of the new one
    parts: tuple[DiffPart, ...]
    delta: _Delta
    fresh: list[str]  # keys of what the new sentences state and nobody told, if it can be news
    headed_anew: bool  # the headline is another, but for the mark of an edition


def grade(old: Article, new: Article, topic: Topic, state: TopicState, now: datetime) -> Edit:
    """How much a revision matters, compared with the one before it."""
    before, reading = read(old, topic), read(new, topic)
    parts = diff(_whole(old, before.tongue), _whole(new, reading.tongue))
    headed_anew = _headline(old, before.tongue) != _headline(new, reading.tongue)
    delta = _delta(before, reading, topic, headed_anew)
    fresh = [k for k in delta.keys if k[0] in _POINTS and not is_known(k, state, None, now)]
    pair = _Pair(old, new, topic, state, reading, parts, delta, fresh, headed_anew)
    found, words = _graded(pair)
    if found is Grade.COSMETIC:
        return Edit(found, parts, words)
    return Edit(found, parts, words, delta.came, delta.went)


def _graded(pair: _Pair) -> tuple[Grade, str]:
    """The grade of an edit and what it changed, for people: by what is taken back, what is put
    right and what is added, in this order.
    """
    if _retracts(pair.old, pair.reading, pair.topic):
        return Grade.RETRACTION, "the article was taken back"
    noted = "correction" in _cues(pair.new, pair.topic)
    swap = swap_in(pair.parts, pair.new, pair.topic, _PHRASE if noted else _TOKEN)
    if swap is not None and (swap.tells or noted):
        return _put_right(pair, swap)
    return _added(pair)


def _put_right(pair: _Pair, swap: Swap) -> tuple[Grade, str]:
    """A fact was exchanged. It is a correction if it is of the topic, and if it puts right what an
    alert told or tells a new act; and not if others had told what stands there now.
    """
    words = f"“{swap.was}” became “{swap.now}”"
    if not is_on_topic(swap.now, pair.reading):
        return Grade.MINOR, f"{words} in the background"
    if _told_right(pair) or is_counted(swap.now, pair.new, pair.topic, pair.state):
        return Grade.MINOR, f"{words}, as others had told"
    if not (_was_alerted(pair.new, pair.state) or any(map(is_told, pair.fresh))):
        return Grade.MINOR, f"{words}, and no alert had told it"
    return Grade.CORRECTION, words


def _added(pair: _Pair) -> tuple[Grade, str]:
    """Something was added. It is news if it states enough that nobody had stated."""
    pieces = [part.text.strip() for part in pair.parts if part.op == "added"]
    added, longest = " ".join(pieces), max(map(len, pieces), default=0)
    if longest < _SENTENCE * (0.6 if pair.reading.tongue.unspaced else 1.0):
        return Grade.COSMETIC, ""
    if pair.new.full and not _concerns(added, pair.new, pair.topic):
        return Grade.COSMETIC, ""  # what a site puts around or into all its pages
    aside = _aside(pair.state.get(pair.new.story))
    fresh = [key for key in pair.fresh if key not in aside and key not in pair.delta.noted]
    points = sum(_POINTS[key[0]] for key in fresh)
    points += _ACT * sum(act_of(key) in pair.topic.push for key in fresh if key[0] == ACT)
    if pair.headed_anew and _in_headline(pair.reading, pair.topic).intersection(fresh):
        points += _ENOUGH
    return Grade.FACTUAL if points >= _ENOUGH else Grade.MINOR, _short(added)


def _delta(old: Reading, new: Reading, topic: Topic, headed_anew: bool) -> _Delta:
    """What each revision states in sentences that the other does not have.

    A headline that is the same but for the mark of an edition did not change.
    """
    left, right = _stated(old, topic), _stated(new, topic)
    there = {sentence.text.strip() for sentence in old.sentences}
    changed = tuple(
        s
        for s in new.sentences
        if s.text.strip() not in there and (headed_anew or s.part != "title")
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
    """It is no background. What somebody says of the past is said now."""
    return not sentence.old or "said" in sentence.ids("cue")


def _is_note(sentence: Sentence) -> bool:
    """It is a note on what was wrong before. What is right, the text itself says."""
    return sentence.part != "title" and "correction" in sentence.ids("cue")


def _one_each(facts: Iterable[Fact]) -> list[Fact]:
    """The first facts, one for each sentence."""
    return list({fact.text: fact for fact in reversed(list(facts))}.values())[::-1][:_SHOWN]


def _whole(article: Article, tongue: Tongue) -> str:
    """The text that is compared, without slugs and notes to editors."""
    body = article.body or article.summary
    return f"{_headline(article, tongue)}\n{_NOTE.sub('', body).strip()}"


def _headline(article: Article, tongue: Tongue) -> str:
    title = " ".join(_SLUG.sub("", article.title).split())
    mark = tongue.pattern(_EDITION).search(fold(title))
    return title[: mark.start()] if mark else title


def _in_headline(reading: Reading, topic: Topic) -> set[str]:
    """The keys of what the title says: a new headline over what others told is no news."""
    return set(keys_of(reading.title, reading, topic)) if reading.title is not None else set()


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 120 else words[:117].rstrip() + "..."


def _cues(article: Article, topic: Topic) -> frozenset[str]:
    """The cues anywhere in an article, so also in a note at its end."""
    reading = read(article, topic)
    return frozenset(cue for sentence in reading.sentences for cue in sentence.ids("cue"))


def _retracts(old: Article, reading: Reading, topic: Topic) -> bool:
    """Its head says that the article is withdrawn, and did not before."""
    if "retraction" not in reading.cues:
        return False
    return "retraction" not in read(old, topic).cues


def _told_right(pair: _Pair) -> bool:
    """The quantities of the changed sentences were all told before: the article catches up."""
    stated = any(key[0] == FIGURE for key in pair.delta.keys)
    return stated and not any(key[0] == FIGURE for key in pair.fresh)


def with_aside(story: Story | None, reading: Reading, topic: Topic) -> list[str]:
    """What the reports of a story state in any sentence, of the topic or not, as plain JSON.

    It is no news of the topic by itself, but an edit that adds it adds nothing new.
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


def _concerns(text: str, article: Article, topic: Topic) -> bool:
    """Whether an added text speaks of what is watched, or of anybody or anything done there."""
    if topic.everything:
        return True
    sentences = read(_piece(text, article), topic).sentences
    return any(hit.kind in _WATCHED for sentence in sentences for hit in sentence.hits)


def _piece(text: str, article: Article) -> Article:
    return replace(article, id=f"{article.id}+", title="", summary="", body=text, previous=None)
