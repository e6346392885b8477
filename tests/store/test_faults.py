from __future__ import annotations

import errno
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from monitor.errors import StoreError, StoreFull, StoreReadOnly
from monitor.models import DeliveryState
from monitor.store import Store, faults
from tests.store.conftest import ARTICLE, LEASE, NOW, claim, fill

BIG = "x" * 400_000


def swell(store: Store) -> None:
    """A unit that claims a delivery and then needs more space than there is."""
    with store.writing() as unit:
        assert claim(unit, NOW, "me", LEASE) is not None
        unit.save_article(replace(ARTICLE, id="big", body=BIG), ["big"])


def unharmed(store: Store) -> None:
    """Nothing of the failed unit is left, and no attempt was counted."""
    assert [d.attempt for d in store.deliveries()] == [0, 0]
    assert store.find_article(["big"]) is None
    assert store.integrity() == "ok"


# --- F1: the disk is full ---


@contextmanager
def few_pages(store: Store) -> Iterator[None]:
    pages = [60]

    @event.listens_for(store._engine, "begin")
    def _limit(connection: Any) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages[0]}")

    yield
    pages[0] = 1_000_000


@contextmanager
def small_files(store: Store) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (store.path.stat().st_size + 100_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("limit", [few_pages, small_files])
def test_F1_a_full_disk_rolls_the_unit_back_and_heals_by_itself(store: Store, limit: Any) -> None:
    fill(store)
    with limit(store):
        with pytest.raises(StoreFull, match=r"no space left for .*free some space"):
            swell(store)
        unharmed(store)
    swell(store)
    assert store.find_article(["big"]) is not None


def test_F1_a_full_disk_between_claim_and_record_leaves_the_claim_standing(store: Store) -> None:
    """The message went out and its record did not fit: one copy more at most, after the lease."""
    fill(store)
    with store.writing() as unit:
        taken = claim(unit, NOW, "me", LEASE)
    assert taken is not None
    with few_pages(store), pytest.raises(StoreFull), store.writing() as unit:
        unit.record_delivery(taken[0].id, 1, DeliveryState.SENT, NOW, reference=BIG)
    with store.writing() as unit:
        assert claim(unit, NOW, "me", LEASE, ["slack"]) is None
        again = claim(unit, NOW + LEASE, "me", LEASE, ["slack"])
    assert again is not None
    assert again[0].attempt == 2


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_F1_a_really_full_disk_is_told_and_heals_when_space_is_made(
    tmp_path: Path, fresh: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(disk)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        shutil.copy(fresh, disk / "monitor.db")
        ballast = disk / "ballast"
        with Store.open(disk / "monitor.db") as store:
            fill(store)
            room = os.statvfs(disk)
            ballast.write_bytes(b"x" * (room.f_bavail * room.f_frsize - 100_000))
            with pytest.raises(StoreFull):
                swell(store)
            unharmed(store)
            with pytest.raises(StoreFull):
                store.backup(disk / "copy.db")
            assert list(disk.glob("*copy*")) == []
            ballast.unlink()
            swell(store)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


# --- words for what the driver and the system say ---


def error(code: int) -> sqlite3.Error:
    found = sqlite3.OperationalError("as SQLite puts it")
    found.sqlite_errorcode = code
    return found


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_IOERR_READ, "check the disk"),
        (sqlite3.SQLITE_IOERR_SHMSIZE, "no space left"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "locked by another program"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "cannot be written"),
        (sqlite3.SQLITE_CANTOPEN, "cannot be written"),
        (sqlite3.SQLITE_CORRUPT_INDEX, "last backup"),
    ],
)
def test_each_fault_of_the_world_has_its_own_words(tmp_path: Path, code: int, words: str) -> None:
    with pytest.raises(StoreError, match=words) as caught, faults.translated(tmp_path):
        raise error(code)
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a disk")
def test_F1_a_disk_that_became_read_only_is_not_called_full(tmp_path: Path) -> None:
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k,ro", "none", str(tmp_path)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        found = faults.explain(error(sqlite3.SQLITE_IOERR_WRITE), tmp_path / "monitor.db")
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)
    assert isinstance(found, StoreReadOnly)
    assert "mounted read-only; if it was not so before, it is damaged" in str(found)


