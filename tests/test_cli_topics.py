"""`monitor topic new`, run as people run it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from monitor.cli.topics import scaffold, write_scaffold
from monitor.config.topic import TopicPack, parse_topic
from monitor.errors import ConfigError

MAIN = """\
topics: [port]
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


def monitor(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    quiet = {key: value for key, value in os.environ.items() if not key.startswith("MONITOR_")}
    return subprocess.run(
        [sys.executable, "-m", "monitor", *words],
        cwd=cwd,
        env=quiet,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    config = tmp_path / "config"
    (config / "sources").mkdir(parents=True)
    (config / "monitor.yaml").write_text(MAIN, encoding="utf-8")
    (config / "sources" / "wires.yaml").write_text(SOURCES, encoding="utf-8")
    return tmp_path


def test_a_pack_is_written_beside_the_configuration_in_use_or_not_at_all(
    home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    refused = monitor("topic", "new", "port", cwd=elsewhere)
    assert refused.returncode == 2
    assert "name one with --config or $MONITOR_CONFIG" in refused.stderr
    assert not (Path(__file__).parents[1] / "config" / "topics" / "port.yaml").exists()
    inside = monitor("topic", "new", "port", cwd=home / "config")
    assert inside.returncode == 0, inside.stderr
    assert (home / "config" / "topics" / "port.yaml").exists()
    named = monitor("topic", "new", "quay", "--config", str(home / "config"), cwd=elsewhere)
    assert named.returncode == 0, named.stderr
    assert (home / "config" / "topics" / "quay.yaml").exists()


def filled(text: str) -> str:
    """As an analyst fills it in."""
    return text.replace("['?']", "[port of Varnholm, Varnholm harbour]")


def all_on(text: str) -> str:
    """With every example switched on."""
    return re.sub(r"^#(?=  |\w)", "", text, flags=re.M)


def pack(text: str) -> TopicPack:
    return parse_topic(YAML(typ="safe", pure=True).load(text))


def test_a_new_pack_is_refused_until_it_is_filled_in_and_then_passes(home: Path) -> None:
    made = monitor("topic", "new", "port", "--title", "The port: of Varnholm", cwd=home)
    assert made.returncode == 0, made.stderr
    file = home / "config" / "topics" / "port.yaml"
    assert "config/topics/port.yaml" in made.stdout
    assert "monitor check refuses" in made.stdout
    refused = monitor("check", cwd=home)
    assert refused.returncode == 2
    assert re.search(r"config/topics/port\.yaml:\d+: .*'\?'", refused.stderr)
    file.write_text(filled(file.read_text(encoding="utf-8")), encoding="utf-8")
    passed = monitor("check", cwd=home)
    assert passed.returncode == 0, passed.stderr


def test_what_somebody_wrote_is_not_overwritten(home: Path) -> None:
    file = home / "config" / "topics" / "port.yaml"
    file.parent.mkdir()
    file.write_text("mine", encoding="utf-8")
    again = monitor("topic", "new", "port", cwd=home)
    assert again.returncode == 2
    assert "is there already" in again.stderr
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_path_is_no_name(home: Path) -> None:
    refused = monitor("topic", "new", "../port", cwd=home)
    assert refused.returncode == 2
    assert len(refused.stderr.splitlines()) == 1
    assert "cannot be named" in refused.stderr
    assert not (home / "config" / "port.yaml").exists()


@pytest.mark.parametrize("name", ["Port", "a/b", "port.yaml", "-", "", "p" * 61, "pört", "port\n"])
def test_a_name_that_is_no_file_name_is_refused(home: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="cannot be named"):
        list(write_scaffold(home / "config", name, None))
    assert not (home / "config" / "topics").exists()


@pytest.mark.parametrize("title", ["", "   ", "t" * 201])
def test_a_title_of_no_or_too_many_letters_is_refused(home: Path, title: str) -> None:
    with pytest.raises(ConfigError, match="--title"):
        list(write_scaffold(home / "config", "port", title))


def test_without_a_configuration_it_says_where_it_looked(tmp_path: Path) -> None:
    refused = monitor("topic", "new", "port", "--config", "nowhere", cwd=tmp_path)
    assert refused.returncode == 2
    assert "no configuration found" in refused.stderr


def test_a_folder_that_is_a_file_is_told_in_one_line(home: Path) -> None:
    (home / "config" / "topics").write_text("", encoding="utf-8")
    refused = monitor("topic", "new", "port", cwd=home)
    assert refused.returncode == 2
    assert len(refused.stderr.splitlines()) == 1
    assert "port.yaml: cannot be written: " in refused.stderr


def test_without_a_title_the_name_is_the_title(home: Path) -> None:
    list(write_scaffold(home / "config", "port-of-varnholm", None))
    written = (home / "config" / "topics" / "port-of-varnholm.yaml").read_text(encoding="utf-8")
    assert pack(filled(written)).title == "Port of varnholm"


@pytest.mark.parametrize(
    "title", ['a "quoted" one', "back\\slash: #x", "개성 사무소", "bell\x07", "t" * 200]
)
def test_any_title_stands_in_the_file_as_it_was_given(title: str) -> None:
    read = pack(filled(scaffold(title)))
    assert read.title == title
    assert read.subjects[0].label == title[:80]


def test_every_example_is_right_when_it_is_switched_on() -> None:
    read = pack(all_on(filled(scaffold("The port"))))
    assert read.card
    assert set(TopicPack.model_fields) <= read.model_fields_set
