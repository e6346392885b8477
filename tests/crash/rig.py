"""The crash rig: the real service, killed again and again; prints what was tried and what held.

    make crash                                  every case, and 2,000 random kills
    python -m tests.crash.rig --only random --kills 10000 --seed 7 --workers 2

A child runs the real command line on a real configuration and database. It is killed at every
statement of a poll and its sends, at every step of the mail and Slack protocols, and at random;
then it is let be until nothing is owed, and the ledgers of the servers are compared with what was
published. check.py says what must hold.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.crash import cases, check
from tests.crash.cases import Case
from tests.crash.news import CROWD, LATE, NEWS, OLD, RAIN
from tests.crash.plan import Plan
from tests.crash.world import ROUND, World
from tests.crash.zygote import Fresh, zygotes

MOST_ROUNDS = 90  # of 65 minutes: beyond the 72 hours for which a delivery is tried


@dataclass
class Tally:
    """What was tried, and what went wrong."""

    cases: Counter[str] = field(default_factory=Counter)
    kills: int = 0
    copies: int = 0
    problems: list[str] = field(default_factory=list)

    def add(self, case: Case, kills: int, copies: int, problems: list[str]) -> None:
        """One case more."""
        self.cases[case.name] += 1
        self.kills += kills
        self.copies += copies
        self.problems += [f"{problem} [{case}]" for problem in problems]

    def text(self, seconds: float) -> str:
        """A few lines for people."""
        lost = sum("I1" in problem for problem in self.problems)
        beyond = sum("I2" in problem for problem in self.problems)
        tried = "\n".join(f"  {count:6,}  {name}" for name, count in sorted(self.cases.items()))
        return (
            f"{tried}\n{self.cases.total():,} cases, {self.kills:,} kills: {lost} lost, "
            f"{self.copies:,} copies, {beyond} beyond the bound, "
            f"{len(self.problems) - lost - beyond} other problems, {seconds:.0f} s"
        )


def perform(world: World, case: Case) -> tuple[int, list[str]]:
    """Let a case happen and the service recover: the number of kills, and what is wrong."""
    world.reset(case.start)
    world.stage.answers.update({step: list(said) for step, said in case.answers.items()})
    world.stage.on_message = lambda row: check.claimed(world, row)
    publish(world, case.start)
    warm, problems = world.launcher, list[str]()
    try:
        world.launcher = Fresh() if case.fresh else warm
        for plan in case.plans:
            status = world.run(plan)
            problems += _judged(world, plan, status)
            problems += check.after_kill(world)
    finally:
        world.launcher = warm
    if case.late:
        world.publish("a", LATE, *CROWD, OLD)
    if any(plan.command in ("backup", "restore") for plan in case.plans):
        problems += _keep_on(world)
    problems += recover(world)
    if case.start == "new":
        world.publish("a", NEWS, OLD)
        problems += recover(world)
    problems += check.in_the_end(world)
    return len(world.killed), problems


def publish(world: World, start: str) -> None:
    """What is served at first."""
    news = {"new": (), "crowd": CROWD}.get(start, (NEWS,))
    world.publish("a", *news, OLD)
    world.publish("b", RAIN)


def _judged(world: World, plan: Plan, status: int) -> list[str]:
    """A process ends well, by the kill, or with the code of a fault that was made, and says so."""
    made = {-9} if plan.kills else set[int]()
    if plan.no_names:
        made |= {6}
    if plan.room or plan.lock or plan.disk:
        made |= {4}
    if plan.command == "run":
        made |= {-15}  # SIGTERM came before it had started
    wrong = [] if status in {0} | made else [f"I6: ended with {status} after {plan}"]
    if plan.frees and not plan.kills and world.owed():
        wrong.append("I6: not healed when the disk had room again")
    return wrong + check.causes(world, plan, status)


def _keep_on(world: World) -> list[str]:
    """After a kill in `backup` or `restore`: both can be done again, and leave nothing half."""
    problems = check.backup(world)
    if world.restored and world.run(Plan()) == 4:  # it refuses to begin anew over what was moved
        problems += check.causes(world, Plan(), 4)
        status = world.run(Plan("restore"))
        problems += [f"I6: the second restore ended with {status}"] if status else []
    world.backup.unlink(missing_ok=True)
    status = world.run(Plan("backup"))
    problems += [f"I6: the next backup ended with {status}"] if status else []
    left = [file.name for file in world.backup.parent.iterdir() if file != world.backup]
    return problems + [f"I4: left behind: {name}" for name in left] + check.backup(world)


def recover(world: World) -> list[str]:
    """Run it without harm, hour after hour, until nothing is owed."""
    for _ in range(MOST_ROUNDS):
        status = world.run(Plan())
        if status:
            return [f"I6: the next start ended with {status}"]
        if problems := check.causes(world, Plan(), status):
            return problems
        if not world.owed():
            return []
        world.set_clock(world.shift + ROUND.total_seconds())
    return ["I1: something is owed for ever"]


@dataclass(frozen=True, slots=True)
class Extent:
    """How many statements each kind of run has, and how long one says anything to a server."""

    known: int
    new: int
    older: int
    crowd: int
    run: int
    keeping: int = 8
    keeping_files: int = 30
    seconds: float = 0.6


def measure(world: World) -> Extent:
    """The extent of runs that nothing disturbs."""

    def of(start: str, *plans: Plan) -> tuple[int, int]:
        world.reset(start)
        publish(world, start)
        for plan in plans:
            world.run(plan)
        return world.counted()

    found = {start: of(start, Plan())[0] + 5 for start in ("new", "older", "crowd")}
    begin = time.monotonic()
    found["known"] = of("known", Plan())[0] + 5
    seconds = (world.stage.last - begin) * 1.1
    found["run"] = of("known", Plan("run", lasts=2.0, clock=500 * 86_400.0))[0]
    keeping = of("known", Plan("backup"), Plan("restore"))
    return Extent(**found, keeping=keeping[0] + 2, keeping_files=keeping[1] + 2, seconds=seconds)


def parts(extent: Extent, kills: int, dice: random.Random) -> dict[str, Iterator[Case]]:
    """All that `make crash` does, by name, the most telling first."""
    return {
        "poll and send": cases.boundaries("known", extent.known),
        "steps": cases.steps(),
        "crowds": cases.crowds(),
        "troubles": cases.troubles(),
        "random": cases.at_random(dice, kills, extent.seconds),
        "small disk": cases.small_disk(),
        "keeping": cases.keeping(extent.keeping, extent.keeping_files),
        "pages": cases.looking(),
        "crowd": cases.boundaries("crowd", extent.crowd),
        "first start": cases.boundaries("new", extent.new),
        "migration": cases.boundaries("older", extent.older),
        "running": cases.boundaries("known", extent.run, "run"),
        "forgetting": cases.retention(extent.run),
    }


def a_slice(extent: Extent, dice: random.Random) -> Iterator[Case]:
    """A bit of everything, spread anew by each seed."""
    shuffled = [
        dice.sample(some := list(part), len(some)) for part in parts(extent, 60, dice).values()
    ]
    for row in itertools.zip_longest(*shuffled):
        yield from (case for case in row if case is not None)


@contextmanager
def worlds(number: int) -> Iterator[list[World]]:
    """So many installations side by side, each with a warm process."""
    folder = Path(tempfile.mkdtemp(prefix="crash-"))
    made: list[World] = []
    try:
        with zygotes(number) as found:
            made += [World(folder / str(n), zygote) for n, zygote in enumerate(found)]
            yield made
    finally:
        for world in made:
            world.close()
        shutil.rmtree(folder)


def rig(
    found: list[World],
    todo: Iterable[Case],
    more: Callable[[], bool] = lambda: True,
    ledger: Path | None = None,
) -> Tally:
    """Perform the cases, each in the next free world, as long as there is `more` time."""
    tally, lock, left = Tally(), threading.Lock(), iter(todo)

    def work(world: World) -> None:
        while True:
            with lock:
                case = next(left, None) if more() else None
            if case is None:
                return
            if case.start == "disk" and not world.can_mount:
                with lock:
                    tally.cases[f"{case.name}: no mount allowed, left out"] += 1
                continue
            kills, problems = perform(world, case)
            copies = check.copies(world)
            with lock:
                tally.add(case, kills, copies, problems)
                if problems:
                    said = world.log.read_text(errors="replace")
                    print(*problems, case, said, sep="\n", file=sys.stderr)  # noqa: T201
                if ledger is not None:
                    row = {"case": case.name, "kills": kills, "copies": copies, "wrong": problems}
                    with ledger.open("a", encoding="utf-8") as file:
                        file.write(json.dumps(row) + "\n")

    threads = [threading.Thread(target=work, args=(world,)) for world in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


def main() -> int:
    """Run it; 1 when anything did not hold."""
    parser = argparse.ArgumentParser(description="Kill the service and see what holds.")
    parser.add_argument("--kills", type=int, default=2000, help="random kills")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2, help="installations side by side")
    parser.add_argument("--only", default="", help="names of parts, with commas between them")
    parser.add_argument("--skip", type=int, default=0, help="so many cases were done before")
    parser.add_argument("--seconds", type=float, default=0, help="only a slice of so many seconds")
    parser.add_argument("--ledger", type=Path, help="a line of JSON for each case goes there")
    wish = parser.parse_args()
    begin = time.monotonic()
    dice = random.Random(wish.seed)
    with worlds(wish.workers) as found:
        extent = measure(found[0])
        todo = wanted(extent, wish, dice)
        tally = rig(
            found,
            itertools.islice(todo, wish.skip, None),
            lambda: not wish.seconds or time.monotonic() < begin + wish.seconds,
            wish.ledger,
        )
    print(tally.text(time.monotonic() - begin))  # noqa: T201
    return 1 if tally.problems else 0


def wanted(extent: Extent, wish: argparse.Namespace, dice: random.Random) -> Iterator[Case]:
    """The cases that the command line asks for."""
    if wish.seconds and not wish.only:
        return a_slice(extent, dice)
    found = parts(extent, wish.kills, dice)
    names = wish.only.split(",") if wish.only else list(found)
    return itertools.chain.from_iterable(found[name] for name in names)


if __name__ == "__main__":
    sys.exit(main())
