"""The configuration is changed while a message is on its way."""

from __future__ import annotations

import pytest

from tests.crash import check
from tests.crash.news import NEWS, OLD, RAIN
from tests.crash.plan import Plan
from tests.crash.rig import recover, worlds

pytestmark = pytest.mark.slow


def test_H4_a_feed_that_moved_and_was_renamed_in_the_middle_of_a_send_alerts_no_second_time() -> (
    None
):
    """Its id is what it is known by: the same entries at another address are no news."""
    with worlds(1) as found:
        world = found[0]
        world.reset("known")
        world.publish("a", NEWS, OLD)
        world.publish("b", RAIN)
        world.run(Plan(step="smtp rcpt"))
        assert len(world.killed) == 1
        world.stage.documents["/moved"] = world.stage.documents.pop("/a")
        sources = world.folder / "config" / "sources" / "all.yaml"
        text = sources.read_text()
        changed = text.replace("/a\n", "/moved\n").replace("outlet: Outlet a", "outlet: New name")
        assert changed.count("moved") == changed.count("New name") == 1
        sources.write_text(changed)
        assert recover(world) == []
        assert check.in_the_end(world) == []
        told = world.ask("SELECT json_extract(payload, '$.headline') FROM alerts")
        assert [row[0] for row in told].count(NEWS[0]) == 1
        assert "/moved" in {row["path"] for row in world.stage.published.rows()}
