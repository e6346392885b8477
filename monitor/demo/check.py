"""Was everything delivered? The outbox against what the servers say they accepted. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from monitor.demo.configure import MAIL, SLACK
from monitor.demo.news import Record
from monitor.models import Delivery, DeliveryState, LedgerRow

Rows = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Audit:
    """What the comparison found. `problems` are sentences; none means that nothing was lost."""

    owed: int
    accepted: int
    copies: int
    problems: tuple[str, ...]


def audit(deliveries: Sequence[Delivery], mails: Rows, messages: Rows, interruptions: int) -> Audit:
    """Compare deliveries with the ledgers of the mail and Slack servers.

    Each delivery must have been accepted once; a copy is allowed for each of the `interruptions`
    (kills of the service and of the demo), and must carry the Message-ID of its original.
    """
    accepted = Counter((MAIL, row["alert"]) for row in mails)
    accepted += Counter((SLACK, row["alert"]) for row in messages)
    owed = {(each.channel, each.alert): each for each in deliveries}
    copies = sum(accepted[key] - 1 for key in owed if accepted[key] > 1)
    problems = [
        *(
            f"alert {alert} was not accepted by {channel}"
            for channel, alert in owed.keys() - accepted
        ),
        *(
            f"{channel} accepted what nobody owed: {alert}"
            for channel, alert in accepted.keys() - owed
        ),
        *(_unsent(each) for each in deliveries if each.state is not DeliveryState.SENT),
        *_renamed(mails),
    ]
    if copies > interruptions:
        problems.append(f"{copies} copies after {interruptions} interruptions")
    return Audit(len(owed), accepted.total(), copies, tuple(sorted(problems)))


def unread(records: Sequence[Record], decisions: Sequence[LedgerRow]) -> tuple[str, ...]:
    """Records of the feeds on which the service never decided, as sentences."""
    decided = {_words(row.title) for row in decisions}
    return tuple(
        f"never decided on: {record.title} ({record.feed})"
        for record in records
        if _words(record.title) not in decided
    )


def _words(title: str) -> str:
    return " ".join(title.split())


def _unsent(delivery: Delivery) -> str:
    cause = f": {delivery.last_error}" if delivery.last_error else ""
    return f"alert {delivery.alert} to {delivery.channel} stands as {delivery.state.value}{cause}"


def _renamed(mails: Rows) -> list[str]:
    names: dict[str, set[str]] = {}
    for row in mails:
        names.setdefault(row["alert"], set()).add(row["message_id"])
    return [
        f"mails of alert {alert} have different Message-IDs"
        for alert, ids in names.items()
        if len(ids) > 1
    ]
