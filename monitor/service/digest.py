"""The digest: minor developments that were not worth a push, in one message."""

from __future__ import annotations

from datetime import datetime

from monitor.alerts.compose import digest
from monitor.alerts.policy import digest_due
from monitor.service.outbox import owe
from monitor.service.site import Site

MOST_ROWS = 200


def send_digests(site: Site, now: datetime) -> int:
    """Put a digest into the outbox for each topic that has rows to tell and whose hour has come.

    The rows are marked as told in the transaction that owes the message: none is told twice, none
    is lost. Returns how many digests were put.
    """
    return sum(_send(site, topic, now) for topic in site.topics)


def _send(site: Site, topic: str, now: datetime) -> bool:
    policy = site.config.settings.policy
    with site.store.writing() as unit:
        rows = unit.untold(topic, MOST_ROWS)
        if not rows or not digest_due(rows[0].at, policy.digest, policy.zone, now):
            return False
        alert = digest(rows, topic, site.config.topics[topic].title, now)
        owe(unit, site, alert)
        unit.mark_told(topic, rows, alert.id)
        return True
