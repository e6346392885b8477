"""The first poll of sources is quiet: one summary tells what was read, instead of an alert each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Lock

from monitor.alerts.compose import FirstRead, baseline_summary
from monitor.errors import StoreError
from monitor.models import SourceState
from monitor.service.health import remember_broken, remember_recovered
from monitor.service.outbox import owe
from monitor.service.result import PollResult
from monitor.service.site import Site
from monitor.sources import health

SETTLE = timedelta(seconds=60)  # late first polls within this time share one summary


class FirstRound:
    """Tells about the first polls of sources in one summary.

    The first summary comes when every new source was tried, and names those that could not be
    reached. Sources that answer later share a summary a minute after the first of them. Which first
    polls are told, and which were said to fail, is remembered in the store: a kill in between loses
    no summary, and a restart repeats none.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._outlets = {source.id: source.outlet for source in site.enabled()}
        states = [s for s in site.store.source_states() if s.id in self._outlets]
        self._untried = {s.id for s in states if not s.baseline_done and not _aside(s)}
        self._failed: dict[str, PollResult] = {}
        self._said = {told.source for told in site.store.health_told() if told.broken}
        self._since: datetime | None = site.clock.now()  # an earlier process may have been killed
        self._told = False
        self._turn = Lock()

    def done(self, result: PollResult, now: datetime) -> None:
        """Take note of one poll, and tell what is to be told."""
        self.note(result, now)
        self.flush(now)

    def note(self, result: PollResult, now: datetime) -> None:
        """Take note of one poll; the store is not touched."""
        source = result.source
        if result.error is not None and source.id in self._untried:
            self._fails(result)
        if result.baseline or self._failed:
            self._since = self._since or now
        self._untried.discard(source.id)

    def owed(self, now: datetime) -> bool:
        """Whether the round is over and something may be told of it."""
        if self._since is None or self._untried:
            return False
        return not self._told or now - self._since >= SETTLE

    def flush(self, now: datetime) -> None:
        """Put the summary into the outbox when the round is over. May be called by any thread."""
        with self._turn:
            if not self.owed(now):
                return
            failed, since = self._failed, self._since
            self._failed, self._since = {}, None  # what is noted from now on has its own summary
            try:
                self._tell(list(failed.values()), now)
            except StoreError:
                self._failed, self._since = failed | self._failed, since
                raise

    def _fails(self, result: PollResult) -> None:
        """To be named in the summary, unless an earlier one named it already."""
        if result.source.id not in self._said:
            self._failed[result.source.id] = result

    def _tell(self, failed: Sequence[PollResult], now: datetime) -> None:
        site = self._site
        with site.store.writing() as unit:
            states = unit.first_reads()
            told = unit.told_health()
            if not states and not failed:
                return
            titles = ", ".join(pack.title for pack in site.config.topics.values())
            reads = [*map(self._good, states), *map(_bad, failed)]
            alert = baseline_summary(reads, titles, now, site.words)
            owe(unit, site, alert)
            unit.mark_summarised([state.id for state in states])
            for result in failed:
                remember_broken(unit, result.after, alert.id, now)
            for state in states:
                if state.id in told and told[state.id].broken:
                    remember_recovered(unit, told[state.id], alert.id, now)
        self._said |= {result.source.id for result in failed}
        self._told = True

    def _good(self, state: SourceState) -> FirstRead:
        return FirstRead(self._outlets.get(state.id, state.id), state.entries, state.relevant)


def _bad(result: PollResult) -> FirstRead:
    """Why a source could not be read: one cause is told once for all sources that it holds for."""
    trouble = result.after.trouble or ""
    cause = result.after.cause or result.error
    return FirstRead(
        result.source.outlet, error=cause, trouble=trouble, advice=health.advice(trouble)
    )


def _aside(state: SourceState) -> bool:
    """Whether nobody can wait for its first poll: it is not due for an hour."""
    return state.trouble == health.Trouble.CRASH
