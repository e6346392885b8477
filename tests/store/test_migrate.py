from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Table

from monitor import __version__
from monitor.detect.story.imprints import binary, imprints_in
from monitor.detect.words.text import hashed
from monitor.errors import StoreError, StoreFull
from monitor.store import Store, migrate, opening
from monitor.store.tables import SCHEMA, VERSION_TABLE, metadata
from monitor.store.utc import Utc
from tests.store.conftest import fill

FIRST, SECOND = SCHEMA + 1, SCHEMA + 2  # the migrations of later releases
STEP = """
from alembic import op
import sqlalchemy as sa
revision, down_revision = "{new:04}", "{old:04}"
def upgrade():
    op.add_column("stories", sa.Column("extra_{new}", sa.Text))
    with op.batch_alter_table("articles") as batch:  # remade, while others point at it
        batch.add_column(sa.Column("note_{new}", sa.Text, server_default="kept"))
    op.execute("UPDATE stories SET extra_{new} = title")
"""


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return two_releases_later(tmp_path, monkeypatch)


def two_releases_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same program with two more migrations."""
    scripts = tmp_path / "migrations"
    shutil.copytree(migrate.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    for new in (FIRST, SECOND):
        text = STEP.format(new=new, old=new - 1)
        (scripts / "versions" / f"v{new:04}.py").write_text(text)
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    monkeypatch.setattr(opening, "SCHEMA", SECOND)
    return scripts


def look(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute(query).fetchall()


def differences(connection: Connection) -> Any:
    def ours(_: object, name: str | None, *__: object) -> bool:
        return name != VERSION_TABLE

    options = {"compare_type": True, "include_object": ours}
    return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)


def test_the_migrations_make_exactly_the_tables_of_this_program(store: Store) -> None:
    with store._reading() as conn:
        assert differences(conn) == []
    heads = ScriptDirectory(str(migrate.SCRIPTS)).get_heads()
    assert heads == [f"{SCHEMA:04}"]


def test_every_time_column_is_utc() -> None:
    """A plain DateTime would let a naive time in."""

    def times(table: Table) -> list[object]:
        return [c.type for c in table.columns if "DATETIME" in str(c.type).upper()]

    kinds = [kind for table in metadata.tables.values() for kind in times(table)]
    assert kinds
    assert all(isinstance(kind, Utc) for kind in kinds)


def test_K2_an_older_database_is_backed_up_and_brought_up_to_date(
    store: Store, later: Path
) -> None:
    fill(store)
    alerts = store.alerts()
    store.close()
    with Store.open(store.path) as newer:
        assert newer.alerts() == alerts
        assert newer.integrity() == "ok"
    assert look(store.path, f"SELECT version_num FROM {VERSION_TABLE}") == [(f"{SCHEMA + 2:04}",)]
    assert look(store.path, f"SELECT extra_{FIRST}, extra_{SECOND} FROM stories") == [
        ("Bridge closed",) * 2
    ]
    assert look(store.path, f"SELECT note_{SECOND} FROM articles") == [("kept",)]
    assert look(store.path, "SELECT program FROM about") == [(__version__,)]
    saved = store.path.with_name(f"monitor.db.schema-{SCHEMA}.backup")
    assert look(saved, f"SELECT version_num FROM {VERSION_TABLE}") == [(f"{SCHEMA:04}",)]
    assert look(saved, "SELECT count(*) FROM alerts") == [(1,)]
    assert {file.name for file in store.path.parent.iterdir()} == {"monitor.db", saved.name}


def test_a_new_database_needs_no_backup(path: Path, later: Path) -> None:
    Store.open(path).close()
    assert [file.name for file in path.parent.iterdir()] == ["monitor.db"]


def test_K2_a_reader_does_not_migrate_under_a_running_service(store: Store, later: Path) -> None:
    store.close()
    with pytest.raises(
        StoreError, match=rf"older schema {SCHEMA}, .* needs {SECOND}: start `monitor run`"
    ):
        Store.open(store.path, create=False)
    assert look(store.path, f"SELECT version_num FROM {VERSION_TABLE}") == [(f"{SCHEMA:04}",)]


def test_E8_a_migration_that_fails_leaves_the_database_of_before(store: Store, later: Path) -> None:
    fill(store)
    store.close()
    broken = later / "versions" / f"v{SECOND:04}.py"
    broken.write_text(broken.read_text() + "    op.execute('SELECT * FROM nowhere')\n")
    with pytest.raises(Exception, match="nowhere"):
        Store.open(store.path)
    assert look(store.path, f"SELECT version_num FROM {VERSION_TABLE}") == [(f"{SCHEMA + 1:04}",)]
    columns = {row[1] for row in look(store.path, "PRAGMA table_info(stories)")}
    assert f"extra_{FIRST}" in columns
    assert f"extra_{SECOND}" not in columns


def test_K2_without_a_backup_nothing_is_migrated(
    store: Store, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)
    store.close()

    def full(*_: object) -> None:
        raise StoreFull("no space")

    monkeypatch.setattr(opening, "backup", full)
    with pytest.raises(StoreFull):
        Store.open(store.path)
    assert look(store.path, f"SELECT version_num FROM {VERSION_TABLE}") == [(f"{SCHEMA:04}",)]


@pytest.fixture
def first(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database of the first schema."""
    scripts = tmp_path / "first"
    shutil.copytree(migrate.SCRIPTS, scripts, ignore=shutil.ignore_patterns("*000[2-9]*"))
    with monkeypatch.context() as before:
        before.setattr(migrate, "SCRIPTS", scripts)
        path.parent.mkdir(parents=True)
        opening.upgrade(path, 5)
    return path


