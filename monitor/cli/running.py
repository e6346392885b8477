"""`run` and `once`: opening a site and keeping it going."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from monitor import __version__
from monitor.cli.checking import notes
from monitor.cli.show import note, on_stderr
from monitor.cli.where import config_at
from monitor.clock import Clock, ShiftedClock, SystemClock
from monitor.config.load import Config
from monitor.service import log
from monitor.service.heartbeat import health
from monitor.service.lock import hold
from monitor.service.once import once
from monitor.service.outbox import try_again
from monitor.service.quarantine import set_aside
from monitor.service.result import PollResult
from monitor.service.run import Service, serve
from monitor.service.site import Site, open_site
from monitor.service.websub import Hubs
from monitor.web.words import count


def clock_at(shift: Path | None) -> Clock:
    """The machine's clock, or one shifted by the seconds in a file."""
    return ShiftedClock(shift) if shift else SystemClock()


@contextmanager
def _site(config: Config, clock: Clock) -> Iterator[Site]:
    """The one process that may write: lock, store, leases of an earlier life freed."""
    with hold(config.data):
        site = open_site(config, clock)
        try:
            for warning in (*site.store.warnings, *notes(site.store, config)):
                note(f"note: {warning}")
            site.begin(clock.now())
            with site.store.writing() as unit:
                unit.release_leases()
            set_aside(site, clock.now())
            yield site
        finally:
            site.store.close()


def run_service(path: Path | None, shift: Path | None) -> None:
    """`monitor run`."""
    config = config_at(path)
    log.set_up(config.settings.log, config.secrets)
    with _site(config, clock_at(shift)) as site:
        with site.store.writing() as unit:
            try_again(unit, site, site.clock.now())
        hubs = Hubs(site)
        hubs.begin()
        extras = [_page(site, hubs)] if config.settings.server.enabled else []
        _greet(site)
        asyncio.run(serve(site, hubs, extras))


def _greet(site: Site) -> None:
    """What is watched, with what, and where to look: the first lines a person sees."""
    config = site.config
    new = sum(not state.baseline_done for state in site.store.source_states())
    counts = site.store.counts()
    topics = ", ".join(pack.title for pack in config.topics.values())
    channels = ", ".join(channel.describe() for channel in site.channels.values())
    known = (
        f"{counts.articles} articles known, continuing"
        if counts.articles
        else "nothing known yet: the first poll of each source is quiet"
    )
    lines = [
        f"Liaison Monitor {__version__}, configured by {config.path}",
        f"  watching   {topics}",
        f"  sources    {len(site.enabled())} on, {new} never read",
        f"  channels   {channels}",
        f"  memory     {config.data / 'monitor.db'} ({known})",
    ]
    if config.settings.server.enabled:
        lines.append(f"  page       http://{config.settings.server.listen}/")
    note("\n".join([*lines, "Stop with Ctrl-C.", ""]))


def _page(site: Site, hubs: Hubs) -> Callable[[Service], Awaitable[None]]:
    """What serves the status page until the service stops. ConfigError when the port is taken."""
    from monitor.web.app import create_app
    from monitor.web.server import serve as bind

    data = site.config.data

    def state() -> tuple[bool, dict[str, Any]]:
        found = health(data)
        return found.ok, {"why": found.why}

    server = bind(
        create_app(site.store, site.config, site.clock, state, hubs if hubs.wanted else None),
        site.config.settings.server.listen,
    )

    async def page(service: Service) -> None:
        serving = asyncio.ensure_future(server.serve())
        await service.stopping.wait()
        server.should_exit = True
        await serving

    return page


def run_once(path: Path | None, shift: Path | None) -> int:
    """`monitor once`; the exit code."""
    config = config_at(path)
    log.set_up(config.settings.log, config.secrets)
    with _site(config, clock_at(shift)) as site, _progress(len(site.enabled())) as step:
        results = asyncio.run(once(site, step))
    failed = [result for result in results if result.error]
    new = sum(result.new for result in results)
    alerts = sum(result.alerts for result in results)
    note(
        f"{len(results) - len(failed)} of {count(len(results), 'source')} read, "
        f"{count(new, 'new entry', 'new entries')}, {count(alerts, 'alert')}"
    )
    return 6 if results and len(failed) == len(results) else 0


@contextmanager
def _progress(total: int) -> Iterator[Callable[[PollResult], None]]:
    """A bar on a terminal, nothing elsewhere; yields what to call after each poll."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    err = on_stderr()
    bar = Progress(
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    )
    task = bar.add_task("", total=total)

    def step(result: PollResult) -> None:
        bar.update(task, advance=1, description=result.source.id)

    with bar:
        yield step
