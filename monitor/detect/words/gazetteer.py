"""Cities, regions and countries of the world by their names in nine languages.

`lexicon/places.txt` is made by tools/gazetteer.py. A place is a city ("PE.Arequipa", in some
countries with its region, "JP.Nagoya@Aichi"), a first-level region ("JP~Aichi") or a country
("JP"); a capital ends in `*`, since its name often means a government. Names that are common words
or usual names of persons are not in the file.

The words around a name are in the grammar file of each language (`lexicon/grammar`), here is where
they stand.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from monitor.config.lexicon import Lexicon
from monitor.detect.words.tongue import PLAIN, Tongue, tongues

UNKNOWN = "--"  # stands for the country of a place that is known by its form alone
_MOST_WORDS = 4  # of a name: Ho Chi Minh City
_LONGEST_HAN = 8  # characters
_WORD = re.compile(r"[^\W\d_ぁ-ヺ㐀-鿿가-힣ー]+")
_HANGUL = re.compile(r"[가-힣]{2,}")
_HAN = re.compile(r"[㐀-鿿々]{2,}|[ァ-ヺー]{2,}(?:・[ァ-ヺー]+)*")
_REGION = "[㐀-鿿々]{2,3}{region}"
_OF_NAME = r"[ -]{no_place_behind}(?!\w)"
_IN, _IN_UNSPACED = r"(?<!\w){in_capital}\s$", "{in_capital}$"
_CASE_END, _PROCLITIC = "{case_end}$", "^{proclitic}(?=.{4})"


class Spot(NamedTuple):
    """A place named in a text; the span is of its characters."""

    start: int
    end: int
    id: str


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Places by the hashes of the keys of their names, which take a fifth of the room of the keys.

    Equal only to itself.
    """

    places: tuple[str, ...]
    hashes: array[int]  # as of this process, in order
    owners: array[int]  # for each hash the index of a place
    heads: array[int]  # hashes of how names of several words, or without spaces, begin; in order
    tongues: Mapping[str, Tongue]  # by whose words names are told, each by its letters

    def get(self, key: str) -> str | None:
        """The place of a name's key."""
        index = _index(self.hashes, key)
        return None if index is None else self.places[self.owners[index]]

    def named(self, name: str) -> str | None:
        """The place of a folded name, in whatever case."""
        return self.get(key_of(name, self.tongues))

    def begins(self, head: str) -> bool:
        """Whether any name of several words, or of a script without spaces, begins so."""
        return _index(self.heads, head) is not None

    def find(self, text: str, folded: str, tongue: Tongue) -> list[Spot]:
        """The places named in a text of a language, in order; of two that overlap the longer one.

        A name of an alphabet counts only if it is written large.
        """
        found = list(self._spelled(text, folded))
        if not folded.isascii():
            found += [*self._hangul(text), *self._han(text, tongue)]
        return sorted(spot for spot in found if self._is_where(folded, spot, tongue))

    def _is_where(self, folded: str, spot: Spot, tongue: Tongue) -> bool:
        """Not part of the name of a paper or a treaty, which is mostly English in any text; a
        capital only where something is in it.
        """
        if self.tongues.get("en", PLAIN).pattern(_OF_NAME).match(folded, spot.end):
            return False
        return spot.id[-1] != "*" or _is_inside(folded, spot, tongue)

    def _spelled(self, text: str, folded: str) -> Iterator[Spot]:
        words = [match.span() for match in _WORD.finditer(folded)]
        index = 0
        while index < len(words):
            start = words[index][0]
            index += 1
            arabic = "ء" <= text[start] <= "ي"
            if not (text[start].isupper() or arabic):
                continue
            more = arabic or self.begins(folded[start : words[index - 1][1]])
            longest = _MOST_WORDS if more else 1
            for last in range(min(index - 1 + longest, len(words)) - 1, index - 2, -1):
                place = self.named(folded[start : words[last][1]])
                if place is not None:
                    yield Spot(start, words[last][1], place)
                    index = last + 1
                    break

    def _hangul(self, text: str) -> Iterator[Spot]:
        tail = self.tongues.get("ko", PLAIN).pattern("{place_tail}")
        for word in _HANGUL.finditer(text):
            stop = word.end() if self.begins(word[0][:2]) else 0
            for end in range(stop, word.start() + 1, -1):
                place = self.get(text[word.start() : end])
                if place is not None and tail.fullmatch(text, end, word.end()):
                    yield Spot(word.start(), end, place)
                    break

    def _han(self, text: str, tongue: Tongue) -> Iterator[Spot]:
        for run in _HAN.finditer(text):
            if run[0][0] < "㐀":
                place = self.get(run[0].replace("・", ""))
                if place is not None:
                    yield Spot(*run.span(), place)
            else:
                yield from self._in_run(text, *run.span(), tongue)

    def _in_run(self, text: str, start: int, stop: int, tongue: Tongue) -> Iterator[Spot]:
        """Known places anywhere; at the beginning, or after a place, unknown ones by their kind."""
        may_be_unknown = True
        while start < stop - 1:
            spot = self._known(text, start, stop)
            if spot is None and may_be_unknown:
                spot = _by_kind(text, start, stop, tongue)
            may_be_unknown = spot is not None
            if spot is not None:
                yield spot
            start = spot.end if spot is not None else start + 1

    def _known(self, text: str, start: int, stop: int) -> Spot | None:
        if not self.begins(text[start : start + 2]):
            return None
        for end in range(min(stop, start + _LONGEST_HAN), start + 1, -1):
            place = self.get(text[start:end])
            if place is not None:
                return Spot(start, end, place)
        return None


