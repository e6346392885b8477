"""Tables and words for the terminal. Colours and width only where there is a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any

# rich is imported by what needs it: `monitor run` goes on for months and prints a few plain lines.

COLOURS = {
    "alert": "bold green",
    "digest": "cyan",
    "silent": "dim",
    "sent": "green",
    "pending": "yellow",
    "refused": "bold red",
    "unconfirmed": "bold yellow",
    "expired": "bold red",
}


def note(text: str) -> None:
    """Print a line on stderr, as it is."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def line(text: str, style: str | None = None) -> None:
    """Print a line; markup in it is text."""
    _out().print(text, style=style, markup=False, highlight=False)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table without rules, one row a line; known words are coloured."""
    from rich.table import Table

    grid = Table(*columns, box=None, pad_edge=False, header_style="bold", expand=False)
    for row in rows:
        grid.add_row(*(_cell(value) for value in row))
    _out().print(grid, highlight=False)


def on_stderr() -> Any:
    """rich's console on stderr, for bars of progress."""
    from rich.console import Console

    return Console(stderr=True, soft_wrap=True)


@cache
def _out() -> Any:
    """rich's console on stdout; a table for a file or a pipe is not folded at any width."""
    from rich.console import Console

    return Console(soft_wrap=True, width=None if sys.stdout.isatty() else 240)


def _cell(value: object) -> str:
    from rich.markup import escape

    text = escape(short(value) if isinstance(value, datetime) else str(value or ""))
    colour = COLOURS.get(str(value))
    return f"[{colour}]{text}[/]" if colour else text


def short(when: datetime | None) -> str:
    """A time as tables show it, in UTC."""
    return f"{when:%Y-%m-%d %H:%M}Z" if when else "never"


def as_json(value: Any) -> None:
    """Print one JSON document."""
    print(json.dumps(value, ensure_ascii=False, indent=1, default=_plain))  # noqa: T201


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return str(value)
