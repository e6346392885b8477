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
from monitor.service.lock import held, hold

HOLDER = """
import os, sys
from pathlib import Path
from monitor.service.lock import hold
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


def test_whether_somebody_holds_the_folder_is_seen_from_outside(tmp_path: Path) -> None:
    assert held(tmp_path) is None  # nobody ever did
    with holder(tmp_path) as process:
        assert held(tmp_path)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert held(tmp_path) is False


def test_a_holder_that_looks_does_not_give_up_its_own_lock(tmp_path: Path) -> None:
    with hold(tmp_path):
        assert held(tmp_path)
        with holder(tmp_path) as other:
            assert other.wait(10) == 1  # it was refused
    assert held(tmp_path) is False


def test_a_lock_that_may_not_be_read_is_not_known(tmp_path: Path) -> None:
    (tmp_path / "monitor.lock").mkdir()
    assert held(tmp_path) is None


def test_somebody_who_only_looks_does_not_refuse_a_start(tmp_path: Path) -> None:
    look = "import sys; from pathlib import Path; from monitor.service.lock import held\n"
    look += "while True: held(Path(sys.argv[1]))"
    with hold(tmp_path):
        pass
    with subprocess.Popen([sys.executable, "-c", look, str(tmp_path)]) as looking:
        for _ in range(200):
            with hold(tmp_path):
                pass
        assert looking.poll() is None
        looking.kill()
