from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from monitor.service import log


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    root = logging.getLogger()
    handlers = list(root.handlers)
    yield
    root.handlers[:] = handlers
    structlog.reset_defaults()


@pytest.mark.parametrize("style", ["text", "json"])
def test_C12_one_event_is_one_line_whatever_a_feed_says(
    style: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log.set_up(style)
    structlog.get_logger().info("read source", title="a\r\nlevel=error\x1b[31m\u2028\u202eb")
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert said.endswith("\n")
    for bad in ("\r", "\x1b", "\u2028", "\u202e"):
        assert bad not in said


def test_json_lines_are_json(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("json")
    structlog.get_logger().warning("cannot read source", source="a", cause="한국어")
    row = json.loads(capsys.readouterr().err)
    assert (row["event"], row["level"], row["cause"]) == ("cannot read source", "warning", "한국어")


def test_no_secret_is_written_whoever_repeats_it(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("json", ["canary-1"])
    try:
        raise ValueError("bad canary-1 in https://h.example/?key=canary-2")
    except ValueError:
        structlog.get_logger().exception("a fault", url="https://kim:canary-3@h.example/")
    said = capsys.readouterr().err
    assert "canary" not in said
    assert "bad *** in https://h.example/?key=***" in said


def test_an_endless_text_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("json")
    structlog.get_logger().info("x", title="a" * 100_000)
    assert len(capsys.readouterr().err) < 2000
