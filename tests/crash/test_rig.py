"""A slice of the crash rig for every commit; `make crash` runs all of it."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

import pytest

from tests.crash import check
from tests.crash.cases import Case
from tests.crash.plan import Plan
from tests.crash.rig import Extent, a_slice, perform, rig, worlds
from tests.crash.servers import SLACK
from tests.crash.world import World

pytestmark = pytest.mark.slow

SECONDS = 30  # for the slice; what does not fit is left to `make crash`
FEWEST = 4  # cases, on however busy a machine
EXTENT = Extent(known=180, new=300, older=165, crowd=190, run=165)  # more or less
SEED = 2019


@pytest.fixture(scope="module")
def found() -> Iterator[list[World]]:
    with worlds(2) as made:
        yield made


def test_nothing_is_lost_and_no_copy_goes_beyond_the_bound(found: list[World]) -> None:
    """E1 to E6, E8, F1, F2, G1, G3, G5: killed at statements, at steps and at random."""
    end = time.monotonic() + SECONDS
    todo = list(a_slice(EXTENT, random.Random(SEED)))
    least = rig(found, todo[:FEWEST])
    tally = rig(found, todo[FEWEST:], lambda: time.monotonic() < end)
    assert least.problems + tally.problems == [], tally.text(SECONDS)
    assert least.kills > 0


def test_a_kill_after_the_server_took_it_brings_one_copy_of_the_same_name(
    found: list[World],
) -> None:
    """E5: and the rig sees that copy."""
    kills, problems = perform(found[0], Case("taken", (Plan(step="smtp taken"),)))
    assert (kills, problems, check.copies(found[0])) == (1, [], 1)


def test_the_rig_notices_a_loss_a_copy_and_a_secret(found: list[World]) -> None:
    world = found[1]
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
