"""Fetching, against a real server that misbehaves byte by byte. B rows of the fault catalogue."""

from __future__ import annotations

import asyncio
import gzip
import os
import socket
import struct
import threading
import time
import zlib
from datetime import timedelta
from typing import Any

import pytest

from monitor.config.settings import Polling
from monitor.errors import BadAddress, FetchError, HttpStatus, NoName, TooLarge, TooSlow
from monitor.models import Fetched, NotModified
from monitor.sources.essence import essence
from monitor.sources.fetch import Inflater
from monitor.sources.manners import retry_after
from monitor.sources.net import open_client
from tests.meter import fresh_peak, kilobytes
from tests.sources.conftest import NOW, Poller
from tests.sources.webserver import Request, Web, response

FEED = b"<rss version='2.0'><channel><item><title>Talks</title></item></channel></rss>"


async def test_a_body_comes_with_its_validators_and_hash(web: Web, poll: Poller) -> None:
    web.answers["/"] = response(
        FEED, ETag='"a"', Last_Modified="Mon, 01 Jan 2024 00:00:00 GMT", Content_Type="text/xml"
    )
    got = await poll()
    assert got == Fetched(
        url=web.url(),
        body=FEED,
        body_hash=essence(FEED),
        content_type="text/xml",
        etag='"a"',
        last_modified="Mon, 01 Jan 2024 00:00:00 GMT",
    )


async def test_the_request_is_honest_and_asks_for_gzip_only(web: Web, poll: Poller) -> None:
    web.answers["/"] = response(FEED)
    await poll()
    sent = web.seen[0].headers
    assert sent["user-agent"] == "LiaisonMonitor/1.0 (news feed reader; +desk@example.org)"
    assert sent["accept-encoding"] == "gzip"
    assert "cookie" not in sent


