"""A real database in a folder of its own, and nouns to put into it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.models import (
    Alert,
    Article,
    Citation,
    Decision,
    Delivery,
    DeliveryState,
    DiffPart,
    Fact,
    Kind,
    LedgerRow,
    Move,
    Relevance,
    Silence,
    SourceState,
    Span,
    Story,
    Verdict,
    Visit,
)
from monitor.store import HealthEvent, HubState, Store, Subscription, Told, Unit

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LEASE = timedelta(minutes=2)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def claim(
    unit: Unit, now: datetime, owner: str, lease: timedelta, busy: Collection[str] = ()
) -> tuple[Delivery, Alert] | None:
    """The first delivery of the next message, None when nothing is due."""
    taken = unit.claim_message(now, owner, lease, busy)
    return taken[0] if taken else None


STATE = SourceState("feed", "http://feed.example/rss", NOW)
ARTICLE = Article(
    "a1", "Bridge 橋 closed", NOW, "Summary", "Body", "http://feed.example/1", "feed", "Gazette"
)
VISIT = Visit("a1", "feed", "http://feed.example/1", "feed.example", NOW, NOW, read=NOW)
STORY = Story("s1", "bridges", "Bridge closed", NOW, NOW, 1, ("Gazette",), ("gazette",), {"b": [1]})
MOVE = Move("bridge", "Bridge", None, "closed")
ALERT = Alert(
    "alert-1",
    Kind.NEW_STORY.value,
    NOW,
    "Bridge closed",
    topic="bridges",
    story="s1",
    moves=(MOVE,),
    diff=(DiffPart("added", "closed"),),
    citations=(Citation("Gazette", "Bridge closed", None, published=NOW),),
)
DECISION = Decision(
    article="a1",
    topic="bridges",
    verdict=Verdict.ALERT,
    kind=Kind.NEW_STORY,
    stage="story",
    rule="opens",
    why="Nothing like it was known.",
    relevance=Relevance.RELEVANT,
    spans=(Span("title", 0, 6, "Bridge", "bridge"),),
    story=STORY,
    nearest="s0",
    score=0.5,
    new_facts=(Fact(act="close", text="closed the bridge"),),
    known_facts=(Fact(act="build"),),
)
MINOR = replace(DECISION, verdict=Verdict.DIGEST, kind=Kind.NEW_FACT)
SILENCE = Silence(0, NOW, NOW + DAY, "known", topic="bridges")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "monitor.db"


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that was just made; to be copied, which is quicker than to make it."""
    made = tmp_path_factory.mktemp("fresh") / "monitor.db"
    Store.open(made).close()
    return made


@pytest.fixture
def store(path: Path, fresh: Path) -> Iterator[Store]:
    path.parent.mkdir()
    shutil.copy(fresh, path)
    with Store.open(path, timeout=0.1) as opened:
        yield opened


def fill(store: Store) -> None:
    """One source with one article that opened a story, alerted and is owed to two recipients."""
    with store.writing() as unit:
        unit.sync_sources([("feed", STATE.url)], NOW)
        poll(unit)


def poll(unit: Unit) -> None:
    """What one poll with one development writes."""
    unit.save_article(ARTICLE, ["k1", "k2"])
    unit.save_entry("feed", "e1", "hash", "a1", NOW)
    unit.save_visit(VISIT)
    unit.save_story(STORY)
    unit.save_moves("bridges", [MOVE], "a1", NOW)
    unit.save_alert(ALERT, [("mail", "ann@example.org"), ("slack", "")])
    unit.save_decision(DECISION, ARTICLE, NOW, "alert-1")
    unit.save_decision(MINOR, ARTICLE, NOW, None)
    unit.mark_served("feed", ["e1"], NOW)
    unit.save_source(replace(STATE, etag="etag", last_polled=NOW, next_due=NOW + 15 * MINUTE))


