"""The daily digest: minor developments that were not worth a push, in one message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor.alerts.compose import digest
from monitor.models import LedgerRow, Verdict
from monitor.service.site import Site

EVERY = timedelta(days=1)
MOST_ROWS = 200


def send_digests(site: Site, now: datetime) -> int:
    """Put a digest into the outbox for each topic whose oldest untold row is a day old.

    A row is told once: the digest's id and the moment it covers are stored in one transaction.
    Returns how many digests were put.
    """
    return sum(_send(site, topic, now) for topic in site.topics)


def _send(site: Site, topic: str, now: datetime) -> bool:
    rows = _untold(site, topic)
    if not rows or now - rows[0].at < EVERY:
        return False
    alert = digest(rows, topic, site.config.topics[topic].title, now)
    with site.store.writing() as unit:
        unit.save_alert(alert, site.targets(topic))
    return True


def _untold(site: Site, topic: str) -> Sequence[LedgerRow]:
    """The rows kept for the digest since the last one, oldest first."""
    last = next((a for a in site.store.alerts(limit=1, topic=topic, kind="digest")), None)
    rows = site.store.ledger(limit=MOST_ROWS, verdict=Verdict.DIGEST, topic=topic)
    return [row for row in reversed(rows) if last is None or row.at > last.created]
