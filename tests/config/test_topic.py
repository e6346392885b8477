from typing import Any

import pytest
from pydantic import ValidationError

from monitor.config.topic import parse_topic

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
            "company 'sea' is not defined",
        ),
        (
            {
                "subjects": [
                    {"id": "b", "label": "x", "short": {"en": ["pier"]}, "company": ["b-sky"]}
                ]
            },
            "company 'sky' is not defined",
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
            "card c: 'gate' is not defined",
        ),
        ({"card": [{"id": "c", "label": "C", "moves": []}]}, "at least 1 item"),
    ],
)
def test_a_malformed_pack_is_refused_with_its_cause(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        parse_topic(SMALL | change)
