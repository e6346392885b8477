from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.alerts.retry import Outcome, after_send, backoff
from monitor.models import DeliveryState, Refused, Sent, TryLater, Unknown
from tests.alerts.examples import NOW, delivery, later

PENDING = DeliveryState.PENDING


def test_an_accepted_message_is_sent_with_its_reference() -> None:
    assert after_send(delivery(), Sent("<id>"), NOW) == Outcome(
        DeliveryState.SENT, reference="<id>"
    )


def test_G2_a_refusal_is_the_end_of_that_delivery() -> None:
    outcome = after_send(delivery(), Refused("550 no such user"), NOW)
    assert outcome == Outcome(DeliveryState.REFUSED, error="550 no such user")


def test_G1_waits_double_from_one_minute_to_an_hour() -> None:
    waits = []
    for attempt in range(1, 12):
        outcome = after_send(delivery(attempt=attempt), TryLater("451 busy"), NOW)
        assert (outcome.state, outcome.error) == (PENDING, "451 busy")
        assert outcome.next_try is not None
        waits.append((outcome.next_try - NOW) // timedelta(minutes=1))
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60]


@pytest.mark.parametrize("attempt", [0, -5, 10_000])
def test_any_attempt_number_gives_a_wait_within_bounds(attempt: int) -> None:
    assert timedelta(minutes=1) <= backoff(attempt) <= timedelta(hours=1)


def test_G1_it_gives_up_after_72_hours_and_not_before() -> None:
    tried = delivery(attempt=90)
    assert after_send(tried, TryLater("451"), later(hours=71, minutes=59)).state is PENDING
    outcome = after_send(tried, TryLater("451"), later(hours=72))
    assert outcome == Outcome(DeliveryState.EXPIRED, error="451")


def test_a_delivery_that_may_have_arrived_is_never_called_expired() -> None:
    outcome = after_send(delivery(ambiguous=1), TryLater("451"), later(hours=73))
    assert outcome == Outcome(DeliveryState.UNCONFIRMED, error="451", ambiguous=1)


@pytest.mark.parametrize(
    ("wish", "wait"),
    [
        (timedelta(seconds=30), timedelta(seconds=30)),
        (timedelta(hours=5), timedelta(hours=5)),
        (timedelta(days=3650), timedelta(hours=24)),
        (timedelta(seconds=-9), timedelta(0)),
    ],
)
def test_G5_the_servers_own_wish_is_honoured_up_to_a_day(wish: timedelta, wait: timedelta) -> None:
    assert after_send(delivery(), TryLater("429", wish), NOW).next_try == NOW + wait


def test_G5_a_server_that_wishes_for_a_second_each_time_is_not_hammered() -> None:
    outcome = after_send(delivery(attempt=4), TryLater("429", timedelta(seconds=1)), NOW)
    assert outcome.next_try == later(minutes=8)


def test_G3_a_lost_answer_is_tried_again_and_then_left_unconfirmed() -> None:
    first = after_send(delivery(), Unknown("lost"), NOW)
    assert (first.state, first.ambiguous, first.next_try) == (PENDING, 1, later(minutes=1))
    second = after_send(delivery(attempt=2, ambiguous=1), Unknown("lost"), NOW)
    assert (second.state, second.ambiguous) == (PENDING, 2)
    third = after_send(delivery(attempt=3, ambiguous=2), Unknown("lost"), NOW)
    assert third == Outcome(DeliveryState.UNCONFIRMED, error="lost", ambiguous=3)


def test_what_is_not_ambiguous_leaves_the_count_as_it_was() -> None:
    for result in (Sent(), Refused("no"), TryLater("later")):
        assert after_send(delivery(ambiguous=2), result, NOW).ambiguous == 2
