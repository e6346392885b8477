from __future__ import annotations

import pytest

from monitor.config.auth import Auth, SecretProblem
from monitor.config.hidden import secrets_in, without, without_secrets
from monitor.config.settings import Source

HEX = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://kim:canary@h.example/feed", "https://***@h.example/feed"),
        ("https://h.example/?key=canary&page=2", "https://h.example/?key=***&page=2"),
        ("https://h.example/?a=1&Api_Key=canary", "https://h.example/?a=1&Api_Key=***"),
        ("https://h.example/?api%5Fkey=canary", "https://h.example/?api%5Fkey=***"),
        ("https://h.example/?X-Amz-Signature=canary", "https://h.example/?X-Amz-Signature=***"),
        ("https://h.example/?a=1;token=canary", "https://h.example/?a=***"),
        ("https://h.example/#access_token=canary", "https://h.example/#access_token=***"),
        (f"https://h.example/?feed={HEX}&user=kim", "https://h.example/?feed=***&user=kim"),
        (
            "https://bridge.example/?url=https%3A%2F%2Fh.example%2Ff%3Fkey%3Dcanary&n=5",
            "https://bridge.example/?url=***&n=5",
        ),
        (
            "https://bridge.example/?url=https%3A%2F%2Fkim%3Acanary%40h.example",
            "https://bridge.example/?url=***",
        ),
        ("moved to https://h.example/?sig=canary since noon", None),
    ],
)
def test_an_address_is_shown_without_what_opens_it(url: str, shown: str | None) -> None:
    assert without_secrets(url) == (shown or url.replace("canary", "***"))


@pytest.mark.parametrize(
    "url",
    [
        "https://h.example/feed.xml",
        "https://h.example/?author=kim&keyword=key&q=token&channel=UC_x5XG1OV2P6uZZ5FSM9Ttw",
        "https://h.example/?url=https%3A%2F%2Fother.example%2Ffeed%3Fpage%3D2",
        "https://h.example/?key=${KEY}",
        "https://h.example/?key=",
        "mail kim@h.example about a=b",
    ],
)
def test_an_address_that_opens_nothing_is_shown_as_it_is(url: str) -> None:
    assert without_secrets(url) == url


def test_the_secrets_of_an_address_are_known_as_written_and_as_meant() -> None:
    assert set(secrets_in("https://h.example/?key=a%2Bb%3Dc&pin=12&q=seoul")) == {
        "a%2Bb%3Dc",
        "a+b=c",
    }


def test_what_a_server_repeats_is_hidden_also_where_it_was_cut() -> None:
    assert without("no such key: canary-1", ["canary-1"]) == "no such key: ***"
    assert without("it begins: bad key canary", ["canary-1"]) == "it begins: bad key ***"
    assert without("it begins: bad key can", ["canary-1"]) == "it begins: bad key can"


def source(url: str, **more: object) -> Source:
    return Source.model_validate({"id": "a", "url": url, "outlet": "A", **more})


def test_an_address_is_filled_in_for_the_request_and_shown_as_it_is_written() -> None:
    written = source("https://h.example/${PATH_KEY}/feed?key=${KEY}&sig=literal-sig")
    filled = written.with_address({"PATH_KEY": "canary-1", "KEY": "canary-2"})
    assert filled.url == "https://h.example/canary-1/feed?key=canary-2&sig=literal-sig"
    assert filled.address == "https://h.example/${PATH_KEY}/feed?key=${KEY}&sig=***"
    assert filled.secrets == {"canary-1", "canary-2", "literal-sig"}
    elsewhere = filled.model_copy(update={"url": "https://h.example/canary-1/part?token=canary-3"})
    assert elsewhere.address == "https://h.example/***/part?token=***"
    assert source("https://h.example/feed").with_address({}).address == "https://h.example/feed"


def test_what_is_sent_beside_the_address_is_hidden_too() -> None:
    auth = Auth.model_validate({"token": "canary-token", "headers": {"X-Key": "canary-header"}})
    told = source("https://h.example/", auth=auth).hide("403 canary-token, canary-header")
    assert told == "403 ***, ***"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://h.example/?key=${NOWHERE}", "the environment variable NOWHERE is not set"),
        ("https://${HOST}/feed", "holds a user name"),
        ("https://h.example/${SPACED}", "no web address"),
    ],
)
def test_an_address_that_cannot_be_filled_in_says_why_and_no_value(url: str, why: str) -> None:
    with pytest.raises(SecretProblem, match=why) as caught:
        source(url).with_address({"HOST": "kim:canary@h.example", "SPACED": "can ary"})
    assert caught.value.key == "url"
    assert "can" not in str(caught.value).replace("cannot", "")
