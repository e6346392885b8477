from __future__ import annotations

from pathlib import Path

import pytest

from monitor.alerts.channels.address import resolve, scheme_of, unknown_scheme
from monitor.config.settings import Channel
from monitor.errors import ChannelError
from tests.alerts.examples import CANARY


def test_variables_come_from_the_environment_without_their_line_end() -> None:
    config = Channel(url="slack://${TOKENS}/#${ROOM}")  # type: ignore[arg-type]
    environ = {"TOKENS": "T/B/x\r\n", "ROOM": "desk"}
    assert resolve("desk", config, environ) == "slack://T/B/x/#desk"


@pytest.mark.parametrize(
    ("written", "value", "expected"),
    [
        (
            "mailtos://${A}:pw@smtp.example?to=x",
            "desk@example.org",
            "mailtos://desk%40example.org:pw@smtp.example?to=x",
        ),
        (
            "mailtos://desk:${A}@smtp.example",
            "p@ss/w#r:d",
            "mailtos://desk:p%40ss%2Fw%23r%3Ad@smtp.example",
        ),
        ("mailtos://${A}@smtp.example", "desk:p%40ss", "mailtos://desk:p%40ss@smtp.example"),
        ("slack://bot@${A}/#desk", "T/B/x", "slack://bot@T/B/x/#desk"),
        ("ntfy://ntfy.example/${A}?tags=@all", "a/b", "ntfy://ntfy.example/a/b?tags=@all"),
    ],
    ids=["user with @", "password", "encoded already, both in one", "behind the @", "no login"],
)
def test_a_user_or_password_that_is_filled_in_may_hold_what_would_end_it(
    written: str, value: str, expected: str
) -> None:
    config = Channel(url=written)  # type: ignore[arg-type]
    assert resolve("desk", config, {"A": value}) == expected


def test_a_control_character_in_a_password_is_not_encoded_away() -> None:
    config = Channel(url="mailtos://desk:${A}@smtp.example")  # type: ignore[arg-type]
    with pytest.raises(ChannelError, match="control character"):
        resolve("desk", config, {"A": "a\nb"})


@pytest.mark.parametrize("environ", [{}, {"TOKENS": ""}, {"TOKENS": "\n"}])
def test_H3_a_missing_variable_is_named_with_its_channel(environ: dict[str, str]) -> None:
    config = Channel(url="slack://${TOKENS}")  # type: ignore[arg-type]
    with pytest.raises(ChannelError) as caught:
        resolve("desk", config, environ)
    assert str(caught.value) == (
        "channel desk: the environment variable TOKENS is not set; set it or change url"
    )


def test_H3_a_url_file_is_read_without_the_line_end_that_editors_leave(tmp_path: Path) -> None:
    file = tmp_path / "url"
    file.write_text("  console://\r\n\n", encoding="utf-8")
    assert resolve("desk", Channel(url_file=str(file)), {}) == "console://"


def test_a_url_file_may_name_variables_as_well(tmp_path: Path) -> None:
    file = tmp_path / "url"
    file.write_text("mailto://${HOST}\n", encoding="utf-8")
    assert resolve("desk", Channel(url_file=str(file)), {"HOST": "h"}) == "mailto://h"


def test_H3_a_missing_url_file_is_named_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "none"
    with pytest.raises(
        ChannelError, match=f"channel desk: url_file {path} cannot be read: No such"
    ):
        resolve("desk", Channel(url_file=str(path)), {})


def test_a_url_file_of_bytes_is_refused_without_showing_them(tmp_path: Path) -> None:
    path = tmp_path / "bytes"
    path.write_bytes(b"\xff\xfe" + CANARY.encode())
    with pytest.raises(ChannelError, match="not UTF-8 text") as caught:
        resolve("desk", Channel(url_file=str(path)), {})
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_url_file_says_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "empty"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ChannelError, match="channel desk: the URL is empty"):
        resolve("desk", Channel(url_file=str(path)), {})


def test_two_lines_in_a_url_file_are_refused_without_showing_them(tmp_path: Path) -> None:
    path = tmp_path / "two"
    path.write_text(f"slack://{CANARY}\nslack://b", encoding="utf-8")
    with pytest.raises(ChannelError, match="line end") as caught:
        resolve("desk", Channel(url_file=str(path)), {})
    assert CANARY not in str(caught.value)


def test_one_of_url_and_url_file_is_needed() -> None:
    both = Channel.model_construct(url="x", url_file="y")
    neither = Channel.model_construct()
    with pytest.raises(ChannelError, match="both url and url_file"):
        resolve("desk", both, {})
    with pytest.raises(ChannelError, match="neither url nor url_file"):
        resolve("desk", neither, {})


@pytest.mark.parametrize("url", [CANARY, f"/{CANARY}", f"1http://{CANARY}", f"{CANARY}:x@y"])
def test_a_url_without_a_service_is_never_shown(url: str) -> None:
    with pytest.raises(ChannelError, match="does not begin with a service") as caught:
        scheme_of("desk", url)
    assert CANARY not in str(caught.value)


def test_a_scheme_is_read_whatever_its_case() -> None:
    assert scheme_of("desk", "MailTos://x") == "mailtos"


@pytest.mark.parametrize(
    ("scheme", "near"), [("slak", "slack://"), ("mailtoss", "mailtos://"), ("consol", "console://")]
)
def test_H1_the_nearest_service_is_suggested(scheme: str, near: str) -> None:
    error = unknown_scheme("desk", scheme, ["slack", "mailto", "mailtos"])
    assert str(error) == (f"channel desk: no service is called {scheme}://; did you mean {near}")


def test_a_service_like_none_gets_no_wild_guess() -> None:
    assert "did you mean" not in str(unknown_scheme("desk", "zzzzzz", ["slack"]))
