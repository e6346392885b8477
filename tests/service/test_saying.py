"""What is said on real channels: languages, templates, confirmations, links."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from monitor.errors import ConfigError
from monitor.models import (
    Alert,
    Article,
    Decision,
    DeliveryState,
    Kind,
    Relevance,
    Silence,
    Story,
    Verdict,
)
from monitor.service.outbox import put_decision
from monitor.service.site import Site
from tests.acceptance.world import World
from tests.service.conftest import StillClock
from tests.service.test_policy import deliver, made, room

Opened = Callable[..., Site]
TOPIC = "liaison-office"


def bot(world: World, name: str = "bot", rules: str = "notices: true") -> str:
    url = world.web.url.replace("http://", "slack+http://xoxb-1@")
    return f'  {name}:\n    url: "{url}/?to=C1"\n    {rules}\n'


def article(site: Site, name: str) -> Article:
    return Article(name, f"Title {name}", site.clock.now(), outlet=f"Outlet {name}", lang="en")


def decided(site: Site, name: str, verdict: Verdict, second: str | None = None) -> Decision:
    now = site.clock.now()
    story = Story("story-1", TOPIC, "Title", now, now, 2, ("A", "B"), ("Origin A", "Origin B"))
    return Decision(
        article=name,
        topic=TOPIC,
        verdict=verdict,
        kind=Kind.NEW_STORY if verdict is Verdict.ALERT else Kind.REPEAT,
        stage="novelty",
        rule="new",
        why="Because.",
        relevance=Relevance.RELEVANT,
        story=story,
        opens_story=verdict is Verdict.ALERT,
        headline=f"Title {name}",
        confirmed_by=second,
    )


def put(site: Site, name: str, verdict: Verdict, second: str | None = None) -> bool:
    with site.store.writing() as unit:
        unit.save_article(article(site, name), [f"id:{name}"])
        decision = decided(site, name, verdict, second)
        assert decision.story is not None
        unit.save_story(decision.story)
        return put_decision(unit, site, article(site, name), decision, site.clock.now())


def kinds(site: Site) -> list[tuple[str, str]]:
    alerts = {alert.id: alert.kind for alert in site.store.alerts(100)}
    return [(row.channel, alerts[row.alert]) for row in reversed(site.store.deliveries())]


async def test_each_channel_speaks_its_language(world: World, opened: Opened) -> None:
    channels = room(world, "language: en") + room(world, "takes: {digest: true}", "seoul", "b")
    site = opened("/a", channels=f"{channels}language: ko\n")
    made(site, 1, major=True)
    await deliver(site, rounds=2)
    english, korean = sorted(world.web.texts(), key=lambda text: "철수" in text)
    assert english.startswith("Staff now withdrawn: Development 1")
    assert korean.startswith("Staff → 철수: Development 1")


def test_a_language_without_words_is_told_with_the_configuration(opened: Opened) -> None:
    hook = "  room:\n    url: console://\n    language: sv\n"
    with pytest.raises(
        ConfigError, match=r"language: there are no words for 'sv' \(known: en, ko\)"
    ):
        opened("/a", channels=hook)


def test_a_language_of_all_channels_without_words_is_told_there(opened: Opened) -> None:
    with pytest.raises(ConfigError, match=r"monitor\.yaml:\d+: language: there are no words"):
        opened("/a", channels="  room:\n    url: console://\nlanguage: sv\n")


async def test_words_and_templates_lie_beside_the_configuration(
    world: World, opened: Opened
) -> None:
    opened("/a")
    (world.config.parent / "words").mkdir()
    (world.config.parent / "words" / "sv.yaml").write_text("say:\n  articles: Artiklar\n")
    (world.config.parent / "templates").mkdir()
    (world.config.parent / "templates" / "slack.txt").write_text("Desk: {{ v.headline }}")
    channels = room(world, "language: sv")
    site = opened("/a", channels=channels)
    made(site, 1)
    await deliver(site)
    assert "Desk: Development 1" in str(world.web.posted[-1]["blocks"])


@pytest.mark.slow
def test_H1_a_broken_template_is_refused_before_anything_starts(
    world: World, opened: Opened
) -> None:
    opened("/a")
    (world.config.parent / "templates").mkdir()
    (world.config.parent / "templates" / "alert.txt").write_text("fine\n{{ v.hedline }}")
    for command in ("check", "run"):
        result = world.monitor(command)
        assert result.returncode == 2
        (line,) = result.stderr.splitlines()
        assert "alert.txt:2: " in line


async def test_G14_a_template_that_fails_at_run_time_costs_no_alert_and_is_told_once(
    world: World, opened: Opened, clock: StillClock
) -> None:
    opened("/a")
    (world.config.parent / "templates").mkdir()
    form = "{% if v.headline == 'Development 1' %}{{ v.nothing }}{% else %}good{% endif %}"
    (world.config.parent / "templates" / "slack.txt").write_text(form)
    site = opened("/a")
    for _ in range(2):
        made(site, 1)
        await deliver(site, rounds=3)
    texts = world.web.texts()
    assert texts[0].startswith("Development 1")
    assert len([text for text in texts if "slack.txt failed" in text]) == 1
    assert {row.state for row in site.store.deliveries()} == {DeliveryState.SENT}


async def test_a_second_origin_is_told_in_the_thread_and_nowhere_else(
    world: World, opened: Opened
) -> None:
    channels = room(world, "notices: false") + bot(world)
    site = opened("/a", channels=channels)
    assert put(site, "a", Verdict.ALERT)
    world.web.answers = [(200, {}, b"ok"), (200, {}, b'{"ok": true, "ts": "1.5"}')]
    await deliver(site, rounds=2)
    world.web.answers = [(200, {}, b'{"ok": true, "ts": "1.6"}')]
    assert not put(site, "b", Verdict.SILENT, "Origin B")
    assert not put(site, "c", Verdict.SILENT, "Origin C")  # told once
    await deliver(site, rounds=2)
    assert kinds(site) == [("room", "new story"), ("bot", "new story"), ("bot", "confirmed")]
    update: dict[str, Any] = world.web.posted[-1]
    assert update["thread_ts"] == "1.5"
    assert update["text"].startswith("A second independent origin, Origin B, reports it too: ")


async def test_a_second_origin_of_what_was_not_told_is_not_told_either(
    world: World, opened: Opened, clock: StillClock
) -> None:
    site = opened("/a", channels=bot(world))
    put(site, "b", Verdict.SILENT, "Origin B")
    assert kinds(site) == []
    put(site, "a", Verdict.ALERT)
    with site.store.writing() as unit:
        unit.add_silence(
            Silence(0, clock.now(), clock.now() + timedelta(hours=1), "drill", story="story-1")
        )
    put(site, "c", Verdict.SILENT, "Origin C")
    assert kinds(site) == [("bot", "new story")]


async def test_alerts_link_to_the_page_that_readers_reach(world: World, opened: Opened) -> None:
    server = "  enabled: false\n  public_url: https://watch.example.org/\n"
    site = opened("/a", server=server)
    alert: Alert = made(site, 1)
    await deliver(site)
    blocks = str(world.web.posted[-1]["blocks"])
    assert f"<https://watch.example.org/stories/{alert.story}|Story page>" in blocks
    assert f"<https://watch.example.org/alerts/{alert.id}/not-relevant|Not relevant>" in blocks
