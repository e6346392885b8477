"""Text from bytes, by one rule, because every parser gets some real feed wrong silently.

1. A byte order mark, or the zero bytes, of UTF-16 and UTF-32 decide.
2. Valid UTF-8 is UTF-8 whatever the label says; a UTF-8 mark is only a label.
3. UTF-8 with a few bad bytes is repaired.
4. Else the label (HTTP unless it is the usual Western one, then the document's own), read as its
   superset.
5. Else a guess, led by the source's language.
"""

from __future__ import annotations

import codecs
import re
import zlib
from dataclasses import dataclass

from monitor.errors import ParseError
from monitor.sources.clean import begins

GZIP = b"\x1f\x8b"
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ZEROS = (  # how "<" or "{" and the byte after it look without a mark
    (re.compile(rb"[^\0]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0\0\0[^\0]"), "utf-32-be"),
    (re.compile(rb"[^\0]\0[^\0]\0"), "utf-16-le"),
    (re.compile(rb"\0[^\0]\0[^\0]"), "utf-16-be"),
)
# Labels whose owners write the larger set (WHATWG Encoding Standard, plus gb18030 for gbk).
_SUPERSETS = {
    "euc_kr": "cp949",
    "ksc5601": "cp949",
    "ks_c_5601-1987": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "big5": "big5hkscs",
}
_ALIASES = {"x-sjis": "cp932", "windows-31j": "cp932", "x-gbk": "gb18030", "windows-949": "cp949",
            "x-mac-cyrillic": "mac_cyrillic"}  # fmt: skip
