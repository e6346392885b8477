from __future__ import annotations

import os
from pathlib import Path

import pytest

from monitor.service import underway
from monitor.service.underway import FILE, Underway, left


def test_what_had_not_ended_is_left(tmp_path: Path) -> None:
    work = Underway(tmp_path)
    with work.on("a"), work.on("b"):
        with work.on("c"):
            assert left(tmp_path) == ("a", "b", "c")
        assert left(tmp_path) == ("a", "b")
    assert left(tmp_path) == ()


def test_a_source_is_left_when_one_of_two_works_on_it_ended(tmp_path: Path) -> None:
    work = Underway(tmp_path)
    with work.on("a"):
        with work.on("a"):
            pass
        assert left(tmp_path) == ("a",)


def test_work_that_raises_has_ended(tmp_path: Path) -> None:
    work = Underway(tmp_path)
    with pytest.raises(ValueError, match="x"), work.on("a"):
        raise ValueError("x")
    assert (left(tmp_path), work.oldest(), work.longest() < 1) == ((), None, True)


def test_the_oldest_names_one_piece_of_work(tmp_path: Path) -> None:
    work = Underway(tmp_path)
    with work.on("a"):
        first = work.oldest()
        with work.on("b"):
            assert work.oldest() == first
            assert 0 < work.longest() < 10
    with work.on("a"):
        assert work.oldest() not in (None, first)


def test_the_file_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(underway, "_LONGEST", 500)
    work = Underway(tmp_path)
    for _ in range(1000):
        with work.on("a"):
            pass
    assert (tmp_path / FILE).stat().st_size < 600
    with work.on("b"):
        assert left(tmp_path) == ("b",)


def test_a_new_process_begins_it_anew(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("+old\n")
    assert left(tmp_path) == ("old",)
    with Underway(tmp_path).on("a"):
        assert left(tmp_path) == ("a",)


def test_a_file_that_cannot_be_written_costs_only_the_note(tmp_path: Path) -> None:
    os.mkdir(tmp_path / FILE)
    with Underway(tmp_path).on("a"):
        pass
    assert left(tmp_path) == ()
