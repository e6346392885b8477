"""The first shape of the database, as released: never changed, whatever tables.py becomes."""

from alembic import op
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

revision = "0001"
down_revision = None

Utc = DateTime(timezone=True)
Json = JSON()
Serial = BigInteger().with_variant(Integer(), "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Table("about", metadata, Column("program", Text, primary_key=True))

Table(
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

Table(
    "rhythms",
    metadata,
    Column("source", Text, primary_key=True),
    Column("learned", Json, nullable=False),
)

Table(
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

Table(
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

Table(
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

Table(
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

Table(
    "articles",
    metadata,
    Column("id", Text, primary_key=True),
    Column("latest", Integer, nullable=False),
)

Table(
    "article_keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("article", Text, ForeignKey("articles.id"), nullable=False),
    Index(None, "article"),
)

Table(
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

Table(
    "visits",
    metadata,
    Column("id", Text, primary_key=True),
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

Table(
    "bodies",
    metadata,
    Column("article", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("seen", Utc, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "seen"),
)

Table(
    "article_topics",
    metadata,
    Column("article", Text, primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("story", Text),
    Index(None, "story"),
)

Table(
    "topics",
    metadata,
    Column("topic", Text, primary_key=True),
    Column("version", Integer, nullable=False),
)

Table(
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
    Column("memory", Json, nullable=False),
    Index(None, "topic", "updated"),
    Index(None, "updated"),
)

Table(
    "cards",
    metadata,
    Column("topic", Text, primary_key=True),
    Column("attribute", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

Table(
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

Table(
    "ledger",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("article", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("words", Text, nullable=False),
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

Table(
    "alerts",
    metadata,
    Column("number", Serial, primary_key=True),
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

Table(
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
    Column("changed", Utc, nullable=False),
    Column("lease_owner", Text),
    Column("lease_until", Utc),
    Column("hold", Text, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("message", BigInteger),
    UniqueConstraint("alert", "channel", "recipient"),
    Index(None, "state", "next_try"),
    Index(None, "state", "changed"),
    Index(None, "channel", "recipient", "state"),
    sqlite_autoincrement=True,
)


def upgrade() -> None:
    """Make every table."""
    metadata.create_all(op.get_bind())
