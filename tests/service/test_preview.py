"""A preview decides as the watch would, and leaves nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.models import Entry, ParsedFeed
from monitor.service.preview import decide_on
from tests.service.conftest import StillClock
from tests.service.newsroom import Opened

TITLE = "North Korea blows up inter-Korean liaison office in Kaesong"


@pytest.mark.parametrize("read_before", [False, True])
def test_entries_of_a_new_source_are_as_old_as_they_say(
    opened: Opened, clock: StillClock, read_before: bool
) -> None:
    site = opened("/a")
    (source,) = site.enabled()
    then = clock.at - timedelta(days=20)
    feed = ParsedFeed("rss2.0", "News", (Entry("1", f"{source.url}/1", TITLE, published=then),))
    if read_before:
        with site.store.writing() as unit:
            state = site.store.source_state(source.id)
            assert state is not None
            unit.save_source(replace(state, baseline_done=True))
    ((_, decision),) = decide_on(site, source, feed, clock.now()).decided
    assert decision.story is not None
    assert decision.story.opened == (clock.at if read_before else then)
    assert site.store.stories("liaison-office", 9) == ()
