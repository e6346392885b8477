"""The real service as a process, with real feeds, a real webhook and real kills."""

from __future__ import annotations

import json
import os
import signal
import time

import pytest

from tests.acceptance.world import Web, World, eventually

pytestmark = pytest.mark.slow

OLD = (
    "South Korea studies wider exchanges with the North",
    "The ministry in Seoul is studying exchanges. An inter-Korean liaison office was opened in the "
    "North Korean border city of Kaesong in September 2018.",
)
WALKOUT = (
    "North Korea pulls its staff out of the Kaesong liaison office",
    "North Korea on Friday withdrew all of its staff from the inter-Korean joint liaison office in "
    "Kaesong, the unification ministry in Seoul said. Pyongyang gave notice of the withdrawal in "
    "the morning.",
)
RETURN = (
    "Some North Korean staff return to the Kaesong liaison office",
    "Four or five North Korean officials came back to the inter-Korean liaison office in Kaesong "
    "on Monday, three days after the North withdrew, the unification ministry said.",
)


def alerts(world: World) -> list[str]:
    """What was pushed, without the summary of the first poll."""
    return [text for text in world.web.texts() if "for the first time" not in text]


def summaries(world: World) -> list[str]:
    return [text for text in world.web.texts() if "for the first time" in text]


def test_the_first_poll_is_quiet_and_the_next_development_alerts_once(world: World) -> None:
    world.web.feed("/a", OLD)
    world.web.feed("/b", WALKOUT, OLD)
    world.configure("/a", "/b")
    with world.running():
        eventually(lambda: summaries(world), world)
        assert alerts(world) == []
        world.web.feed("/b", RETURN, WALKOUT, OLD)
        eventually(lambda: alerts(world), world)
        world.web.feed("/a", RETURN, OLD)  # the same news from another outlet
        before = len(world.web.asked)
        eventually(lambda: len(world.web.asked) > before + 6, world)
    assert len(summaries(world)) == 1
    assert len(alerts(world)) == 1
    assert "return" in alerts(world)[0].lower()


@pytest.mark.unmeasured
def test_a_second_start_goes_on_where_the_first_stopped(world: World) -> None:
    world.web.feed("/a", OLD)
    world.configure("/a")
    with world.running():
        eventually(lambda: summaries(world), world)
    world.web.feed("/a", WALKOUT, OLD)  # news of the time in between is no baseline
    with world.running():
        eventually(lambda: alerts(world), world)
    with world.running():
        asked = len(world.web.asked)
        eventually(lambda: len(world.web.asked) > asked + 2, world)
    assert len(summaries(world)) == 1
    assert len(alerts(world)) == 1


@pytest.mark.unmeasured
def test_B1_without_a_network_it_keeps_running_names_the_feeds_and_tries_again(
    world: World,
) -> None:
    world.configure("/a", "/b")
    world.web.pages["/a"] = world.web.pages["/b"] = (503, {}, b"")
    with world.running() as child:
        eventually(lambda: world.web.texts(), world)
        assert "none of 2 sources could be read" in world.web.texts()[0]
        assert child.poll() is None
        states = {s["id"]: s for s in world.status()["sources"]}
        assert states["a"]["last_error"].startswith("a: ")
        assert states["a"]["failures"] >= 1
        world.web.feed("/a", OLD)
        world.web.feed("/b", OLD)
        eventually(lambda: world.status()["sources"][0]["last_success"], world)
    assert "cannot read source" in world.log


def test_E6_sigterm_ends_it_cleanly_within_seconds(world: World) -> None:
    world.web.feed("/a", OLD)
    world.configure("/a")
    with world.running() as child:
        eventually(lambda: summaries(world), world)
        start = time.monotonic()
        child.send_signal(signal.SIGTERM)
        assert child.wait(10) == 0
        assert time.monotonic() - start < 8
    assert "stopped" in world.log
    assert "was stopped" in world.monitor("health").stdout


