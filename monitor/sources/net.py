"""The only maker of HTTP clients for sources.

Below httpx sits a network backend of our own. It resolves a name once, refuses it unless every
address is public, and connects to the checked address, so that no redirect and no second DNS
answer leads into a private network. Each read and write also obeys the deadline of the request:
httpx's own timeouts start anew with every byte, and cancelling a request from outside would break
its pool (encode/httpcore#1093).
"""

# ruff: noqa: ASYNC109  (the signatures with a timeout are httpcore's)

from __future__ import annotations

import asyncio
import os
import socket
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import httpcore
import httpx

from monitor.config.settings import Polling
from monitor.errors import BadAddress, FetchError, TooSlow
from monitor.sources.addresses import is_public

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Host name and port to IP addresses, best first; raises OSError when there are none."""

_CONNECT_SECONDS = 10.0
_deadline: ContextVar[float] = ContextVar("deadline", default=float("inf"))


def _left(timeout: float | None) -> float:
    """Seconds that an operation may take: its own limit or what the deadline leaves."""
    left = _deadline.get() - time.monotonic()
    return max(0.0, left if timeout is None else min(timeout, left))


class _Stream(httpcore.AsyncNetworkStream):
    """A connection whose every operation ends at the deadline of the request that uses it."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        left = _left(timeout)
        if not left:
            raise httpcore.ReadTimeout("deadline")
        return await self._stream.read(max_bytes, left)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, _left(timeout))

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        return _Stream(await self._stream.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.AsyncNetworkBackend):
    """Opens connections to checked addresses only; `private` lets every address pass."""

    def __init__(self, resolve: Resolver, *, private: bool) -> None:
        self._resolve = resolve
        self._private = private
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = await self._addresses(host, port, _left(timeout))
        failure: Exception = httpcore.ConnectError(f"no address for {host}")
        for index, address in enumerate(addresses):
            share = _left(timeout) / (len(addresses) - index)
            try:
                stream = await self._inner.connect_tcp(
                    address, port, share, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Stream(stream)
        raise failure

    async def _addresses(self, host: str, port: int, seconds: float) -> Sequence[str]:
        task = asyncio.ensure_future(self._resolve(host, port))
        done, _ = await asyncio.wait({task}, timeout=seconds)
        if not done:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            raise httpcore.ConnectTimeout("name resolution")
        try:
            addresses = task.result()
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"name resolution: {error}") from error
        refused = [] if self._private else [ip for ip in addresses if not is_public(ip)]
        if refused:
            raise BadAddress(
                f"{host} leads to {refused[0]}, which is not a public address; "
                "set allow_private on this source if that is meant"
            )
        return addresses


class _SystemResolver:
    """The machine's resolver in threads of its own, so that a hanging one stalls nothing else."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(8, thread_name_prefix="resolve")

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        found = await asyncio.get_running_loop().run_in_executor(
            self._threads, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        )
        return list(dict.fromkeys(str(item[4][0]) for item in found))

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


class _Transport(httpx.AsyncHTTPTransport):
    """httpx's transport over a pool that connects through our backend."""

    def __init__(self, backend: _Backend, tls: ssl.SSLContext, size: int) -> None:
        super().__init__(verify=tls, trust_env=False)
        # httpx has no parameter for the backend, httpcore's public constructor has.
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=size,
            max_keepalive_connections=size,
            keepalive_expiry=15.0,
            network_backend=backend,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """A response, its body still on the wire. `location` is absolute, header names are lower."""

    status: int
    reason: str
    url: str
    headers: Mapping[str, str]
    location: str | None
    chunks: AsyncIterator[bytes]


class Client:
    """The shared way out for all sources. Use as an async context manager, or call `aclose`."""

    def __init__(
        self, agent: str, size: int, resolver: Resolver | None, tls: ssl.SSLContext | None
    ) -> None:
        self._own = None if resolver else _SystemResolver()
        resolve: Resolver = resolver or self._own or _SystemResolver()
        context = tls or _tls()
        headers = {
            "User-Agent": agent,
            "Accept": "application/atom+xml, application/rss+xml, application/feed+json, "
            "application/xml;q=0.9, */*;q=0.5",
            "Accept-Encoding": "gzip",
        }
        self._clients = {
            private: httpx.AsyncClient(
                transport=_Transport(_Backend(resolve, private=private), context, size),
                headers=headers,
                trust_env=False,
                follow_redirects=False,
            )
            for private in (False, True)
        }

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        for client in self._clients.values():
            await client.aclose()
        if self._own:
            self._own.close()

    @asynccontextmanager
    async def get(
        self, url: str, headers: Mapping[str, str], *, private: bool, deadline: float
    ) -> AsyncIterator[Answer]:
        """One GET without following redirects; the body is neither read nor inflated.

        `deadline` is a time.monotonic() value that nothing outlives. Raises BadAddress, TooSlow
        and FetchError, each naming the host and the cause.
        """
        target = _checked(url)
        token = _deadline.set(deadline)
        client = self._clients[private]
        timeout = httpx.Timeout(_left(None), connect=_left(_CONNECT_SECONDS))
        # The service keeps no cookies: one client serves all sources.
        client.cookies.clear()
        try:
            async with _open(client, target, headers, timeout) as got:
                yield _answer(got)
        except httpx.HTTPError as error:
            raise _in_words(error, target.host) from error
        finally:
            _deadline.reset(token)


