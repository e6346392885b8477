"""The commands that change what is told: silence, ack, deliveries resend."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from monitor.cli.show import as_json as print_json
from monitor.cli.show import line, short, table
from monitor.cli.where import config_at
from monitor.clock import SystemClock
from monitor.config.load import Config
from monitor.config.units import duration, suggest
from monitor.errors import ConfigError
from monitor.models import UNTIL_READ, DeliveryState, Silence
from monitor.service.answers import answer
from monitor.store import Store

LONGEST = timedelta(days=31)


@contextmanager
def _store(config: Config) -> Iterator[Store]:
    store = Store.open(config.data / "monitor.db", create=False)
    try:
        yield store
    finally:
        store.close()


def add_silence(
    path: Path | None, topic: str | None, story: str | None, words: str, span: str, reason: str
) -> None:
    """`monitor silence add`. ConfigError for an unknown topic or story, or a span that is none."""
    config = config_at(path)
    if topic is None and story is None and not words.strip():
        raise ConfigError("say what to silence: --topic, --story or --words")
    if topic is not None and topic not in config.topics:
        raise ConfigError(f"no topic is named '{topic}'{suggest(topic, sorted(config.topics))}")
    try:
        length = duration(span)
    except ValueError as error:
        raise ConfigError(f"--for: {error}") from None
    if length > LONGEST:
        raise ConfigError("--for is at most 31d: a watch that is not wanted is better disabled")
    now = SystemClock().now()
    with _store(config) as store:
        if story is not None and store.story(story) is None:
            raise ConfigError(f"no story has the id '{story}'; the page and alerts show ids")
        with store.writing() as unit:
            id_ = unit.add_silence(
                Silence(0, now, now + length, reason.strip(), topic, story, words.strip())
            )
    line(f"silence {id_} until {short(now + length)}; what it keeps back is listed at its end")


def list_silences(path: Path | None, as_json: bool) -> None:
    """`monitor silence list`."""
    with _store(config_at(path)) as store:
        found = store.silences()
    if as_json:
        print_json(found)
        return
    if not found:
        line("nothing is silenced")
        return
    columns = ("id", "until", "topic", "story", "words", "reason")
    table(columns, ((s.id, _until(s), s.topic, s.story, s.words, s.reason) for s in found))


def _until(silence: Silence) -> datetime | str:
    return "all sources are read" if silence.until == UNTIL_READ else silence.until


def end_silence(path: Path | None, id_: int) -> int:
    """`monitor silence end`; 1 when there is none of that id that holds."""
    with _store(config_at(path)) as store, store.writing() as unit:
        ended = unit.end_silence(id_, SystemClock().now())
    line(f"silence {id_} has ended" if ended else f"no silence {id_} holds")
    return 0 if ended else 1


def acknowledge(path: Path | None, alert: str, who: str | None) -> int:
    """`monitor ack`; 1 when there is no such alert."""
    name = who or getpass.getuser()
    with _store(config_at(path)) as store, store.writing() as unit:
        known = unit.acknowledge(alert, name, SystemClock().now())
    line(f"acknowledged by {name}" if known else f"there is no alert {alert}")
    return 0 if known else 1


def not_relevant(path: Path | None, alert: str, who: str | None, reason: str) -> int:
    """`monitor not-relevant`; 1 when there is no such alert, or it is of no story."""
    name = who or getpass.getuser()
    with _store(config_at(path)) as store:
        found = store.alert(alert)
        if found is None or found.story is None:
            line(f"there is no alert {alert}" if found is None else "this message is of no story")
            return 1
        now = SystemClock().now()
        line(answer(store, found, "not-relevant", now, name, "31d", reason.strip()))
    return 0


def resend(path: Path | None, ids: list[int], state: str | None) -> int:
    """`monitor deliveries resend`; 1 when one of them could not be owed again."""
    states = [s.value for s in DeliveryState if s not in (DeliveryState.PENDING,)]
    if bool(ids) == (state is not None):
        raise ConfigError("name deliveries by their ids, or all of one --state")
    if state is not None and state not in states:
        raise ConfigError(f"there is no ended state '{state}'; choose one of {', '.join(states)}")
    now = SystemClock().now()
    config = config_at(path)
    with _store(config) as store:
        if state is not None:
            lost = store.deliveries(DeliveryState(state), 10_000)
            rows = [row for row in lost if row.attempt]  # else it was acknowledged, not lost
            ids = [row.id for row in rows if row.channel in config.settings.channels]
            if gone := sorted({row.channel for row in rows} - config.settings.channels.keys()):
                line(f"left alone, as their channel is not configured: those of {', '.join(gone)}")
        with store.writing() as unit:
            owed = [id_ for id_ in ids if unit.resend_delivery(id_, now)]
    left = sorted(set(ids) - set(owed))
    if owed or not left:
        line(f"{len(owed)} owed again; they are sent while the service runs")
    if left:
        line(f"not there, or under way: {', '.join(map(str, left))}")
    return 1 if left else 0
