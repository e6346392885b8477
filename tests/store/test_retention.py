from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from monitor.models import DeliveryState
from monitor.store import Store
from tests.store.conftest import ARTICLE, DAY, DECISION, MINOR, NOW, fill

LATER = NOW + 100 * DAY
KEEP = 30 * DAY


def prune(store: Store, keep: timedelta = KEEP, limit: int = 100) -> int:
    with store.writing() as unit:
        return unit.prune(LATER, keep, limit)


def leave(store: Store) -> None:
    """The feed no longer serves anything."""
    with store.writing() as unit:
        unit.mark_served("feed", [], NOW)


def test_A13_what_a_source_still_serves_is_never_forgotten(store: Store) -> None:
    """A13, with no retention at all."""
    fill(store)
    assert prune(store, timedelta()) == 0
    with store.writing() as unit:
        assert set(unit.known_entries("feed", ["e1"])) == {"e1"}
    assert store.find_article(["k1"]) == ARTICLE


def test_what_left_its_feed_long_ago_goes_but_is_still_recognised(store: Store) -> None:
    fill(store)
    leave(store)
    assert prune(store) == 3  # the entry, the text, the ledger row without an alert
    assert prune(store) == 0
    with store.writing() as unit:
        assert unit.known_entries("feed", ["e1"]) == {}
    assert store.find_article(["k1"]) == replace(ARTICLE, body="")
    assert [row.alert for row in store.ledger()] == ["alert-1"]


def test_what_left_its_feed_lately_stays(store: Store) -> None:
    fill(store)
    with store.writing() as unit:
        unit.mark_served("feed", [], LATER - DAY)
    prune(store)
    with store.writing() as unit:
        assert set(unit.known_entries("feed", ["e1"])) == {"e1"}


def test_what_comes_back_into_its_feed_is_served_again(store: Store) -> None:
    fill(store)
    leave(store)
    with store.writing() as unit:
        unit.mark_served("feed", ["e1"], NOW + DAY)
    assert prune(store, timedelta()) == 0


def test_an_entry_that_is_saved_again_is_served_again(store: Store) -> None:
    fill(store)
    leave(store)
    with store.writing() as unit:
        unit.save_entry("feed", "e1", "hash", "a1", NOW + DAY)
    assert prune(store, timedelta()) == 0


def test_only_what_left_is_marked(store: Store) -> None:
    fill(store)
    with store.writing() as unit:
        unit.save_entry("feed", "e2", "h", "a2", NOW)
        unit.save_entry("other", "e1", "h", "a3", NOW)
        unit.mark_served("feed", ["e2"], NOW)
    prune(store)
    with store.writing() as unit:
        assert set(unit.known_entries("feed", ["e1", "e2"])) == {"e2"}
        assert set(unit.known_entries("other", ["e1"])) == {"e1"}


def test_alerts_and_what_is_owed_stay(store: Store) -> None:
    fill(store)
    leave(store)
    while prune(store, timedelta()):
        pass
    assert len(store.alerts()) == 1
    assert len(store.deliveries(DeliveryState.PENDING)) == 2
    assert len(store.stories()) == 1
    assert store.card("bridges") == {"bridge": "closed"}


def test_forgetting_goes_in_batches_of_the_size_asked_for(store: Store) -> None:
    with store.writing() as unit:
        unit.sync_sources([("feed", "http://feed.example/rss")], NOW)
        for n in range(5):
            article = replace(ARTICLE, id=f"a{n}")
            unit.save_article(article, [f"k{n}"])
            unit.save_entry("feed", f"e{n}", "h", article.id, NOW)
            unit.save_decision(replace(MINOR, article=article.id), article, NOW, None)
        unit.mark_served("feed", [], NOW)
    assert [prune(store, limit=4) for _ in range(5)] == [4, 4, 4, 3, 0]


def test_recent_texts_and_decisions_stay(store: Store) -> None:
    recent = replace(ARTICLE, id="a2", seen=LATER - DAY)
    with store.writing() as unit:
        unit.save_article(recent, ["k2"])
        unit.save_decision(replace(DECISION, article="a2"), recent, LATER - DAY, None)
    assert prune(store) == 0
