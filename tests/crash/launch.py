"""Starts the real command line with faults around it; the product itself has no hook for them.

    python -m tests.crash.launch JOB

where JOB is a line of JSON. SQLite's own trace callback counts the statements of every connection,
and Python's audit hook the files of a folder that are opened, renamed or removed; the process is
ended by SIGKILL at the one that the job names.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import sqlite3
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

_CONNECT = sqlite3.connect
_RESOLVE = socket.getaddrinfo


@dataclass(frozen=True, slots=True)
class Job:
    """One process: what it runs and what happens to it."""

    argv: tuple[str, ...]
    log: str  # what it says goes there
    kill_at: int = 0  # the statement that it does not survive; 0 for none
    kill_at_file: int = 0  # likewise, of what it does to files of `folder`
    folder: str = "/none"
    count: str = ""  # how many there were of both goes into this file in the end
    largest_file: int = 0  # bytes; writing beyond them fails, as on a full disk
    no_names: bool = False  # no host name can be resolved
    migrations: str = ""  # the migrations of a later release

    def text(self) -> str:
        """As a line for `launch`."""
        return json.dumps(asdict(self))


def read_job(text: str) -> Job:
    """The job of a line."""
    fields = json.loads(text)
    return Job(**fields | {"argv": tuple(fields["argv"])})


class Moments:
    """Counts statements and changes of files, and kills this process at one of them."""

    def __init__(self, job: Job) -> None:
        self.statements = self.files = 0
        self._job = job
        self._lock = threading.Lock()

    def statement(self, _: str) -> None:
        """One statement begins."""
        with self._lock:
            self.statements += 1
            if self.statements == self._job.kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    def file(self, event: str, args: tuple[Any, ...]) -> None:
        """Something is about to happen to a file (PEP 578); called for every audit event."""
        if event in ("open", "os.rename", "os.remove") and str(args[0]).startswith(
            self._job.folder
        ):
            with self._lock:
                self.files += 1
                if self.files == self._job.kill_at_file:
                    os.kill(os.getpid(), signal.SIGKILL)

    def connect(self, *args: Any, **options: Any) -> sqlite3.Connection:
        """As `sqlite3.connect`."""
        connection: sqlite3.Connection = _CONNECT(*args, **options)
        connection.set_trace_callback(self.statement)
        return connection

    def watch(self) -> None:
        """Count on every connection and file that is opened from now on."""
        vars(sqlite3)["connect"] = vars(sqlite3.dbapi2)["connect"] = self.connect
        sys.addaudithook(self.file)


def run(job: Job) -> None:
    """Run the command of the job in this process, as `monitor` would, and end with its code."""
    said = os.open(job.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(said, 1)
    os.dup2(said, 2)
    moments = Moments(job)
    moments.watch()
    _harm(job)
    sys.argv = ["monitor", *job.argv]
    from monitor.cli.commands import main

    code: Any = 0
    try:
        main()
    except SystemExit as end:
        code = end.code
    if job.count:
        Path(job.count).write_text(f"{moments.statements} {moments.files}", encoding="ascii")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0)


def _harm(job: Job) -> None:
    if job.largest_file:
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (job.largest_file, hard))
    if job.no_names:
        vars(socket)["getaddrinfo"] = _without_names(_RESOLVE)
    if job.migrations:
        from monitor.store import migrate, opening
        from monitor.store.tables import SCHEMA

        migrate.SCRIPTS = Path(job.migrations)
        vars(opening)["SCHEMA"] = SCHEMA + 2


def _without_names(resolve: Callable[..., Any]) -> Callable[..., Any]:
    def resolved(host: Any, *args: Any, **options: Any) -> Any:
        try:
            ip_address(host)
        except ValueError:
            raise socket.gaierror(socket.EAI_AGAIN, "no name server can be reached") from None
        return resolve(host, *args, **options)

    return resolved


if __name__ == "__main__":
    run(read_job(sys.argv[1]))
