"""Text as the detector reads it: folded in place, cut into sentences and terms."""

from __future__ import annotations

import re
import sys
import unicodedata
import zlib
from functools import lru_cache

from monitor.models.cutting import cut

TITLE_CAP = 600  # characters that are read; longer texts are cut, so that none is a slow path
BODY_CAP = 12_000
_HEADLINE = 300  # characters of a title that are told

_FOLDED_RANGES = ((0x80, 0x250), (0x370, 0x530), (0x610, 0x6F0), (0x1E00, 0x2070), (0xFF01, 0xFFF0))
_QUOTES = dict.fromkeys("‘’`´ʼ‛＇", "'") | dict.fromkeys("“”„‟«»「」『』〈〉《》", '"')
_DASHES = dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("∼～〜", "~")


def _fold_table() -> dict[int, str]:
    table = {code: " " for code in (*range(32), 0x7F, 0xA0, 0x3000, 0x200B, 0xFEFF) if code != 10}
    for low, high in _FOLDED_RANGES:
        for code in range(low, high):
            if unicodedata.category(chr(code)) in ("Cc", "Cf", "Zs"):
                table[code] = " "
                continue
            parts = unicodedata.normalize("NFKD", chr(code))
            base = "".join(part for part in parts if not unicodedata.combining(part)).lower()
            if low == 0xFF01:
                base = unicodedata.normalize("NFKC", chr(code)).lower()
            if len(base) == 1 and base != chr(code):
                table[code] = base
    table |= {ord(mark): plain for mark, plain in (_QUOTES | _DASHES).items()}
    return table | {ord("ß"): "s", ord("đ"): "d", ord("ø"): "o", ord("ł"): "l", ord("ı"): "i"}


_TABLE = _fold_table()
_VOWELS = re.compile("[\u064b-\u0652\u0670\u0640]")  # written or left out at will; and the stretch


def one_line(title: str) -> str:
    """A title as it is told, in one line; where it is very long, with a cut that is seen."""
    return cut(" ".join(title.split()), _HEADLINE)


def clean(text: str, cap: int = BODY_CAP) -> str:
    """Composed, without surrogates and the vowel marks of Arabic, cut at `cap` characters."""
    text = _VOWELS.sub("", unicodedata.normalize("NFC", text[:cap]))
    return text.encode("utf-8", "replace").decode("utf-8")


