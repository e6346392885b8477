"""`monitor health`, which a container asks twice a minute: it imports next to nothing."""

from __future__ import annotations

import os
from pathlib import Path

import typer

from monitor.config.place import data_folder
from monitor.service.heartbeat import health


def show_health(path: Path | None) -> int:
    """`monitor health`; 1 when nothing polls."""
    found = health(data_folder(path, os.environ))
    typer.echo(f"{'healthy' if found.ok else 'unhealthy'}: {found.why}")
    return 0 if found.ok else 1
