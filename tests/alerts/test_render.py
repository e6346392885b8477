from __future__ import annotations

import logging
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.alerts import render as module
from monitor.alerts.compose import FirstRead, baseline_summary
from monitor.alerts.language import open_words
from monitor.alerts.render import SHIPPED, Email, Forms, Plain, Slack, render
from monitor.models import (
    Alert,
    Citation,
    DiffPart,
    Dispute,
    Earlier,
    Fact,
    Modality,
    Move,
    Stance,
)
from tests.alerts.examples import EDIT, HOSTILE, LEAD, NOW, ORDINARY

KOREAN = Forms(open_words("ko"), "https://page.example/")
KINDS: tuple[Literal["email", "slack", "plain", "console"], ...] = (
    "email",
    "slack",
    "plain",
    "console",
)


class Page(HTMLParser):
    """The tags and attributes of a page, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words += data


def words(alert: Alert, kind: Any) -> str:
    """Everything of a message that a person may read."""
    message: Any = render(alert, kind)
    if isinstance(message, Email):
        return f"{message.subject}\n{message.text}\n{Page(message.html or '').words}"
    if isinstance(message, Slack):
        return message.text + str(message.blocks)
    return f"{message.title}\n{message.body}" if isinstance(message, Plain) else message.text


def test_what_is_new_stands_in_the_first_line() -> None:
    mail = render(ORDINARY, "email")
    assert mail.subject == LEAD
    assert mail.text.splitlines()[0] == LEAD
    assert render(ORDINARY, "slack").text.splitlines()[0] == LEAD
    assert render(ORDINARY, "plain").title == LEAD
    assert LEAD in render(ORDINARY, "console").text.splitlines()[1]


def test_who_told_the_story_so_far_does_not_vouch_for_what_is_new() -> None:
    followed = replace(ORDINARY, origins=4, outlets=5, origin_names=("A", "B", "C", "D"))
    said = "4 independent origins (A, B, C, … and 1 more), 5 outlets"
    assert f"Han River Daily; the story so far: {said}" in words(followed, "email")
    first = words(replace(followed, earlier=None), "email")
    assert said in first
    assert "so far" not in first


@pytest.mark.parametrize("kind", KINDS)
def test_every_form_says_all_that_matters(kind: str) -> None:
    flat = re.sub(r"\s+", " ", words(ORDINARY, kind).replace("\\n", " "))
    for part in (
        "North's staff",
        "present",
        "withdrawn",
        "pulled out its staff",
        "1 independent origin, 40 outlets",
        "Han River Daily",
        "북한, 연락사무소 철수",
        "Korean, 22 March 2019, 07:05 UTC",
        "and 38 more",
        "Meeting skipped",
        "which no article had said",
    ):
        assert part in flat, (kind, part)


@pytest.mark.parametrize("kind", ["email", "slack", "console"])
def test_a_follow_up_says_that_it_is_one(kind: str) -> None:
    assert "follow-up" in words(ORDINARY, kind)
    assert "follow-up" not in words(replace(ORDINARY, root=ORDINARY.id), kind)
    assert "follow-up" not in words(replace(ORDINARY, root=None), kind)


def test_an_edit_is_a_word_diff_in_every_form() -> None:
    html = render(EDIT, "email").html or ""
    assert re.search(r"<del [^>]+>15</del> <ins [^>]+>12</ins> officials came back", html)
    assert "[-15-] [+12+] officials" in render(EDIT, "email").text
    assert "~15~ *12* officials" in str(render(EDIT, "slack").blocks)
    assert "[-15-] [+12+] officials" in render(EDIT, "plain").body
    assert ("[-15-]", "strike red") in render(EDIT, "console").runs


def test_a_message_of_the_service_keeps_its_lines_and_counts_no_origins() -> None:
    summary = baseline_summary([FirstRead("A", 1, 1), FirstRead("B", 2)], "The office", NOW)
    text = render(summary, "email").text
    assert "\nA: 1 entry, 1 about the topic\nB: 2 entries, 0 about the topic\n" in text
    assert "<br>" in (render(summary, "email").html or "")
    assert "origin" not in text
    assert "A: 1 entry, 1 about the topic\n" in str(
        render(summary, "slack").blocks[1]["text"]["text"]
    )


def test_a_digest_names_everything_it_stands_for() -> None:
    long = "word " * 20
    rows = tuple(
        Citation("Wire", f"row number {n}; {long}", f"https://e.example/{n}") for n in range(200)
    )
    alert = replace(ORDINARY, kind="digest", citations=rows, outlets=1)
    mail = render(alert, "email")
    assert all(f"row number {n};" in mail.text and f"{n};" in (mail.html or "") for n in range(200))
    assert "more" not in mail.text
    blocks = str(render(alert, "slack").blocks)
    assert all(f"row number {n};" in blocks for n in range(200))


def test_the_mail_loads_nothing_from_anywhere() -> None:
    for alert in (ORDINARY, EDIT, HOSTILE):
        page = Page(render(alert, "email").html or "")
        assert not page.tags & {"img", "script", "link", "iframe", "object", "form", "svg", "base"}
        assert not {name for name, _ in page.attributes} & {"src", "background", "srcset"}
        assert not [name for name, _ in page.attributes if name.startswith("on")]
        hrefs = [value for name, value in page.attributes if name == "href"]
        assert all(re.match(r"https?://[a-z.]+/", href) for href in hrefs)
        assert hrefs
        assert "url(" not in (render(alert, "email").html or "")


def test_C11_markup_of_a_headline_is_text_in_the_mail() -> None:
    page = Page(render(HOSTILE, "email").html or "")
    assert "<script>alert(1)</script>" in page.words
    assert "<img src=https://t.example/p.gif>" in page.words


@pytest.mark.parametrize("kind", KINDS)
def test_C8_template_syntax_is_printed_literally(kind: str) -> None:
    text = words(HOSTILE, kind)
    assert "{{7*7}}" in text.replace("∗", "*")
    assert "{0.__class__}" in text
    assert "{% include 'x' %}" in text.replace("\\'", "'")


@pytest.mark.parametrize("kind", KINDS)
def test_C12_no_control_character_reaches_a_message(kind: str) -> None:
    text = words(HOSTILE, kind).replace("\n", "")
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


def test_C9_nobody_is_paged_by_a_headline() -> None:
    message = render(HOSTILE, "slack")
    fields = [message.text]
    for block in message.blocks:
        fields += [e["text"] for e in block.get("elements", [block.get("text")])]
    for text in fields:
        links = re.sub(r"<https?://[^<>|]+\|[^<>|]+>", "", text)
        assert "<" not in links
        assert ">" not in links
        assert "@channel" not in text
    plain = render(HOSTILE, "plain")
    assert "@everyone" not in plain.title + plain.body
    assert "@channel" not in plain.title + plain.body


def test_C10_a_subject_is_one_line() -> None:
    assert "\n" not in render(HOSTILE, "email").subject
    assert "\r" not in render(HOSTILE, "email").subject


def test_A19_a_title_of_5000_characters_is_cut() -> None:
    assert len(render(HOSTILE, "email").subject) <= 200
    assert "x" * 300 not in words(HOSTILE, "email")


def test_only_http_links_are_live() -> None:
    for kind in KINDS:
        text = words(HOSTILE, kind)
        assert "javascript:" not in text
        assert "file:///" not in text


@pytest.mark.parametrize(("title", "body"), [(250, 32_768), (40, 160), (1, 1)])
def test_G9_a_plain_message_keeps_the_limits_of_its_service(title: int, body: int) -> None:
    message = render(HOSTILE, "plain", title_limit=title, body_limit=body)
    assert len(message.title) <= title
    assert len(message.body) <= body
    assert message.title.endswith("…")


@pytest.mark.parametrize("kind", KINDS)
def test_G14_a_form_that_fails_gives_way_to_a_plain_one(
    kind: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("template is broken")

    monkeypatch.setattr(module, "_form", broken)
    with caplog.at_level(logging.ERROR):
        text = words(HOSTILE, kind)
    assert "red" in text
    assert HOSTILE.id not in text  # made safe in the plain form as well
    assert "sent in plain form" in caplog.text
    for part in (ORDINARY.headline, "https://example.com/b", ORDINARY.id):
        assert part in words(ORDINARY, kind)
    assert "\x1b" not in text
    assert "<!channel>" not in text or kind != "slack"


def test_G14_an_alert_with_a_wrong_type_inside_is_sent_all_the_same() -> None:
    wrong: Any = {"moves": (None,), "outlets": "many"}
    odd = replace(ORDINARY, **wrong)
    assert render(odd, "email").html is None
    assert render(odd, "email").subject == ORDINARY.headline


def test_an_id_that_no_address_can_hold_costs_the_alert_nothing() -> None:
    forms = Forms(page="https://monitor.example.org")
    assert render(replace(ORDINARY, id="\ud800", story="\ud800"), "email", forms).html is not None


def test_an_empty_alert_has_a_form_too() -> None:
    for kind in KINDS:
        empty = Alert(id="", kind="", created=NOW, headline="")
        assert "(no headline)" in words(empty, kind)


ANY = st.text(st.characters(), max_size=80)
FACTS = st.builds(
    Fact,
    act=st.sampled_from([None, "withdraw"]) | ANY,
    actor=st.none() | ANY,
    object=st.none() | ANY,
    place=st.none() | ANY,
    date=st.sampled_from([None, "2019-03-22"]) | ANY,
    number=st.none() | st.floats(),
    unit=st.none() | ANY,
    positive=st.booleans(),
    modality=st.sampled_from(Modality),
    said_by=st.none() | ANY,
    text=ANY,
    told_by=ANY,
)
DISPUTES = st.builds(
    Dispute,
    ANY,
    ANY,
    st.lists(st.builds(Stance, ANY, st.lists(ANY, max_size=3).map(tuple)), max_size=3).map(tuple),
)
ALERTS = st.builds(
    Alert,
    id=ANY,
    kind=ANY,
    created=st.just(NOW),
    headline=ANY,
    topic=st.none() | ANY,
    topic_title=ANY,
    root=st.none() | ANY,
    major=st.booleans(),
    text=ANY,
    moves=st.lists(st.builds(Move, ANY, ANY, st.none() | ANY, ANY), max_size=3).map(tuple),
    new_facts=st.lists(ANY, max_size=14).map(tuple),
    diff=st.lists(
        st.builds(DiffPart, st.sampled_from(["same", "added", "removed"]), ANY), max_size=4
    ).map(tuple),
    citations=st.lists(
        st.builds(Citation, ANY, ANY, st.none() | ANY, st.none() | ANY), max_size=3
    ).map(tuple),
    outlets=st.integers(-1, 10**6),
    origins=st.integers(-1, 10**6),
    earlier=st.none() | st.builds(Earlier, st.just(NOW), st.integers(0, 9), ANY),
    facts=st.lists(FACTS, max_size=3).map(tuple),
    known_facts=st.lists(FACTS, max_size=5).map(tuple),
    gone_facts=st.lists(ANY, max_size=3).map(tuple),
    contested=st.lists(DISPUTES, max_size=2).map(tuple),
    origin_names=st.lists(ANY, max_size=5).map(tuple),
    confirmed_by=ANY,
    story=st.none() | ANY,
    why=ANY,
)


@settings(max_examples=60, deadline=None)
@given(ALERTS, st.sampled_from([SHIPPED, KOREAN]))
def test_any_alert_renders_in_its_full_form_in_every_kind(alert: Alert, forms: Forms) -> None:
    mail = render(alert, "email", forms)
    assert mail.html is not None
    assert render(alert, "slack", forms).blocks
    assert "\n" not in mail.subject
    assert render(alert, "plain", forms).title
    assert render(alert, "console", forms).text
