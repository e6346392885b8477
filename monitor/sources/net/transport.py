"""An httpx transport over aiohttp's connections: see docs/decisions/0012 for what it saves.

httpcore's pool looks through all its connections for every request, and a task that is cancelled
inside it breaks it for good (encode/httpcore#1093). aiohttp's has neither trouble, and public hooks
for the resolver and for the making of sockets, where the guard sits.
"""

from __future__ import annotations

import ssl
import time
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import aiohttp
import httpx
from yarl import URL

from monitor.sources.net.guard import GuardedResolver, Resolver, guarded_socket, open_socket

_CONNECT_SECONDS = 10.0
_KEEP_SECONDS = 15.0
MOST_IDLE = 200  # connections kept open for a next request; a process may have few file handles


class Transport(httpx.AsyncBaseTransport):
    """Sends one request at a time on each of at most `size` connections, to checked addresses.

    A request ends by its extension "deadline", a time.monotonic() value, wherever it stands. No
    cookie is kept, nothing is inflated, no redirect followed, no variable of the environment read.
    Errors are httpx's; BadAddress passes through.
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

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The response, its body still on the wire."""
        left = request.extensions["deadline"] - time.monotonic()
        if left <= 0:
            raise httpx.ConnectTimeout("deadline")
        headers = {
            name.decode("ascii"): value.decode("latin-1")
            for name, value in request.headers.raw
            if name.lower() != b"host"
        }
        if not self._may_keep():
            headers["Connection"] = "close"
        timeout = aiohttp.ClientTimeout(
            total=left,
            connect=min(_CONNECT_SECONDS, left * 0.95),  # told apart from a slow answer
            ceil_threshold=left + 1,  # aiohttp would round long limits up to whole seconds
        )
        with _as_httpx():
            got = await self._open().request(
                request.method,
                _address(request.url),
                headers=headers,
                data=request.content or None,
                allow_redirects=False,
                timeout=timeout,
                proxy=self._proxy,
            )
        return httpx.Response(
            got.status,
            headers=list(got.raw_headers),
            stream=_Body(got),
            extensions={"reason_phrase": (got.reason or "").encode("latin-1", "replace")},
        )

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


class _Body(httpx.AsyncByteStream):
    """The bytes of a body as they arrive. What is not read to its end closes the connection."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _as_httpx():
            async for chunk in self._response.content.iter_any():
                yield chunk

    async def aclose(self) -> None:
        if self._response.content.at_eof():
            self._response.release()
        else:
            self._response.close()


def _address(url: httpx.URL) -> URL:
    """The same address for aiohttp, part by part, so that nothing is parsed a second time."""
    path, _, query = url.raw_path.decode("ascii").partition("?")
    host = url.raw_host.decode("ascii")
    return URL.build(
        scheme=url.scheme,
        host=host.strip("[]"),
        port=url.port,
        path=path,
        query_string=query,
        encoded=True,
    )


@contextmanager
def _as_httpx() -> Iterator[None]:
    """aiohttp's errors as httpx's. The messages hold no address: it may hold a token."""
    try:
        yield
    except aiohttp.ConnectionTimeoutError as error:
        raise httpx.ConnectTimeout("connect") from error
    except TimeoutError as error:
        raise httpx.ReadTimeout("deadline") from error
    except (aiohttp.ClientHttpProxyError, aiohttp.ClientProxyConnectionError) as error:
        raise httpx.ProxyError(_of(error)) from error
    except aiohttp.ClientConnectorDNSError as error:
        raise httpx.ConnectError(f"name resolution: {_of(error)}") from error
    except (aiohttp.ClientConnectorCertificateError, aiohttp.ClientConnectorSSLError) as error:
        raise httpx.ConnectError(_of(error)) from error
    except aiohttp.ClientConnectorError as error:
        raise httpx.ConnectError(_of(error)) from error
    except aiohttp.InvalidURL as error:
        raise httpx.InvalidURL("no address that can be used") from error
    except aiohttp.ClientError as error:
        raise httpx.RemoteProtocolError(_of(error)) from error


def _of(error: aiohttp.ClientError) -> str:
    """The cause in the library's words, without the address it was about."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return f"certificate: {error.certificate_error}"
    if isinstance(error, aiohttp.ClientConnectorError):
        return error.os_error.strerror or str(error.os_error)
    if isinstance(error, aiohttp.ClientResponseError):
        return error.message
    return str(error) or type(error).__name__
