"""An article as the detector sees it: sentences with the words that were found in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from operator import attrgetter

from monitor.detect.words.abroad import abroad
from monitor.detect.words.company import Company, company_of
from monitor.detect.words.dateline import joined, told_at
from monitor.detect.words.dates import When, dates, lasts_since
from monitor.detect.words.lookalikes import told_apart
from monitor.detect.words.match import Hit, longest
from monitor.detect.words.numbers import Quantity, quantities
from monitor.detect.words.opened import Opened, opened
from monitor.detect.words.spoken import spoken
from monitor.detect.words.text import sentences
from monitor.detect.words.tongue import Tongue
from monitor.detect.words.topic import Topic
from monitor.detect.words.unsaid import is_unsaid
from monitor.detect.words.vocabulary import Vocabulary
from monitor.models import Article

MOST_SENTENCES = 60
OLD_AFTER = 5  # days after which a dated act is no longer news of the day
_TAG = re.compile(r"^\s*(?:\[[^\]]{1,30}\]\s*|\([^)]{1,30}\)\s*)+")
_DAY_BEHIND = re.compile(r"\.?\s\d{1,4}(?![\w%])")
_DAY_BEFORE = r"(?<![\d.,])\d{1,2}{in_month}?\s$"


@dataclass(frozen=True, eq=False, slots=True)
class Sentence:
    """One sentence. `start` and `end` are places in the part it stands in. Equal only to itself."""

    part: str
    index: int  # its place among the sentences after the title; the title is -1
    start: int
    end: int
    text: str  # folded
    hits: tuple[Hit, ...]  # places are in `text`
    days: tuple[When, ...]
    numbers: tuple[Quantity, ...]
    old: bool  # speaks of the past or of background
    acts: tuple[Hit, ...]  # those of the hits: each is held against the others
    subjects: frozenset[str] = frozenset()  # the watched things it names

    def ids(self, kind: str) -> list[str]:
        """The ids of one kind, in order, with repetitions."""
        return [hit.id for hit in self.hits if hit.kind == kind]


@dataclass(frozen=True, eq=False, slots=True)
class Reading:
    """What was read of an article for one topic. `parts` are the cleaned texts by their names.

    Equal only to itself.
    """

    lang: str | None
    tongue: Tongue
    today: date
    minute: int | None  # of today, at which it was told; None where that is not known
    parts: dict[str, str]
    sentences: tuple[Sentence, ...]
    central: bool  # the watched thing itself is named somewhere
    cues: frozenset[str] = field(default_factory=frozenset)  # of the title and the first sentence

    @property
    def title(self) -> Sentence | None:
        """The title, None where the article has none."""
        first = self.sentences[0] if self.sentences else None
        return first if first is not None and first.part == "title" else None

    @property
    def body(self) -> tuple[Sentence, ...]:
        """The sentences after the title."""
        return tuple(sentence for sentence in self.sentences if sentence.part != "title")


@lru_cache(maxsize=8)
def read(article: Article, topic: Topic) -> Reading:
    """Read an article for a topic. Pure; kept for a moment since judge and decide both need it."""
    texts = opened(article, topic.vocabulary)
    today, minute = told_at(article, texts, topic.vocabulary.gazetteer)
    plain = _plain(texts, topic.vocabulary, topic.events, today)
    hits = _with_names(plain, texts, topic)
    parts = dict(texts.parts)
    subjects, central = _subjects(plain.sentences, hits, parts, topic, texts.tongue)
    found = tuple(map(_changed, plain.sentences, hits, subjects))
    cues = _cues(found, today)
    return Reading(texts.lang, texts.tongue, today, minute, parts, found, central, cues)


@dataclass(frozen=True, eq=False, slots=True)
class _Plain:
    """What was read of an article with the words of the lexicon alone, the same for many topics."""

    sentences: tuple[Sentence, ...]
    hits: Mapping[str, list[Hit]]  # in each part, also inside one another


@lru_cache(maxsize=8)
def _plain(texts: Opened, vocabulary: Vocabulary, events: frozenset[str], today: date) -> _Plain:
    """The sentences of a text. No pack changes their days and quantities, nor whether they are old,
    so all topics of the same events share them.
    """
    raw: list[Sentence] = []
    all_hits: dict[str, list[Hit]] = {}
    titled = 0
    for name, text in texts.folded.items():
        places = [(0, len(text))] if name == "title" and text.strip() else sentences(text)
        found = vocabulary.hits(text, texts.lang, events)
        all_hits[name] = [
            hit
            for hit in found
            if not (
                _is_month(hit, text, texts.tongue)
                or _is_way(hit, texts.parts[name], texts.tongue)
                or _is_of_an_office(hit, text, texts.tongue)
                or _is_of_the_world(hit, text, texts.tongue)
            )
        ]
        hits = longest(all_hits[name], text)
        if name == "body" and len(places) > 1 and _is_byline(text[slice(*places[0])]):
            places = places[1:]
        if name != "title":
            places = joined(places, texts.parts[name], text, vocabulary.gazetteer)
        for place in places[:MOST_SENTENCES]:
            inside = _within(hits, *place)
            index = -1 if name == "title" else len(raw) - titled
            raw.append(_sentence(texts, name, index, place, inside, today))
            titled += name == "title"
            if len(raw) >= MOST_SENTENCES:
                break
    return _Plain(tuple(raw), all_hits)


def _with_names(plain: _Plain, texts: Opened, topic: Topic) -> list[tuple[Hit, ...]]:
    """The words of each sentence, the topic's own names among them."""
    named = {}
    for part, text in texts.folded.items():
        own = topic.names.hits(topic.name, text, texts.lang)
        if own:
            named[part] = longest([*own, *plain.hits[part]], text)
    return [
        _within(named[s.part], s.start, s.end) if s.part in named else s.hits
        for s in plain.sentences
    ]


