"""One running service for one data folder."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from monitor.errors import AlreadyRunning
from monitor.store.faults import file_errors


@contextlib.contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Hold the data folder, making it if need be. Raises AlreadyRunning naming the holder's pid.

    The kernel frees it when this process ends, however it ends. The lock belongs to the process
    alone: workers forked from it do not keep it (which is why it is lockf and not flock).
    """
    path = folder / "monitor.lock"
    with file_errors(path):
        folder.mkdir(parents=True, exist_ok=True)
        file = open(path, "a+", encoding="ascii")  # noqa: SIM115 - closed below
    with file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
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
        yield
