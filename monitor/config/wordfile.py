"""Files of words, as they are opened: what cannot be read is named with its file and its line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from monitor.errors import ConfigError


def lines_of(path: Path, kind: str) -> Iterator[tuple[int, str]]:
    """The lines of a file with their numbers; ConfigError where it is no text of its kind."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise unreadable(path, kind, error) from error
    return enumerate(text.splitlines(), 1)


def unreadable(where: object, kind: str, error: Exception) -> ConfigError:
    """What is told of a file, or of a line of it, that is not written as its kind."""
    return ConfigError(f"{where}: cannot be read as {kind}: {error}")