_DEFAULTS = ("cp1252", "iso8859-15")  # charsets that servers say of every file
# By language: the encodings to try, the letters that a right reading is full of, and those that
# must be among them. A wrong reading has others: half-width katakana, capitals, rare signs.
_HAN = "一-鿿、。，「」"
_KANA = "ぁ-ヿ"
_GUESSES = {
    "ko": (("cp949",), "가-힣ㄱ-ㆎ", "가-힣"),
    "ja": (("cp932", "euc_jp"), _KANA + _HAN, _KANA),
    "ru": (("cp1251", "koi8_r"), "а-яё", "а-яё"),
    "zh": (("gb2312", "big5", "gb18030"), _HAN, _HAN),
    "ar": (("cp1256",), "ء-ي", "ء-ي"),
    "el": (("cp1253",), "α-ωά-ώ", "α-ω"),
    "he": (("cp1255",), "א-ת", "א-ת"),
    "th": (("cp874",), "ก-๛", "ก-๛"),
    "tr": (("cp1254",), "ğışçöüĞİŞÇÖÜ’", "ğış"),
}
_TWO_BYTES = {"cp949", "cp932", "euc_jp", "gb18030", "big5hkscs"}
_WESTERN = {"en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "no", "fi"}
_ORDER = ("ko", "ja", "ru", "zh")  # tried for a source of no such language
_LATIN = "À-ÿŒœŠšŽž‘’“”–—…€«»¿¡§°"
_LABEL = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([\w.:-]+)""")
_META = re.compile(rb"""<meta[^>]{1,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_CHARSET = re.compile(r"""charset\s*=[\s"']*([\w.:-]+)""", re.IGNORECASE)
_ASCII = re.compile(rb"[\0-\x7f]++")
# Well-formed multi-byte UTF-8. Letters that ASCII stands between must not grow together.
_MULTIBYTE = re.compile(
    rb"(?:[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})++"
)
REPAIRED = "charset repaired"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document's text, the encoding it was read as, and what had to be mended."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(body: bytes, content_type: str | None = None, lang: str | None = None) -> Decoded:
    """The text of a body; never fails. `lang` leads the guess when nothing else decides."""
    marks = 0
    while body.startswith(codecs.BOM_UTF8, marks):
        marks += len(codecs.BOM_UTF8)
    body = body[marks:]  # a claim like any label: the bytes decide
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return _as(body[len(bom) :], encoding)
    for pattern, encoding in _ZEROS:
        if pattern.match(body):
            return _as(body, encoding)
    try:
        # A seven-bit encoding is valid UTF-8 too; only its label or its escapes tell.
        if body.find(b"\x1b", 0, 100_000) == -1 or body.find(b"\x1b$", 0, 100_000) == -1:
            return Decoded(body.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        if _mostly_utf8(body, _doubt(body, content_type)):
            return Decoded(body.decode("utf-8", "replace"), "utf-8", (REPAIRED,))
    for label in _labels(body, content_type):
        if decoded := _by_label(body, label):
            return decoded
    return _guess(body, lang)


def _as(body: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(body.decode(encoding), encoding)
    except UnicodeDecodeError:
        return Decoded(body.decode(encoding, "replace"), encoding, (REPAIRED,))


def _doubt(body: bytes, content_type: str | None) -> int:
    """How many good bytes a bad one needs beside it; XML without a label is UTF-8.

    In a few words of Chinese or Japanese most bytes may look like UTF-8 by chance.
    """
    codecs_named = {_codec(label) for label in _labels(body, content_type)}
    if codecs_named <= {"utf-8"}:
        return 1
    return 6 if codecs_named & _TWO_BYTES else 2


def _mostly_utf8(body: bytes, good: int) -> bool:
    """Whether a bad byte stands beside `good` bytes of good multi-byte letters at least.

    In a legacy encoding it is the other way round: of Korean or Chinese bytes a quarter at most
    look like UTF-8 by chance, of others hardly any.
    """
    high = _ASCII.sub(b" ", body)
    count, spaces = len(high), high.count(b" ")
    bad = len(_MULTIBYTE.sub(b"", high)) - spaces
    return bad * good <= count - spaces - bad


def _labels(body: bytes, content_type: str | None) -> list[str]:
    said = [found[1]] if (found := _CHARSET.search(content_type or "")) else []
    head = body[:2000]
    found_inside = (pattern.search(head) for pattern in (_LABEL, _META))
    own = [inside[1].decode("ascii", "replace") for inside in found_inside if inside]
    # Western is what a server says of every file unless told otherwise; the author knows better.
    return own + said if said and _codec(said[0]) in _DEFAULTS else said + own


def _codec(label: str) -> str | None:
    """Python's name of the superset that a label means; None for an unknown label."""
    low = label.strip().lower()
    if low in _ALIASES or low in _SUPERSETS:
        return _ALIASES.get(low) or _SUPERSETS[low]
    try:
        info = codecs.lookup(low)
    except (LookupError, ValueError):
        return None
    if not info._is_text_encoding:  # base64, zlib and the like are codecs to Python
        return None
    return _SUPERSETS.get(info.name, info.name)


def _by_label(body: bytes, label: str) -> Decoded | None:
    """The body read by its label; None when the label is unknown or plainly wrong."""
    encoding = _codec(label)
    if encoding is None or encoding.startswith(("utf-16", "utf-32", "utf_16", "utf_32")):
        return None  # the zero bytes would have shown
    if encoding in ("utf-8", "utf-7"):
        return None  # tried already
    try:
        return Decoded(body.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = body.decode(encoding, "replace")
    letters = sum(1 for letter in text if letter > "\x7f")
    if text.count("�") * 5 > letters:
        return None
    return Decoded(text, encoding, (REPAIRED,))


def _guess(body: bytes, lang: str | None) -> Decoded:
    """The reading with the most letters of its own script; the source's language has an edge."""
    sample = body[:200_000]
    runs = re.findall(rb"[\x80-\xff]+", sample)
    # Single accented letters between ASCII ones mean a Latin script, whole words another one.
    latin = lang in _WESTERN or sum(map(len, runs)) < 1.5 * len(runs)
    others = () if latin else _ORDER
    order = [name for name in dict.fromkeys((lang, *others)) if name in _GUESSES]
    best, score = "cp1252", _share(sample, "cp1252", _LATIN, _LATIN) if latin else 0.0
    for name in order:
        encodings, letters, must = _GUESSES[name]
        for encoding in encodings:
            share = _share(sample, encoding, letters, must) + (0.2 if name == lang else 0)
            if share > score:
                best, score = encoding, share
    if score < 0.5:
        return Decoded(body.decode("utf-8", "replace"), "utf-8", (REPAIRED,))
    best = _SUPERSETS.get(best, best)
    return Decoded(body.decode(best, "replace"), best, ("charset guessed",))


def _share(sample: bytes, encoding: str, letters: str, must: str) -> float:
    """How much of what is not ASCII is of the given letters; 0 without those that must be."""
    high = re.sub(r"[\0-\x7f]+", "", sample.decode(encoding, "replace"))
    if len(re.findall(f"[{must}]", high)) * 10 < len(high):
        return 0.0
    return len(re.findall(f"[{letters}]", high)) / len(high) if high else 0.0


def gunzip(body: bytes, cap: int) -> bytes:
    """The content of a body that is gzip without a header saying so; others pass unchanged.

    Raises ParseError when it is damaged or unpacks to more than `cap` bytes.
    """
    if not body.startswith(GZIP):
        return body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        text = unpacker.decompress(body, cap + 1)
    except zlib.error as error:
        raise ParseError("the document is damaged gzip") from error
    if len(text) > cap:
        why = f"the document unpacks to more than {cap / 1_000_000:g} MB"
        raise ParseError(f"{why}; it begins: {begins(text[:400].decode('utf-8', 'replace'))}")
    if not unpacker.eof:
        raise ParseError("the document is gzip that was cut off")
    return text
