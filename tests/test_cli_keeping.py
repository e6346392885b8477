"""`monitor backup` and `monitor restore` through the real entry point."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from monitor.service.lock import hold
from monitor.store import Store
from tests.test_cli import monitor

TOPICS = Path(__file__).parents[1] / "config" / "topics"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    folder = tmp_path / "config"
    (folder / "sources").mkdir(parents=True)
    (folder / "topics").symlink_to(TOPICS)
    (folder / "sources" / "a.yaml").write_text(
        "sources:\n  - {id: a, url: 'http://a.example/', outlet: A}\n"
    )
    file = folder / "monitor.yaml"
    file.write_text(
        f"topics: [liaison-office]\ndata: {tmp_path / 'data'}\n"
        "channels:\n  console:\n    url: console://\n"
    )
    return file


@pytest.mark.slow
def test_K3_a_backup_is_written_and_put_back(config: Path, tmp_path: Path) -> None:
    database, copy = tmp_path / "data" / "monitor.db", tmp_path / "copy.db"
    at = ("--config", str(config))
    assert monitor("backup", str(copy), *at).returncode == 4  # there is nothing to copy yet
    with Store.open(database):
        written = monitor("backup", str(copy), *at)
    assert (written.returncode, written.stderr) == (0, "")
    assert str(copy) in written.stdout
    assert "whole" in written.stdout
    assert [file.name for file in tmp_path.glob("copy.db*")] == ["copy.db"]

    again = monitor("backup", str(copy), *at)
    assert again.returncode == 4
    assert "exists already" in again.stderr

    with hold(tmp_path / "data"):
        refused = monitor("restore", str(copy), *at)
    assert refused.returncode == 5
    assert len(refused.stderr.splitlines()) == 1

    restored = monitor("restore", str(copy), *at)
    assert restored.returncode == 0, restored.stderr
    assert "before-restore-1" in restored.stdout
    database.unlink()
    assert monitor("restore", str(copy), *at).returncode == 0
    with Store.open(database, create=False) as store:
        assert store.integrity() == "ok"

    with closing(sqlite3.connect(database)) as other:
        other.execute("INSERT INTO article_keys VALUES ('k1', 'none'), ('k2', 'none')")
        other.commit()
    damaged = monitor("backup", str(tmp_path / "other.db"), *at)
    assert (damaged.returncode, damaged.stderr.count("\n")) == (4, 1)
    assert "article_keys row 1 points at nothing in articles and 1 more" in damaged.stderr

    missing = monitor("restore", str(tmp_path / "none.db"), *at)
    assert missing.returncode == 4
    assert len(missing.stderr.splitlines()) == 1
