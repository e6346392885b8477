"""What a round of polling costs, as ratios to a reference pipeline in the same run.

    python bench/polling.py SHARED_BENCH [--feeds 1000] [--only NAME,NAME]

SHARED_BENCH is the folder with feedfarm.py (a local server of synthetic feeds), floor_pipeline.py
(the least that a correct change detector does: conditional fetch, hash, parse, store; called F) and
measure.py. F runs on pycurl and fastfeedparser in an environment of its own, which is made in the
system's temporary folder and kept. Everything else is measured on the real service: its dispatcher,
poller, store and outbox. Its clock shows the farm's time, so that what is new there is news here. A
tenth of the entries name a company that is watched: they are matched, grouped, stored and mailed.

CPU is user and system time of the process and its children over the round. F is a command, so its
figure holds the start of an interpreter; ours is a service that goes on running and starts once.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import goals
from goals import at_most, tell

HERE = Path(__file__).parent
WORK = Path(tempfile.gettempdir()) / "liaison-bench"
PACKAGES = ("pycurl", "fastfeedparser", "uvloop")
AT_ONCE = 50
WATCHED = ("Castelnau Energie", "Kestrel Motors", "Tarnow Electronics")  # of the farm's thirty
SEED = "1"  # of the farm's events


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
        self._minutes, self._advanced = 0, 0
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

    def advance(self, entries: int) -> None:
        """So many new entries in each feed, a quarter of an hour later."""
        self.ask(f"advance?k={entries}")
        self._minutes += 15
        self._advanced += 1

    def time(self) -> int:
        """Minutes since the farm opened; no two rounds are at the same time."""
        self._minutes += 1
        return self._minutes

    def developments(self) -> set[tuple[int, int]]:
        """What the entries of the last advance tell of the companies that are watched."""
        import feedtext  # type: ignore[import-not-found]

        rows = map(json.loads, self.ask(f"truth?since={self._advanced}").splitlines())
        return {
            (row["event"], row["dev"])
            for row in rows
            if feedtext.make_event(SEED, row["event"])["org"] in WATCHED
        }

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

    def __init__(
        self, folder: Path, urls: Sequence[str], time: Callable[[], int], **more: Any
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._time = time
        task = {"folder": str(folder), "urls": list(urls), "at_once": AT_ONCE, "ca": None}
        task |= {"names": WATCHED} | more
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
        self._say(self._time())
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


@dataclass
class Bench:
    """One farm with its feeds, one service and one F on them."""

    farm: Farm
    sink: Sink
    ours: Ours
    floor: Reference
    folder: Path
    feeds: int

    def both(self, times: int, *, advance: int | None = None) -> tuple[Round, Round]:
        """The median of each, taken in turn, so that a busy machine is busy for both."""
        ours, floor = [], []
        for _ in range(times):
            if advance is not None:
                self.farm.advance(advance)
            ours.append(self.ours.round())
            floor.append(self.floor.round())
        return median(ours), median(floor)

    def another(self, name: str, urls: Sequence[str], **more: Any) -> Ours:
        """A further service, on a copy of the database: its first sight was measured already."""
        data = self.folder / name / "data"
        data.mkdir(parents=True)
        with closing(sqlite3.connect(self.folder / "ours" / "data" / "monitor.db")) as database:
            database.execute("VACUUM INTO ?", (str(data / "monitor.db"),))
        return Ours(self.folder / name, urls, self.farm.time, channel=self.sink.channel, **more)

    def cold(self) -> None:
        ours, floor = self.ours.round(), self.floor.round()
        measured = f"{ours.cpu:.1f} s / {floor.cpu:.2f} s = {ours.cpu / floor.cpu:.0f}"
        tell(goals.Row("first sight", measured))

    def unchanged(self) -> Round:
        self.both(1)  # both have the validators afterwards
        ours, floor = self.both(5)
        self._ratio("all 304", ours, floor, 3)
        return ours

    def same_body(self) -> None:
        self.farm.ask("config?cond=none")
        self.both(1)
        self._ratio("200, same body", *self.both(5), 3)
        self.farm.ask("config?cond=honour")

    def build_date(self) -> None:
        self.farm.ask("config?builddate=1")
        self.both(1)
        ours, floor = self.both(3, advance=0)
        self._ratio("build date only", ours, floor, 2)
        at_most("  alerts of it", ours.alerts, 0)
        self.farm.ask("config?builddate=0")

    def new_entry(self) -> None:
        self.both(1)
        ours, floor, told = [], [], 0
        for _ in range(3):
            self.farm.advance(1)
            told += len(self.farm.developments())
            ours.append(self.ours.round())
            floor.append(self.floor.round())
        self._ratio("one new entry a feed", median(ours), median(floor), 4)
        alerts, sent = sum(one.alerts for one in ours), sum(one.sent for one in ours)
        text = f"{alerts} alerts, {sent} sent"
        tell(goals.Row("  a tenth of them watched", text, f"<= {told}", 0 < alerts <= told))

    def latency(self, calm: Round) -> None:
        ours = self.another("latency", self.farm.urls(), at_once=100)
        ours.round()
        self.farm.ask("config?lat=20-800")
        slow = median([ours.round() for _ in range(3)])
        self.farm.ask("config?lat=0")
        ours.close()
        at_most("20-800 ms latency, 100 at once: wall", slow.wall, 5, "s")
        at_most("  its CPU / all 304", slow.cpu / calm.cpu, 1.5)

    def flat(self, rounds: int) -> None:
        first = self.ours.round().rss
        for _ in range(rounds):
            last = self.ours.round().rss
        at_most(f"memory grows over {rounds * self.feeds:,} polls", last - first, 3, "MB")
        tell(goals.Row(f"  and is at {self.feeds:,} feeds", f"{last:.0f} MB"))

    def _ratio(self, name: str, ours: Round, floor: Round, goal: float) -> None:
        goals.ratio(name, ours.cpu, floor.cpu, goal)


@contextmanager
def opened(shared: Path, feeds: int, folder: Path) -> Iterator[Bench]:
    python = reference_python()
    farm = Farm(shared, python, feeds, folder)
    sink = Sink(shared, python)
    urls = farm.urls()
    ours = Ours(folder / "ours", urls, farm.time, channel=sink.channel)
    floor = Reference(shared, python, folder / "f", urls)
    try:
        yield Bench(farm, sink, ours, floor, folder, feeds)
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
        at_most("all 304 over TLS, of 1,000 feeds", cost.cpu * 1000 / feeds, 2, "s")
    finally:
        secure.close()


def large(bench: Bench, times: int, small: Round) -> None:
    """Several times as many sources: the farm's feeds on several hosts each.

    What the further hosts serve is known from the first, so that this takes minutes and no hour.
    """
    urls = bench.farm.urls()
    more = [url.replace("//127.0.", f"//127.{n}.") for n in range(1, times) for url in urls]
    ours = bench.another("large", [*urls, *more])
    try:
        ours.round()
        ours.round()
        cost = median([ours.round() for _ in range(3)])
    finally:
        ours.close()
    feeds = len(urls) * times
    at_most(f"{feeds:,} feeds: memory", cost.rss, 150, "MB")
    at_most("  CPU a feed / that at 1,000 feeds", cost.cpu / times / small.cpu, 1.1)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("shared", type=Path, help="the folder with feedfarm.py")
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--times", type=int, default=5, help="as many feeds for the last part")
    parser.add_argument("--only", default="", help="names of parts, for a quick look")
    given = parser.parse_args()
    if not (given.shared / "feedfarm.py").is_file():
        raise SystemExit(f"{given.shared} holds no feedfarm.py: name its folder")
    wanted = set(given.only.split(",")) - {""}
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with opened(given.shared.resolve(), given.feeds, folder / "small") as bench:
            bench.cold()
            calm = bench.unchanged()
            parts = {
                "latency": lambda: bench.latency(calm),
                "tls": lambda: over_tls(bench, given.feeds),
                "flat": lambda: bench.flat(10),
                "same": bench.same_body,
                "build": bench.build_date,
                "new": bench.new_entry,
                "large": lambda: large(bench, given.times, calm),
            }
            for name, part in parts.items():
                if not wanted or name in wanted:
                    part()
    print(f"{time.monotonic() - start:.0f} s, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
