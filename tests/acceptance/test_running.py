"""Faults under the running service: hostile documents, a clock that steps, a long run, upgrades."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.acceptance.test_service import OLD, WALKOUT, alerts, summaries
from tests.acceptance.world import World, eventually

pytestmark = pytest.mark.slow

SOAK = float(os.environ.get("SOAK", "15"))  # seconds; `make soak` runs an hour
RSS = {"Content-Type": "application/rss+xml"}
MANY = b" ".join(b'a%d="&"' % n for n in range(100_000))
HOSTILE = {
    "attributes": b"<rss version='2.0'><channel><item " + MANY + b"><title>x</title></item><b>",
    "nested": b"<rss version='2.0'><channel><item>" + b"<a>" * 100_000 + b"&",
    "page": b"<!doctype html><html><title>Just a moment...</title><p>" + b"<a " * 20_000,
}
REFUSED = ("nested", "page")  # of the other one an item can be read


def children(pid: int) -> list[int]:
    """The processes that a process started, and those that they started."""
    own = [int(id_) for id_ in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return own + [grand for child in own for grand in children(child)]


def kilobytes(pid: int, field: str) -> int:
    """A figure of /proc/PID/status, 0 when the process has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(field)), 0)


def test_A17_J2_hostile_documents_cost_their_worker_and_delay_no_other_source(
    world: World,
) -> None:
    world.web.feed("/good", OLD)
    for name in HOSTILE:
        world.web.feed(f"/{name}", OLD)
    world.configure("/good", *(f"/{name}" for name in HOSTILE), every="5s")
    most = count = 0
    with world.running() as child:
        eventually(lambda: summaries(world), world, 60)
        before = {state["id"]: state for state in world.status()["sources"]}
        for name, body in HOSTILE.items():
            world.web.pages[f"/{name}"] = (200, RSS, body)
        eventually(lambda: world.log.count("cannot read source") >= 1, world, 60)
        world.web.feed("/good", WALKOUT, OLD)
        began = time.monotonic()
        eventually(lambda: alerts(world), world, 60)
        delay = time.monotonic() - began
        end = time.monotonic() + 60
        while not all(f"{n}: " in world.log for n in REFUSED) and time.monotonic() < end:
            workers = children(child.pid)
            count = max(count, len(workers))
            most = max([most, *(kilobytes(pid, "VmHWM:") for pid in workers)])
            time.sleep(0.2)
        after = {state["id"]: state for state in world.status()["sources"]}
        assert child.poll() is None
    assert delay < 30  # the bad ones' own deadline
    assert most < 256 * 1024
    assert count <= 8  # two parsers, two readers of pages, the spawner's helpers
    for name in REFUSED:
        assert after[name]["last_error"].startswith(f"{name}: "), after[name]
        assert "it begins: <" in after[name]["last_error"]
        assert after[name]["entries"] == before[name]["entries"]
        assert after[name]["trouble"] == ("challenge page" if name == "page" else "not a feed")
    assert "Just a moment" in after["page"]["last_error"]
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
