"""How soon entries are seen, with a learned rhythm and with a fixed interval, at equal cost.

    python bench/cadence.py ARRIVALS.jsonl [ARRIVALS.jsonl ...]

Each file is one source: lines {"poll": time, "window": n, "new": [[id, published], ...]}, what a
reader of that feed once saw. The product's own code is asked for each next poll and learns only
from what its own polls brought, without looking ahead. The fixed interval makes the same number of
requests over the same time. An entry is in the feed from its date on, or from the last poll of the
record that did not have it yet.
"""

from __future__ import annotations

import bisect
import json
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from goals import at_least

from monitor.config.settings import Polling
from monitor.sources.rhythm import Week, arrived, learned, pause, week_of

MEANS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 180))


@dataclass(frozen=True)
class Record:
    """One source: (in the feed since, published) in the order of appearance, and its window."""

    name: str
    entries: list[tuple[datetime, datetime]]
    window: int
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Outcome:
    """What one way of polling came to."""

    requests: int
    delays: list[timedelta]
    lost: int  # entries that had left the window before they were seen

    def quantile(self, share: float) -> float:
        """A delay in minutes that this share of the entries did not exceed."""
        ordered = sorted(self.delays)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] / timedelta(minutes=1)

    def row(self, name: str) -> str:
        """The outcome as a line of the table."""
        mean = statistics.mean(delay.total_seconds() for delay in self.delays) / 60
        quantiles = "".join(f"{self.quantile(share):9.1f}" for share in (0.5, 0.75, 0.9, 0.99))
        return f"  {name:8}{self.requests:9}{quantiles}{mean:9.1f}{self.lost:6}"


def read(path: Path) -> Record:
    """The record of one source. The first poll is a baseline: its entries are not counted."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    polls = [datetime.fromisoformat(row["poll"]) for row in rows]
    entries = []
    for before, row in zip(polls, rows[1:], strict=False):
        for _, date in row["new"]:
            published = datetime.fromisoformat(date)
            entries.append((max(published, before), published))
    return Record(path.stem, sorted(entries), max(r["window"] for r in rows), polls[0], polls[-1])


def run(record: Record, step: Callable[[list[datetime], datetime, datetime], timedelta]) -> Outcome:
    """Poll from the start to the end of the record; `step` gives each pause from what came."""
    visible = [entry[0] for entry in record.entries]
    now = before = record.start
    seen, requests, lost, delays = 0, 0, 0, list[timedelta]()
    while now <= record.end:
        upto = bisect.bisect_right(visible, now)
        new = record.entries[seen:upto]
        lost += max(len(new) - record.window, 0)
        delays += [now - published for _, published in new]
        requests, seen = requests + 1, upto
        pause_now = step([published for _, published in new], before, now)
        before, now = now, now + pause_now
    return Outcome(requests, delays, lost)


def adaptive(
    record: Record, every: timedelta
) -> Callable[[list[datetime], datetime, datetime], timedelta]:
    """The product's way: learns what it sees and asks its rhythm for the next pause."""
    rhythm, week = None, week_of(learned(None, [], record.start))
    polling = Polling()

    def step(new: list[datetime], before: datetime, now: datetime) -> timedelta:
        nonlocal rhythm, week
        if new:
            came = [arrived(published, before, now) or now for published in new]
            rhythm = learned(rhythm, came, now)
            week = week_of(rhythm)
        return _pause(week, every, now, polling, record.window)

    return step


def _pause(week: Week, every: timedelta, now: datetime, polling: Polling, window: int) -> timedelta:
    scale = every / polling.every  # the bounds in the proportion of the defaults
    fastest, slowest = polling.fastest * scale, polling.slowest * scale
    return pause(week, every, now, fastest=fastest, slowest=slowest, window=window)


def compare(record: Record, every: timedelta) -> tuple[Outcome, Outcome]:
    """Learned, and fixed with the same number of requests."""
    ours = run(record, adaptive(record, every))
    same = (record.end - record.start) / ours.requests
    return ours, run(record, lambda new, before, now: same)


def main(paths: list[str]) -> None:
    """Print a table for each source, and the gain over all of them."""
    records = [read(Path(path)) for path in paths]
    gains: dict[timedelta, list[float]] = {every: [] for every in MEANS}
    for record in records:
        span = record.end - record.start
        print(f"{record.name}: {len(record.entries)} entries in {span.days} days")
        print("  way      requests   median      75 %     90 %     99 %     mean  lost   (minutes)")
        for every in MEANS:
            ours, fixed = compare(record, every)
            gain = 1 - ours.quantile(0.5) / fixed.quantile(0.5)
            gains[every].append(gain)
            print(f" every {every}: median {gain:.0%} lower")
            print(ours.row("learned"))
            print(fixed.row("fixed"))
    for every, each in gains.items():
        name = f"cadence, every {every}: delay lower by"
        at_least(name, 100 * statistics.mean(each), 40, "%")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
