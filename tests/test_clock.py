from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.clock import ShiftedClock, SystemClock

BLINK = timedelta(seconds=5)


def test_the_system_clock_tells_utc() -> None:
    now = SystemClock().now()
    assert now.tzinfo is UTC
    assert abs(now - datetime.now(UTC)) < BLINK


def test_the_shifted_clock_follows_its_file(tmp_path: Path) -> None:
    file = tmp_path / "shift"
    clock = ShiftedClock(file)
    assert abs(clock.now() - datetime.now(UTC)) < BLINK
    file.write_text("-86400")
    assert abs(clock.now() + timedelta(days=1) - datetime.now(UTC)) < BLINK
    file.write_text("3600.5")
    assert abs(clock.now() - timedelta(hours=1) - datetime.now(UTC)) < BLINK


def test_a_half_written_file_keeps_the_last_shift(tmp_path: Path) -> None:
    file = tmp_path / "shift"
    file.write_text("-86400")
    clock = ShiftedClock(file)
    clock.now()
    for broken in ("", "-", "1e999"):
        file.write_text(broken)
        assert abs(clock.now() + timedelta(days=1) - datetime.now(UTC)) < BLINK
