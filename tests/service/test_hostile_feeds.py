"""Feeds that serve their items oddly, through the real poller: rows A1 to A20 of the catalogue.

Each is read once quietly, then with the report of a walkout in it, which is news.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from html import escape

import pytest

from monitor.models import Alert
from monitor.service.baseline import FirstRound
from monitor.service.dispatch import tell
from monitor.service.health import HealthWatch
from monitor.service.identify import MOST_REVISIONS
from monitor.service.poll import Poller
from monitor.service.result import PollResult
from monitor.service.site import Site
from monitor.sources.net import Client
from tests.acceptance.test_service import OLD, RETURN, WALKOUT
from tests.acceptance.world import Web
from tests.service.conftest import StillClock, read
from tests.service.newsroom import Opened

Item = tuple[str, str]
QUIET = [
    (f"The harbour of the town has {n} ships at anchor", "No more is known.") for n in range(8)
]
CLOSED = (
    "North Korea blows up the Kaesong liaison office",
    "North Korea blew up the inter-Korean liaison office in Kaesong on Tuesday, the unification "
    "ministry said.",
)
KOREAN = (
    "북한, 개성 남북공동연락사무소에서 인력 전원 철수",
    "북한이 22일 개성 남북공동연락사무소에서 인력을 전원 철수했다고 통일부가 밝혔다.",
)


def rss(*items: str) -> bytes:
    return f"<rss version='2.0'><channel><title>F</title>{''.join(items)}</channel></rss>".encode()


def item(words: Item, *, guid: str = "", link: str = "", date: str = "") -> str:
    parts = {"guid isPermaLink='false'": guid, "link": link, "pubDate": date}
    rows = (f"<{name}>{escape(text)}</{name.split()[0]}>" for name, text in parts.items() if text)
    title, text = map(escape, words)
    return f"<item><title>{title}</title><description>{text}</description>{''.join(rows)}</item>"


@dataclass
class Desk:
    """Sources /a, /b ... of one site, whose documents are written byte by byte."""

    web: Web
    site: Site
    poller: Poller
    clock: StillClock

    def serve(self, path: str, body: bytes) -> None:
        self.web.pages[path] = (200, {"Content-Type": "application/rss+xml"}, body)

    async def poll(self, id_: str = "a", **later: float) -> PollResult:
        """Poll a source after some time, ten minutes unless told otherwise."""
        self.clock.move(**(later or {"minutes": 10}))
        result = await read(self.site, self.poller, id_)
        HealthWatch(self.site).look(self.clock.now())
        return result

    def pushed(self) -> list[Alert]:
        """What was alerted of the news, the oldest first."""
        return [alert for alert in reversed(self.site.store.alerts()) if alert.kind != "notice"]


Make = Callable[..., Desk]


@pytest.fixture
async def desk_of(
    web: Web, opened: Opened, client: Client, clock: StillClock
) -> AsyncIterator[Make]:
    made: list[Desk] = []

    def make(*paths: str, **options: str) -> Desk:
        site = opened(*(paths or ("/a",)), **options)
        made.append(Desk(web, site, Poller(site, client), clock))
        return made[-1]

    yield make
    for desk in made:
        desk.poller.close()


def numbered(items: Sequence[Item]) -> list[str]:
    return [item(words, guid=words[0][:40]) for words in items]


async def test_A1_one_bad_byte_in_a_description_hides_no_headline_and_no_news(
    desk_of: Make,
) -> None:
    desk = desk_of()
    old = [(f"항구에 배 {n}척이 정박해 있다", "남북 관계와 무관하다.") for n in range(30)]
    desk.serve("/a", rss(*numbered(old)))
    await desk.poll()
    whole = rss(*numbered([KOREAN, *old]))
    at = whole.index("무관하다".encode())
    desk.serve("/a", whole[:at] + b"\xff" + whole[at:])
    result = await desk.poll()
    assert "charset repaired" in result.warnings
    titles = [row.title for row in desk.site.store.ledger(limit=100)]
    assert set(titles) == {words[0] for words in [KOREAN, *old]}
    (alert,) = desk.pushed()
    assert alert.citations[0].title == KOREAN[0]


DATES = [
    "2026년 3월 22일 오후 6시", "22/03/2026 09:00", "Sun, 22 Mar 2026 18:00:00 KST",
    "2026-03-22 18:00:00", "Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 01 Jan 1970 00:00:00 GMT",
    "yesterday", "",
]  # fmt: skip


@pytest.mark.parametrize("date", DATES)
async def test_A3_whatever_the_date_says_a_new_entry_is_news_and_is_not_pinned_on_top(
    desk_of: Make, date: str
) -> None:
    desk = desk_of()
    dated = "Sun, 22 Mar 2026 08:00:00 GMT"
    desk.serve("/a", rss(*(item(words, guid=words[0], date=dated) for words in QUIET)))
    await desk.poll()
    desk.serve("/a", rss(item(WALKOUT, guid="w", date=date), *numbered(QUIET)))
    assert (await desk.poll()).alerts == 1
    (walkout,) = desk.pushed()
    published = walkout.citations[0].published
    assert published is None or published <= desk.clock.now() + timedelta(hours=1)
    desk.serve("/a", rss(item(RETURN, guid="r"), item(WALKOUT, guid="w", date=date)))
    await desk.poll(days=3)
    newest, *_, last = desk.site.store.alerts()
    assert last.id == walkout.id != newest.id


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("http://a.test/?p={n}", "https://a.test/?p={n}"),
        ("post-{n}", "{n}@cms.a.test"),
    ],
    ids=["https", "another CMS"],
)
async def test_A4_when_every_guid_changes_nothing_is_news_and_the_log_says_so(
    desk_of: Make, before: str, after: str, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = desk_of()
    news = [WALKOUT, OLD, *QUIET]

    def served(form: str) -> bytes:
        rows = enumerate(news)
        return rss(
            *(item(w, guid=form.format(n=n), link=f"http://a.test/{n}.html") for n, w in rows)
        )

    desk.serve("/a", served(before))
    await desk.poll()
    desk.serve("/a", served(after))
    result = await desk.poll()
    assert result.alerts == 0
    tell(result)
    assert f"re-identified                  entries={len(news)} source=a" in capsys.readouterr().out
    assert desk.site.store.counts().articles == len(news)
    assert desk.pushed() == []


async def test_A5_two_entries_with_one_guid_are_both_told_and_once(desk_of: Make) -> None:
    desk = desk_of()
    desk.serve("/a", rss(*numbered(QUIET)))
    await desk.poll()
    other = ("Kim Yo Jong threatens to tear down the Kaesong liaison office", "She gave no date.")
    both = [item(WALKOUT, guid="same"), item(other, guid="same")]
    desk.serve("/a", rss(*both, *numbered(QUIET)))
    assert (await desk.poll()).new == 2
    told = len(desk.pushed())
    assert told == 2
    for extra in range(3):
        quiet = [(f"Another {extra} boats came", "No more."), *QUIET]
        desk.serve("/a", rss(*both, *numbered(quiet)))
        assert (await desk.poll()).new <= 1
    assert len(desk.pushed()) == told


async def test_A5_a_guid_that_is_used_again_for_other_news_is_news(desk_of: Make) -> None:
    desk = desk_of()
    top = "http://a.test/top"  # the place of the day's first report, whatever it is
    first = item(("Boats are in the harbour", "They came by night."), guid="top", link=top)
    desk.serve("/a", rss(first, *numbered(QUIET)))
    await desk.poll()
    desk.serve("/a", rss(item(WALKOUT, guid="top", link=top), *numbered(QUIET)))
    await desk.poll()
    (told,) = desk.pushed()
    assert told.headline == WALKOUT[0]
    assert told.kind == "new story"
    assert not told.diff


async def test_A6_entries_without_guid_and_link_are_news_once(desk_of: Make) -> None:
    desk = desk_of()
    desk.serve("/a", rss(*map(item, QUIET)))
    await desk.poll()
    for step in range(4):
        quiet = [(f"Another {step} boats came into the harbour", "No more."), *QUIET]
        desk.serve("/a", rss(*map(item, [WALKOUT, *quiet])))
        result = await desk.poll()
        assert result.new == (2 if step == 0 else 1)
    assert len(desk.pushed()) == 1


async def test_A7_one_story_in_five_feeds_under_host_aliases_is_one_alert_and_four_copies(
    desk_of: Make,
) -> None:
    hosts = ["http://a.test", "https://www.a.test", "https://m.a.test", "http://amp.a.test"]
    desk = desk_of(*(f"/{id_}" for id_ in "abcde"))
    for id_ in "abcde":
        desk.serve(f"/{id_}", rss(*numbered(QUIET)))
        await desk.poll(id_)
    links = [f"{host}/2026/walkout?utm_source=rss" for host in hosts] + ["http://other.test/w"]
    for id_, link in zip("abcde", links, strict=True):
        desk.serve(f"/{id_}", rss(item(WALKOUT, guid=f"{id_}-1", link=link), *numbered(QUIET)))
        await desk.poll(id_, seconds=20)
    assert len(desk.pushed()) == 1
    rows = [row for row in desk.site.store.ledger(limit=100) if row.title == WALKOUT[0]]
    assert [row.kind for row in rows] == ["copy"] * 4 + ["new story"]
    assert rows[0].story == rows[-1].story  # the one of another site


FLAPS = {
    "counter": "Seen {n} times.",
    "clock": "Updated at 10:{n:02}.",
    "advert": "{ad}",
    "poem": "A line about {letter}.",
}
ADS = ["Buy two shoes.", "A holiday by the sea.", "New cars are here.", "Tea for everybody."]


@pytest.mark.parametrize("kind", FLAPS)
async def test_A8_a_clock_an_advert_and_a_counter_are_one_alert_at_most(
    desk_of: Make, kind: str
) -> None:
    desk = desk_of()
    desk.serve("/a", rss(*numbered(QUIET)))
    await desk.poll()
    for n in range(30):
        words = FLAPS[kind].format(n=n, ad=ADS[n % len(ADS)], letter=chr(97 + n % 26) * (4 + n))
        desk.serve("/a", rss(item((WALKOUT[0], f"{WALKOUT[1]} {words}"), guid="w")))
        await desk.poll()
    assert len(desk.pushed()) == 1
    rows = desk.site.store.ledger(limit=5)
    assert {row.kind for row in rows} <= {"flapping", "copy"}  # a text that was there before
    assert len(desk.site.store.revisions(rows[0].article)) <= MOST_REVISIONS + 1


async def test_A10_a_document_cut_off_keeps_its_entries_takes_back_none_and_is_told(
    desk_of: Make,
) -> None:
    desk = desk_of()
    many = [(f"The harbour of the town has {n} ships at anchor", "No more.") for n in range(50)]
    body = rss(*numbered([WALKOUT, *many]))
    desk.serve("/a", body)
    await desk.poll()
    known = desk.site.store.counts()
    for _ in range(14):
        desk.serve("/a", body[:-900])
        await desk.poll(minutes=31)
    state = desk.site.store.source_state("a")
    assert state is not None
    assert 40 < state.entries < 51
    assert desk.site.store.counts().articles == known.articles
    assert desk.pushed() == []
    (notice,) = [alert for alert in desk.site.store.alerts() if "cut off" in alert.headline]
    assert "may be missing news" in notice.headline
    desk.serve("/a", body.replace(b"<title>F<", b"<title>G<"))
    assert (await desk.poll(minutes=31)).new == 0
    assert desk.pushed() == []


async def test_A14_a_source_that_is_removed_and_added_again_begins_quietly(
    desk_of: Make,
) -> None:
    hundred = [(f"The harbour of the town has {n} ships at anchor", "No more.") for n in range(98)]
    desk = desk_of("/a", "/b")
    desk.serve("/a", rss(*numbered(hundred[:5])))
    assert (await desk.poll()).baseline
    desk_of("/b")
    again = desk_of("/a", "/b")
    again.serve("/a", rss(*numbered([WALKOUT, OLD, *hundred])))
    result = await again.poll(days=1)
    assert result.baseline
    assert result.new == 95
    assert again.pushed() == []
    again.serve("/a", rss(*numbered([RETURN, WALKOUT, OLD, *hundred])))
    assert (await again.poll(days=1)).alerts == 1


async def test_A19_news_under_a_title_of_5000_characters_and_signs_is_told_in_a_clean_line(
    desk_of: Make,
) -> None:
    desk = desk_of()
    desk.serve("/a", rss(*numbered(QUIET)))
    await desk.poll()
    title = f"\x1b[31m\0\u202e{WALKOUT[0]}\u2066 " + "and so on " * 500
    desk.serve("/a", rss(item((title, WALKOUT[1]), guid="w"), *numbered(QUIET)))
    await desk.poll()
    (alert,) = desk.pushed()
    assert alert.headline.isprintable()
    assert len(alert.headline) <= 300
    assert all(cited.title.isprintable() for cited in alert.citations)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"])
async def test_A20_news_with_a_dangerous_link_is_told_without_it(desk_of: Make, link: str) -> None:
    desk = desk_of()
    desk.serve("/a", rss(*numbered(QUIET)))
    await desk.poll()
    desk.serve("/a", rss(item(WALKOUT, guid="w", link=link), *numbered(QUIET)))
    await desk.poll()
    (alert,) = desk.pushed()
    assert [cited.url for cited in alert.citations] == [None]
    assert link not in repr(alert)


async def test_A17_more_news_than_can_be_decided_on_at_once_is_decided_on_in_parts(
    desk_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of()
    desk.serve("/a", rss(*numbered(QUIET)))
    before = (await desk.poll()).after
    monkeypatch.setattr("monitor.service.poll.LONGEST", 0.0)
    desk.serve("/a", rss(*numbered([RETURN, WALKOUT, *QUIET])))
    first = await desk.poll()
    assert (first.new, first.alerts) == (1, 1)
    assert first.warnings == ("new entries decided on at once: 1; any others follow",)
    assert first.after.body_hash == before.body_hash
    assert first.after.next_due == desk.clock.now() + timedelta(minutes=1)
    assert (await desk.poll(minutes=1)).new == 1
    last = await desk.poll(minutes=1)
    assert (last.new, last.warnings) == (0, ())
    assert last.after.body_hash != before.body_hash
    titles = [row.title for row in reversed(desk.site.store.ledger(limit=2))]
    assert titles == [WALKOUT[0], RETURN[0]]


async def test_A17_a_first_read_in_parts_is_quiet_to_its_end_and_told_once_with_all_of_it(
    desk_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.service.poll.LONGEST", 0.0)
    desk = desk_of()
    rounds = FirstRound(desk.site)
    desk.serve("/a", rss(*numbered([RETURN, OLD, WALKOUT])))
    for part in range(3):
        result = await desk.poll(minutes=1)
        rounds.done(result, desk.clock.now())
        assert (result.baseline, result.new, result.alerts) == (True, 1, 0)
        assert result.after.baseline_done is False
        assert desk.pushed() == [], part
    done = await desk.poll(minutes=1)
    rounds.done(done, desk.clock.now())
    assert (done.new, done.after.baseline_done, done.after.relevant) == (0, True, 3)
    (summary,) = desk.site.store.alerts()
    assert "1 source read for the first time, 3 entries, 3 about the topic" in summary.headline
    desk.serve("/a", rss(*numbered([CLOSED, RETURN, OLD, WALKOUT])))
    assert (await desk.poll()).baseline is False
    (row,) = desk.site.store.ledger(limit=1)
    assert (row.title, row.rule == "first-poll") == (CLOSED[0], False)