@pytest.mark.unmeasured
def test_E6_a_send_that_takes_longer_than_the_stop_is_recorded_and_not_repeated(
    world: World,
) -> None:
    world.web.feed("/a", OLD)
    world.configure("/a")
    with world.running() as child:
        eventually(lambda: summaries(world), world)

        def stops_it_and_thinks() -> None:
            child.send_signal(signal.SIGTERM)
            time.sleep(3)

        world.web.on_post = stops_it_and_thinks
        world.web.feed("/a", WALKOUT, OLD)
        assert child.wait(60) == 0
    world.web.on_post = lambda: None
    assert {
        row["state"] for row in json.loads(world.monitor("deliveries", "list", "--json").stdout)
    } == {"sent"}
    assert len(alerts(world)) == 1


@pytest.mark.unmeasured
def test_D7_a_second_instance_on_the_same_folder_exits_5_and_names_the_first(world: World) -> None:
    world.web.feed("/a", OLD)
    world.configure("/a")
    with world.running() as child:
        eventually(lambda: summaries(world), world)
        second = world.monitor("run")
    assert second.returncode == 5
    assert str(child.pid) in second.stderr
    assert "Traceback" not in second.stderr


@pytest.mark.unmeasured
def test_E5_killed_after_the_server_accepted_it_repeats_at_most_once(world: World) -> None:
    world.web.feed("/a", OLD)
    world.configure("/a")
    with world.running() as child:
        eventually(lambda: summaries(world), world)
        world.web.on_post = lambda: os.kill(child.pid, signal.SIGKILL)
        world.web.feed("/a", WALKOUT, OLD)
        child.wait(20)
    world.web.on_post = lambda: None
    with world.running():
        eventually(lambda: len(alerts(world)) == 2, world)
        eventually(lambda: world.status()["counts"]["deliveries"]["pending"] == 0, world)
    assert len(alerts(world)) == 2


@pytest.mark.unmeasured
def test_I5_a_service_that_was_killed_is_not_said_to_run(world: World) -> None:
    world.web.feed("/a", OLD)
    world.configure("/a")
    with world.running() as child:
        eventually(lambda: world.monitor("health").returncode == 0, world)
        child.kill()
        child.wait()
    assert world.monitor("health").stdout.startswith("unhealthy: the service ended in the last")
    assert world.monitor("status").stdout.startswith("not running")


@pytest.mark.unmeasured
def test_E3_killed_at_any_moment_it_loses_nothing(world: World) -> None:
    world.web.feed("/a", OLD)
    world.configure("/a")
    with world.running():
        eventually(lambda: summaries(world), world)
    world.web.feed("/a", WALKOUT, OLD)
    for wait in (0.6, 0.9, 1.2, 1.5):
        with world.running() as child:
            time.sleep(wait)
            child.kill()
            child.wait()
    with world.running():
        eventually(lambda: alerts(world), world)
        eventually(lambda: world.status()["counts"]["deliveries"]["pending"] == 0, world)
    assert len(alerts(world)) <= 5  # one, and at most one more for each kill
    assert len(set(alerts(world))) == 1


def test_the_commands_that_look_answer_about_what_happened(world: World) -> None:
    world.web.feed("/a", OLD)
    world.configure("/a")
    assert world.monitor("health").returncode == 1
    assert "no service has run" in world.monitor("health").stdout
    with world.running():
        eventually(lambda: summaries(world), world)
        world.web.feed("/a", WALKOUT, OLD)
        eventually(lambda: alerts(world), world)
        good = world.config.read_text()
        world.config.write_text(good + "evry: 1m\n")  # says nothing about the service that runs
        assert world.monitor("health").returncode == 0
        world.config.write_text(good)
        status = world.monitor("status")
    assert ", 1 alert," in status.stdout or ", 2 alerts," in status.stdout
    assert "1 of 1 fine" in status.stdout
    why = world.monitor("why", "pulls its staff")
    assert why.returncode == 0
    assert "alert" in why.stdout
    assert "liaison office" in why.stdout
    background = world.monitor("why", f"{world.web.url}/a/South-Korea-studies-wide")
    assert "silent" in background.stdout
    assert world.monitor("why", "never heard of it").returncode == 1
    (row, *_) = json.loads(world.monitor("why", "pulls its staff", "--json").stdout)
    assert (row["verdict"], row["title"]) == ("alert", WALKOUT[0])
    assert "sent" in world.monitor("deliveries", "list").stdout
    states = {
        each["state"] for each in json.loads(world.monitor("deliveries", "list", "--json").stdout)
    }
    assert states == {"sent"}
    assert "Outlet a" in world.monitor("sources", "list").stdout
    world.web.pages["/a"] = (500, {}, b"")
    assert world.monitor("once").returncode == 6
    troubled = world.monitor("status").stdout
    assert "0 of 1 fine" in troubled
    assert "the server answered 500" in troubled


