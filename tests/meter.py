"""What a process and those that it started cost: processor time and the most memory of each."""

from __future__ import annotations

import os
import threading
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_LOOK = 0.02  # seconds between two looks: a process that is killed may have lived for one more


def children(pid: int) -> list[int]:
    """The processes that a process started, and those that they started."""
    try:
        own = [int(id_) for id_ in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        # A thread may have started one too.
        for task in Path(f"/proc/{pid}/task").iterdir():
            if task.name != str(pid):
                own += [int(id_) for id_ in (task / "children").read_text().split()]
    except OSError:
        return []
    return own + [grand for child in own for grand in children(child)]


def kilobytes(pid: int, field: str) -> int:
    """A figure of /proc/PID/status, 0 when the process has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(field)), 0)


def fresh_peak() -> int:
    """What this process holds, in kB; from now on its VmHWM is the peak since."""
    Path("/proc/self/clear_refs").write_text("5")
    return kilobytes(os.getpid(), "VmRSS:")


def seconds(pid: int) -> float:
    """Processor time of a process, 0 when it has ended."""
    try:
        after = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(after[11]) + int(after[12])) / _TICK


def words(pid: int) -> bytes:
    """How a process was called, nothing when it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


class Meter:
    """Looks at a process and its children until the block ends.

    `cpu` is the time that all of them took meanwhile, `most` the largest memory that one of the
    children ever had, in MB, `count` how many there were at most.
    """

    def __init__(self, pid: int | None = None) -> None:
        self._pid = pid or os.getpid()
        self._began: dict[int, float] = {}
        self._last: dict[int, float] = {}
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.most, self.count = 0.0, 0

    def __enter__(self) -> Meter:
        """Start to look; what is there already counts from now on."""
        self._began = {pid: seconds(pid) for pid in (self._pid, *children(self._pid))}
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take a last look."""
        self._end.set()
        self._thread.join()
        self._look()

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far."""
        return sum(last - self._began.get(pid, 0.0) for pid, last in self._last.items())

    def _watch(self) -> None:
        while not self._end.wait(_LOOK):
            self._look()

    def _look(self) -> None:
        started = children(self._pid)
        self.count = max(self.count, len(started))
        for pid in (self._pid, *started):
            self._last[pid] = max(self._last.get(pid, 0.0), seconds(pid))
        own = words(self._pid)
        # Between its fork and its own program a child shows the memory of its parent.
        begun = [pid for pid in started if words(pid) != own]
        self.most = max([self.most, *(kilobytes(pid, "VmHWM:") / 1024 for pid in begun)])
