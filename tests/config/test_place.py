from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config.place import data_folder, find_config
from monitor.errors import ConfigError
from tests.config.conftest import Tree

pytestmark = pytest.mark.usefixtures("here")


def test_a_named_file_comes_before_the_environment(tree: Tree, tmp_path: Path) -> None:
    path = tree()
    other = tmp_path / "other.yaml"
    other.write_text("x: 1")
    assert find_config(path, {"MONITOR_CONFIG": str(other)}) == path
    assert find_config(None, {"MONITOR_CONFIG": str(other)}) == other


def test_a_folder_stands_for_the_file_in_it(tree: Tree) -> None:
    path = tree()
    assert find_config(path.parent, {}) == path


def test_the_current_folder_is_looked_in_before_the_checkout(tree: Tree) -> None:
    path = tree()
    assert find_config(None, {}) == path


def test_who_stands_in_the_folder_of_the_configuration_means_that_one(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tree()
    monkeypatch.chdir(path.parent)
    assert find_config(None, {}) == path


def test_the_checkout_is_the_last_resort_and_nothing_is_written_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_config(None, {}) == Path(__file__).parents[2] / "config" / "monitor.yaml"
    looked = (
        r"no configuration found at config/monitor\.yaml, monitor\.yaml: name one with --config"
    )
    with pytest.raises(ConfigError, match=looked):
        find_config(None, {}, to_write=True)


def test_a_named_file_that_is_missing_is_an_error_that_says_where(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no configuration found at nowhere\.yaml: name one"):
        find_config(Path("nowhere.yaml"), {})
    with pytest.raises(ConfigError, match=r"at gone\.yaml"):
        find_config(None, {"MONITOR_CONFIG": "gone.yaml"})


def test_the_data_folder_is_known_whatever_else_is_wrong(tree: Tree, tmp_path: Path) -> None:
    assert data_folder(tree("evry: 1\n"), {}) == tmp_path / "data"
    assert data_folder(tree("data: kept\ntopics: [gone]\n"), {}) == tmp_path / "kept"
    assert data_folder(tree("- no mapping\n"), {}) == tmp_path / "data"
    assert data_folder(tmp_path / "nowhere", {"MONITOR_DATA": "/data"}) == Path("/data")
    with pytest.raises(ConfigError):
        data_folder(tree("a: b: c\n"), {})
