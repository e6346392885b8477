"""The tables. Portable between SQLite and PostgreSQL: no SQL of one database alone.

`SCHEMA` is the newest migration this program knows; a test holds both to the same shape.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from monitor.store.utc import Utc

SCHEMA = 3
VERSION_TABLE = "monitor_schema"

Json = JSON()  # not JSONB, which forgets the order of keys: what is read back must be the same
Serial = BigInteger().with_variant(Integer(), "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# One row: which program wrote the file last, to be named when an older one meets it.
about = Table("about", metadata, Column("program", Text, primary_key=True))

sources = Table(
    "sources",
    metadata,
    Column("id", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("next_due", Utc, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", Text),
    Column("baseline_done", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("last_error", Text),
    Column("last_polled", Utc),
    Column("last_success", Utc),
    Column("last_full", Utc),
    Column("last_new", Utc),
    Column("entries", Integer, nullable=False),
    Column("relevant", Integer, nullable=False),
    Column("moved_to", Text),
    Column("moved_seen", Integer, nullable=False),
    Column("trouble", Text),
    Column("cause", Text),
    Column("since", Utc),
    Column("flaw", Text),
    Column("usual", Integer, nullable=False),
    Column("lies", Integer, nullable=False),
    Column("configured", Boolean, nullable=False),
    Column("summarised", Boolean, nullable=False),
    Column("lease_owner", Text),
    Column("lease_until", Utc),
    Index(None, "next_due"),
    Index(None, "last_polled"),
    Index(None, "trouble"),
)

# When each source publishes, as sources/rhythm.py wrote it.
rhythms = Table(
    "rhythms",
    metadata,
    Column("source", Text, primary_key=True),
    Column("learned", Json, nullable=False),
)

# What was last said of a source's health, "" for all sources together: said once, not again.
health = Table(
    "health",
    metadata,
    Column("source", Text, primary_key=True),
    Column("broken", Boolean, nullable=False),
    Column("at", Utc, nullable=False),
    Column("times", Integer, nullable=False),
    Column("trouble", Text),
    Column("cause", Text, nullable=False),
    Column("since", Utc),
    Index(None, "broken"),
)

# `owed` is true while the notice of an event is still to be written; source NULL is all of them.
health_events = Table(
    "health_events",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("source", Text),
    Column("what", Text, nullable=False),
    Column("trouble", Text),
    Column("cause", Text, nullable=False),
    Column("since", Utc),
    Column("owed", Boolean, nullable=False),
    Column("alert", Text),
    Index(None, "at"),
    Index(None, "source", "id"),
    Index(None, "owed"),
)

# Hubs that were asked to call when a source has news (WebSub); `token` ends the address they call.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("token", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("hub", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("base", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("next_try", Utc, nullable=False),
    Column("until", Utc),
    Column("failures", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Index(None, "source"),
)

# `gone` is when the entry was first missing from its source's document, NULL while it is served:
# so a poll writes only what changed, and retention sees what must stay.
entries = Table(
    "entries",
    metadata,
    Column("source", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("content_hash", Text, nullable=False),
    Column("article", Text, nullable=False),
    Column("first_seen", Utc, nullable=False),
    Column("gone", Utc),
    Index(None, "source", "gone"),
    Index(None, "gone"),
    Index(None, "article", "gone"),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Text, primary_key=True),
    Column("latest", Integer, nullable=False),
)

article_keys = Table(
    "article_keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("article", Text, ForeignKey("articles.id"), nullable=False),
    Index(None, "article"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("article", Text, ForeignKey("articles.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("seen", Utc, nullable=False),
    Column("summary", Text, nullable=False),
    Column("url", Text),
    Column("source", Text),
    Column("outlet", Text),
    Column("family", Text),
    Column("lang", Text),
    Column("published", Utc),
    Column("full", Boolean, nullable=False),
)

# The pages of articles: when each is looked at next, NULL when its schedule is over.
visits = Table(
    "visits",
    metadata,
    Column("id", Text, primary_key=True),  # the article's
    Column("source", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("since", Utc, nullable=False),
    Column("due", Utc),
    Column("failures", Integer, nullable=False),
    Column("quiet", Boolean, nullable=False),
    Column("title", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", Text),
    Column("read", Utc),
    Column("modified", Utc),
    Column("author", Text),
    Column("note", Text),
    Column("lease_owner", Text),
    Column("lease_until", Utc),
    Index(None, "due"),
    Index(None, "since"),
    Index(None, "source", "since"),
)

# The long part of a revision stands apart: retention deletes it here and needs no long scan.
bodies = Table(
    "bodies",
    metadata,
    Column("article", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("seen", Utc, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "seen"),
)

# `seen` is of the revision decided on last: the newest of a story are found without a sort.
article_topics = Table(
    "article_topics",
    metadata,
    Column("article", Text, primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("story", Text),
    Column("seen", Utc, nullable=False),
    Index(None, "story", "seen", "article"),
)

topics = Table(
    "topics",
    metadata,
    Column("topic", Text, primary_key=True),
    Column("version", Integer, nullable=False),
)

stories = Table(
    "stories",
    metadata,
    Column("id", Text, primary_key=True),
    Column("topic", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("opened", Utc, nullable=False),
    Column("updated", Utc, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("outlets", Json, nullable=False),
    Column("origins", Json, nullable=False),
    # Read without the memory behind it, which fills many pages.
    Column("imprints", Text, nullable=False, server_default=""),
    Column("memory", Json, nullable=False),
    Index(None, "topic", "updated"),
    Index(None, "updated"),
)

cards = Table(
    "cards",
    metadata,
    Column("topic", Text, primary_key=True),
    Column("attribute", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

card_moves = Table(
    "card_moves",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("topic", Text, nullable=False),
    Column("attribute", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("was", Text),
    Column("now", Text, nullable=False),
    Column("back", Boolean, nullable=False),
    Column("article", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Index(None, "topic", "id"),
)

# Complete in itself: a row explains its decision even when the article's text is long pruned.
ledger = Table(
    "ledger",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("article", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("words", Text, nullable=False),  # the title case-folded, for search
    Column("url", Text),
    Column("source", Text),
    Column("outlet", Text),
    Column("topic", Text),
    Column("verdict", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("relevance", Text, nullable=False),
    Column("spans", Json, nullable=False),
    Column("story", Text),
    Column("story_title", Text),
    Column("nearest", Text),
    Column("score", Float, nullable=False),
    Column("new_facts", Json, nullable=False),
    Column("known_facts", Json, nullable=False),
    Column("gone_facts", Json, nullable=False),
    Column("needs", Text, nullable=False),
    Column("alert", Text),
    Index(None, "at"),
    Index(None, "article"),
    Index(None, "topic", "id"),
    Index(None, "verdict", "id"),
    Index(None, "topic", "verdict", "alert"),
)

alerts = Table(
    "alerts",
    metadata,
    Column("number", Serial, primary_key=True),  # the order of making
    Column("id", Text, nullable=False, unique=True),
    Column("created", Utc, nullable=False),
    Column("topic", Text),
    Column("story", Text),
    Column("payload", Json, nullable=False),
    Column("silence", BigInteger),
    Index(None, "topic", "number"),
    Index(None, "story", "number"),
    Index(None, "silence"),
)

# A silence that has ended is `told` once what it kept back was listed.
silences = Table(
    "silences",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("created", Utc, nullable=False),
    Column("until", Utc, nullable=False),
    Column("reason", Text, nullable=False),
    Column("topic", Text),
    Column("story", Text),
    Column("words", Text, nullable=False),
    Column("told", Boolean, nullable=False),
    Index(None, "told", "until"),
)

acknowledged = Table(
    "acknowledged",
    metadata,
    Column("alert", Text, ForeignKey("alerts.id"), primary_key=True),
    Column("at", Utc, nullable=False),
    Column("who", Text, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("alert", Text, ForeignKey("alerts.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("created", Utc, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("ambiguous", Integer, nullable=False),
    Column("next_try", Utc),
    Column("last_error", Text),
    Column("sent", Utc),
    Column("reference", Text),
    Column("changed", Utc, nullable=False),  # last record; in the future after a clock step back
    Column("lease_owner", Text),
    Column("lease_until", Utc),
    Column("hold", Text, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("message", BigInteger),
    UniqueConstraint("alert", "channel", "recipient"),
    Index(None, "state", "next_try"),
    Index(None, "state", "changed"),
    Index(None, "channel", "recipient", "state"),
    sqlite_autoincrement=True,  # an id is never given twice
)
