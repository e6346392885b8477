"""A scripted HTTP server on loopback: it writes exactly what the test says, byte by byte."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Script = Callable[[asyncio.StreamWriter, "Request"], Awaitable[None]]


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]


def response(
    body: bytes = b"", status: str = "200 OK", length: int | None = None, **headers: str
) -> bytes:
    lines = [f"HTTP/1.1 {status}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    lines.append(f"Content-Length: {len(body) if length is None else length}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


@dataclass
class Web:
    """Answers by path; `seen` is every request that arrived, `connections` every connection."""

    port: int = 0
    scheme: str = "http"
    answers: dict[str, bytes | Script] = field(default_factory=dict)
    seen: list[Request] = field(default_factory=list)
    connections: int = 0

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                request = _request(head)
                self.seen.append(request)
                answer = self.answers.get(request.path, response(status="404 Not Found"))
                if callable(answer):
                    await answer(writer, request)
                    break
                writer.write(answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            pass
        finally:
            writer.close()


def _request(head: bytes) -> Request:
    first, *rest = head.decode("latin-1").split("\r\n")
    pairs = (line.split(":", 1) for line in rest if ":" in line)
    return Request(first.split(" ")[1], {name.lower(): value.strip() for name, value in pairs})


@asynccontextmanager
async def serving(tls: ssl.SSLContext | None = None) -> AsyncIterator[Web]:
    web = Web(scheme="https" if tls else "http")
    server = await asyncio.start_server(web.handle, "127.0.0.1", 0, ssl=tls)
    web.port = server.sockets[0].getsockname()[1]
    tasks: set[asyncio.Task[object]] = set()
    try:
        yield web
    finally:
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            if task.get_coro().__qualname__ == "Web.handle":  # type: ignore[union-attr]
                task.cancel()
                tasks.add(task)
        await asyncio.gather(*tasks, return_exceptions=True)