def test_0002_an_article_in_a_topic_gets_the_time_of_its_latest_revision(first: Path) -> None:
    path = first
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("INSERT INTO articles VALUES ('a', 2)")
        for number, day in ((1, "01"), (2, "02")):
            raw.execute(
                "INSERT INTO revisions (article, revision, title, seen, summary, full)"
                " VALUES ('a', ?, 'Bridge', ?, '', 0)",
                (number, f"2026-03-{day} 10:00:00.000000"),
            )
        raw.executemany(
            "INSERT INTO article_topics VALUES (?, 'bridge', 's')", [("a",), ("erased",)]
        )
        raw.commit()
    with Store.open(path) as store, store._reading() as conn:
        assert differences(conn) == []
    assert look(path, "SELECT article, substr(seen, 1, 10) FROM article_topics ORDER BY 1") == [
        ("a", "2026-03-02"),
        ("erased", "2026-03-01"),
    ]


def test_0002_a_first_schema_that_had_the_time_already_is_brought_up_to_date(first: Path) -> None:
    with closing(sqlite3.connect(first)) as raw:  # as checkouts made it for some hours
        raw.executescript(
            "DROP TABLE article_topics;"
            "CREATE TABLE article_topics (article TEXT NOT NULL, topic TEXT NOT NULL, story TEXT,"
            " seen DATETIME NOT NULL, CONSTRAINT pk_article_topics PRIMARY KEY (article, topic));"
            "CREATE INDEX ix_article_topics_story_seen_article"
            " ON article_topics (story, seen, article);"
            "INSERT INTO article_topics VALUES ('a', 'bridge', 's', '2026-03-02 10:00:00.000000')"
        )
    with Store.open(first) as store, store._reading() as conn:
        assert differences(conn) == []
    assert look(first, "SELECT seen FROM article_topics") == [("2026-03-02 10:00:00.000000",)]


STORIES = 450  # more than are read at once


def test_0003_a_story_is_known_by_the_reports_that_it_remembers(first: Path) -> None:
    whole: dict[str, Any] = {"sketch": list(range(5, 325, 10)), "core": ["harbour", "@act:open"]}
    whole |= {"title": ["#12", "harbour"], "days": ["2026-03-22"], "lang": "en"}
    whole |= {"claims": ["a|open|1|1|town|running+|t", "c|540~540", "n|person:25", "D|2026-03-22"]}
    memories: list[dict[str, Any]] = [
        {"members": [whole, whole | {"sketch": [1, 2, 3]}, whole]},  # the middle one is too short
        {"members": []},
        {},
    ]
    with closing(sqlite3.connect(first)) as raw:
        raw.executemany(
            "INSERT INTO stories (id, topic, title, opened, updated, articles, outlets, origins,"
            " memory) VALUES (?, 'town', 'Harbour', ?, ?, 1, '[]', '[]', ?)",
            [
                (f"s{number:03}", *["2026-03-02 10:00:00.000000"] * 2, json.dumps(memory))
                for number, memory in enumerate(memories * (STORIES // 3))
            ],
        )
        raw.commit()
    with Store.open(first) as store, store._reading() as conn:
        assert differences(conn) == []
        assert len(store.stories("town", limit=STORIES + 1)) == STORIES
    kept = look(first, "SELECT id, imprints FROM stories WHERE imprints <> '' ORDER BY id")
    assert [name for name, _ in kept] == [f"s{number:03}" for number in range(0, STORIES, 3)]
    assert len({imprints for _, imprints in kept}) == 1
    one, two = imprints_in(binary(str(kept[0][1])))
    marks = ("#12", "harbour", "w|6", "a|open|1|1|town", "c|540~540", "n|person:25")
    assert one == two
    assert one.text == tuple(whole["sketch"][:24])
    assert one.lead == ()
    assert one.marks == tuple(sorted(hashed(mark) & 0xFFFF for mark in marks))


# --- E8: killed at any statement ---


@pytest.mark.unmeasured
@pytest.mark.slow
@pytest.mark.parametrize("what", ["create", "migrate"])
def test_E8_a_kill_during_a_migration_leaves_one_schema_or_the_other(
    store: Store, later: Path, tmp_path: Path, what: str
) -> None:
    fill(store)
    store.close()
    more = [str(store.path), str(later)] if what == "migrate" else []
    run = [sys.executable, "-m", "tests.store.killer", what, str(tmp_path / "rig"), *more]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) > 10
    killed = [row for row in rows if row["killed"]]
    assert len(killed) == len(rows) - 1
    assert {row["error"] for row in rows} == {None}
    whole = {"create": {*range(SCHEMA + 1)}, "migrate": {SCHEMA, FIRST, SECOND}}[what]
    assert {row["schema"] for row in rows} == whole
    assert {row["shape"] for row in rows} == {rows[-1]["shape"]}  # once it was opened again
    assert {row["alerts"] for row in rows} == {1 if what == "migrate" else 0}
