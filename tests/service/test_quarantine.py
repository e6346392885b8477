from __future__ import annotations

from datetime import timedelta

from monitor.models import SourceState
from monitor.service.health import HealthWatch
from monitor.service.poll import Poller
from monitor.service.quarantine import ASIDE, CRASHED, set_aside
from monitor.service.site import Site
from monitor.service.underway import FILE
from monitor.sources.net import Client
from tests.acceptance.test_service import OLD
from tests.acceptance.world import World
from tests.service.conftest import StillClock, read
from tests.service.newsroom import Opened


def ends(site: Site, clock: StillClock, *names: str) -> SourceState:
    """The process ends while it works on these, and is started again a minute later."""
    (site.config.data / FILE).write_text("".join(f"+{name}\n" for name in names))
    clock.move(minutes=1)
    set_aside(site, clock.now())
    assert not (site.config.data / FILE).exists()
    state = site.store.source_state("a")
    assert state is not None
    return state


async def test_E9_three_ends_in_a_row_set_a_source_aside_and_it_is_told_once(
    world: World, opened: Opened, client: Client, clock: StillClock
) -> None:
    world.web.feed("/a", OLD)
    site = opened("/a", "/b")
    poller = Poller(site, client)
    await read(site, poller, "a")
    for _ in range(2):
        assert ends(site, clock, "a", "page of an article").trouble is None
    state = ends(site, clock, "a")
    assert state.next_due == clock.now() + ASIDE
    for _ in range(2):
        HealthWatch(site).look(clock.now())
    (alert,) = site.store.alerts()
    assert "ended 3 times while it read this source" in alert.text
    assert "left alone for an hour" in alert.text
    events = site.store.health_events(source="a")
    assert [event.what for event in events].count(CRASHED) == 3
    clock.move(hours=1)
    assert ends(site, clock, "a").next_due == clock.now() + ASIDE  # and again
    clock.move(hours=1)
    await read(site, poller, "a")
    poller.close()
    state = ends(site, clock, "a")  # it was read well in between
    assert (state.trouble, state.next_due > clock.now() + timedelta(minutes=2)) == (None, False)


def test_a_start_after_a_good_end_changes_nothing(opened: Opened, clock: StillClock) -> None:
    site = opened("/a")
    set_aside(site, clock.now())
    assert site.store.health_events() == ()
