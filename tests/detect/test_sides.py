"""Who is a side, and who speaks for one."""

from __future__ import annotations

from monitor.config.lexicon import read_lexicon
from monitor.detect.words.sides import sides_of

SIDES = sides_of(read_lexicon())


def test_institutions_speak_for_their_side_and_sides_for_themselves() -> None:
    assert [SIDES.side_of(name) for name in ("defence", "eu")] == ["south", "eu"]
    assert SIDES.side_of("state_media") == "north"


def test_who_only_speaks_is_no_side_and_at_home_are_the_koreas_with_their_speakers() -> None:
    assert not SIDES.speaking & SIDES.sides
    assert {"north", "south", "both"} == SIDES.home - SIDES.speaking
