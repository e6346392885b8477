"""What the demo plays: acts, and the beats in which an act's records come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from monitor.demo.news import Record

CROWD = 6  # records that may come out at once
LULL = timedelta(hours=3)  # after it a record begins a new beat


@dataclass(frozen=True, slots=True)
class Act:
    """A chapter of the story: everything first seen before `until` that no earlier act showed."""

    title: str
    tells: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Beat:
    """Records that come out together; after the baseline none is a revision of another."""

    act: int
    records: tuple[Record, ...]

    @property
    def moment(self) -> datetime:
        """The demo's time once the beat's last record is out."""
        return self.records[-1].seen


def _utc(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2019, month, day, hour, minute, tzinfo=UTC)


ACTS = (
    Act(
        "What was known",
        "Forty feeds are read for the first time. What they hold is a quiet baseline: "
        "it is remembered, one summary goes out, and nobody is alarmed.",
        _utc(3, 14),
    ),
    Act(
        "Background",
        "Sanctions, statements, the office named in passing. Nothing that happened to it: silence.",
        _utc(3, 22),
    ),
    Act(
        "The walk-out, 22 March",
        "The North calls its people out. One short flash in Korean is the first report; "
        "then the others, in nine languages, say the same again and again.",
        _utc(3, 24),
    ),
    Act(
        "Some of them come back, 25 March",
        "The South goes to work as usual, and meets some of the North's staff again.",
        _utc(3, 25, 4, 10),
    ),
    Act(
        "An edited article",
        "An agency corrects a line in an article that is already out. Edits are graded: wording "
        "stays silent, a changed fact is pushed as a diff.",
        _utc(3, 28),
    ),
    Act(
        "Back to strength, 29 March and 1 April",
        "First the staff is back at its usual number, then the head of the North's side.",
        _utc(4, 4),
    ),
    Act(
        "And life goes on",
        "A forest fire, a message sent through the office, and a minister who takes up his post.",
        _utc(4, 9),
    ),
)


def beats(news: Sequence[Record]) -> tuple[Beat, ...]:
    """The whole play. The baseline is one beat; in later acts the first record stands alone."""
    play: list[Beat] = []
    start = datetime.min.replace(tzinfo=UTC)
    for number, act in enumerate(ACTS):
        records = [record for record in news if start <= record.seen < act.until]
        crowds = _crowds(records) if number else [records]
        play += [Beat(number, tuple(crowd)) for crowd in crowds]
        start = act.until
    return tuple(play)


def _crowds(records: Sequence[Record]) -> list[list[Record]]:
    """Cut where a crowd is full, after a lull, and before a record that would hide another."""
    crowds = [[records[0]], list[Record]()]
    for record in records[1:]:
        crowd = crowds[-1]
        hides = any(record.url == other.url for other in crowd)
        if hides or len(crowd) == CROWD or (crowd and record.seen - crowd[-1].seen > LULL):
            crowds.append(crowd := [])
        crowd.append(record)
    return [crowd for crowd in crowds if crowd]
