"""What people and programs that ask us are shown of a source's state."""

from __future__ import annotations

from dataclasses import replace

from monitor.config.settings import Source
from monitor.models import SourceState


def shown_state(source: Source, state: SourceState | None) -> SourceState | None:
    """The state with its addresses as people may see them."""
    if state is None:
        return None
    moved = source.hide(state.moved_to) if state.moved_to else None
    return replace(state, url=source.address, moved_to=moved)
