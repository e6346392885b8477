"""The daily digest: minor developments that were not worth a push, in one message."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.alerts.compose import digest
from monitor.service.site import Site

EVERY = timedelta(days=1)
MOST_ROWS = 200


def send_digests(site: Site, now: datetime) -> int:
    """Put a digest into the outbox for each topic whose oldest untold row is a day old.

    The rows are marked as told in the transaction that owes the message: none is told twice, none
    is lost. Returns how many digests were put.
    """
    return sum(_send(site, topic, now) for topic in site.topics)


def _send(site: Site, topic: str, now: datetime) -> bool:
    with site.store.writing() as unit:
        rows = unit.untold(topic, MOST_ROWS)
        if not rows or now - rows[0].at < EVERY:
            return False
        alert = digest(rows, topic, site.config.topics[topic].title, now)
        unit.save_alert(alert, site.targets(topic))
        unit.mark_told(topic, rows, alert.id)
        return True
