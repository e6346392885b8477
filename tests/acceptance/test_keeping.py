"""Backups put back under the real service: what it knew, and what it tells of the time since."""

from __future__ import annotations

import shutil

import pytest

from tests.acceptance.test_service import OLD, RETURN, WALKOUT, alerts, summaries
from tests.acceptance.world import World, eventually

pytestmark = [pytest.mark.slow, pytest.mark.unmeasured]

REOPENING = (
    "Koreas agree to reopen the liaison office in Kaesong",
    "North and South Korea agreed to reopen the liaison office in Kaesong and to restore its phone "
    "lines, both sides said.",
)


def test_K1_when_the_data_is_gone_it_begins_anew_and_says_so_without_a_flood(world: World) -> None:
    world.web.feed("/a", OLD)
    world.configure("/a")
    with world.running():
        eventually(lambda: summaries(world), world)
        world.web.feed("/a", RETURN, WALKOUT, OLD)
        eventually(lambda: len(alerts(world)) == 2, world)
    shutil.rmtree(world.folder / "data")
    assert world.monitor("once").returncode == 0
    assert len(summaries(world)) == 2
    assert "3 entries, 2 about the topic, nothing pushed" in summaries(world)[1]
    assert len(alerts(world)) == 2
    world.web.feed("/a", REOPENING, RETURN, WALKOUT, OLD)
    assert world.monitor("once").returncode == 0
    assert len(alerts(world)) == 3


def test_K3_after_a_restore_what_came_since_is_one_message(world: World) -> None:
    copy = world.folder / "copy.db"
    world.web.feed("/a", OLD)
    world.configure("/a")
    with world.running():
        eventually(lambda: summaries(world), world)
        assert world.monitor("backup", str(copy)).returncode == 0
        world.web.feed("/a", WALKOUT, OLD)
        eventually(lambda: len(alerts(world)) == 1, world)
        world.web.feed("/a", RETURN, WALKOUT, OLD)
        eventually(lambda: len(alerts(world)) == 2, world)
    restored = world.monitor("restore", str(copy))
    assert restored.returncode == 0, restored.stderr
    assert "told in one list" in restored.stdout
    assert "all sources are read" in world.monitor("silence", "list").stdout
    assert world.monitor("once").returncode == 0
    assert len(alerts(world)) == 3
    assert alerts(world)[2].startswith("Since the backup: 2 developments")
    said = str(world.web.posted[-1]["blocks"])
    assert WALKOUT[0] in said
    assert RETURN[0] in said
    assert "restored from a backup of 20" in said
    world.web.feed("/a", REOPENING, RETURN, WALKOUT, OLD)
    with world.running():
        eventually(lambda: len(alerts(world)) == 4, world)
    assert "reopen" in alerts(world)[3]
    assert "nothing is silenced" in world.monitor("silence", "list").stdout
