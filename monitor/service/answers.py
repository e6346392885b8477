"""What becomes of a reader's answer to an alert, given on the page or by a command."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.models import Alert, Silence
from monitor.store import Store

NEVER_AGAIN = timedelta(days=31)  # the longest silence there is
SPANS = {
    "1h": timedelta(hours=1),
    "8h": timedelta(hours=8),
    "1d": timedelta(days=1),
    "7d": timedelta(days=7),
    "31d": NEVER_AGAIN,
}


def answer(
    store: Store, alert: Alert, question: str, now: datetime, who: str, span: str, reason: str
) -> str:
    """Do what was asked for, and say in a sentence what was done.

    An answer stops escalations too: whoever gives one has seen the alert. `question` is "silence"
    for `span`, "acknowledge", or "not-relevant", which silences the story for a month.
    """
    with store.writing() as unit:
        unit.acknowledge(alert.id, who, now)
        if question == "acknowledge":
            return f"Acknowledged by {who}: it is not escalated."
        length = NEVER_AGAIN if question == "not-relevant" else SPANS[span]
        said = f"not relevant, says {who}" if question == "not-relevant" else f"asked by {who}"
        why = f"{said}: {reason}" if reason else said
        held = [s for s in unit.silences() if s.story == alert.story and s.until >= now + length]
        if not held:
            unit.add_silence(Silence(0, now, now + length, why, alert.topic, alert.story))
    until = now + length
    return (
        f"Silenced until {until.day} {until:%B %Y, %H:%M} UTC. What is kept back is listed then; "
        "monitor silence list and end change it."
    )
