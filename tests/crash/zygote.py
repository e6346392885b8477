"""A process that has imported the service and forks a child for each run: 2 s saved a kill.

    python -m tests.crash.zygote FD [FD ...]

reads jobs from each socket FD, a line each; answers the child's pid, then how it ended.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Protocol

from tests.crash.launch import Job, read_job, run

LATER = (
    *("monitor.alerts.channels.email", "monitor.alerts.channels.slack", "monitor.cli.files"),
    *("monitor.cli.running", "monitor.cli.telling", "monitor.store.migrate", "monitor.web.app"),
    *("monitor.web.server", "httpcore", "h11", "encodings.idna", "rich._emoji_codes"),
)
CONFIG = Path(__file__).parents[2] / "config"
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class Launcher(Protocol):
    """Starts one process at a time."""

    def start(self, job: Job) -> int:
        """Start it; its pid."""
        ...

    def wait(self) -> int:
        """Its exit code, or minus the signal that ended it."""
        ...


class Zygote:
    """Runs jobs, one at a time, in forks of a warmed-up process that serves the socket."""

    def __init__(self, served: socket.socket) -> None:
        self._socket, self._lines = served, served.makefile("r")

    def start(self, job: Job) -> int:
        """Fork a child for the job; its pid."""
        self._socket.sendall(f"{job.text()}\n".encode())
        return int(json.loads(self._lines.readline()))

    def wait(self) -> int:
        """As `subprocess`: the exit code, or minus the signal."""
        return int(json.loads(self._lines.readline()))

    def close(self) -> None:
        """End it; a child of it ends as well."""
        self._lines.close()
        self._socket.close()


@contextmanager
def zygotes(number: int) -> Iterator[list[Zygote]]:
    """So many of them, all forks of one process that has read everything once."""
    pairs = [socket.socketpair() for _ in range(number)]
    descriptors = [theirs.fileno() for _, theirs in pairs]
    command = [sys.executable, "-m", "tests.crash.zygote", *map(str, descriptors)]
    process = subprocess.Popen(command, pass_fds=descriptors, env=environment())
    for _, theirs in pairs:
        theirs.close()
    found = [Zygote(ours) for ours, _ in pairs]
    try:
        yield found
    finally:
        for each in found:
            each.close()
        process.wait(30)


class Fresh:
    """Runs each job as a process of its own, as people start it."""

    def start(self, job: Job) -> int:
        """Start it; its pid."""
        command = [sys.executable, "-m", "tests.crash.launch", job.text()]
        self._process = subprocess.Popen(command, env=environment())
        return self._process.pid

    def wait(self) -> int:
        """As `subprocess`: the exit code, or minus the signal."""
        return self._process.wait()


def environment() -> dict[str, str]:
    """Ours without what would steer the service or measure it (which makes it slow)."""
    steering = ("MONITOR_", "COVERAGE_", "COV_")
    return {name: value for name, value in os.environ.items() if not name.startswith(steering)}


def die_with_parent() -> None:
    """End by SIGKILL when the parent ends, however it ends."""
    ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)


def warm_up() -> None:
    """Import and read what the command line would import and read later."""
    for name in LATER:
        import_module(name)
    from monitor.alerts.channels.port import apprise_schemes
    from monitor.config.lexicon import read_lexicon
    from monitor.config.load import load_topic
    from monitor.detect import Watch
    from tests.documents import remember_documents

    apprise_schemes()
    remember_documents()
    packs = {path.stem: load_topic(path) for path in CONFIG.glob("topics/*.yaml")}
    Watch(packs, read_lexicon())  # whose words are then compiled
    for reading in ("load_verify_locations", "set_default_verify_paths"):
        setattr(ssl.SSLContext, reading, lambda *_, **__: None)  # nobody speaks TLS here
    gc.freeze()  # a fork writes on no page of these for counting


def serve(talk: socket.socket) -> None:
    """Run job after job until the other end closes."""
    for line in talk.makefile("r"):
        child = os.fork()
        if child == 0:
            die_with_parent()
            talk.close()
            run(read_job(line))
        talk.sendall(f"{child}\n".encode())
        _, status = os.waitpid(child, 0)
        talk.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())


def main(descriptors: list[int]) -> None:
    """Warm up once, then serve each socket in a process of its own."""
    die_with_parent()
    warm_up()
    for mine in descriptors[1:]:
        if os.fork() == 0:
            die_with_parent()
            return serve_alone(mine, descriptors)
    return serve_alone(descriptors[0], descriptors)


def serve_alone(mine: int, descriptors: list[int]) -> None:
    """Serve one of the sockets; the others belong to the sisters."""
    for other in descriptors:
        if other != mine:
            os.close(other)
    serve(socket.socket(fileno=mine))


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]])
