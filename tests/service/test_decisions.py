"""Every topic's decision on one article, though only those that it can concern are asked."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from monitor.backtest import article_of
from monitor.config.lexicon import read_lexicon
from monitor.config.load import load_topic
from monitor.detect import HORIZON, Watch
from monitor.detect.words.names import Concerned
from monitor.models import Article, Decision, Kind, Relevance, Verdict
from monitor.service.decisions import TopicStates, decide_all
from monitor.service.identify import Sighting
from monitor.service.site import Site
from monitor.store import Store
from tests.acceptance.world import CONFIG
from tests.service.conftest import StillClock
from tests.service.newsroom import Opened

STREAMS = Path(__file__).parents[1] / "detect" / "streams"
BLAST = (
    "North Korea blows up inter-Korean liaison office in Kaesong",
    "North Korea blew up the inter-Korean liaison office in Kaesong on Thursday, the unification "
    "ministry in Seoul said. The building was destroyed at 2:30 p.m.",
)


class Desk:
    """Decides on one article after the other, and stores what was decided."""

    def __init__(self, site: Site, clock: StillClock) -> None:
        self.site = site
        self.clock = clock
        self.states = TopicStates(site)
        self.asked: list[str] = []

    def tell(self, title: str, body: str, before: Article | None = None) -> list[Decision]:
        self.clock.move(minutes=7)
        article = Article(f"a-{title}"[:60], title, self.clock.at, body=body, outlet="Post")
        if before is not None:
            article = replace(article, id=before.id, revision=1, previous=before)
        return self.take(article)

    def finds(self, title: str, body: str, days: int, lang: str = "en") -> Decision:
        """On the first poll of a source, an entry that is so many days old."""
        then = self.clock.at - timedelta(days=days)
        article = Article(
            f"a-{title}"[:60], title, self.clock.at, body=body, outlet=lang, published=then
        )
        return self.take(article, first=True)[0]

    def take(self, article: Article, first: bool = False) -> list[Decision]:
        made = []
        with self.site.store.writing() as unit:
            sighting = Sighting("", (), "", article)
            if article.revision == 0:
                unit.save_article(article, ())
            for told, decision in decide_all(
                unit, self.site, self.states, sighting, first, article.seen
            ):
                unit.save_decision(decision, told, article.seen, None)
                made.append(decision)
        return made


def watch(*topics: str) -> Watch:
    packs = {name: load_topic(CONFIG / "topics" / f"{name}.yaml") for name in topics}
    return Watch(packs, read_lexicon())


@pytest.fixture
def site(opened: Opened) -> Site:
    """A site that watches both shipped topics."""
    return replace(opened("/a"), topics=watch("liaison-office", "rafah-crossing"))


@pytest.fixture
def desk(site: Site, clock: StillClock) -> Desk:
    return Desk(site, clock)


def test_what_names_nothing_has_one_row_that_says_so_for_all_topics(desk: Desk) -> None:
    assert len(desk.site.topics) > 1
    (decision,) = desk.tell("A quiet day at the harbour", "Three ships came in.")
    assert (decision.topic, decision.kind) == ("", Kind.OFF_TOPIC)
    (row,) = desk.site.store.why((), "harbour")
    assert row.why == "It names nothing that is watched."


@pytest.mark.parametrize(
    "topics", [("liaison-office", "rafah-crossing"), ("rafah-crossing", "liaison-office")]
)
def test_a_lookalike_is_told_whichever_topic_knows_it(
    site: Site, clock: StillClock, topics: tuple[str, ...]
) -> None:
    desk = Desk(replace(site, topics=watch(*topics)), clock)
    (decision,) = desk.tell("Police liaison officer retires", "She served the town for years.")
    assert "look-alike" in decision.why


def test_it_tells_of_a_story_under_way_though_it_names_only_its_world(desk: Desk) -> None:
    assert desk.tell(*BLAST)[0].verdict is Verdict.ALERT
    (decision,) = desk.tell(
        "Kaesong: North Korea blows up building, ministry says",
        "North Korea destroyed the building in Kaesong on Thursday, the unification ministry in "
        "Seoul said.",
    )
    assert decision.relevance is Relevance.RELEVANT
    assert not decision.opens_story


def test_a_report_that_was_told_is_withdrawn_in_words_that_name_nothing(desk: Desk) -> None:
    (first,) = desk.tell(*BLAST)
    (found,) = desk.site.store.revisions(first.article)
    (decision,) = desk.tell(
        "This article has been withdrawn", "The article was retracted.", before=found
    )
    assert decision.kind is Kind.RETRACTION
    assert decision.topic == first.topic


def test_a_text_that_cannot_be_read_is_listed_by_every_topic(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("no such letter")

    monkeypatch.setattr("monitor.detect.words.opened.fold", broken)
    made = desk.tell("A title that nobody saw before", "And a text.")
    assert [d.topic for d in made] == list(desk.site.topics)
    assert {d.verdict for d in made} == {Verdict.DIGEST}


CLOSED = (
    "Rafah crossing closed by Egypt",
    "Egypt closed the Rafah crossing to Gaza on that day, officials in Cairo said.",
)
OPENED = (
    "Rafah crossing opened by Egypt",
    "Egypt opened the Rafah crossing to Gaza on that day, officials in Cairo said.",
)


def test_the_weeks_that_a_first_poll_finds_are_not_one_moment(desk: Desk) -> None:
    older, newer = desk.finds(*CLOSED, days=30), desk.finds(*OPENED, days=3)
    same = desk.finds("Egypt has closed the Rafah crossing", CLOSED[1], days=30, lang="other")
    assert (older.kind, newer.kind) == (Kind.BASELINE, Kind.BASELINE)
    assert older.story
    assert newer.story
    assert same.story
    assert older.story.id == same.story.id != newer.story.id
    assert newer.story.opened == desk.clock.at - timedelta(days=3)


def test_a_first_poll_does_not_move_the_card_back_to_what_another_source_told_before(
    desk: Desk,
) -> None:
    opened = desk.finds(*OPENED, days=3)
    assert [move.now for move in opened.moves] == ["open"]
    assert desk.finds(*CLOSED, days=30, lang="other").moves == ()
    assert desk.site.store.card("rafah-crossing")["operation"] == "open"
    (change,) = desk.site.store.card_history("rafah-crossing")
    assert change.at == desk.clock.at - timedelta(days=3)


def test_what_a_first_poll_finds_of_years_ago_is_remembered_all_the_same(desk: Desk) -> None:
    old = desk.finds(*OPENED, days=900)
    assert old.story
    assert desk.clock.at - old.story.updated < HORIZON
    tomorrow = desk.finds("Rafah crossing: Egypt has opened it", OPENED[1], days=-1, lang="x")
    assert tomorrow.story
    assert tomorrow.story.updated == desk.clock.at


LINED = (
    "North Korea cuts liaison office hotline in Kaesong",
    "North Korea cut the hotline of the inter-Korean liaison office in Kaesong on Tuesday, the "
    "unification ministry in Seoul said.",
)


def told_for(decision: Decision) -> set[str | None]:
    """The days of the cut that a decision tells."""
    facts = (*decision.new_facts, *decision.known_facts)
    return {fact.date for fact in facts if fact.act == "cut" and fact.date}


def tuesday_before(day: date) -> str:
    return (day - timedelta(days=(day.weekday() - 1) % 7)).isoformat()


@pytest.mark.parametrize("days", [21, 26, 302])
def test_a_tuesday_that_a_first_poll_finds_is_that_of_its_entry(desk: Desk, days: int) -> None:
    written = (desk.clock.at - timedelta(days=days)).date()
    assert told_for(desk.finds(*LINED, days=days)) == {tuesday_before(written)}


def test_an_entry_from_tomorrow_is_read_as_of_now(desk: Desk) -> None:
    assert told_for(desk.finds(*LINED, days=-1)) == {tuesday_before(desk.clock.at.date())}


def test_what_a_first_poll_reads_on_its_own_day_is_kept_as_it_was_seen(desk: Desk) -> None:
    found = desk.finds(*LINED, days=21)
    (kept,) = desk.site.store.revisions(found.article)
    assert kept.seen == desk.clock.at


def test_whether_it_is_news_later_does_not_depend_on_its_date(desk: Desk) -> None:
    written = desk.clock.at - timedelta(days=21)
    (told,) = desk.take(Article("late", LINED[0], desk.clock.at, body=LINED[1], published=written))
    assert told.verdict is Verdict.ALERT
    assert told_for(told) == {tuesday_before(desk.clock.at.date())}


def all_of(desk: Desk, rows: Iterable[str]) -> list[Decision]:
    made = []
    for number, line in enumerate(rows):
        desk.clock.move(minutes=7)
        article = article_of(json.loads(line), desk.clock.at)
        made += desk.take(replace(article, id=f"{number}-{article.id}"))
    return made


@pytest.mark.unmeasured  # so long that measuring it would cost a minute
@pytest.mark.slow
def test_asking_every_topic_changes_no_decision(
    site: Site, tmp_path: Path, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = clock.at
    rows = [
        line
        for stream in sorted(STREAMS.iterdir())
        for line in (stream / "articles.jsonl").read_text(encoding="utf-8").splitlines()[:60]
    ]
    quick = all_of(Desk(site, clock), rows)
    assert {d.topic for d in quick} == {"", *site.topics}
    everybody = Concerned(frozenset(site.topics), frozenset())
    monkeypatch.setattr(Watch, "concerned", lambda *_: everybody)
    clock.at = begun
    other = replace(site, store=Store.open(tmp_path / "other.db"), topics=watch(*site.topics))
    other.begin(begun)  # with the same state cards
    try:
        assert all_of(Desk(other, clock), rows) == quick
    finally:
        other.store.close()


def test_an_article_and_its_last_revision_bear_the_clock_of_their_source(
    opened: Opened, clock: StillClock
) -> None:
    site = opened("/a", extra="    zone: Europe/Berlin\n")
    source = site.config.sources[0].id
    summer, winter = clock.at.replace(month=7), clock.at.replace(month=1)
    before = Article("a", "Liaison office opens today", winter, source=source)
    told = site.on_its_clock(replace(before, seen=summer, previous=before))
    assert told.ahead == timedelta(hours=2)
    assert told.previous is not None
    assert told.previous.ahead == timedelta(hours=1)
    assert site.on_its_clock(replace(before, source="another")).ahead is None


def test_what_an_outlet_calls_today_is_the_day_of_its_own_clock(
    opened: Opened, clock: StillClock
) -> None:
    clock.at = clock.at.replace(hour=22)
    site = opened("/a", extra="    zone: Asia/Seoul\n")
    title = "North Korea closes the Kaesong liaison office today"
    new = Article("a", title, clock.at, source=site.config.sources[0].id, lang="en")
    (decision,) = Desk(site, clock).take(new)
    tomorrow = (clock.at + timedelta(days=1)).date().isoformat()
    assert {fact.date for fact in decision.new_facts} == {tomorrow}


CLERKS = (
    "North Korea calls its clerks home from Kaesong liaison office",
    "North Korea called its clerks home from the inter-Korean liaison office in Kaesong on Sunday, "
    "the unification ministry in Seoul said. A note handed over at breakfast named nine clerks and "
    "two drivers. The ministry asked the North to send them back.",
)
ELSEWHERE = (
    "Kaesong liaison office gets a clock",
    "The liaison office hung up a clock, Seoul said.",
)


def runs_again(desk: Desk) -> Decision:
    """The report of the clerks, now under another address."""
    desk.clock.move(minutes=7)
    (made,) = desk.take(Article(f"b-{desk.clock.at}", CLERKS[0], desk.clock.at, body=CLERKS[1]))
    return made


def test_an_old_report_is_known_by_a_service_that_ran_on_and_by_one_that_was_started_anew(
    desk: Desk,
) -> None:
    (first,) = desk.tell(*CLERKS)
    assert first.verdict is Verdict.ALERT
    desk.clock.move(days=HORIZON.days - 0.5)
    desk.tell(*ELSEWHERE)  # the state is read while the story is open, and used when it is not
    desk.clock.move(hours=20)
    with desk.site.store.writing() as unit:
        held = desk.states.of(unit, first.topic, desk.clock.at)
        desk.states.settle(unit, first.topic)
    ran_on = runs_again(desk)
    assert first.story
    assert held is desk.states._cached[first.topic].state
    assert held.get(first.story.id) is None
    begun = runs_again(Desk(desk.site, desk.clock))
    assert (ran_on.kind, ran_on.rule) == (Kind.OLD_NEWS, "run-again")
    assert "first told on 22 March 2026" in ran_on.why
    assert replace(begun, article=ran_on.article) == ran_on


def test_after_years_an_old_report_is_in_the_ledger_with_its_reason_and_in_no_story(
    desk: Desk,
) -> None:
    (first,) = desk.tell(*CLERKS)
    desk.clock.move(days=1400)
    made = runs_again(desk)
    (row,) = desk.site.store.why((), "clerks home")[:1]
    assert (row.rule, row.verdict, row.nearest) == ("run-again", "silent", made.nearest)
    assert made.nearest == first.story.id if first.story else False
    assert row.story is None
    assert "an old report that runs again" in row.why
    assert len(desk.site.store.stories(first.topic)) == 1


def test_an_article_that_opens_its_old_story_anew_leaves_nothing_of_the_old_one(
    desk: Desk,
) -> None:
    (first,) = desk.tell(*CLERKS)
    (found,) = desk.site.store.revisions(first.article)
    desk.clock.move(days=200)
    (edited,) = desk.tell(CLERKS[0], f"{CLERKS[1]} Eleven people stay.", before=found)
    assert first.story
    assert edited.story
    assert edited.story.id == first.story.id
    for where in (desk, Desk(desk.site, desk.clock)):
        assert runs_again(where).rule != "run-again"