def _is_month(hit: Hit, text: str, tongue: Tongue) -> bool:
    """ "May" beside a day says when, not what may be."""
    if hit.kind != "mood" or text[hit.start : hit.end] not in tongue.months:
        return False
    return bool(
        _DAY_BEHIND.match(text, hit.end) or tongue.pattern(_DAY_BEFORE).search(text, 0, hit.start)
    )


def _is_way(hit: Hit, written: str, tongue: Tongue) -> bool:
    """ "The north campus", in small letters, is no side."""
    small = hit.kind == "actor" and tongue.pattern("{no_side}").fullmatch(written, *hit[:2])
    return bool(small)


def _is_of_an_office(hit: Hit, text: str, tongue: Tongue) -> bool:
    """Part of what an office is called: 회담본부, 지원재단, 調査委員会."""
    named = hit.kind in ("act", "event") and tongue.pattern("{office}").match(text, hit.end)
    return bool(named)


def _is_of_the_world(hit: Hit, text: str, tongue: Tongue) -> bool:
    """A compass point that means no side: "the north atlantic", 북유럽."""
    return (
        hit.kind == "actor" and tongue.pattern("{no_side_behind}").match(text, hit.end) is not None
    )


def _is_byline(line: str) -> bool:
    """A short first line without a full stop: a name, a desk, a note to editors."""
    bare = line.strip()
    return line.endswith("\n") and (
        (bare[:1] == "(" and bare[-1:] == ")") or (len(bare) < 48 and bare[-1:] not in ".!?。")
    )


def _within(hits: list[Hit], start: int, end: int) -> tuple[Hit, ...]:
    first = bisect_left(hits, start, key=_start)
    return tuple(
        Hit(hit.start - start, hit.end - start, hit.kind, hit.id)
        for hit in hits[first : bisect_left(hits, end, first, key=_start)]
        if hit.end <= end
    )


_start = attrgetter("start")
_MOST_HITS = 120  # of a sentence; each act is held against the words around it


def _sentence(
    texts: Opened, part: str, index: int, place: tuple[int, int], hits: tuple[Hit, ...], today: date
) -> Sentence:
    start, end = place
    text, hits, tongue = texts.folded[part][start:end], hits[:_MOST_HITS], texts.tongue
    tagged = _TAG.match(text) if part == "title" else None
    skip = tagged.end() if tagged else 0
    ahead = any(hit.kind == "mood" and hit.id == "planned" for hit in hits)
    said = [hit.end for hit in hits if hit.kind == "cue" and hit.id == "said"]
    days = tuple(dates(text, tongue, today, ahead, said=said, title=part == "title"))
    when_told = [(when.start, when.end) for when in days]
    when_told += [(hour.start, hour.end) for hour in spoken(text, tongue)]
    numbers = tuple(quantities(text, tongue, when_told))
    numbers = tuple(number for number in numbers if number.start >= skip)
    old = part != "title" and _is_old(text, tongue, hits, days, today)
    return Sentence(part, index, start, end, text, hits, days, numbers, old, _acts(hits))


