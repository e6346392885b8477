"""Imprints and the archive: small, known again, found at the same cost among any number."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.detect.story.archive import _COMMON, _FEW, Archive
from monitor.detect.story.imprints import (
    _KEPT_FIRST,
    _KEPT_LAST,
    Imprint,
    binary,
    imprints_in,
    with_imprint,
)
from monitor.detect.words.text import contained_in, hashed, sketch
from monitor.models import PastStory

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HASHES = st.sets(st.integers(0, 2**32 - 1), max_size=24).map(lambda found: tuple(sorted(found)))
MARKS = st.sets(st.integers(0, 2**16 - 1), max_size=48).map(lambda found: tuple(sorted(found)))
IMPRINTS = st.builds(Imprint, HASHES, HASHES.map(lambda found: found[:8]), MARKS)


def words(name: str, count: int = 60) -> list[str]:
    return [f"{name}{number}" for number in range(count)]


def imprint(text: list[str], marks: tuple[int, ...] = ()) -> Imprint:
    return Imprint(sketch(text, 24), sketch(text[:12], 8), marks)


def past(name: str, *imprints: Imprint, days: int = 0) -> PastStory:
    kept = ""
    for one in imprints:
        kept = with_imprint(kept, one)
    return PastStory(name, f"Title of {name}", NOW - timedelta(days=days), kept)


def found(archive: Archive, mine: Imprint) -> list[str]:
    return [story.id for story in archive.repeated(mine)]


@given(st.lists(IMPRINTS, max_size=5))
def test_what_is_kept_is_read_as_it_was(imprints: list[Imprint]) -> None:
    assert list(imprints_in(binary(past("s", *imprints).imprints))) == imprints


@given(IMPRINTS)
def test_a_report_repeats_itself_if_there_is_enough_of_it(mine: Imprint) -> None:
    assert mine.repeats(mine) == (len(mine.text) >= 6 and len(mine.lead) >= 2)


def test_of_a_text_nearly_all_must_stand_there_and_its_beginning() -> None:
    old = imprint(words("a"))
    assert imprint(words("a")[:40]).repeats(old)
    assert imprint([*words("a"), "more", "of", "it"]).repeats(old)
    assert not imprint([*words("a"), *words("b", 40)]).repeats(old)
    assert not imprint([*words("b", 12), *words("a")[12:]]).repeats(old)
    assert not imprint(words("a")[:4]).repeats(old)


def test_a_mark_that_the_old_report_has_not_is_news_and_one_less_is_not() -> None:
    old = imprint(words("a"), (3, 5))
    assert imprint(words("a"), (3,)).repeats(old)
    assert not imprint(words("a"), (3, 4)).repeats(old)
    assert not imprint(words("a"), (7,)).repeats(imprint(words("a")))


def test_where_no_first_sentence_was_kept_the_whole_text_is_asked() -> None:
    old = imprint(words("a", 20))._replace(lead=())
    assert imprint(words("a", 20)).repeats(old)
    assert not imprint([*words("b", 4), *words("a", 20)]).repeats(old)


def test_hashes_are_compared_as_far_as_both_know_them() -> None:
    assert contained_in((), (), 3) == (1.0, 0)
    assert contained_in((1, 9), (1, 2, 3), 3) == (1.0, 1)  # of the 9 nobody knows
    assert contained_in((1, 9), (1, 2), 3) == (0.5, 2)
    assert contained_in((1, 2), (), 3) == (0.0, 2)


def test_of_a_story_the_first_reports_and_the_latest_are_known() -> None:
    many = [imprint(words(f"w{number}-")) for number in range(_KEPT_FIRST + _KEPT_LAST + 3)]
    kept = list(imprints_in(binary(past("s", *many).imprints)))
    assert kept == [*many[:_KEPT_FIRST], *many[-_KEPT_LAST:]]
    assert with_imprint("kept", None) == "kept"


def test_an_archive_finds_every_story_of_which_a_report_runs_again() -> None:
    archive = Archive([past("s1", imprint(words("a"))), past("none")])
    archive.add([past("s2", imprint(words("b")), imprint(words("a")))])
    assert len(archive) == 2
    assert sorted(found(archive, imprint(words("a")))) == ["s1", "s2"]
    assert found(archive, imprint(words("b"))) == ["s2"]
    assert found(archive, imprint(words("c"))) == found(Archive(), imprint(words("a"))) == []


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz"), st.booleans()), max_size=9)
)
def test_it_holds_the_same_grown_or_made_at_once_whatever_was_dropped(
    changes: list[tuple[str, str, bool]],
) -> None:
    grown = Archive()
    there: dict[str, PastStory] = {}
    for name, text, drop in changes:
        grown.drop(name)
        there.pop(name, None)
        if not drop:
            there[name] = past(name, imprint(words(text)))
            grown.add([there[name], there[name]])
    made = Archive(there.values())
    assert len(grown) == len(made)
    assert len(grown._index) == len(made._index)
    for text in "wxyz":
        mine = imprint(words(text))
        assert found(grown, mine) == found(made, mine)


def stories(count: int, stock: list[str]) -> Iterator[PastStory]:
    for number in range(count):
        yield past(f"s{number}", imprint([*words(f"w{number}-", 40), *stock]), days=number)


def test_a_look_up_compares_few_reports_however_many_share_a_paragraph() -> None:
    stock = words("stock-", 40)
    archive = Archive(stories(4 * _COMMON, stock))
    assert len(archive._index) > _FEW
    asked = imprint([*words("w7-", 40), *stock])
    near = archive._near(asked)
    assert near[0] == "s7"
    assert len(near) <= 16
    assert found(archive, asked) == ["s7"]


def test_a_story_of_one_report_takes_less_than_half_a_kilobyte() -> None:
    made = list(stories(2000, []))
    marks = tuple(sorted({hashed(str(number)) & 0xFFFF for number in range(14)}))
    made = [past(s.id, *(i._replace(marks=marks) for i in imprints_in(binary(s.imprints))))
            for s in made]  # fmt: skip
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        archive = Archive(made)
        taken = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert len(archive) == 2000
    assert taken / 2000 < 450  # its title and id, which are of the test, not counted
