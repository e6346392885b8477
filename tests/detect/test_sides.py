"""Who is a side, and who speaks for one."""

from __future__ import annotations

from monitor.detect.words.sides import HOME, SIDES, SPEAKING, side_of


def test_institutions_speak_for_their_side_and_sides_for_themselves() -> None:
    assert [side_of(name) for name in ("defence", "state_media", "eu")] == ["south", "north", "eu"]


def test_who_only_speaks_is_no_side_and_at_home_are_the_koreas_with_their_speakers() -> None:
    assert not SPEAKING & SIDES
    assert {"north", "south", "both"} == HOME - SPEAKING
