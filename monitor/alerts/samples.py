"""Alerts that look like real ones, to try templates on before a real one depends on them."""

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

_AT = datetime(2026, 3, 22, 9, 30, tzinfo=UTC)
_FULL = Alert(
    id="sample0000000000",
    kind="new fact",
    created=_AT,
    headline="The North withdraws its staff from the liaison office",
    topic="sample",
    topic_title="Sample topic",
    story="sample-1",
    root="sample0000000001",
    major=True,
    text="The ministry said it was told on Friday.",
    moves=(Move("staff", "North's staff", "present", "withdrawn"),),
    new_facts=("Its staff took the files along.",),
    gone_facts=("15 officials stay.",),
    facts=(Fact(act="withdraw", actor="north", object="office", modality=Modality.DONE),),
    known_facts=(Fact(act="meet", text="The weekly meeting failed.", told_by="first told by A"),),
    contested=(
        Dispute(
            "number|withdraw", "withdraw: number", (Stance("15", ("A",)), Stance("12", ("B",)))
        ),
    ),
    diff=(DiffPart("same", "said"), DiffPart("removed", "15"), DiffPart("added", "12")),
    citations=(
        Citation("Outlet A", "The North withdraws", "https://example.org/a", "en", _AT),
        Citation("Outlet B", "북한, 연락사무소 철수", None, "ko"),
    ),
    outlets=40,
    origins=2,
    origin_names=("A", "B"),
    earlier=Earlier(_AT, 3, "The weekly meeting failed"),
    why="It states something that nobody had stated.",
)


def samples(words: Words) -> tuple[View, ...]:
    """A full development, an edit, a list of the service's own, and one that holds nothing."""
    edit = replace(_FULL, kind="correction", moves=(), contested=(), root=None, major=False)
    listed = replace(_FULL, kind="digest", moves=(), diff=(), root=None, story=None)
    empty = Alert("sample0000000002", "notice", _AT, "")
    page = "https://monitor.example.org"
    return (
        view(_FULL, words, page),
        view(edit, words, page),
        view(listed, words),
        view(empty, words),
    )
