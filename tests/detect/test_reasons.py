"""Reasons in words that a person understands."""

from __future__ import annotations

import pytest

from monitor.detect.compare.claims import Difference, Guard
from monitor.detect.told.reasons import RULES, told_otherwise
from tests.detect.examples import office


@pytest.mark.parametrize(
    ("difference", "sentence"),
    [
        (Difference(Guard.FIGURE, "ordinal:12", "ordinal:13"), "says the 12th, this one the 13th."),
        (Difference(Guard.FIGURE, "ordinal:21", "ordinal:22"), "says the 21st, this one the 22nd."),
        (
            Difference(Guard.FIGURE, "person:25", "person:30~40"),
            "25 persons, this one 30–40 persons.",
        ),
        (
            Difference(Guard.DATE, "2018-09-14", "2018-09-17"),
            "says 14 September 2018, this one 17 September 2018.",
        ),
        (Difference(Guard.DATE, "14:49", "16:20"), "says 14:49, this one 16:20."),
        (Difference(Guard.CONTRARY, "moving", "not moving"), "says moving, this one not moving."),
        (Difference(Guard.CONTRARY, "silent", "answer"), "does not answer, this one answers."),
        (Difference(Guard.NEGATION, "not open", "open"), "says not opens, this one opens."),
        (Difference(Guard.PARTY, "north", "us"), "says the North, this one the United States."),
        (Difference(Guard.UNDONE, "", "2020-06-20"), "No earlier report gives 20 June 2020"),
    ],
)
def test_what_differs_is_told_with_both_values(difference: Difference, sentence: str) -> None:
    assert sentence in told_otherwise(difference, office())


def test_a_side_is_named_as_the_pack_names_it() -> None:
    said = told_otherwise(Difference(Guard.PARTY, "kim_yojong", "jon_jongsu"), office())
    assert "Jon Jong-su" in said


def test_where_only_the_mood_differs_the_rule_says_it_all() -> None:
    assert told_otherwise(Difference(Guard.DONE, "open", "open"), office()) == ""
    assert told_otherwise(Difference(Guard.NOT), office()) == ""
    assert told_otherwise(None, office()) == ""


def test_every_rule_has_a_sentence() -> None:
    assert all(says.endswith(".") for says, _ in RULES.values())
