"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ConfigPath = Annotated[
    Path | None, typer.Option("--config", "-c", help="monitor.yaml or its folder.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, max=10_000, help="At most so many.")]
ClockShift = Annotated[
    Path | None,
    typer.Option("--clock-shift", hidden=True, help="File of seconds to add to the clock."),
]
