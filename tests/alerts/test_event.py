from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings

from monitor.alerts.event import event, event_schema
from monitor.alerts.language import ENGLISH
from monitor.models import Alert, Dispute, Stance
from tests.alerts.examples import EDIT, HOSTILE, LEAD, NOW, ORDINARY
from tests.alerts.test_render import ALERTS

ROOT = Path(__file__).parents[2]


def written(alert: Alert, page: str | None = None) -> dict[str, Any]:
    found = json.loads(event(alert, ENGLISH, page).model_dump_json())
    jsonschema.Draft202012Validator(event_schema()).validate(found)
    return dict(found)


def test_the_shipped_schema_is_current() -> None:
    shipped = json.loads((ROOT / "config" / "schema" / "webhook.json").read_text(encoding="utf-8"))
    assert shipped == event_schema()


def test_every_key_is_explained_in_the_documentation() -> None:
    text = (ROOT / "docs" / "webhook.md").read_text(encoding="utf-8")
    assert [key for key in event_schema()["properties"] if f"`{key}`" not in text] == []


def test_a_program_gets_what_a_person_gets() -> None:
    found = written(
        replace(ORDINARY, contested=(Dispute("r", "withdraw: number", (Stance("15", ("A",)),)),)),
        "https://page.example/",
    )
    assert (found["version"], found["id"], found["kind"]) == (1, ORDINARY.id, "new fact")
    assert found["lead"] == f"{LEAD}; sources differ: “15” (A)"
    assert found["headline"] == ORDINARY.headline
    assert found["moves"] == [
        {
            "attribute": "staff",
            "label": "North's staff",
            "was": "present",
            "now": "withdrawn",
            "back": False,
        }
    ]
    assert found["articles"][0]["url"] == "https://example.org/a?x=1&y=2"
    assert found["articles"][0]["published"] == "2019-03-22T07:05:00Z"
    assert found["contested"] == [
        {"about": "withdraw: number", "sides": [{"value": "15", "origins": ["A"]}]}
    ]
    assert found["page"] == "https://page.example/stories/s1"
    assert written(EDIT)["diff"][1] == {"op": "removed", "text": "15"}


def test_the_services_own_message_is_an_event_too() -> None:
    found = written(Alert("n1", "notice", NOW, "Only this", text="a\nb"), "https://page.example")
    assert (found["kind"], found["text"], found["page"]) == ("notice", "a\nb", None)


def test_C12_no_control_character_and_no_odd_link_reaches_a_program() -> None:
    found = json.dumps(written(HOSTILE), ensure_ascii=False)
    assert not set(found) & {chr(n) for n in (*range(9), *range(11, 32), 0x202E, 0x9B)}
    assert "javascript:" not in found
    assert "\\u001b" not in found


@settings(max_examples=60, deadline=None)
@given(ALERTS)
def test_any_alert_follows_the_schema(alert: Alert) -> None:
    written(alert)


def test_a_wrong_type_inside_is_an_error_for_the_channel() -> None:
    wrong: Any = {"outlets": "many"}
    with pytest.raises(ValueError, match="outlets"):
        event(replace(ORDINARY, **wrong), ENGLISH, None)
