from __future__ import annotations

import asyncio
import signal
import socket
from typing import Any

import httpx2 as httpx
import pytest

from monitor.errors import ConfigError
from monitor.web.server import serve


async def hello(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello"})


async def test_it_runs_in_a_loop_that_is_there_and_takes_no_signals() -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    server = serve(hello, "127.0.0.1:0")
    task = asyncio.create_task(server.serve())
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(server.url)).text == "hello"
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before
    server.should_exit = True
    await asyncio.wait_for(task, 5)


async def test_the_port_is_free_again_after_a_stop() -> None:
    first = serve(hello, "127.0.0.1:0")
    task = asyncio.create_task(first.serve())
    await asyncio.sleep(0.05)
    first.should_exit = True
    await asyncio.wait_for(task, 5)
    address = first.url.removeprefix("http://").rstrip("/")
    second = serve(hello, address)
    assert second.url == first.url
    second.should_exit = True
    await asyncio.wait_for(second.serve(), 5)


async def test_a_stop_does_not_wait_for_a_reader_who_never_ends() -> None:
    async def endless(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await asyncio.sleep(60)

    server = serve(endless, "127.0.0.1:0")
    task = asyncio.create_task(server.serve())
    host, port = server.url.removeprefix("http://").rstrip("/").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert await reader.readline() == b"HTTP/1.1 200 OK\r\n"
    server.should_exit = True
    await asyncio.wait_for(task, 6)
    writer.close()


def test_a_port_in_use_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(ConfigError) as caught:
            serve(hello, address)
    assert str(caught.value) == (
        f"the status page cannot listen on {address}: Address already in use;"
        " set another address as server.listen"
    )


def test_an_address_that_is_not_ours_or_unknown_is_one_clear_line() -> None:
    for listen in ("192.0.2.1:0", "no-such-host.invalid:0"):
        with pytest.raises(ConfigError, match=f"cannot listen on {listen}: .+; set another"):
            serve(hello, listen)


def test_an_ipv6_address_is_shown_in_brackets() -> None:
    server = serve(hello, "[::1]:0")
    assert server.url.startswith("http://[::1]:")
    server.should_exit = True
    asyncio.run(server.serve())
