"""The digest: minor developments that were not worth a push, in one message."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.alerts.compose import digest, empty_digest, still_watching
from monitor.alerts.policy import digest_due, last_digest
from monitor.models import SourceState
from monitor.service.outbox import owe
from monitor.service.site import Site
from monitor.store import Unit

MOST_ROWS = 200
LATE = timedelta(hours=1)  # after its hour, "nothing new" is not worth a message any more


def send_digests(site: Site, now: datetime) -> int:
    """Put a digest into the outbox for each topic that has rows to tell and whose hour has come.

    The rows are marked as told in the transaction that owes the message: none is told twice, none
    is lost. Returns how many digests were put.
    """
    with site.store.writing() as unit:  # one look: most of many topics have nothing to tell
        topics = unit.with_untold(site.topics)
    if site.config.settings.policy.digest.empty:
        topics = frozenset(site.topics)
    return sum(_send(site, topic, now) for topic in site.topics if topic in topics)


def _send(site: Site, topic: str, now: datetime) -> bool:
    policy, title = site.config.settings.policy, site.config.topics[topic].title
    with site.store.writing() as unit:
        rows = unit.untold(topic, MOST_ROWS)
        if rows and digest_due(rows[0].at, policy.digest, policy.zone, now):
            watch = still_watching(_watched(site), now, site.words, _outlets(site))
            alert = digest(rows, topic, title, now, watch, site.words)
            owe(unit, site, alert)
            unit.mark_told(topic, rows, alert.id)
            return True
        return policy.digest.empty and not rows and _send_empty(unit, site, topic, now)


def _send_empty(unit: Unit, site: Site, topic: str, now: datetime) -> bool:
    """Say once an hour that was set for a digest that there is nothing; not long after it, and
    not when a digest of that hour had something.

    Nobody has watched before a source was read for the first time: that there was nothing new then
    would say too much, and the first summary says what is there.
    """
    policy, title = site.config.settings.policy, site.config.topics[topic].title
    slot = last_digest(now, policy.digest, policy.zone)
    began = unit.watching_since()
    if now - slot > LATE or began is None or began > slot or unit.has_digest(topic, slot):
        return False
    watch = still_watching(_watched(site), now, site.words, _outlets(site))
    owe(unit, site, empty_digest(topic, title, slot, now, watch, site.words))
    return True


def _watched(site: Site) -> list[SourceState]:
    enabled = {source.id for source in site.enabled()}
    return [state for state in site.store.source_states() if state.id in enabled]


def _outlets(site: Site) -> dict[str, str]:
    return {source.id: source.outlet for source in site.enabled()}