def _acts(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    return tuple(hit for hit in hits if hit.kind == "act")


def _is_old(
    text: str, tongue: Tongue, hits: tuple[Hit, ...], days: tuple[When, ...], today: date
) -> bool:
    """Dated in the past alone, or marked as background. "Since 2018" says how long, not when."""
    dated = [when for when in days if not lasts_since(text, (when.start, when.end), tongue)]
    ages = [(today - when.day).days - when.width + 1 for when in dated]
    if any(-400 < age <= OLD_AFTER for age in ages):
        return False
    if ages:
        return True
    return any(hit.kind == "cue" and hit.id == "old" for hit in hits)


def _subjects(
    sentences: tuple[Sentence, ...],
    hits: list[tuple[Hit, ...]],
    parts: Mapping[str, str],
    topic: Topic,
    tongue: Tongue,
) -> tuple[list[frozenset[str]], bool]:
    """The watched things that each sentence names, and whether the topic's central one is named.

    A short name counts only in its company, and not where another place claims it. A sentence after
    the title that says that nobody spoke of a thing does not name it.
    """
    if topic.everything:
        return [frozenset()] * len(sentences), True
    claimed = [
        _claimed(sentence, inside, parts, topic, tongue)
        for sentence, inside in zip(sentences, hits, strict=True)
    ]
    meant = [
        _meant(sentence, inside, others, tongue)
        for sentence, inside, others in zip(sentences, hits, claimed, strict=True)
    ]
    company = _company(sentences, meant, topic, {hit.id for hits in claimed for hit in hits})
    found, central = [], False
    for inside in meant:
        named = {hit.id for hit in inside if hit.kind == "subject"}
        named |= {hit.id for hit in inside if hit.kind == "short" and hit.id in company}
        central |= any(topic.subjects[name].central for name in named)
        central |= any(hit.kind == "subject" for hit in inside)
        found.append(frozenset(named))
    return found, central


def _claimed(
    sentence: Sentence,
    hits: tuple[Hit, ...],
    parts: Mapping[str, str],
    topic: Topic,
    tongue: Tongue,
) -> frozenset[Hit]:
    """The short names in a sentence that another place claims."""
    if not any(hit.kind == "short" for hit in hits):
        return frozenset()
    text = parts[sentence.part][sentence.start : sentence.end]
    return abroad(text, sentence.text, hits, topic.vocabulary.gazetteer, tongue)


def _meant(
    sentence: Sentence, hits: tuple[Hit, ...], claimed: frozenset[Hit], tongue: Tongue
) -> tuple[Hit, ...]:
    """Without the names that another place claims, or of which it says that nobody spoke."""
    others = set(claimed)
    if sentence.part != "title":
        names = (hit for hit in hits if hit.kind in ("subject", "short"))
        others |= {hit for hit in names if is_unsaid(sentence.text, hit, tongue)}
    return tuple(hit for hit in hits if hit not in others) if others else hits


def _company(
    sentences: Iterable[Sentence],
    hits: Iterable[tuple[Hit, ...]],
    topic: Topic,
    claimed: Collection[str],
) -> set[str]:
    """The ids that are named in an article, with the short names for which one of them vouches.

    Beside a look-alike a short name is in doubt, and so it is where another place has `claimed` it
    somewhere in the article.
    """
    found: set[tuple[str, str]] = set()
    apart: set[str] = set()
    for sentence, inside in zip(sentences, hits, strict=True):
        found |= {(hit.kind, hit.id) for hit in inside}
        alike = [sentence.text[h.start : h.end] for h in inside if h.kind == "exclude"]
        near = {hit.id for hit in inside if hit.kind == "short"}
        for text in alike if near else ():
            apart |= near & told_apart(text, topic.subjects.values())
    company = {id_ for kind, id_ in found if kind in ("subject", "context", "actor", "place")}
    lookalike = any(kind == "exclude" for kind, _ in found)
    shorts = {id_ for kind, id_ in found if kind == "short"}
    for _ in range(2):  # a part may keep company with a whole that was found by its short name
        for name in sorted(shorts - company):
            wanted = topic.subjects[name].company
            doubt = (lookalike and name not in apart) or name in claimed
            if not wanted or any(_is_kept(company_of(w), company, doubt) for w in wanted):
                company.add(name)
    return company


def _is_kept(wanted: Company, there: set[str], doubt: bool) -> bool:
    """The company stands in the article. Beside its look-alike only a single id can vouch."""
    if doubt and not wanted.is_plain:
        return False
    return wanted.needed <= there and wanted.strangers.isdisjoint(there)


def _changed(s: Sentence, hits: tuple[Hit, ...], subjects: frozenset[str]) -> Sentence:
    if hits is s.hits and not subjects:
        return s
    acts = s.acts if hits is s.hits else _acts(hits)
    return Sentence(
        s.part, s.index, s.start, s.end, s.text, hits, s.days, s.numbers, s.old, acts, subjects
    )


def _cues(found: tuple[Sentence, ...], today: date) -> frozenset[str]:
    """The cues of title and first sentence. A page of an archive may say so anywhere.

    A first sentence that is dated to these days tells of them, even if it names "last year" too.
    """
    head = {
        hit.id
        for sentence in found[:2]
        for hit in sentence.hits
        if hit.kind == "cue" and not (hit.id == "old" and _of_today(sentence, today))
    }
    kept = any("archive" in sentence.ids("cue") for sentence in found)
    return frozenset(head | {"retro"} if kept else head)


def _of_today(sentence: Sentence, today: date) -> bool:
    recent = (when for when in sentence.days if 0 <= (today - when.day).days <= 1)
    return sentence.part != "title" and any(when.width == 1 for when in recent)