@lru_cache(maxsize=64)
def spots_in(world: Gazetteer, text: str, folded: str, tongue: Tongue) -> tuple[Spot, ...]:
    """`Gazetteer.find`, kept for a moment: every topic and more than one reader asks for them."""
    return tuple(world.find(text, folded, tongue))


def _index(hashes: array[int], text: str) -> int | None:
    wanted = hash(text)
    index = bisect_left(hashes, wanted)
    return index if index < len(hashes) and hashes[index] == wanted else None


def _by_kind(text: str, start: int, stop: int, tongue: Tongue) -> Spot | None:
    """庆和省 is a region though no file knows it; 外務省 is a ministry."""
    found = tongue.pattern(_REGION).match(text, start, stop)
    return Spot(start, found.end(), f"{UNKNOWN}~{found[0]}") if found else None


def key_of(name: str, tongues: Mapping[str, Tongue]) -> str:
    """A folded name as it is looked up: no hyphens, no endings of cases, no article."""
    name = name.replace("-", " ").replace("'", "")
    if "а" <= name[-1] <= "ё" and len(name) > 4:
        return tongues.get("ru", PLAIN).pattern(_CASE_END).sub("", name)
    if "ء" <= name[0] <= "ي":
        return tongues.get("ar", PLAIN).pattern(_PROCLITIC).sub("", name)
    return name


def _is_inside(folded: str, spot: Spot, tongue: Tongue) -> bool:
    """Words say that something is in the place."""
    before = tongue.pattern(_IN_UNSPACED if tongue.unspaced else _IN)
    return bool(
        before.search(folded, max(0, spot.start - 8), spot.start)
        or tongue.pattern("{in_capital_behind}").match(folded, spot.end)
    )


def level_of(place: str) -> str:
    """What kind of place: "." a city, "~" a region, "" a country."""
    return place[2:3]


def region_of(place: str) -> str:
    """The region that a place is or, as far as is known, lies in; "" for others."""
    if level_of(place) == "~":
        return place
    region = place.rstrip("*").partition("@")[2]
    return f"{place[:2]}~{region}" if region else ""


def label_of(place: str) -> str:
    """A place as people call it; a country by its two letters."""
    return place[3:].rstrip("*").partition("@")[0] or place


@lru_cache(maxsize=2)
def gazetteer_of(lexicon: Lexicon) -> Gazetteer:
    """The places of a lexicon, of a line each: its id and its folded names, with | between them."""
    known = tongues(lexicon)
    places: list[str] = []
    found: list[int] = []  # a hash and the index of its place in one number: they sort together
    heads: set[int] = set()
    for line in lexicon.world.splitlines():
        if line[:1] == b"#":
            continue
        place, *names = line.decode("utf-8").split("|")
        for key in (key_of(name, known) for name in names):
            found.append((hash(key) << 16) + len(places))
            heads.add(hash(_head_of(key)))
        places.append(place)
    found.sort()
    return Gazetteer(
        tuple(places),
        array("q", (both >> 16 for both in found)),
        array("H", (both & 0xFFFF for both in found)),
        array("q", sorted(heads)),
        known,
    )


def _head_of(key: str) -> str:
    """How a name begins: its first two characters, its first word; "" of a single word."""
    return key[:2] if key[0] >= "㐀" else key.partition(" ")[0] if " " in key else ""
