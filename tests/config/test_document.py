from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from monitor.config.document import read
from monitor.config.validate import validate
from monitor.errors import ConfigError


class Deep(BaseModel):
    value: int | list[int]


def test_a_line_is_found_for_every_step_that_the_file_has(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("a:\n  - b: 1\n    c: [2,\n        3]\n")
    document = read(file)
    assert document.locate(()) == (1, ())
    assert document.locate(("a", 0, "c", 1)) == (4, ("a", 0, "c", 1))
    assert document.locate(("a", 0, "b", "deeper", 5)) == (2, ("a", 0, "b"))
    assert document.locate(("a", 7, "nothing")) == (1, ("a",))


def test_a_union_tells_each_of_its_ways_once(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("value: x\n")
    with pytest.raises(ConfigError) as caught:
        validate(read(file), Deep)
    assert [problem.split(": ", 1)[1] for problem in caught.value.problems] == [
        "value: must be a whole number",
        "value: must be a list, one '- item' a line",
    ]
