"""Hours that are told in words, or by the words around them: "à neuf heures", "nine o'clock",
"в девять часов", "الساعة التاسعة", "아홉 시", "上午九点". What stands there parts
them from lengths of time; it is in the grammar file of each language (`lexicon/grammar`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from monitor.detect.words.tongue import Tongue

_HOUR = (
    r"{at_hour}(?P<h>{hour}|{hour_figure}){hour_behind}(?P<m>{minutes})?(?P<half>{half_past})?"
    r"(?!{no_hour})"
    # What may not stand before a figure is asked behind it: most letters are no figures.
    r"|(?P<h2>\d(?<![\w.,:].)(?:(?<=2)[0-4]|(?<=[01])\d)?)"
    r"(?:{hours_and}(?P<m2>[0-5]\d)(?!\w)|{hour_of_day})"
)
_HALF = 30


class Spoken(NamedTuple):
    """An hour of a clock, with its place in the text."""

    start: int
    end: int
    hour: int
    minute: int


def spoken(text: str, tongue: Tongue) -> Iterator[Spoken]:
    """The hours of a folded text that no digits of a clock tell."""
    for found in tongue.pattern(_HOUR).finditer(text):
        told = found["h"] or found["h2"]
        hour = int(told) if told.isdigit() else tongue.hours[told]
        minute = found["m"] or found["m2"] or (_HALF if found["half"] else 0)
        if hour <= 24:
            yield Spoken(*found.span(), hour, int(minute))
