"""Every word of every lexicon and topic name, looked up in one pass over a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import ahocorasick_rs

from monitor.detect.words.sides import BOTH
from monitor.detect.words.text import fold, sentences

_GAP = 60  # characters that may stand between the parts of "first .. second"
_CLAUSE = 140  # and between a verb and its particle, of "stellt .. ein$"
_CLAUSE_MARK = re.compile(r"[,;:\"]| - ")
_CLAUSE_ENDS = (  # behind a particle of German; "ein Haus" and "ab Montag" are none
    r"(?=[\"')\]]*(?:[\n.,;:!?…|]|\Z)| [-(]"
    r"| (?:und|oder|sowie|als|wie|wegen|nach|aus|im|in|bei|gegen|bis|seit|doch|aber)(?!\w))"
)
_ARABIC_HEADS = ("", "و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "فال", "ول", "وب", "كال")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
_KATAKANA = re.compile(r"[ァ-ヺー]")
_LONG_KATAKANA = 4  # characters; shorter words are found inside many others: タイ in タイトル
_SAME_LETTERS = {"zh": "ja", "ja": "zh"}  # they write the same characters, and mean others by them
_MARK = re.compile(r"[*(|)]")
_ANY_OF = re.compile(r"\(([^()|]+(?:\|[^()|]+)+)\)")  # "pull* (out|back)", 電話に(出ず|出な)


class Word(NamedTuple):
    """One written form of a concept. `lang` None counts in every language."""

    text: str
    kind: str  # "act", "thing", "subject", ...
    id: str
    lang: str | None = None


class Sense(NamedTuple):
    """What a written form stands for."""

    kind: str
    id: str


class Hit(NamedTuple):
    """A word found in a folded text. A tuple, since an article makes hundreds of them."""

    start: int
    end: int
    kind: str
    id: str


class Standing(NamedTuple):
    """Where the written form of some words stands in a folded text."""

    start: int
    end: int
    senses: tuple[Sense, ...]  # of all words that are written alike


@dataclass(frozen=True, slots=True)
class _Form:
    """How a word has to stand. Most words of a concept stand alike and share one of these."""

    senses: tuple[Sense, ...]
    lang: str | None  # the only language in which it counts
    not_in: str  # the only one in which it does not
    bound_start: bool  # no letter may stand before; of words written with spaces between them
    bound_end: bool
    open_end: bool  # the rest of a word belongs to it
    alone_before: bool  # no letter of an unspaced script may stand before
    alone_katakana: bool
    next: str  # must follow at once: "liaison" of "joint* liaison"
    tail: str  # must follow in the same line: "seoul" of "office .. seoul"


class Matcher:
    """Finds all words at once; its cost hardly depends on how many there are."""

    def __init__(self, words: Iterable[Word]) -> None:
        shared: dict[object, Any] = {}  # tens of thousands of words have few thousand senses
        alike = _alike(words, shared)
        by_head: dict[str, tuple[_Form, ...]] = {}
        for lang in [*alike]:  # emptied on the way: what is held at one time leaves a hole as large
            for text, senses in alike.pop(lang).items():
                head, how = _written(text)
                if head:
                    only, not_in = _where(head, lang)
                    key = (senses, only, not_in, how)
                    form = shared.get(key) or shared.setdefault(
                        key, _Form(senses, only, not_in, *how)
                    )
                    forms = (*by_head.get(head, ()), form)
                    by_head[head] = shared.setdefault(forms, forms)
        self._forms = tuple(by_head.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(by_head) or ["\0"], matchkind=ahocorasick_rs.MatchKind.Standard
        )

    def find(self, folded: str, lang: str | None) -> list[Hit]:
        """The hits in a folded text, in order; a hit inside a longer one of its group is dropped.

        Words of another language than `lang` count only where they are written in no letters
        that languages share (a Korean word in an English text counts, a German one does not, nor
        does a Chinese one in a Japanese text).
        """
        found = (
            Hit(place.start, place.end, kind, id_)
            for place in standings(self, folded, lang)
            for kind, id_ in place.senses
        )
        return longest(found, folded)

    def standings(self, folded: str, lang: str | None) -> tuple[Standing, ...]:
        """Every place where words stand, also inside one another, as `find` looks them up."""
        found: list[Standing] = []
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            for form in self._forms[index] if index < len(self._forms) else ():
                if form.lang not in (None, lang) or form.not_in == lang:
                    continue
                stop = _fits(folded, start, end, form)
                if stop:
                    found.append(Standing(start, stop, form.senses))
        return tuple(found)


@lru_cache(maxsize=16)
def standings(matcher: Matcher, folded: str, lang: str | None) -> tuple[Standing, ...]:
    """`Matcher.standings`, kept for a moment: every topic that an article concerns asks."""
    return matcher.standings(folded, lang)


def _where(head: str, lang: str | None) -> tuple[str | None, str]:
    """The only language in which a word counts, None for every one; and the only one in which it
    does not, "" for none.

    A word counts in a text of another language if that does not share its letters. A single letter
    does not: 日 is a day in Japanese, and Japan in a Korean headline.
    """
    if lang is None or head[0].isascii() or len(head) == 1:
        return lang, ""
    return None, _SAME_LETTERS.get(lang, "")


def _alike(
    words: Iterable[Word], shared: dict[object, Any]
) -> dict[str | None, dict[str, tuple[Sense, ...]]]:
    """By language, what each written form stands for; equal senses are one object."""
    found: dict[str | None, dict[str, tuple[Sense, ...]]] = {}
    for text, kind, id_, lang in words:
        of = found.setdefault(lang, {})
        senses = (*of.get(text, ()), Sense(kind, id_))
        of[text] = shared.setdefault(senses, senses)
    return found


class _How(NamedTuple):
    """How a word is written: what it must stand beside, and what must follow it."""

    bound_start: bool
    bound_end: bool
    open_end: bool
    alone_before: bool
    alone_katakana: bool
    next: str
    tail: str


def _written(text: str) -> tuple[str, _How]:
    """The letters that a word is looked up by, and how it has to stand."""
    folded = fold(text)
    if "*" not in folded and "(" not in folded and " .. " not in folded and folded[:1] != "^":
        return folded, _plainly(_is_spaced(folded[:1]), _is_spaced(folded[-1:]), _is_short(folded))
    head, _, tail = folded.partition(" .. ")
    open_start, alone = head[:1] == "*", head[:1] == "^"
    head = head[open_start or alone :]
    any_of = _ANY_OF.search(head) if "(" in head else None
    if any_of is not None and "*" not in head[: any_of.start()]:
        stem = head[: any_of.start()].rstrip()
        head, star, following = stem, "", head[len(stem) :]
    else:
        head, star, following = head.partition("*")
    short = not star and _is_short(head)
    first, last = _is_spaced(head[:1]), _is_spaced(head[-1:])
    open_end = last and star != ""
    return head, _How(
        first and not open_start, last and not open_end, open_end, alone, short, following, tail
    )


@lru_cache(maxsize=8)
def _plainly(first: bool, last: bool, short: bool) -> _How:
    """How a word without marks stands: most words of the lexicons."""
    return _How(first, last, False, False, short, "", "")


def _is_short(head: str) -> bool:
    """A few letters of katakana, or none at all."""
    return len(head) < _LONG_KATAKANA and all(map(_KATAKANA.match, head))


def _is_spaced(letter: str) -> bool:
    """Of a script that is written with spaces between its words."""
    return letter < "\u3040" or _UNSPACED.match(letter) is None


@lru_cache(maxsize=8192)  # compiled when first asked for: dear, and most words are seldom met
def _pattern(text: str) -> re.Pattern[str]:
    """What is left of a written form, as an expression."""
    far, gap = text.endswith("$"), r"[^\n]*?"
    ends = _CLAUSE_ENDS if far else ""
    return re.compile(gap.join(map(_source, text.rstrip("$").split(" .. "))) + ends)


def _source(text: str) -> str:
    """That no letter stands before it is asked behind what it begins with, so that a search skips
    to that.
    """
    free = text[0] in " *" or _UNSPACED.search(text) is not None
    after = "" if text.endswith("*") or _UNSPACED.search(text) else r"(?!\w)"
    parts = _ANY_OF.split(text.strip("*"))  # every second one is a choice
    parts[1::2] = [f"(?:{'|'.join(map(_escaped, part.split('|')))})" for part in parts[1::2]]
    parts[::2] = map(_escaped, parts[::2])
    whole = "".join(parts)
    if free:
        return whole + after
    begins = re.escape(_MARK.split(text, 1)[0])
    return rf"{begins}(?<!\w{begins}){whole.removeprefix(begins)}{after}"


def _escaped(text: str) -> str:
    return re.escape(text).replace(r"\*", r"\w*")


def _fits(folded: str, start: int, end: int, form: _Form) -> int:
    """Where the hit ends, 0 if it does not stand as a word of its own."""
    if form.alone_before and start and _begins_inside(folded[start - 1]):
        return 0
    if form.alone_katakana and (
        _KATAKANA.match(folded[start - 1 : start]) or _KATAKANA.match(folded, end)
    ):
        return 0
    if form.bound_start and start:
        before = folded[start - 1]
        if before.isalnum() and not _UNSPACED.match(before) and not _arabic_head(folded, start):
            return 0
    if form.bound_end and end < len(folded):
        after = folded[end]
        if after.isalnum() and not _UNSPACED.match(after):
            return 0
    if form.open_end:
        while end < len(folded) and folded[end].isalpha() and not _UNSPACED.match(folded[end]):
            end += 1
    if form.next:
        followed = _pattern(form.next).match(folded, end)
        if followed is None:
            return 0
        end = followed.end()
    return _fits_tail(folded, start, end, form.tail) if form.tail else end


def _fits_tail(folded: str, start: int, end: int, tail: str) -> int:
    """Where the second part of a word ends, 0 if it does not follow where it should."""
    line_end, ends_clause = folded.find("\n", end), tail[-1] == "$"
    reach = end + (_CLAUSE if ends_clause else _GAP)
    limit = min(reach, line_end if line_end >= 0 else len(folded), len(folded))
    found = _pattern(tail).search(folded, end, limit)
    if found is None or len(sentences(folded[start : found.end()])) > 1:
        return 0
    if ends_clause and (found.end() == reach or _CLAUSE_MARK.search(folded, end, found.end())):
        return 0
    return found.end()


def _begins_inside(before: str) -> bool:
    """A digit goes on too: 일부 is no part in "14일부터", 주가 no price in "2주가"."""
    return before.isdigit() or _UNSPACED.match(before) is not None


def _arabic_head(folded: str, start: int) -> bool:
    if not "؀" <= folded[start] <= "ۿ":
        return False
    begin = start
    while begin and start - begin < 4 and folded[begin - 1].isalpha():
        begin -= 1
    return folded[begin:start] in _ARABIC_HEADS


_DOES = re.compile(r",|(?:은|이)\s")  # behind the two sides in one word


def longest(found: Iterable[Hit], text: str) -> list[Hit]:
    """The hits in order of place, without those that stand inside a longer one of their kind.

    Names of what is watched and their look-alikes count as one kind here. Of two that overlap the
    longer look-alike wins, also where the name begins before it: "[le {barrage] de Roche}". `text`
    is where they were found.
    """
    hits = sorted(found, key=lambda hit: (hit.start, -hit.end, hit.kind, hit.id))
    kept: list[Hit] = []
    reach: dict[str, int] = {}
    lookalikes = [hit for hit in hits if hit.kind == "exclude"]
    for hit in dict.fromkeys(hits):  # a pack may repeat a word of the lexicon
        group = "name" if hit.kind in ("subject", "short", "exclude") else hit.kind
        if hit.end <= reach.get(group, 0) and not _same_place(kept, hit):
            continue
        if group == "name" and hit.start < reach.get("exclude", 0) and hit.kind != "exclude":
            continue  # a name that begins inside a look-alike: "[military {hotline] with Seoul}"
        if hit.kind in ("subject", "short") and any(_outdone(hit, other) for other in lookalikes):
            continue
        part = hit.id == BOTH and hit.end <= reach.get("name", 0)
        if part and not _DOES.match(text, hit.end):  # "남북, 내일 연락사무소": they do it
            reach[group] = max(reach.get(group, 0), hit.end)
            continue  # in 남북연락사무소 it is part of the name and does nothing, nor does its 북
        if hit.kind == "exclude":
            reach["exclude"] = max(reach.get("exclude", 0), hit.end)
        reach[group] = max(reach.get(group, 0), hit.end)
        kept.append(hit)
    return kept


def _outdone(name: Hit, lookalike: Hit) -> bool:
    """A longer look-alike begins inside the name."""
    longer = lookalike.end - lookalike.start > name.end - name.start
    return longer and name.start < lookalike.start < name.end


def _same_place(kept: list[Hit], hit: Hit) -> bool:
    """One written form may stand for two ids."""
    return any(
        other.start == hit.start and other.end == hit.end and other.kind == hit.kind
        for other in kept[-4:]
    )
