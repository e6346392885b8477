"""Alerts that look like real ones, to try templates on before a real one depends on them.

The tests of this room use the same.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from monitor.alerts.language import Words
from monitor.alerts.view import View, view
from monitor.models import (
    Alert,
    Citation,
    DiffPart,
    Dispute,
    Earlier,
    Fact,
    Modality,
    Move,
    Stance,
)

AT = datetime(2019, 3, 22, 7, 5, tzinfo=UTC)
DEVELOPMENT = Alert(
    id="a1b2c3d4e5f60718293a4b5c",
    kind="new fact",
    created=AT,
    headline="North Korea withdraws its staff from the liaison office",
    topic="liaison-office",
    topic_title="Inter-Korean liaison office",
    story="s1",
    root="f00f00f00f00f00f00f00f00",
    major=True,
    text="The ministry said it was told of the pullout on Friday.",
    moves=(Move("staff", "North's staff", "present", "withdrawn"),),
    new_facts=("North: withdraw staff (done, 22 March 2019): “pulled out its staff”",),
    citations=(
        Citation(
            "Han River Daily", "북한, 연락사무소 철수", "https://example.org/a?x=1&y=2", "ko", AT
        ),
        Citation("Harbour Wire", "North pulls out", "https://example.com/b", "en"),
    ),
    outlets=40,
    origins=1,
    earlier=Earlier(datetime(2019, 3, 20, 2, 10, tzinfo=UTC), 3, "Meeting skipped"),
    why="The headline names the office; the North's staff left, which no article had said.",
)
CORRECTION = replace(
    DEVELOPMENT,
    id="e" * 24,
    kind="correction",
    root=None,
    major=False,
    moves=(),
    new_facts=(),
    diff=(
        DiffPart("same", "The ministry said"),
        DiffPart("removed", "15"),
        DiffPart("added", "12"),
        DiffPart("same", "officials came back"),
    ),
)
# One in which no part of a message is empty.
_FULL = replace(
    DEVELOPMENT,
    gone_facts=("15 officials stay.",),
    facts=(Fact(act="withdraw", actor="north", object="office", modality=Modality.DONE),),
    known_facts=(Fact(act="meet", text="The weekly meeting failed.", told_by="first told by A"),),
    contested=(
        Dispute(
            "number|withdraw", "withdraw: number", (Stance("15", ("A",)), Stance("12", ("B",)))
        ),
    ),
    diff=CORRECTION.diff,
    citations=(*DEVELOPMENT.citations, Citation("Outlet C", "Without a link", None)),
    origins=2,
    origin_names=("A", "B"),
)


def samples(words: Words) -> tuple[View, ...]:
    """A full development, an edit, a list of the service's own, and one that holds nothing."""
    edit = replace(_FULL, kind="correction", moves=(), contested=(), root=None, major=False)
    listed = replace(_FULL, kind="digest", moves=(), diff=(), root=None, story=None)
    empty = Alert("sample-of-nothing", "notice", AT, "")
    page = "https://monitor.example.org"
    return (
        view(_FULL, words, page),
        view(edit, words, page),
        view(listed, words),
        view(empty, words),
    )
