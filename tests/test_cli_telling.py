"""Commands on what is told and what did not arrive, through the real entry point."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.alerts.compose import notice
from monitor.models import Alert, DeliveryState, Hold, Owed
from monitor.store import Store
from tests.test_cli import monitor
from tests.test_cli_keeping import config
from tests.web.conftest import seed

__all__ = ["config"]


@pytest.fixture
def at(config: Path, tmp_path: Path) -> tuple[str, str]:
    """The option of a configuration whose memory holds a story, an alert and a refused message."""
    with Store.open(tmp_path / "data" / "monitor.db") as store:
        seed(store)
    return ("--config", str(config))


def test_what_is_not_relevant_silences_its_story_for_a_month(
    at: tuple[str, str], tmp_path: Path
) -> None:
    done = monitor("not-relevant", "alert-1", "--by", "Kim", "--reason", "another office", *at)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.match(r"Silenced until \d+ \w+ \d{4}, \d\d:\d\d UTC\.", done.stdout)
    with Store.open(tmp_path / "data" / "monitor.db", create=False) as store:
        (silence,) = store.silences()
    assert silence.story == "s1"
    assert silence.reason == "not relevant, says Kim: another office"
    assert (silence.until - silence.created).days == 31

    listed = monitor("silence", "list", *at)
    assert "not relevant, says Kim: another office" in listed.stdout


def test_an_alert_that_there_is_not_or_that_is_of_no_story_cannot_be_irrelevant(
    at: tuple[str, str],
) -> None:
    unknown = monitor("not-relevant", "nothing", *at)
    assert (unknown.returncode, unknown.stdout) == (1, "there is no alert nothing\n")
    notice = monitor("not-relevant", "notice-1", *at)
    assert (notice.returncode, notice.stdout) == (1, "this message is of no story\n")


@pytest.mark.slow
def test_deliveries_are_listed_with_what_they_carry_and_how_to_send_them_again(
    at: tuple[str, str],
) -> None:
    shown = monitor("deliveries", "list", *at).stdout
    assert "North withdraws its staff" in shown
    assert "mail: desk@example.org" in shown
    assert "monitor deliveries resend ID ..., or all of them with --state refused" in shown
    rows = json.loads(monitor("deliveries", "list", "--json", *at).stdout)
    assert {row["state"] for row in rows} == {"pending", "refused"}
    assert monitor("deliveries", "list", "--state", "sent", *at).stdout == "nothing is sent\n"
    short = monitor("deliveries", "list", "--limit", "1", *at).stdout
    assert "The last 1 are shown" in short


def test_what_waits_is_listed_with_what_it_waits_for(at: tuple[str, str], tmp_path: Path) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    with Store.open(tmp_path / "data" / "monitor.db") as store, store.writing() as unit:
        owed = [Owed("mail", hold.name, later, hold) for hold in Hold]
        unit.save_alert(notice("x", "y", later), owed)
    shown = monitor("deliveries", "list", *at).stdout.splitlines()
    for hold, words in (
        (Hold.OTHERS, "waits for others on its topic"),
        (Hold.QUIET, "waits for the end of quiet hours"),
        (Hold.RATE, "waits until the channel may send again"),
        (Hold.ACKNOWLEDGED, "goes if nobody acknowledges it"),
        (Hold.ALONE, "waits for its time"),
    ):
        (line,) = [line for line in shown if f"mail: {hold.name}" in line]
        assert words in line


def test_a_state_that_there_is_not_names_the_nearest(at: tuple[str, str]) -> None:
    wrong = monitor("deliveries", "list", "--state", "refusd", *at)
    assert wrong.returncode == 2
    assert "did you mean 'refused'?" in wrong.stderr


@pytest.mark.slow
def test_the_status_names_channels_in_trouble_and_what_to_do(
    at: tuple[str, str], tmp_path: Path
) -> None:
    shown = monitor("status", *at).stdout
    assert "channels: 0 of 1 fine" in shown
    assert "console: 1 message refused" in shown
    assert "monitor deliveries resend --state refused" in shown
    assert "mail: 1 message not configured" in shown
    told = json.loads(monitor("status", "--json", *at).stdout)["channels"]
    assert [each["channel"] for each in told] == ["console", "mail"]

    assert monitor("deliveries", "resend", "--state", "refused", *at).returncode == 0
    with Store.open(tmp_path / "data" / "monitor.db", create=False) as store:
        assert store.deliveries(DeliveryState.REFUSED) == ()


def test_an_escalation_that_was_acknowledged_is_not_sent_again(
    at: tuple[str, str], tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    with Store.open(tmp_path / "data" / "monitor.db") as store, store.writing() as unit:
        owed = [Owed("mail", "boss", now, Hold.ACKNOWLEDGED)]
        unit.save_alert(Alert("seen", "new fact", now, "Seen", story="s"), owed)
        assert unit.acknowledge("seen", "Kim", now)
    assert monitor("deliveries", "resend", "--state", "expired", *at).returncode == 0
    with Store.open(tmp_path / "data" / "monitor.db", create=False) as store:
        (kept,) = store.deliveries(DeliveryState.EXPIRED)
    assert kept.last_error == "acknowledged by Kim"


def test_what_a_channel_lost_that_is_not_configured_any_more_is_not_owed_to_nobody(
    at: tuple[str, str], tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    with Store.open(tmp_path / "data" / "monitor.db") as store, store.writing() as unit:
        unit.save_alert(Alert("lost", "notice", now, "Lost"), [("old", "somebody")])
        busy = ("mail", "console")
        ((row, _),) = unit.claim_message(now, "me", timedelta(minutes=1), busy)
        unit.record_delivery(row.id, row.attempt, DeliveryState.REFUSED, now, error="404")
    done = monitor("deliveries", "resend", "--state", "refused", *at)
    assert "left alone, as their channel is not configured: those of old" in done.stdout
    with Store.open(tmp_path / "data" / "monitor.db", create=False) as store:
        assert [row.channel for row in store.deliveries(DeliveryState.REFUSED)] == ["old"]


def test_the_status_tells_of_a_secret_that_is_missing(at: tuple[str, str], config: Path) -> None:
    config.write_text(config.read_text() + "  room:\n    url_file: secrets/slack\n")
    shown = monitor("status", *at)
    assert shown.returncode == 0
    assert "channels: not all can be opened" in shown.stdout
    (line,) = [line for line in shown.stdout.splitlines() if "room" in line]
    assert "secrets/slack" in line
