"""The service's only clock, so that time can be stepped in tests, rehearsals and the demo."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """Anything that tells the time."""

    def now(self) -> datetime:
        """The present as an aware UTC datetime."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The machine's time in UTC."""
        return datetime.now(UTC)


class ShiftedClock:
    """The machine's clock plus the seconds written in a file, read anew each time.

    The demo replays the news of 2019 with it; the crash tests step it. A file that is missing or
    holds no number shifts by nothing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last = timedelta()

    def now(self) -> datetime:
        """The shifted time in UTC. A half-written file keeps the last shift."""
        with contextlib.suppress(OSError, ValueError, OverflowError):
            self._last = timedelta(seconds=float(self._path.read_text(encoding="ascii")))
        return datetime.now(UTC) + self._last
