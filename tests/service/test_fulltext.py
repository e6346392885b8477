"""Full text of linked articles: what only the page says, slow pages, silent edits, manners."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest

from monitor.models import Verdict, Visit
from monitor.service.poll import Poller
from monitor.service.result import PollResult
from monitor.service.site import Site
from monitor.service.visits import Visitor
from monitor.sources.article import close_worker
from monitor.sources.net import Client
from tests.acceptance.test_service import OLD
from tests.acceptance.world import CONFIG, Web, World, slug
from tests.service.conftest import StillClock, read

Opened = Callable[..., Site]

BARE = ("North Korea pulls its officials out", "Seoul was told on Sunday, the ministry says.")
BODY = (
    "North Korea withdrew all of its officials from the joint liaison office in Kaesong on "
    "Sunday, the ministry says.",
    "The North told the South that it was withdrawing from the inter-Korean liaison office on "
    "instructions from above, vice unification minister Chun Hae-sung said.",
    "South Korea's 25 staff remain at the liaison office.",
)
TOLD = (
    "North Korea pulls its staff out of the Kaesong liaison office",
    "North Korea on Friday withdrew all of its staff from the inter-Korean joint liaison office in "
    "Kaesong, the unification ministry in Seoul said.",
)
BRIEFED = (
    "Ministry on the Kaesong liaison office",
    "The unification ministry in Seoul spoke of the joint liaison office on Friday.",
)
LEFT = (
    "Vice Minister Suh Ho said on Friday that 58 South Koreans left the liaison office in Kaesong."
)
FULL = (TOLD[1], "Pyongyang gave notice of the withdrawal in the morning.", BODY[2])


@pytest.fixture(scope="module", autouse=True)
def _no_worker_is_left() -> object:
    yield
    close_worker()


def path_of(headline: str) -> str:
    return f"/a/{slug(headline)}"


def page(
    web: Web, item: tuple[str, str], *paragraphs: str, title: str = "", around: str = ""
) -> str:
    """Serve a page with a menu, the article and a footer; its path."""
    title = title or item[0]
    rows = "".join(f"<p>{text}</p>" for text in paragraphs)
    web.pages[path_of(item[0])] = (
        200,
        {"Content-Type": "text/html; charset=utf-8"},
        (
            f"<html><head><title>{title} - The Paper</title></head><body><nav><a href='/'>Home</a>"
            f"<a href='/w'>World</a></nav>{around}<article><h1>{title}</h1>{rows}</article>"
            "<footer>Copyright. All rights reserved.</footer></body></html>"
        ).encode(),
    )
    return path_of(item[0])


@dataclass
class Desk:
    """One site with a poller and a visitor, at a clock that stands."""

    site: Site
    poller: Poller
    visitor: Visitor
    clock: StillClock
    web: Web

    async def poll(self, *items: tuple[str, str]) -> PollResult:
        self.web.feed("/a", *items, OLD)
        return await read(self.site, self.poller, "a")

    async def look(self, **by: float) -> None:
        """Move the clock and look at every page that is due then."""
        self.clock.move(**by)
        self.visitor.stopping = False
        await self.visitor.all_due(30)

    def told(self) -> list[str]:
        return [alert.kind for alert in reversed(self.site.store.alerts())]

    def visit(self, item: tuple[str, str] = TOLD) -> Visit:
        article = next(row.article for row in self.site.store.ledger() if row.title == item[0])
        visit = self.site.store.visit(article)
        assert visit is not None
        return visit

    def asked(self, path: str) -> int:
        return self.web.asked.count(path)


Start = Callable[..., "asyncio.Future[Desk]"]


@pytest.fixture
async def start(
    world: World, opened: Opened, client: Client, clock: StillClock
) -> AsyncIterator[Callable[[str], object]]:
    desks: list[Desk] = []

    async def begin(
        mode: str = "relevant", source: str | None = None, topic: str | None = None
    ) -> Desk:
        world.web.feed("/a", OLD)
        if topic is not None:
            pack = shutil.copytree(CONFIG / "topics", world.config.parent / "topics")
            file = pack / "liaison-office.yaml"
            file.write_text(f"fulltext: {topic}\n{file.read_text(encoding='utf-8')}", "utf-8")
        extra = f"    fulltext: {source}\n" if source else ""
        site = opened("/a", polling=f"  fulltext: {mode}\n", extra=extra)
        poller = Poller(site, client)
        desk = Desk(
            site, poller, Visitor(site, poller.pages, poller.writer.decide), clock, world.web
        )
        desks.append(desk)
        await desk.poll()
        clock.move(minutes=5)
        return desk

    yield begin
    for desk in desks:
        await desk.visitor.drain(5)
        desk.poller.close()


async def test_a_body_that_alone_names_the_topic_alerts_where_all_pages_are_read(start) -> None:
    desk = await start("always")
    page(desk.web, BARE, *BODY)
    assert (await desk.poll(BARE)).alerts == 1
    (row,) = desk.site.store.ledger(verdict=Verdict.ALERT)
    assert {span.part for span in row.spans} == {"body"}
    found = desk.site.store.find_article([f"id:{row.article}"])
    assert found is not None
    assert found.full
    assert found.body == "\n".join(BODY)


@pytest.mark.parametrize(
    ("source", "topic", "everywhere", "asked"),
    [("never", "always", "always", 0), (None, "never", "always", 0), (None, None, "always", 1)],
)
async def test_a_sources_word_counts_before_its_topics_and_that_before_all(
    start, source: str | None, topic: str | None, everywhere: str, asked: int
) -> None:
    desk = await start(everywhere, source=source, topic=topic)
    path = page(desk.web, TOLD, *FULL)
    await desk.poll(TOLD)
    assert desk.asked(path) == asked


async def test_relevant_reads_no_page_of_an_article_that_names_nothing(start) -> None:
    desk = await start("relevant")
    path = page(desk.web, BARE, *BODY)
    assert (await desk.poll(BARE)).alerts == 0
    await desk.look(minutes=1)
    assert desk.asked(path) == 0
    page(desk.web, TOLD, *FULL)
    assert (await desk.poll(TOLD, BARE)).alerts == 1
    assert desk.asked(path_of(TOLD[0])) == 1


async def test_never_reads_no_page(start) -> None:
    desk = await start("never")
    path = page(desk.web, TOLD, *FULL)
    assert (await desk.poll(TOLD)).alerts == 1
    await desk.look(hours=2)
    assert desk.asked(path) == 0
    assert desk.asked("/robots.txt") == 0


async def test_what_a_slow_page_says_more_is_told_once_though_its_feed_said_nothing_new(
    start,
) -> None:
    desk = await start()
    page(desk.web, TOLD, *FULL)
    assert (await desk.poll(TOLD)).alerts == 1
    desk.web.pages[path_of(BRIEFED[0])] = (503, {}, b"")
    assert (await desk.poll(BRIEFED, TOLD)).alerts == 0
    page(desk.web, BRIEFED, BRIEFED[1], LEFT)
    await desk.look(minutes=5)
    assert desk.told() == ["new story", "new fact"]
    (row,) = (r for r in desk.site.store.ledger(verdict=Verdict.ALERT) if r.title == BRIEFED[0])
    assert (row.stage, row.why.partition(".")[0]) == (
        "page",
        "Its page says more than its feed did",
    )
    await desk.look(hours=1)
    assert len(desk.told()) == 2


async def test_a_silent_edit_of_the_page_is_told_as_an_edit_with_its_diff(start) -> None:
    desk = await start()
    path = page(desk.web, TOLD, *FULL)
    assert (await desk.poll(TOLD)).alerts == 1
    await desk.look(minutes=1)
    assert desk.asked(path) == 1
    await desk.look(minutes=15)  # nothing changed
    assert desk.asked(path) == 2
    page(desk.web, TOLD, *FULL[:2], FULL[2].replace("25", "31"))
    await desk.look(minutes=45)
    assert desk.told() == ["new story", "correction"]
    alert = desk.site.store.alerts()[0]
    changed = {(part.op, part.text.strip()) for part in alert.diff if part.op != "same"}
    assert changed == {("removed", "25"), ("added", "31")}
    revisions = desk.site.store.revisions(desk.visit().id)
    assert [revision.full for revision in revisions] == [True, True]
    for wait in (5, 18):
        await desk.look(hours=wait)
    assert desk.asked(path) == 5
    assert desk.visit().due is None


async def test_a_changed_headline_of_the_page_is_an_edit(start) -> None:
    desk = await start()
    page(desk.web, TOLD, *FULL)
    await desk.poll(TOLD)
    retracted = f"Story is withdrawn: {TOLD[0]}"
    page(desk.web, TOLD, "This story was wrongly reported.", title=retracted)
    await desk.look(minutes=15)
    assert desk.told() == ["new story", "retraction"]
    _, last = desk.site.store.revisions(desk.visit().id)
    assert last.title == retracted


async def test_what_stands_around_the_text_is_no_edit(start) -> None:
    desk = await start()
    page(desk.web, TOLD, *FULL)
    await desk.poll(TOLD)
    menu = "<div class='banner'><a href='/x'>Elections 2026: all results</a></div>"
    page(desk.web, TOLD, *FULL, around=menu)
    await desk.look(minutes=15)
    assert len(desk.site.store.revisions(desk.visit().id)) == 1
    page(desk.web, TOLD, *FULL, "Subscribe now and read all of our reports for 5 dollars a month.")
    await desk.look(minutes=45)
    assert desk.told() == ["new story"]
    assert desk.site.store.ledger(verdict=Verdict.DIGEST) == ()


async def test_robots_txt_that_forbids_leaves_the_feeds_text_and_is_told_once(
    start, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = await start()
    desk.web.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /a/")
    path = page(desk.web, TOLD, *FULL)
    other = ("Liaison office staff are told to wait", "The inter-Korean liaison office waits.")
    page(desk.web, other, *FULL)
    assert (await desk.poll(TOLD)).alerts == 1
    await desk.poll(other, TOLD)
    await desk.look(minutes=15)
    assert desk.asked(path) == 0
    assert desk.asked("/robots.txt") == 1
    found = desk.site.store.find_article([f"id:{desk.visit().id}"])
    assert found is not None
    assert (found.body, found.full) == ("", False)
    assert "asks programs not to read it" in (desk.visit().note or "")
    assert capsys.readouterr().out.count("page not used") == 1
