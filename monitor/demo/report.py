"""What a run came to, gathered for the summary."""

from __future__ import annotations

import email
import email.policy
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from monitor.models import Alert, LedgerRow, Story, Verdict
from monitor.web.words import count

Rows = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Silence:
    """One reason for which records stayed silent, with an example."""

    kind: str
    count: int
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Growth:
    """A story and when which outlets joined it, the first ones first."""

    story: Story
    joined: tuple[tuple[datetime, tuple[str, ...]], ...]


def told(pushed: int, digests: int, own: int) -> str:
    """What was told, by its sort."""
    return f"{pushed}, {count(digests, 'digest')}, and {own} of the service's own"


def accepted(mails: int, messages: int) -> str:
    """What the servers took."""
    return f"{count(mails, 'mail')}, {count(messages, 'Slack message')}"


def is_silent(row: LedgerRow) -> bool:
    """Whether the decision pushed nothing."""
    return row.verdict != Verdict.ALERT


def silence(row: LedgerRow) -> str:
    """What a silent decision is counted as."""
    return f"{row.kind} for the digest" if row.verdict == Verdict.DIGEST else row.kind


def silences(decisions: Sequence[LedgerRow]) -> tuple[Silence, ...]:
    """Decisions that alerted nobody, by kind, the most frequent first."""
    quiet = [row for row in decisions if is_silent(row)]
    counts = Counter(map(silence, quiet))
    first = {silence(row): row for row in reversed(quiet)}
    return tuple(
        Silence(kind, count, first[kind].title, first[kind].why)
        for kind, count in counts.most_common()
    )


def growth(stories: Iterable[Story], decisions: Sequence[LedgerRow]) -> Growth | None:
    """The story that most outlets told, None without stories."""
    story = max(stories, key=lambda story: len(story.outlets), default=None)
    if story is None:
        return None
    joined: dict[datetime, list[str]] = {}
    known: set[str] = set()
    for row in decisions:
        if row.story == story.id and row.outlet and row.outlet not in known:
            known.add(row.outlet)
            joined.setdefault(row.at.replace(second=0, microsecond=0), []).append(row.outlet)
    return Growth(story, tuple((at, tuple(outlets)) for at, outlets in sorted(joined.items())))


def edit(alerts: Iterable[Alert]) -> Alert | None:
    """The alert with the smallest change of words: the clearest diff to show."""
    edits = [alert for alert in alerts if alert.diff]
    return min(edits, key=lambda alert: _changed(alert) or len(alert.text), default=None)


def _changed(alert: Alert) -> int:
    return sum(len(part.text) for part in alert.diff if part.op != "same")


def seconds(accepted: Rows, published: Rows) -> list[float]:
    """For each accepted message the time since its record was first in a feed, in seconds."""
    moments = sorted(datetime.fromisoformat(row["at"]) for row in published)
    waits = []
    for row in accepted:
        at = datetime.fromisoformat(row["at"])
        before = bisect_right(moments, at)
        if before:
            waits.append((at - moments[before - 1]).total_seconds())
    return waits


def mail_text(file: Path) -> str:
    """The text part of a mail that was kept."""
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    part = message.get_body(("plain",))
    return str(part.get_content()).strip() if part else ""
