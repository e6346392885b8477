from __future__ import annotations

import json
import smtplib
import socket
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from monitor.demo.news import load_feeds, load_news
from monitor.demo.servers import HOST
from monitor.demo.state import Places
from monitor.demo.world import World

FEEDS = load_feeds()
NEWS = load_news()


def made(tmp_path: Path) -> World:
    places = Places(tmp_path)
    places.mails.mkdir()
    world = World(places, FEEDS)
    world.show(NEWS[:8])
    return world


def test_all_feeds_are_served_and_change_with_the_news(tmp_path: Path) -> None:
    world = made(tmp_path)
    with ExitStack() as stack:
        web, *_ = world.open([], stack)

        def read(feed: str) -> str:
            path = next(each.path for each in FEEDS if each.id == feed)
            with urlopen(f"http://{HOST}:{web}{path}", timeout=5) as answer:
                return str(answer.read().decode())

        assert all(read(feed.id) for feed in FEEDS)
        assert NEWS[-1].url not in read(NEWS[-1].feed)
        world.show(NEWS)
        assert NEWS[-1].url in read(NEWS[-1].feed)


def test_what_is_accepted_is_told_once(tmp_path: Path) -> None:
    world = made(tmp_path)
    with ExitStack() as stack:
        _, mail, slack, _ = world.open([], stack)
        with smtplib.SMTP(HOST, mail, timeout=5) as smtp:
            smtp.sendmail("a@x.example", ["b@x.example"], "Subject: hi\r\n\r\n")
        body = json.dumps({"text": "hi"}).encode()
        kind = {"Content-Type": "application/json"}
        with urlopen(Request(f"http://{HOST}:{slack}/services/x", body, kind), timeout=5):
            pass
        found: list[tuple[str, dict[str, Any]]] = []
        while len(found) < 2:
            found += world.accepted(5)
        assert [channel for channel, _ in found] == ["desk", "room"]
        assert world.accepted(0.01) == []


def test_ports_of_the_run_before_are_used_again_unless_they_are_taken(tmp_path: Path) -> None:
    world = made(tmp_path)
    with ExitStack() as stack:
        first = world.open([], stack)
    with ExitStack() as stack:
        assert world.open(first, stack) == first
    with ExitStack() as stack, socket.create_server((HOST, first[2])):
        second = world.open(first, stack)
        assert second[2] != first[2]
