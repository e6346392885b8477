from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path

import pytest

from monitor.service import heartbeat
from monitor.service.heartbeat import FILE, Heartbeat, health
from monitor.service.lock import hold


def test_a_folder_without_a_service_is_unhealthy(tmp_path: Path) -> None:
    found = health(tmp_path)
    assert not found.ok
    assert "no service has run" in found.why


def test_a_fresh_sign_is_healthy_and_names_the_process(tmp_path: Path) -> None:
    Heartbeat(tmp_path).beat()
    found = health(tmp_path)
    assert found.ok
    assert str(os.getpid()) in found.why


def test_a_service_that_was_stopped_in_good_order_says_so(tmp_path: Path) -> None:
    heart = Heartbeat(tmp_path)
    heart.beat()
    heart.end()
    found = health(tmp_path)
    assert not found.ok
    assert "was stopped" in found.why


def test_I5_an_old_sign_is_unhealthy_although_the_process_lives(tmp_path: Path) -> None:
    sign = {"at": time.time() - 300, "pid": os.getpid()}
    (tmp_path / FILE).write_text(json.dumps(sign))
    found = health(tmp_path)
    assert not found.ok
    assert "nothing has polled for 300 s" in found.why


def test_a_damaged_sign_is_unhealthy_with_the_cause(tmp_path: Path) -> None:
    for damage in ("", "{}", "[1]", '{"at": "soon", "pid": 1}'):
        (tmp_path / FILE).write_text(damage)
        found = health(tmp_path)
        assert not found.ok
        assert "cannot be read" in found.why


def test_the_sign_is_not_written_at_every_tick(tmp_path: Path) -> None:
    heart = Heartbeat(tmp_path)
    heart.beat()
    first = (tmp_path / FILE).stat().st_mtime_ns
    heart.beat()
    assert (tmp_path / FILE).stat().st_mtime_ns == first


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    heart = Heartbeat(tmp_path / "gone")
    heart.beat()
    (tmp_path / "gone").mkdir()
    heart.beat()
    assert health(tmp_path / "gone").ok


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_F1_a_disk_that_is_full_or_read_only_is_named_and_not_that_nothing_polls(
    tmp_path: Path,
) -> None:
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(tmp_path)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        sign = {"at": time.time() - 20, "pid": os.getpid()}
        (tmp_path / FILE).write_text(json.dumps(sign))
        assert health(tmp_path).ok
        with pytest.raises(OSError, match="No space"):
            (tmp_path / "ballast").write_bytes(b"x" * 100_000)
        Heartbeat(tmp_path).beat()
        cannot = f" s: {tmp_path} cannot be written: "
        assert health(tmp_path).why.endswith(f"{cannot}No space left on device")
        (tmp_path / "ballast").unlink()
        assert health(tmp_path).ok
        subprocess.run(["mount", "-o", "remount,ro", str(tmp_path)], check=True)
        assert health(tmp_path).why.endswith(f"{cannot}Read-only file system")
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_a_process_that_was_killed_is_known_at_once(tmp_path: Path) -> None:
    with hold(tmp_path):
        Heartbeat(tmp_path).beat()
        assert health(tmp_path).ok
    found = health(tmp_path)  # the sign is fresh, and nobody holds the folder
    assert not found.ok
    assert "did not stop in good order" in found.why


@pytest.mark.parametrize("kernel", ["another machine's", None])
def test_where_the_lock_cannot_be_seen_only_age_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kernel: str | None
) -> None:
    with hold(tmp_path), monkeypatch.context() as there:
        there.setattr(heartbeat, "_kernel", lambda: kernel)
        Heartbeat(tmp_path).beat()
    assert health(tmp_path).ok