def test_once_reads_everything_delivers_and_ends(world: World) -> None:
    world.web.feed("/a", OLD)
    world.configure("/a")
    first = world.monitor("once")
    assert first.returncode == 0, first.stderr
    assert "1 of 1 source read" in first.stderr
    assert len(summaries(world)) == 1
    world.web.feed("/a", WALKOUT, OLD)
    second = world.monitor("once")
    assert "1 alert\n" in second.stderr
    assert len(alerts(world)) == 1
    world.web.pages["/a"] = (500, {}, b"")
    assert world.monitor("once").returncode == 6


@pytest.mark.unmeasured
def test_preview_shows_what_would_alert_and_stores_nothing(world: World) -> None:
    world.web.feed("/a", WALKOUT, OLD)
    status, headers, body = world.web.pages["/a"]
    world.web.pages["/a"] = (
        status,
        headers,
        body.replace(b"</channel></rss>", b"<item><title>cut"),
    )
    world.configure("/a")
    shown = world.monitor("preview", "a")
    assert "warning: document cut off" in shown.stdout
    assert shown.returncode == 0, shown.stderr
    assert f"alert   {WALKOUT[0]}" in shown.stdout
    assert f"silent  {OLD[0]}" in shown.stdout
    assert not (world.folder / "data").exists() or not list((world.folder / "data").iterdir())
    assert world.web.posted == []
    by_address = world.monitor("preview", f"{world.web.url}/a", "--allow-private")
    assert f"alert   {WALKOUT[0]}" in by_address.stdout
    refused = world.monitor("preview", f"{world.web.url}/a")
    assert refused.returncode == 1
    assert "give --allow-private" in refused.stderr
    world.monitor("once")
    assert "2 of them known already" in world.monitor("preview", "a").stdout


@pytest.mark.unmeasured
def test_G7_G11_a_refusing_channel_is_told_through_the_other(
    world: World, tmp_path: object
) -> None:
    other = Web()
    try:
        hooks = [web.url.replace("http://", "slack+http://") for web in (world.web, other)]
        channels = "".join(
            f"  {name}:\n    url: {hook}/hook\n"
            for name, hook in zip(("good", "bad"), hooks, strict=True)
        )
        other.answers = [(404, {}, b"no_service")] * 20
        world.web.feed("/a", OLD)
        world.configure("/a", channels=channels)
        with world.running():
            eventually(
                lambda: any("bad does not take alerts" in text for text in world.web.texts()),
                world,
            )
        rows = world.monitor("deliveries", "list", "--state", "refused").stdout
        assert "no_service" in rows
    finally:
        other.close()


@pytest.mark.unmeasured
def test_an_edited_article_is_a_diff(world: World) -> None:
    world.web.feed("/a", OLD)
    world.configure("/a")
    with world.running():
        eventually(lambda: summaries(world), world)
        world.web.feed("/a", WALKOUT, OLD)
        eventually(lambda: alerts(world), world)
        edited = WALKOUT[1] + " The North said it will never return and will close the office."
        world.web.feed("/a", (WALKOUT[0], edited), OLD)
        eventually(lambda: len(alerts(world)) == 2, world)
    assert "*" in str(world.web.posted[-1])
