from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

MAIN = """\
topics: [office]
channels:
  console:
    url: console://
"""
SOURCES = """\
sources:
  - id: wire
    url: https://wire.example/feed
    outlet: The Wire
"""
TOPIC = """\
title: The office
subjects:
  - id: office
    label: Office
    names:
      en: [liaison office]
"""

Tree = Callable[..., Path]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Writes a good configuration into a new folder; each text given replaces one file."""

    def write(main: str = MAIN, sources: str = SOURCES, topic: str = TOPIC) -> Path:
        folder = tmp_path / "config"
        for name in ("topics", "sources"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / "monitor.yaml").write_text(main, encoding="utf-8")
        (folder / "sources" / "press.yaml").write_text(sources, encoding="utf-8")
        (folder / "topics" / "office.yaml").write_text(topic, encoding="utf-8")
        return folder / "monitor.yaml"

    return write


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in the folder that holds config/, so that problems name short paths."""
    monkeypatch.chdir(tmp_path)
