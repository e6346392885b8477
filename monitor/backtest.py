"""Run the detector over recorded articles: the very code of the service, without feeds or store.

A file holds one JSON object a line: {id, url?, published?, fetched?, lang?, outlet?, title,
summary?, body? or text?, full?}, in the order in which they were seen; other keys are ignored.
`full` is true where the body was read from the article's own page. A repeated url is a revision,
also under its tracking and AMP forms. Nothing is known at the start, there is no baseline, and
nothing looks ahead. The clock is `fetched`, else `published`, and never goes back.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from monitor.config.topic import card_on
from monitor.detect import Topic, TopicState, decide, judge
from monitor.errors import InputError
from monitor.models import Article, Decision, Verdict
from monitor.sources.identity import canonical_url

_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")
_START = datetime(2000, 1, 1, tzinfo=UTC)  # of a file whose rows tell no time


def run(rows: Iterable[Mapping[str, Any]], topic: Topic) -> Iterator[dict[str, Any]]:
    """One verdict row for each article row, in order: {"id", "relevant", "alert", "digest",
    "story", "kind", "why"}."""
    history = _History(topic)
    for row in rows:
        yield verdict_row(row["id"], history.take(row))


def verdict_row(name: str, decision: Decision) -> dict[str, Any]:
    """A decision in the words of the backtest's contract."""
    return {
        "id": name,
        "relevant": decision.relevance == "relevant",
        "alert": decision.verdict is Verdict.ALERT,
        "digest": decision.verdict is Verdict.DIGEST,
        "story": decision.story.id if decision.story else None,
        "kind": decision.kind.value,
        "why": decision.why,
    }


@dataclass
class _History:
    """What was seen so far: the newest revision by address, and the open stories."""

    topic: Topic
    state: TopicState = field(default_factory=TopicState)
    latest: dict[str, Article] = field(default_factory=dict)
    now: datetime = _START
    begun: bool = False

    def take(self, row: Mapping[str, Any]) -> Decision:
        """Decide on one row and remember it."""
        self.now = max(
            self.now, _instant(row.get("fetched")) or _instant(row.get("published")) or self.now
        )
        if not self.begun:
            self.begun = True
            self.state = TopicState(card=card_on(self.topic.card, self.now.date()))
        article = article_of(row, self.now)
        key = canonical_url(article.url) if article.url else f"id:{article.id}"
        before = self.latest.get(key)
        if before is not None:
            article = replace(
                article,
                id=before.id,
                revision=before.revision + 1,
                previous=replace(before, previous=None),
                story=before.story,
            )
        decision = decide(article, judge(article, self.topic), self.topic, self.state, self.now)
        self.state.apply(decision)
        story = decision.story.id if decision.story else article.story
        self.latest[key] = replace(article, story=story)
        return decision


def article_of(row: Mapping[str, Any], now: datetime) -> Article:
    """A row as the detector reads it; markup in any text is taken out."""
    return Article(
        id=row["id"],
        title=_plain(row.get("title")),
        seen=now,
        summary=_plain(row.get("summary")),
        body=_plain(row.get("body") or row.get("text")),
        url=row.get("url") or None,
        outlet=row.get("outlet") or None,
        lang=row.get("lang") or None,
        published=_instant(row.get("published")),
        full=row.get("full") is True,
    )


def _plain(text: Any) -> str:
    """Without tags and entities; feeds escape once or twice."""
    if not isinstance(text, str):
        return ""
    for _ in range(2):
        if "&" in text or "<" in text:
            text = html.unescape(_TAG.sub(" ", text))
    return str(text).strip()


def _instant(text: Any) -> datetime | None:
    if not isinstance(text, str) or not text:
        return None
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of an article file. InputError names the file and the line of a bad one."""
    try:
        with path.open(encoding="utf-8") as handle:
            for number, line in enumerate(handle, 1):
                if line.strip():
                    yield _row(path, number, line)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 text: {error.reason}") from error


def _row(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"{path}:{number}: is not JSON: {error}") from error
    if not isinstance(row, dict):
        raise InputError(f"{path}:{number}: is not a JSON object")
    if not isinstance(row.get("id"), str) or not row["id"]:
        raise InputError(f"{path}:{number}: has no id; each row needs a text under id")
    return row


def write_verdicts(path: Path, verdicts: Iterable[Mapping[str, Any]]) -> int:
    """Write verdict rows as JSON lines and return how many; InputError if the file cannot be."""
    count = 0
    try:
        with path.open("w", encoding="utf-8") as handle:
            for verdict in verdicts:
                handle.write(json.dumps(verdict, ensure_ascii=False) + "\n")
                count += 1
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from error
    return count
