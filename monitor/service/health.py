"""Tells people about sources: the notices, in one transaction with what was said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.alerts import notices
from monitor.alerts.notices import SourceNews
from monitor.models import Alert, SourceState
from monitor.service.outbox import owe
from monitor.service.site import Site
from monitor.service.speaking import (
    ALL,
    OUTAGE_AFTER,
    begun,
    breaks,
    calm_after,
    down,
    is_outage,
    is_over,
    recoveries,
    reminders,
    times_after,
)
from monitor.sources import health
from monitor.store import HealthEvent, Told, Unit

_SETTLE = timedelta(minutes=1)  # gaps found together are told together
_OUTAGE = "hardly any readable"


class HealthWatch:
    """Looks at all sources now and then and puts what is to be said into the outbox.

    Nothing is kept here: a process that is killed and started again goes on where it was.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._outlets = {source.id: source.outlet for source in site.enabled()}

    def look(self, now: datetime) -> None:
        """Say what is due. Costs three small queries while all is well."""
        if not self._site.store.health_to_tell():
            return
        with self._site.store.writing() as unit:
            troubled = unit.troubled()
            told = self._forget_strangers(unit, unit.told_health())
            self._tell_gaps(unit, now)
            if not self._tell_outage(unit, troubled, told, now):
                self._tell_broken(unit, troubled, told, now)
                self._tell_recovered(unit, told, now)
                self._remind(unit, troubled, told, now)

    def _forget_strangers(self, unit: Unit, told: Mapping[str, Told]) -> Mapping[str, Told]:
        """Sources that are no longer configured are no longer spoken of."""
        strangers = told.keys() - self._outlets.keys() - {ALL}
        unit.forget_told(strangers)
        return {id_: one for id_, one in told.items() if id_ not in strangers}

    def _tell_broken(
        self,
        unit: Unit,
        troubled: Sequence[SourceState],
        told: Mapping[str, Told],
        now: datetime,
    ) -> None:
        states = breaks(troubled, told, now)
        if not states:
            return
        times = {state.id: times_after(told.get(state.id), now) for state in states}
        news = [replace(self._news(s, now), more=_often(times[s.id])) for s in states]
        alert = self._owe(unit, notices.broken(news, now))
        for state in states:
            remember_broken(unit, state, alert, now, times[state.id])

    def _remind(
        self,
        unit: Unit,
        troubled: Sequence[SourceState],
        told: Mapping[str, Told],
        now: datetime,
    ) -> None:
        states = reminders(troubled, told, now)
        if states:
            self._owe(unit, notices.still_broken([self._news(s, now) for s in states], now))
        for state in states:
            unit.save_told(replace(told[state.id], at=now))

    def _tell_recovered(self, unit: Unit, told: Mapping[str, Told], now: datetime) -> None:
        first = {state.id for state in unit.first_reads()}  # told by the summary of first reads
        broken = {id_ for id_, one in told.items() if one.broken} - first
        states = recoveries(unit.states_of(broken), told, now)
        if not states:
            return
        was = [told[state.id] for state in states]
        alert = self._owe(unit, notices.recovered([self._past(one) for one in was], now))
        for one in was:
            remember_recovered(unit, one, alert, now)

    def _tell_outage(
        self,
        unit: Unit,
        troubled: Sequence[SourceState],
        told: Mapping[str, Told],
        now: datetime,
    ) -> bool:
        """Speak of an outage of nearly all sources; True while there is one, or seems to be."""
        failing, sources = down(troubled), len(self._outlets)
        since, said = begun(failing), told.get(ALL)
        if said is not None and said.broken:
            well = unit.count_read_since(max(said.since or said.at, said.at))
            if not is_over(len(failing), well):
                return True
            still = [self._news(state, now) for state in failing]
            over = notices.outage_over(still, sources, said.since or said.at, now)
            remember_recovered(unit, said, self._owe(unit, over), now)
            return True  # those that still fail are looked at afresh the next time
        if since is None:
            return False
        well = unit.count_read_since(since)
        if not is_outage(failing, well, sources, told):
            return False
        if now - since < OUTAGE_AFTER:
            return True
        failed = [state for state in troubled if health.is_error(state)]  # once or more often
        cause = _commonest(failed)
        alert = self._owe(unit, notices.outage(len(failed), sources, since, cause, now))
        unit.save_told(Told(ALL, True, now, 1, _OUTAGE, cause, since))
        unit.add_health_event(HealthEvent(now, None, "broke", _OUTAGE, cause, since, alert=alert))
        return True

    def _tell_gaps(self, unit: Unit, now: datetime) -> None:
        """Entries that may have been missed; found together, told together."""
        owed = unit.owed_health()
        if not owed or timedelta() <= now - owed[0].at < _SETTLE:
            return
        known = [event for event in owed if event.source in self._outlets]
        alert = None
        if known:
            news = [self._missed(event) for event in known]
            alert = self._owe(unit, notices.gaps(news, now))
        unit.mark_owed(owed, alert)

    def _owe(self, unit: Unit, alert: Alert) -> str:
        owe(unit, self._site, alert)
        return alert.id

    def _news(self, state: SourceState, now: datetime) -> SourceNews:
        trouble = state.trouble or ""
        return SourceNews(
            id=state.id,
            outlet=self._outlets.get(state.id, state.id),
            trouble=trouble,
            cause=_sentence(state.cause or ""),
            since=state.since or now,
            error=health.is_error(state),
            advice=health.advice(trouble),
            next_try=max(state.next_due, now),
        )

    def _past(self, told: Told) -> SourceNews:
        outlet = self._outlets.get(told.source, told.source)
        return SourceNews(
            told.source, outlet, told.trouble or "trouble", told.cause, told.since or told.at
        )

    def _missed(self, event: HealthEvent) -> SourceNews:
        id_ = event.source or ""
        return SourceNews(id_, self._outlets[id_], "gap", event.cause, event.at)


def remember_broken(
    unit: Unit, state: SourceState, alert: str, now: datetime, times: int = 1
) -> None:
    """It was said, in this alert, that the source is in trouble."""
    since, cause = state.since or now, state.cause or state.last_error or ""
    unit.save_told(Told(state.id, True, now, times, state.trouble, cause, since))
    unit.add_health_event(
        HealthEvent(now, state.id, "broke", state.trouble, cause, since, alert=alert)
    )


def remember_recovered(unit: Unit, told: Told, alert: str, now: datetime) -> None:
    """It was said, in this alert, that the source works again."""
    unit.save_told(replace(told, broken=False, at=now))
    source = told.source or None
    unit.add_health_event(
        HealthEvent(now, source, "recovered", told.trouble, told.cause, told.since, alert=alert)
    )


def _often(times: int) -> str:
    if times < 2:
        return ""
    hours = calm_after(times) // timedelta(hours=1)
    return (
        f"It broke {times} times within a week: you hear next when it has been well for {hours} "
        "hours."
    )


def _sentence(cause: str) -> str:
    text = cause[:1].upper() + cause[1:]
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _commonest(failing: Sequence[SourceState]) -> str:
    """The most frequent kind of trouble, and one source's words for it."""
    (kind, count), *_ = Counter(state.trouble for state in failing).most_common(1)
    example = next(state for state in failing if state.trouble == kind)
    return f"{count} times: {kind}. For example {example.id}: {_sentence(example.cause or '')}"
