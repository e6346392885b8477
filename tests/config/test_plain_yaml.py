from pathlib import Path

import pytest
from ruamel.yaml import YAML

from monitor.config.lexicon import FOLDER
from monitor.config.plain_yaml import read_plain
from monitor.errors import ConfigError


def test_every_lexicon_says_the_same_to_a_full_yaml_parser() -> None:
    for path in (FOLDER / "de.yaml", FOLDER / "wires.yaml"):
        full = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
        assert listed(read_plain(path)[0]) == full


def listed(found: object) -> object:
    """With lists for tuples, as YAML has them."""
    if isinstance(found, dict):
        return {key: listed(value) for key, value in found.items()}
    return list(found) if isinstance(found, tuple) else found


def test_each_form_of_a_line_is_read_and_entries_know_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "xx.yaml"
    path.write_text(
        "# words\n"
        'language: xx\nstop: [a, "l\'"]\nacts:\n\n  # more\n  open: [open*, "a: b", c .. d]\n'
        'numbers: {one: 1, "half a": 0.5}\ndays:\n  -1: [ieri]\n  0: []\n',
        encoding="utf-8",
    )
    found, lines = read_plain(path)
    assert found == {
        "language": "xx",
        "stop": ("a", "l'"),
        "acts": {"open": ("open*", "a: b", "c .. d")},
        "numbers": {"one": 1.0, "half a": 0.5},
        "days": {-1: ("ieri",), 0: ()},
    }
    assert lines["acts", "open"] == 7


@pytest.mark.parametrize(
    ("text", "line", "cause"),
    [
        ("acts:\n  open: [a\n", 2, "brackets in one line"),
        ("acts:\n  open: [a, {b}]\n", 2, "what is '{b}'"),
        ("numbers: {one: zwei}\n", 1, "what is 'one: zwei'"),
        ("acts:\n  open:\n", 2, "brackets in one line"),
        ("  open: [a]\n", 1, "belongs to no section"),
        ("acts:\n  open: [a]\n  open: [b]\n", 3, "'open' stands here twice"),
        ("acts:\nacts:\n", 2, "'acts' stands here twice"),
        ("acts:\n    open: [a]\n", 2, "neither a key nor a list"),
    ],
)
def test_what_is_not_plain_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, cause: str
) -> None:
    path = tmp_path / "xx.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_plain(path)
    assert str(caught.value).startswith(f"{path}:{line}: cannot be read as a lexicon: ")
    assert cause in str(caught.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "xx.yaml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="cannot be read as a lexicon"):
        read_plain(path)
