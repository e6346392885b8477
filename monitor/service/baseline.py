"""The first poll of sources is quiet: one summary tells what was read, instead of an alert each."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.alerts.compose import FirstRead, baseline_summary
from monitor.service.poll import PollResult
from monitor.service.site import Site

SETTLE = timedelta(seconds=60)  # late first polls within this time share one summary


class FirstRound:
    """Collects the first polls of sources and tells about them in one summary.

    The first summary comes when every new source was tried, and names those that could not be
    reached. Sources that answer later share a summary a minute after the first of them.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        enabled = {source.id for source in site.enabled()}
        states = site.store.source_states()
        self._untried = {s.id for s in states if s.id in enabled and not s.baseline_done}
        self._results: list[PollResult] = []
        self._since: datetime | None = None
        self._told = False

    def done(self, result: PollResult, now: datetime) -> None:
        """Take note of one poll."""
        failed_first = result.error is not None and result.source.id in self._untried
        if result.baseline or failed_first:
            self._results.append(result)
            self._since = self._since or now
        self._untried.discard(result.source.id)
        self.flush(now)

    def flush(self, now: datetime) -> None:
        """Put the summary into the outbox when the round is over."""
        if self._since is None or self._untried:
            return
        if self._told and now - self._since < SETTLE:
            return
        reads = [
            FirstRead(r.source.outlet, r.after.entries, r.relevant, r.error) for r in self._results
        ]
        titles = ", ".join(pack.title for pack in self._site.config.topics.values())
        alert = baseline_summary(reads, titles, now)
        with self._site.store.writing() as unit:
            unit.save_alert(alert, self._site.targets(None))
        self._results, self._since, self._told = [], None, True
