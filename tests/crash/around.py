"""What stands around a process of the rig: a small disk, and pages that are looked at."""

from __future__ import annotations

import os
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

DISK = "4m"
PAGES = (
    *("/", "/ledger", "/sources", "/deliveries", "/healthz", "/metrics", "/api/openapi.json"),
    *("/developments.atom", "/developments.json", "/api/status", "/api/alerts", "/api/stories"),
    *("/api/ledger", "/api/sources", "/api/deliveries"),
)
_NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Disk:
    """A small file system of its own for a folder, where mounting one is allowed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mounted = False

    def mount(self) -> bool:
        """Mount it, empty; False where that is not allowed."""
        self.folder.mkdir(exist_ok=True)
        command = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "none", str(self.folder)]
        with suppress(OSError):
            self.mounted = subprocess.run(command, capture_output=True).returncode == 0
        return self.mounted

    def unmount(self) -> None:
        """Take it away with all that is on it."""
        if self.mounted:
            subprocess.run(["umount", str(self.folder)], check=True)
            self.mounted = False

    @contextmanager
    def nearly_full(self, room: int, seconds: float) -> Iterator[None]:
        """So many bytes are free, until the end or for so many seconds if they are not 0."""
        ballast = self.folder / "ballast"
        disk = os.statvfs(self.folder)
        ballast.write_bytes(b"x" * max(disk.f_bavail * disk.f_frsize - room, 0))
        timer = threading.Timer(seconds, ballast.unlink)
        if seconds:
            timer.start()
        try:
            yield
        finally:
            if seconds:
                timer.join()
            else:
                ballast.unlink()


def can_mount(folder: Path) -> bool:
    """Whether a disk can be mounted on this folder, which goes again."""
    disk = Disk(folder)
    possible = disk.mount()
    disk.unmount()
    folder.rmdir()
    return possible


def look(port: int) -> dict[str, tuple[int, bytes]]:
    """What each page says now, with its status; nothing for one that nobody serves."""
    found = {}
    for page in PAGES:
        with suppress(OSError):
            found[page] = _get(f"http://127.0.0.1:{port}{page}")
    return found


def _get(url: str) -> tuple[int, bytes]:
    try:
        with _NO_PROXY.open(url, timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()
