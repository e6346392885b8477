"""One unit of work: everything in it is kept, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, select, update

from monitor.models import (
    UNTIL_READ,
    Article,
    Decision,
    LedgerRow,
    Move,
    PastStory,
    Silence,
    SourceState,
    Story,
    Verdict,
)
from monitor.store import claims, reads, retention, rows
from monitor.store import tables as t
from monitor.store.health import HealthWork
from monitor.store.hubs import HubWork
from monitor.store.outbox import OutboxWork
from monitor.store.ready import Ready, insert_into, put_into
from monitor.store.records import KnownEntry
from monitor.store.visits import VisitWork

_NEW_SOURCE = {"configured": True, "summarised": False}


class Unit(HealthWork, HubWork, OutboxWork, VisitWork):
    """The work of one transaction; made by `Store.writing` alone.

    Times are aware UTC datetimes. Reads see what the unit has written so far.
    """

    def __init__(self, connection: Connection) -> None:
        self._conn = connection

    # --- sources ---------------------------------------------------------------------------------

    def sync_sources(self, sources: Iterable[tuple[str, str]], now: datetime) -> None:
        """Make (id, url) the configured sources.

        A new one is due at once. A changed url keeps the state without validators and body hash.
        One that is no longer named is kept and not claimed; when it comes back it is due at once
        and its first poll is a baseline again.
        """
        wanted = dict(sources)
        s = t.sources.c
        known = {row.id: row for row in self._conn.execute(select(s.id, s.url, s.configured))}
        for id_, url in wanted.items():
            if id_ not in known:
                values = rows.source_values(SourceState(id_, url, now)) | _NEW_SOURCE
                self._conn.execute(t.sources.insert(), values)
                continue
            changes: dict[str, Any] = {}
            if known[id_].url != url:
                fresh: dict[str, Any] = {"etag": None, "last_modified": None, "body_hash": None}
                fresh |= {"moved_to": None, "moved_seen": 0}
                changes = {"url": url, "next_due": now, "last_polled": None} | fresh
            if not known[id_].configured:
                changes |= {"configured": True, "next_due": now, "last_polled": None}
            if changes:
                self._conn.execute(update(t.sources).where(s.id == id_).values(changes))
        away: dict[str, Any] = {"configured": False, "baseline_done": False, "summarised": False}
        away |= {"relevant": 0, **claims.FREE}
        for id_ in known.keys() - wanted.keys():
            self._conn.execute(update(t.sources).where(s.id == id_, s.configured).values(away))

    def claim_due(
        self, now: datetime, limit: int, owner: str, lease: timedelta
    ) -> tuple[SourceState, ...]:
        """Lease at most `limit` configured sources that are due, the longest waiting first."""
        found = claims.take_sources(self._conn, now, limit, owner, lease)
        return tuple(rows.source_state(row) for row in found)

    def release_leases(self, owner: str | None = None) -> int:
        """Free the leases of `owner` on sources, pages and deliveries; None frees all of them.

        At the start of a single service: what an earlier boot held. Gives the number freed.
        """
        return claims.release(self._conn, owner)

    def save_source(self, state: SourceState) -> None:
        """Remember the state and free the lease.

        When the url was changed by `sync_sources` meanwhile, the state is of the old address and
        only the lease is freed.
        """
        values = rows.source_values(state) | claims.FREE
        mine = {"which": state.id, "where": state.url}
        if not _SAVE_SOURCE.run(self._conn, values | mine):
            self._put(t.sources, values | _NEW_SOURCE, claims.FREE)

    def save_sources(self, states: Sequence[SourceState]) -> None:
        """As `save_source` for each, at a fraction of its cost."""
        values = [
            rows.source_values(state) | claims.FREE | {"which": state.id, "where": state.url}
            for state in states
        ]
        if states and _SAVE_SOURCE.run_for(self._conn, values) != len(states):
            for state in states:
                self.save_source(state)

    def catch_up(self, now: datetime) -> None:
        """After a restore: every source is due, and what it brings is listed instead of pushed.

        What was pushed since the backup cannot be told from what is really new (fault K3).
        """
        s = t.sources.c
        last = self._conn.execute(select(func.max(s.last_polled))).scalar()
        known = "that had read nothing yet" if last is None else f"of {last:%Y-%m-%d %H:%M} UTC"
        reason = f"The database was restored from a backup {known}."
        self._conn.execute(update(t.sources).where(s.configured).values(next_due=now))
        self.add_silence(Silence(0, now, UNTIL_READ, reason))

    def first_reads(self) -> tuple[SourceState, ...]:
        """The configured sources whose first poll was read and is in no summary yet."""
        s = t.sources.c
        owed = (s.configured, s.baseline_done, ~s.summarised)
        found = self._conn.execute(select(*rows.SOURCE_STATE).where(*owed).order_by(s.id))
        return tuple(rows.source_state(row) for row in found)

    def mark_summarised(self, sources: Collection[str]) -> None:
        """The first polls of these sources are in a summary."""
        for part in reads.batches(sources):
            these = update(t.sources).where(t.sources.c.id.in_(part))
            self._conn.execute(these.values(summarised=True))

    # --- entries and articles --------------------------------------------------------------------

    def known_entries(self, source: str, keys: Collection[str]) -> dict[str, KnownEntry]:
        """Those of the keys that this source has served before."""
        return reads.known_entries(self._conn, source, keys)

    def served(self, source: str) -> dict[str, KnownEntry]:
        """The entries that the source's document held when it was last stored, by their keys."""
        return reads.served(self._conn, source)

    def save_entry(
        self, source: str, key: str, content_hash: str, article: str, now: datetime
    ) -> None:
        """Remember one entry as served now, with the hash of its text and the article it is."""
        current = {"content_hash": content_hash, "article": article, "gone": None}
        values = {"source": source, "key": key, "first_seen": now} | current
        self._put(t.entries, values, current)

    def mark_served(self, source: str, keys: Collection[str], now: datetime) -> None:
        """The source's document now holds exactly these keys; the others left it.

        Retention keeps what is served. Only changes are written, so an unchanged list costs a read.
        """
        served, held = reads.served_keys(self._conn, source), set(keys)
        for gone, which in ((now, served - held), (None, held - served)):
            changed = [{"of": source, "which": key, "to": gone} for key in sorted(which)]
            if changed:
                _LEFT_OR_BACK.run_for(self._conn, changed)

    def find_article(self, keys: Sequence[str]) -> Article | None:
        """The latest revision of the article that the first known key leads to.

        A key `id:ARTICLE` is that article itself. `previous` and `story` are None. The body is
        empty once retention has taken it, title and summary stay.
        """
        return reads.find_article(self._conn, keys)

    def articles_of(self, keys: Iterable[str]) -> set[str]:
        """The ids of the articles that any of the keys lead to."""
        return reads.articles_of(self._conn, keys)

    def save_article(self, article: Article, keys: Sequence[str]) -> None:
        """Keep this revision as the latest of its article, and let the keys lead to it.

        A key that led to another article leads here from now on.
        """
        self._put(t.articles, {"id": article.id, "latest": article.revision})
        self._put(t.revisions, rows.revision_values(article))
        if article.body:
            which = {"article": article.id, "revision": article.revision}
            self._put(t.bodies, which | {"seen": article.seen, "body": article.body})
        else:
            _NO_BODY.run(self._conn, {"of": article.id, "in": article.revision})
        self._put(t.article_keys, [{"key": key, "article": article.id} for key in keys])

    def article_stories(self, article_id: str) -> dict[str, str]:
        """The story that the article was put in, by topic."""
        return dict(_ARTICLE_STORIES.rows(self._conn, {"of": article_id}))

    # --- topics, stories, the state card ---------------------------------------------------------

    def topic_version(self, topic: str) -> int:
        """A number that grows with every story saved and every move made on the topic."""
        return next((version for (version,) in _TOPIC_VERSION.rows(self._conn, {"of": topic})), 0)

    def told_since(self, topics: Collection[str], since: datetime) -> frozenset[str]:
        """Those of the topics of which a story was updated at `since` or later."""
        found: set[str] = set()
        for part in reads.batches(topics):
            found.update(self._conn.execute(_TOLD_SINCE, {"of": part, "since": since}).scalars())
        return frozenset(found)

    def stories_since(self, topic: str, since: datetime) -> tuple[Story, ...]:
        """The topic's stories updated at `since` or later, in the order of their opening.

        They are kept in memory for long, so equal strings in them are one object.
        """
        s = t.stories.c
        query = select(*rows.STORY).where(s.topic == topic, s.updated >= since)
        found = self._conn.execute(query.order_by(s.opened, s.id))
        return rows.sharing(rows.story(row) for row in found)

    def stories_before(self, topic: str, before: datetime) -> tuple[PastStory, ...]:
        """What is left of the topic's stories that were last updated before then.

        Their long memory is not read. Those too short to be known when they run again are left out.
        """
        return reads.past_stories(self._conn, topic, before)

    def story_articles(self, story: str, limit: int) -> tuple[Article, ...]:
        """The latest revisions of at most `limit` articles of the story, the last seen first."""
        return reads.story_articles(self._conn, story, limit)

    def save_story(self, story: Story) -> None:
        """Remember the story as it stands now."""
        self._put(t.stories, rows.story_values(story))
        self._bump(story.topic)

    def card(self, topic: str) -> dict[str, str]:
        """The topic's state card: attribute → value."""
        return reads.card(self._conn, topic)

    def card_moved(self, topic: str) -> dict[str, datetime]:
        """When each attribute of the topic's card moved last; what never moved is left out."""
        m = t.card_moves.c
        query = select(m.attribute, func.max(m.at)).where(m.topic == topic).group_by(m.attribute)
        return dict(self._conn.execute(query).all())

    def seed_card(self, topic: str, values: Mapping[str, str]) -> None:
        """Give a topic that nothing is remembered of the state it begins with."""
        if self.topic_version(topic):
            return
        for attribute, value in values.items():
            self._put(t.cards, {"topic": topic, "attribute": attribute, "value": value})
        self._bump(topic)

    def save_moves(self, topic: str, moves: Sequence[Move], article: str, at: datetime) -> None:
        """Move attributes of the state card and keep each move in its history."""
        for move in moves:
            entry = {"topic": topic, "attribute": move.attribute}
            self._put(t.cards, entry | {"value": move.now})
            moved = {"label": move.label, "was": move.was, "now": move.now, "back": move.back}
            brought = {"article": article, "at": at}
            self._conn.execute(t.card_moves.insert(), entry | moved | brought)
        if moves:
            self._bump(topic)

    def story_root(self, story_id: str) -> str | None:
        """The first alert of the story, under which its follow-ups thread."""
        a = t.alerts.c
        query = select(a.id).where(a.story == story_id).order_by(a.number).limit(1)
        return self._conn.execute(query).scalar()

    def save_decision(
        self, decision: Decision, article: Article, at: datetime, alert: str | None
    ) -> None:
        """Write the decision into the ledger and link the article to the topic and its story.

        `decision.topic == ""` stands for an entry that no topic matched: it has no link. A decision
        without a story leaves the article in the story it was in.
        """
        about = {
            "at": at,
            "revision": article.revision,
            "title": article.title,
            "words": reads.folded(article.title),
            "url": article.url,
            "source": article.source,
            "outlet": article.outlet,
            "alert": alert,
        }
        row = rows.decision_values(decision) | about
        insert_into(t.ledger, tuple(row)).run(self._conn, row)
        if decision.topic:
            story = decision.story.id if decision.story else None
            link = {"article": decision.article, "topic": decision.topic, "story": story}
            changed = ["story", "seen"] if story else ["seen"]
            self._put(t.article_topics, link | {"seen": article.seen}, changed)

    def with_untold(self, topics: Collection[str]) -> frozenset[str]:
        """Those of the topics that have decisions for the digest that no alert has told yet."""
        found: set[str] = set()
        for part in reads.batches(topics):
            found.update(self._conn.execute(_WITH_UNTOLD, {"of": part}).scalars())
        return frozenset(found)

    def untold(self, topic: str, limit: int) -> tuple[LedgerRow, ...]:
        """The topic's decisions for the digest that no alert has told yet, the oldest first."""
        return reads.untold(self._conn, topic, limit)

    def watching_since(self) -> datetime | None:
        """When the first decision that is remembered was made."""
        return self._conn.execute(select(func.min(t.ledger.c.at))).scalar()

    def mark_told(self, topic: str, told: Collection[LedgerRow], alert: str) -> None:
        """These rows of `untold` are in this alert."""
        row = t.ledger.c
        for one in told:
            same = (row.article == one.article, row.revision == one.revision, row.topic == topic)
            waiting = (row.verdict == Verdict.DIGEST.value, row.alert.is_(None))
            values = {"alert": alert}
            self._conn.execute(update(t.ledger).where(*same, *waiting).values(values))

    # --- retention -------------------------------------------------------------------------------

    def prune(self, now: datetime, keep: timedelta, limit: int) -> int:
        """Forget at most `limit` rows older than `keep`; 0 when nothing is left to forget.

        What a source still serves stays, and so do alerts, stories and the state card.
        """
        return retention.forget(self._conn, now - keep, limit)

    # --- one row ---------------------------------------------------------------------------------

    def _put(
        self,
        table: Table,
        values: dict[str, Any] | Sequence[dict[str, Any]],
        changes: Collection[str] | None = None,
        *unique: str,
    ) -> None:
        """Insert the row, or write its columns `changes` (default: all) into the one there.

        Several rows, all with the same columns, go together.
        """
        each = [values] if isinstance(values, dict) else values
        if not each:
            return
        key = unique or tuple(column.name for column in table.primary_key.columns)
        changed = [name for name in each[0] if name not in key] if changes is None else changes
        name = self._conn.dialect.name
        put = put_into(name, table, key, tuple(changed), tuple(each[0]))
        put.run_for(self._conn, each)

    def _bump(self, topic: str) -> None:
        if not _BUMP.run(self._conn, {"of": topic}):
            self._put(t.topics, {"topic": topic, "version": 1})


