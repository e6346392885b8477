"""What the promise of delivery costs and holds: nothing twice, nothing lost, soon after a start.

    python bench/delivery.py                    a few minutes
    python bench/delivery.py --full             100,000 alerts and 100 restarts: ten minutes

`monitor run` is started as people start it, with a mail server and a webhook on loopback that count
what they take. Four parts, each in a folder of its own:

- many    the outbox is filled as decisions fill it (service/outbox.py, in the store's transactions)
          and sent by mail; each alert must be told once. One in fifty is major and goes alone.
- burst   1,000 alerts at once to one webhook that answers 429 to a second message within a second
- restart the service is killed (SIGKILL), an alert is owed, it is started anew: seconds from the
          start of the process until the mail server has taken the alert
- poll    a feed brings news each few seconds: from the answer to the poll until the mail is taken
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from delivery_servers import HOST, Feed, Taken, serve

from monitor.clock import SystemClock
from monitor.config.load import load
from monitor.models import Alert, Citation
from monitor.service.outbox import owe
from monitor.service.site import open_site

TOPICS = Path(__file__).parents[1] / "config" / "topics"
BATCH = 500  # alerts owed in one transaction
STALL = 120.0  # seconds without a message after which nothing more is waited for

_CONFIG = """\
topics: [liaison-office]
data: data
polling: {{every: 1s, timeout: 5s}}
server: {{enabled: false}}
channels:
  desk: {{url: "{url}"}}
"""
_SOURCE = """\
sources:
  - {{id: a, url: "http://{host}:{web}/a", outlet: A, lang: en, allow_private: true}}
"""


# --- one installation ----------------------------------------------------------------------------


class Installation:
    """A folder with configuration and database, its servers, and the service's process."""

    def __init__(self, folder: Path, channel: str) -> None:
        self.taken, self.feed = Taken(), Feed()
        self._servers = serve(self.taken, self.feed)
        ports = {"mail": self._servers[0].server_address[1]}
        ports["web"] = self._servers[1].server_address[1]
        self.config = folder / "monitor.yaml"
        self.config.write_text(_CONFIG.format(url=channel.format(host=HOST, **ports)))
        (folder / "sources").mkdir()
        (folder / "sources" / "all.yaml").write_text(_SOURCE.format(host=HOST, **ports))
        (folder / "topics").symlink_to(TOPICS)
        self._said = folder / "log.txt"
        self._log = self._said.open("ab")
        self._process: subprocess.Popen[bytes] | None = None

    def fill(self, first: int, count: int) -> None:
        """Owe alerts of these numbers, as a decision does; the service does not run meanwhile."""
        site = open_site(load(self.config), SystemClock(), {})
        site.begin(site.clock.now())
        for start in range(first, first + count, BATCH):
            with site.store.writing() as unit:
                for number in range(start, min(start + BATCH, first + count)):
                    owe(unit, site, _alert(number, site.clock.now()))
        site.store.close()

    def start(self) -> float:
        """Start `monitor run`; when that was."""
        command = [sys.executable, "-m", "monitor", "run", "--config", str(self.config)]
        began = time.monotonic()
        self._process = subprocess.Popen(command, stdout=self._log, stderr=self._log)
        return began

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the service; with SIGTERM it ends what is under way."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait()
            self._process = None

    def usage(self) -> tuple[float, float]:
        """The process's CPU seconds so far, and its largest memory in MB."""
        assert self._process is not None
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        ticks = os.sysconf("SC_CLK_TCK")
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        peak = re.search(r"VmHWM:\s+(\d+)", status)
        return (int(fields[11]) + int(fields[12])) / ticks, int(peak[1]) / 1024 if peak else 0.0

    def wait(self, done: Callable[[], bool]) -> bool:
        """Until it is done; False when nothing has come for STALL seconds."""
        begin = time.monotonic()
        while not done():
            if time.monotonic() - max(self.taken.last, begin) > STALL:
                return False
            time.sleep(0.01)
        return True

    def trouble(self) -> list[str]:
        """What the service said of sends that failed."""
        return [line for line in self._said.read_text().splitlines() if "alert not" in line]

    def close(self) -> None:
        """End everything."""
        self.end(signal.SIGKILL)
        for server in self._servers:
            server.shutdown()
            server.server_close()
        self._log.close()


