"""What a round of polling costs, as ratios to a reference pipeline in the same run.

    python bench/polling.py SHARED_BENCH [--feeds 1000] [--only NAME,NAME]

SHARED_BENCH is the folder with feedfarm.py (a local server of synthetic feeds), floor_pipeline.py
(the least that a correct change detector does: conditional fetch, hash, parse, store; called F) and
measure.py. F runs on pycurl and fastfeedparser in an environment of its own, which is made in the
system's temporary folder and kept. Everything else is measured on the real service: its dispatcher,
poller, store and outbox, told the time by a clock that is moved on by an hour for each round.

CPU is user and system time of the process and its children over the round. F is a command, so its
figure holds the start of an interpreter; ours is a service that goes on running and starts once.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
WORK = Path(tempfile.gettempdir()) / "liaison-bench"
PACKAGES = ("pycurl", "fastfeedparser", "uvloop")
AT_ONCE = 50


@dataclass(frozen=True)
class Round:
    """One round: CPU and wall seconds, peak and current memory in MB."""

    cpu: float
    wall: float
    rss: float
    alerts: int = 0
    sent: int = 0
    errors: int = 0


class Farm:
    """The feed server of SHARED_BENCH, with an HTTP and a TLS port on loopback."""

    def __init__(self, shared: Path, python: Path, feeds: int, folder: Path) -> None:
        self._ports = free_ports(2)
        self.tls = folder / "tls"
        command = [str(python), str(shared / "feedfarm.py"), "serve", "--feeds", str(feeds)]
        command += ["--port", str(self._ports[0]), "--tls-port", str(self._ports[1])]
        command += ["--tls-dir", str(self.tls)]
        self._child = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert self._child.stdout is not None
        if self._child.stdout.readline().strip() != b"ready":
            raise SystemExit("the feed farm does not start")

    def ask(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self._ports[0]}/ctl/{path}") as answer:
            return str(answer.read().decode())

    def urls(self, tls: bool = False) -> list[str]:
        return self.ask("urls?tls=1" if tls else "urls").split()

    def close(self) -> None:
        self._child.terminate()
        self._child.wait()


class Sink:
    """The mail server of SHARED_BENCH, on loopback."""

    def __init__(self, shared: Path, python: Path) -> None:
        smtp, http = free_ports(2)
        self.channel = f"mailto://127.0.0.1:{smtp}?from=a@example.org&to=b@example.org"
        command = [str(python), str(shared / "feedfarm.py"), "sink"]
        command += ["--smtp-port", str(smtp), "--http-port", str(http)]
        self._child = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert self._child.stdout is not None
        self._child.stdout.readline()

    def close(self) -> None:
        self._child.terminate()
        self._child.wait()


class Ours:
    """The service in a child process that is told when a round begins."""

    def __init__(self, folder: Path, urls: Sequence[str], **more: Any) -> None:
        folder.mkdir(parents=True)
        task = {"folder": str(folder), "urls": list(urls), "at_once": AT_ONCE, "ca": None}
        task |= {"names": ["nothing of them"]} | more
        with (folder / "log.txt").open("wb") as log:
            self._child = subprocess.Popen(
                [sys.executable, str(HERE / "polling_child.py")],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self._say(task)

    def _say(self, words: Any) -> None:
        assert self._child.stdin is not None
        self._child.stdin.write(json.dumps(words) + "\n")
        self._child.stdin.flush()

    def round(self) -> Round:
        self._say("go")
        assert self._child.stdout is not None
        line = self._child.stdout.readline()
        if not line:
            raise SystemExit("the service ended in the middle of a round")
        return Round(**json.loads(line))

    def close(self) -> None:
        assert self._child.stdin is not None
        self._child.stdin.close()
        self._child.wait()


class Reference:
    """The reference pipeline F on its own database."""

    def __init__(self, shared: Path, python: Path, folder: Path, urls: Sequence[str]) -> None:
        folder.mkdir(parents=True)
        listed = folder / "urls.txt"
        listed.write_text("\n".join(urls), encoding="ascii")
        script, database = shared / "floor_pipeline.py", folder / "floor.db"
        self._command = [str(python), str(script), "pycurl", "fastfeedparser", str(listed)]
        self._command += [str(database), str(AT_ONCE)]
        sys.path.insert(0, str(shared))

    def round(self) -> Round:
        import measure  # type: ignore[import-not-found]

        got = measure.run(self._command)
        if got["rc"]:
            raise SystemExit("the reference pipeline failed")
        return Round(got["cpu"], got["wall"], got["rss_mb"])


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def reference_python() -> Path:
    """An environment for F with its own client and parser, made once."""
    python = WORK / "venv" / "bin" / "python"
    ready = WORK / "ready"
    if not ready.exists():
        venv.create(WORK / "venv", with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        ready.touch()
    return python


def median(rounds: Sequence[Round]) -> Round:
    """The round with the median CPU."""
    middle = statistics.median_low([one.cpu for one in rounds])
    return next(one for one in rounds if one.cpu == middle)


class Table:
    """Prints each figure as it is found, with its goal and whether it was met."""

    def __init__(self) -> None:
        print(f"{'round':34} {'ours':>9} {'F':>9} {'ratio':>7} {'goal':>9}")

    def ratio(self, name: str, ours: Round, floor: Round, goal: float) -> None:
        got = ours.cpu / floor.cpu
        self._row(name, f"{ours.cpu:.3f} s", f"{floor.cpu:.3f} s", f"{got:.2f}", f"<= {goal:g} F")
        self._verdict(got <= goal)

    def figure(self, name: str, got: float, unit: str, goal: float) -> None:
        self._row(name, f"{got:.2f} {unit}", "", "", f"<= {goal:g} {unit}")
        self._verdict(got <= goal)

    def plain(self, name: str, text: str) -> None:
        print(f"{name:34} {text}", flush=True)

    def _row(self, *cells: str) -> None:
        print(f"{cells[0]:34} {cells[1]:>9} {cells[2]:>9} {cells[3]:>7} {cells[4]:>9}", end="")

    def _verdict(self, met: bool) -> None:
        print("  met" if met else "  MISSED", flush=True)


@dataclass
class Bench:
    """One farm with its feeds, one service and one F on them."""

    farm: Farm
    sink: Sink
    ours: Ours
    floor: Reference
    table: Table
    folder: Path

    def both(self, times: int, *, advance: str | None = None) -> tuple[Round, Round]:
        """The median of each, taken in turn, so that a busy machine is busy for both."""
        ours, floor = [], []
        for _ in range(times):
            if advance is not None:
                self.farm.ask(f"advance?{advance}")
            ours.append(self.ours.round())
            floor.append(self.floor.round())
        return median(ours), median(floor)

    def another(self, name: str, urls: Sequence[str], **more: Any) -> Ours:
        """A further service, on a database of its own."""
        return Ours(self.folder / name, urls, channel=self.sink.channel, **more)

    def cold(self) -> None:
        ours, floor = self.ours.round(), self.floor.round()
        self.table.plain("cold, first sight", f"{ours.cpu:.2f} s   F {floor.cpu:.2f} s")

    def unchanged(self) -> Round:
        self.both(1)  # both have the validators afterwards
        ours, floor = self.both(5)
        self.table.ratio("all 304", ours, floor, 3)
        return ours

    def same_body(self) -> None:
        self.farm.ask("config?cond=none")
        self.both(1)
        self.table.ratio("200, same body", *self.both(5), 3)

    def build_date(self) -> None:
        self.farm.ask("config?cond=honour&builddate=1")
        self.both(1)
        ours, floor = self.both(3, advance="k=0")
        self.table.ratio("build date only", ours, floor, 2)
        self.table.figure("  alerts of it", ours.alerts, "", 0)

    def new_entry(self) -> None:
        self.farm.ask("config?builddate=0")
        ours, floor = self.both(3, advance="k=1")
        self.table.ratio("one new entry a feed", ours, floor, 4)
        self.table.plain("  of it", f"{ours.alerts} alerts, {ours.sent} messages sent")

    def latency(self, calm: Round) -> None:
        ours = self.another("latency", self.farm.urls(), at_once=100)
        ours.round()
        self.farm.ask("config?lat=20-800")
        slow = median([ours.round() for _ in range(3)])
        self.farm.ask("config?lat=0")
        ours.close()
        self.table.figure("20-800 ms, 100 at once: wall", slow.wall, "s", 5)
        self.table.figure("  its CPU / all 304", slow.cpu / calm.cpu, "", 1.5)

    def flat(self, rounds: int) -> None:
        first = self.ours.round().rss
        for _ in range(rounds):
            last = self.ours.round().rss
        self.table.plain(f"memory over {rounds} rounds", f"{first:.0f} MB, then {last:.0f} MB")


@contextmanager
def opened(shared: Path, feeds: int, folder: Path, table: Table) -> Iterator[Bench]:
    python = reference_python()
    farm = Farm(shared, python, feeds, folder)
    sink = Sink(shared, python)
    urls = farm.urls()
    ours = Ours(folder / "ours", urls, channel=sink.channel)
    floor = Reference(shared, python, folder / "f", urls)
    try:
        yield Bench(farm, sink, ours, floor, table, folder)
    finally:
        ours.close()
        sink.close()
        farm.close()


def over_tls(bench: Bench, feeds: int) -> None:
    ca = str(bench.farm.tls / "farm.crt")
    secure = bench.another("secure", bench.farm.urls(tls=True), ca=ca)
    try:
        secure.round()
        secure.round()
        cost = median([secure.round() for _ in range(3)])
        bench.table.figure("all 304 over TLS", cost.cpu * 1000 / feeds, "s/1000", 2)
    finally:
        secure.close()


def large(shared: Path, folder: Path, feeds: int, small: Round, table: Table) -> None:
    with opened(shared, feeds, folder, table) as bench:
        bench.ours.round()
        bench.ours.round()
        cost = median([bench.ours.round() for _ in range(3)])
        table.figure(f"{feeds} feeds: memory", cost.rss, "MB", 150)
        table.figure("  CPU per feed / 1,000 feeds", cost.cpu * 1000 / feeds / small.cpu, "", 1.1)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("shared", type=Path, help="the folder with feedfarm.py")
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--large", type=int, default=5000, help="0 leaves this part out")
    parser.add_argument("--only", default="", help="names of parts, for a quick look")
    given = parser.parse_args()
    if not (given.shared / "feedfarm.py").is_file():
        raise SystemExit(f"{given.shared} holds no feedfarm.py: name its folder")
    wanted = set(given.only.split(",")) - {""}
    table = Table()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with opened(given.shared.resolve(), given.feeds, folder / "small", table) as bench:
            bench.cold()
            calm = bench.unchanged()
            parts = {
                "latency": lambda: bench.latency(calm),
                "tls": lambda: over_tls(bench, given.feeds),
                "flat": lambda: bench.flat(10),
                "same": bench.same_body,
                "build": bench.build_date,
                "new": bench.new_entry,
            }
            for name, part in parts.items():
                if not wanted or name in wanted:
                    part()
        if given.large and (not wanted or "large" in wanted):
            large(given.shared.resolve(), folder / "large", given.large, calm, table)
    print(f"{time.monotonic() - start:.0f} s, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
