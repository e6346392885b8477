"""The imprint of a report: the little by which its text is known when it runs again years later.

A story keeps those of its reports as one line of text (`Story.imprints`), for as long as the
database stands; about 200 characters each.
"""

from __future__ import annotations

import re
import struct
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monitor.detect.story.vectors import Features
from monitor.detect.words.numbers import Quantity
from monitor.detect.words.reading import Reading
from monitor.detect.words.text import SKETCH, contained_in, hashed, sketch, terms

_TEXT, _LEAD, _MARKS = 24, 8, 48  # hashes of each that are kept, the smallest
_SHORTEST, _SHORTEST_UNSPACED = 16, 32  # runs of three terms; where those are characters, twice
_SENTENCES = 2  # after the title; a flash of one comes again, word for word, and is news
_KEPT_FIRST, _KEPT_LAST = 8, 16  # imprints of one story
_HELD, _KNOWN = 0.8, 0.9  # share of a text that stands in another; that needs no imprint of its own
_COMPARED, _LEAD_COMPARED = 6, 2  # hashes that are needed to say so
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_CLAIM = re.compile(r"(?:c\|.*|a(?:\|[^|]*){4})")  # a time, or an act without where it stands
_COUNTS = struct.Struct("<3B")


class Imprint(NamedTuple):
    """Hashes of one report, in order: of its text, of its first sentences, and of its marks: its
    figures, days and hours, and what its head says that was done or not, by whom.
    """

    text: tuple[int, ...]
    lead: tuple[int, ...]
    marks: tuple[int, ...]

    def repeats(self, other: Imprint) -> bool:
        """Nearly all of this report stands in the other, its first sentence too, and it has no
        figure, day, hour or act that the other has not.
        """
        held, compared = contained_in(self.text, other.text, _TEXT)
        if held < _HELD or compared < _COMPARED:
            return False
        before, size = (other.lead, _LEAD) if other.lead else (other.text, _TEXT)
        led, compared = contained_in(self.lead, before, size)
        if led < _HELD or compared < _LEAD_COMPARED:
            return False
        return contained_in(self.marks, other.marks, _MARKS)[0] == 1.0


def imprint_of(reading: Reading, features: Features) -> Imprint | None:
    """The imprint of a report; None of one so short that its very words may be news again."""
    least = _SHORTEST_UNSPACED if reading.tongue.unspaced else _SHORTEST
    if features.sentences < _SENTENCES or len(features.sketch) < least:
        return None
    lead = sketch(features.lead, _LEAD)
    return Imprint(features.sketch[:_TEXT], lead, _marks(reading, features))


def _marks(reading: Reading, features: Features) -> tuple[int, ...]:
    """What must not differ, however alike two texts are. Days are taken by their words: the day
    that a "Tuesday" means is another one when a report runs again.
    """
    said = {found[0] for found in map(_CLAIM.match, features.claims) if found}
    for sentence in reading.sentences:
        said.update("#" + digits.replace(",", "") for digits in _DIGITS.findall(sentence.text))
        said.update(_figure(number, sentence.text) for number in sentence.numbers)
        for when in sentence.days:
            day = sentence.text[when.start : when.end]
            weekday = reading.tongue.weekdays.get(day)
            said.update(terms(day) if weekday is None else [f"w|{weekday}"])
    said.discard("")
    return tuple(sorted({hashed(one) & 0xFFFF for one in said})[:_MARKS])


def _figure(number: Quantity, text: str) -> str:
    """A quantity, also one written as a word; "" for bare digits, which are a mark anyway."""
    if number.unit:
        return f"n|{number.key}"
    return "" if _DIGITS.search(text, number.start, number.end) else f"u|{number.low:g}"


def stands_in(text: tuple[int, ...], other: Sequence[int]) -> bool:
    """All but a few words of a text are in the other, by the sketches of both."""
    held, compared = contained_in(text, tuple(other), SKETCH)
    return held >= _KNOWN and compared >= _COMPARED


def with_imprint(imprints: str, mine: Imprint | None) -> str:
    """The imprints of a story with that of one more report: the first and the latest are kept."""
    if mine is None:
        return imprints
    kept = [*imprints.split(), _packed(mine)]
    if len(kept) > _KEPT_FIRST + _KEPT_LAST:
        del kept[_KEPT_FIRST]
    return " ".join(kept)


def _packed(imprint: Imprint) -> str:
    text, lead, marks = imprint
    form = f"<{len(text) + len(lead)}I{len(marks)}H"
    counts = _COUNTS.pack(len(text), len(lead), len(marks))
    packed = counts + struct.pack(form, *text, *lead, *marks)
    return b2a_base64(packed, newline=False).decode()


def binary(imprints: str) -> bytes:
    """The imprints of a story as they take the least memory."""
    return b"".join(map(a2b_base64, imprints.split()))


def imprints_in(packed: bytes) -> Iterator[Imprint]:
    """Read what `binary` made."""
    place = 0
    while place < len(packed):
        text, lead, marks = _COUNTS.unpack_from(packed, place)
        form = struct.Struct(f"<{text + lead}I{marks}H")
        found = form.unpack_from(packed, place + _COUNTS.size)
        yield Imprint(found[:text], found[text : text + lead], found[text + lead :])
        place += _COUNTS.size + form.size
