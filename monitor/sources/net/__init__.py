"""The only maker of HTTP clients for sources: guarded, bounded, and without a memory of its own.

What speaks HTTP is an httpx transport (see transport.py and docs/decisions/0012). httpx's client
above it would bring cookies, redirects, credentials and proxies from the environment, each of which
is decided here or not wanted, at a third of the cost of a poll; so the transport is spoken to
directly. guard.py decides which addresses may be connected to.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import lru_cache

import httpx

from monitor.config.settings import Polling
from monitor.errors import BadAddress
from monitor.sources.net.guard import Resolver, SystemResolver, check_literal, check_name
from monitor.sources.net.transport import Transport
from monitor.sources.net.words import in_words

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

    @asynccontextmanager
    async def get(
        self,
        url: str,
        headers: Mapping[str, str],
        *,
        private: bool,
        deadline: float,
        proxied: bool = True,
    ) -> AsyncIterator[Answer]:
        """One GET without following redirects; the body is neither read nor inflated.

        `deadline` is a time.monotonic() value that nothing outlives. `proxied=False` goes past the
        configured proxy. Raises BadAddress, TooSlow and FetchError, each naming the host and the
        cause.
        """
        transport, target = await self._way(url, private, proxied, deadline)
        try:
            async with _open(transport, target, self._headers | dict(headers), deadline) as got:
                yield _answer(got, target)
        except httpx.HTTPError as error:
            raise in_words(error, target.host) from error

    @asynccontextmanager
    async def post(
        self, url: str, headers: Mapping[str, str], body: bytes, *, private: bool, deadline: float
    ) -> AsyncIterator[Answer]:
        """As `get`, but sends `body`: to hubs that are asked to call us."""
        transport, target = await self._way(url, private, True, deadline)
        sent = self._headers | dict(headers)
        try:
            async with _open(transport, target, sent, deadline, body) as got:
                yield _answer(got, target)
        except httpx.HTTPError as error:
            raise in_words(error, target.host) from error

    async def _way(
        self, url: str, private: bool, proxied: bool, deadline: float
    ) -> tuple[Transport, httpx.URL]:
        """The connections that a request may use, and its address as they will read it."""
        target = _checked(url)
        if not private:
            check_literal(target.host)
        if not proxied or self._proxied is None:
            return self._direct[private], target
        if not private:
            await check_name(self._resolve, target.host, target.port or 0, deadline)
        return self._proxied, target


@asynccontextmanager
async def _open(
    transport: Transport,
    target: httpx.URL,
    headers: dict[str, str],
    deadline: float,
    body: bytes | None = None,
) -> AsyncIterator[httpx.Response]:
    method, by = "GET" if body is None else "POST", {"deadline": deadline}
    try:
        request = httpx.Request(method, target, headers=headers, content=body, extensions=by)
        response = await transport.handle_async_request(request)
    except (httpx.InvalidURL, ValueError, OverflowError) as error:
        # Names and ports that only fail on use.
        raise BadAddress(f"the address of {target.host} cannot be used; check it") from error
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
    proxy = polling.proxy.get_secret_value() if polling.proxy else None
    return Client(agent, polling.concurrent + 10, resolver, tls, proxy)


def origin(url: str) -> tuple[str, str, int | None]:
    """What may share credentials: scheme, host and port. BadAddress for what is no address."""
    target = _checked(url)
    return target.scheme, target.host, target.port


@lru_cache(maxsize=1)  # reading the machine's certificates takes 0.1 s
def _tls() -> ssl.SSLContext:
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()  # also what the operator trusts
    return context


@lru_cache(maxsize=10_000)  # a tenth of what a poll costs, and sources keep their addresses
def _checked(url: str) -> httpx.URL:
    """The address as the client will read it; the same object is then connected to."""
    try:
        target = httpx.URL(url)
        host = target.host  # an encoded name is only read here
    except (httpx.InvalidURL, ValueError) as error:
        raise BadAddress("the address cannot be read; check its spelling") from error
    if target.scheme not in ("http", "https"):
        raise BadAddress(
            f"the address is {target.scheme or 'without a scheme'}:, not http or https"
        )
    if not host or not 0 < (target.port or 80) < 65536:
        raise BadAddress("the address names no host, or an impossible port")
    if target.userinfo or "\\" in url:
        raise BadAddress(f"the address of {host} holds a user name or a backslash")
    return target


def _answer(response: httpx.Response, target: httpx.URL) -> Answer:
    return Answer(
        status=response.status_code,
        reason=response.reason_phrase[:60],
        url=str(target),
        headers=dict(response.headers.items()),
        location=_location(response, target),
        chunks=response.aiter_raw(),
    )


def _location(response: httpx.Response, target: httpx.URL) -> str | None:
    """Where a redirect leads, read with the parser that connects."""
    if not response.is_redirect or (wish := response.headers.get("location")) is None:
        return None
    try:
        return str(target.join(wish))
    except (httpx.InvalidURL, ValueError) as error:
        raise BadAddress(f"{target.host} redirects to what is no address") from error
