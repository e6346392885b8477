"""The JSON of an alert for programs: what `signed+https://` posts. Its schema is docs/webhook.md.

New keys may be added; a key that is there keeps its name and meaning.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from monitor.alerts.language import Words
from monitor.alerts.lead import lead
from monitor.alerts.text import safe_text, safe_url
from monitor.models import Alert, Fact

_LONGEST = 20_000  # characters of one text


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Moved(_Part):
    """One attribute of the topic's state card."""

    attribute: str = Field(description="its id in the topic pack")
    label: str
    was: str | None = Field(description="null where nothing was known")
    now: str
    back: bool = Field(description="an earlier move taken back")


class Stated(_Part):
    """A statement, language-neutral: ids are those of the lexicons and the topic pack."""

    act: str | None
    actor: str | None
    object: str | None
    place: str | None
    date: str | None = Field(description="ISO day")
    number: float | None
    unit: str | None
    positive: bool
    modality: str = Field(description="done, planned, threatened, ordered, proposed, denied, ...")
    text: str = Field(description="the article's own words")
    told_by: str = Field(description="who told it first, of a known fact")


class Changed(_Part):
    """A run of words in the diff of an edit."""

    op: Literal["same", "added", "removed"]
    text: str


class Side(_Part):
    """One value of a contested fact, and the origins that give it."""

    value: str
    origins: tuple[str, ...]


class Contest(_Part):
    """A fact for which origins give different values."""

    about: str
    sides: tuple[Side, ...]


class Cited(_Part):
    """An article that says so, the one that brought the news first."""

    outlet: str
    title: str = Field(description="as published")
    url: str | None = Field(description="http or https")
    lang: str | None
    published: datetime | None


class Event(_Part):
    """One alert, or one message of the service about itself."""

    version: Literal[1] = 1
    id: str = Field(description="the same for every copy: take an id once")
    kind: str = Field(
        description="new story, new fact, correction, retraction, factual edit; confirmed; "
        "digest, together, summary, notice"
    )
    created: datetime
    lead: str = Field(description="what is new, in one sentence")
    headline: str = Field(description="as published")
    major: bool = Field(description="the state card moved")
    topic: str | None
    topic_title: str
    story: str | None
    root: str | None = Field(description="the first alert of the story; null or id: it is this one")
    text: str = Field(description="the article's lead, or a notice's lines")
    moves: tuple[Moved, ...]
    new_facts: tuple[Stated, ...]
    known_facts: tuple[Stated, ...]
    gone_facts: tuple[str, ...] = Field(description="what an edit took out")
    contested: tuple[Contest, ...]
    diff: tuple[Changed, ...]
    articles: tuple[Cited, ...]
    outlets: int
    origins: int = Field(description="independent origins behind the outlets")
    origin_names: tuple[str, ...]
    confirmed_by: str | None = Field(description="the second origin, of kind confirmed")
    why: str
    page: str | None = Field(description="the story on the status page")


def event(alert: Alert, words: Words, page: str | None) -> Event:
    """`alert` for programs: every text printable, every link http(s) or null."""
    given = {each: getattr(alert, each) for each in ("created", "major", "outlets", "origins")}
    return Event(
        **given,
        id=_safe(alert.id),
        kind=_safe(alert.kind),
        lead=_safe(lead(alert, words)),
        headline=_safe(alert.headline),
        topic=_safe_or_none(alert.topic),
        topic_title=_safe(alert.topic_title),
        story=_safe_or_none(alert.story),
        root=_safe_or_none(alert.root),
        text=safe_text(alert.text, _LONGEST, lines=True),
        moves=tuple(
            Moved(
                attribute=_safe(m.attribute),
                label=_safe(m.label),
                was=_safe_or_none(m.was),
                now=_safe(m.now),
                back=m.back,
            )
            for m in alert.moves
        ),
        new_facts=tuple(map(_stated, alert.facts)),
        known_facts=tuple(map(_stated, alert.known_facts)),
        gone_facts=tuple(map(_safe, alert.gone_facts)),
        contested=tuple(
            Contest(
                about=_safe(each.about),
                sides=tuple(
                    Side(value=_safe(s.value), origins=tuple(map(_safe, s.origins)))
                    for s in each.stances
                ),
            )
            for each in alert.contested
        ),
        diff=tuple(Changed.model_validate({"op": d.op, "text": _safe(d.text)}) for d in alert.diff),
        articles=tuple(
            Cited(
                outlet=_safe(c.outlet),
                title=_safe(c.title),
                url=safe_url(c.url),
                lang=_safe_or_none(c.lang),
                published=c.published,
            )
            for c in alert.citations
        ),
        origin_names=tuple(map(_safe, alert.origin_names)),
        confirmed_by=_safe(alert.confirmed_by) or None,
        why=_safe(alert.why),
        page=f"{page.rstrip('/')}/stories/{_safe(alert.story)}" if page and alert.story else None,
    )


def event_schema() -> dict[str, Any]:
    """The JSON Schema of an event, shipped as config/schema/webhook.json."""
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, **Event.model_json_schema(mode="serialization")}


def _stated(fact: Fact) -> Stated:
    ids = {
        name: _safe_or_none(getattr(fact, name))
        for name in ("act", "actor", "object", "place", "date", "unit")
    }
    return Stated(
        **ids,
        number=fact.number,
        positive=fact.positive,
        modality=fact.modality.value,
        text=_safe(fact.text),
        told_by=_safe(fact.told_by),
    )


def _safe(text: str) -> str:
    return safe_text(text, _LONGEST)


def _safe_or_none(text: str | None) -> str | None:
    return None if text is None else _safe(text)
