"""What each page shows, gathered from the store. No HTML here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, pairwise

from monitor.alerts.text import safe_text, short_diff
from monitor.alerts.view import OWN_KINDS, View, view
from monitor.config.settings import Source
from monitor.config.topic import TopicPack
from monitor.detect.news.diff import diff
from monitor.models import (
    Alert,
    Article,
    Delivery,
    DiffPart,
    LedgerRow,
    SourceState,
    Story,
    Verdict,
)
from monitor.service.shown import moved_for_good
from monitor.sources.health import advice
from monitor.sources.identity import canonical_url
from monitor.store import Store

MOST_ARTICLES = 200  # of one story on its page
MOST_ALERTS = 500
LOOKS = 10  # batches of alerts that are looked through for news


@dataclass(frozen=True, slots=True)
class CardLine:
    """One attribute of a state card as it stands, and its last move."""

    label: str
    value: str | None
    was: str | None
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Card:
    """A topic's state card."""

    topic: str
    title: str
    lines: tuple[CardLine, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One alert on the timeline: the safe view of it, its moment and its story."""

    shown: View
    at: datetime
    story: str | None


@dataclass(frozen=True, slots=True)
class Day:
    """The alerts of one UTC day, newest first."""

    day: date
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """What one revision changed in its article."""

    at: datetime
    parts: tuple[tuple[str, tuple[DiffPart, ...]], ...]  # ("Title", diff), ...


@dataclass(frozen=True, slots=True)
class Report:
    """One article of a story: its last text, its edits, and what was decided about each."""

    article: Article
    edits: tuple[Edit, ...]
    decisions: tuple[LedgerRow, ...]


@dataclass(frozen=True, slots=True)
class StoryPage:
    """One story, its alerts and its articles in the order they came."""

    story: Story
    items: tuple[Item, ...]
    reports: tuple[Report, ...]
    more: int


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source with its health.

    `condition` is "failing" (it cannot be read), "doubtful" (it answers and may be missing news),
    "waiting", "reading" or "off"; of the first two `cause` says why, and `advice` what to do.
    `moved` says where it lives now, if its server says so for good.
    """

    source: Source
    state: SourceState | None
    condition: str
    cause: str = ""
    advice: str = ""
    moved: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A delivery with the headline of what it carries."""

    delivery: Delivery
    headline: str
    story: str | None


def card(store: Store, name: str, pack: TopicPack) -> Card:
    """The topic's state card, also before anything moved it."""
    values = store.card(name)
    last = {change.move.attribute: change for change in store.card_history(name)}
    lines = []
    for attribute in pack.card:
        change = last.get(attribute.id)
        lines.append(
            CardLine(
                attribute.label,
                values.get(attribute.id, attribute.start),
                change.move.was if change else None,
                change.at if change else None,
            )
        )
    return Card(name, pack.title, tuple(lines))


def days(alerts: Iterable[Alert]) -> tuple[Day, ...]:
    """The alerts, newest first, by UTC day."""
    found = groupby(map(item, alerts), key=lambda one: one.at.date())
    return tuple(Day(day, tuple(items)) for day, items in found)


def item(alert: Alert) -> Item:
    """An alert as pages show it."""
    return Item(view(alert), alert.created, alert.story)


def developments(store: Store, limit: int) -> list[Alert]:
    """The last alerts that are news, without the service's own messages, newest first.

    Weeks of notices do not push the news out of the feeds, as far back as is looked.
    """
    found: list[Alert] = []
    before: str | None = None
    for _ in range(LOOKS):
        batch = store.alerts(MOST_ALERTS, before=before)
        found += (alert for alert in batch if alert.kind not in OWN_KINDS | {"confirmed"})
        if len(found) >= limit or len(batch) < MOST_ALERTS:
            break
        before = batch[-1].id
    return found[:limit]


def story_page(store: Store, id_: str) -> StoryPage | None:
    """One story, None when there is none of that id."""
    story = store.story(id_)
    if story is None:
        return None
    articles = store.story_articles(id_)
    alerts = store.alerts(MOST_ALERTS, story=id_)
    reports = tuple(_report(store, article, story.topic) for article in articles[:MOST_ARTICLES])
    items = tuple(item(alert) for alert in reversed(alerts))
    return StoryPage(story, items, reports, max(len(articles) - MOST_ARTICLES, 0))


def _report(store: Store, article: Article, topic: str) -> Report:
    edits: tuple[Edit, ...] = ()
    if article.revision:
        revisions = store.revisions(article.id)
        edits = tuple(_edit(old, new) for old, new in pairwise(revisions))
    decisions = store.why((), article.id)
    return Report(article, edits, tuple(row for row in decisions if row.topic == topic))


def _edit(old: Article, new: Article) -> Edit:
    texts = (
        ("Title", old.title, new.title),
        ("Summary", old.summary, new.summary),
        ("Text", old.body, new.body),
    )
    # A body that retention took is not a deletion.
    changed = [(name, a, b) for name, a, b in texts if a != b and (name != "Text" or (a and b))]
    return Edit(new.seen, tuple((name, short_diff(diff(a, b))) for name, a, b in changed))


def decisions(store: Store, query: str, verdict: Verdict | None, limit: int) -> Sequence[LedgerRow]:
    """The decisions on an address, an article id or words of a title; the last ones for ""."""
    query = query.strip()
    if not query:
        return store.ledger(limit, verdict)
    is_url = re.match(r"https?://", query, re.IGNORECASE)
    keys = (f"url:{canonical_url(query)}",) if is_url else ()
    rows = store.why(keys, query, limit)
    return [row for row in rows if verdict is None or row.verdict == verdict.value]


def source_lines(store: Store, sources: Iterable[Source]) -> list[SourceLine]:
    """Every configured source, those in trouble first, those that are off last."""
    states = {state.id: state for state in store.source_states()}
    lines = [_source_line(source, states.get(source.id)) for source in sources]
    order = ("failing", "doubtful", "waiting", "reading", "off")
    return sorted(lines, key=lambda line: (order.index(line.condition), line.source.outlet))


def _source_line(source: Source, state: SourceState | None) -> SourceLine:
    if not source.enabled:
        return SourceLine(source, None, "off")
    if state is None or state.last_polled is None:
        return SourceLine(source, state, "waiting")
    if state.failures:
        return _in_trouble(source, state, "failing")
    if state.trouble is not None:
        return _in_trouble(source, state, "doubtful")
    return SourceLine(source, state, "reading", moved=moved_for_good(source, state))


def _in_trouble(source: Source, state: SourceState, condition: str) -> SourceLine:
    cause = (state.cause or state.last_error or "the cause was not kept").rstrip(". ")
    return SourceLine(source, state, condition, f"{cause}.", advice(state.trouble or ""))


def delivery_lines(store: Store, deliveries: Iterable[Delivery]) -> list[DeliveryLine]:
    """Deliveries with what they carry; an alert to five recipients is read once."""
    alerts: dict[str, Alert | None] = {}
    lines = []
    for delivery in deliveries:
        if delivery.alert not in alerts:
            alerts[delivery.alert] = store.alert(delivery.alert)
        alert = alerts[delivery.alert]
        headline = safe_text(alert.headline, 200) if alert else ""
        lines.append(DeliveryLine(delivery, headline, alert.story if alert else None))
    return lines
