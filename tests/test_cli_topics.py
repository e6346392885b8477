"""`monitor topic new` and `monitor topic acts`, run as people run them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from monitor.cli.checking import check_packs
from monitor.cli.topics import acts_told, scaffold, write_scaffold
from monitor.config.lexicon import act_ids
from monitor.config.topic import TopicPack, parse_topic
from monitor.errors import ConfigError

LANGUAGES = ["ar", "de", "en", "es", "fr", "ja", "ko", "ru", "zh"]
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


@pytest.mark.slow
def test_a_new_pack_is_refused_until_it_is_filled_in_and_then_passes(home: Path) -> None:
    made = monitor("topic", "new", "port", "--title", "The port: of Varnholm", cwd=home)
    assert made.returncode == 0, made.stderr
    file = home / "config" / "topics" / "port.yaml"
    assert "config/topics/port.yaml" in made.stdout
    assert "monitor check names each '?'" in made.stdout
    refused = monitor("check", cwd=home)
    assert refused.returncode == 2
    assert re.search(r"config/topics/port\.yaml:\d+: .*'\?'", refused.stderr)
    file.write_text(filled(file.read_text(encoding="utf-8")), encoding="utf-8")
    passed = monitor("check", cwd=home)
    assert passed.returncode == 0, passed.stderr


def test_a_pack_is_checked_by_itself_with_its_doubtful_words(tmp_path: Path) -> None:
    file = tmp_path / "port.yaml"
    text = filled(all_on(scaffold("The port"))).replace("barred the gate", "flee*")
    file.write_text(text.replace("['nom en toutes lettres']", "[port]"), encoding="utf-8")
    notes = list(check_packs([file]))
    assert any(
        note.startswith(f"note: {file}:") and "'flee*' also takes fleet" in note for note in notes
    )
    assert notes[-1] == f"{file}: good. 2 subjects, 16 acts to push, 1 line on the card."


def test_the_mistakes_of_all_packs_that_are_named_are_told(tmp_path: Path) -> None:
    for name, wrong in (("port", "push: [opn]"), ("quay", "puhs: [open]")):
        text = filled(scaffold("The port")).replace("push: [open", f"{wrong[:-1]}", 1)
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        list(check_packs([tmp_path / "port.yaml", tmp_path / "quay.yaml", tmp_path / "pier.yaml"]))
    first, second, third = caught.value.problems
    assert "push[0]: no act is called 'opn'" in first
    assert "puhs: unknown key (did you mean 'push'?)" in second
    assert "no topic is named 'pier'" in third


@pytest.mark.slow
def test_check_takes_a_pack_and_needs_no_configuration_for_it(tmp_path: Path) -> None:
    (tmp_path / "port.yaml").write_text(filled(scaffold("The port")), encoding="utf-8")
    good = monitor("check", "port.yaml", cwd=tmp_path)
    assert (good.returncode, good.stderr) == (0, "")
    assert "port.yaml: good." in good.stdout
    (tmp_path / "port.yaml").write_text("title: Port\n", encoding="utf-8")
    bad = monitor("check", "port.yaml", cwd=tmp_path)
    assert bad.returncode == 2
    assert "port.yaml:1: subjects: is missing" in bad.stderr


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


def test_topic_acts_lists_what_push_and_card_may_name() -> None:
    listed = monitor("topic", "acts", cwd=Path())
    assert listed.returncode == 0, listed.stderr
    lines = dict(line.split(": ", 1) for line in listed.stdout.splitlines())
    assert set(lines) == act_ids()
    assert lines["cancel"].startswith("cancel*, call* off")
    assert not re.search(r"\.\.|[()^]", listed.stdout)


def test_topic_acts_tells_the_words_of_an_act_in_every_language() -> None:
    lines = list(acts_told(["close"]))
    assert lines[0] == "close:"
    assert [line.split()[0] for line in lines[1:]] == [
        "ar",
        "de",
        "en",
        "es",
        "fr",
        "ja",
        "ko",
        "ru",
        "zh",
    ]


def test_topic_acts_tells_what_words_are_read_as() -> None:
    clear, short, unknown = acts_told(["the trip was called off", "aufgehoben", "grommeted"])
    assert clear == "'the trip was called off' is read as visit, cancel"
    assert short == "'aufgehoben' is read as cancel (de), lift (de)"
    assert unknown.startswith("'grommeted' is read as no act: put it under acts")


@pytest.mark.slow
def test_an_act_that_nobody_knows_is_refused_with_its_line_and_the_way_to_find_one(
    home: Path,
) -> None:
    made = monitor("topic", "new", "port", cwd=home)
    assert made.returncode == 0, made.stderr
    file = home / "config" / "topics" / "port.yaml"
    text = filled(file.read_text(encoding="utf-8"))
    file.write_text(text.replace("push: [open,", "push: [opn, moor,"), encoding="utf-8")
    refused = monitor("check", cwd=home)
    assert refused.returncode == 2
    assert "push[0]: no act is called 'opn' (did you mean 'open'?)" in refused.stderr
    assert "push[1]: no act is called 'moor'" in refused.stderr
    assert "monitor topic acts moor" in refused.stderr
    own = file.read_text(encoding="utf-8").replace("opn, ", "")
    file.write_text(own + "acts:\n  moor:\n    en: [moored]\n", encoding="utf-8")
    assert monitor("check", cwd=home).returncode == 0
