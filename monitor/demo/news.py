"""The recorded news of March and April 2019 that the demo replays.

`news.jsonl` holds what forty feeds of invented outlets carried about the liaison office in Kaesong
and around it, one row a revision, in the order in which a poller saw them; `feeds.jsonl` holds the
feeds. The facts and dates are real history, every sentence was written for this project.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed of an outlet. `full` tells whether it carries whole texts or summaries alone."""

    id: str
    outlet: str
    home: str  # the outlet's own address
    title: str
    lang: str
    format: str  # "rss", "atom" or "json"
    full: bool

    @property
    def path(self) -> str:
        """Where the demo's server keeps the feed."""
        return f"/{self.id}/{_FILES[self.format]}"


@dataclass(frozen=True, slots=True)
class Record:
    """One revision of one article, as a feed carried it. `summary` may hold markup."""

    feed: str
    seen: datetime  # when a poller first saw it; a revision has its own
    published: datetime | None  # what the feed claims, right or wrong
    url: str
    title: str
    summary: str
    body: str  # plain paragraphs, an empty line between them


_FILES = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}


def load_feeds() -> tuple[Feed, ...]:
    """All feeds, by id."""
    return tuple(Feed(**row) for row in _rows("feeds.jsonl"))


def load_news() -> tuple[Record, ...]:
    """All records in the order in which they were first seen."""
    return tuple(_record(row) for row in _rows("news.jsonl"))


def _record(row: dict[str, Any]) -> Record:
    published = row["published"]
    return Record(
        feed=row["feed"],
        seen=datetime.fromisoformat(row["fetched"]),
        published=datetime.fromisoformat(published) if published else None,
        url=row["url"],
        title=row["title"],
        summary=row["summary"],
        body=row["body"],
    )


def _rows(name: str) -> Iterator[dict[str, Any]]:
    text = files("monitor.demo").joinpath(name).read_text(encoding="utf-8")
    return (json.loads(line) for line in text.splitlines())
