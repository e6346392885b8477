"""`monitor status`: how the watch is doing, and what is in trouble."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path

from monitor.cli.looking import cause, stored
from monitor.cli.show import as_json, line, short, table
from monitor.cli.where import config_at
from monitor.clock import SystemClock
from monitor.config.hidden import without_secrets
from monitor.config.load import Config
from monitor.models import SourceState
from monitor.service import reach
from monitor.service.heartbeat import health
from monitor.service.reach import Blocked
from monitor.service.shown import moved_for_good, shown_state
from monitor.sources.health import advice
from monitor.store import HealthEvent, HubState, Subscription
from monitor.web.words import ago, count

LATELY, EVENTS = 8, 200  # lines of a week that the status has at most, and what they are made of


def show_status(path: Path | None, want_json: bool) -> None:
    """`monitor status`."""
    config = config_at(path)
    alive = health(config.data)
    with stored(config) as store:
        counts, states = store.counts(), store.source_states()
        since = SystemClock().now() - timedelta(days=7)
        lately = [event for event in store.health_events(EVENTS) if event.at > since]
        hubs = store.subscriptions()
        owed = reach.look(store, config)
    on = {source.id: source for source in config.sources if source.enabled}
    states = tuple(state for state in states if state.id in on)
    if want_json:
        told = [
            {"source": hub.source, "hub": without_secrets(hub.hub), "state": hub.state.value}
            for hub in hubs
        ]
        as_json(
            {
                "health": alive,
                "counts": counts,
                "sources": [shown_state(on[state.id], state) for state in states],
                "lately": lately,
                "hubs": told,
                "channels": owed,
                "unusable": reach.unusable(config),
            }
        )
        return
    line(f"{'running' if alive.ok else 'not running'}: {alive.why}", None if alive.ok else "red")
    line(
        f"{count(counts.articles, 'article')}, {count(counts.stories, 'story', 'stories')}, "
        f"{count(counts.alerts, 'alert')}, {count(counts.ledger, 'decision')} on record"
    )
    waiting = ", ".join(f"{n} {state}" for state, n in counts.deliveries.items() if n) or "none"
    line(f"deliveries: {waiting}")
    _print_channels(config, owed)
    _print_health(states, lately)
    for state in states:
        if words := moved_for_good(on[state.id], state):
            line(f"{state.id} has {words}", "yellow")
    _print_hubs(hubs)


def _print_health(states: Sequence[SourceState], lately: Iterable[HealthEvent]) -> None:
    """Which sources are in trouble, what to do about each kind, and what happened lately."""
    troubled = [state for state in states if state.failures or state.trouble]
    never = sum(not state.failures and state.last_success is None for state in states)
    line(f"sources: {len(states) - len(troubled) - never} of {len(states)} fine")
    if troubled:
        table(
            ("source", "trouble", "since", "last read", "next try", "cause"),
            (
                (s.id, s.trouble, s.since, short(s.last_success), s.next_due, cause(s))
                for s in troubled
            ),
        )
    for trouble in sorted({state.trouble for state in troubled if state.trouble}):
        line(f"{trouble}: {advice(trouble)}")
    for text in _told(lately)[:LATELY]:
        line(text, "dim")


def _told(lately: Iterable[HealthEvent]) -> list[str]:
    """What happened, a line each; what happened alike within a minute is one."""
    groups: dict[tuple[str, str], list[HealthEvent]] = {}
    for event in lately:
        what = f"{event.what}: {event.trouble}" if event.trouble else event.what
        groups.setdefault((short(event.at), what), []).append(event)
    return [_happened(at, what, events) for (at, what), events in groups.items()]


def _happened(at: str, what: str, events: Sequence[HealthEvent]) -> str:
    if len(events) > 1:
        return f"{at}  {what}: {', '.join(sorted(e.source or 'all sources' for e in events))}"
    return f"{at}  {events[0].source or 'all sources'}  {what}. {events[0].cause}"


def _print_hubs(hubs: Sequence[Subscription]) -> None:
    """How many hubs call, and why the others do not; nothing where no feed announces one."""
    if hubs:
        held = sum(hub.state is HubState.HELD for hub in hubs)
        line(f"hubs: {held} of {len(hubs)} call when there is news")
    for hub in hubs:
        if hub.note:
            line(f"  {hub.source}: {hub.state.value}: {hub.note}", "yellow")


def _print_channels(config: Config, owed: Sequence[Blocked]) -> None:
    """Which channels are in trouble, and what to do about each."""
    names = config.settings.channels
    wrong = reach.unusable(config)
    troubled = {each.channel for each in owed if not each.over}
    if wrong:
        line("channels: not all can be opened with what is configured now", "red")
    else:
        line(f"channels: {len(set(names) - troubled)} of {len(names)} fine")
    for problem in wrong:
        line(f"  {problem}", "red")
    now = SystemClock().now()
    for each in owed:
        retry = f"; next try {ago(each.next_try, now)}" if each.next_try else ""
        works = f"; it last took one {ago(each.taken, now)}" if each.taken else ""
        cause = f": {each.cause}" if each.cause else ""
        count = "1 message" if each.deliveries == 1 else f"{each.deliveries} messages"
        line(
            f"  {each.channel}: {count} {each.block.value}, the first {ago(each.since, now)}"
            f"{retry}{works}{cause}",
            "dim" if each.over else "yellow",
        )
        line(f"    {each.advice}")