async def test_a_304_is_asked_for_and_believed(web: Web, poll: Poller) -> None:
    web.answers["/"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    got = await poll(etag='"a"', last_modified="yesterday")
    assert got == NotModified('"a"', "yesterday")
    assert web.seen[0].headers["if-none-match"] == '"a"'
    assert web.seen[0].headers["if-modified-since"] == "yesterday"


async def test_an_unchanged_body_is_not_read_again(web: Web, poll: Poller) -> None:
    web.answers["/"] = response(FEED, ETag='"b"')
    known = essence(FEED)
    assert await poll(body_hash=known) == NotModified('"b"', None, same_body=True)


async def test_B6_an_unconditional_read_sends_no_validators(web: Web, poll: Poller) -> None:
    web.answers["/"] = response(FEED)
    assert await poll.body(etag='"stuck"', last_modified="x", conditional=False) == FEED
    assert not {"if-none-match", "if-modified-since"} & set(web.seen[0].headers)


async def test_B6_a_304_that_nobody_asked_for_is_an_error(web: Web, poll: Poller) -> None:
    web.answers["/"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    with pytest.raises(HttpStatus, match="desk: the server answered 304"):
        await poll(etag='"a"', conditional=False)


async def test_gzip_is_unpacked(web: Web, poll: Poller) -> None:
    web.answers["/"] = response(gzip.compress(FEED), Content_Encoding="gzip")
    assert await poll.body() == FEED


async def test_concatenated_gzip_and_padding_are_unpacked(web: Web, poll: Poller) -> None:
    packed = gzip.compress(FEED[:20]) + gzip.compress(FEED[20:]) + b"\0\0\0"
    web.answers["/"] = response(packed, Content_Encoding="x-gzip")
    assert await poll.body() == FEED


async def test_an_empty_body_marked_gzip_is_empty(web: Web, poll: Poller) -> None:
    web.answers["/"] = response(b"", Content_Encoding="gzip")
    assert await poll.body() == b""


async def test_B1_a_refused_connection_says_so(poll: Poller) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        with pytest.raises(FetchError, match=r"^desk: 127.0.0.1 cannot be reached: .*refused"):
            await poll(url)


async def test_B1_a_name_that_does_not_exist_says_so(web: Web) -> None:
    async def nobody(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    async with open_client(Polling(), "1.0", resolver=nobody) as client:
        with pytest.raises(FetchError, match=r"the name nowhere.test cannot be resolved"):
            await Poller(client, web)("http://nowhere.test/feed")


async def test_B1_the_machines_resolver_is_asked(web: Web, poll: Poller) -> None:
    web.answers["/"] = response(FEED)
    assert await poll.body(web.url("/", host="localhost")) == FEED


async def test_B2_a_drip_is_cut_at_the_deadline(web: Web, poll: Poller) -> None:
    async def drip(writer: asyncio.StreamWriter, _: Request) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _byte in range(100):
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.1)

    web.answers["/"] = drip
    poll.polling = Polling(timeout=timedelta(seconds=1))
    start = time.monotonic()
    with pytest.raises(TooSlow, match=r"^desk: 127.0.0.1 did not finish its answer in time"):
        await poll()
    assert time.monotonic() - start < 2


async def test_B2_dripping_headers_are_cut_at_the_deadline(web: Web, poll: Poller) -> None:
    async def drip(writer: asyncio.StreamWriter, _: Request) -> None:
        for letter in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100:
            writer.write(bytes([letter]))
            await writer.drain()
            await asyncio.sleep(0.1)

    web.answers["/"] = drip
    poll.polling = Polling(timeout=timedelta(seconds=1))
    start = time.monotonic()
    with pytest.raises(TooSlow):
        await poll()
    assert time.monotonic() - start < 2


async def test_B2_a_hanging_resolver_ends_at_the_deadline(web: Web) -> None:
    async def hang(host: str, port: int) -> list[str]:
        await asyncio.sleep(60)
        return []

    async with open_client(Polling(), "1.0", resolver=hang) as client:
        poll = Poller(client, web)
        poll.polling = Polling(timeout=timedelta(seconds=1))
        with pytest.raises(NoName, match=r"^desk: no name server answered for slow.test in time"):
            await poll("http://slow.test/")


async def test_B2_a_hanging_resolver_of_the_machine_ends_at_the_deadline_and_holds_up_no_other(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = threading.Event()
    real = socket.getaddrinfo

    def hangs(host: str, *rest: Any, **more: Any) -> Any:
        return answered.wait(10) if host == "slow.test" else real(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", hangs)
    web.answers["/"] = response(FEED)
    async with open_client(Polling(), "1.0") as client:
        poll = Poller(client, web)
        poll.polling = Polling(timeout=timedelta(seconds=1))
        asked = [poll("http://slow.test/") for _ in range(4)]
        slow = asyncio.gather(*asked, return_exceptions=True)
        await asyncio.sleep(0.1)  # until they are asked for
        assert await poll.body(web.url("/", host="localhost")) == FEED
        start = time.monotonic()
        assert all(isinstance(error, NoName) for error in await slow)
        assert time.monotonic() - start < 2
        answered.set()


async def test_B2_slow_answers_do_not_use_up_the_pool(web: Web) -> None:
    async def silent(writer: asyncio.StreamWriter, _: Request) -> None:
        await asyncio.sleep(5)

    web.answers |= {"/slow": silent, "/": response(FEED)}
    async with open_client(Polling(concurrent=1), "1.0") as client:
        poll = Poller(client, web)
        poll.polling = Polling(timeout=timedelta(seconds=1))
        for _ in range(2):
            late = await asyncio.gather(*(poll("/slow") for _ in range(12)), return_exceptions=True)
            assert all(isinstance(error, TooSlow) for error in late)
        assert await poll.body() == FEED


async def test_B3_gzip_bomb(web: Web, poll: Poller) -> None:
    packer = zlib.compressobj(wbits=31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush()
    web.answers["/"] = response(bomb, Content_Encoding="gzip")
    before = fresh_peak()
    with pytest.raises(TooLarge, match=r"^desk: the answer is larger than 10 MB"):
        await poll()
    assert kilobytes(os.getpid(), "VmHWM:") - before < 30_000


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "zstd", "deflate"])
async def test_B4_chained_and_unasked_encodings_are_refused(
    web: Web, poll: Poller, encoding: str
) -> None:
    web.answers["/"] = response(gzip.compress(gzip.compress(FEED)), Content_Encoding=encoding)
    with pytest.raises(FetchError, match=f'in the encoding "{encoding}", which is not read'):
        await poll()


async def test_B5_truncated_gzip(web: Web, poll: Poller) -> None:
    web.answers["/"] = response(gzip.compress(FEED)[:-12], Content_Encoding="gzip")
    with pytest.raises(FetchError, match="desk: the gzip answer was cut off"):
        await poll()


async def test_B5_damaged_gzip(web: Web, poll: Poller) -> None:
    web.answers["/"] = response(b"\x1f\x8b\x08\0 no gzip at all", Content_Encoding="gzip")
    with pytest.raises(FetchError, match="desk: the gzip answer is damaged"):
        await poll()


async def test_B5_short_body(web: Web, poll: Poller) -> None:
    async def short(writer: asyncio.StreamWriter, _: Request) -> None:
        writer.write(response(FEED, length=len(FEED) + 100))

    web.answers["/"] = short
    with pytest.raises(FetchError, match=r"desk: 127.0.0.1 broke off its answer"):
        await poll()


async def test_B5_connection_reset(web: Web, poll: Poller) -> None:
    async def reset(writer: asyncio.StreamWriter, _: Request) -> None:
        writer.write(response(FEED, length=len(FEED) + 100))
        await writer.drain()
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    web.answers["/"] = reset
    with pytest.raises(FetchError, match=r"desk: 127.0.0.1 broke off its answer"):
        await poll()


@pytest.mark.parametrize("announced", [True, False])
async def test_a_20_MB_body_is_too_large(web: Web, poll: Poller, announced: bool) -> None:
    async def chunks(writer: asyncio.StreamWriter, _: Request) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        for _chunk in range(20):
            writer.write(bytes(1_000_000))
            await writer.drain()

    web.answers["/"] = response(bytes(20_000_000)) if announced else chunks
    with pytest.raises(TooLarge, match=r"desk: the answer is larger than 10 MB \(polling.max_body"):
        await poll()


async def test_an_error_status_names_the_source_and_what_to_do(web: Web, poll: Poller) -> None:
    with pytest.raises(
        HttpStatus, match=r"desk: the server answered 404 Not Found; .*check"
    ) as got:
        await poll("/missing")
    assert got.value.status == 404
    assert got.value.retry_after is None


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
async def test_B7_retry_after_reaches_the_schedule(web: Web, poll: Poller, status: str) -> None:
    web.answers["/"] = response(status=status, Retry_After="120")
    with pytest.raises(HttpStatus) as got:
        await poll()
    assert got.value.retry_after == timedelta(minutes=2)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        (None, None),
        ("90", timedelta(seconds=90)),
        ("-5", timedelta(minutes=1)),
        ("0", timedelta(minutes=1)),
        ("315360000", timedelta(hours=24)),
        ("9" * 30, timedelta(hours=24)),
        ("Sun, 01 Mar 2026 13:00:00 GMT", timedelta(hours=1)),
        ("Sun, 01 Mar 2026 13:00:00", timedelta(hours=1)),
        ("Sun, 01 Mar 2020 13:00:00 GMT", timedelta(minutes=1)),
        ("Sun, 01 Mar 2099 13:00:00 GMT", timedelta(hours=24)),
        ("soon", None),
    ],
)
def test_B7_retry_after_is_read_and_clamped(value: str | None, wait: timedelta | None) -> None:
    assert retry_after(value, NOW) == wait


async def test_B8_a_permanent_move_is_noted(web: Web, poll: Poller) -> None:
    web.answers |= {
        "/": response(status="301 Moved Permanently", Location="/b"),
        "/b": response(status="308 Permanent Redirect", Location="/c"),
        "/c": response(status="302 Found", Location="/d"),
        "/d": response(status="301 Moved Permanently", Location="/e"),
        "/e": response(FEED),
    }
    got = await poll()
    assert isinstance(got, Fetched)
    assert got.url == web.url("/e")
    assert got.moved_to == web.url("/c")


async def test_B8_a_redirect_loop_is_named(web: Web, poll: Poller) -> None:
    web.answers |= {
        "/": response(status="302 Found", Location="/b"),
        "/b": response(status="302 Found", Location="/"),
    }
    with pytest.raises(FetchError, match="desk: the server redirects in a loop"):
        await poll()
    assert len(web.seen) == 2


async def test_B8_six_redirects_are_too_many(web: Web, poll: Poller) -> None:
    for hop in range(7):
        web.answers[f"/{hop}"] = response(status="302 Found", Location=f"/{hop + 1}")
    with pytest.raises(FetchError, match="desk: more than 5 redirects"):
        await poll("/0")
    assert len(web.seen) == 6


async def test_B8_gone_is_told(web: Web, poll: Poller) -> None:
    web.answers["/"] = response(status="410 Gone")
    with pytest.raises(HttpStatus, match="gone for good; remove or replace") as got:
        await poll()
    assert got.value.status == 410


async def test_B8_a_redirect_without_a_target_is_an_error_status(web: Web, poll: Poller) -> None:
    web.answers["/"] = response(status="302 Found")
    with pytest.raises(HttpStatus, match="302"):
        await poll()


async def test_B8_a_redirect_to_another_scheme_is_refused(web: Web, poll: Poller) -> None:
    web.answers["/"] = response(status="302 Found", Location="file:///etc/passwd")
    with pytest.raises(BadAddress, match="desk: the address is file:, not http or https"):
        await poll()


async def test_B11_proxy_variables_are_ignored(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    web.answers["/"] = response(FEED)
    async with open_client(Polling(), "1.0") as client:
        assert await Poller(client, web).body() == FEED


def test_an_inflater_never_holds_more_than_its_cap() -> None:
    inflater = Inflater(1000)
    with pytest.raises(TooLarge):
        inflater.feed(gzip.compress(bytes(10_000_000)))
