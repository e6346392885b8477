"""Between rows and nouns, both ways, without loss."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, Select, select

from monitor.models import (
    Alert,
    Article,
    Decision,
    Delivery,
    DeliveryState,
    Fact,
    Hold,
    LedgerRow,
    PastStory,
    Silence,
    SourceState,
    Span,
    Story,
    Visit,
)
from monitor.store import tables as t

_ALERT = TypeAdapter(Alert)
_SPANS = TypeAdapter(tuple[Span, ...])
_FACTS = TypeAdapter(tuple[Fact, ...])

SOURCE_NAMES = tuple(f.name for f in fields(SourceState))
_of_source = attrgetter(*SOURCE_NAMES)
SOURCE_STATE = tuple(t.sources.c[name] for name in SOURCE_NAMES)
STORY = tuple(t.stories.c[f.name] for f in fields(Story))
PAST_STORY = tuple(t.stories.c[f.name] for f in fields(PastStory))
VISIT = tuple(t.visits.c[f.name] for f in fields(Visit))
SILENCE = tuple(t.silences.c[f.name] for f in fields(Silence))
DELIVERY = tuple(t.deliveries.c[f.name] for f in fields(Delivery))
LEDGER = tuple(t.ledger.c[f.name] for f in fields(LedgerRow))

_REVISION = tuple(column.name for column in t.revisions.columns if column.name != "article")


def article_rows() -> Select[Any]:
    """Every revision of every article, in the shape that `article` reads."""
    same = (t.bodies.c.article == t.revisions.c.article) & (
        t.bodies.c.revision == t.revisions.c.revision
    )
    return select(t.revisions, t.bodies.c.body).select_from(t.revisions.outerjoin(t.bodies, same))


def article(row: Row[Any]) -> Article:
    """The revision. `previous` and `story` are None: they belong to a decision, not to a text."""
    values = {name: row._mapping[name] for name in _REVISION}
    return Article(id=row._mapping["article"], body=row._mapping["body"] or "", **values)


def revision_values(article: Article) -> dict[str, Any]:
    """The row of `revisions` for it."""
    return {"article": article.id} | {name: getattr(article, name) for name in _REVISION}


def source_state(row: Row[Any]) -> SourceState:
    """From the columns of SOURCE_STATE, which are in the order of the fields."""
    values: Iterable[Any] = row
    return SourceState(*values)


def source_values(state: SourceState) -> dict[str, Any]:
    """The row of `sources` for it, without lease and configuration."""
    return dict(zip(SOURCE_NAMES, _of_source(state), strict=True))


def story(row: Row[Any]) -> Story:
    """From the columns of STORY."""
    values = dict(row._mapping)
    values["outlets"] = tuple(values["outlets"])
    values["origins"] = tuple(values["origins"])
    return Story(**values)


def sharing(stories: Iterable[Story]) -> tuple[Story, ...]:
    """The same stories, in which equal strings are one object.

    Stories of a topic speak of the same things: without this each keeps a copy of every word of
    it, and takes half as much memory again.
    """
    known: dict[str, str] = {}

    def shared(value: Any) -> Any:
        if isinstance(value, str):
            return known.setdefault(value, value)
        if isinstance(value, list):
            return [shared(one) for one in value]
        if isinstance(value, dict):
            return {shared(key): shared(one) for key, one in value.items()}
        return value

    return tuple(replace(story, memory=shared(story.memory)) for story in stories)


def story_values(story: Story) -> dict[str, Any]:
    """The row of `stories` for it."""
    values = {column.name: getattr(story, column.name) for column in STORY}
    values["outlets"] = list(story.outlets)
    values["origins"] = list(story.origins)
    values["memory"] = dict(story.memory)
    return values


def visit(row: Row[Any]) -> Visit:
    """From the columns of VISIT."""
    return Visit(**row._mapping)


def visit_values(visit: Visit) -> dict[str, Any]:
    """The row of `visits` for it, without its lease."""
    return {column.name: getattr(visit, column.name) for column in VISIT}


def delivery(row: Row[Any]) -> Delivery:
    """From the columns of DELIVERY."""
    values = dict(row._mapping)
    values["state"] = DeliveryState(values["state"])
    values["hold"] = Hold(values["hold"])
    return Delivery(**values)


def delivery_values(delivery: Delivery) -> dict[str, Any]:
    """The row of `deliveries` for it; the database gives the id."""
    values = {column.name: getattr(delivery, column.name) for column in DELIVERY[1:]}
    return values | {"state": delivery.state.value, "hold": delivery.hold.value}


def silence(row: Row[Any]) -> Silence:
    """From the columns of SILENCE."""
    return Silence(**row._mapping)


def silence_values(silence: Silence) -> dict[str, Any]:
    """The row of `silences` for it; the database gives the id."""
    return {column.name: getattr(silence, column.name) for column in SILENCE[1:]}


def alert(payload: Any) -> Alert:
    """From the JSON of `alert_payload`."""
    return _ALERT.validate_python(payload)


def alert_payload(alert: Alert) -> Any:
    """The alert as plain JSON."""
    return _ALERT.dump_python(alert, mode="json")


def ledger_row(row: Row[Any]) -> LedgerRow:
    """From the columns of LEDGER."""
    values = dict(row._mapping)
    values["spans"] = _SPANS.validate_python(values["spans"])
    for name in ("new_facts", "known_facts", "gone_facts"):
        said = map(sentence, _FACTS.validate_python(values[name]))
        values[name] = tuple(dict.fromkeys(said))  # several facts may stand in one sentence
    return LedgerRow(**values)


def decision_values(decision: Decision) -> dict[str, Any]:
    """The part of a ledger row that the decision itself brings."""
    story = decision.story
    return {
        "article": decision.article,
        "topic": decision.topic or None,
        "verdict": decision.verdict.value,
        "kind": decision.kind.value,
        "stage": decision.stage,
        "rule": decision.rule,
        "why": decision.why,
        "relevance": decision.relevance.value,
        "spans": _SPANS.dump_python(decision.spans, mode="json"),
        "story": story.id if story else None,
        "story_title": story.title if story else None,
        "nearest": decision.nearest,
        "score": decision.score,
        "new_facts": _FACTS.dump_python(decision.new_facts, mode="json"),
        "known_facts": _FACTS.dump_python(decision.known_facts, mode="json"),
        "gone_facts": _FACTS.dump_python(decision.gone_facts, mode="json"),
        "needs": decision.needs,
    }


def sentence(fact: Fact) -> str:
    """A fact for people: the words it was read from, or else its parts."""
    if fact.text:
        return fact.text
    parts = (fact.actor, fact.act, fact.object, fact.place, fact.date, fact.number, fact.unit)
    said = (part for part in parts if part not in (None, ""))
    return " ".join(f"{part:g}" if isinstance(part, float) else str(part) for part in said)
