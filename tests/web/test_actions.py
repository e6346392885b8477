"""What readers can do: only by a form of our own page, whatever follows the links."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from monitor.models import Alert
from monitor.web.actions import token
from tests.web.conftest import NOW, Page, Start, configuration

QUESTIONS = ("silence", "acknowledge", "not-relevant")


def place(question: str, alert: str = "alert-1") -> str:
    return f"/alerts/{alert}/{question}"


def given(page: Page, question: str, headers: Any = None, **more: str) -> int:
    """Send the form that the page of the question shows; the status of the answer."""
    shown = page.get(place(question)).text
    found = re.search(r'name="token" value="([0-9a-f]{64})"', shown)
    assert found is not None
    form = {"token": found[1], **more}
    return page.client.post(place(question), data=form, headers=headers).status_code


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_link_that_is_followed_changes_nothing(start: Start, question: str) -> None:
    page = start()
    for _ in range(3):
        answer = page.get(place(question))
        assert answer.status_code == 200
        assert '<form method="post"' in answer.text
        assert page.client.head(place(question)).status_code == 405
    assert page.store.silences() == ()


def test_a_story_is_silenced_for_the_time_that_was_chosen(start: Start) -> None:
    page = start()
    assert given(page, "silence", **{"for": "8h", "who": "Kim", "reason": "seen it"}) == 200
    (silence,) = page.store.silences()
    assert (silence.story, silence.topic) == ("s1", "office")
    assert (silence.until - NOW, silence.reason) == (timedelta(hours=8), "asked by Kim: seen it")
    assert given(page, "silence", **{"for": "1h"}) == 200  # a shorter one changes nothing
    assert len(page.store.silences()) == 1


def test_what_is_not_relevant_is_silent_for_a_month(start: Start) -> None:
    page = start()
    assert given(page, "not-relevant") == 200
    (silence,) = page.store.silences()
    assert silence.until - NOW == timedelta(days=31)
    assert silence.reason == "not relevant, says the page"


def test_an_acknowledged_alert_is_said_to_be_and_is_not_silenced(start: Start) -> None:
    page = start()
    assert given(page, "acknowledge", who="Kim\r\n<b>") == 200
    assert page.store.silences() == ()


def test_a_time_that_is_none_is_refused(start: Start) -> None:
    page = start()
    assert given(page, "silence", **{"for": "9999d"}) == 422
    assert page.store.silences() == ()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "null"},
    ],
)
def test_I3_a_form_of_another_site_does_nothing(start: Start, headers: dict[str, str]) -> None:
    page = start()
    assert given(page, "not-relevant", headers) == 403
    assert page.store.silences() == ()


def test_I3_a_form_without_the_pages_own_token_does_nothing(start: Start) -> None:
    page = start()
    for form in ({}, {"token": "x"}, {"token": "é"}, {"token": token("alert-1", "silence")}):
        assert page.client.post(place("not-relevant"), data=form).status_code == 403
    assert page.store.silences() == ()


def test_a_form_from_the_address_that_readers_use_is_ours(start: Start) -> None:
    config = configuration()
    server = config.settings.server.model_copy(update={"public_url": "https://watch.example.org/"})
    settings = config.settings.model_copy(update={"server": server})
    page = start(replace(config, settings=settings))
    assert given(page, "acknowledge", {"Origin": "https://watch.example.org"}) == 200
    assert given(page, "acknowledge", {"Origin": "https://watch.example"}) == 403


def test_an_oversized_form_is_refused(start: Start) -> None:
    page = start()
    assert page.client.post(place("silence"), data={"reason": "x" * 9_000}).status_code == 413


def test_what_there_is_not_is_not_found(start: Start) -> None:
    page = start()
    with page.store.writing() as unit:
        unit.save_alert(Alert("bare", "notice", NOW, "Of no story"), [("console", "terminal")])
    assert page.get(place("silence", "nothing")).status_code == 404
    assert page.get(place("burn")).status_code == 404
    assert page.get(place("silence", "bare")).status_code == 404
    assert page.get(place("acknowledge", "bare")).status_code == 200


def test_I2_a_hostile_headline_is_text_on_the_page(start: Start) -> None:
    page = start(text="<script>alert(1)</script>")
    shown = page.get(place("silence")).text
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_I3_the_password_is_asked_for_first(start: Start) -> None:
    page = start(configuration(password="long enough"))
    assert page.get(place("silence")).status_code == 401
    assert page.client.post(place("silence"), data={}).status_code == 401
