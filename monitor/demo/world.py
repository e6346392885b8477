"""The world outside the service: feeds that change, and servers that take mail and messages."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, suppress
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from monitor.demo.configure import MAIL, SLACK
from monitor.demo.feeds import Document, document
from monitor.demo.ledger import Ledger
from monitor.demo.news import Feed, Record
from monitor.demo.servers import MailServer, feed_server, free_ports, slack_server
from monitor.demo.state import Places
from monitor.errors import MonitorError


class _Server(Protocol):
    """What all of them can do."""

    def start(self) -> None:
        """Begin to answer."""

    def stop(self) -> None:
        """Answer no more."""


class World:
    """Feeds, a mail server and a Slack-like server, with ledgers of what was accepted."""

    def __init__(self, places: Places, feeds: Sequence[Feed]) -> None:
        self.mails, self.messages = Ledger(places.mail), Ledger(places.slack)
        self._places, self._feeds = places, feeds
        self._documents: dict[str, Document] = {}
        self._events: SimpleQueue[tuple[str, dict[str, Any]]] = SimpleQueue()

    def show(self, records: Sequence[Record]) -> None:
        """Make the feeds hold exactly these records, given oldest first."""
        by_feed: dict[str, list[Record]] = {feed.id: [] for feed in self._feeds}
        for record in records:
            by_feed[record.feed].append(record)
        self._documents.update({f.path: document(f, by_feed[f.id]) for f in self._feeds})

    def open(self, ports: Sequence[int], stack: ExitStack) -> list[int]:
        """Start the servers on `ports`, those of an earlier run, or on new ones; `stack` stops
        them. Returns the ports of feeds, mail and Slack, and one that is free for the page.
        """
        for wanted in ([*ports], free_ports(4)):
            with suppress(OSError):
                if wanted:
                    stack.push(self._started(wanted))
                    return wanted
        raise MonitorError("no free port was found on 127.0.0.1 for the demo's servers")

    def accepted(self, patience: float) -> list[tuple[str, dict[str, Any]]]:
        """What the servers accepted since the last call, as (channel, ledger row).

        Waits for the first of them `patience` seconds at most.
        """
        found = []
        with suppress(Empty):
            found.append(self._events.get(timeout=patience))
            while True:
                found.append(self._events.get_nowait())
        return found

    def _started(self, ports: Sequence[int]) -> ExitStack:
        web, mail, slack, _ = ports
        servers: tuple[_Server, ...] = (
            feed_server(web, lambda path: self._documents.get(path)),
            MailServer(mail, self._places.mails, self.mails, lambda row: self._tell(MAIL, row)),
            slack_server(slack, self.messages, lambda row: self._tell(SLACK, row)),
        )
        with ExitStack() as started:
            for server in servers:
                server.start()
                started.callback(server.stop)
            return started.pop_all()

    def _tell(self, channel: str, row: dict[str, Any]) -> None:
        self._events.put((channel, row))
