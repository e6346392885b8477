from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from monitor.demo.check import audit, unread
from monitor.demo.news import load_news
from monitor.models import Delivery, DeliveryState, LedgerRow

NOW = datetime(2019, 3, 22, tzinfo=UTC)
SENT = DeliveryState.SENT
OWED = [
    Delivery(1, "a", "desk", "desk@newsroom.example", SENT, NOW),
    Delivery(2, "a", "room", "webhook", SENT, NOW),
]
MAIL = {"alert": "a", "message_id": "<a@x>"}
MESSAGE = {"alert": "a"}


def test_one_copy_of_each_is_all_that_was_owed() -> None:
    found = audit(OWED, [MAIL], [MESSAGE], 0)
    assert (found.owed, found.accepted, found.copies, found.problems) == (2, 2, 0, ())


@pytest.mark.parametrize("state", [state for state in DeliveryState if state is not SENT])
def test_what_does_not_stand_as_sent_is_named(state: DeliveryState) -> None:
    waiting = [replace(OWED[0], state=state, last_error="no route"), OWED[1]]
    assert audit(waiting, [MAIL], [MESSAGE], 0).problems == (
        f"alert a to desk stands as {state.value}: no route",
    )


def test_a_message_that_a_server_never_got_is_lost() -> None:
    assert audit(OWED, [], [MESSAGE], 5).problems == ("alert a was not accepted by desk",)


def test_a_message_that_nobody_owed_is_named() -> None:
    stray = {"alert": "b"}
    assert audit(OWED, [MAIL], [MESSAGE, stray], 5).problems == (
        "room accepted what nobody owed: b",
    )


def test_copies_are_forgiven_for_as_many_kills() -> None:
    twice = audit(OWED, [MAIL, MAIL], [MESSAGE], 1)
    assert (twice.copies, twice.accepted, twice.problems) == (1, 3, ())
    assert audit(OWED, [MAIL, MAIL], [MESSAGE], 0).problems == ("1 copies after 0 interruptions",)


def test_a_copy_under_another_message_id_is_told() -> None:
    other = {"alert": "a", "message_id": "<b@x>"}
    found = audit(OWED, [MAIL, other], [MESSAGE], 1)
    assert found.problems == ("mails of alert a have different Message-IDs",)


def test_a_record_without_a_decision_is_named() -> None:
    first, second = load_news()[2:4]
    words = {"outlet": None, "topic": None, "verdict": "silent", "kind": "off topic"}
    reasons = {"stage": "s", "rule": "r", "why": "w", "relevance": "off topic"}
    row = LedgerRow(NOW, "a", 0, f" {first.title}", None, None, **words, **reasons)  # type: ignore[arg-type]
    (problem,) = unread([first, second], [row])
    assert second.title in problem