def test_F1_a_failed_write_in_a_folder_that_is_gone_counts_as_no_space(tmp_path: Path) -> None:
    gone = tmp_path / "gone" / "monitor.db"
    assert isinstance(faults.explain(error(sqlite3.SQLITE_IOERR_WRITE), gone), StoreFull)


@pytest.mark.parametrize("bug", [error(sqlite3.SQLITE_CONSTRAINT), sqlite3.ProgrammingError("x")])
def test_a_bug_passes_through(tmp_path: Path, bug: sqlite3.Error) -> None:
    with pytest.raises(sqlite3.Error) as caught, faults.translated(tmp_path):
        raise bug
    assert caught.value is bug


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.EROFS, StoreReadOnly),
        (errno.EACCES, StoreReadOnly),
        (errno.ENOSPC, StoreFull),
        (errno.EDQUOT, StoreFull),
        (errno.ENAMETOOLONG, StoreError),
    ],
)
def test_what_the_system_says_about_a_file_is_put_in_words(
    tmp_path: Path, number: int, kind: type[StoreError]
) -> None:
    with pytest.raises(StoreError) as caught, faults.file_errors(tmp_path):
        raise OSError(number, os.strerror(number))
    assert type(caught.value) is kind
    assert str(tmp_path) in str(caught.value)


# --- F3, F4: what an operator should know ---

MOUNTS = """\
overlay / overlay rw 0 0
/dev/vda /srv ext4 rw 0 0
server:/export /srv/far\\040away nfs4 rw 0 0
mac /srv/mac fakeowner rw 0 0
/dev/vdb /srv ext4 rw 0 0
"""
GOOD = (3, 51, 3)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/data/monitor.db", "ext4"),
        ("/srv/far away/monitor.db", "nfs4"),
        ("/srv/mac/data/monitor.db", "fakeowner"),
        ("/srv/machine/monitor.db", "ext4"),
        ("/home/monitor.db", "overlay"),
    ],
)
def test_F4_the_file_system_of_a_path_is_the_one_mounted_nearest(path: str, kind: str) -> None:
    assert faults.filesystem(Path(path), MOUNTS) == kind


def test_F3_F4_L3_an_old_sqlite_and_a_bad_place_are_warned_about() -> None:
    assert faults.warnings(Path("/srv/monitor.db"), MOUNTS, GOOD) == ()
    assert faults.warnings(Path("/srv/monitor.db"), "", GOOD) == ()
    (old,) = faults.warnings(Path("/srv/monitor.db"), MOUNTS, (3, 40, 1))
    assert "SQLite 3.40.1" in old
    (far,) = faults.warnings(Path("/srv/far away/monitor.db"), MOUNTS, GOOD)
    assert "network file system (nfs4)" in far
    (shared,) = faults.warnings(Path("/srv/mac/monitor.db"), MOUNTS, GOOD)
    assert "named volume" in shared


def test_a_store_carries_the_warnings_of_this_machine(store: Store) -> None:
    old = any("rare fault" in warning for warning in store.warnings)
    assert old == (sqlite3.sqlite_version_info < GOOD)


def test_a_system_without_a_list_of_mounts_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    assert " / " in faults.mounts() or sys.platform != "linux"

    def missing(*_: Any, **__: Any) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", missing)
    assert faults.mounts() == ""


def test_F8_a_disk_mounted_read_only_is_not_called_a_matter_of_rights(tmp_path: Path) -> None:
    with pytest.raises(StoreReadOnly, match="mounted read-only"), faults.file_errors(tmp_path):
        raise OSError(errno.EROFS, "Read-only file system")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_F8_who_only_looks_is_told_of_the_read_only_disk_too(tmp_path: Path) -> None:
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(tmp_path)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        Store.open(tmp_path / "monitor.db").close()
        subprocess.run(["mount", "-o", "remount,ro", str(tmp_path)], check=True)
        with pytest.raises(StoreReadOnly, match="mounted read-only"):
            Store.open(tmp_path / "monitor.db", create=False)
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)
