"""What asks a server, over aiohttp's connections.

Measured against httpx it takes a quarter of the time: httpcore's pool looks through all its
connections for every request. It has public hooks for the resolver and for the making of sockets,
where the guard sits.
"""

from __future__ import annotations

import ssl
import time
from collections import deque
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

import aiohttp
from yarl import URL

from monitor.errors import TooSlow
from monitor.sources.net.guard import GuardedResolver, Resolver, guarded_socket, open_socket
from monitor.sources.net.words import in_words, unanswered, unusable

_CONNECT_SECONDS = 10.0
_KEEP_SECONDS = 15.0
MOST_IDLE = 200  # connections kept open for a next request; a process may have few file handles


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of `host`, whose name people read. `body` makes it a POST."""

    url: URL
    host: str
    headers: Mapping[str, str]
    deadline: float  # a time.monotonic() value by which it ends, wherever it stands
    body: bytes | None = None


class Transport:
    """Sends one request at a time on each of at most `size` connections, to checked addresses.

    No cookie is kept, nothing is inflated, no redirect followed, no variable of the environment
    read.
    """

    def __init__(
        self,
        resolve: Resolver,
        tls: ssl.SSLContext,
        size: int,
        *,
        private: bool,
        proxy: str | None = None,
    ) -> None:
        self._resolver = GuardedResolver(resolve, private=private)
        self._make = open_socket if private else guarded_socket
        self._tls = tls
        self._size = size
        self._proxy = URL(proxy) if proxy else None
        self._session: aiohttp.ClientSession | None = None
        self._kept: deque[float] = deque()

    async def send(self, request: Request) -> aiohttp.ClientResponse:
        """The response, its body still on the wire; to be given to `finish`.

        Raises BadAddress, TooSlow and FetchError, each naming the host and the cause.
        """
        left = request.deadline - time.monotonic()
        if left <= 0:
            raise TooSlow(f"no connection to {request.host} in time")
        headers = dict(request.headers)
        if not self._may_keep():
            headers["Connection"] = "close"
        timeout = aiohttp.ClientTimeout(
            total=left,
            connect=min(_CONNECT_SECONDS, left * 0.95),  # told apart from a slow answer
            ceil_threshold=left + 1,  # aiohttp would round long limits up to whole seconds
        )
        try:
            return await self._open().request(
                "GET" if request.body is None else "POST",
                request.url,
                headers=headers,
                data=request.body or None,
                allow_redirects=False,
                timeout=timeout,
                proxy=self._proxy,
            )
        except aiohttp.ConnectionTimeoutError as error:
            if self._resolver.is_waiting_for(request.url.raw_host or ""):
                raise unanswered(request.host) from error
            raise in_words(error, request.host) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise in_words(error, request.host) from error
        except (ValueError, OverflowError) as error:  # names, ports, headers that fail on use
            raise unusable(request.host) from error

    async def aclose(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        """The session, made on first use: aiohttp wants a running loop."""
        if self._session is None:
            connector = aiohttp.TCPConnector(
                resolver=self._resolver,
                use_dns_cache=False,  # a new connection asks anew and is checked anew
                socket_factory=self._make,
                ssl=self._tls,
                limit=self._size,
                keepalive_timeout=_KEEP_SECONDS,
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
            )
        return self._session

    def _may_keep(self) -> bool:
        """Whether this connection may stay open after its answer.

        The requests of the last seconds are an upper bound of what is idle: in a storm of polls to
        a thousand hosts nothing would be used again, and the process would run out of handles.
        """
        now = time.monotonic()
        while self._kept and self._kept[0] < now - _KEEP_SECONDS:
            self._kept.popleft()
        if len(self._kept) >= MOST_IDLE:
            return False
        self._kept.append(now)
        return True


async def chunks(response: aiohttp.ClientResponse, host: str) -> AsyncIterator[bytes]:
    """The bytes of the body as they arrive. Raises as `Transport.send`."""
    try:
        async for chunk in response.content.iter_any():
            yield chunk
    except (aiohttp.ClientError, TimeoutError) as error:
        raise in_words(error, host) from error


def finish(response: aiohttp.ClientResponse) -> None:
    """Free the connection for another request; what is not read to its end closes it."""
    if response.content.at_eof():
        response.release()
    else:
        response.close()
