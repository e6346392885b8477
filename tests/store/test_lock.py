from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from monitor.errors import AlreadyRunning, StoreError
from monitor.store import hold

HOLDER = """
import os, sys
from pathlib import Path
from monitor.store.lock import hold
with hold(Path(sys.argv[1])):
    if len(sys.argv) > 2 and os.fork() == 0:
        pass  # an orphan that lives on, as a worker might
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(folder: Path, *more: str) -> Iterator[subprocess.Popen[bytes]]:
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", HOLDER, str(folder), *more]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def test_D7_a_second_service_on_the_folder_is_told_who_holds_it(tmp_path: Path) -> None:
    """D7."""
    with holder(tmp_path) as process:
        with pytest.raises(AlreadyRunning, match=rf"process {process.pid}\) is using") as caught:
            hold(tmp_path).__enter__()
        assert caught.value.exit_code == 5
        assert (tmp_path / "monitor.lock").read_text() == f"{process.pid}\n"


@pytest.mark.parametrize("more", [(), ("with a worker",)])
def test_D7_a_killed_holder_leaves_no_lock(tmp_path: Path, more: tuple[str, ...]) -> None:
    with holder(tmp_path, *more) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        with hold(tmp_path):
            assert (tmp_path / "monitor.lock").read_text() == f"{os.getpid()}\n"


def test_the_folder_is_made_and_freed_again(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "data"
    with hold(folder):
        pass
    with holder(folder):
        pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"file/monitor\.lock cannot be used"):
        hold(tmp_path / "file").__enter__()


def test_a_full_disk_costs_only_the_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "write", full)
    with hold(tmp_path):
        assert (tmp_path / "monitor.lock").read_text() == ""
