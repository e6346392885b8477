"""The end of a silence: what it kept back is listed once, so that nothing was lost by it."""

from __future__ import annotations

from datetime import datetime

from monitor.alerts.compose import silence_over
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
            if kept:
                topic = kept[0].topic
                over = silence_over(silence, kept, now, site.words)
                unit.save_alert(over, site.targets(topic))
                told += 1
            unit.mark_silence_told(silence.id)
    return told
