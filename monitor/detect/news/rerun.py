"""A report that runs again: a text that was told long ago, with another date or address."""

from __future__ import annotations

from datetime import datetime

from monitor.detect.story.imprints import Imprint
from monitor.detect.story.stories import IDLE, TopicState
from monitor.models import PastStory, Story


def ran_before(
    imprint: Imprint | None, state: TopicState, now: datetime, joined: Story | None
) -> PastStory | None:
    """The story of which the article is a report that runs again, the first of several.

    It is one past the horizon, or an open one told last days ago that the article does not join.
    """
    if imprint is None:
        return None
    found = [past for past in state.archive.repeated(imprint) if _is_over(past, state, now)]
    found = [past for past in found if joined is None or past.id != joined.id]
    return min(found, key=lambda past: (past.opened, past.id), default=None)


def _is_over(past: PastStory, state: TopicState, now: datetime) -> bool:
    """It was told last so long ago as of `now`, which is in the past where a source is new."""
    story = state.get(past.id)
    return story is None or story.updated < now - IDLE
