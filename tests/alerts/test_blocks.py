from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from slack_sdk.models.blocks import Block

from monitor.alerts.render import SHIPPED, Forms, render
from monitor.models import Alert, Citation, Dispute, Earlier, Fact, Stance
from tests.alerts.examples import EDIT, HOSTILE, LEAD, NOW, ORDINARY
from tests.alerts.test_render import ALERTS
from tests.browser.letters import FORMS, letters


def texts(block: Any) -> list[str]:
    if block["type"] == "context":
        return [element["text"] for element in block["elements"]]
    return [block["text"]["text"]]


def assert_within_limits(alert: Alert, forms: Forms = SHIPPED) -> None:
    message = render(alert, "slack", forms)
    assert 0 < len(message.text) <= 3_000
    assert 0 < len(message.blocks) <= 50
    for block in message.blocks:
        parsed = Block.parse(dict(block))
        assert parsed is not None
        parsed.validate_json()  # the SDK's own limits: section 3,000, header 150
        limit = 150 if block["type"] == "header" else 3_000
        assert all(0 < len(text) <= limit for text in texts(block))
    assert sum(len(text) for block in message.blocks for text in texts(block)) <= 12_000


LONG = replace(
    ORDINARY,
    headline="&" * 400,
    text="<" * 40_000,
    new_facts=("&" * 400,) * 30,
    citations=tuple(
        Citation("&" * 90, "&" * 900, f"https://e.example/?{n}" + "&" * 1_900) for n in range(30)
    ),
    earlier=Earlier(NOW, 3, ">" * 900),
    contested=(Dispute("r", "&" * 90, (Stance("<" * 300, ("&" * 90,) * 9),) * 9),) * 9,
    known_facts=tuple(Fact(text=f"{n}" + "<" * 900, told_by="&" * 90) for n in range(9)),
    gone_facts=("&" * 400,) * 30,
    origin_names=("&" * 90,) * 9,
    why="&" * 9_000,
)


@pytest.mark.parametrize("alert", [ORDINARY, EDIT, HOSTILE, LONG, replace(LONG, kind="notice")])
def test_G9_a_message_stays_within_what_slack_takes(alert: Alert) -> None:
    assert_within_limits(alert)


@settings(max_examples=60, deadline=None)
@given(ALERTS)
def test_G9_any_alert_stays_within_what_slack_takes(alert: Alert) -> None:
    assert_within_limits(alert)


def test_a_headline_too_long_for_the_header_is_told_whole_below_it() -> None:
    headline = "word " * 50 + "end"
    header, below, *_ = render(replace(ORDINARY, headline=headline), "slack").blocks
    assert header["text"]["text"].endswith("…")
    assert below["text"]["text"] == f"North's staff now withdrawn: {headline}"


def test_what_is_left_out_is_said_and_the_id_stays() -> None:
    last = render(replace(LONG, kind="notice", text="<<<<<<<<<\n" * 900), "slack").blocks[-1]
    assert "cut to what Slack takes" in texts(last)[0]
    assert f"Alert {LONG.id}" in texts(last)[0]


def test_links_carry_the_outlet_and_the_headline_stays_as_published() -> None:
    section = texts(render(ORDINARY, "slack").blocks[-3])[0]
    assert section.splitlines()[:2] == [
        "*1 independent origin, 40 outlets*",
        "• <https://example.org/a?x=1&amp;y=2|Han River Daily>: 북한, 연락사무소 철수 "
        "_(Korean, 22 March 2019, 07:05 UTC)_",
    ]


def test_a_link_that_is_too_long_is_left_out_and_its_outlet_is_not() -> None:
    source = Citation("Wire", "Title", "https://e.example/?" + "&" * 1_500)
    section = texts(render(replace(ORDINARY, citations=(source,)), "slack").blocks[-3])[0]
    assert "• Wire: Title" in section


def test_moves_show_what_was_struck_and_what_is_bold() -> None:
    assert texts(render(ORDINARY, "slack").blocks[1]) == [
        "*North's staff:* ~present~ → *withdrawn*"
    ]


def test_slack_is_told_not_to_read_names_and_links_into_our_text() -> None:
    for block in render(HOSTILE, "slack").blocks:
        if block["type"] == "section":
            assert block["text"]["verbatim"] is True


def test_servers_without_blocks_get_the_links_in_the_text() -> None:
    text = render(ORDINARY, "slack").text
    assert text.startswith(LEAD)
    assert "<https://example.com/b|Harbour Wire>" in text
    assert render(Alert("i", "notice", NOW, "Only this"), "slack").text == "Only this"


@pytest.mark.parametrize("code", tuple(FORMS))
@pytest.mark.parametrize("name", tuple(letters(FORMS["en"].words)))
def test_every_kind_of_message_keeps_the_limits_of_block_kit(name: str, code: str) -> None:
    assert_within_limits(letters(FORMS[code].words)[name], FORMS[code])
