"""The guard around every connection. C rows and B9 of the fault catalogue.

No connection to a private address ever leaves this machine: names resolve to what a fake resolver
says, and where one is made it goes to loopback.
"""

from __future__ import annotations

import ast
import asyncio
import ssl
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

import monitor
from monitor.config.settings import Polling
from monitor.errors import BadAddress, FetchError, TooSlow
from monitor.sources.addresses import is_public
from monitor.sources.net import open_client
from tests.sources.conftest import Poller
from tests.sources.webserver import Request, Web, response, serving

FEED = b"<rss/>"


class Names:
    """A resolver that answers from a list, one answer a question, the last one for ever."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked += 1
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


async def refused(web: Web, url: str, *answers: Sequence[str]) -> str:
    """The error of a guarded poll; asserts that no connection was made."""
    async with open_client(Polling(), "1.0", resolver=Names(*answers)) as client:
        with pytest.raises(BadAddress) as error:
            await Poller(client, web)(url, private=False)
    assert web.connections == 0
    return str(error.value)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "::1"]
)
async def test_C1_private_addresses_are_refused(web: Web, address: str) -> None:
    message = await refused(web, f"http://news.test:{web.port}/", [address])
    assert message == (
        f"desk: news.test leads to {address}, which is not a public address; "
        "set allow_private on this source if that is meant"
    )


async def test_C1_all_addresses_of_a_name_must_be_public(web: Web) -> None:
    await refused(web, f"http://news.test:{web.port}/", ["93.184.216.34", "127.0.0.1"])


@pytest.mark.parametrize(
    "target",
    ["127.0.0.2", "inside.test", "[::1]", "169.254.169.254", "10.0.0.1", "0x7f.2", "2130706434"],
)
async def test_C1_a_redirect_into_the_private_network_is_refused(
    web: Web, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    # The first hop counts as public for this test; where it leads to, a server listens too.
    monkeypatch.setattr("monitor.sources.net.guard.is_public", lambda ip: ip == "127.0.0.1")
    inside: list[asyncio.StreamWriter] = []

    async def listen(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inside.append(writer)
        writer.close()

    async def names(host: str, port: int) -> list[str]:
        return ["127.0.0.2" if host == "inside.test" else "127.0.0.1"]

    web.answers["/"] = response(status="302 Found", Location=f"http://{target}:{web.port}/x")
    async with (
        await asyncio.start_server(listen, "127.0.0.2", web.port),
        open_client(Polling(), "1.0", resolver=names) as client,
    ):
        with pytest.raises(BadAddress):
            await Poller(client, web)(f"http://news.test:{web.port}/", private=False)
    assert len(web.seen) == 1
    assert inside == []


@pytest.mark.parametrize(
    "host", ["127.1", "2130706433", "0x7f.1", "0", "017700000001", "[::ffff:127.0.0.1]",
             "localhost", "127。0。0。1", "[::]", "[::127.0.0.1]"],
)  # fmt: skip
async def test_C2_odd_spellings_of_loopback_are_refused(web: Web, host: str) -> None:
    async with open_client(Polling(), "1.0") as client:  # the machine's own resolver
        with pytest.raises(FetchError):
            await Poller(client, web)(f"http://{host}:{web.port}/", private=False)
    assert web.connections == 0


SPECIAL = [
        "100.64.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "::ffff:10.0.0.1",
        "224.0.0.1", "ff02::1", "240.0.0.1", "255.255.255.255", "0.0.0.0", "::", "::7f00:1",
        "5f00::1", "192.0.0.8", "192.0.0.1", "198.18.0.1", "fe80::1%eth0", "fc00::1", "fec0::1",
        "2001::1", "2001:db8::1", "3fff::1", "100::1", "::ffff:0:127.0.0.1", "192.88.99.1",
        "203.0.113.9",
    ]  # fmt: skip


@pytest.mark.parametrize("address", [*SPECIAL, "not an address"])
def test_C3_special_ranges_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", SPECIAL)
async def test_C3_special_ranges_are_refused_as_names_and_as_written(
    web: Web, address: str
) -> None:
    await refused(web, f"http://news.test:{web.port}/", [address])
    if "%" not in address:
        written = f"[{address}]" if ":" in address else address
        await refused(web, f"http://{written}:{web.port}/", [address])


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "2a00:1450::1"]
)
def test_C3_ordinary_addresses_are_public(address: str) -> None:
    assert is_public(address)


async def test_C4_the_checked_address_is_the_connected_one(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The first answer counts as public for this test and is where the server listens; a second
    # question would lead to a port-less address, so the poll succeeds only if none is asked.
    monkeypatch.setattr("monitor.sources.net.guard.is_public", lambda ip: ip == "127.0.0.1")
    web.answers["/"] = response(FEED)
    names = Names(["127.0.0.1"], ["127.0.0.99"])
    async with open_client(Polling(), "1.0", resolver=names) as client:
        assert (
            await Poller(client, web).body(f"http://news.test:{web.port}/", private=False) == FEED
        )
    assert names.asked == 1


async def test_C4_the_socket_refuses_what_the_checks_before_it_let_through(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.sources.net.guard.check_addresses", lambda *_: None)
    async with open_client(Polling(), "1.0", resolver=Names(["127.0.0.1"])) as client:
        with pytest.raises(FetchError, match=r"news.test cannot be reached: Permission denied"):
            await Poller(client, web)(f"http://news.test:{web.port}/", private=False)
    assert web.connections == 0


async def test_C4_a_name_that_is_bound_anew_is_checked_anew(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.sources.net.guard.is_public", lambda ip: ip == "127.0.0.1")
    web.answers["/"] = response(FEED, Connection="close")
    names = Names(["127.0.0.1"], ["127.0.0.2"])
    async with open_client(Polling(), "1.0", resolver=names) as client:
        poll = Poller(client, web)
        url = f"http://news.test:{web.port}/"
        assert await poll.body(url, private=False) == FEED
        with pytest.raises(BadAddress, match=r"leads to 127.0.0.2"):
            await poll(url, private=False)
    assert len(web.seen) == 1


async def test_the_next_address_is_tried_when_one_does_not_answer(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.answers["/"] = response(FEED)
    names = Names(["127.0.0.77", "127.0.0.1"])
    async with open_client(Polling(), "1.0", resolver=names) as client:
        assert await Poller(client, web).body(f"http://news.test:{web.port}/") == FEED


async def test_an_open_source_may_live_in_the_private_network(web: Web, poll: Poller) -> None:
    web.answers["/"] = response(FEED)
    assert await poll.body(private=True) == FEED
    with pytest.raises(BadAddress):
        await poll(private=False)


@pytest.mark.parametrize(
    "url",
    [
        "http://a\\@127.0.0.1:PORT/",
        "http://user:secret@news.test:PORT/",
        "http://news.test@127.0.0.1:PORT/",
        "http://[::1/",
        "http://news.test:99999/",
        "http://xn--\u0000.test/",
    ],
)
async def test_C5_one_parser_gives_one_verdict(web: Web, url: str) -> None:
    where = url.replace("\0", "%00").replace("PORT", str(web.port))
    web.answers["/"] = response(status="302 Found", Location=where)
    names = Names(["127.0.0.1"])
    async with open_client(Polling(), "1.0", resolver=names) as client:
        with pytest.raises(BadAddress) as error:
            await Poller(client, web)()
    assert "secret" not in str(error.value)
    assert len(web.seen) == 1


async def test_C5_international_names_are_one_name(web: Web) -> None:
    web.answers["/"] = response(FEED)
    asked = []

    async def names(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    async with open_client(Polling(), "1.0", resolver=names) as client:
        await Poller(client, web)(f"http://뉴스.test:{web.port}/")
    assert asked == ["xn--oi2bp59c.test"] or asked[0].startswith("xn--")


def test_C6_only_the_net_package_makes_clients() -> None:
    makers = (
        "httpx",
        "httpcore",
        "urllib.request",
        "http.client",
        "requests",
        "aiohttp",
        "urllib3",
    )
    root = Path(monitor.__file__).parent
    for path in (root / "sources").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert path.parent.name == "net" or not set(names) & set(makers), path


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "/etc/passwd", "ftp://news.test/", "http:///x"]
)
async def test_C7_what_is_not_http_is_refused(web: Web, url: str) -> None:
    async with open_client(Polling(), "1.0") as client:
        with pytest.raises(BadAddress):
            async with client.get(url, {}, private=True, deadline=1e12):
                pass


async def tls_poll(
    ca: trustme.CA, name: str, trusted: bool, until: datetime | None = None
) -> bytes:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(name, not_after=until).configure_cert(server)
    context = None
    if trusted:
        context = ssl.create_default_context()
        ca.configure_trust(context)
    async with serving(server) as web:
        web.answers["/"] = response(FEED)
        names = Names(["127.0.0.1"])
        async with open_client(Polling(), "1.0", resolver=names, tls=context) as client:
            return await Poller(client, web).body(f"https://news.test:{web.port}/")


async def test_B9_the_certificate_is_checked_against_the_name() -> None:
    assert await tls_poll(trustme.CA(), "news.test", trusted=True) == FEED


@pytest.mark.parametrize(
    ("name", "trusted", "until", "why"),
    [
        ("other.test", True, None, "it is for another name"),
        ("news.test", False, None, "nobody whom this machine trusts has signed it"),
        ("news.test", True, datetime(2019, 3, 22, tzinfo=UTC), "it has expired"),
    ],
)
async def test_B9_a_wrong_expired_or_self_signed_certificate_is_refused(
    name: str, trusted: bool, until: datetime | None, why: str
) -> None:
    with pytest.raises(FetchError) as error:
        await tls_poll(trustme.CA(), name, trusted, until)
    assert str(error.value) == f"desk: the certificate of news.test is not accepted: {why}"


async def test_B9_a_server_that_does_not_speak_tls_is_told(poll: Poller) -> None:
    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.test ESMTP\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(FetchError, match=r"desk: no secure connection to 127.0.0.1"):
            await poll(f"https://127.0.0.1:{port}/")


async def test_a_name_without_addresses_is_told(web: Web) -> None:
    async with open_client(Polling(), "1.0", resolver=Names([])) as client:
        with pytest.raises(FetchError, match=r"desk: news.test cannot be reached: no address"):
            await Poller(client, web)("http://news.test/")


@pytest.mark.parametrize("url", ["http://[::1/", "http://a.test:99999/", "http://a.test:x/", "//a"])
async def test_C5_an_address_that_cannot_be_read_is_refused(web: Web, url: str) -> None:
    async with open_client(Polling(), "1.0") as client:
        with pytest.raises(BadAddress):
            async with client.get(url, {}, private=True, deadline=1e12):
                pass


async def test_B2_nothing_is_read_after_the_deadline(web: Web, poll: Poller) -> None:
    async def half(writer: asyncio.StreamWriter, _: Request) -> None:
        writer.write(response(b"half", length=100))
        await writer.drain()
        await asyncio.sleep(2)

    web.answers["/"] = half
    deadline = time.monotonic() + 0.3

    async def read_late() -> None:
        async with poll.client.get(web.url(), {}, private=True, deadline=deadline) as answer:
            await asyncio.sleep(0.4)
            async for _ in answer.chunks:
                pass

    with pytest.raises(TooSlow):
        await read_late()


async def test_a_location_beside_a_body_is_not_followed(web: Web, poll: Poller) -> None:
    web.answers["/"] = response(FEED, Location="http://[::1/")
    assert await poll.body() == FEED
