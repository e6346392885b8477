from __future__ import annotations

import pytest

from monitor.models.cutting import cut


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("short", 5, "short"),
        ("longer", 5, "long…"),
        ("two words", 5, "two…"),
        ("e\u0301" * 4, 4, "e\u0301…"),
        ("ab👩‍👩‍👧", 4, "ab…"),
        ("ab🇰🇷🇰🇵", 4, "ab…"),
        ("ab🇰🇷🇰🇵🇺🇸", 6, "ab🇰🇷…"),
        ("한글".encode().decode() * 3, 3, "한글…"),
        ("anything", 1, "…"),
        ("anything", 0, ""),
        ("x" + "\u0301" * 40, 30, "x" + "\u0301" * 28 + "…"),
    ],
)
def test_a_cut_falls_between_characters_as_people_see_them(
    text: str, limit: int, short: str
) -> None:
    assert cut(text, limit) == short
