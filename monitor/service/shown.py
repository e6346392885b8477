"""What people and programs that ask us are shown of a source's state, and of a decision's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from monitor.config.settings import Source
from monitor.config.topic import TopicPack
from monitor.models import SourceState, Span
from monitor.sources.manners import MOVED_AFTER


def shown_state(source: Source, state: SourceState | None) -> SourceState | None:
    """The state with its addresses as people may see them."""
    if state is None:
        return None
    moved = source.hide(state.moved_to) if state.moved_to else None
    return replace(state, url=source.address, moved_to=moved)


def moved_for_good(source: Source, state: SourceState | None) -> str:
    """That a feed lives at a new address, once that is believed, and what to do; else "".

    It is read there meanwhile. Nobody would notice before the old address is gone.
    """
    if state is None or state.moved_to is None or state.moved_seen < MOVED_AFTER:
        return ""
    return f"moved for good to {source.hide(state.moved_to)}: write that as its url"


def shown_means(span: Span, topic: str | None, packs: Mapping[str, TopicPack]) -> str:
    """What words of an article stand for, as the pack of its topic calls it."""
    if span.means == "exclude":
        return "a look-alike"
    subjects = packs[topic].subjects if topic is not None and topic in packs else ()
    return next((each.label for each in subjects if each.id == span.means), span.means)
