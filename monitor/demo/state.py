"""What the demo remembers of a run, so that the next `monitor demo` can go on after a kill."""

from __future__ import annotations

import contextlib
import json
import math
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.clock import ShiftedClock
from monitor.demo.ledger import write_safely
from monitor.errors import AlreadyRunning, InputError
from monitor.service.lock import hold

MARK = "liaison-monitor demo"
LOCK = "monitor.lock"


@dataclass
class Run:
    """One run of the demo. `beats` counts those that were begun."""

    what: str = MARK
    beats: int = 0
    kills: int = 0  # of the service
    resumes: int = 0  # of the demo itself
    finished: bool = False
    ports: list[int] = field(default_factory=list)  # feeds, mail, Slack, page


class Places:
    """Where things are in a demo's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.run = self.folder / "run.json"
        self.config = self.folder / "config" / "monitor.yaml"
        self.data = self.folder / "data"
        self.mails = self.folder / "mail"
        self.mail = self.folder / "mail.jsonl"
        self.slack = self.folder / "slack.jsonl"
        self.published = self.folder / "published.jsonl"
        self.shift = self.folder / "clock.shift"
        self.log = self.folder / "service.log"


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[tuple[Places, Run]]:
    """The folder, held for this process, with the run to go on with or a new one.

    A finished run is cleared away. Raises InputError for a folder that holds anything else than a
    demo, and AlreadyRunning while another demo uses it; nothing is touched then.
    """
    places = Places(folder)
    run = _recognise(places)
    try:
        with hold(places.folder):
            if run is None or run.finished:
                _clear(places)
                run = Run()
            else:
                run.resumes += 1
            places.mails.mkdir(exist_ok=True)
            save(places, run)
            yield places, run
    except AlreadyRunning:
        raise AlreadyRunning(
            f"another demo is using {places.folder}: stop it first, or choose another --folder"
        ) from None


def save(places: Places, run: Run) -> None:
    """Keep the run; a kill leaves the old state or the new one."""
    write_safely(places.run, json.dumps(asdict(run)).encode())


def _recognise(places: Places) -> Run | None:
    """The run of a demo's folder, None for a folder that is new or empty."""
    folder = places.folder
    if not folder.exists() or {each.name for each in folder.iterdir()} <= {LOCK}:
        return None
    try:
        row = json.loads(places.run.read_text(encoding="utf-8"))
        run = Run(**row)
    except (OSError, ValueError, TypeError):
        run = None
    if run is None or run.what != MARK:
        raise InputError(
            f"{folder} holds something else than a demo: choose another --folder, or empty it"
        )
    return run


def _clear(places: Places) -> None:
    """Empty the folder of the run before, but for the lock that this process holds."""
    for each in places.folder.iterdir():
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        elif each.name != LOCK:
            each.unlink()


class DemoClock:
    """The clock that the service is given, and that only the demo moves: forward, never back."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._clock = ShiftedClock(path)

    def now(self) -> datetime:
        """The demo's time."""
        return self._clock.now()

    def reach(self, moment: datetime) -> None:
        """Make it `moment`, or leave it where it is that late already."""
        if not self._path.exists() or self.now() < moment:
            self._set(moment)

    def continue_at(self, moment: datetime) -> None:
        """Make it `moment`, whatever it was: a run goes on after a pause of hours or days."""
        self._set(moment)

    def _set(self, moment: datetime) -> None:
        shift = (moment - datetime.now(UTC)) / timedelta(seconds=1)
        # Rounded up: a demo that goes on must not find itself before the moment it stood at.
        write_safely(self._path, f"{math.ceil(shift * 1000) / 1000:.3f}".encode("ascii"))
