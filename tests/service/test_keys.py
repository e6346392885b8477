"""Every key that an operator can write does something, and a test shows it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import BaseModel

from monitor.config.settings import Channel, Polling, Server, Settings, Source
from monitor.service.poll import Poller
from monitor.service.run import Service
from monitor.service.site import Site
from monitor.sources.identity import canonical_url
from monitor.sources.net import Client
from tests.acceptance.test_service import OLD
from tests.acceptance.world import World
from tests.service.conftest import StillClock, read

TESTS = Path(__file__).parents[1]

ACTS = {
    "Settings.data": "test_the_data_folder_lies_beside_the_config_folder",
    "Settings.topics": "test_an_unknown_topic_and_a_good_one_are_told_apart_by_load_topic",
    "Settings.sources": "test_several_files_and_patterns_are_read_once_each",
    "Settings.polling": "test_a_source_is_read_as_often_as_it_or_the_polling_says",
    "Settings.server": "test_the_page_is_served_where_it_is_asked_for_and_not_when_it_is_off",
    "Settings.channels": "test_what_is_owed_is_sent_once_and_recorded",
    "Settings.policy": "test_D5_hours_end_at_the_clock_of_their_zone",
    "Settings.language": "test_each_channel_speaks_its_language",
    "Settings.log": "test_json_lines_are_json",
    "Polling.every": "test_a_source_is_read_as_often_as_it_or_the_polling_says",
    "Polling.fastest": "test_the_bounds_hold_and_every_itself_is_always_allowed",
    "Polling.slowest": "test_the_bounds_hold_and_every_itself_is_always_allowed",
    "Polling.timeout": "test_B2_a_drip_is_cut_at_the_deadline",
    "Polling.max_body": "test_a_20_MB_body_is_too_large",
    "Polling.concurrent": "test_no_more_than_concurrent_sources_are_read_at_a_time",
    "Polling.per_host": "test_D6_no_more_than_per_host_reads_of_one_host_at_a_time",
    "Polling.contact": "test_the_request_is_honest_and_asks_for_gzip_only",
    "Polling.fulltext": "test_relevant_reads_no_page_of_an_article_that_names_nothing",
    "Polling.proxy": "test_a_configured_proxy_is_asked_for_all_but_those_that_go_past_it",
    "Source.proxy": "test_a_configured_proxy_is_asked_for_all_but_those_that_go_past_it",
    "Source.auth": "test_H2_credentials_reach_the_source_and_no_other_origin",
    "Source.page": "test_items_are_found_by_selectors",
    "Source.fulltext": "test_a_sources_word_counts_before_its_topics_and_that_before_all",
    "Server.public_url": "test_a_feed_that_announces_a_hub_is_subscribed_to",
    "Server.enabled": "test_the_page_is_served_where_it_is_asked_for_and_not_when_it_is_off",
    "Server.listen": "test_the_page_is_served_where_it_is_asked_for_and_not_when_it_is_off",
    "Server.password": "test_I3_with_a_password_every_route_asks_for_it",
    "Server.password_file": "test_the_password_comes_from_the_file_the_config_or_the_environment",
    "Channel.url": "test_H2_a_channel_opens_and_shows_no_secret",
    "Channel.url_file": "test_a_channels_file_is_made_absolute",
    "Channel.notices": "test_notices_and_topics_choose_their_channels",
    "Channel.language": "test_each_channel_speaks_its_language",
    "Channel.takes": "test_a_channel_takes_what_its_rules_say",
    "Channel.quiet": "test_what_came_up_in_quiet_hours_is_one_message_at_their_end",
    "Channel.wait": "test_alerts_of_some_minutes_become_one_message",
    "Channel.pause": "test_between_two_messages_on_a_topic_lies_the_pause",
    "Channel.most": "test_a_channel_that_may_send_two_an_hour_sends_the_rest_together",
    "Channel.escalate": "test_nobody_acknowledged_a_major_alert_so_the_next_channel_hears_of_it",
    "Source.id": "test_a_renamed_outlet_or_moved_address_keeps_the_sources_memory",
    "Source.url": "test_a_renamed_outlet_or_moved_address_keeps_the_sources_memory",
    "Source.outlet": "test_a_renamed_outlet_or_moved_address_keeps_the_sources_memory",
    "Source.family": "test_the_family_and_the_language_reach_the_article",
    "Source.lang": "test_the_family_and_the_language_reach_the_article",
    "Source.zone": "test_what_the_source_says_of_itself_leads_the_reading",
    "Source.every": "test_a_source_is_read_as_often_as_it_or_the_polling_says",
    "Source.enabled": "test_a_source_that_is_off_is_not_read",
    "Source.allow_private": "test_an_open_source_may_live_in_the_private_network",
}


@pytest.mark.parametrize("model", [Settings, Polling, Server, Channel, Source])
def test_every_key_has_a_test_that_shows_it_acting(model: type[BaseModel]) -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py"))
    for key in model.model_fields:
        name = ACTS[f"{model.__name__}.{key}"]
        assert f"def {name}(" in written, f"{key}: there is no test {name}"


async def test_a_source_is_read_as_often_as_it_or_the_polling_says(
    world: World, opened: Callable[..., Site], client: Client, clock: StillClock
) -> None:
    world.web.feed("/a", OLD)
    world.web.feed("/b", OLD)
    site = opened("/a", "/b", every="40m", extra="    every: 10m\n")
    poller = Poller(site, client)
    waits = {}
    for name in ("a", "b"):
        result = await read(site, poller, name)
        waits[name] = result.after.next_due - clock.now()
    assert timedelta(minutes=36) <= waits["a"] <= timedelta(minutes=44)
    assert timedelta(minutes=9) <= waits["b"] <= timedelta(minutes=11)


async def idle(service: Service) -> None:
    """Wait until nothing is being read."""
    for _ in range(500):
        if not service.reading:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("still reading after ten seconds")


async def test_no_more_than_concurrent_sources_are_read_at_a_time(
    world: World, opened: Callable[..., Site], client: Client
) -> None:
    paths = [f"/feed{number}" for number in range(5)]
    site = opened(*paths, polling="  concurrent: 2\n  per_host: 10\n")
    held = threading.Event()
    inside: list[str] = []

    lock, at_once, most = threading.Lock(), 0, 0

    def hold(path: str) -> None:
        nonlocal at_once, most
        with lock:
            inside.append(path)
            at_once += 1
            most = max(most, at_once)
        held.wait(10)
        with lock:
            at_once -= 1

    world.web.on_get = hold
    service = Service(site, client)
    try:
        for _ in range(3):
            await service.tick()
            await asyncio.sleep(0.2)
        assert len(inside) == 2
    finally:
        held.set()
        await idle(service)
    while len(inside) < 5:  # a place that gets free is filled without a tick, or by the next one
        await service.tick()
        await idle(service)
    assert most == 2


async def test_a_source_that_is_off_is_not_read(
    world: World, opened: Callable[..., Site], client: Client
) -> None:
    world.web.feed("/a", OLD)
    site = opened("/a", "/b", extra="    enabled: false\n")
    assert [source.id for source in site.enabled()] == ["a"]
    assert [state.id for state in site.store.source_states()] == ["a"]


async def test_the_family_and_the_language_reach_the_article(
    world: World, opened: Callable[..., Site], client: Client
) -> None:
    world.web.feed("/a", OLD)
    site = opened("/a", extra="    family: one-house\n")
    await read(site, Poller(site, client), "a")
    article = site.store.find_article(
        [f"url:{canonical_url(f'{world.web.url}/a/South-Korea-studies-wide')}"]
    )
    assert article is not None
    assert (article.family, article.lang, article.outlet) == ("one-house", "en", "Outlet a")


async def test_a_renamed_outlet_or_moved_address_keeps_the_sources_memory(
    world: World, opened: Callable[..., Site], client: Client, clock: StillClock
) -> None:
    world.web.feed("/a", OLD)
    site = opened("/a")
    await read(site, Poller(site, client), "a")
    site.store.close()
    world.web.pages["/moved"] = world.web.pages["/a"]
    file = world.folder / "config" / "sources" / "all.yaml"
    world.configure("/a")
    file.write_text(file.read_text().replace("/a\n", "/moved\n").replace("Outlet a", "New name"))
    clock.move(minutes=20)
    from monitor.config.load import load
    from monitor.service.site import open_site

    moved = open_site(load(world.config), clock, {})
    moved.begin(clock.now())
    result = await read(moved, Poller(moved, client), "a")
    assert (result.baseline, result.new) == (False, 0)
    moved.store.close()


@pytest.mark.slow
def test_the_page_is_served_where_it_is_asked_for_and_not_when_it_is_off(world: World) -> None:
    import urllib.error
    import urllib.request

    from monitor.demo.servers import free_ports
    from tests.acceptance.world import eventually

    world.web.feed("/a", OLD)
    (port,) = free_ports(1)

    def answers() -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as page:
                return bool(page.status == 200)
        except urllib.error.URLError:
            return False

    for enabled in ("true", "false"):
        world.configure("/a", server=f"  enabled: {enabled}\n  listen: 127.0.0.1:{port}\n")
        with world.running():
            if enabled == "true":
                eventually(answers, world)
            else:
                eventually(lambda: world.web.posted, world)
                assert not answers()
