from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from monitor.config.yaml12 import Loader

ROOT = Path(__file__).parents[2]


def loaded(text: str) -> Any:
    return Loader(text).get_single_data()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("On", "On"),
        ("y", "y"),
        ("true", True),
        ("1:30", "1:30"),
        ("017", 17),
        ("08", 8),
        ("0o17", 15),
        ("0x1F", 31),
        ("0b11", 3),
        ("-12", -12),
        ("1_000", 1000),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("-.inf", float("-inf")),
        ("~", None),
        ("2024-02-29", date(2024, 2, 29)),
        ("2023-02-29", "2023-02-29"),
        ("1.2.3", "1.2.3"),
        ("+", "+"),
    ],
)
def test_a_plain_word_is_read_as_yaml_1_2_reads_it(written: str, value: object) -> None:
    read = loaded(f"key: {written}\n")["key"]
    assert (read, type(read)) == (value, type(value))


@given(
    st.from_regex(
        r"[-+]?[0-9][0-9_]{0,3}(\.[0-9.]{0,3})?([eE][-+]?[0-9]{0,2})?|[-+]?0[box][0-9a-g]{0,4}",
        fullmatch=True,
    )
)
def test_what_looks_like_a_number_is_read_as_by_another_parser(word: str) -> None:
    pure = YAML(typ="safe", pure=True)
    try:
        expected = pure.load(f"key: {word}")
    except (ValueError, IndexError):
        return  # a number that ruamel begins to read and cannot
    assert repr(loaded(f"key: {word}")) == repr(expected)


@pytest.mark.parametrize("file", sorted(ROOT.glob("config/**/*.yaml")), ids=lambda file: file.name)
def test_shipped_files_are_read_as_by_another_parser(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert loaded(text) == YAML(typ="safe", pure=True).load(text)


def test_what_is_nested_too_deep_for_libyaml_is_refused() -> None:
    assert loaded("[" * 90 + "]" * 90)
    with pytest.raises(yaml.YAMLError, match="inside one another"):
        loaded("[" * 200_000 + "]" * 200_000)
