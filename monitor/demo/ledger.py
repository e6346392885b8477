"""What a server of the demo accepted, one JSON object a line, on the disk before it answers."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any


class Ledger:
    """An append-only file that outlives a kill at any moment. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        path.touch()
        self._cut_torn_line()

    def append(self, row: dict[str, Any]) -> None:
        """Write one row and wait for the disk."""
        line = json.dumps(row, ensure_ascii=False).encode() + b"\n"
        with self._lock, self._path.open("ab") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())

    def rows(self) -> list[dict[str, Any]]:
        """All rows so far, oldest first."""
        with self._lock:
            return [json.loads(line) for line in self._path.read_bytes().splitlines()]

    def _cut_torn_line(self) -> None:
        """A kill in the middle of a write leaves half a row, which nobody was told about."""
        text = self._path.read_bytes()
        whole = text[: text.rfind(b"\n") + 1]
        if len(whole) < len(text):
            os.truncate(self._path, len(whole))


def write_safely(path: Path, content: bytes) -> None:
    """Replace a file so that a kill leaves the old content or the new, never half of one."""
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
