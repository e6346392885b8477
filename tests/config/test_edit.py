"""Sources written below others: comments kept, all or nothing."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from monitor.config.edit import append, as_yaml, free_id, placed
from monitor.config.load import Config, load
from monitor.errors import ConfigError

MAIN = "topics: []\n"
ENTRY = {"id": "desk", "url": "https://desk.example/?a=1#x", "outlet": "No: 'one'"}


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "topics").mkdir()
    (tmp_path / "sources").mkdir()
    shipped = Path(__file__).parents[2] / "config" / "topics" / "liaison-office.yaml"
    (tmp_path / "topics" / "t.yaml").write_bytes(shipped.read_bytes())
    (tmp_path / "monitor.yaml").write_text(
        "topics: [t]\nchannels:\n  console:\n    url: console://\n"
    )
    (tmp_path / "sources" / "a.yaml").write_text(
        "sources:\n- id: a\n  url: https://a.example/\n  outlet: A\n"
    )
    return load(tmp_path / "monitor.yaml", {})


@pytest.mark.parametrize(
    ("before", "added"),
    [
        ("sources: # ours\n\n # one\n- id: b\n  url: https://b.example/\n  outlet: B",
         "\n\n- id: desk\n  url:"),
        ("sources:\n    - id: b\n      url: https://b.example/\n      outlet: B\n\n# end\n",
         "\n    - id: desk\n      url:"),
        ("# x\nsources:\n  -\n    id: b\n    url: https://b.example/\n    outlet: B\n\n\n",
         "  - id: desk\n    url:"),
    ],
)  # fmt: skip
def test_the_text_before_stays_and_the_list_keeps_its_indentation(
    config: Config, before: str, added: str
) -> None:
    file = config.path.parent / "sources" / "b.yaml"
    file.write_text(before)
    file.chmod(0o640)
    append(config, file, [ENTRY], "unused")
    text = file.read_text()
    assert text.startswith(before + added)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    found = {source.id: source for source in load(config.path, {}).sources}
    assert found["desk"].url == ENTRY["url"]
    assert found["desk"].outlet == ENTRY["outlet"]


def test_a_new_file_says_what_it_is(config: Config) -> None:
    file = config.path.parent / "sources" / "new.yaml"
    append(config, file, [ENTRY, {**ENTRY, "id": "other"}], "Added by hand.")
    assert file.read_text().splitlines()[:5] == [
        "# yaml-language-server: $schema=../schema/sources.json",
        "# Added by hand.",
        "",
        "sources:",
        "  - id: desk",
    ]
    assert [one.place for one in placed(load(config.path, {}))] == [
        f"{file.parent / 'a.yaml'}:2", f"{file}:5", f"{file}:9",
    ]  # fmt: skip


def test_what_would_break_the_file_is_refused_and_nothing_changes(config: Config) -> None:
    file = config.path.parent / "sources" / "a.yaml"
    before = file.read_text()
    with pytest.raises(ConfigError, match=r"a\.yaml:6: .*id: does not fit"):
        append(config, file, [{**ENTRY, "id": "No name"}], "")
    assert file.read_text() == before
    assert [path.name for path in file.parent.iterdir()] == ["a.yaml"]


def test_F8_a_folder_that_cannot_be_written_is_named(config: Config) -> None:
    (config.path.parent / "sources" / "x").write_text("")
    with pytest.raises(ConfigError, match=r"sources/x/b.yaml: is not read|cannot be written"):
        append(config, config.path.parent / "sources" / "x" / "b.yaml", [ENTRY], "")


@pytest.mark.parametrize(
    ("wanted", "taken", "expected"),
    [
        ("The Desk & Co.", [], "the-desk-co"),
        ("desk", ["desk", "desk-2"], "desk-3"),
        ("신문", [], "source"),
    ],
)
def test_a_free_id_is_found(wanted: str, taken: list[str], expected: str) -> None:
    assert free_id(wanted, taken) == expected


def test_yaml_that_could_be_misread_is_quoted() -> None:
    assert as_yaml([{"id": "a", "outlet": "1:30", "lang": "no"}], 2) == (
        "  - id: a\n    outlet: 1:30\n    lang: no\n"
    )
