"""docs/topics.md tells every key, every act, and an example that works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel
from ruamel.yaml import YAML

from monitor.config.lexicon import read_lexicon
from monitor.config.load import load
from monitor.config.topic import Attribute, CardMove, Subject, Thing, TopicPack, parse_topic

TEXT = (Path(__file__).parents[2] / "docs" / "topics.md").read_text(encoding="utf-8")
TABLES = {
    "### The pack": TopicPack,
    "### One of `subjects`": Subject,
    "### One of `context` or `actors`": Thing,
    "### One line of `card`": Attribute,
    "One of `moves`:": CardMove,
}


def rows_below(heading: str) -> set[str]:
    """The keys of the first table that follows."""
    rest = TEXT.split(f"\n{heading}\n", 1)[1]
    table = re.search(r"(?:^\|.*\n)+", rest, flags=re.M)
    assert table is not None
    return set(re.findall(r"^\| `(\w+)` \|", table[0], flags=re.M))


@pytest.mark.parametrize(("heading", "model"), TABLES.items())
def test_every_key_of_a_model_is_told_and_no_other(heading: str, model: type[BaseModel]) -> None:
    assert rows_below(heading) == set(model.model_fields)


def test_every_act_of_the_lexicon_is_listed() -> None:
    listed = TEXT.split("## Acts the program knows", 1)[1].split("\n## ", 1)[0]
    known = {act for language in read_lexicon().languages for act in language.acts}
    assert known <= set(re.findall(r"`(\w+)`", listed))


def test_the_ids_of_actors_that_are_known_already_are_listed() -> None:
    listed = TEXT.split("are known already", 1)[0].rsplit("\n\n", 1)[1]
    known = {actor for language in read_lexicon().languages for actor in language.actors}
    assert known == set(re.findall(r"`(\w+)`", listed))


def test_the_small_pack_is_a_pack_that_uses_every_key() -> None:
    block = re.search(r"```yaml\n(.*?)```", TEXT, flags=re.S)
    assert block is not None
    pack = parse_topic(YAML(typ="safe", pure=True).load(block[1]))
    assert set(TopicPack.model_fields) == pack.model_fields_set


def test_the_smallest_configuration_is_one(tmp_path: Path) -> None:
    pack, main, sources = re.findall(r"```yaml\n((?:title|# ).*?)```", TEXT, flags=re.S)
    files = {
        "monitor.yaml": main,
        "topics/rafah-crossing.yaml": pack,
        "sources/press.yaml": sources,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert [source.id for source in load(tmp_path / "monitor.yaml", {}).sources] == ["wire"]


def test_the_sides_that_are_responsible_anywhere_are_told() -> None:
    told = TEXT.split("Where you do not say it, ", 1)[1].split(" are responsible", 1)[0]
    assert set(re.findall(r"`(\w+)`", told)) == read_lexicon().kinds.responsible
