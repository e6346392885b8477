from __future__ import annotations

import io
import sys
import time

import pytest

from monitor.alerts.channels.console import ConsoleChannel
from monitor.alerts.render import render
from monitor.models import Sent, TryLater
from tests.alerts.examples import HOSTILE, ORDINARY, delivery

CHANNEL = ConsoleChannel("console", notices=True)


def soon() -> float:
    return time.monotonic() + 5


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_an_alert_is_printed_as_plain_lines_where_no_terminal_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert CHANNEL.send(delivery("console"), ORDINARY, soon()) == Sent()
    assert capsys.readouterr().out == render(ORDINARY, "console").text


def test_a_terminal_gets_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    assert CHANNEL.send(delivery("console"), ORDINARY, soon()) == Sent()
    assert "\x1b[" in screen.getvalue()
    assert "withdrawn" in screen.getvalue()


def test_C12_a_hostile_headline_prints_no_escape_and_no_markup(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert CHANNEL.send(delivery("console"), HOSTILE, soon()) == Sent()
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "{{7*7}}" in out


def test_letters_that_the_output_cannot_show_do_not_hold_an_alert_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert CHANNEL.send(delivery("console"), ORDINARY, soon()) == Sent()
    assert b"North Korea withdraws" in raw.getvalue()
    assert b"?" in raw.getvalue()


def test_a_closed_output_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stdout", closed)
    result = CHANNEL.send(delivery("console"), ORDINARY, soon())
    assert isinstance(result, TryLater)
    assert "standard output" in result.why
