"""What is being worked on at this moment, written where it outlives the process.

A document that crashes the process, or hangs it until the watchdog ends it, would do so again at
each start. So each piece of work on what strangers wrote is noted in a file before it begins and
struck off when it ends: what is left in it was under way when the process ended. Only the end of
the process matters, not that of the machine, so nothing waits for the disk.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

FILE = "underway.log"
_LONGEST = 100_000  # bytes, before the file is begun anew at the next idle moment


class Underway:
    """Notes the work of this process in a data folder. Its methods may be called from any thread.

    A file that cannot be written (a full disk) costs the note, never the work.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._lock = threading.Lock()
        self._file: int | None = None
        self._begun: dict[int, float] = {}
        self._number = self._written = 0

    @contextlib.contextmanager
    def on(self, name: str) -> Iterator[None]:
        """Note that this is worked on, for as long as the block runs. `name` is one line."""
        with self._lock:
            self._number += 1
            number = self._number
            self._begun[number] = time.monotonic()
            self._write(f"+{name}\n")
        try:
            yield
        finally:
            with self._lock:
                del self._begun[number]
                self._write(f"-{name}\n")

    def oldest(self) -> int | None:
        """The number of the work that began first of those under way; it names no other work."""
        with self._lock:
            return min(self._begun, default=None)

    def longest(self) -> float:
        """For how many seconds the oldest work is under way, 0 when there is none."""
        with self._lock:
            return time.monotonic() - min(self._begun.values(), default=time.monotonic())

    def _write(self, line: str) -> None:
        with contextlib.suppress(OSError):
            if self._file is None:
                flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_TRUNC | os.O_CLOEXEC
                self._file = os.open(self._path, flags, 0o600)
            if self._written > _LONGEST and not self._begun:
                os.ftruncate(self._file, 0)
                self._written = 0
            else:
                self._written += os.write(self._file, line.encode())


def left(folder: Path) -> tuple[str, ...]:
    """The names that an earlier process began and did not end, sorted."""
    try:
        lines = (folder / FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ()
    open_: Counter[str] = Counter()
    for line in lines:
        open_[line[1:]] += 1 if line.startswith("+") else -1
    return tuple(sorted(name for name, times in open_.items() if times > 0))
