"""The commands that look: preview, why, status, health, test-notify, sources, deliveries."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from monitor import __version__
from monitor.alerts.compose import notice
from monitor.alerts.policy import not_before
from monitor.cli.owed import print_channels
from monitor.cli.show import as_json, line, short, table
from monitor.cli.where import config_at, source_of
from monitor.clock import SystemClock
from monitor.config.doubts import unread
from monitor.config.hidden import without_secrets
from monitor.config.load import Config, data_folder
from monitor.config.settings import Source
from monitor.config.units import suggest
from monitor.errors import ConfigError, SourceError, StoreError
from monitor.models import (
    Article,
    Decision,
    Delivery,
    DeliveryState,
    LedgerRow,
    Relevance,
    Sent,
    SourceState,
)
from monitor.service import reach
from monitor.service.heartbeat import health
from monitor.service.preview import Preview, preview
from monitor.service.shown import moved_for_good, shown_means, shown_state
from monitor.service.site import Site, open_channels, open_site
from monitor.sources.health import advice
from monitor.sources.identity import canonical_url
from monitor.sources.net import open_client
from monitor.store import HealthEvent, HubState, Store, Subscription
from monitor.web.wording import count

DATABASE = "monitor.db"
LATELY, EVENTS = 8, 200  # lines of a week that the status has at most, and what they are made of


@contextmanager
def _store(config: Config) -> Iterator[Store]:
    """The database as it is; StoreError when there is none yet."""
    store = Store.open(config.data / DATABASE, create=False)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def any_site(config: Config) -> Iterator[Site]:
    """The site with its memory, or with an empty one where the service has not run yet."""
    with tempfile.TemporaryDirectory() as folder:
        if not (config.data / DATABASE).exists():
            config = replace(config, data=Path(folder))
        site = open_site(config, SystemClock())
        try:
            yield site
        finally:
            site.store.close()


def show_preview(path: Path | None, url: str, private: bool) -> None:
    """`monitor preview`."""
    config = config_at(path, any_sources=False)
    known = {source.id: source for source in config.sources}
    if url not in known and "://" not in url:
        near = suggest(url, sorted(known)) if len(known) > 1 else ""
        raise ConfigError(f"there is no source '{url}'{near}; give its id or a feed's address")
    source = known.get(url) or source_of(
        {"id": "preview", "url": url, "outlet": "preview", "allow_private": private}
    )
    with any_site(config) as site:
        try:
            found = asyncio.run(_read(site, source))
        except SourceError as error:
            raise error if url in known else of_address(error, source.id) from None
    read_as = source.model_copy(update={"lang": source.lang or found.feed.lang, "enabled": True})
    _print_preview(config, found, unread([read_as], config.topics.values()))


def of_address(error: SourceError, draft: str) -> SourceError:
    """The error of an address that is no source yet: in words of the command line."""
    text = str(error).removeprefix(f"{draft}: ")
    text = text.replace("set allow_private on this source", "give --allow-private")
    if text.startswith("a web page, not a feed;") and draft == "preview":
        text = "a web page, not a feed: `monitor sources add` looks for its feed"
    return SourceError(text)


async def _read(site: Site, source: Source) -> Preview:
    async with open_client(site.config.settings.polling, __version__) as client:
        return await preview(site, source, client)


def _print_preview(config: Config, found: Preview, more: Iterable[str]) -> None:
    feed = found.feed
    line(f"{feed.format}: {feed.title or 'no title'}", "bold")
    line(f"{len(feed.entries)} entries, {found.known} of them known already")
    for warning in (*feed.warnings, *more):
        line(f"warning: {warning}", "yellow")
    for article, decision in found.decided:
        line("")
        line(f"{decision.verdict.value:7} {article.title}", "bold" if decision.story else "dim")
        _print_reasons(config, article, decision)


def _print_reasons(config: Config, article: Article, decision: Decision) -> None:
    line(f"        {decision.relevance.value}; {decision.kind.value}: {decision.why}")
    _print_words(config, decision)
    for move in decision.moves:
        line(f"        card    {move.label}: {move.was or 'unknown'} -> {move.now}")
    if decision.relevance is not Relevance.OFF_TOPIC:
        date = short(article.published) if article.published else "without a date"
        line(f"        seen    {article.outlet}, {date}, {article.url}", "dim")


def _print_words(config: Config, row: Decision | LedgerRow) -> None:
    """The words that name what is watched, each once."""
    words = {
        f"'{span.text}' ({shown_means(span, row.topic, config.topics)}, {span.part})": None
        for span in row.spans
    }
    if words:
        line(f"        words   {', '.join(words)}", "dim")


def show_why(path: Path | None, article: str, want_json: bool) -> int:
    """`monitor why`; 1 when nothing was found."""
    config = config_at(path)
    with _store(config) as store:
        keys = [f"url:{canonical_url(article)}"] if "://" in article else []
        rows = store.why(keys, article)
    if want_json:
        as_json(rows)
    elif not rows:
        line(f"No entry with this address, id or title was ever seen: {article}")
    else:
        for row in rows:
            _print_why(config, row)
    return 0 if rows else 1


def _print_why(config: Config, row: LedgerRow) -> None:
    line(f"{row.verdict:7} {row.title}", "bold")
    edit = f", revision {row.revision}" if row.revision else ""
    line(f"        {short(row.at)} from {row.outlet or row.source}{edit}")
    line(f"        {row.kind}: {row.why}")
    _print_words(config, row)
    if row.story:
        line(f"        story   {row.story_title or row.story}")
    for fact in row.new_facts:
        line(f"        new     {fact}")
    line(f"        rule    {row.stage} / {row.rule}", "dim")


def show_status(path: Path | None, want_json: bool) -> None:
    """`monitor status`."""
    config = config_at(path)
    alive = health(config.data)
    with _store(config) as store:
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
    print_channels(config, owed)
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
                (s.id, s.trouble, s.since, short(s.last_success), s.next_due, _cause(s))
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


def show_health(path: Path | None) -> int:
    """`monitor health`; 1 when nothing polls."""
    found = health(data_folder(path, os.environ))
    line(f"{'healthy' if found.ok else 'unhealthy'}: {found.why}")
    return 0 if found.ok else 1


def show_sources(path: Path | None, want_json: bool) -> None:
    """`monitor sources list`: what is configured, with what the store knows of it."""
    config = config_at(path)
    states: dict[str, SourceState] = {}
    if (config.data / DATABASE).exists():
        with _store(config) as store:
            states = {state.id: state for state in store.source_states()}
    if want_json:
        as_json(
            [
                source.model_dump()
                | {"url": source.address, "state": shown_state(source, states.get(source.id))}
                for source in config.sources
            ]
        )
        return
    table(
        ("source", "outlet", "lang", "on", "entries", "last read", "trouble"),
        (
            (
                source.id,
                source.outlet,
                source.lang,
                "yes" if source.enabled else "no",
                state.entries if (state := states.get(source.id)) else "",
                short(state.last_success) if state else "",
                _trouble(state) if state else "",
            )
            for source in config.sources
        ),
    )


def _cause(state: SourceState) -> str:
    return state.cause or state.last_error or ""


def _trouble(state: SourceState) -> str:
    """The kind of trouble and its cause; what failed once has a cause alone."""
    return f"{state.trouble}: {_cause(state)}" if state.trouble else _cause(state)


def send_test(path: Path | None, only: str | None) -> int:
    """`monitor test-notify`; 1 when a channel did not accept the message."""
    config = config_at(path)
    channels = open_channels(config, os.environ)
    if only is not None and only not in channels:
        raise ConfigError(f"there is no channel '{only}'{suggest(only, sorted(channels))}")
    now = SystemClock().now()
    alert = notice(
        "Test message from Liaison Monitor",
        "If you can read this, alerts on this channel arrive.",
        now,
    )
    failed = 0
    for name, channel in channels.items():
        for recipient in channel.recipients if only in (None, name) else ():
            delivery = Delivery(0, alert.id, name, recipient, DeliveryState.PENDING, now, 1)
            result = channel.send(delivery, alert, time.monotonic() + 30, None)
            arrived = isinstance(result, Sent)
            failed += not arrived
            said = getattr(result, "why", "no answer")
            if arrived:
                said = f"accepted{_waiting(config, name, recipient)}"
            line(f"{name} ({recipient}): {said}", None if arrived else "red")
    return 1 if failed else 0


def _waiting(config: Config, channel: str, recipient: str) -> str:
    """Words for what waited until its channel takes messages again: from now on it is due."""
    file, rules = config.data / "monitor.db", config.settings.channels[channel]
    at = not_before(rules, config.settings.policy, SystemClock().now(), urgent=False)
    try:
        with Store.open(file, create=False) as store, store.writing() as unit:
            waited = unit.try_again((channel, recipient), at)
    except StoreError:  # none yet, or of another version: nothing waits that could be sent
        return ""
    return f"; what waited is due: {count(waited, 'message')}" if waited else ""
