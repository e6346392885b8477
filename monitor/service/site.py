"""One running installation: its configuration, store, topics, channels and clock, opened once."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from monitor.alerts.channels import ChannelPort
from monitor.alerts.language import ENGLISH, Words
from monitor.clock import Clock
from monitor.config.load import Config
from monitor.config.settings import Source
from monitor.config.topic import card_on
from monitor.detect import Watch
from monitor.models import Article
from monitor.service.channels import open_channels, open_words_of
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


def open_site(config: Config, clock: Clock, environ: Mapping[str, str] = os.environ) -> Site:
    """Open all that the configuration names. Raises ConfigError or StoreError; opens no network."""
    topics = open_topics(config)
    channels = open_channels(config, environ)
    store = Store.open(config.data / "monitor.db")
    owner = f"{socket.gethostname()}:{os.getpid()}"
    return Site(config, store, topics, channels, clock, owner, open_words_of(config))
