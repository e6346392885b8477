"""Documents that hang or crash the process: it ends, is started anew, and the others go on."""

from __future__ import annotations

import signal
import sys

import pytest

from monitor.service.watchdog import EXIT
from tests.acceptance.test_service import OLD, WALKOUT, alerts, summaries
from tests.acceptance.world import World, eventually

pytestmark = [pytest.mark.slow, pytest.mark.unmeasured]


def faulty(kind: str) -> list[str]:
    return [sys.executable, "-m", "tests.acceptance.faulty", kind]


def told(world: World) -> list[str]:
    return [text for text in world.web.texts() if "ends the service" in text]


@pytest.mark.parametrize(("kind", "code"), [("lock", EXIT), ("regex", -signal.SIGPROF)])
def test_D4_a_poll_that_hangs_ends_the_process_with_its_stacks_and_it_can_be_started_anew(
    world: World, kind: str, code: int
) -> None:
    world.web.feed("/good", OLD)
    world.web.feed("/bad", OLD)
    world.configure("/good", "/bad")
    with world.running(command=faulty(kind)) as child:
        assert child.wait(60) == code
    assert "in faulty" in world.log  # the stack of the thread that hangs
    if kind == "lock":  # the other one was read meanwhile
        assert "read source" in world.log
        assert "work on a document" in world.log
    with world.running():  # as Docker would
        eventually(lambda: summaries(world), world)
        world.web.feed("/good", WALKOUT, OLD)
        eventually(lambda: alerts(world), world)
        eventually(lambda: world.status()["sources"][0]["last_success"], world)
    assert "the last run ended while it read" in world.log


def test_E9_a_source_that_ends_the_process_three_times_is_set_aside_and_told(world: World) -> None:
    world.web.feed("/good", OLD)
    world.web.feed("/bad", OLD)
    world.configure("/good", "/bad")
    for _ in range(3):
        with world.running(command=faulty("abort")) as child:
            assert child.wait(30) == -signal.SIGABRT
    with world.running(command=faulty("abort")) as child:  # it would end a fourth time
        eventually(lambda: told(world), world)
        eventually(lambda: summaries(world), world)
        world.web.feed("/good", WALKOUT, OLD)
        eventually(lambda: alerts(world), world)
        assert child.poll() is None
        bad, good = world.status()["sources"]
    assert (bad["trouble"], good["trouble"]) == ("ends the service", None)
    assert "ended 3 times while it read this source" in bad["last_error"]
    assert len(told(world)) == 1
