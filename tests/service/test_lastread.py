"""Of a document that was read before, only what changed is read, and all comes to the same."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from monitor.config.load import load
from monitor.models import Fetched, ParsedFeed
from monitor.service import lastread
from monitor.service.lastread import LastRead
from monitor.service.poll import Poller
from monitor.service.result import PollResult
from monitor.service.site import Site, open_site
from monitor.sources.net import Client
from monitor.sources.read import read as read_document
from tests.acceptance.world import Web, World
from tests.service.conftest import StillClock, read

HEAD = '<rss version="2.0"><channel><title>%s</title><lastBuildDate>%s</lastBuildDate>\n'
NORTH = "North Korea closed the inter-Korean liaison office in Kaesong on Friday, Seoul said."
LONG = "A long report of the harbour, of its ships and of the people who work on them all day."


def item(name: str, title: str = "", text: str = "", guid: str | None = None, **more: str) -> str:
    """One item; `name` is its guid and ends its link unless those are given."""
    parts = {
        "title": title or f"The harbour reports on {name} and more",
        "description": text or f"{LONG} So says {name}.",
        "guid": name if guid is None else guid,
        "link": f"http://news.example/2026/{name}",
    } | more
    return f"<item>{''.join(f'<{k}>{escape(v)}</{k}>' for k, v in parts.items() if v)}</item>\n"


A, B, C = item("a"), item("b"), item("c")
NEW = item("n", "North Korea closes the liaison office in Kaesong", NORTH)
SHORT = item("x", "Second", "Boats.", guid="")
NAMELESS = {"guid": "", "link": ""}
PAGE = "http://news.example/2026/live"
LIVE = [item("x", "Snow in the hills", link=PAGE), item("y", "The harbour is open", link=PAGE)]


def live(n: int) -> str:
    """One of the news of a live page, worded much like the others."""
    act = ("closes the", "withdraws all its staff from the", "cuts the phone lines of the")[n]
    title = f"North Korea {act} liaison office in Kaesong, Seoul says"
    return item(f"live{n}", title, f"{title}. More soon.", link=PAGE)


def daily(name: str) -> str:
    """An item under the title that it has each day."""
    return item(
        name, "The ministry of unification at its daily briefing", f"{NORTH} Number {name}."
    )


DAILY = [daily("d1"), daily("d2")]
SERIES: Mapping[str, list[list[str]]] = {
    "one new": [[A, B, C], [NEW, A, B, C]],
    "several new": [[A, B, C], [item("e"), NEW, item("d"), A, B], [item("f"), item("e"), NEW]],
    "nothing new": [[A, B, C], [C, A], [A, B, C], [B]],
    "edited": [[A, B, C], [A, item("b", text=NORTH), C], [A, B, C]],
    "edited beside news": [[A, B], [NEW, A, B], [item("d"), item("n", text=LONG), A, B]],
    "a guid for something else": [[A, B, C], [item("n", "All other", NORTH, guid="a"), A, B, C]],
    "a guid used again later": [[A, B], [B, C], [item("n", "All other", NORTH, guid="a"), B, C]],
    "a link for something else": [
        [A, B],
        [item("n", "All other", NORTH, link="http://news.example/2026/a"), A, B],
    ],
    "a short text and a link for several": [
        [SHORT],
        [item("x", "First", "Boats.", guid=""), SHORT, item("x", "Second", "Ships.", guid="")],
        [SHORT, item("x", "Third", "Cranes.", guid="")],
    ],
    "an item of another vocabulary": [[A, B], [A, NEW.replace("<item>", '<item xmlns="urn:x">')]],
    "a new guid for the same": [[A, B], [item("a", guid="new"), A, B], [item("a", guid="new"), B]],
    "a title again": [
        [item("a", "Ships in the harbour of the town today", **NAMELESS), B],
        [
            item("n", "Ships in the harbour of the town today", NORTH, **NAMELESS),
            item("a", "Ships in the harbour of the town today", **NAMELESS),
            B,
        ],
    ],
    "one guid for two": [
        [item("a", guid="x"), item("b", guid="x")],
        [item("n", NORTH, guid="x"), item("a", guid="x"), item("b", guid="x")],
        [C],
    ],
    "one page for all of them": [
        LIVE,
        [live(0), *LIVE],
        LIVE,
        [live(1), *LIVE],
        LIVE,
        [live(2), *LIVE],
    ],
    "one title for several": [DAILY, [daily("n"), *DAILY], [daily("m")], [daily("l")]],
    "twice in one document": [[A, B], [NEW, NEW, A, B], [item("n2", text=NORTH), NEW, A]],
    "a date that cannot be read": [[A, B], [item("n", NORTH, pubDate="soon"), A, B], [C, A]],
    "an item in an item": [[A, B], [A, f"<item><title>Odd</title>{C}</item>", B], [NEW, A, B]],
    "all at once": [[A, B, C], [NEW, item("d"), item("e")]],
}


class Side:
    """A site that reads /a."""

    def __init__(self, world: World, client: Client, clock: StillClock) -> None:
        world.configure("/a")
        self.site: Site = open_site(load(world.config), clock, {})
        self.site.begin(clock.now())
        self.poller = Poller(self.site, client)

    async def read(self) -> PollResult:
        return await read(self.site, self.poller, "a")

    def kept(self) -> list[Any]:
        """All that is remembered but for times that only tell when."""
        store = self.site.store
        state = store.source_state("a")
        assert state is not None
        rows = [
            (row.article, row.revision, row.title, row.kind, row.rule, row.why, row.story)
            for row in store.ledger()
        ]
        return [
            rows,
            [store.revisions(row.article) for row in store.ledger()],
            [alert.headline for alert in store.alerts()],
            (state.entries, state.usual, state.flaw, state.trouble, state.last_new),
            store.rhythm("a"),
            entries(store.path),
        ]

    def close(self) -> None:
        self.poller.close()
        self.site.store.close()


def entries(path: Path) -> list[Any]:
    with sqlite3.connect(path) as raw:
        return raw.execute("SELECT * FROM entries ORDER BY key").fetchall()


@pytest.fixture
async def side(tmp_path: Path, web: Web, client: Client, clock: StillClock) -> AsyncIterator[Side]:
    made = Side(World(tmp_path / "side", web), client, clock)
    yield made
    made.close()


def serve(web: Web, items: list[str], head: str = "News", made: str = "") -> None:
    body = HEAD % (head, made) + "".join(items) + "</channel></rss>"
    web.pages["/a"] = (200, {"Content-Type": "application/rss+xml"}, body.encode())


@pytest.fixture
def sizes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many entries each reading of a document gave."""
    found: list[int] = []

    def noted(source: Any, got: Fetched, *given: Any, **more: Any) -> ParsedFeed:
        feed = read_document(source, got, *given, **more)
        found.append(len(feed.entries))
        return feed

    monkeypatch.setattr(lastread, "read_document", noted)
    return found


