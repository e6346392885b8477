"""The map of the detector names its modules."""

from __future__ import annotations

import re
from pathlib import Path

import monitor.detect


def test_the_map_of_the_detector_names_every_module() -> None:
    modules = {path.stem for path in Path(monitor.detect.__file__).parent.glob("*.py")}
    named = set(re.findall(r"[a-z_]+", monitor.detect.__doc__ or ""))
    assert modules - {"__init__"} <= named
