"""What is owed, claimed, sent and recorded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.models import Alert, Delivery, DeliveryState
from monitor.store import Store, Unit
from tests.store.conftest import ALERT, DAY, LEASE, MINUTE, NOW, claim, fill


def take(unit: Unit, busy: tuple[str, ...] = ()) -> tuple[Delivery, Alert]:
    taken = claim(unit, NOW, "me", LEASE, busy)
    assert taken is not None
    return taken


def test_an_alert_is_owed_once_to_each_recipient(store: Store) -> None:
    fill(store)
    with store.writing() as unit:
        unit.save_alert(ALERT, [("mail", "ann@example.org"), ("mail", "bob@example.org")])
    owed = [(d.channel, d.recipient, d.next_try) for d in store.deliveries()]
    assert owed == [
        ("mail", "bob@example.org", NOW),
        ("slack", "", NOW),
        ("mail", "ann@example.org", NOW),
    ]
    assert store.alerts() == (ALERT,)
    assert store.alert("alert-1") == ALERT
    assert store.alert("nobody") is None


def test_alerts_are_listed_newest_first_and_by_topic(store: Store) -> None:
    notice = replace(ALERT, id="n", topic=None, story=None, kind="notice")
    with store.writing() as unit:
        unit.save_alert(ALERT, [])
        unit.save_alert(notice, [])
    assert store.alerts() == (notice, ALERT)
    assert store.alerts(limit=1) == (notice,)
    assert store.alerts(topic="bridges") == (ALERT,)


def test_a_delivery_is_claimed_sent_and_recorded_once(store: Store) -> None:
    fill(store)
    with store.writing() as unit:
        delivery, alert = take(unit)
        assert (delivery.id, delivery.attempt, alert) == (1, 1, ALERT)
        sent = (delivery.id, 1, DeliveryState.SENT)
        assert unit.record_delivery(*sent, NOW + MINUTE, reference="<m@x>")
        assert not unit.record_delivery(*sent, NOW + MINUTE, reference="<other>")
    (done,) = store.deliveries(DeliveryState.SENT)
    assert (done.sent, done.reference, done.next_try) == (NOW + MINUTE, "<m@x>", None)
    assert store.reference("alert-1", "mail", "ann@example.org") == "<m@x>"
    assert store.reference("alert-1", "slack", "") is None
    assert store.reference("nobody", "slack", "") is None


def test_E7_a_late_writer_is_fenced_off_by_the_attempt(store: Store) -> None:
    fill(store)
    with store.writing() as unit:
        old, _ = take(unit, ("slack",))
        again = claim(unit, NOW + LEASE, "other", LEASE, ["slack"])
        assert again is not None
        assert (again[0].id, again[0].attempt) == (old.id, 2)
        assert not unit.record_delivery(old.id, old.attempt, DeliveryState.REFUSED, NOW)
        assert unit.record_delivery(old.id, 2, DeliveryState.SENT, NOW)


def test_the_answer_of_a_freed_lease_counts_until_somebody_else_claims(store: Store) -> None:
    fill(store)
    with store.writing() as unit:
        delivery, _ = take(unit)
        assert unit.release_leases() == 1
        assert unit.record_delivery(delivery.id, 1, DeliveryState.SENT, NOW)


def test_a_failed_try_waits_for_its_time_and_lets_the_others_pass(store: Store) -> None:
    fill(store)
    later = NOW + 5 * MINUTE
    with store.writing() as unit:
        first, _ = take(unit)
        pending = (first.id, 1, DeliveryState.PENDING, NOW)
        assert unit.record_delivery(*pending, next_try=later, error="451", ambiguous=True)
        assert take(unit)[0].id == 2
        assert claim(unit, NOW, "me", LEASE) is None
        again = claim(unit, later, "me", LEASE, ("slack",))
        assert again is not None
        assert (again[0].last_error, again[0].ambiguous, again[0].attempt) == (None, 1, 2)


def test_a_busy_channel_is_passed_over(store: Store) -> None:
    fill(store)
    with store.writing() as unit:
        assert take(unit, ("mail",))[0].channel == "slack"
        assert claim(unit, NOW, "me", LEASE, ("mail", "slack")) is None


def test_a_pending_delivery_always_has_a_next_try(store: Store) -> None:
    fill(store)
    with pytest.raises(ValueError, match="next try"), store.writing() as unit:
        unit.record_delivery(1, 0, DeliveryState.PENDING, NOW)
    with pytest.raises(ValueError, match="next try"), store.writing() as unit:
        unit.record_delivery(1, 0, DeliveryState.SENT, NOW, next_try=NOW)


def test_an_ended_delivery_can_be_owed_again_but_not_one_under_way(store: Store) -> None:
    fill(store)
    with store.writing() as unit:
        delivery, _ = take(unit)
        assert not unit.resend_delivery(delivery.id, NOW)
        unit.record_delivery(
            delivery.id, 1, DeliveryState.EXPIRED, NOW, error="72 h", ambiguous=True
        )
        assert unit.resend_delivery(delivery.id, NOW + DAY)
        assert not unit.resend_delivery(99, NOW)
    (again,) = [d for d in store.deliveries(DeliveryState.PENDING) if d.id == delivery.id]
    assert (again.created, again.next_try, again.ambiguous) == (NOW + DAY, NOW + DAY, 0)
    assert again.attempt == 1
