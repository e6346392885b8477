"""Cities, regions and countries of the world by their names in nine languages.

`lexicon/places.txt` is made by tools/gazetteer.py. A place is a city ("PE.Arequipa", in some
countries with its region, "JP.Nagoya@Aichi"), a first-level region ("JP~Aichi") or a country
("JP"); a capital ends in `*`, since its name often means a government. Names that are common words
or usual names of persons are not in the file.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

UNKNOWN = "--"  # stands for the country of a place that is known by its form alone
_MOST_WORDS = 4  # of a name: Ho Chi Minh City
_LONGEST_HAN = 8  # characters
_WORD = re.compile(r"[^\W\d_ぁ-ヺ㐀-鿿가-힣ー]+")
_HANGUL = re.compile(r"[가-힣]{2,}")
_HAN = re.compile(r"[㐀-鿿々]{2,}|[ァ-ヺー]{2,}(?:・[ァ-ヺー]+)*")
_REGION = re.compile(r"[㐀-鿿々]{2,3}(?:(?<![务務防境学働産業产业信労交生一財财])省|[県縣县])")
_KO_TAIL = re.compile(  # what may follow the name of a place in a Korean word
    r"(?:특별자치|특별|광역)?(?:시|도|군|구|주|현|부|성)?"
    r"(?:내|발|행|산|청|민|지역|일대|공항|역|항|교외|인근|근교|외곽|북부|남부|동부|서부)?"
    r"(?:에서|에선|에는|에도|에|의|은|는|이|가|을|를|와|과|도|로|으로|서|까지|부터|만|엔|선)?$"
)
_CY_END = re.compile(r"(?:ами|ями|ах|ях|ов|ом|ем|ой|ей|ам|ям|ым|ую|ая|ое|а|я|у|ю|е|и|ы|о|ь|й)$")
_AR_HEAD = re.compile(r"^(?:وال|بال|فال|كال|لل|ال|و|ب|ل|ف)(?=.{4})")
_OF_NAME = re.compile(  # the name of a paper, a club or a treaty
    r"[ -](?:times|post|journal|herald|tribune|globe|university|stock|united|agreement|accords?"
    r"|treaty|declaration|protocol|convention|fc|club|airlines?|exchange)(?!\w)"
)
_AT = re.compile(
    r"(?<!\w)(?:in|at|near|outside|around|inside|across|à|en|bei|nahe|в|во|под|около|[وف]?في)\s$"
)
_AT_HAN = re.compile(r"[在于於]$")
_AT_BEHIND = re.compile(r"(?:시|市)?(?:에서|서|에 |の(?:中心|郊外)|で|市内|近郊)")


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

    def get(self, key: str) -> str | None:
        """The place of a name's key."""
        index = _index(self.hashes, key)
        return None if index is None else self.places[self.owners[index]]

    def begins(self, head: str) -> bool:
        """Whether any name of several words, or of a script without spaces, begins so."""
        return _index(self.heads, head) is not None

    def find(self, text: str, folded: str) -> list[Spot]:
        """The places named in a text, in order; of two that overlap the longer one.

        A name of an alphabet counts only if it is written large.
        """
        found = list(self._spelled(text, folded))
        if not folded.isascii():
            found += [*self._hangul(text), *self._han(text)]
        return sorted(spot for spot in found if _is_where(folded, spot))

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
                place = self.get(key_of(folded[start : words[last][1]]))
                if place is not None:
                    yield Spot(start, words[last][1], place)
                    index = last + 1
                    break

    def _hangul(self, text: str) -> Iterator[Spot]:
        for word in _HANGUL.finditer(text):
            stop = word.end() if self.begins(word[0][:2]) else 0
            for end in range(stop, word.start() + 1, -1):
                place = self.get(text[word.start() : end])
                if place is not None and _KO_TAIL.fullmatch(text, end, word.end()):
                    yield Spot(word.start(), end, place)
                    break

    def _han(self, text: str) -> Iterator[Spot]:
        for run in _HAN.finditer(text):
            if run[0][0] < "㐀":
                place = self.get(run[0].replace("・", ""))
                if place is not None:
                    yield Spot(*run.span(), place)
            else:
                yield from self._in_run(text, *run.span())

    def _in_run(self, text: str, start: int, stop: int) -> Iterator[Spot]:
        """Known places anywhere; at the beginning, or after a place, unknown ones by their kind."""
        may_be_unknown = True
        while start < stop - 1:
            spot = self._known(text, start, stop)
            if spot is None and may_be_unknown:
                spot = _by_kind(text, start, stop)
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
def spots_in(world: Gazetteer, text: str, folded: str) -> tuple[Spot, ...]:
    """`Gazetteer.find`, kept for a moment: every topic and more than one reader asks for them."""
    return tuple(world.find(text, folded))


def _index(hashes: array[int], text: str) -> int | None:
    wanted = hash(text)
    index = bisect_left(hashes, wanted)
    return index if index < len(hashes) and hashes[index] == wanted else None


def _by_kind(text: str, start: int, stop: int) -> Spot | None:
    """庆和省 is a region though no file knows it; 外務省 is a ministry."""
    found = _REGION.match(text, start, stop)
    return Spot(start, found.end(), f"{UNKNOWN}~{found[0]}") if found else None


def key_of(name: str) -> str:
    """A folded name as it is looked up: no hyphens, no endings of cases, no article."""
    name = name.replace("-", " ").replace("'", "")
    if "а" <= name[-1] <= "ё" and len(name) > 4:
        return _CY_END.sub("", name)
    return _AR_HEAD.sub("", name) if "ء" <= name[0] <= "ي" else name


def _is_where(folded: str, spot: Spot) -> bool:
    """Not part of the name of a paper or a treaty; a capital only where something is in it."""
    if _OF_NAME.match(folded, spot.end):
        return False
    return spot.id[-1] != "*" or bool(
        _AT.search(folded, max(0, spot.start - 8), spot.start)
        or _AT_HAN.search(folded, max(0, spot.start - 1), spot.start)
        or _AT_BEHIND.match(folded, spot.end)
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
def gazetteer_of(world: bytes) -> Gazetteer:
    """A file of places, a line each: its id and its folded names, with | between them."""
    places: list[str] = []
    found: list[int] = []  # a hash and the index of its place in one number: they sort together
    heads: set[int] = set()
    for line in world.splitlines():
        if line[:1] == b"#":
            continue
        place, *names = line.decode("utf-8").split("|")
        for key in map(key_of, names):
            found.append((hash(key) << 16) + len(places))
            heads.add(hash(_head_of(key)))
        places.append(place)
    found.sort()
    return Gazetteer(
        tuple(places),
        array("q", (both >> 16 for both in found)),
        array("H", (both & 0xFFFF for both in found)),
        array("q", sorted(heads)),
    )


def _head_of(key: str) -> str:
    """How a name begins: its first two characters, its first word; "" of a single word."""
    return key[:2] if key[0] >= "㐀" else key.partition(" ")[0] if " " in key else ""