def _alert(number: int, now: datetime) -> Alert:
    headline = f"Development {number:06d}"
    return Alert(
        id=f"{number:024x}",
        kind="new story",
        created=now,
        headline=headline,
        topic="liaison-office",
        topic_title="The office",
        story=f"story-{number}",
        major=number % 50 == 0,
        citations=(Citation("Gazette", headline, f"http://{HOST}/{number}"),),
    )


MAIL = "mailto://{host}:{mail}?from=watch@monitor.example&to=desk@newsroom.example"
SLACK = "slack+http://{host}:{web}/services/T0/B0/bench"


@contextmanager
def installation(channel: str) -> Iterator[Installation]:
    """A fresh one, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        made = Installation(Path(folder), channel)
        try:
            yield made
        finally:
            print(*made.trouble(), sep="\n", end="", file=sys.stderr)
            made.close()


# --- the parts -----------------------------------------------------------------------------------


def many(count: int) -> dict[str, Any]:
    """So many alerts by mail, without a kill."""
    with installation(MAIL) as site:
        site.fill(0, count)
        begin = site.start()
        site.wait(lambda: len(site.taken.told) >= count)
        wall = time.monotonic() - begin
        time.sleep(2)  # for a copy that comes late
        cpu, memory = site.usage()
        site.end()
        return _held(site.taken, count) | {
            "messages": site.taken.messages,
            "seconds": round(wall, 1),
            "CPU ms a message": round(cpu * 1000 / max(site.taken.messages, 1), 1),
            "memory MB": round(memory),
        }


def _held(taken: Taken, count: int) -> dict[str, Any]:
    told = taken.told
    return {
        "alerts": count,
        "lost": sum(number not in told for number in range(count)),
        "told twice": sum(times > 1 for times in told.values()),
    }


def burst(count: int) -> dict[str, Any]:
    """So many at once to a webhook that takes one message a second."""
    with installation(SLACK) as site:
        site.fill(0, count)
        begin = site.start()
        site.wait(lambda: len(site.taken.told) >= count)
        wall = time.monotonic() - begin
        site.end()
        return _held(site.taken, count) | {
            "messages": site.taken.messages,
            "429": site.taken.refused,
            "seconds": round(wall, 1),
        }


def restarts(count: int) -> dict[str, Any]:
    """Killed, owed one alert, started anew."""
    with installation(MAIL) as site:
        times = []
        for number in range(1, count + 1):
            site.fill(number, 1)
            began = site.start()
            if site.wait(lambda: number in site.taken.at):  # noqa: B023
                times.append(site.taken.at[number] - began)
            site.end(signal.SIGKILL)
        return {"restarts": count, "sent": len(times)} | _quantiles(times)


def polls(count: int) -> dict[str, Any]:
    """News in a feed, one after the other."""
    with installation(MAIL) as site:
        site.feed.publish(1)
        site.start()
        site.wait(lambda: 1 in site.feed.served)
        time.sleep(3)  # the first poll is quiet, its summary is sent
        for number in range(2, count + 2):
            site.feed.publish(number)
            site.wait(lambda: number in site.taken.at)  # noqa: B023
        found = [number for number in range(2, count + 2) if number in site.taken.at]
        times = [site.taken.at[number] - site.feed.served[number] for number in found]
        site.end()
        return {"news": count, "sent": len(found)} | _quantiles(times)


def _quantiles(times: list[float]) -> dict[str, Any]:
    if len(times) < 2:
        return {"seconds": times}
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    named = {"median": cuts[49], "p95": cuts[94], "p99": cuts[98], "longest": max(times)}
    return {f"{name} s": round(value, 2) for name, value in named.items()}


def main() -> int:
    """Run the parts; 1 when anything was lost or told twice."""
    parser = argparse.ArgumentParser(description="Measure delivery on the real service.")
    parser.add_argument("--full", action="store_true", help="the numbers of the goals")
    parser.add_argument("--only", default="many,burst,restart,poll", help="parts, with commas")
    wish = parser.parse_args()
    sizes = (100_000, 1000, 100, 100) if wish.full else (5000, 1000, 8, 12)
    parts: dict[str, Callable[[int], dict[str, Any]]] = {
        "many": many,
        "burst": burst,
        "restart": restarts,
        "poll": polls,
    }
    bad = False
    for (name, part), size in zip(parts.items(), sizes, strict=True):
        if name in wish.only.split(","):
            found = part(size)
            bad = bad or bool(found.get("lost") or found.get("told twice") or found.get("429"))
            print(f"{name:8}", ", ".join(f"{key} {value}" for key, value in found.items()))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
