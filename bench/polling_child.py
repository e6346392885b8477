"""The service that polling.py measures: a line in begins a round, a line of JSON out ends it.

The line is the farm's time, in minutes since it opened.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sqlite3
import ssl
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from monitor.config.load import load
from monitor.service.log import set_up
from monitor.service.memory import leave_alone_what_stays, share_heap
from monitor.service.run import Service
from monitor.service.site import Site, open_site
from monitor.sources.net import open_client

TOPIC = """\
title: Companies of the feed farm
subjects:
  - id: company
    label: Company
    names:
      en: {names}
"""
MAIN = """\
topics: [companies]
server: {{enabled: false}}
polling: {{every: 15m, concurrent: {at_once}}}
channels:
  sink: {{url: "{channel}"}}
"""


class FarmClock:
    """The farm's time: set for each round, and going on from there."""

    OPENED = datetime(2026, 11, 1, tzinfo=UTC)

    def __init__(self) -> None:
        self.set(0)

    def set(self, minutes: int) -> None:
        self._from = self.OPENED + timedelta(minutes=minutes)
        self._set = time.monotonic()

    def now(self) -> datetime:
        return self._from + timedelta(seconds=time.monotonic() - self._set)


def configure(task: dict[str, Any]) -> Path:
    folder = Path(task["folder"]) / "config"
    for name in ("topics", "sources"):
        (folder / name).mkdir(parents=True)
    names = json.dumps(task["names"])
    (folder / "topics" / "companies.yaml").write_text(TOPIC.format(names=names), encoding="utf-8")
    main = MAIN.format(at_once=task["at_once"], channel=task["channel"])
    (folder / "monitor.yaml").write_text(main, encoding="utf-8")
    rows = [
        {"id": f"feed{n}", "url": url, "outlet": f"Feed {n}", "allow_private": True}
        for n, url in enumerate(task["urls"])
    ]
    (folder / "sources" / "all.yaml").write_text(json.dumps({"sources": rows}), encoding="utf-8")
    return folder / "monitor.yaml"


def used() -> float:
    """User and system time of this process and the children that have ended."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def peak_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


async def one_round(site: Site, service: Service) -> dict[str, float]:
    """Every source is due; wait until all of them were read and what is owed was sent."""
    make_due(site.store.path)
    forget_peak()
    before = counts(site.store.path)
    cpu, start = used(), time.monotonic()
    await service.tick()
    while busy(site, service):  # noqa: ASYNC110  (the service has no event for it)
        await asyncio.sleep(0.01)
    wall = time.monotonic() - start
    after = counts(site.store.path)
    return {
        "cpu": used() - cpu,
        "wall": wall,
        "rss": peak_mb(),
        "alerts": after[0] - before[0],
        "sent": after[1] - before[1],
        "errors": after[2],
    }


def busy(site: Site, service: Service) -> bool:
    if service.reading:
        return True
    now = site.clock.now()
    due, owed = site.store.next_due(now), site.store.next_delivery(now)
    return (due is not None and due <= now) or owed is not None


def make_due(path: Path) -> None:
    with sqlite3.connect(path, timeout=30) as db:
        db.execute("UPDATE sources SET next_due = '2020-01-01 00:00:00.000000'")
    db.close()


def counts(path: Path) -> tuple[int, int, int]:
    with sqlite3.connect(path, timeout=30) as db:
        one = [
            db.execute(f"SELECT count(*) FROM {what}").fetchone()[0]
            for what in (
                "alerts WHERE topic > ''",
                "deliveries WHERE state = 'sent'",
                "sources WHERE failures > 0",
            )
        ]
    db.close()
    return one[0], one[1], one[2]


async def serve(task: dict[str, Any]) -> None:
    share_heap()
    config = load(configure(task), os.environ)
    clock = FarmClock()
    site = open_site(config, clock)
    site.begin(site.clock.now())
    leave_alone_what_stays()
    tls = None
    if task["ca"]:  # the farm's certificate is made for no name; it is verified all the same
        tls = ssl.create_default_context(cafile=task["ca"])
        tls.check_hostname = False
    async with open_client(config.settings.polling, "bench", tls=tls) as client:
        service = Service(site, client)
        running = None
        while minutes := await asyncio.to_thread(sys.stdin.readline):
            clock.set(int(minutes))
            running = running or asyncio.create_task(service.run())
            print(json.dumps(await one_round(site, service)), flush=True)
        service.stopping.set()
        if running:
            await running
    site.store.close()


if __name__ == "__main__":
    set_up("text")
    asyncio.run(serve(json.loads(sys.stdin.readline())))
