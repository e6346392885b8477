"""A slice of the crash rig for every commit; `make crash` runs all of it."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.crash import check
from tests.crash.cases import DOWN, Case
from tests.crash.news import CROWD, LATE, OLD
from tests.crash.plan import Plan
from tests.crash.rig import Extent, parts, perform, publish, recover, rig, worlds
from tests.crash.servers import MAIL, SERVED, SLACK
from tests.crash.world import RECIPIENTS, World

pytestmark = pytest.mark.slow

FEWEST = 1  # case of each part, on however busy a machine
SECONDS = 2.5  # for each part beyond those; what does not fit is left to `make crash`
EXTENT = Extent(known=180, new=300, older=165, crowd=190, run=165)  # more or less
SEED = 2019


def sample(part: str) -> list[Case]:
    """The cases of a part in an order that is the same each time."""
    dice = random.Random(f"{SEED} {part}")
    return dice.sample(found := list(parts(EXTENT, 60, dice)[part]), len(found))


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with worlds(1) as made:
        yield made[0]


@pytest.mark.parametrize("part", parts(EXTENT, 60, random.Random(SEED)))
def test_nothing_is_lost_and_no_copy_goes_beyond_the_bound(world: World, part: str) -> None:
    """E1 to E8, F1, F2, G1 to G3, G5, H2: killed at statements, files, steps and at random."""
    todo = sample(part)
    least = rig([world], todo[:FEWEST])
    end = time.monotonic() + SECONDS
    tally = rig([world], todo[FEWEST:], lambda: time.monotonic() < end)
    assert least.problems + tally.problems == [], tally.text(SECONDS)
    assert least.cases.total() == FEWEST


def test_E1_a_kill_after_a_feed_was_read_and_before_it_was_decided_costs_nothing(
    world: World,
) -> None:
    assert perform(world, Case("read", (Plan(step=SERVED),))) == (1, [])
    assert world.stage.published.rows()[0]["run"] < world.stage.run  # and it was read anew
    assert check.copies(world) == 0


def test_E4_a_kill_after_the_claim_and_before_anything_went_out_sends_it_once(
    world: World,
) -> None:
    """The webhook, under way in that instant, may bring a copy; the mail may not."""
    assert perform(world, Case("claimed", (Plan(step="smtp connect"),))) == (1, [])
    attempts = "SELECT max(attempt) FROM deliveries WHERE channel = ? AND state = 'sent'"
    assert world.ask(attempts, MAIL) == [(2,)]  # the claim stood, and was counted
    mails = [row["recipient"] for row in world.stage.accepted.rows() if row["channel"] == MAIL]
    assert sorted(mails) == sorted(RECIPIENTS)


def test_E6_sigterm_in_the_middle_of_a_send_lets_it_end(world: World) -> None:
    plan = Plan("run", stop_at="smtp dot", slow_at="smtp dot", lasts=30.0)
    began = time.monotonic()
    assert perform(world, Case("stopped", (plan,))) == (0, [])
    assert time.monotonic() - began < plan.lasts
    assert check.copies(world) == 0


def test_E7_a_service_that_is_frozen_past_the_lease_sends_once_more_at_most(world: World) -> None:
    plan = Plan("run", freeze_at="smtp taken", clock=600)
    assert perform(world, Case("frozen", (plan,))) == (0, [])
    assert check.copies(world) <= 1


def test_G12_all_channels_down_for_two_days_bring_one_list_each_on_their_return(
    world: World,
) -> None:
    """Three alerts of the first hour and one of the second day are one message for each reader."""
    world.reset("crowd")
    publish(world, "crowd")
    world.stage.answers |= {step: list(said) for step, said in DOWN.items()}
    for hours in range(0, 48, 4):
        if hours == 24:
            world.publish("a", LATE, *CROWD, OLD)
        assert world.run(Plan()) == 0
        world.set_clock(hours * 3600.0)
    assert len(world.stage.failures) < 12 * 4 * len(check.OWED)
    world.stage.answers.clear()
    assert recover(world) == []
    assert check.in_the_end(world) == []
    taken = world.stage.accepted.rows()
    assert Counter((row["channel"], row["recipient"]) for row in taken) == Counter(check.OWED)
    heads = [head for head, _ in (LATE, *CROWD)]
    assert all(head in " ".join(row["text"].split()) for head in heads for row in taken)


def test_E5_a_kill_after_the_server_took_it_brings_one_copy_of_the_same_name(world: World) -> None:
    """And the rig sees that copy; a webhook under way in that instant may bring its own."""
    kills, problems = perform(world, Case("taken", (Plan(step="smtp taken"),)))
    assert (kills, problems) == (1, [])
    assert check.copies(world) in (1, 2)


def test_the_rig_notices_a_loss_a_copy_a_secret_and_silence(world: World) -> None:
    assert perform(world, Case("calm", ())) == (0, [])
    rows = world.stage.accepted.rows()
    world.stage.accepted.append(next(row for row in rows if row["channel"] == SLACK))
    with world.log.open("a") as log:
        log.write("c4n4ry-slack")
    assert {problem[:3] for problem in check.in_the_end(world)} == {"I2:", "I6:"}
    world.stage.clear()
    assert check.in_the_end(world) == ["I6: a secret in the log"]  # nothing was published
    for row in rows[1:]:
        world.stage.accepted.append(row)
    world.stage.published.append({"run": 0, "path": "/a", "etag": world.stage.documents["/a"][0]})
    assert any(problem.startswith("I1: lost") for problem in check.in_the_end(world))
