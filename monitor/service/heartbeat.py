"""A sign of life on disk, for `monitor health` and the container's health check.

Written by the dispatcher's own tick, so that it grows old when nothing polls although the process
lives (fault I5). It tells the machine's time, never the shifted one. A process that was killed
leaves a fresh sign, but no lock on its folder.
"""

from __future__ import annotations

import errno
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from monitor.service.lock import held

FILE = "heartbeat.json"
EVERY = 5.0  # seconds between writes
_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)
_LATE = 3 * EVERY  # after that long, a disk that cannot be written is the cause
STALE = 60.0  # seconds after which nothing polls any more
_KERNEL = Path("/proc/sys/kernel/random/boot_id")  # the same in all containers of a machine


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the service is alive, and the sentence that says so."""

    ok: bool
    why: str


class Heartbeat:
    """Writes the sign of life of this process."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._written = 0.0

    def beat(self) -> None:
        """Say that the dispatcher ran. A full disk only makes the sign old."""
        if time.monotonic() - self._written < EVERY and self._written:
            return
        self._written = time.monotonic()
        self._write(stopped=False)

    def end(self) -> None:
        """Say that the service was stopped in good order."""
        self._write(stopped=True)

    def _write(self, *, stopped: bool) -> None:
        sign = {"at": time.time(), "pid": os.getpid(), "stopped": stopped, "kernel": _kernel()}
        fresh = self._path.with_suffix(".tmp")
        try:
            fresh.write_text(json.dumps(sign), encoding="ascii")
            fresh.replace(self._path)
        except OSError:
            self._written = 0.0


def health(folder: Path) -> Health:
    """Read the sign of life in a data folder."""
    try:
        sign = json.loads((folder / FILE).read_text(encoding="ascii"))
        age, pid = time.time() - float(sign["at"]), int(sign["pid"])
    except FileNotFoundError:
        return Health(False, f"no service has run in {folder} yet")
    except (OSError, ValueError, KeyError, TypeError) as error:
        return Health(False, f"the sign of life in {folder} cannot be read: {error}")
    if sign.get("stopped"):
        return Health(False, f"the service was stopped {age:.0f} s ago (process {pid})")
    if age > _LATE and (cause := _unwritable(folder)) is not None:
        text = f"no sign of life for {age:.0f} s: {folder} cannot be written: {cause}"
        return Health(False, text)
    if age > STALE:
        return Health(False, f"nothing has polled for {age:.0f} s (process {pid})")
    if _has_ended(folder, sign.get("kernel")):
        text = f"the service ended in the last {max(age, 1):.0f} s and did not stop in good order"
        return Health(False, f"{text}: it was killed, or crashed (process {pid})")
    return Health(True, f"process {pid} looked for due sources {max(age, 0):.0f} s ago")


def _unwritable(folder: Path) -> str | None:
    """What is wrong with the disk where no sign of life can be written, None if it can.

    That whoever asks has no right to write says nothing about the service.
    """
    try:
        with TemporaryFile(dir=folder) as probe:
            probe.write(b"." * 4096)
    except OSError as error:
        return error.strerror if error.errno in _DISK else None
    return None


def _has_ended(folder: Path, kernel: str | None) -> bool:
    """Whether nobody holds the folder any more, as far as that can be seen from here.

    Another machine's locks are not seen, and what a service of before a reboot held says nothing:
    there the sign has to grow old.
    """
    return kernel is not None and kernel == _kernel() and held(folder) is False


def _kernel() -> str | None:
    """Which running kernel this is; None where it does not say."""
    try:
        return _KERNEL.read_text(encoding="ascii").strip()
    except OSError:
        return None
