"""The crash rig: the real service, killed again and again; prints what was tried and what held.

    make crash                                  every case, and 2,000 random kills
    python -m tests.crash.rig --kills 10000 --seed 7 --workers 2

A child runs the real command line on a real configuration and database. It is killed at every
statement of a poll and its sends, at every step of the mail and Slack protocols, and at random;
then it is let be until nothing is owed, and the ledgers of the servers are compared with what was
published. check.py says what must hold.
"""

from __future__ import annotations

import argparse
import itertools
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
from tests.crash.world import NEWS, OLD, RAIN, ROUND, Plan, World
from tests.crash.zygote import Fresh, zygotes

MOST_ROUNDS = 90  # of 65 minutes: beyond the 72 hours for which a delivery is tried


@dataclass
class Tally:
    """What was tried, and what went wrong."""

    cases: Counter[str] = field(default_factory=Counter)
    kills: int = 0
    copies: int = 0
    problems: list[str] = field(default_factory=list)

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
    world.publish("a", *((OLD,) if case.start == "new" else (NEWS, OLD)))
    world.publish("b", RAIN)
    warm, problems = world.launcher, list[str]()
    try:
        world.launcher = Fresh() if case.fresh else warm
        for plan in case.plans:
            status = world.run(plan)
            problems += _judged(plan, status)
            problems += check.after_kill(world)
    finally:
        world.launcher = warm
    problems += recover(world)
    if case.start == "new":
        world.publish("a", NEWS, OLD)
        problems += recover(world)
    problems += check.in_the_end(world)
    return len(world.killed), problems


def _judged(plan: Plan, status: int) -> list[str]:
    """A process ends well, by the kill, or with the code of a fault that was made."""
    made = {-9} if plan.kills or plan.after else set[int]()
    if plan.no_names:
        made |= {6}
    if plan.room or plan.lock:
        made |= {4}
    if plan.command == "run":
        made |= {-15}  # SIGTERM came before it had started
    return [] if status in {0} | made else [f"I6: ended with {status} after {plan}"]


def recover(world: World) -> list[str]:
    """Run it without harm, hour after hour, until nothing is owed."""
    owed = "SELECT count(*) FROM deliveries WHERE state = 'pending'"
    for _ in range(MOST_ROUNDS):
        status = world.run(Plan())
        if status:
            return [f"I6: the next start ended with {status}"]
        if world.ask(owed)[0][0] == 0:
            return []
        world.set_clock(world.shift + ROUND.total_seconds())
    return ["I1: something is owed for ever"]


def measure(world: World) -> dict[str, int]:
    """How many statements each kind of run has when nothing disturbs it."""
    found = {}
    for start in ("known", "new", "older"):
        world.reset(start)
        world.publish("a", NEWS, OLD)
        world.publish("b", RAIN)
        world.run(Plan())
        found[start] = int((world.folder / "statements").read_text())
    world.reset("known")
    world.publish("a", NEWS, OLD)
    world.run(Plan("run", lasts=2.0, clock=500 * 86_400.0))
    return found | {"run": int((world.folder / "statements").read_text())}


def reach(world: World) -> float:
    """Seconds from a start to the last word with a server, and a little more: when kills tell."""
    world.reset("known")
    world.publish("a", NEWS, OLD)
    world.publish("b", RAIN)
    begin = time.monotonic()
    world.run(Plan())
    return (world.stage.last - begin) * 1.1


def every_case(
    counts: dict[str, int], kills: int, dice: random.Random, longest: float
) -> Iterator[Case]:
    """All that `make crash` does."""
    for start in ("known", "new", "older"):
        yield from cases.boundaries(start, counts[start] + 5)
    yield from cases.boundaries("known", counts["run"], "run")
    yield from cases.retention(counts["run"], 3)
    yield from cases.steps()
    yield from cases.troubles()
    yield from cases.at_random(dice, kills, longest)


def a_slice(counts: dict[str, int], dice: random.Random) -> Iterator[Case]:
    """A bit of everything, spread anew by each seed, the most telling first."""
    parts = (
        cases.boundaries("known", counts["known"]),
        cases.steps(),
        cases.troubles(),
        cases.at_random(dice, 60, 0.6),
        cases.boundaries("new", counts["new"]),
        cases.boundaries("older", counts["older"]),
        cases.retention(counts["run"]),
    )
    shuffled = [dice.sample(found := list(part), len(found)) for part in parts]
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


def rig(found: list[World], todo: Iterable[Case], more: Callable[[], bool] = lambda: True) -> Tally:
    """Perform the cases, each in the next free world, as long as there is `more` time."""
    tally, lock, left = Tally(), threading.Lock(), iter(todo)

    def work(world: World) -> None:
        while True:
            with lock:
                case = next(left, None) if more() else None
            if case is None:
                return
            kills, problems = perform(world, case)
            with lock:
                tally.cases[case.name] += 1
                tally.kills += kills
                tally.copies += check.copies(world)
                tally.problems += [f"{problem} [{case}]" for problem in problems]
                for problem in problems:
                    print(problem, case, world.log.read_text(), sep="\n", file=sys.stderr)  # noqa: T201

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
    parser.add_argument("--random", action="store_true", help="only random kills")
    parser.add_argument("--seconds", type=float, default=0, help="only a slice of so many seconds")
    wish = parser.parse_args()
    begin = time.monotonic()
    dice = random.Random(wish.seed)
    with worlds(wish.workers) as found:
        if wish.random:
            todo = cases.at_random(dice, wish.kills, reach(found[0]))
            tally = rig(found, todo)
        elif wish.seconds:
            end = begin + wish.seconds
            tally = rig(found, a_slice(measure(found[0]), dice), lambda: time.monotonic() < end)
        else:
            tally = rig(found, every_case(measure(found[0]), wish.kills, dice, reach(found[0])))
    print(tally.text(time.monotonic() - begin))  # noqa: T201
    return 1 if tally.problems else 0


if __name__ == "__main__":
    sys.exit(main())
