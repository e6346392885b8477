"""One running installation: its configuration, store, topics, channels and clock, opened once."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from monitor.alerts.channels import Apart, ChannelPort, open_channel
from monitor.alerts.language import ENGLISH, Words, open_words
from monitor.alerts.parts import Templates
from monitor.alerts.render import Forms
from monitor.alerts.samples import samples
from monitor.clock import Clock
from monitor.config.document import read
from monitor.config.load import Config
from monitor.config.settings import Source
from monitor.config.topic import card_on
from monitor.detect import Watch
from monitor.errors import ChannelError, ConfigError
from monitor.models import Article
from monitor.service.topics import open_topics
from monitor.store import Store


@dataclass(frozen=True)
class Site:
    """Everything a poll or a delivery needs; built by `open_site`."""

    config: Config
    store: Store
    topics: Watch
    channels: Mapping[str, ChannelPort]
    clock: Clock
    owner: str  # names this process in leases
    words: Words = ENGLISH  # of the service's own messages

    def on_its_clock(self, article: Article) -> Article:
        """The article, and its last revision, with the clock of its source if that has a `zone`."""
        zone = self._zones.get(article.source or "")
        if zone is None:
            return article
        before = article.previous
        if before is not None:
            before = replace(before, ahead=before.seen.astimezone(zone).utcoffset())
        ahead = article.seen.astimezone(zone).utcoffset()
        return replace(article, ahead=ahead, previous=before)

    @cached_property
    def _zones(self) -> Mapping[str, ZoneInfo]:
        """The time zone of each source that names one."""
        return {s.id: ZoneInfo(s.zone) for s in self.config.sources if s.zone is not None}

    def source(self, source_id: str) -> Source | None:
        """The enabled source of that id, if it is configured."""
        return next((s for s in self.enabled() if s.id == source_id), None)

    def enabled(self) -> tuple[Source, ...]:
        """The sources that are polled."""
        return tuple(source for source in self.config.sources if source.enabled)

    def targets(self, topic: str | None) -> tuple[tuple[str, str], ...]:
        """(channel, recipient) pairs for an alert on a topic; None stands for a notice."""
        if topic is None:
            wanted = {name for name, channel in self.channels.items() if channel.notices}
        else:
            wanted = set(self.config.topics[topic].channels or self.channels)
        return tuple(
            (name, recipient)
            for name, channel in self.channels.items()
            if name in wanted
            for recipient in channel.recipients
        )

    def begin(self, now: datetime) -> None:
        """Bring sources in line with the configuration; a new topic gets its state card."""
        with self.store.writing() as unit:
            unit.sync_sources([(source.id, source.url) for source in self.enabled()], now)
            for name, pack in self.config.topics.items():
                unit.seed_card(name, card_on(pack.card, now.date()))


def open_words_of(config: Config, language: str | None = None) -> Words:
    """The words of a language, by default the service's; ConfigError where there are none."""
    folder = config.path.parent / "words"
    return open_words(language or config.settings.language, folder if folder.is_dir() else None)


def open_channels(config: Config, environ: Mapping[str, str]) -> dict[str, ChannelPort]:
    """The configured channels. Raises one ConfigError that lists every channel in trouble.

    The words and templates of their messages are checked likewise.
    """
    channels: dict[str, ChannelPort] = {}
    problems: list[str] = []
    templates = Templates(config.path.parent / "templates")
    with Apart() as read:
        for name, channel in config.settings.channels.items():
            try:
                words = open_words_of(config, channel.language)
                templates.check(samples(words), words)
                forms = Forms(words, config.settings.server.public_url, templates)
                channels[name] = open_channel(name, channel, environ, forms, read)
            except ChannelError as error:
                problems += (_placed(config.path, name, problem) for problem in error.problems)
            except ConfigError as error:
                problems += error.problems
    if problems:
        raise ConfigError(*dict.fromkeys(problems))
    return channels


def _placed(path: Path, name: str, problem: str) -> str:
    """The problem of a channel as `file:line: channels.name: ...`, like all of a configuration."""
    text = problem.removeprefix(f"channel {name}: ")
    return read(path).problem(("channels", name), text) if path.is_file() else problem


def open_site(config: Config, clock: Clock, environ: Mapping[str, str] = os.environ) -> Site:
    """Open all that the configuration names. Raises ConfigError or StoreError; opens no network."""
    topics = open_topics(config)
    channels = open_channels(config, environ)
    store = Store.open(config.data / "monitor.db")
    owner = f"{socket.gethostname()}:{os.getpid()}"
    return Site(config, store, topics, channels, clock, owner, open_words_of(config))
