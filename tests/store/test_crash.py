"""Killed at any statement, and what reaches the disk before a send."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from monitor.store import Store
from tests.store import killer

LAUNCH = [sys.executable, "-m", "tests.store.killer"]


def rig(what: str, folder: Path, database: Path) -> list[dict[str, Any]]:
    run = [*LAUNCH, what, str(folder), str(database)]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["killed"] for row in rows] == [True] * (len(rows) - 1) + [False]
    assert {row["error"] for row in rows} == {None}
    return rows


@pytest.mark.unmeasured
@pytest.mark.slow
def test_E2_a_kill_at_any_statement_of_a_poll_keeps_all_of_it_or_nothing(
    fresh: Path, tmp_path: Path
) -> None:
    """E2: so the validators are never ahead of the entries."""
    rows = rig("work", tmp_path / "rig", fresh)
    before, after = killer.content(fresh), rows[-1]["content"]
    kept = [row["content"] for row in rows]
    assert len(rows) > 25
    assert set(kept) == {before, after}
    assert kept == sorted(kept, key=[before, after].index)  # once kept, kept


@pytest.mark.unmeasured
@pytest.mark.slow
def test_E2_a_kill_at_any_statement_of_retention_keeps_all_of_it_or_nothing(
    path: Path, tmp_path: Path
) -> None:
    path.parent.mkdir()
    killer.work(path)
    rows = rig("forget", tmp_path / "rig", path)
    assert {row["content"] for row in rows} == {killer.content(path), rows[-1]["content"]}
    assert rows[-1]["content"] != killer.content(path)


def test_F6_a_kill_at_any_statement_of_a_backup_leaves_no_half_copy(
    path: Path, tmp_path: Path
) -> None:
    path.parent.mkdir()
    killer.work(path)
    rows = rig("backup", tmp_path / "rig", path)
    assert {row["copy"] for row in rows} == {"", killer.content(path)}
    assert {row["content"] for row in rows} == {killer.content(path)}


SENDER = """
import os, sys
from pathlib import Path
from monitor.store import Store
from tests.store.conftest import LEASE, NOW, claim, fill
with Store.open(Path(sys.argv[1])) as store:
    fill(store)
    os.write(1, b"BEFORE THE CLAIM")
    with store.writing() as unit:
        claim(unit, NOW, "me", LEASE)
    os.write(1, b"NOW IT MAY BE SENT")
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_E10_a_claim_is_on_the_disk_before_anything_can_be_sent(
    fresh: Path, tmp_path: Path
) -> None:
    """E10: the write into the log and its fdatasync both precede the send."""
    path, trace = tmp_path / "monitor.db", tmp_path / "trace"
    shutil.copy(fresh, path)
    calls = "trace=write,pwrite64,fdatasync,fsync"
    strace = ["strace", "-f", "-y", "-e", calls, "-o", str(trace)]
    done = subprocess.run([*strace, sys.executable, "-c", SENDER, str(path)], capture_output=True)
    if b"ptrace" in done.stderr.lower():
        pytest.skip("tracing is not allowed here")
    assert done.returncode == 0, done.stderr
    story = trace.read_text(errors="replace")
    unit = story[story.index("BEFORE THE CLAIM") : story.index("NOW IT MAY BE SENT")]
    steps = re.findall(r"(pwrite64|fdatasync|fsync)\(\d+<[^>]*monitor\.db-wal>", unit)
    assert "pwrite64" in steps
    assert steps[-1] in ("fdatasync", "fsync")


def test_the_rig_would_notice_a_unit_that_is_kept_in_two_parts(fresh: Path, tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    shutil.copy(fresh, path)
    before = killer.content(path)
    assert killer.run("work", path, 10_000) is False
    with Store.open(path) as store:
        assert store.counts().alerts == 1
    assert killer.content(path) != before
