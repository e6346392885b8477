from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor.models import DeliveryState
from monitor.store import Store
from tests.store.conftest import ALERT, DAY, LEASE, MINUTE, NOW, STATE, claim, fill

HOUR = timedelta(hours=1)


def sources(store: Store, count: int, now: datetime = NOW) -> None:
    with store.writing() as unit:
        unit.sync_sources([(f"s{n:05}", f"http://{n}.example/") for n in range(count)], now)


def claimed(store: Store, now: datetime, limit: int = 100) -> list[str]:
    with store.writing() as unit:
        return [state.id for state in unit.claim_due(now, limit, "me", LEASE)]


def polled(store: Store, id_: str, at: datetime) -> None:
    with store.writing() as unit:
        state = store.source_state(id_)
        assert state is not None
        unit.save_source(replace(state, last_polled=at, next_due=at + 15 * MINUTE))


def test_the_longest_waiting_source_is_claimed_first(store: Store) -> None:
    sources(store, 3)
    for n, minutes in enumerate((3, 1, 2)):
        polled(store, f"s{n:05}", NOW - minutes * MINUTE)
    due = NOW + 20 * MINUTE
    assert claimed(store, due, 2) == ["s00000", "s00002"]
    assert claimed(store, due, 2) == ["s00001"]
    assert claimed(store, due, 2) == []


def test_a_source_is_claimed_again_when_its_lease_is_over(store: Store) -> None:
    sources(store, 1)
    assert claimed(store, NOW) == ["s00000"]
    assert claimed(store, NOW + LEASE - timedelta(seconds=1)) == []
    assert claimed(store, NOW + LEASE) == ["s00000"]


def test_only_the_leases_of_one_owner_are_freed_when_one_is_named(store: Store) -> None:
    sources(store, 2)
    with store.writing() as unit:
        unit.claim_due(NOW, 1, "one", LEASE)
        unit.claim_due(NOW, 1, "two", LEASE)
        assert unit.release_leases("nobody") == 0
        assert unit.release_leases("two") == 1
        assert [s.id for s in unit.claim_due(NOW, 9, "two", LEASE)] == ["s00001"]
        assert unit.release_leases() == 2


def test_six_workers_claim_every_source_once(path: Path) -> None:
    """Six stores on one file, as six processes have; none claims what another one did."""
    with ExitStack() as stack:
        stores = [stack.enter_context(Store.open(path, timeout=30)) for _ in range(6)]
        sources(stores[0], 300)

        def work(store: Store) -> list[str]:
            found: list[str] = []
            while some := claimed(store, NOW, 7):
                found += some
            return found

        with ThreadPoolExecutor(6) as pool:
            found = [id_ for part in pool.map(work, stores) for id_ in part]
    assert len(found) == 300
    assert len(set(found)) == 300


def test_six_threads_claim_every_delivery_once(store: Store) -> None:
    with store.writing() as unit:
        unit.save_alert(ALERT, [("mail", f"{n}@example.org") for n in range(120)])

    def work(_: int) -> list[int]:
        found: list[int] = []
        while True:
            with store.writing() as unit:
                taken = claim(unit, NOW, "me", LEASE)
            if taken is None:
                return found
            found.append(taken[0].id)

    with ThreadPoolExecutor(6) as pool:
        found = [id_ for part in pool.map(work, range(6)) for id_ in part]
    assert sorted(found) == sorted(d.id for d in store.deliveries(limit=500))
    assert len(found) == 120


def test_the_first_due_time_is_known_without_claiming(store: Store) -> None:
    assert store.next_due(NOW) is None
    assert store.next_delivery(NOW) is None
    sources(store, 2)
    polled(store, "s00000", NOW)
    polled(store, "s00001", NOW + MINUTE)
    assert store.next_due(NOW) == NOW + 15 * MINUTE
    with store.writing() as unit:
        unit.save_alert(ALERT, [("mail", "ann@example.org")])
    assert store.next_delivery(NOW) == NOW
    assert store.next_delivery() == NOW


# --- D1: the clock is set back ---


@pytest.mark.parametrize("step", [HOUR, 365 * DAY])
def test_D1_a_clock_set_back_strands_no_source(store: Store, step: timedelta) -> None:
    sources(store, 1)
    polled(store, "s00000", NOW)
    assert store.next_due(NOW - step) == NOW - step
    assert claimed(store, NOW - step) == ["s00000"]
    polled(store, "s00000", NOW - step)
    assert claimed(store, NOW - step) == []
    assert claimed(store, NOW - step + 15 * MINUTE) == ["s00000"]


def test_D1_a_clock_set_back_strands_no_source_that_was_never_polled(store: Store) -> None:
    sources(store, 1, NOW + HOUR)
    assert store.next_due(NOW) == NOW
    assert claimed(store, NOW) == ["s00000"]


def test_D1_a_clock_set_back_strands_no_lease(store: Store) -> None:
    sources(store, 1, NOW - 9 * DAY)
    fill(store)
    with store.writing() as unit:
        unit.sync_sources([("s00000", "http://0.example/")], NOW - 9 * DAY)
        unit.claim_due(NOW, 9, "dead", LEASE)
        claim(unit, NOW, "dead", LEASE, ["slack"])
        assert [s.id for s in unit.claim_due(NOW - HOUR, 9, "me", LEASE)] == ["s00000"]
        taken = claim(unit, NOW - HOUR, "me", LEASE, ["slack"])
    assert taken is not None
    assert taken[0].attempt == 2


def test_D1_a_clock_set_back_strands_no_delivery(store: Store) -> None:
    fill(store)
    with store.writing() as unit:
        taken = claim(unit, NOW, "me", LEASE, ["slack"])
        assert taken is not None
        later = NOW + 30 * MINUTE
        unit.record_delivery(taken[0].id, 1, DeliveryState.PENDING, NOW, next_try=later)
    assert store.next_delivery(NOW - HOUR) == NOW - HOUR
    with store.writing() as unit:
        assert claim(unit, NOW, "me", LEASE, ["slack"]) is None
        again = claim(unit, NOW - HOUR, "me", LEASE, ["slack"])
    assert again is not None


def test_a_claimer_whose_clock_lags_a_little_does_not_take_a_live_lease(store: Store) -> None:
    sources(store, 1)
    polled(store, "s00000", NOW - HOUR)
    assert claimed(store, NOW) == ["s00000"]
    assert claimed(store, NOW - timedelta(seconds=30)) == []
    polled(store, "s00000", NOW)
    assert claimed(store, NOW - timedelta(seconds=30)) == []


def test_a_source_may_be_put_off_for_longer_than_a_month(store: Store) -> None:
    sources(store, 1)
    state = replace(STATE, id="s00000", url="http://0.example/", last_polled=NOW)
    with store.writing() as unit:
        unit.save_source(replace(state, next_due=NOW + 60 * DAY))
    assert claimed(store, NOW + 59 * DAY) == []
    assert claimed(store, NOW + 60 * DAY) == ["s00000"]
