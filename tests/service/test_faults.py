"""Rows of the fault catalogue that need a feed, the detector and the store together."""

from __future__ import annotations

from datetime import timedelta

from monitor.models import Verdict
from monitor.service.health import HealthWatch
from monitor.service.poll import Poller
from monitor.service.site import Site
from monitor.sources.net import Client
from tests.acceptance.test_service import OLD, WALKOUT
from tests.acceptance.world import World
from tests.service.conftest import StillClock, read
from tests.service.newsroom import Opened

FEW = (
    "North Korea pulls 12 staff out of the Kaesong liaison office",
    "North Korea on Friday withdrew 12 of its staff from the inter-Korean joint liaison office in "
    "Kaesong, the unification ministry in Seoul said.",
)


def pushed(site: Site) -> list[str]:
    return [alert.kind for alert in reversed(site.store.alerts()) if alert.kind != "notice"]


async def test_A9_a_material_correction_of_an_old_item_is_one_alert(
    world: World, opened: Opened, client: Client, clock: StillClock
) -> None:
    world.web.feed("/a", OLD)
    site = opened("/a")
    poller = Poller(site, client)
    await read(site, poller, "a")
    world.web.feed("/a", FEW, OLD)
    await read(site, poller, "a")
    assert pushed(site) == ["new story"]
    clock.move(hours=5)
    corrected = tuple(text.replace("12", "15") for text in FEW)
    for _ in range(3):  # and then it stands as it is
        world.web.feed("/a", (FEW[0], f"Correction: {corrected[1]}"), OLD)
        await read(site, poller, "a")
        clock.move(minutes=20)
    poller.close()
    assert pushed(site) == ["new story", "correction"]
    changed = {(part.op, part.text.strip()) for part in site.store.alerts()[0].diff}
    assert {("removed", "12"), ("added", "15")} <= changed


async def test_A13_what_a_feed_still_serves_is_no_news_after_retention_of_nothing(
    world: World, opened: Opened, client: Client, clock: StillClock
) -> None:
    world.web.feed("/a", OLD)
    site = opened("/a")
    poller = Poller(site, client)
    await read(site, poller, "a")
    world.web.feed("/a", WALKOUT, OLD)
    await read(site, poller, "a")
    for _ in range(3):
        clock.move(days=30)
        with site.store.writing() as unit:
            unit.prune(clock.now(), timedelta(), 10_000)
        world.web.feed("/a", WALKOUT, OLD, title=f"News at {clock.now()}")  # another document
        result = await read(site, poller, "a")
        assert (result.new, result.alerts) == (0, 0)
    poller.close()
    assert pushed(site) == ["new story"]


async def test_D2_after_a_night_asleep_each_source_is_polled_once_and_the_gap_is_told(
    world: World, opened: Opened, client: Client, clock: StillClock
) -> None:
    def items(first: int) -> list[tuple[str, str]]:
        return [(f"{n:03} ships are in the harbour", "No more is known.") for n in range(first)][
            first - 5 :
        ]

    world.web.feed("/a", *items(5))
    site = opened("/a", every="15m")
    poller = Poller(site, client)
    await read(site, poller, "a")
    world.web.feed("/a", *items(50))
    clock.move(hours=10)
    with site.store.writing() as unit:
        (state,) = unit.claim_due(clock.now(), 10, "me", timedelta(minutes=1))
    source = site.source("a")
    assert source is not None
    result = await poller.poll(source, state)
    with site.store.writing() as unit:
        assert unit.claim_due(clock.now(), 10, "me", timedelta(minutes=1)) == ()  # no storm
    assert result.after.next_due > clock.now() + timedelta(minutes=3)
    clock.move(minutes=2)
    HealthWatch(site).look(clock.now())
    poller.close()
    (gap,) = [alert for alert in site.store.alerts() if "not seen" in alert.headline]
    assert "entries from between 2026-03-22 09:00 and" in gap.text
    assert site.store.ledger(verdict=Verdict.ALERT) == ()
