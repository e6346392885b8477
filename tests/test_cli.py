"""Commands that need no service, through the real entry point."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from monitor import __version__
from tests.acceptance.world import MONITOR, clean

ROWS = [
    {
        "id": "1",
        "url": "http://a.example/1",
        "fetched": "2019-03-22T07:00:00Z",
        "lang": "en",
        "outlet": "One",
        "title": "North Korea pulls its staff out of the Kaesong liaison office",
        "body": "North Korea withdrew all of its staff from the inter-Korean liaison office in "
        "Kaesong on Friday, the unification ministry said.",
    },
    {"id": "2", "title": "Rain in Seoul", "text": "Rain is expected.", "lang": "en"},
]


def monitor(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MONITOR, *arguments], capture_output=True, text=True, timeout=60, env=clean(), check=False
    )


HEAVY = {"monitor.detect", "aiohttp", "httpx", "alembic", "apscheduler", "apprise", "ruamel.yaml"}
OF_DATABASES = {"sqlalchemy", "pydantic", "rich"}


@pytest.mark.parametrize(
    ("files", "without"),
    [(("alive",), HEAVY | OF_DATABASES), (("owed", "looking", "status"), HEAVY)],
    ids=["health", "lists"],
)
def test_a_command_that_only_looks_loads_nothing_heavy(
    files: tuple[str, ...], without: set[str]
) -> None:
    named = ", ".join(f"monitor.cli.{file}" for file in files)
    code = f"import sys, monitor.cli.commands, {named}; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert f"monitor.cli.{files[-1]}" in loaded
    assert not without & loaded


def test_version_and_help_answer() -> None:
    assert monitor("--version").stdout == f"monitor {__version__}\n"
    shown = monitor("--help")
    assert shown.returncode == 0
    assert "backtest" in shown.stdout


@pytest.mark.parametrize("group", [(), ("sources",), ("deliveries",), ("silence",), ("topic",)])
def test_no_line_of_the_help_is_cut_off(group: tuple[str, ...]) -> None:
    lines = monitor(*group, "--help").stdout.splitlines()
    assert [line for line in lines if line.endswith("...") and "Usage" not in line] == []


def test_a_wrong_option_exits_2() -> None:
    assert monitor("run", "--confg", "x").returncode == 2


@pytest.mark.slow
def test_backtest_writes_a_verdict_for_every_row_and_a_summary(tmp_path: Path) -> None:
    rows, out = tmp_path / "rows.jsonl", tmp_path / "out.jsonl"
    rows.write_text("\n".join(json.dumps(row) for row in ROWS))
    for mode in (["--topic", "liaison-office"], ["--no-topic"], []):
        done = monitor("backtest", str(rows), *mode, "--verdicts", str(out))
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("2 articles: ")
        verdicts = [json.loads(line) for line in out.read_text().splitlines()]
        assert [verdict["id"] for verdict in verdicts] == ["1", "2"]
        keys = {"id", "relevant", "alert", "digest", "story", "kind", "why"}
        assert set(verdicts[0]) == keys
        assert verdicts[0]["alert"] is True
        assert verdicts[1]["alert"] is (mode == ["--no-topic"])


def test_backtest_shows_what_it_would_have_pushed_and_why(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text("\n".join(json.dumps(row) for row in ROWS))
    done = monitor("backtest", str(rows), "--topic", "liaison-office")
    alert, why, seen, summary = done.stdout.splitlines()
    assert alert == f"alert   {ROWS[0]['title']}"
    assert why.startswith("        new story: Its title tells a deed that changes the state card.")
    assert seen.startswith("        seen    ")
    assert summary.startswith("2 articles: 1 relevant")


@pytest.mark.slow
def test_backtest_needs_the_file_of_its_own_topic_alone(tmp_path: Path) -> None:
    rows, config = tmp_path / "rows.jsonl", tmp_path / "config"
    rows.write_text(json.dumps(ROWS[0]))
    (config / "topics").mkdir(parents=True)
    shipped = Path(__file__).parents[1] / "config" / "topics" / "liaison-office.yaml"
    (config / "topics" / "mine.yaml").write_bytes(shipped.read_bytes())
    (config / "monitor.yaml").write_text("topics: [gone]\nchannels: {c: {url: 'console://'}}\n")
    place = ("--config", str(config))
    done = monitor("backtest", str(rows), "--topic", "mine", *place)
    assert (done.returncode, done.stderr) == (0, "")
    summary = done.stdout.splitlines()[-1]
    assert summary == "1 article: 1 relevant, 1 story, 1 alert, 0 for the digest"
    wrong = monitor("backtest", str(rows), "--topic", "mien", *place)
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
    assert "no topic is named 'mien' (did you mean 'mine'?)" in wrong.stderr
    assert "no topic is named 'gone'" in monitor("backtest", str(rows), *place).stderr


@pytest.mark.slow
def test_backtest_refuses_what_cannot_be_meant(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text("")
    both = monitor("backtest", str(rows), "--topic", "liaison-office", "--no-topic")
    assert (both.returncode, both.stderr.count("\n")) == (2, 1)
    nowhere = monitor("backtest", str(rows), "--no-topic", "--verdicts", str(tmp_path / "x" / "y"))
    assert nowhere.returncode == 3
    assert "cannot be written" in nowhere.stderr


def test_parse_prints_one_json_object_a_file_and_people_get_lines(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(
        "<rss version='2.0'><channel><title>News</title><item><title>A &amp; B</title>"
        "<guid>g1</guid><link>http://a.example/1</link>"
        "<pubDate>Fri, 22 Mar 2019 16:00:00 +0900</pubDate></item></channel></rss>"
    )
    done = monitor("parse", str(feed), "--json", "--url", "http://a.example/feed")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert list(found) == ["file", "format", "title", "entries", "warnings", "error"]
    (entry,) = found["entries"]
    assert (entry["id"], entry["link"], entry["title"]) == ("g1", "http://a.example/1", "A & B")
    assert entry["published"] == "2019-03-22T07:00:00Z"
    people = monitor("parse", str(feed))
    assert "A & B" in people.stdout
    assert "2019-03-22T07:00:00Z" in people.stdout


@pytest.mark.parametrize("name", ["monitor", "sources", "topic"])
def test_schema_prints_json_schema(name: str) -> None:
    assert json.loads(monitor("schema", name).stdout)["$schema"].startswith("https://json-schema")


def test_an_unknown_schema_names_those_there_are() -> None:
    done = monitor("schema", "topics")
    assert done.returncode == 2
    assert "monitor, sources, topic" in done.stderr


@pytest.mark.slow
def test_a_command_that_looks_says_so_when_nothing_ran_yet(tmp_path: Path) -> None:
    config = tmp_path / "config"
    (config / "sources").mkdir(parents=True)
    (config / "topics").mkdir()
    shipped = Path(__file__).parents[1] / "config" / "topics" / "liaison-office.yaml"
    (config / "topics" / "liaison-office.yaml").write_bytes(shipped.read_bytes())
    (config / "monitor.yaml").write_text(
        "topics: [liaison-office]\nchannels:\n  console:\n    url: console://\n"
    )
    (config / "sources" / "a.yaml").write_text(
        "sources:\n  - {id: a, url: 'http://a.example/', outlet: A}\n"
    )
    at = ("--config", str(config / "monitor.yaml"))
    for command in (["status"], ["why", "x"], ["deliveries", "list"]):
        done = monitor(*command, *at)
        assert done.returncode == 4, done.stderr
        assert len(done.stderr.splitlines()) == 1
    assert monitor("sources", "list", *at).returncode == 0
    listed = json.loads(monitor("sources", "list", "--json", *at).stdout)
    assert listed[0]["id"] == "a"
    assert monitor("deliveries", "list", "--state", "lost", *at).returncode == 2
    assert monitor("preview", "nothing", *at).returncode == 2
    assert monitor("test-notify", "nobody", *at).returncode == 2
    tried = monitor("test-notify", *at)
    assert tried.returncode == 0
    assert "Test message" in tried.stdout
    closed = tmp_path / "config" / "monitor.yaml"
    written = closed.read_text()
    closed.write_text(written.replace("console://", "slack+http://127.0.0.1:1/hook"))
    failed = monitor("test-notify", *at)
    assert failed.returncode == 1
    assert "console (" in failed.stdout
    closed.write_text(written)
    assert monitor("check", *at).stdout.strip().endswith("1 topic, 1 of 1 source on, 1 channel.")
    assert not (tmp_path / "data").exists()
