"""The labelled streams under ``streams/``: that their form holds (no scores here)."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from monitor.config.load import load_topic

HERE = Path(__file__).parent / "streams"
STREAMS = sorted(path.parent for path in HERE.glob("*/articles.jsonl"))
PACKS = sorted(HERE.glob("*/pack.yaml"))  # of topics that are not shipped
KEYS = {"id", "outlet", "feed", "url", "published", "fetched", "lang", "title", "summary", "body"}
KEYS |= {"label", "development"}
MORE = {"of", "change", "new_facts", "diff_note", "trap"}
LABELS = {"new", "repeat", "syndicated", "revision", "background", "off-topic"}
LANGUAGES = {"en", "ko", "ja", "zh", "fr", "de", "es", "ru", "ar"}
Row = dict[str, Any]
Stream = tuple[list[Row], list[Row], list[Row]]


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as handle:
        return [json.loads(line) for line in handle]


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


@pytest.fixture(scope="module", params=STREAMS, ids=lambda path: path.name)
def stream(request: pytest.FixtureRequest) -> Stream:
    folder: Path = request.param
    articles, developments, worth = (
        rows(folder / f"{name}.jsonl") for name in ("articles", "developments", "worth")
    )
    return articles, developments, worth


def test_there_is_a_stream() -> None:
    assert STREAMS


def test_articles_have_their_form(stream: Stream) -> None:
    articles, _, _ = stream
    assert all(set(row) >= KEYS and set(row) <= KEYS | MORE for row in articles)
    assert {row["label"] for row in articles} == LABELS
    spoken = {row["lang"] for row in articles}
    assert spoken <= LANGUAGES
    assert len(spoken) >= 7  # a subject of one region has no press in some
    assert all((urlsplit(row["url"]).hostname or "").endswith(".example") for row in articles)
    assert all(row["title"].strip() for row in articles)
    bare = [row for row in articles if not row["body"].strip()]  # flashes of one line
    assert len(bare) < len(articles) / 5
    assert all("{" not in row["body"] for row in articles)


def test_ids_are_unique_and_ordered_by_fetched(stream: Stream) -> None:
    articles, developments, worth = stream
    for listing in (articles, developments, worth):
        assert max(Counter(row["id"] for row in listing).values()) == 1
    times = [instant(row["fetched"]) for row in articles]
    assert times == sorted(times)
    assert [row["id"] for row in articles] == sorted(row["id"] for row in articles)


def test_references_resolve(stream: Stream) -> None:
    articles, developments, _ = stream
    known = {row["id"] for row in developments}
    assert {row["development"] for row in articles} - {None} == known
    before: dict[str, Row] = {}
    for row in articles:
        if row["label"] in ("revision", "syndicated"):
            source = before[row["of"]]  # the record copied or revised comes earlier
            assert (row["url"] == source["url"]) == (row["label"] == "revision"), row["id"]
            if row["label"] == "syndicated":  # a live page may go on with another development
                assert row["development"] == source["development"], row["id"]
        else:
            assert "of" not in row, row["id"]
        assert ("change" in row) == (row["label"] == "revision"), row["id"]
        before[row["id"]] = row
    changes = {row["change"] for row in articles if "change" in row}
    assert changes <= {"update", "correction", "typo"}
    first_at = Counter(row["url"] for row in articles if row["label"] != "revision")
    assert max(first_at.values()) == 1


def test_labels_agree_with_developments(stream: Stream) -> None:
    articles, developments, _ = stream
    first: dict[str, str] = {}
    facts: dict[str, list[str]] = {row["id"]: [] for row in developments}
    for row in articles:
        if row["label"] in ("background", "off-topic"):
            assert row["development"] is None, row["id"]
        if row["label"] in ("new", "repeat"):
            assert row["development"] is not None, row["id"]
        if row["development"] is not None:
            first.setdefault(row["development"], row["label"])
            facts[row["development"]] += row.get("new_facts", [])
        if row["label"] == "new":
            assert row["new_facts"], row["id"]
    assert set(first.values()) == {"new"}
    for row in developments:
        assert row["facts"] == facts[row["id"]], row["id"]
        assert row["significance"] in ("major", "minor")
        assert row["kind"] in ("office", "channel")


def test_worth_covers_what_is_new(stream: Stream) -> None:
    articles, _, worth = stream
    graded = {row["id"]: row for row in worth}
    assert {row["worth"] for row in worth} <= {"must", "may", "no"}
    wanted = {
        row["id"]
        for row in articles
        if row["development"] is not None
        and (row["label"] == "new" or row.get("change") in ("update", "correction"))
    }
    assert wanted == {name for name, row in graded.items() if not row.get("doubt")}
    assert set(graded) <= {row["id"] for row in articles}


@pytest.mark.parametrize("pack", PACKS, ids=lambda path: path.parent.name)
def test_a_pack_beside_a_stream_is_one_that_check_accepts(pack: Path) -> None:
    assert pack.parent in STREAMS
    spoken = {row["lang"] for row in rows(pack.with_name("articles.jsonl"))}
    assert {name for one in load_topic(pack).subjects for name in one.names} >= spoken
