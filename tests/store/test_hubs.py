"""Subscriptions to hubs, and sources that are read sooner, on a real file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from monitor.store import HubState, Store
from tests.store.conftest import DAY, LEASE, MINUTE, NOW, STATE, SUBSCRIPTION, fill

APART = timedelta(seconds=10)


def test_a_subscription_is_one_row_that_comes_back_whole(store: Store) -> None:
    held = replace(
        SUBSCRIPTION, state=HubState.HELD, until=NOW + DAY, failures=2, note="x", next_try=NOW + DAY
    )
    old = replace(SUBSCRIPTION, token="older", state=HubState.LEAVING)
    other = replace(SUBSCRIPTION, token="other", source="b")
    with store.writing() as unit:
        for one in (SUBSCRIPTION, held, other, old):
            unit.save_subscription(one)
        assert unit.subscription("token") == held
        assert unit.subscription("nobody") is None
        assert set(unit.subscriptions_of("feed")) == {held, old}
        assert unit.subscriptions() == (other, old, held)
        unit.end_subscription("token")
        assert unit.subscription("token") is None
    assert store.subscriptions() == (other, old)


def test_H2_a_subscription_shows_no_secret() -> None:
    assert "secret" not in repr(SUBSCRIPTION)
    assert "token" not in repr(SUBSCRIPTION)


def due(store: Store) -> object:
    state = store.source_state("feed")
    assert state is not None
    return state.next_due


def test_a_source_whose_hub_called_is_due_at_once(store: Store) -> None:
    fill(store)
    with store.writing() as unit:
        assert unit.hasten("feed", NOW + MINUTE, APART)
    assert due(store) == NOW + MINUTE


def test_a_source_that_was_just_read_waits_a_moment(store: Store) -> None:
    fill(store)
    with store.writing() as unit:
        assert unit.hasten("feed", NOW + timedelta(seconds=3), APART)
    assert due(store) == NOW + APART
    with store.writing() as unit:  # and it is not put off by a second call
        assert unit.hasten("feed", NOW + timedelta(seconds=8), APART)
        assert unit.hasten("feed", NOW + timedelta(seconds=20), APART)
    assert due(store) == NOW + APART


def test_a_source_that_is_being_read_is_hastened_later(store: Store) -> None:
    fill(store)
    later = NOW + 20 * MINUTE
    with store.writing() as unit:
        assert unit.claim_due(later, 1, "me", LEASE)
        assert not unit.hasten("feed", later, APART)
        unit.save_source(replace(STATE, last_polled=later, next_due=later + DAY))
        assert unit.hasten("feed", later + MINUTE, APART)
    assert due(store) == later + MINUTE


def test_a_source_that_was_never_read_is_due_at_once_and_an_unknown_one_is_left(
    store: Store,
) -> None:
    with store.writing() as unit:
        unit.sync_sources([("feed", STATE.url)], NOW)
        assert unit.hasten("feed", NOW - MINUTE, APART)
        assert unit.hasten("nobody", NOW, APART)
    assert due(store) == NOW - MINUTE
