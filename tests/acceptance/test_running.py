"""Faults under the running service: hostile documents, a clock that steps, a long run, upgrades."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.acceptance.hostile import STOPPED, attributes
from tests.acceptance.test_service import OLD, WALKOUT, alerts, summaries
from tests.acceptance.world import World, eventually
from tests.meter import Meter, kilobytes

pytestmark = [pytest.mark.slow, pytest.mark.unmeasured]

SOAK = float(os.environ.get("SOAK", "15"))  # seconds; `make soak` runs an hour
RSS = {"Content-Type": "application/rss+xml"}


def test_A17_J2_twenty_hostile_documents_at_once_delay_no_other_source(world: World) -> None:
    paths = [f"/bad{number}" for number in range(20)]
    hostile = attributes(100_000)  # a small document that takes all the time there is
    for path in ("/good", *paths):
        world.web.feed(path, OLD)
    world.configure("/good", *paths, every="3s", polling="  per_host: 10\n  concurrent: 24\n")
    with world.running() as child:
        eventually(lambda: summaries(world), world, 60)
        before = {state["id"]: state for state in world.status()["sources"]}
        with Meter(child.pid) as meter:
            for path in paths:
                world.web.pages[path] = (200, RSS, hostile)
            eventually(lambda: "cannot read source" in world.log, world, 60)
            world.web.feed("/good", WALKOUT, OLD)
            began = time.monotonic()
            eventually(lambda: alerts(world), world, 60)
            delay = time.monotonic() - began
            eventually(lambda: all(f"{path[1:]}: " in world.log for path in paths), world, 120)
        after = {state["id"]: state for state in world.status()["sources"]}
        ending = time.monotonic()
        child.send_signal(signal.SIGTERM)
        assert child.wait(20) == 0
        assert time.monotonic() - ending < 8  # E6, with documents still to be read
    assert "Traceback" not in world.log
    assert delay < 30  # the deadline of one of them, its wait for a worker included
    assert meter.most < 256
    assert meter.count <= 8  # two parsers, two readers of pages, the spawner's helpers
    for path in paths:
        state = after[path[1:]]
        assert state["last_error"].startswith(f"{path[1:]}: "), state
        assert STOPPED in state["last_error"] or "no reader" in state["last_error"]
        assert "it begins: <" in state["last_error"]
        assert state["entries"] == before[path[1:]]["entries"]
    assert len(alerts(world)) == 1


def test_D1_after_the_clock_was_set_back_polls_go_on_at_once(world: World) -> None:
    shift = world.folder / "shift"
    shift.write_text("0")
    world.web.feed("/a", OLD)
    world.configure("/a")
    with world.running("--clock-shift", str(shift)):
        eventually(lambda: summaries(world), world)
        for hours in (-1, -24 * 400):
            shift.write_text(str(hours * 3600))
            asked = len(world.web.asked)
            eventually(lambda asked=asked: len(world.web.asked) >= asked + 3, world)  # type: ignore[misc]
        world.web.feed("/a", WALKOUT, OLD)
        eventually(lambda: alerts(world), world)
    assert len(alerts(world)) == 1


def test_K2_a_database_of_a_newer_program_is_refused_and_left_as_it_is(world: World) -> None:
    world.web.feed("/a", OLD)
    world.configure("/a")
    assert world.monitor("once").returncode == 0
    database = world.folder / "data" / "monitor.db"
    with closing(sqlite3.connect(database)) as raw, raw:
        raw.execute("UPDATE monitor_schema SET version_num = '0099'")
    before = database.read_bytes()
    done = world.monitor("run")
    assert done.returncode == 4
    (line,) = done.stderr.splitlines()
    assert "has schema 99" in line
    assert "install the newer program" in line
    assert database.read_bytes() == before


def test_J1_memory_files_and_threads_stay_as_they_are_over_many_polls_and_sends(
    world: World,
) -> None:
    paths = [f"/s{n}" for n in range(40)]
    world.configure(*paths)

    def serve(number: int) -> None:
        for path in paths:
            items = [
                (f"Harbour {path} has {n} ships", "No more.") for n in range(number, number + 5)
            ]
            world.web.feed(path, *reversed(items))

    def figures(pid: int) -> tuple[int, int, int]:
        files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
        return kilobytes(pid, "VmRSS:"), files, kilobytes(pid, "Threads:")

    serve(0)
    with world.running() as child:
        eventually(lambda: summaries(world), world, 60)
        samples, number = [], 0
        end = time.monotonic() + SOAK
        while time.monotonic() < end:
            number += 1
            serve(number)
            time.sleep(0.5)
            samples.append(figures(child.pid))
        polls = len(world.web.asked)
    third = len(samples) // 3
    early, late = samples[third : 2 * third], samples[2 * third :]
    memory, files, threads = ((max(s[n] for s in early), max(s[n] for s in late)) for n in range(3))
    assert polls > SOAK * 5
    assert memory[1] < memory[0] * 1.1
    assert files[1] <= files[0] + 10  # connections of a moment
    assert threads[1] <= threads[0] + 4
