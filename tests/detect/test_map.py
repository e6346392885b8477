"""The map of the detector names its modules: each room those in it."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

import monitor.detect

DETECT = Path(monitor.detect.__file__).parent
ROOMS = ["", *(f".{path.parent.name}" for path in sorted(DETECT.glob("*/__init__.py")))]


@pytest.mark.parametrize("room", ROOMS)
def test_the_map_of_a_room_names_every_module(room: str) -> None:
    package = import_module(f"monitor.detect{room}")
    folder = Path(package.__file__ or "").parent
    inside = {path.stem for path in folder.glob("*.py")}
    inside |= {path.parent.name for path in folder.glob("*/__init__.py")}
    assert inside - {"__init__"} <= set(re.findall(r"[a-z_]+", package.__doc__ or ""))
