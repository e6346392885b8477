"""Alerts for the tests of this room: one ordinary, one of an edit, one as hostile as they come."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.alerts.samples import AT, CORRECTION, DEVELOPMENT
from monitor.models import (
    Alert,
    Citation,
    Delivery,
    DeliveryState,
    DiffPart,
    Dispute,
    Earlier,
    Fact,
    Move,
    Stance,
)

NOW = AT
CANARY = "c4n4ry-s3cret"

ORDINARY = DEVELOPMENT
LEAD = f"North's staff now withdrawn: {ORDINARY.headline}"
EDIT = CORRECTION
EVIL = (
    "\x1b[31mred\x1b]0;title\x07 <!channel> <@U1> <https://evil.example|bank> {{7*7}} "
    "{0.__class__} {% include 'x' %} <script>alert(1)</script> <img src=https://t.example/p.gif> "
    "a\r\nBcc: victim@example.org \u202etxet desrever\u202c *bold* ~gone~ `code` "
    "@channel @everyone "
    "\x00\x07 & 'quote\" "
)
HOSTILE = Alert(
    id="<b>" + EVIL,
    kind=EVIL,
    created=NOW,
    headline=EVIL + "x" * 5_000,
    topic=EVIL,
    topic_title=EVIL,
    text=EVIL * 30,
    moves=(Move(EVIL, EVIL, EVIL, EVIL),) * 20,
    new_facts=(EVIL,) * 40,
    gone_facts=(EVIL,) * 40,
    facts=(
        Fact(act=EVIL, actor=EVIL, object=EVIL, place=EVIL, date=EVIL, said_by=EVIL, text=EVIL),
    ),
    known_facts=(Fact(act="meet", text=EVIL, told_by=EVIL),) * 9,
    contested=(Dispute(EVIL, EVIL, (Stance(EVIL, (EVIL,) * 9),) * 9),) * 9,
    diff=(DiffPart("removed", EVIL * 20), DiffPart("added", EVIL * 20), DiffPart("same", EVIL)),
    citations=tuple(
        Citation(EVIL, f"{n} {EVIL}", url, EVIL)
        for n, url in enumerate(
            (
                "javascript:alert(1)",
                "file:///etc/passwd",
                "https://a@evil.example/",
                "https://ok.example/?" + "&" * 1_900,
                'https://ok.example/"onmouseover="x|y>z',
                *[f"https://ok.example/{n}" for n in range(40)],
            )
        )
    ),
    outlets=400,
    origins=3,
    origin_names=(EVIL,) * 9,
    earlier=Earlier(NOW, 3, EVIL * 10),
    why=EVIL * 10,
)


def delivery(recipient: str = "desk@example.org", **changes: object) -> Delivery:
    """A first try that was just claimed."""
    first = Delivery(
        id=1,
        alert=ORDINARY.id,
        channel="desk",
        recipient=recipient,
        state=DeliveryState.PENDING,
        created=NOW,
        attempt=1,
    )
    return replace(first, **changes)  # type: ignore[arg-type]


def later(**span: float) -> datetime:
    """A moment after NOW."""
    return NOW + timedelta(**span)
