"""The end of a silence: what it kept back is listed once, so that nothing was lost by it."""

from __future__ import annotations

from datetime import datetime

from monitor.alerts.compose import silence_over
from monitor.models import Alert
from monitor.service.outbox import owe_to, wanted
from monitor.service.site import Site


def end_silences(site: Site, now: datetime) -> int:
    """Tell what each silence that has ended kept back, if anything; returns how many messages.

    The silence is marked as told in the transaction that owes the message.
    """
    if not any(silence.until <= now for silence in site.store.silences()):
        return 0
    told = 0
    with site.store.writing() as unit:
        for silence in unit.silences():
            if silence.until > now:
                continue
            kept = unit.kept_back(silence.id)
            for topic in dict.fromkeys(alert.topic for alert in kept):
                mine = [alert for alert in kept if alert.topic == topic]
                over = silence_over(silence, mine, now, site.words)
                owe_to(unit, site, over, _readers(site, mine))
                told += 1
            unit.mark_silence_told(silence.id)
    return told


def _readers(site: Site, kept: list[Alert]) -> list[tuple[str, str]]:
    """Whoever would have got one of the alerts at once, so not a channel that only escalates."""
    rules = site.config.settings.channels
    pairs = dict.fromkeys(pair for alert in kept for pair in wanted(site, alert))
    return [(channel, who) for channel, who in pairs if rules[channel].escalate is None]
