"""What is asked of the store, inside and outside of a unit."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, func, literal, select

from monitor.models import (
    Alert,
    Article,
    Delivery,
    DeliveryState,
    LedgerRow,
    Move,
    PastStory,
    SourceState,
    Story,
    Verdict,
)
from monitor.store import rows
from monitor.store import tables as t
from monitor.store.ready import Ready
from monitor.store.records import CardChange, Counts, KnownEntry

_FEW = 5  # keys that are found sooner one by one
ID = "id:"  # begins a key that is an article's own id
_BATCH = 10_000  # SQLite takes 32,766 values in one statement
_SERVED = Ready(
    select(t.entries.c.key, t.entries.c.content_hash, t.entries.c.article).where(
        t.entries.c.source == bindparam("of"), t.entries.c.gone.is_(None)
    )
)
_SERVED_KEYS = Ready(
    select(t.entries.c.key).where(t.entries.c.source == bindparam("of"), t.entries.c.gone.is_(None))
)
# One key at a time: a list of them would be another statement for each length.
_KNOWN = Ready(
    select(t.entries.c.content_hash, t.entries.c.article).where(
        t.entries.c.source == bindparam("of"), t.entries.c.key == bindparam("key")
    )
)
_LEADS_TO = Ready(select(t.article_keys.c.article).where(t.article_keys.c.key == bindparam("key")))
_THERE = Ready(select(t.articles.c.id).where(t.articles.c.id == bindparam("key")))


def folded(text: str) -> str:
    """The text as titles are searched: compatibility forms, case and white space made one."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def source_states(conn: Connection) -> tuple[SourceState, ...]:
    """The configured sources, by id."""
    s = t.sources.c
    found = conn.execute(select(*rows.SOURCE_STATE).where(s.configured).order_by(s.id))
    return tuple(rows.source_state(row) for row in found)


def source_state(conn: Connection, id_: str) -> SourceState | None:
    """One source, configured or not."""
    row = conn.execute(select(*rows.SOURCE_STATE).where(t.sources.c.id == id_)).one_or_none()
    return rows.source_state(row) if row else None


def counts(conn: Connection, database_bytes: int) -> Counts:
    """Rows of each table and deliveries of each state."""

    def rows_of(table: Any) -> int:
        return conn.execute(select(func.count()).select_from(table)).scalar_one()

    d = t.deliveries.c
    states: dict[str, int] = dict(
        conn.execute(select(d.state, func.count()).group_by(d.state)).all()
    )
    return Counts(
        sources=rows_of(t.sources),
        articles=rows_of(t.articles),
        entries=rows_of(t.entries),
        stories=rows_of(t.stories),
        alerts=rows_of(t.alerts),
        ledger=rows_of(t.ledger),
        deliveries={state: states.get(state.value, 0) for state in DeliveryState},
        database_bytes=database_bytes,
    )


def batches(keys: Iterable[str]) -> Iterator[list[str]]:
    """The keys in parts that one statement can take."""
    rest = iter(keys)
    while part := list(islice(rest, _BATCH)):
        yield part


def known_entries(conn: Connection, source: str, keys: Collection[str]) -> dict[str, KnownEntry]:
    """Those of the keys that the source has served before."""
    held = served(conn, source) if len(keys) > _FEW else {}
    found = {key: held[key] for key in keys if key in held}
    for key in keys:
        if key not in held:
            for known in _KNOWN.rows(conn, {"of": source, "key": key}):
                found[key] = KnownEntry(*known)
    return found


def served(conn: Connection, source: str) -> dict[str, KnownEntry]:
    """The entries that the source's last document held, by their keys."""
    return {key: KnownEntry(*known) for key, *known in _SERVED.rows(conn, {"of": source})}


def served_keys(conn: Connection, source: str) -> set[str]:
    """The keys of the entries that the source's last document held."""
    return {key for (key,) in _SERVED_KEYS.rows(conn, {"of": source})}


def articles_of(conn: Connection, keys: Iterable[str]) -> set[str]:
    """The ids of the articles that any of the keys lead to."""
    return {article for key in keys for (article,) in _LEADS_TO.rows(conn, {"key": key})}


def find_article(conn: Connection, keys: Sequence[str]) -> Article | None:
    """The latest revision of the article that the first known key leads to."""
    for key in keys:
        leads = _THERE if key.startswith(ID) else _LEADS_TO
        for (article,) in leads.rows(conn, {"key": key.removeprefix(ID)}):
            return rows.article(conn.execute(_latest_of(), {"of": article}).one())
    return None


def revisions(conn: Connection, article: str) -> tuple[Article, ...]:
    """All revisions of one article, in their order."""
    r = t.revisions.c
    query = rows.article_rows().where(r.article == article).order_by(r.revision)
    return tuple(rows.article(row) for row in conn.execute(query))


def story_articles(conn: Connection, story: str, limit: int | None = None) -> tuple[Article, ...]:
    """The latest revisions of the story's articles, the last seen first."""
    link = t.article_topics.c
    query = _latest().join(t.article_topics, link.article == t.articles.c.id)
    query = query.where(link.story == story).order_by(link.seen.desc(), link.article.desc())
    query = query.limit(limit)
    return tuple(rows.article(row) for row in conn.execute(query))