@contextmanager
def whole(side: Side) -> Iterator[None]:
    """This side forgets what it read, as a process that was started anew."""
    yield
    side.poller._last = LastRead()


@pytest.mark.parametrize("name", SERIES)
async def test_what_is_remembered_is_the_same_as_when_all_is_read(
    name: str, side: Side, tmp_path: Path, web: Web, client: Client, clock: StillClock
) -> None:
    other = Side(World(tmp_path / "other", web), client, clock)
    for items in SERIES[name]:
        serve(web, items, made=str(clock.now()))
        one = await side.read()
        with whole(other):
            two = await other.read()
        assert (one.error, one.new, one.alerts, one.renamed, one.warnings) == (
            two.error,
            two.new,
            two.alerts,
            two.renamed,
            two.warnings,
        )
        clock.move(minutes=15)
    assert side.kept() == other.kept()
    other.close()


async def test_only_the_new_item_is_read(
    side: Side, web: Web, clock: StillClock, sizes: list[int]
) -> None:
    serve(web, [A, B, C], made="Monday")
    await side.read()
    clock.move(minutes=15)
    serve(web, [NEW, A, B], made="Tuesday")
    assert (await side.read()).alerts == 1
    clock.move(minutes=15)
    serve(web, [A], made="Wednesday")
    await side.read()
    assert sizes == [3, 1, 0]
    state = side.site.store.source_state("a")
    assert state is not None
    assert (state.entries, len(entries(side.site.store.path))) == (1, 4)


async def test_a_document_is_read_whole_after_a_change_of_its_head_and_once_a_day(
    side: Side, web: Web, clock: StillClock, sizes: list[int]
) -> None:
    serve(web, [A, B])
    await side.read()
    serve(web, [A, B, C], head="Renamed")
    clock.move(minutes=15)
    await side.read()
    serve(web, [NEW, A, B, C], head="Renamed")
    clock.move(hours=24)
    await side.read()
    assert sizes == [2, 3, 4]


async def test_what_another_process_stored_meanwhile_is_not_mistaken_for_what_was_read_here(
    side: Side, web: Web, client: Client, clock: StillClock
) -> None:
    """The text that is back was the last one here, and is an edit all the same."""
    other = Poller(side.site, client)
    for poller, text in ((side.poller, ""), (other, NORTH), (side.poller, "")):
        serve(web, [A, item("b", text=text)])
        await read(side.site, poller, "a")
        clock.move(minutes=15)
    other.close()
    revisions = [row.revision for row in side.site.store.ledger() if "on b and" in row.title]
    assert sorted(revisions) == [0, 1, 2]


async def test_what_was_undone_is_read_again(
    side: Side, web: Web, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(web, [A, B])
    await side.read()
    serve(web, [NEW, A, B])
    clock.move(minutes=15)
    with monkeypatch.context() as broken:
        broken.setattr("monitor.store.unit.Unit.save_source", lambda *_: 1 / 0)
        assert "fault in the program" in str((await side.read()).error)
    clock.move(minutes=15)
    assert (await side.read()).alerts == 1
