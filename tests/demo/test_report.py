from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.demo import report
from monitor.models import Alert, DiffPart, LedgerRow, Story

NOW = datetime(2019, 3, 22, 8, 0, 30, tzinfo=UTC)


def row(
    kind: str, minute: int = 0, outlet: str = "Heron Wire", story: str | None = "s"
) -> LedgerRow:
    return LedgerRow(
        at=NOW + timedelta(minutes=minute),
        article=f"{kind}{minute}",
        revision=0,
        title=f"title {minute}",
        url=None,
        source="heron-wire",
        outlet=outlet,
        topic="liaison-office",
        verdict="alert" if kind == "new story" else "silent",
        kind=kind,
        stage="s",
        rule="r",
        why=f"because {minute}",
        relevance="relevant",
        story=story,
    )


def story(name: str, *outlets: str) -> Story:
    return Story(name, "liaison-office", name, NOW, NOW, outlets=outlets)


def alert(name: str, *diff: DiffPart) -> Alert:
    return Alert(name, "correction", NOW, name, text="x" * 50, diff=diff)


def test_silences_are_counted_by_kind_with_the_first_as_example() -> None:
    found = report.silences([row("repeat", 1), row("new story"), row("copy", 2), row("repeat", 3)])
    assert [(each.kind, each.count, each.title) for each in found] == [
        ("repeat", 2, "title 1"),
        ("copy", 1, "title 2"),
    ]
    assert found[0].why == "because 1"


def test_what_waits_for_the_digest_is_counted_apart() -> None:
    rows = [replace(row("new fact", 1), verdict="digest"), row("new fact", 2)]
    assert [each.kind for each in report.silences(rows)] == ["new fact for the digest", "new fact"]


def test_the_story_of_most_outlets_grows_by_the_minute() -> None:
    rows = [
        row("new story", 0, "A"),
        row("repeat", 0, "B"),
        row("repeat", 5, "A"),
        row("repeat", 5, "C"),
        row("repeat", 5, "D", story="other"),
    ]
    found = report.growth([story("other", "D"), story("s", "A", "B", "C")], rows)
    assert found is not None
    assert [outlets for _, outlets in found.joined] == [("A", "B"), ("C",)]
    assert found.joined[0][0] == NOW.replace(second=0)


def test_no_story_grows_where_there_is_none() -> None:
    assert report.growth([], []) is None


def test_the_clearest_edit_is_the_smallest_one() -> None:
    small = alert("small", DiffPart("same", "undoing a walkout"), DiffPart("added", "three"))
    large = alert("large", DiffPart("added", "a whole new paragraph"))
    assert report.edit([alert("none"), large, small]) is small
    assert report.edit([alert("none")]) is None


def test_a_push_is_timed_from_the_last_publication_before_it() -> None:
    def at(second: float) -> dict[str, str]:
        return {"at": (NOW + timedelta(seconds=second)).isoformat()}

    assert report.seconds([at(2.5), at(11), at(-1)], [at(0), at(10)]) == [2.5, 1.0]


@pytest.mark.parametrize(
    ("mail", "text"),
    [
        ("Content-Type: text/plain; charset=utf-8\n\nHello\n\n", "Hello"),
        ("Content-Type: text/html\n\n<p>Hello</p>\n", ""),
    ],
)
def test_the_text_of_a_mail_is_read_back(tmp_path: Path, mail: str, text: str) -> None:
    file = tmp_path / "0001.eml"
    file.write_text(mail)
    assert report.mail_text(file) == text


def test_one_of_a_sort_is_told_as_one() -> None:
    assert report.told(14, 1, 0) == "14, 1 digest, and 0 of the service's own"
    assert report.told(1, 2, 1) == "1, 2 digests, and 1 of the service's own"
    assert report.accepted(1, 16) == "1 mail, 16 Slack messages"
