"""The page's server, run inside the service's own event loop."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

from monitor.config.units import split_listen
from monitor.errors import ConfigError

STOP_WITHIN = 2  # seconds that requests under way get when the service stops


class Server(uvicorn.Server):
    """Serves until `should_exit` is set; leaves the process's signals alone."""

    def __init__(self, config: uvicorn.Config, listening: socket.socket, url: str) -> None:
        super().__init__(config)
        self.url = url
        self._listening = listening

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take no signal handlers: the service has its own."""
        yield

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve on the address that was bound, until `should_exit`; then the port is free."""
        try:
            await super().serve(sockets or [self._listening])
        finally:
            self._listening.close()


def serve(app: ASGIApp, listen: str) -> Server:
    """A server bound to host:port; `await it.serve()` runs it, `it.should_exit = True` ends it.

    Port 0 takes any free one; `url` tells which. Raises ConfigError when the address is taken or is
    not this machine's.
    """
    listening = _bind(listen)
    host, port = listening.getsockname()[:2]
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=STOP_WITHIN,
    )
    shown = f"[{host}]" if ":" in host else host
    return Server(config, listening, f"http://{shown}:{port}/")


def _bind(listen: str) -> socket.socket:
    host, port = split_listen(listen)
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, proto)
    except OSError as error:
        raise ConfigError(_cannot(listen, error)) from None
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise ConfigError(_cannot(listen, error)) from None
    listening.setblocking(False)
    return listening


def _cannot(listen: str, error: OSError) -> str:
    return (
        f"the status page cannot listen on {listen}: {error.strerror or error};"
        " set another address as server.listen"
    )