def fold(text: str) -> str:
    """Case, accents, width and kinds of quotes gone; every character stays at its place."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.translate(_TABLE)


_BREAK = re.compile(
    r"[.!?…。！？\n]"  # one of them leads, whatever follows, so that a search skips to it
    r"(?:(?<=[.!?…])(?<![.!?…].)[.!?…]*[\"')\]]*\s+|(?<=[。！？!?])[。！？!?]*[\"')\]]*|(?<=\n)\n*)"
)
_ABBREVIATED = re.compile(
    r"(?:^|[^\w])(?:\w|[a-z]\.[a-z]|mr|mrs|ms|dr|st|gen|sen|rep|gov|lt|col|sgt|no|vs|jr|sr|prof|dept|inc"
    r"|co|corp|ltd|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|mt|mln|bln|approx|para|paras)$"
)


def sentences(folded: str) -> list[tuple[int, int]]:
    """Where each sentence of a folded text begins and ends; never across a line break."""
    found, start = [], 0
    for match in _BREAK.finditer(folded):
        mark = match.start()
        if folded[mark] == "." and "\n" not in match[0] and _abbreviation(folded, mark):
            continue
        if folded[start : match.end()].strip():
            found.append((start, match.end()))
        start = match.end()
    if folded[start:].strip():
        found.append((start, len(folded)))
    return found


def _abbreviation(folded: str, dot: int) -> bool:
    return _ABBREVIATED.search(folded[max(0, dot - 12) : dot]) is not None


_HAN = "㐀-鿿豈-﫿"
_TOKEN = re.compile(
    rf"(?P<hangul>[가-힣]+)|(?P<han>[{_HAN}々]+)|(?P<kana>[ァ-ヺー]+)|(?P<hira>[ぁ-ゖ]+)"
    rf"|(?P<number>\d+(?:[.,]\d+)*)|(?P<word>[^\W\d_{_HAN}가-힣ぁ-ヺ]+(?:'[^\W\d_]+)?)"
)


def terms(folded: str, stop: frozenset[str] = frozenset()) -> list[str]:
    """The words of a text, crudely stemmed; pairs of characters where words are not spaced."""
    found: list[str] = []
    for match in _TOKEN.finditer(folded):
        kind, word = match.lastgroup, match[0]
        if kind == "word":
            if len(word) > 1 and word not in stop:
                found.append(stem(word))
        elif kind in ("hangul", "han"):
            found.extend(word[i : i + 2] for i in range(len(word) - 1))
        elif kind == "kana" and len(word) > 1:
            found.append(word)
        elif kind == "number":
            found.append("#" + word.replace(",", ""))
    return found


@lru_cache(maxsize=20_000)  # of a month's words the commonest; 5 MB
def stem(word: str) -> str:
    """A word without its commonest ending, the same for every form of most words."""
    word = word.split("'")[0] or word
    if not word.isascii():
        return _foreign_stem(word)
    for ending, left in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("ly", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending) + left
            break
    if len(word) > 4 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def _foreign_stem(word: str) -> str:
    if "؀" <= word[0] <= "ۿ":
        for head in ("وال", "بال", "لل", "ال", "و", "ب", "ل", "ف"):
            if word.startswith(head) and len(word) - len(head) >= 3:
                return word.removeprefix(head)[:6]
        return word[:6]
    return word[: max(4, len(word) - 2)][:9]


_ROOT, _ROOT_FOREIGN = 7, 5  # letters; Russian and Arabic words are inflected early


def root(term: str) -> str:
    """The beginning of a stem, which words of one family share: "investigator", "investigation".

    One object for each root, since stories keep them.
    """
    if term[0] in "#@" or term[0] >= "\u3040":
        return term
    return sys.intern(term[: _ROOT if term[0] < "\u0370" else _ROOT_FOREIGN])


def hashed(text: str) -> int:
    """A number for a text, the same on every machine and in every run."""
    return zlib.crc32(text.encode("utf-8", "replace"))


SKETCH = 32
_FEWEST = 5  # hashes of two texts that can be compared


def sketch(words: list[str], size: int = SKETCH) -> tuple[int, ...]:
    """The smallest hashes of a text's runs of three terms: alike texts share most of them."""
    runs = {hashed(" ".join(words[i : i + 3])) for i in range(max(1, len(words) - 2))}
    return tuple(sorted(runs)[:size]) if words else ()


def contained(small: tuple[int, ...], large: tuple[int, ...]) -> float:
    """About how much of the shorter text is in the other one, 0 to 1.

    Bottom hashes can only be compared below the smaller of their highest values. Where fewer than
    five are left, as of a headline beside a long report, it is taken for nothing: one hash that
    both have by chance would make the headline a copy.
    """
    if not small or not large:
        return 0.0
    limit = min(
        small[-1] if len(small) >= SKETCH else 2**32, large[-1] if len(large) >= SKETCH else 2**32
    )
    left = {value for value in small if value <= limit}
    right = {value for value in large if value <= limit}
    fewest = min(len(left), len(right))
    return len(left & right) / fewest if fewest >= _FEWEST else 0.0


def contained_in(mine: tuple[int, ...], other: tuple[int, ...], size: int) -> tuple[float, int]:
    """About how much of one set of hashes is in another, 0 to 1, and how many were compared.

    Of each the `size` smallest are known at most. All of nothing is in anything.
    """
    limit = other[-1] if len(other) >= size else 2**32
    compared = [value for value in mine if value <= limit]
    if not compared:
        return 1.0, 0
    return len(set(other).intersection(compared)) / len(compared), len(compared)
