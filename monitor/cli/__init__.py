"""The commands people type."""

from monitor.cli.commands import main

__all__ = ["main"]
