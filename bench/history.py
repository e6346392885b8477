"""A store with a long past: rows of the real schema, made by the database itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from monitor.store import Store

_TEXT = "A quiet report on a harbour, a market and the weather of the week, told at some length. "
_ENTRY = "SELECT i, printf('%08x%08x', i * 2654435761 % 4294967296, i) AS a FROM n"
_FILL = (
    "INSERT INTO articles (id, latest) SELECT a, 0 FROM e",
    "INSERT INTO entries (source, key, content_hash, article, first_seen, gone)"
    " SELECT 'old-' || (i % 500), 'g:' || a, a, a, {at}, CASE WHEN i % 20 THEN {at} END FROM e",
    "INSERT INTO article_keys (key, article) SELECT 'g:' || a, a FROM e"
    " UNION ALL SELECT 'u:https://example.org/' || a, a FROM e",
    "INSERT INTO revisions (article, revision, title, seen, summary, url, source, outlet, full)"
    " SELECT a, 0, 'Harbour report ' || i, {at}, '', 'https://example.org/' || a,"
    " 'old-' || (i % 500), 'Post', 0 FROM e",
    "INSERT INTO bodies (article, revision, seen, body) SELECT a, 0, {at}, '{text}' FROM e",
    "INSERT INTO ledger (at, article, revision, title, words, source, topic, verdict, kind, stage,"
    " rule, why, relevance, spans, score, new_facts, known_facts, gone_facts, needs)"
    " SELECT {at}, a, 0, 'Harbour report ' || i, 'harbour report ' || i, 'old-' || (i % 500),"
    " CASE WHEN i % 30 THEN NULL ELSE 'liaison-office' END, 'silent', 'off topic', 'judge',"
    " 'off-topic', 'It names nothing that is watched.', 'off topic', '[]', 0, '[]', '[]', '[]', ''"
    " FROM e",
    "INSERT INTO article_topics (article, topic, story, seen)"
    " SELECT a, 'liaison-office', 'old-' || (i / 300), {at} FROM e WHERE i % 30 = 0",
    "INSERT INTO stories (id, topic, title, opened, updated, articles, outlets, origins, memory)"
    " SELECT 'old-' || (i / 300), 'liaison-office', 'Harbour report', {at}, {at}, 10, '[]', '[]',"
    " '{{}}' FROM e WHERE i % 300 = 0",
)


def fill(path: Path, count: int, before: int) -> None:
    """Add `count` old entries with their articles, keys, texts, ledger rows and, one in thirty,
    a link to an old story of the default topic. All are from long before `before`, a Unix time.

    Straight into the file that `Store` made, since only the rows matter here: each as the service
    writes it, so that every index is as large as it would be.
    """
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as db:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -300000"):
            db.execute(f"PRAGMA {pragma}")
        made = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL"
        indexes = db.execute(made).fetchall()
        for name, _ in indexes:
            db.execute(f"DROP INDEX {name}")
        db.execute(
            "CREATE TEMP TABLE e AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL"
            f" SELECT i + 1 FROM n WHERE i < {count}) {_ENTRY} ORDER BY a"
        )
        at = f"datetime({before - 400 * 86400} + i * 10, 'unixepoch') || '.000000'"
        for statement in _FILL:
            db.execute(statement.format(at=at, text=_TEXT))
        for _, sql in indexes:
            db.execute(sql)
        db.commit()
        db.execute("PRAGMA journal_mode = WAL")
