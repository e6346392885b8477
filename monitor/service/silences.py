"""The end of a silence: what it kept back is listed once, so that nothing was lost by it."""

from __future__ import annotations

from datetime import datetime

from monitor.alerts.compose import silence_over
from monitor.models import UNTIL_READ, Alert, Silence
from monitor.service.outbox import owe_to, wanted
from monitor.service.site import Site
from monitor.store import Unit


def end_silences(site: Site, now: datetime) -> int:
    """Tell what each silence that has ended kept back, if anything; returns how many messages.

    The silence is marked as told in the transaction that owes the message.
    """
    over = [silence for silence in site.store.silences() if _is_over(site, silence, now)]
    if not over:
        return 0
    with site.store.writing() as unit:
        return sum(_tell(unit, site, silence, now) for silence in over)


def _is_over(site: Site, silence: Silence, now: datetime) -> bool:
    """Whether its time has come, or, after a restore, whether every source was tried."""
    if silence.until != UNTIL_READ:
        return silence.until <= now
    enabled = {source.id for source in site.enabled()}
    polled = [state.last_polled for state in site.store.source_states() if state.id in enabled]
    return all(when is not None and when >= silence.created for when in polled)


def _tell(unit: Unit, site: Site, silence: Silence, now: datetime) -> int:
    """One message a topic, as topics may have channels of their own."""
    kept = unit.kept_back(silence.id)
    topics = dict.fromkeys(alert.topic for alert in kept)
    for topic in topics:
        mine = [alert for alert in kept if alert.topic == topic]
        over = silence_over(silence, mine, now, site.words)
        owe_to(unit, site, over, _readers(site, mine))
    unit.mark_silence_told(silence.id)
    return len(topics)


def _readers(site: Site, kept: list[Alert]) -> list[tuple[str, str]]:
    """Whoever would have got one of the alerts at once, so not a channel that only escalates."""
    rules = site.config.settings.channels
    pairs = dict.fromkeys(pair for alert in kept for pair in wanted(site, alert))
    return [(channel, who) for channel, who in pairs if rules[channel].escalate is None]
