"""What is read of hubs: where they are announced, how long they call, how they sign."""

from __future__ import annotations

import hashlib
import hmac
import time
from datetime import timedelta

import pytest

from monitor.errors import HttpStatus
from monitor.models import Fetched, ParsedFeed
from monitor.sources.net import Client
from monitor.sources.websub import LEASE, LEASE_MAX, LEASE_MIN, announced, ask, granted, is_signed
from tests.sources.webserver import Web, response

HERE, HUB = "https://feed.example/rss", "https://hub.example/"


def hub_of(link: str | None = None, hub: str | None = None, me: str | None = None) -> object:
    feed = ParsedFeed("rss2.0", None, (), hub=hub, self_url=me)
    return announced(Fetched(HERE, b"", "", link=link), feed)


@pytest.mark.parametrize(
    ("link", "hub", "me", "found"),
    [
        (None, None, None, None),
        (None, HUB, None, (HUB, HERE)),
        (None, HUB, "https://feed.example/", (HUB, "https://feed.example/")),
        (f'<{HUB}>; rel="hub"', "https://other.example/", None, (HUB, HERE)),
        (f"<{HUB}>; title=x; rel=hub, <https://me.example/>; rel=\"x self\"", None, None,
         (HUB, "https://me.example/")),
        (f'<{HUB}>;REL="next hub", <https://second.example/>; rel="hub"', None, None, (HUB, HERE)),
        ("<ftp://hub.example/>; rel=hub", None, None, None),
        ("</relative>; rel=hub", None, None, None),
        (f"<{HUB}>", None, None, None),
        ("nonsense; rel=hub", None, None, None),
        (f"<{HUB}{'x' * 5000}>; rel=hub", None, None, None),
    ],
)  # fmt: skip
def test_a_hub_is_announced_by_the_header_or_the_document(
    link: str | None, hub: str | None, me: str | None, found: object
) -> None:
    assert hub_of(link, hub, me) == found


def test_a_hostile_link_header_is_read_quickly() -> None:
    began = time.perf_counter()
    for junk in ("<" * 100_000, "<a>" * 30_000, '<a>; rel="' * 10_000, "<a>;rel=" + ";" * 100_000):
        hub_of(junk)
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    ("said", "lease"),
    [
        (None, LEASE),
        ("soon", LEASE),
        ("-1", LEASE),
        ("86400", timedelta(days=1)),
        ("1", LEASE_MIN),
        ("999999999999", LEASE_MAX),
    ],
)
def test_a_lease_is_what_the_hub_grants_within_bounds(said: str | None, lease: timedelta) -> None:
    assert granted(said) == lease


def test_a_signature_is_made_with_our_secret_and_a_digest_of_the_specification() -> None:
    good = hmac.new(b"secret", b"body", hashlib.sha256).hexdigest()
    assert is_signed(b"body", f"sha256={good}", "secret")
    assert is_signed(b"body", f" SHA256={good.upper()} ", "secret")
    for wrong in (None, "", good, f"sha1={good}", f"sha256={good[:-1]}", "sha256=é", "md5=x"):
        assert not is_signed(b"body", wrong, "secret")
    assert not is_signed(b"other", f"sha256={good}", "secret")


async def test_of_a_hubs_refusal_a_line_is_kept(web: Web, client: Client) -> None:
    web.answers["/"] = response(b"no " * 1000, status="403 Forbidden", Content_Type="text/plain")
    with pytest.raises(HttpStatus) as error:
        await ask(
            client, web.url(), subscribe=True, topic=HERE, callback=HERE, secret="s", private=True
        )
    assert str(error.value).startswith("the hub answered 403: no no no")
    assert len(str(error.value)) < 240