def told(store: Store) -> tuple[LedgerRow, ...]:
    return store.ledger(verdict=Verdict.DIGEST)


SUBSCRIPTION = Subscription(
    "token", "feed", "http://hub.example/", "http://feed.example/rss", "https://we.example",
    "secret", HubState.WANTED, NOW,
)  # fmt: skip
GAP = HealthEvent(NOW, "feed", "gap", cause="All 3 entries are new.", owed=True)
ROW = LedgerRow(NOW, "a1", 0, "", None, None, None, "bridges", "digest", "", "", "", "", "")

# Every method, called as the service calls it. A test holds both lists to the classes themselves.
UNIT_CALLS: dict[str, Callable[[Unit], Any]] = {
    "sync_sources": lambda u: u.sync_sources([("feed", "http://other.example/")], NOW),
    "claim_due": lambda u: u.claim_due(NOW + DAY, 10, "me", LEASE),
    "release_leases": lambda u: u.release_leases(),
    "catch_up": lambda u: u.catch_up(NOW),
    "save_source": lambda u: u.save_source(STATE),
    "save_sources": lambda u: u.save_sources([STATE, STATE]),
    "first_reads": lambda u: u.first_reads(),
    "mark_summarised": lambda u: u.mark_summarised(["feed"]),
    "known_entries": lambda u: u.known_entries("feed", ["e1", "e2"]),
    "served": lambda u: u.served("feed"),
    "articles_of": lambda u: u.articles_of(["k1", "k9"]),
    "save_entry": lambda u: u.save_entry("feed", "e1", "other", "a1", NOW),
    "mark_served": lambda u: u.mark_served("feed", ["e2"], NOW),
    "find_article": lambda u: u.find_article(["k1", "id:a1"]),
    "save_article": lambda u: u.save_article(replace(ARTICLE, revision=1), ["k3"]),
    "article_stories": lambda u: u.article_stories("a1"),
    "seed_card": lambda u: u.seed_card("roads", {"state": "open"}),
    "topic_version": lambda u: u.topic_version("bridges"),
    "told_since": lambda u: u.told_since(["bridges"], NOW - DAY),
    "stories_since": lambda u: u.stories_since("bridges", NOW - DAY),
    "stories_before": lambda u: u.stories_before("bridges", NOW + DAY),
    "story_articles": lambda u: u.story_articles("s1", 10),
    "card": lambda u: u.card("bridges"),
    "card_moved": lambda u: u.card_moved("bridges"),
    "save_story": lambda u: u.save_story(STORY),
    "save_moves": lambda u: u.save_moves("bridges", [MOVE], "a1", NOW),
    "story_root": lambda u: u.story_root("s1"),
    "save_decision": lambda u: u.save_decision(DECISION, ARTICLE, NOW, None),
    "with_untold": lambda u: u.with_untold(["bridges"]),
    "untold": lambda u: u.untold("bridges", 10),
    "mark_told": lambda u: u.mark_told("bridges", [ROW], "alert-1"),
    "save_alert": lambda u: u.save_alert(ALERT, [("console", "")]),
    "claim_message": lambda u: claim(u, NOW, "me", LEASE, ["slack"]),
    "record_delivery": lambda u: u.record_delivery(1, 0, DeliveryState.SENT, NOW),
    "resend_delivery": lambda u: u.resend_delivery(1, NOW),
    "try_again": lambda u: u.try_again(("mail", "ann@example.org"), NOW),
    "recipients_of": lambda u: u.recipients_of("alert-1"),
    "last_told": lambda u: u.last_told("mail", "ann@example.org", "bridges", NOW),
    "failing_channels": lambda u: u.failing_channels(),
    "sent_times": lambda u: u.sent_times("mail", NOW - DAY),
    "hold_back": lambda u: u.hold_back("mail", NOW, NOW + MINUTE),
    "has_digest": lambda u: u.has_digest("office", NOW),
    "watching_since": lambda u: u.watching_since(),
    "acknowledge": lambda u: u.acknowledge("alert-1", "ann", NOW),
    "silences": lambda u: u.silences(),
    "add_silence": lambda u: u.add_silence(SILENCE),
    "kept_back": lambda u: u.kept_back(1),
    "mark_silence_told": lambda u: u.mark_silence_told(1),
    "end_silence": lambda u: u.end_silence(1, NOW),
    "visit": lambda u: u.visit("a1"),
    "save_visit": lambda u: u.save_visit(VISIT),
    "claim_visit": lambda u: u.claim_visit(NOW, "me", LEASE, ["other.example"]),
    "other_pages": lambda u: u.other_pages("feed", "a2", 5),
    "rhythm": lambda u: u.rhythm("feed"),
    "save_rhythm": lambda u: u.save_rhythm("feed", {"weeks": 2}),
    "troubled": lambda u: u.troubled(),
    "states_of": lambda u: u.states_of(["feed"]),
    "count_read_since": lambda u: u.count_read_since(NOW - DAY),
    "told_health": lambda u: u.told_health(),
    "save_told": lambda u: u.save_told(Told("feed", True, NOW)),
    "forget_told": lambda u: u.forget_told(["feed"]),
    "add_health_event": lambda u: u.add_health_event(GAP),
    "count_health": lambda u: u.count_health("feed", "gap", NOW - DAY),
    "health_since": lambda u: u.health_since("feed", "gap", NOW - DAY),
    "owed_health": lambda u: u.owed_health(),
    "mark_owed": lambda u: u.mark_owed([replace(GAP, id=1)], None),
    "subscriptions": lambda u: u.subscriptions(),
    "subscription": lambda u: u.subscription("token"),
    "subscriptions_of": lambda u: u.subscriptions_of("feed"),
    "save_subscription": lambda u: u.save_subscription(SUBSCRIPTION),
    "end_subscription": lambda u: u.end_subscription("token"),
    "hasten": lambda u: u.hasten("feed", NOW, MINUTE),
    "prune": lambda u: u.prune(NOW + DAY, MINUTE, 100),
}
STORE_CALLS: dict[str, Callable[[Store], Any]] = {
    "source_states": lambda s: s.source_states(),
    "source_state": lambda s: s.source_state("feed"),
    "next_due": lambda s: s.next_due(NOW),
    "next_delivery": lambda s: s.next_delivery(NOW),
    "known_entries": lambda s: s.known_entries("feed", ["e1"]),
    "visit": lambda s: s.visit("a1"),
    "rhythm": lambda s: s.rhythm("feed"),
    "health_told": lambda s: s.health_told(),
    "health_events": lambda s: s.health_events(10, "feed"),
    "health_to_tell": lambda s: s.health_to_tell(),
    "subscriptions": lambda s: s.subscriptions(),
    "visits_due": lambda s: s.visits_due(NOW),
    "counts": lambda s: s.counts(),
    "find_article": lambda s: s.find_article(["k2"]),
    "revisions": lambda s: s.revisions("a1"),
    "stories": lambda s: s.stories("bridges"),
    "story": lambda s: s.story("s1"),
    "story_articles": lambda s: s.story_articles("s1"),
    "card": lambda s: s.card("bridges"),
    "card_history": lambda s: s.card_history("bridges"),
    "alerts": lambda s: s.alerts(topic="bridges"),
    "alert": lambda s: s.alert("alert-1"),
    "deliveries": lambda s: s.deliveries(DeliveryState.PENDING),
    "reference": lambda s: s.reference("alert-1", "slack", ""),
    "silences": lambda s: s.silences(),
    "ledger": lambda s: s.ledger(topic="bridges"),
    "why": lambda s: s.why(["k1"], ""),
    "backup": lambda s: s.backup(s.path.with_name("copy.db")),
    "integrity": lambda s: s.integrity(),
}