# Statements of every poll are made ready once: to make them costs more than to run them.
_LEFT_OR_BACK = Ready(
    update(t.entries)
    .where(t.entries.c.source == bindparam("of"), t.entries.c.key == bindparam("which"))
    .values(gone=bindparam("to"))
)
_SAVE_SOURCE = Ready(
    update(t.sources).where(
        t.sources.c.id == bindparam("which"), t.sources.c.url == bindparam("where")
    ),
    columns=(*rows.SOURCE_NAMES, *claims.FREE),
)
_NO_BODY = Ready(
    delete(t.bodies).where(
        t.bodies.c.article == bindparam("of"), t.bodies.c.revision == bindparam("in")
    )
)
_ARTICLE_STORIES = Ready(
    select(t.article_topics.c.topic, t.article_topics.c.story).where(
        t.article_topics.c.article == bindparam("of"), t.article_topics.c.story.is_not(None)
    )
)
_WITH_UNTOLD = (
    select(t.ledger.c.topic)
    .where(
        t.ledger.c.topic.in_(bindparam("of", expanding=True)),
        t.ledger.c.verdict == Verdict.DIGEST.value,
        t.ledger.c.alert.is_(None),
    )
    .distinct()
)
_TOLD_SINCE = (
    select(t.stories.c.topic)
    .where(
        t.stories.c.topic.in_(bindparam("of", expanding=True)),
        t.stories.c.updated >= bindparam("since"),
    )
    .distinct()
)
_TOPIC_VERSION = Ready(select(t.topics.c.version).where(t.topics.c.topic == bindparam("of")))
_BUMP = Ready(
    update(t.topics)
    .where(t.topics.c.topic == bindparam("of"))
    .values(version=t.topics.c.version + 1)
)
