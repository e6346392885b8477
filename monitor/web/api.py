"""The same as JSON, described by OpenAPI at /api/openapi.json."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query

from monitor import __version__
from monitor.clock import Clock
from monitor.config.load import Config
from monitor.models import (
    Alert,
    Article,
    Delivery,
    DeliveryState,
    LedgerRow,
    SourceState,
    Story,
    Verdict,
)
from monitor.service.shown import shown_state
from monitor.store import Store
from monitor.web import pages

Limit = Annotated[int, Query(ge=1, le=500, description="at most so many, the newest first")]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no answer, in one line."""

    detail: str


_WRONG: dict[int | str, dict[str, Any]] = {
    422: {"model": Problem, "description": "a wrong parameter"},
    503: {"model": Problem, "description": "the database does not answer"},
}


@dataclass(frozen=True, slots=True)
class Status:
    """How much is remembered, and each topic's state card."""

    version: str
    now: datetime
    sources: int
    failing: int
    doubtful: int
    articles: int
    stories: int
    alerts: int
    ledger: int
    deliveries: dict[str, int]
    database_bytes: int
    cards: dict[str, dict[str, str | None]]


@dataclass(frozen=True, slots=True)
class StorySummary:
    """A story without the detector's own memory of it."""

    id: str
    topic: str
    title: str
    opened: datetime
    updated: datetime
    articles: int
    outlets: tuple[str, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryDetail:
    """A story with its alerts and the latest revision of each of its articles."""

    story: StorySummary
    alerts: tuple[Alert, ...]
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """A configured source and what is known of it; `state` is null before it is first due.

    Addresses are without passwords and keys.
    """

    id: str
    outlet: str
    url: str
    family: str | None
    lang: str | None
    condition: str
    state: SourceState | None


def router(store: Store, config: Config, clock: Clock) -> APIRouter:
    """The routes below /api. All of them only read."""
    routes = APIRouter(prefix="/api", tags=["monitor"], responses=_WRONG)

    @routes.get("/status")
    def status() -> Status:
        """How much is remembered, and each topic's state card."""
        return _status(store, config, clock.now())

    @routes.get("/alerts")
    def alerts(
        limit: Limit = 50, topic: str | None = None, before: str | None = None
    ) -> list[Alert]:
        """What was pushed, and the service's own messages; made before the alert of that id."""
        return list(store.alerts(limit, topic, before=before))

    @routes.get("/stories")
    def stories(limit: Limit = 50, topic: str | None = None) -> list[StorySummary]:
        """Stories by the time of their last change."""
        return [_summary(story) for story in store.stories(topic, limit)]

    @routes.get(
        "/stories/{story}", responses={404: {"model": Problem, "description": "no such story"}}
    )
    def story(story: str) -> StoryDetail:
        """One story."""
        found = store.story(story)
        if found is None:
            raise HTTPException(404, "there is no story of that id")
        own = store.alerts(pages.MOST_ALERTS, story=story)
        return StoryDetail(_summary(found), own, store.story_articles(story))

    @routes.get("/ledger")
    def ledger(q: str = "", verdict: Verdict | None = None, limit: Limit = 50) -> list[LedgerRow]:
        """Why: the decisions on an address, an article id or words of a title, or the last ones."""
        return list(pages.decisions(store, q, verdict, limit))

    @routes.get("/sources")
    def sources() -> list[SourceHealth]:
        """Every configured source with its health, those in trouble first."""
        return [_health(line) for line in pages.source_lines(store, config.sources)]

    @routes.get("/deliveries")
    def deliveries(state: DeliveryState | None = None, limit: Limit = 50) -> list[Delivery]:
        """Where alerts went."""
        return list(store.deliveries(state, limit))

    return routes


def _status(store: Store, config: Config, now: datetime) -> Status:
    counts = store.counts()
    cards = {
        name: {line.label: line.value for line in pages.card(store, name, pack).lines}
        for name, pack in config.topics.items()
    }
    lines = pages.source_lines(store, config.sources)
    return Status(
        version=__version__,
        now=now,
        sources=sum(source.enabled for source in config.sources),
        failing=sum(line.condition == "failing" for line in lines),
        doubtful=sum(line.condition == "doubtful" for line in lines),
        articles=counts.articles,
        stories=counts.stories,
        alerts=counts.alerts,
        ledger=counts.ledger,
        deliveries={state.value: number for state, number in counts.deliveries.items()},
        database_bytes=counts.database_bytes,
        cards=cards,
    )


def _summary(story: Story) -> StorySummary:
    values: dict[str, Any] = {f.name: getattr(story, f.name) for f in fields(StorySummary)}
    return StorySummary(**values)


def _health(line: pages.SourceLine) -> SourceHealth:
    source = line.source
    return SourceHealth(
        source.id,
        source.outlet,
        source.address,
        source.family,
        source.lang,
        line.condition,
        shown_state(source, line.state),
    )