@asynccontextmanager
async def _open(
    client: httpx.AsyncClient, target: httpx.URL, headers: Mapping[str, str], timeout: httpx.Timeout
) -> AsyncIterator[httpx.Response]:
    request = client.build_request("GET", target, headers=dict(headers), timeout=timeout)
    try:
        response = await client.send(request, stream=True)
    except (httpx.InvalidURL, ValueError, OverflowError) as error:
        # Names and ports that only fail on use, also those of a Location that httpx looks at.
        raise BadAddress(f"the address of {target.host}, or where it redirects, is none") from error
    try:
        yield response
    finally:
        await response.aclose()


def open_client(
    polling: Polling,
    version: str,
    *,
    resolver: Resolver | None = None,
    tls: ssl.SSLContext | None = None,
) -> Client:
    """The one client of the service. `resolver` and `tls` replace the machine's own in tests."""
    contact = f"; +{polling.contact}" if polling.contact else ""
    agent = f"LiaisonMonitor/{version} (news feed reader{contact})"
    return Client(agent, polling.concurrent + 10, resolver, tls)


@lru_cache(maxsize=1)  # reading the machine's certificates takes 0.1 s
def _tls() -> ssl.SSLContext:
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()  # also what the operator trusts
    return context


def _checked(url: str) -> httpx.URL:
    """The address as the client will read it; the same object is then connected to."""
    try:
        target = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise BadAddress("the address cannot be read; check its spelling") from error
    if target.scheme not in ("http", "https"):
        raise BadAddress(
            f"the address is {target.scheme or 'without a scheme'}:, not http or https"
        )
    if not target.host or not 0 < (target.port or 80) < 65536:
        raise BadAddress("the address names no host, or an impossible port")
    if target.userinfo or "\\" in url:
        raise BadAddress(f"the address of {target.host} holds a user name or a backslash")
    return target


def _answer(response: httpx.Response) -> Answer:
    follow = response.next_request  # httpx has read the Location, with the parser that connects
    return Answer(
        status=response.status_code,
        reason=response.reason_phrase[:60],
        url=str(response.url),
        headers={name.lower(): value for name, value in response.headers.items()},
        location=str(follow.url) if follow else None,
        chunks=response.aiter_raw(),
    )


def _in_words(error: httpx.HTTPError, host: str) -> FetchError:
    """What went wrong, as a person would say it."""
    text = str(error) or type(error).__name__
    if isinstance(error, httpx.ConnectTimeout):
        return TooSlow(f"no connection to {host} in time")
    if isinstance(error, httpx.PoolTimeout):
        return TooSlow(f"no free connection for {host} in time")
    if isinstance(error, httpx.TimeoutException):
        return TooSlow(f"{host} did not finish its answer in time")
    low = text.lower()
    if "name resolution" in low:
        return FetchError(f"the name {host} cannot be resolved; check the address or the network")
    if "certificate" in low:
        return FetchError(f"the certificate of {host} is not accepted: {_reason(text)}")
    if "ssl" in low or "tls" in low:
        return FetchError(f"no secure connection to {host}: {_reason(text)}")
    if isinstance(error, httpx.ConnectError):
        return FetchError(f"{host} cannot be reached: {_cause(error) or text}")
    return FetchError(f"{host} broke off its answer: {_reason(text)}")


def _reason(text: str) -> str:
    return " ".join(text.split())[:160]


def _cause(error: BaseException) -> str | None:
    """The operating system's word below the library's, for example "Connection refused"."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError) and (seen.errno or 0) > 0:
            return os.strerror(seen.errno or 0)
        seen = seen.__cause__ or seen.__context__
    return None
