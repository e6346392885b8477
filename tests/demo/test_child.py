"""The service as a child; small programs take its place where only the process matters."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from monitor.demo.child import DemoFailed, Service

SLEEP = "import time; time.sleep(60)"


def service(tmp_path: Path) -> Service:
    return Service(tmp_path / "monitor.yaml", tmp_path / "clock.shift", tmp_path / "service.log")


def running(program: str, tmp_path: Path) -> Service:
    """A child whose command is a small program instead of `monitor run`."""
    child = service(tmp_path)
    child._command = [sys.executable, "-c", program]
    child.start()
    return child


def wait_until(done: object, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not done():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0] != "Z"
    except OSError:
        return False


def test_a_service_that_nobody_started_is_no_trouble(tmp_path: Path) -> None:
    child = service(tmp_path)
    child.kill()
    assert (child.pid, child.revive(), child.stop()) == (0, False, 0)


def test_a_killed_service_is_started_again(tmp_path: Path) -> None:
    child = running(SLEEP, tmp_path)
    first = child.pid
    assert not child.revive()
    child.kill()
    assert child.revive()
    assert child.pid not in (0, first)
    assert child.stop() == -signal.SIGTERM


def test_a_service_that_cannot_run_ends_the_demo_with_its_own_words(tmp_path: Path) -> None:
    child = service(tmp_path)  # the real `monitor run`, and no configuration
    child.start()
    with pytest.raises(DemoFailed, match=r"the service does not run: .*monitor\.yaml"):
        wait_until(child.revive, 60)


def test_a_silent_death_is_told_as_such(tmp_path: Path) -> None:
    child = running("raise SystemExit(1)", tmp_path)
    with pytest.raises(DemoFailed, match="it said nothing"):
        wait_until(child.revive, 60)


def test_a_folder_that_is_still_held_is_waited_for(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    program = (
        f"import os, sys, time; os.path.exists({str(mark)!r}) and time.sleep(60)\n"
        f"open({str(mark)!r}, 'w').close(); sys.exit(5)"
    )
    child = running(program, tmp_path)
    wait_until(lambda: not is_alive(child.pid))
    assert not child.revive()
    wait_until(mark.exists)
    assert child.stop() == -signal.SIGTERM


def test_what_does_not_stop_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.demo.child.STOP_WITHIN", 0.2)
    ready = tmp_path / "ready"
    program = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"open({str(ready)!r}, 'w').close(); time.sleep(60)"
    )
    child = running(program, tmp_path)
    wait_until(ready.exists)
    assert child.stop() == -signal.SIGKILL


def test_settings_of_the_shell_do_not_reach_the_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONITOR_DATA", "/elsewhere")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    child = running("import os; print(sorted(os.environ)); time = 0", tmp_path)
    wait_until(lambda: not is_alive(child.pid))
    assert child.stop() == 0
    said = (tmp_path / "service.log").read_text()
    assert "PATH" in said
    assert "MONITOR_DATA" not in said
    assert "HTTP_PROXY" not in said


@pytest.mark.skipif(sys.platform != "linux", reason="the leash is Linux' own")
def test_kill_minus_nine_of_the_parent_ends_the_child(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    sleeper = f"import os, time; open({str(told)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    program = (
        "import os, subprocess, sys\n"
        "leash = [sys.executable, '-m', 'monitor.demo.leash', str(os.getpid())]\n"
        f"subprocess.Popen([*leash, sys.executable, '-c', {sleeper!r}]).wait()"
    )
    parent = subprocess.Popen([sys.executable, "-c", program])
    wait_until(lambda: told.exists() and told.read_text())
    child = int(told.read_text())
    assert is_alive(child)
    parent.kill()
    parent.wait()
    wait_until(lambda: not is_alive(child))


def test_a_leash_without_its_parent_starts_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    program = [sys.executable, "-c", f"open({str(mark)!r}, 'w')"]
    leash = [sys.executable, "-m", "monitor.demo.leash", str(os.getpid() + 1_000_000)]
    assert subprocess.run([*leash, *program], timeout=20).returncode == 0
    assert not mark.exists()
