from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from monitor.config.load import load_topic
from monitor.config.topic import card_on, parse_topic
from monitor.errors import ConfigError

SMALL: dict[str, Any] = {
    "title": "The bridge",
    "subjects": [{"id": "bridge", "label": "the bridge", "names": {"en": ["river bridge"]}}],
}


def test_a_small_pack_is_enough() -> None:
    assert parse_topic(SMALL).subjects[0].central is True


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"subjects": []}, "at least 1 item"),
        ({"colour": "red"}, "Extra inputs are not permitted"),
        ({"title": ""}, "at least 1 character"),
        ({"subjects": [{"id": "Big Bridge", "label": "x"}]}, "match pattern"),
        ({"subjects": [{"id": "bridge", "label": "x"}]}, "give it names or short names"),
        (
            {
                "subjects": [
                    {"id": "b", "label": "x", "short": {"en": ["pier"]}, "company": ["sea"]}
                ]
            },
            "no subject, context or actor has the id 'sea'",
        ),
        (
            {
                "subjects": [
                    {"id": "b", "label": "x", "short": {"en": ["pier"]}, "company": ["b-sky"]}
                ]
            },
            "no subject, context or actor has the id 'sky'",
        ),
        (
            {"subjects": [{"id": "b", "label": "x", "names": {"en": ["a"]}}]},
            "too short to be a name",
        ),
        (
            {
                "card": [
                    {
                        "id": "c",
                        "label": "C",
                        "moves": [{"act": "open", "object": "gate", "to": "x"}],
                    }
                ]
            },
            "no subject, context or actor has the id 'gate'",
        ),
        ({"card": [{"id": "c", "label": "C", "moves": []}]}, "at least 1 item"),
    ],
)
def test_a_malformed_pack_is_refused_with_its_cause(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        parse_topic(SMALL | change)


def test_each_id_that_is_not_there_is_told_with_its_line_and_the_nearest_that_is(
    tmp_path: Path,
) -> None:
    file = tmp_path / "bridge.yaml"
    file.write_text(
        """\
title: The bridge
subjects:
  - id: bridge
    label: the bridge
    short: {en: [bridge]}
    company:
      - river
      - rivver
  - id: pier
    label: the pier
context:
  - {id: river, label: the river, names: {en: [the river]}}
card:
  - id: state
    label: State
    moves:
      - act: open
        object: bridg
        to: open
"""
    )
    with pytest.raises(ConfigError) as caught:
        load_topic(file)
    missing = "no subject, context or actor has the id"
    assert [problem.removeprefix(f"{tmp_path}/") for problem in caught.value.problems] == [
        f"bridge.yaml:8: subjects[0].company[1]: {missing} 'rivver' (did you mean 'river'?)",
        "bridge.yaml:9: subjects[1]: give it names or short names",
        f"bridge.yaml:18: card[0].moves[0].object: {missing} 'bridg' (did you mean 'bridge'?)",
    ]


def test_mistakes_of_every_kind_are_told_together_by_line(tmp_path: Path) -> None:
    file = tmp_path / "bridge.yaml"
    file.write_text(
        """\
title: The bridge
subjects:
  - id: bridge
    lable: the bridge
    short: {en: [bridge]}
    company: [rivver]
push: [opn, close, moor]
acts:
  moor: {en: [moored]}
card:
  - id: state
    label: State
    moves:
      - {act: collaps, object: bridge, to: down}
"""
    )
    with pytest.raises(ConfigError) as caught:
        load_topic(file)
    told = [problem.removeprefix(f"{tmp_path}/bridge.yaml:") for problem in caught.value.problems]
    assert [problem.split(" (")[0].split(";")[0] for problem in told] == [
        "3: subjects[0].label: is missing",
        "4: subjects[0].lable: unknown key",
        "6: subjects[0].company[0]: no subject, context or actor has the id 'rivver'",
        "7: push[0]: no act is called 'opn'",
        "14: card[0].moves[0].act: no act is called 'collaps'",
    ]


@pytest.mark.parametrize(
    "text", ["[]", "subjects: 5", "subjects: [1, {company: 3}]", "push: [1, [2]]", "card: {a: 1}"]
)
def test_a_pack_of_any_shape_is_refused_with_its_place(tmp_path: Path, text: str) -> None:
    file = tmp_path / "bridge.yaml"
    file.write_text(f"{text}\n")
    with pytest.raises(ConfigError, match=r"bridge\.yaml:1: "):
        load_topic(file)


def test_a_watch_begins_with_what_the_pack_knew_before_its_first_day() -> None:
    pack = load_topic(Path(__file__).parents[2] / "config" / "topics" / "liaison-office.yaml")
    assert card_on(pack.card, date(2018, 4, 1)) == {}
    assert card_on(pack.card, date(2019, 3, 22))["north_staff"] == "present"
    assert card_on(pack.card, date(2020, 6, 16))["building"] == "in use"
    today = card_on(pack.card, date(2026, 11, 23))
    assert (today["operation"], today["lines"]) == ("destroyed", "unanswered")
