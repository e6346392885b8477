"""One running service for one data folder."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from monitor.errors import AlreadyRunning

FILE = "monitor.lock"
_LOOKS = 5  # how often the lock is tried: who only looks at it has it for a moment
_ours: set[Path] = set()  # what this process holds


@contextlib.contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Hold the data folder, making it if need be. Raises AlreadyRunning naming the holder's pid.

    The kernel frees it when this process ends, however it ends. The lock belongs to the process
    alone: workers forked from it do not keep it (which is why it is lockf and not flock).
    """
    from monitor.store.faults import file_errors  # SQLAlchemy is .3 s that a look need not pay

    path = folder / FILE
    with file_errors(path):
        folder.mkdir(parents=True, exist_ok=True)
        file = open(path, "a+", encoding="ascii")  # noqa: SIM115 - closed below
    with file:
        try:
            _take(file)
        except OSError as error:
            file.seek(0)
            pid = file.read(20).strip() or "unknown"
            raise AlreadyRunning(
                f"another monitor (process {pid}) is using {folder}: stop it first, or name "
                "another folder as 'data' in monitor.yaml"
            ) from error
        with contextlib.suppress(OSError):  # on a full disk only the pid is missing
            os.ftruncate(file.fileno(), 0)
            os.write(file.fileno(), f"{os.getpid()}\n".encode())
        _ours.add(path.resolve())
        try:
            yield
        finally:
            _ours.discard(path.resolve())


def _take(file: TextIO) -> None:
    for _ in range(_LOOKS - 1):
        with contextlib.suppress(OSError):
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        time.sleep(0.02)
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def held(folder: Path) -> bool | None:
    """Whether a process on this kernel holds the folder; None where that cannot be seen.

    The kernel is asked and no process id is believed: those of two containers are not comparable.
    """
    path = folder / FILE
    if path.resolve() in _ours:
        return True  # a look would end with closing the file, which gives up a process's own lock
    try:
        file = open(path, encoding="ascii")  # noqa: SIM115 - closed below
    except OSError:
        return None
    with file:
        try:
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError as error:
            return True if error.errno in (errno.EACCES, errno.EAGAIN) else None
    return False
