"""A small world for the real service: feeds, a mail server and a webhook on loopback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from tests.loopback import Loopback, Silent

CONFIG = Path(__file__).parents[2] / "config"
MONITOR = [sys.executable, "-m", "monitor"]


class Web(Loopback):
    """Serves what `pages` holds and keeps what is posted. A page is (status, headers, body)."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.posted: list[dict[str, Any]] = []
        self.answers: list[tuple[int, dict[str, str], bytes]] = []  # for posts; then 200 ok
        self.asked: list[str] = []
        self.on_post: Callable[[], None] = lambda: None
        self.on_get: Callable[[str], None] = lambda path: None
        world = self

        class Handler(Silent):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                world.asked.append(self.path)
                world.on_get(self.path)
                self.answer(*world.pages.get(self.path, (404, {}, b"")))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                world.posted.append(json.loads(body))
                world.on_post()
                self.answer(*(world.answers.pop(0) if world.answers else (200, {}, b"ok")))

        super().__init__(Handler)

    def feed(self, path: str, *items: tuple[str, str], title: str = "News") -> None:
        """Serve an RSS document: (headline, text) pairs, newest first."""
        now = datetime.now(UTC)
        rows = "".join(
            f"<item><title>{escape(head)}</title><link>{self.url}{path}/{escape(slug(head))}</link>"
            f"<guid>{escape(slug(head))}</guid><description>{escape(text)}</description>"
            f"<pubDate>{format_datetime(now - timedelta(minutes=n))}</pubDate></item>"
            for n, (head, text) in enumerate(items)
        )
        body = f'<rss version="2.0"><channel><title>{escape(title)}</title>{rows}</channel></rss>'
        self.pages[path] = (200, {"Content-Type": "application/rss+xml"}, body.encode())

    def texts(self) -> list[str]:
        """The plain text of every message that the webhook took."""
        return [message["text"] for message in self.posted]


def slug(headline: str) -> str:
    """An address for a headline that stays when its last words change."""
    return "".join(c if c.isalnum() else "-" for c in headline[:24])


class World:
    """One installation with its folder, feeds and channels."""

    def __init__(self, folder: Path, web: Web) -> None:
        self.folder = folder
        self.web = web
        self.config = folder / "config" / "monitor.yaml"

    def configure(
        self,
        *paths: str,
        channels: str | None = None,
        every: str = "1s",
        address: str | None = None,
        extra: str = "",
        polling: str = "",
        server: str = "  enabled: false\n",
    ) -> None:
        """Write the configuration: one source a path, and a webhook unless told otherwise.

        `extra` are further keys of the last source, `polling` and `server` of those parts.
        """
        (self.folder / "config" / "sources").mkdir(parents=True, exist_ok=True)
        topics = self.folder / "config" / "topics"
        if not topics.exists():
            topics.symlink_to(CONFIG / "topics")
        hook = self.web.url.replace("http://", "slack+http://")
        channels = channels or f"  room:\n    url: {hook}/hook\n"
        self.config.write_text(
            f"topics: [liaison-office]\nserver:\n{server}"
            f"polling:\n  every: {every}\n  timeout: 5s\n{polling}channels:\n{channels}",
            encoding="utf-8",
        )
        rows = "".join(
            f"  - id: {path.strip('/')}\n    url: {address or self.web.url}{path}\n"
            f"    outlet: Outlet {path.strip('/')}\n    lang: en\n    allow_private: true\n"
            for path in paths
        )
        (self.folder / "config" / "sources" / "all.yaml").write_text(f"sources:\n{rows}{extra}")

    def monitor(self, *arguments: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        command = [*MONITOR, *arguments, "--config", str(self.config)]
        return subprocess.run(
            command, capture_output=True, text=True, timeout=timeout, check=False, env=clean()
        )

    @contextmanager
    def running(
        self, *arguments: str, command: Sequence[str] = MONITOR
    ) -> Iterator[subprocess.Popen[bytes]]:
        """The service as a child process; ended by SIGTERM unless it has ended by itself."""
        log = (self.folder / "log.txt").open("ab")
        command = [*command, "run", "--config", str(self.config), *arguments]
        child = subprocess.Popen(command, stdout=log, stderr=log, env=clean())
        try:
            yield child
        finally:
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
            try:
                child.wait(20)
            finally:
                if child.poll() is None:
                    child.kill()
                    child.wait()
                log.close()

    @property
    def log(self) -> str:
        return (self.folder / "log.txt").read_text(encoding="utf-8")

    def status(self) -> Any:
        """What `monitor status --json` says."""
        return json.loads(self.monitor("status", "--json").stdout)


def clean() -> dict[str, str]:
    """The environment without what would steer the child."""
    return {name: value for name, value in os.environ.items() if not name.startswith("MONITOR_")}


def eventually(wanted: Callable[[], object], world: World, seconds: float = 90) -> None:
    """Wait until something holds; fail with the service's log when it does not in time."""
    end = time.monotonic() + seconds
    while not wanted():
        assert time.monotonic() < end, f"did not happen within {seconds} s\n{world.log}"
        time.sleep(0.05)
