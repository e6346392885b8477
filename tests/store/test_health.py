"""Rhythms, what was said of sources, and what happened to them, on a real file."""

from __future__ import annotations

from dataclasses import replace

from monitor.store import HealthEvent, Store, Told
from tests.store.conftest import DAY, GAP, MINUTE, NOW, STATE


def add(store: Store, *ids: str) -> None:
    with store.writing() as unit:
        unit.sync_sources([(id_, f"http://{id_}.example/") for id_ in ids], NOW)


def test_a_rhythm_is_read_back_as_it_was_saved_last(store: Store) -> None:
    assert store.rhythm("feed") is None
    for learned in ({"weeks": 0.5, "counts": [1.5, 0]}, {"weeks": 2}):
        with store.writing() as unit:
            unit.save_rhythm("feed", learned)
            assert unit.rhythm("feed") == learned
    assert store.rhythm("feed") == {"weeks": 2}


def test_only_configured_sources_in_trouble_are_given_out(store: Store) -> None:
    add(store, "a", "b", "c")
    bad = [replace(STATE, id=id_, url=f"http://{id_}.example/", trouble="silent") for id_ in "ab"]
    with store.writing() as unit:
        for state in bad:
            unit.save_source(state)
        unit.sync_sources([("b", "http://b.example/"), ("c", "http://c.example/")], NOW)
        assert [state.id for state in unit.troubled()] == ["b"]
        assert [state.id for state in unit.states_of(["a", "c", "none"])] == ["c"]


def test_sources_that_were_read_well_since_a_time_are_counted(store: Store) -> None:
    add(store, "a", "b", "c")
    with store.writing() as unit:
        for id_, minutes, trouble in (("a", 5, None), ("b", 0, None), ("c", 5, "silent")):
            at = NOW + minutes * MINUTE
            url = f"http://{id_}.example/"
            unit.save_source(
                replace(STATE, id=id_, url=url, last_polled=at, last_success=at, trouble=trouble)
            )
        assert unit.count_read_since(NOW) == 1
        assert unit.count_read_since(NOW - MINUTE) == 2


def test_what_was_said_of_a_source_is_one_row(store: Store) -> None:
    first = Told("a", True, NOW, 1, "silent", "nothing new", NOW - DAY)
    second = replace(first, broken=False, at=NOW + DAY)
    with store.writing() as unit:
        unit.save_told(first)
        unit.save_told(second)
        unit.save_told(Told("", True, NOW))
        assert unit.told_health() == {"": Told("", True, NOW), "a": second}
    assert store.health_told() == (Told("", True, NOW), second)
    with store.writing() as unit:
        unit.forget_told(["", "a"])
    assert store.health_told() == ()


def test_events_are_kept_in_their_order_and_told_once(store: Store) -> None:
    broke = HealthEvent(NOW + MINUTE, "other", "broke", "silent", "quiet", NOW, alert="alert-1")
    with store.writing() as unit:
        unit.add_health_event(GAP)
        unit.add_health_event(broke)
        (owed,) = unit.owed_health()
        assert replace(owed, id=0) == GAP
        assert unit.health_since("feed", "gap", NOW - MINUTE)
        assert not unit.health_since("feed", "gap", NOW)
        unit.mark_owed([owed], "alert-2")
        assert unit.owed_health() == ()
    assert [event.what for event in store.health_events()] == ["broke", "gap"]
    (only,) = store.health_events(source="feed")
    assert (only.owed, only.alert) == (False, "alert-2")


def test_there_is_something_to_tell_while_anything_is_or_was_wrong(store: Store) -> None:
    add(store, "a")
    assert not store.health_to_tell()
    with store.writing() as unit:
        unit.add_health_event(GAP)
    assert store.health_to_tell()
    with store.writing() as unit:
        unit.mark_owed(unit.owed_health(), None)
    assert not store.health_to_tell()
    with store.writing() as unit:
        unit.save_told(Told("a", True, NOW))
    assert store.health_to_tell()


def test_what_happened_long_ago_is_forgotten(store: Store) -> None:
    with store.writing() as unit:
        unit.add_health_event(GAP)
        unit.add_health_event(replace(GAP, at=NOW + DAY))
        assert unit.prune(NOW + DAY, DAY / 2, 10) == 1
    assert [event.at for event in store.health_events()] == [NOW + DAY]


def test_events_are_counted_since_a_time_or_ever(store: Store) -> None:
    with store.writing() as unit:
        unit.add_health_event(GAP)
        unit.add_health_event(replace(GAP, at=NOW + DAY))
        assert unit.count_health("feed", "gap", NOW) == 1
        assert unit.count_health("feed", "gap", None) == 2
