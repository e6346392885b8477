"""The driver's errors in our words, and what the machine should be warned about.

Only faults of the world are translated: locks, space, rights, damage. A broken statement or a
broken constraint is a bug of ours and passes through as it is.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from sqlalchemy.exc import DBAPIError

from monitor.errors import StoreBusy, StoreError, StoreForeign, StoreFull, StoreReadOnly

_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "glusterfs", "lustre", "afs"}
_SHARED = {"virtiofs", "vboxsf", "fakeowner", "drvfs", "fuse.grpcfuse", "fuse.sshfs", "osxfs"}
_WAL_FIX = (3, 51, 3)  # sqlite.org/wal.html: the WAL-reset bug


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise our error for what the driver says about the database at `path`."""
    try:
        yield
    except DBAPIError as error:
        known = explain(error.orig, path)
        if known is None:
            raise
        raise known from error
    except sqlite3.Error as error:
        known = explain(error, path)
        if known is None:
            raise
        raise known from error


def explain(error: BaseException | None, path: Path) -> StoreError | None:
    """The error of ours that the driver's error means; None for a bug."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    if code in (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE):
        return _not_written(path)
    match code & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreBusy(
                f"{path} is locked by another program; it is tried again: "
                "close the shell or backup that holds it"
            )
        case sqlite3.SQLITE_FULL:
            return full(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return read_only(path)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return damaged(path, str(error))
        case sqlite3.SQLITE_IOERR:
            return StoreError(f"{path} cannot be read or written ({error}): check the disk")
    return None


@contextmanager
def file_errors(path: Path) -> Iterator[None]:
    """Raise our error for what the operating system says about the file or folder at `path`."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise read_only(path, error) from error
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise full(path) from error
        raise StoreError(f"{path} cannot be used: {error.strerror or error}") from error


def _not_written(path: Path) -> StoreError:
    """SQLite does not say why a write failed: on a full disk, or on one that became read-only.

    A damaged disk does that while it is in use, and to free space on it would be in vain.
    """
    try:
        with TemporaryFile(dir=path.parent):
            return full(path)
    except OSError as error:
        return read_only(path, error) if error.errno == errno.EROFS else full(path)


def full(path: Path) -> StoreFull:
    """No space."""
    return StoreFull(
        f"no space left for {path}; nothing was written: free some space on that disk, "
        "the work is tried again by itself"
    )


def read_only(path: Path, cause: OSError | None = None) -> StoreReadOnly:
    """No right to write, or a disk on which nobody may."""
    if cause is not None and cause.errno == errno.EROFS:
        return StoreReadOnly(
            f"{path} cannot be written: its disk is mounted read-only; if it was not so before, "
            "it is damaged (see dmesg); else name another folder as 'data' in monitor.yaml"
        )
    return StoreReadOnly(
        f"{path} cannot be written by user id {os.geteuid()}: give that user the file and its "
        "folder, or name another folder as 'data' in monitor.yaml"
    )


def damaged(path: Path, cause: str) -> StoreForeign:
    """Not ours, or broken; the file stays as it is."""
    return StoreForeign(
        f"{path} is not a database of this program, or it is damaged ({cause}); it was left "
        "untouched: move it away and put the last backup in its place, or name another folder "
        "as 'data' in monitor.yaml"
    )


def no_backup(path: Path, cause: str) -> StoreForeign:
    """What was given to restore is not ours, or broken; nothing was changed."""
    return StoreForeign(
        f"{path} is not a backup of this program, or it is damaged ({cause}); nothing was changed: "
        "name another backup"
    )


def warnings(path: Path, mounts: str, sqlite: tuple[int, ...]) -> tuple[str, ...]:
    """What an operator should know of this place; `mounts` is the text of /proc/self/mounts."""
    found = []
    if sqlite < _WAL_FIX:
        found.append(
            f"SQLite {'.'.join(map(str, sqlite))} has a rare fault in its write-ahead log that "
            "3.51.3 repairs: let no other program write this database, and keep backups"
        )
    kind = filesystem(path, mounts)
    if kind in _NETWORK:
        found.append(
            f"{path} lies on a network file system ({kind}), where SQLite can be damaged: "
            "use a local disk"
        )
    elif kind in _SHARED:
        found.append(
            f"{path} lies in a folder shared with another system ({kind}), where locks are not "
            "kept: use a local disk, or a named volume with Docker"
        )
    return tuple(found)


def identity(path: Path) -> tuple[int, int]:
    """What tells this file from one that was put in its place. Raises OSError when it is gone."""
    found = path.stat()
    return found.st_dev, found.st_ino


def mounts() -> str:
    """The mounted file systems, empty where the system does not tell."""
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def filesystem(path: Path, mounts: str) -> str | None:
    """The type of the file system that holds `path`, from the text of /proc/self/mounts."""
    best, kind = -1, None
    for line in mounts.splitlines():
        _, point, name, *_ = line.split(" ")
        folder = Path(point.replace("\\040", " "))
        if path.is_relative_to(folder) and len(folder.parts) >= best:
            best, kind = len(folder.parts), name
    return kind
