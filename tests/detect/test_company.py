"""The company of a short name, as packs write it."""

from __future__ import annotations

import pytest

from monitor.detect.words.company import Company, company_of


@pytest.mark.parametrize(
    ("written", "needed", "strangers"),
    [
        ("kaesong", {"kaesong"}, set()),
        ("north+south", {"north", "south"}, set()),
        ("north-us-un", {"north"}, {"us", "un"}),
        ("north-us+south", {"north", "south"}, {"us"}),
    ],
)
def test_each_sign_is_of_the_name_behind_it(
    written: str, needed: set[str], strangers: set[str]
) -> None:
    assert company_of(written) == Company(frozenset(needed), frozenset(strangers))


def test_only_a_single_name_is_plain() -> None:
    assert company_of("kaesong").is_plain
    assert not company_of("north+south").is_plain
    assert not company_of("north-us").is_plain
