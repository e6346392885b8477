"""Documents that a person relies on name what there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from monitor import errors
from monitor.cli.commands import app

ROOT = Path(__file__).parents[1]


def commands() -> Iterator[str]:
    root = typer.main.get_command(app)
    for name, command in root.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        if inner:
            yield from (f"{name} {sub}" for sub in inner)
        else:
            yield name


@pytest.mark.parametrize("command", list(commands()))
def test_every_command_is_documented(command: str) -> None:
    assert f"monitor {command}" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def test_every_exit_code_is_documented() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    codes = {kind.exit_code for kind in kinds if issubclass(kind, errors.MonitorError)}
    for code in codes:
        assert f"| {code} |" in text


def test_the_drawn_error_tree_is_the_error_tree() -> None:
    drawn = set(re.findall(r"[├└─│ ]*([A-Z]\w+) ", errors.__doc__ or ""))
    real = {
        name
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, errors.MonitorError)
    }
    assert real - {"MonitorError"} <= drawn


def test_every_decision_has_context_choice_and_price() -> None:
    for file in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        text = file.read_text(encoding="utf-8")
        for part in ("**Context.**", "**Choice.**", "**Given up.**"):
            assert part in text, f"{file.name} lacks {part}"


def test_no_document_names_a_machine_of_ours() -> None:
    for file in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        assert not re.search(r"(?<![\w.])/(work|root|farm)/", file.read_text(encoding="utf-8")), (
            file
        )
