"""Which channels take no messages, and what a person is told to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from monitor.config.settings import Channel
from monitor.models import Alert, Delivery, DeliveryState, Hold
from monitor.service.reach import Block, blocked, look, nobody_told, turned_down, unusable
from monitor.store import Store
from tests.web.conftest import configuration, seed

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WAITING = Delivery(1, "a", "room", "webhook", DeliveryState.PENDING, NOW)
NAMES = ("room", "desk")


def test_what_merely_waits_for_its_time_is_no_trouble() -> None:
    first = replace(WAITING, next_try=NOW)
    quiet = replace(WAITING, hold=Hold.QUIET)
    arrived = replace(WAITING, state=DeliveryState.SENT, sent=NOW, attempt=1)
    assert blocked((first, quiet, arrived), (), NAMES) == ()


@pytest.mark.parametrize(
    ("changes", "block", "advice"),
    [
        ({"state": DeliveryState.REFUSED}, Block.REFUSED, "test-notify room"),
        ({"state": DeliveryState.UNCONFIRMED}, Block.UNCONFIRMED, "--state unconfirmed"),
        ({"state": DeliveryState.EXPIRED, "attempt": 9}, Block.EXPIRED, "--state expired"),
        ({"attempt": 1, "last_error": "503"}, Block.FAILING, "tried again by themselves"),
        ({"hold": Hold.RATE}, Block.LIMITED, "Raise most"),
        ({"channel": "old"}, Block.UNKNOWN, "back into monitor.yaml"),
    ],
)
def test_each_reason_comes_with_what_to_do(
    changes: dict[str, object], block: Block, advice: str
) -> None:
    (found,) = blocked((replace(WAITING, **changes),), (), NAMES)  # type: ignore[arg-type]
    assert found.block is block
    assert advice in found.advice


def test_one_channel_and_reason_are_one_line_with_the_oldest_and_the_last_cause() -> None:
    failed = [
        replace(
            WAITING,
            id=number,
            created=NOW - timedelta(hours=number),
            attempt=1,
            last_error=f"cause {number}",
            next_try=NOW + timedelta(minutes=number),
        )
        for number in (2, 3, 1)
    ]
    refused = replace(WAITING, id=9, state=DeliveryState.REFUSED, channel="desk")
    sent = [
        replace(WAITING, state=DeliveryState.SENT, sent=NOW - timedelta(days=day))
        for day in (2, 1, 3)
    ]
    desk, room = blocked([*failed, refused], [*sent, replace(WAITING, channel="desk")], NAMES)
    assert (room.channel, room.deliveries, room.cause) == ("room", 3, "cause 3")
    assert room.since == NOW - timedelta(hours=3)
    assert room.next_try == NOW + timedelta(minutes=1)
    assert room.taken == NOW - timedelta(days=1)
    assert (desk.block, desk.cause, desk.next_try, desk.taken) == (Block.REFUSED, "", None, None)


def test_a_channel_that_refused_the_last_it_was_sent_is_told_of_before_anything_starts() -> None:
    refused = replace(WAITING, state=DeliveryState.REFUSED, attempt=1, last_error="403: no_service")
    for hours, told in ((None, 1), (-1, 1), (1, 0)):
        sent = replace(WAITING, state=DeliveryState.SENT, sent=NOW + timedelta(hours=hours or 0))
        lines = turned_down(blocked((refused,), (sent,) if hours else (), NAMES))
        assert len(lines) == told
    to_another = replace(sent, recipient="somebody else")
    assert len(turned_down(blocked((refused,), (to_another,), NAMES))) == 1
    (line,) = turned_down(blocked((refused, replace(refused, channel="old")), (), NAMES[:1]))
    assert line.startswith("channel room refused the last message: 403: no_service. Mend its url")


def test_a_channel_that_was_renamed_while_messages_wait_is_told_before_anything_starts() -> None:
    (line,) = turned_down(blocked((replace(WAITING, channel="old"),), (), NAMES))
    assert line.startswith("channel old is not configured any more, and of its messages there wait")
    assert "beside a new one if it was renamed" in line


def test_what_a_channel_that_is_gone_has_lost_is_nothing_to_mend() -> None:
    (found,) = blocked((lost(channel="old"),), (), NAMES)
    assert found.over
    assert found.advice == (
        "It is not configured any more. What it held: monitor deliveries list --state refused"
    )


def lost(**changes: object) -> Delivery:
    values: dict[str, object] = {"state": DeliveryState.REFUSED, "attempt": 1, "last_error": "403"}
    return replace(WAITING, **(values | changes))  # type: ignore[arg-type]


def test_a_channel_that_took_another_message_since_is_well_and_what_it_lost_may_be_resent() -> None:
    since = replace(WAITING, state=DeliveryState.SENT, sent=NOW + timedelta(hours=1))
    (found,) = blocked((lost(),), (since,), NAMES)
    assert found.over
    assert found.advice == (
        "It takes messages again. To send these after all: monitor deliveries resend --state "
        "refused"
    )
    (again,) = blocked((lost(), lost(id=2, created=NOW + timedelta(hours=2))), (since,), NAMES)
    assert not again.over


def test_what_was_made_good_a_month_ago_is_left_to_the_list(tmp_path: Path) -> None:
    with Store.open(tmp_path / "monitor.db") as store:
        for days in (0, 30, 32):
            alert = Alert(f"alert-{days}", "notice", NOW, "Hello")
            with store.writing() as unit:
                unit.save_alert(alert, [("console", "here")])
                ((claimed, _),) = unit.claim_message(NOW, "me", timedelta(minutes=1))
                at = NOW + timedelta(days=days)
                state = DeliveryState.SENT if days else DeliveryState.REFUSED
                unit.record_delivery(claimed.id, claimed.attempt, state, at, error="403")
            assert [each.over for each in look(store, configuration())] == {
                0: [False],
                30: [True],
                32: [],
            }[days]


def test_an_escalation_that_somebody_acknowledged_is_nothing_lost() -> None:
    called_off = lost(state=DeliveryState.EXPIRED, attempt=0, last_error="acknowledged by Kim")
    assert blocked((called_off,), (), NAMES) == ()


def test_nobody_is_told_once_each_channel_that_carries_notices_takes_nothing() -> None:
    room, desk = lost(), lost(channel="desk", last_error="550")
    channels = {name: Channel(url=SecretStr("console://")) for name in NAMES}
    assert nobody_told(blocked((room,), (), NAMES), channels) is None
    both = blocked((room, desk), (), NAMES)
    assert nobody_told(both, channels) == "no channel takes messages, for example desk: 550"
    mute = channels | {"desk": channels["desk"].model_copy(update={"notices": False})}
    why = nobody_told(blocked((room,), (), NAMES), mute)
    assert why == "no channel takes messages, for example room: 403"
    none = {name: each.model_copy(update={"notices": False}) for name, each in channels.items()}
    assert nobody_told(blocked((room,), (), NAMES), none) is None
    assert nobody_told(both, none) is not None


def test_a_short_failure_is_not_that_nobody_is_told_and_a_try_under_way_changes_nothing() -> None:
    channels = {"room": Channel(url=SecretStr("console://"))}
    tries = {"state": DeliveryState.PENDING, "next_try": NOW}
    short = blocked((lost(**tries, attempt=4),), (), NAMES)
    assert nobody_told(short, channels) is None
    for error in ("503", None):
        lasting = blocked((lost(**tries, attempt=5, last_error=error),), (), NAMES)
        assert nobody_told(lasting, channels)


def test_a_channel_that_takes_nothing_for_a_while_is_told_of_before_anything_starts() -> None:
    failing = lost(state=DeliveryState.PENDING, next_try=NOW, attempt=5, last_error="no password")
    (line,) = turned_down(blocked((failing,), (), NAMES))
    assert line.startswith("channel room takes nothing at the moment: no password. They are tried")
    assert turned_down(blocked((replace(failing, attempt=4),), (), NAMES)) == ()


def test_the_store_tells_of_what_was_refused_and_of_channels_that_are_gone(tmp_path: Path) -> None:
    with Store.open(tmp_path / "monitor.db") as store:
        seed(store)
        found = [
            (each.channel, each.block, each.deliveries) for each in look(store, configuration())
        ]
    assert found == [("console", Block.REFUSED, 1), ("mail", Block.UNKNOWN, 1)]


def test_G11_a_channel_that_cannot_be_opened_is_one_line() -> None:
    config = configuration()
    assert unusable(config, {}) == ()
    broken = config.settings.channels["console"].model_copy(update={"url": None, "url_file": "no"})
    settings = config.settings.model_copy(update={"channels": {"room": broken}})
    (problem,) = unusable(replace(config, settings=settings), {})
    assert "room" in problem
    assert "\n" not in problem