def stories(conn: Connection, topic: str | None, limit: int) -> tuple[Story, ...]:
    """The stories updated last."""
    s = t.stories.c
    query = select(*rows.STORY).order_by(s.updated.desc(), s.id).limit(limit)
    if topic is not None:
        query = query.where(s.topic == topic)
    return tuple(rows.story(row) for row in conn.execute(query))


def story(conn: Connection, id_: str) -> Story | None:
    """One story."""
    row = conn.execute(select(*rows.STORY).where(t.stories.c.id == id_)).one_or_none()
    return rows.story(row) if row else None


def past_stories(conn: Connection, topic: str, before: datetime) -> tuple[PastStory, ...]:
    """What is left of stories that were last updated before then, if anything is."""
    s = t.stories.c
    old = (s.topic == topic, s.updated < before, s.imprints != "")
    return tuple(PastStory(*row) for row in conn.execute(select(*rows.PAST_STORY).where(*old)))


def card(conn: Connection, topic: str) -> dict[str, str]:
    """Attribute → value, by attribute."""
    c = t.cards.c
    query = select(c.attribute, c.value).where(c.topic == topic).order_by(c.attribute)
    return dict(conn.execute(query).all())


def card_history(conn: Connection, topic: str) -> tuple[CardChange, ...]:
    """The moves of one topic's card, in their order."""
    m = t.card_moves.c
    found = conn.execute(select(t.card_moves).where(m.topic == topic).order_by(m.id))
    return tuple(
        CardChange(row.at, row.article, Move(row.attribute, row.label, row.was, row.now, row.back))
        for row in found
    )


def alerts(
    conn: Connection, limit: int, topic: str | None, story: str | None, before: str | None
) -> tuple[Alert, ...]:
    """The alerts made last, or last before another."""
    a = t.alerts.c
    query = select(a.payload).order_by(a.number.desc()).limit(limit)
    if topic is not None:
        query = query.where(a.topic == topic)
    if story is not None:
        query = query.where(a.story == story)
    if before is not None:
        query = query.where(a.number < select(a.number).where(a.id == before).scalar_subquery())
    return tuple(rows.alert(payload) for payload in conn.execute(query).scalars())


def alert(conn: Connection, id_: str) -> Alert | None:
    """One alert."""
    payload = conn.execute(select(t.alerts.c.payload).where(t.alerts.c.id == id_)).scalar()
    return rows.alert(payload) if payload else None


def deliveries(conn: Connection, state: DeliveryState | None, limit: int) -> tuple[Delivery, ...]:
    """The deliveries made last."""
    d = t.deliveries.c
    query = select(*rows.DELIVERY).order_by(d.id.desc()).limit(limit)
    if state is not None:
        query = query.where(d.state == state.value)
    return tuple(rows.delivery(row) for row in conn.execute(query))


def reference(conn: Connection, alert: str, channel: str, recipient: str) -> str | None:
    """What the channel's server called the message."""
    d = t.deliveries.c
    same = (d.alert == alert, d.channel == channel, d.recipient == recipient)
    return conn.execute(select(d.reference).where(*same)).scalar()


def ledger(
    conn: Connection, limit: int, verdict: str | None, topic: str | None
) -> tuple[LedgerRow, ...]:
    """The decisions made last."""
    query = _ledger(limit)
    if verdict is not None:
        query = query.where(t.ledger.c.verdict == verdict)
    if topic is not None:
        query = query.where(t.ledger.c.topic == topic)
    return tuple(rows.ledger_row(row) for row in conn.execute(query))


def untold(conn: Connection, topic: str, limit: int) -> tuple[LedgerRow, ...]:
    """The topic's decisions for the digest that no alert has told yet, the oldest first."""
    row = t.ledger.c
    waiting = (row.topic == topic, row.verdict == Verdict.DIGEST.value, row.alert.is_(None))
    query = select(*rows.LEDGER).where(*waiting).order_by(row.id).limit(limit)
    return tuple(rows.ledger_row(found) for found in conn.execute(query))


def why(conn: Connection, keys: Sequence[str], text: str, limit: int) -> tuple[LedgerRow, ...]:
    """The decisions on one article by key or id, or on all with these words in the title."""
    row, k = t.ledger.c, t.article_keys.c
    by_key = row.article.in_(select(k.article).where(k.key.in_(keys)))
    words = folded(text).split()
    by_title = and_(literal(bool(words)), *(row.words.contains(w, autoescape=True) for w in words))
    for found in (by_key, row.article == text, by_title):
        if hits := conn.execute(_ledger(limit).where(found)).all():
            return tuple(rows.ledger_row(hit) for hit in hits)
    return ()


def damage(conn: Connection) -> list[str]:
    """What is wrong with the file, the first twenty faults, and what points at nothing."""
    found = conn.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
    broken = conn.exec_driver_sql("PRAGMA foreign_key_check").all()
    lines = [line for line in found if line != "ok"]
    return lines + [f"{row[0]} row {row[1]} points at nothing in {row[2]}" for row in broken]


def _ledger(limit: int) -> Select[Any]:
    return select(*rows.LEDGER).order_by(t.ledger.c.id.desc()).limit(limit)


@cache
def _latest_of() -> Select[Any]:
    return _latest().where(t.articles.c.id == bindparam("of"))


def _latest() -> Select[Any]:
    r, a = t.revisions.c, t.articles.c
    return rows.article_rows().join(t.articles, (a.id == r.article) & (a.latest == r.revision))
