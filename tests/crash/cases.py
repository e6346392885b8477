"""What is done to the service: each case is a start and the processes that do not survive it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.crash.plan import Plan
from tests.crash.servers import DROP, SERVED, STEPS
from tests.crash.world import CANARY

# The answers of servers that are crossed with kills, by the step at which they are given.
SCRIPTS: dict[str, Mapping[str, tuple[str, ...]]] = {
    "well": {},
    "451": {"smtp rcpt": ("451 later",), "smtp dot": ("", "451 later")},
    "451 at the dot": {"smtp dot": ("451 later", "451 later")},
    "accepted, then dropped": {"smtp dot": (DROP,), "http post": (DROP,)},
    "dropped three times": {"smtp dot": (DROP,) * 6, "http post": (DROP,) * 3},
    "429": {"http post": ("429 2", "429 2")},
    "503": {"http post": ("503", "503 60"), "smtp connect": ("421 busy",)},
    "refused": {"http post": ("404",), "smtp rcpt": ("550 no such user",)},
    "an echo": {"http post": ("500",), "smtp auth": (f"535 {CANARY}-mail is wrong",)},
}
DOWN: Mapping[str, tuple[str, ...]] = {  # for two days, asked each hour
    "smtp connect": ("421 down",) * 88,
    "http post": ("503",) * 44,
}


@dataclass(frozen=True, slots=True)
class Case:
    """One try: the database it starts from, what servers answer, and the processes in order."""

    name: str
    plans: tuple[Plan, ...]
    start: str = "known"
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    late: bool = False  # more news comes after the first process
    fresh: bool = False  # processes of their own instead of forks


def boundaries(start: str, count: int, command: str = "once", step: int = 1) -> Iterator[Case]:
    """A kill at each `step`-th statement up to `count`."""
    for at in range(1, count + 1, step):
        plans = (Plan(command, kill_at=at),)
        yield Case(f"{start} {command} statement", plans, start, late=start == "crowd")


def steps() -> Iterator[Case]:
    """A kill at each step of each protocol, for each script."""
    for script, answers in SCRIPTS.items():
        for step in STEPS:
            yield Case(f"step, {script}", (Plan(step=step),), answers=answers)
    for step in STEPS:
        yield Case("second time at a step", (Plan(step=step, nth=2),))
        yield Case("step, fresh process", (Plan(step=step),), fresh=True)
    for nth in (1, 2):  # of the two feeds: read, and not yet decided
        yield Case("feed served", (Plan(step=SERVED, nth=nth),))


def crowds() -> Iterator[Case]:
    """Several alerts in one message, killed at each step, with more news before the next start."""
    for script in (
        "well",
        "451 at the dot",
        "accepted, then dropped",
        "dropped three times",
        "503",
    ):
        for step in STEPS:
            yield Case(f"crowd, {script}", (Plan(step=step),), "crowd", SCRIPTS[script], late=True)
    for step in ("smtp dot", "smtp taken", "http post", "http posted"):
        for nth in (2, 3):
            yield Case("crowd, second time", (Plan(step=step, nth=nth),) * 2, "crowd", late=True)
    yield Case("crowd, all down for days", (), "crowd", DOWN, late=True)


def keeping(statements: int, files: int) -> Iterator[Case]:
    """Killed while it writes a backup, or puts one back over what was sent since."""
    owing = Plan(step="smtp dot")
    for command in ("backup", "restore"):
        first = () if command == "backup" else (Plan("backup"),)
        for at in range(1, statements + 1):
            yield Case(f"{command} statement", (*first, owing, Plan(command, kill_at=at)))
            yield Case(f"{command} statement", (*first, Plan(), Plan(command, kill_at=at)))
        for at in range(1, files + 1):
            yield Case(f"{command} file", (*first, owing, Plan(command, kill_at_file=at)))
            yield Case(f"{command} file", (*first, Plan(), Plan(command, kill_at_file=at)))


def small_disk() -> Iterator[Case]:
    """A disk of its own that is full for a while, alone and with kills."""
    for disk in (1, 5_000, 20_000, 40_000, 80_000, 160_000, 320_000):
        yield Case("small disk", (Plan(disk=disk),), "disk")
        for step in ("smtp taken", "http post", "smtp rcpt"):
            yield Case("small disk, killed", (Plan(disk=disk, step=step),), "disk")
        healing = Plan("run", disk=disk, frees=1.5, lasts=30.0)
        yield Case("small disk, heals as it runs", (healing,), "disk")
        yield Case("small disk, running, killed", (Plan("run", disk=disk, after=1.5),), "disk")


def looking() -> Iterator[Case]:
    """The page is looked at while sends go well and badly."""
    for script, answers in SCRIPTS.items():
        yield Case(f"page, {script}", (Plan("run", looks=True),), "page", answers)


def troubles() -> Iterator[Case]:
    """The other faults, alone and followed by a kill."""
    for script, answers in SCRIPTS.items():
        yield Case(f"no kill, {script}", (), answers=answers)
    for step in ("smtp dot", "http posted", "smtp connect", "smtp taken"):
        yield Case("frozen past the lease", (Plan("run", freeze_at=step, clock=600),))
        yield Case("slow", (Plan(slow_at=step), Plan(slow_at=step, after=0.6)))
    for after in (0.0, 0.05, 0.2, 0.4):
        for step in ("smtp taken", "http posted", "smtp rcpt"):
            yield Case("killed while it drains", (Plan("run", stop_at=step, after=after),))
    for room in (1, 4_000, 20_000, 40_000, 80_000, 160_000):
        yield Case("disk full", (Plan(room=room),))
        yield Case("disk full, running, killed", (Plan("run", room=room, after=1.5),))
    for clock in (-3600.0, -30.0, 86_400.0, -31_536_000.0):
        yield Case("clock step", (Plan(step="smtp taken"), Plan(clock=clock, step="smtp taken")))
    yield Case("no names", (Plan(no_names=True),))
    yield Case("no names, killed", (Plan(step="http posted"), Plan(no_names=True)))
    for held in (0.3, 1.0):
        yield Case("locked", (Plan(lock=held),))
        yield Case("locked, killed", (Plan(lock=held, after=held + 0.1),))
    yield Case("locked for long", (Plan("run", lock=7.0, lasts=9.0),))
    yield Case("locked for long, once", (Plan(lock=7.0),))


def retention(count: int, step: int = 1) -> Iterator[Case]:
    """Killed while it forgets what is 500 days old, which begins with the service."""
    for at in range(1, count + 1, step):
        yield Case("forgetting", (Plan("run", kill_at=at, clock=500 * 86_400.0),))


def at_random(dice: random.Random, kills: int, longest: float) -> Iterator[Case]:
    """Kills at random times within so many seconds of a start, one to four before it is let be."""
    left = kills
    while left > 0:
        number = min(dice.choice((1, 1, 2, 3, 4)), left)
        left -= number
        command = dice.choice(("once", "once", "run"))
        times = [
            dice.uniform(0.01, longest * (2 if command == "run" else 1)) for _ in range(number)
        ]
        script = dice.choice(("well", "well", *SCRIPTS))
        plans = tuple(Plan(command, after=after) for after in times)
        yield Case(f"random, {script}", plans, answers=SCRIPTS[script])
