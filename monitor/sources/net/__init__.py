"""The only maker of HTTP clients for sources: guarded, bounded, and without a memory of its own.

Addresses are read by httpx's parser, here and once; transport.py sends the requests. Cookies,
redirects, credentials and proxies from the environment are decided here or not wanted. guard.py
decides which addresses may be connected to.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import lru_cache

import httpx
from aiohttp import ClientResponse
from yarl import URL

from monitor.config.settings import Polling
from monitor.errors import BadAddress
from monitor.sources.net.guard import Resolver, SystemResolver, check_literal, check_name
from monitor.sources.net.transport import Request, Transport, chunks, finish
from monitor.sources.net.words import unusable

__all__ = ["Answer", "Client", "Resolver", "open_client", "origin"]

_HEADERS = {
    "Accept": "application/atom+xml, application/rss+xml, application/feed+json, "
    "application/xml;q=0.9, */*;q=0.5",
    "Accept-Encoding": "gzip",
}


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
        self,
        agent: str,
        size: int,
        resolver: Resolver | None,
        tls: ssl.SSLContext | None,
        proxy: str | None = None,
    ) -> None:
        self._own = None if resolver else SystemResolver()
        self._resolve: Resolver = resolver or self._own or SystemResolver()
        context = tls or _tls()
        self._headers = {"User-Agent": agent} | _HEADERS
        # One pool for each right: a connection that a private source may use is no other's.
        self._direct = {
            private: Transport(self._resolve, context, size, private=private)
            for private in (False, True)
        }
        self._proxied = None
        if proxy is not None:  # the proxy's own address is the operator's choice
            self._proxied = Transport(self._resolve, context, size, private=True, proxy=proxy)

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        for transport in (*self._direct.values(), self._proxied):
            if transport is not None:
                await transport.aclose()
        if self._own:
            self._own.close()

    def get(
        self,
        url: str,
        headers: Mapping[str, str],
        *,
        private: bool,
        deadline: float,
        proxied: bool = True,
    ) -> AbstractAsyncContextManager[Answer]:
        """One GET without following redirects; the body is neither read nor inflated.

        `deadline` is a time.monotonic() value that nothing outlives. `proxied=False` goes past the
        configured proxy. Raises BadAddress, TooSlow and FetchError, each naming the host and the
        cause.
        """
        return self._ask(url, headers, None, private, proxied, deadline)

    def post(
        self, url: str, headers: Mapping[str, str], body: bytes, *, private: bool, deadline: float
    ) -> AbstractAsyncContextManager[Answer]:
        """As `get`, but sends `body`: to hubs that are asked to call us."""
        return self._ask(url, headers, body, private, True, deadline)

    @asynccontextmanager
    async def _ask(
        self,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        private: bool,
        proxied: bool,
        deadline: float,
    ) -> AsyncIterator[Answer]:
        target = _checked(url)
        transport = await self._way(target, private, proxied, deadline)
        sent = self._headers | dict(headers)
        response = await transport.send(Request(target.url, target.host, sent, deadline, body))
        try:
            yield _answer(response, target)
        finally:
            finish(response)

    async def _way(
        self, target: Target, private: bool, proxied: bool, deadline: float
    ) -> Transport:
        """The connections that a request may use."""
        if not private:
            check_literal(target.host)
        if not proxied or self._proxied is None:
            return self._direct[private]
        if not private:
            await check_name(self._resolve, target.host, target.port or 0, deadline)
        return self._proxied


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
    proxy = polling.proxy.get_secret_value() if polling.proxy else None
    return Client(agent, polling.concurrent + 10, resolver, tls, proxy)


def origin(url: str) -> tuple[str, str, int | None]:
    """What may share credentials: scheme, host and port. BadAddress for what is no address."""
    target = _checked(url)
    return target.url.scheme, target.host, target.port


@lru_cache(maxsize=1)  # reading the machine's certificates takes 0.1 s
def _tls() -> ssl.SSLContext:
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()  # also what the operator trusts
    return context


@dataclass(frozen=True, slots=True)
class Target:
    """An address as it was read, once: what is checked is what is connected to."""

    text: str
    host: str  # as people write it
    port: int | None
    url: URL


@lru_cache(maxsize=10_000)  # a tenth of what a poll costs, and sources keep their addresses
def _checked(url: str) -> Target:
    """The address as the client will read it; the same object is then connected to."""
    try:
        read = httpx.URL(url)
        host = read.host  # an encoded name is only read here
        port = read.port
    except (httpx.InvalidURL, ValueError) as error:
        raise BadAddress("the address cannot be read; check its spelling") from error
    if read.scheme not in ("http", "https"):
        raise BadAddress(f"the address is {read.scheme or 'without a scheme'}:, not http or https")
    if not host or not 0 < (port or 80) < 65536:
        raise BadAddress("the address names no host, or an impossible port")
    if read.userinfo or "\\" in url:
        raise BadAddress(f"the address of {host} holds a user name or a backslash")
    return Target(str(read), host, port, _part_by_part(read))


def _part_by_part(read: httpx.URL) -> URL:
    """The same address for aiohttp, so that nothing is parsed a second time."""
    path, _, query = read.raw_path.decode("ascii").partition("?")
    try:
        return URL.build(
            scheme=read.scheme,
            host=read.raw_host.decode("ascii").strip("[]"),
            port=read.port,
            path=path,
            query_string=query,
            encoded=True,
        )
    except ValueError as error:
        raise unusable(read.host) from error


def _answer(response: ClientResponse, target: Target) -> Answer:
    headers = _headers_of(response)
    return Answer(
        status=response.status,
        reason=(response.reason or "").encode("ascii", "ignore").decode("ascii")[:60],
        url=target.text,
        headers=headers,
        location=_location(response.status, headers.get("location"), target),
        chunks=chunks(response, target.host),
    )


def _headers_of(response: ClientResponse) -> dict[str, str]:
    """By lower-case name; what came several times is one list."""
    found: dict[str, str] = {}
    for raw_name, raw_value in response.raw_headers:
        name, value = raw_name.decode("latin-1").lower(), _text(raw_value)
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _location(status: int, wish: str | None, target: Target) -> str | None:
    """Where a redirect leads, read with the parser that connects."""
    if wish is None or not 300 <= status < 400:
        return None
    try:
        return str(httpx.URL(target.text).join(wish))
    except (httpx.InvalidURL, ValueError) as error:
        raise BadAddress(f"{target.host} redirects to what is no address") from error
