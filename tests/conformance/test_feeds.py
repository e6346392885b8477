"""Real documents over the real client: a folder of them is served, polled and scored.

The documents belong to their publishers and are not part of the project. MONITOR_EVAL_FEEDS names
the folder, with expected.jsonl in it; without it these tests skip and say so.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.config.settings import Polling, Source
from monitor.errors import ParseError
from monitor.models import Fetched, SourceState
from monitor.sources.fetch import fetch
from monitor.sources.net import open_client
from monitor.sources.parse import parse
from tests.sources.webserver import response, serving

FOLDER = os.environ.get("MONITOR_EVAL_FEEDS")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FOLDER, reason="MONITOR_EVAL_FEEDS names no folder of feed documents"),
]
NOW = datetime(2026, 3, 1, tzinfo=UTC)
NO_FEEDS = ("html", "opml")


async def test_every_readable_document_yields_its_entries_over_http() -> None:
    folder = Path(FOLDER or "")
    lines = (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if not row.get("hard")]
    wrong, feeds = [], 0
    async with serving() as web, open_client(Polling(), "1.0") as client:
        for row in rows:
            body = (folder / row["file"]).read_bytes()
            web.answers[f"/{row['file']}"] = response(body, ETag=f'"{row["sha256"][:8]}"')
            source = Source(
                id="feed", url=web.url(f"/{row['file']}"), outlet="Feed", allow_private=True
            )
            state = SourceState(id="feed", url=source.url, next_due=NOW)
            got = await fetch(source, state, client, Polling(), NOW)
            assert isinstance(got, Fetched)
            assert got.body == body
            known = replace(state, body_hash=got.body_hash)
            assert not isinstance(await fetch(source, known, client, Polling(), NOW), Fetched)
            try:
                count = len(parse(got.body, content_type=got.content_type).entries)
            except ParseError:
                count = 0
            feeds += row["format"] not in NO_FEEDS
            if count != (0 if row["format"] in NO_FEEDS else row["entries"]):
                wrong.append(f"{row['file']}: {count} entries for {row['entries']}")
    assert len(wrong) <= 0.005 * feeds, "\n".join(wrong)
