"""An article as the detector sees it: sentences with the words that were found in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from monitor.detect.dates import When, dates
from monitor.detect.match import Hit
from monitor.detect.numbers import Quantity, quantities
from monitor.detect.text import BODY_CAP, TITLE_CAP, clean, fold, sentences
from monitor.detect.tongue import PLAIN, Tongue, language_of
from monitor.detect.topic import Topic
from monitor.models import Article

MOST_SENTENCES = 60
OLD_AFTER = 5  # days after which a dated act is no longer news of the day
_TAG = re.compile(
    r"^\s*(?:\[[^\]]{1,30}\]\s*|\([^)]{1,30}\)\s*)+|^\s*\(?(?:lead|update|urgent)\)?[:\s-]+"
)
_SINCE = re.compile(r"(?<!\w)(?:since|seit|depuis|desde|с|منذ)\s(?:early\s|late\s)?$")
_SINCE_BEHIND = re.compile(r"\s?(?:이후|이래|부터|以来|以降|から)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. `start` and `end` are places in the part it stands in."""

    part: str
    index: int  # its place among the sentences after the title; the title is -1
    start: int
    end: int
    text: str  # folded
    hits: tuple[Hit, ...]  # places are in `text`
    days: tuple[When, ...]
    numbers: tuple[Quantity, ...]
    old: bool  # speaks of the past or of background
    subjects: frozenset[str] = frozenset()  # the watched things it names

    def ids(self, kind: str) -> list[str]:
        """The ids of one kind, in order, with repetitions."""
        return [hit.id for hit in self.hits if hit.kind == kind]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of an article for one topic. `parts` are the cleaned texts by their names."""

    lang: str | None
    tongue: Tongue
    today: date
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
    parts = _parts(article)
    folded = {name: fold(text) for name, text in parts.items()}
    lang = language_of("\n".join(folded.values()), article.lang, topic.tongues)
    tongue = topic.tongues.get(lang or "", PLAIN)
    today = article.seen.date()
    raw: list[Sentence] = []
    for name, text in folded.items():
        places = [(0, len(text))] if name == "title" and text.strip() else sentences(text)
        hits = topic.matcher.find(text, lang)
        if name == "body" and len(places) > 1 and _is_byline(text[slice(*places[0])]):
            places = places[1:]
        for start, end in places[:MOST_SENTENCES]:
            inside = _within(hits, start, end)
            index = -1 if name == "title" else sum(s.part != "title" for s in raw)
            raw.append(_sentence(name, index, start, text[start:end], inside, tongue, today))
            if len(raw) >= MOST_SENTENCES:
                break
    found, central = _with_subjects(raw, topic)
    return Reading(lang, tongue, today, parts, tuple(found), central, _cues(found))


def _parts(article: Article) -> dict[str, str]:
    """The texts to read; a summary that only repeats the body is left out."""
    title = clean(article.title, TITLE_CAP)
    body, summary = clean(article.body), clean(article.summary, BODY_CAP // 4)
    parts = {"title": title}
    head = summary[:80].rstrip(" .…")
    if summary.strip() and head not in body and summary.strip() != title.strip():
        parts["summary"] = summary
    parts["body"] = body
    return parts


def _is_byline(line: str) -> bool:
    """A short first line without a full stop: a name, a desk, a note to editors."""
    bare = line.strip()
    return line.endswith("\n") and (
        (bare[:1] == "(" and bare[-1:] == ")") or (len(bare) < 48 and bare[-1:] not in ".!?。")
    )


def _within(hits: list[Hit], start: int, end: int) -> tuple[Hit, ...]:
    return tuple(
        Hit(hit.start - start, hit.end - start, hit.kind, hit.id)
        for hit in hits
        if start <= hit.start and hit.end <= end
    )


def _sentence(
    part: str,
    index: int,
    start: int,
    text: str,
    hits: tuple[Hit, ...],
    tongue: Tongue,
    today: date,
) -> Sentence:
    tagged = _TAG.match(text) if part == "title" else None
    skip = tagged.end() if tagged else 0
    ahead = any(hit.kind == "mood" and hit.id == "planned" for hit in hits)
    days = tuple(dates(text, tongue, today, ahead))
    numbers = tuple(quantities(text, tongue, [(when.start, when.end) for when in days]))
    numbers = tuple(number for number in numbers if number.start >= skip)
    old = part != "title" and _is_old(text, hits, days, today)
    return Sentence(part, index, start, start + len(text), text, hits, days, numbers, old)


def _is_old(text: str, hits: tuple[Hit, ...], days: tuple[When, ...], today: date) -> bool:
    """Dated in the past only, or marked as background; "since 2018" says how long, not when."""
    dated = [when for when in days if not _lasting(text, when)]
    ages = [(today - when.day).days - when.width + 1 for when in dated]
    if any(-400 < age <= OLD_AFTER for age in ages):
        return False
    if ages:
        return True
    return any(hit.kind == "cue" and hit.id == "old" for hit in hits)


def _lasting(text: str, when: When) -> bool:
    return bool(_SINCE.search(text, 0, when.start) or _SINCE_BEHIND.match(text, when.end))


def _with_subjects(raw: list[Sentence], topic: Topic) -> tuple[list[Sentence], bool]:
    """Each sentence with the watched things it names; short names only beside their company."""
    if topic.everything:
        return raw, True
    company = _company(raw, topic)
    found, central = [], False
    for sentence in raw:
        named = frozenset(
            hit.id
            for hit in sentence.hits
            if hit.kind == "subject" or (hit.kind == "short" and hit.id in company)
        )
        central |= any(topic.subjects[name].central for name in named)
        central |= any(hit.kind == "subject" for hit in sentence.hits)
        found.append(_named(sentence, named) if named else sentence)
    return found, central


def _company(raw: list[Sentence], topic: Topic) -> set[str]:
    """What keeps company in this article: the names found, and the parts that they vouch for."""
    hits = [hit for sentence in raw for hit in sentence.hits]
    company = {hit.id for hit in hits if hit.kind in ("subject", "context", "actor", "place")}
    lookalike = any(hit.kind == "exclude" for hit in hits)
    shorts = {hit.id for hit in hits if hit.kind == "short"}
    for _ in range(2):  # a part may keep company with a whole that was found by its short name
        for name in sorted(shorts - company):
            wanted = topic.subjects[name].company
            if not wanted or any(_keeps(want, company, lookalike) for want in wanted):
                company.add(name)
    return company


def _keeps(wanted: str, company: set[str], lookalike: bool) -> bool:
    """ "kaesong" alone; "north+south" both, "north-us" the first without the second."""
    with_all, *without = wanted.split("-")
    needed = with_all.split("+")
    if lookalike and (without or len(needed) > 1):
        return False
    return company.issuperset(needed) and company.isdisjoint(without)


def _named(sentence: Sentence, subjects: frozenset[str]) -> Sentence:
    s = sentence
    return Sentence(
        s.part, s.index, s.start, s.end, s.text, s.hits, s.days, s.numbers, s.old, subjects
    )


def _cues(found: list[Sentence]) -> frozenset[str]:
    return frozenset(hit.id for sentence in found[:2] for hit in sentence.hits if hit.kind == "cue")
