from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from monitor.backtest import article_of, read_rows, run, write_verdicts
from monitor.errors import InputError
from tests.detect.examples import START, all_news, office

KEYS = {"id", "relevant", "alert", "digest", "story", "kind", "why"}


def row(name: str, title: str, minute: int = 0, **more: Any) -> dict[str, Any]:
    at = START.replace(minute=minute).isoformat()
    return {"id": name, "title": title, "fetched": at, "outlet": name, **more}


def verdicts(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    return list(run(rows, office()))


LEAVE = "North Korea withdraws from the Kaesong liaison office"


def test_each_row_gets_one_verdict_in_order() -> None:
    found = verdicts(row("a", LEAVE), row("b", "A cat show in Bern", 1), row("c", LEAVE, 2))
    assert [v["id"] for v in found] == ["a", "b", "c"]
    assert all(set(v) == KEYS for v in found)
    assert [v["relevant"] for v in found] == [True, False, True]
    assert [v["alert"] for v in found] == [True, False, False]
    assert found[0]["story"] == found[2]["story"]
    assert found[1]["story"] is None


def test_the_first_article_can_alert() -> None:
    assert verdicts(row("a", LEAVE))[0]["alert"] is True


def test_a_repeated_address_is_a_revision_also_under_its_tracking_form() -> None:
    url = "https://paper.example/2021/office"
    found = verdicts(
        row("a", LEAVE, url=url, body="It took 20 people along."),
        row("b", LEAVE, 5, url=url + "?utm_source=feed", body="It took 25 people along."),
    )
    assert found[1]["kind"] == "correction"
    assert found[1]["id"] == "b"


def test_rows_without_times_and_with_absurd_ones_are_taken_in_order() -> None:
    found = verdicts(
        {"id": "a", "title": LEAVE},
        {"id": "b", "title": LEAVE, "published": "yesterday", "lang": 7, "outlet": None},
        {"id": "c", "title": LEAVE, "published": "1970-01-01T00:00:00Z"},
        {"id": "d", "title": None, "summary": 5, "body": ["x"]},
    )
    assert [v["alert"] for v in found] == [True, False, False, False]


def test_markup_and_entities_are_taken_out() -> None:
    new = article_of(
        {
            "id": "a",
            "title": "South&#39;s <b>office</b>",
            "summary": "&lt;p&gt;x &amp;amp; y&lt;/p&gt;",
        },
        START,
    )
    assert new.title == "South's  office"
    assert new.summary == "x & y"


def test_without_a_topic_everything_is_relevant() -> None:
    (found,) = run([row("a", "A cat show in Bern")], all_news())
    assert (found["relevant"], found["alert"]) == (True, True)


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        ('{"title": "x"}', "no id"),
        ('{"id": 5}', "no id"),
        ('{"id": ""}', "no id"),
    ],
)
def test_a_bad_row_is_named_with_its_file_and_line(tmp_path: Path, line: str, cause: str) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text('{"id": "a"}\n\n' + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=cause) as caught:
        list(read_rows(path))
    assert str(caught.value).startswith(f"{path}:3: ")


def test_a_missing_and_a_binary_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        list(read_rows(tmp_path / "none.jsonl"))
    binary = tmp_path / "binary.jsonl"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not UTF-8"):
        list(read_rows(binary))


def test_verdicts_are_written_a_line_each(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert write_verdicts(out, run([row("a", LEAVE), row("b", "북측 철수", 1)], office())) == 2
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["a", "b"]
    with pytest.raises(InputError, match="cannot be written"):
        write_verdicts(tmp_path / "no" / "out.jsonl", [])
