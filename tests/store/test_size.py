"""F9 in small: what a poll or a delivery does costs the same however much is remembered."""

from __future__ import annotations

import contextlib
import re
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from monitor.store import Store
from tests.store.conftest import DAY, MINUTE, NOW, STORE_CALLS, UNIT_CALLS, fill

ROWS = 100_000
ONCE = {"sync_sources", "release_leases", "first_reads", "catch_up"}  # at the start of the service
# Tables of the sources that were ever in trouble, and of those that announce a hub.
SMALL = {"told_health", "health_told", "subscriptions"}
WHOLE = {"counts", "integrity", "backup"}  # look at everything, and say so
NUMBERS = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS})"
OLD = "'2025-01-01 00:00:00.000000'"
MANY = (
    f"""INSERT INTO entries SELECT 'feed' || i % 500, 'x' || i, 'h', 'x' || i, {OLD},
        CASE WHEN i % 50 THEN {OLD} END FROM n""",
    "INSERT INTO articles SELECT 'x' || i, 0 FROM n",
    "INSERT INTO article_keys SELECT 'x' || i, 'x' || i FROM n",
    f"""INSERT INTO revisions (article, revision, title, seen, summary, "full")
        SELECT 'x' || i, 0, 'Title', {OLD}, '', 1 FROM n""",
    f"""INSERT INTO bodies SELECT 'x' || i, 0, {OLD}, 'Text' FROM n""",
    f"""INSERT INTO visits (id, source, url, host, since, failures, quiet, title, due, read)
        SELECT 'x' || i, 'feed' || i % 500, '', 'h' || i % 500, {OLD}, 0, 0, '',
        CASE WHEN i % 10 = 0 THEN '2026-03-02 00:00:00.000000' END, {OLD} FROM n""",
    f"INSERT INTO article_topics SELECT 'x' || i, 'bridges', 'x' || i % 1000, {OLD} FROM n",
    f"""INSERT INTO ledger (at, article, revision, title, words, topic, verdict, kind, stage, rule,
        why, relevance, spans, score, new_facts, known_facts, gone_facts, needs)
        SELECT {OLD}, 'x' || i, 0, 'Title', 'title', CASE WHEN i % 10 THEN 'bridges' END, 'silent',
        'repeat', '', '', '', '', '[]', 0, '[]', '[]', '[]', '' FROM n""",
    f"""INSERT INTO stories SELECT 'x' || i, 'bridges', '', {OLD}, {OLD}, 1, '[]', '[]', '', '{{}}'
        FROM n WHERE i <= 10000""",
    f"""INSERT INTO alerts (id, created, topic, story, payload)
        SELECT 'x' || i, {OLD}, 'bridges', 'x' || i, (SELECT payload FROM alerts LIMIT 1)
        FROM n WHERE i <= 10000""",
    f"""INSERT INTO deliveries (alert, channel, recipient, state, created, attempt, ambiguous,
        changed, hold, urgent) SELECT 'x' || i, 'mail', '', 'sent', {OLD}, 1, 0, {OLD}, '', 0
        FROM n WHERE i <= 10000""",
    f"""INSERT INTO sources (id, url, next_due, baseline_done, failures, entries, relevant,
        moved_seen, usual, lies, configured, summarised, last_polled)
        SELECT 'feed' || i, 'http://x/' || i, '2027-01-01 00:00:00.000000', 1, 0, 0, 0, 0, 0, 0,
            1, 1, {OLD} FROM n WHERE i <= 5000""",
)


@pytest.fixture(scope="module")
def big(fresh: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("big") / "monitor.db"
    shutil.copy(fresh, path)
    with Store.open(path, timeout=5) as store:
        fill(store)
        with store.writing() as unit:
            for statement in MANY:
                into, select = statement.split("SELECT", 1)
                unit._conn.exec_driver_sql(f"{into} {NUMBERS} SELECT {select}")
        yield store


@pytest.fixture
def plans(big: Store) -> Iterator[list[str]]:
    """The plan of each statement that SQLite runs, a line for each step."""
    found: list[str] = []

    def _explain(statement: str) -> None:
        if statement.split()[0] in ("SELECT", "UPDATE", "INSERT", "DELETE", "WITH"):
            steps = beside.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
            found.extend(
                f"{step[3]}   [{statement}]" for step in steps or [["", "", "", "no step"]]
            )

    @event.listens_for(big._engine, "checkout")
    def _watch(raw: Any, *_: Any) -> None:
        raw.set_trace_callback(_explain)

    with closing(sqlite3.connect(big.path)) as beside:
        yield found
        event.remove(big._engine, "checkout", _watch)
        big._engine.dispose()  # the connections that are watched


def scans(plans: list[str]) -> list[str]:
    """Steps that go through a whole table.

    Not meant: our own sets of a few rows, and the walk along an index that a LIMIT ends.
    """
    found = [step for step in plans if step.startswith("SCAN") and "SCAN due" not in step]
    return [step for step in found if not re.search(r"\n LIMIT \d+ OFFSET \d+]", step)]


class UndoError(Exception):
    pass


def changed_nothing(big: Store, name: str) -> None:
    """Run one method of a unit and undo it."""

    with contextlib.suppress(UndoError), big.writing() as unit:
        UNIT_CALLS[name](unit)
        raise UndoError


@pytest.mark.parametrize("name", sorted(set(UNIT_CALLS) - ONCE - SMALL))
def test_F9_no_method_of_a_unit_goes_through_a_whole_table(
    big: Store, plans: list[str], name: str
) -> None:
    changed_nothing(big, name)
    assert plans
    assert scans(plans) == []


@pytest.mark.parametrize("name", sorted(set(STORE_CALLS) - WHOLE - SMALL))
def test_F9_no_read_goes_through_a_whole_table(big: Store, plans: list[str], name: str) -> None:
    STORE_CALLS[name](big)
    assert plans
    assert [step for step in scans(plans) if name != "source_states"] == []


def test_the_newest_articles_of_an_endless_story_are_found_without_a_sort(
    big: Store, plans: list[str]
) -> None:
    changed_nothing(big, "story_articles")
    assert [step for step in plans if "article_topics" in step]
    assert [step for step in plans if "TEMP B-TREE" in step] == []


def test_F9_a_poll_and_a_delivery_are_quick_beside_a_long_history(big: Store) -> None:
    """The median of several, so that a busy machine does not decide it; F9 asks for 100 ms."""
    took = []
    for n in range(15):
        began = time.perf_counter()
        for name in ("claim_due", "known_entries", "find_article", "save_decision", "save_alert"):
            changed_nothing(big, name)
        for name in ("claim_message", "mark_served", "save_source", "topic_version"):
            changed_nothing(big, name)
        big.next_due(NOW + n * MINUTE)
        big.next_delivery(NOW + n * MINUTE)
        took.append(time.perf_counter() - began)
    assert sorted(took)[7] < 0.1


def test_a_batch_of_retention_is_quick_beside_a_long_history(big: Store) -> None:
    began = time.perf_counter()
    with big.writing() as unit:
        assert unit.prune(NOW, 30 * DAY, 1000) == 1000
    assert time.perf_counter() - began < 1
