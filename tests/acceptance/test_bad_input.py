"""Bad input of every kind: one clear line, the rest goes on, nothing is lost."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.acceptance.test_service import OLD, WALKOUT, alerts, summaries
from tests.acceptance.world import MONITOR, World, clean, eventually
from tests.alerts.servers import scripted_smtp

pytestmark = [pytest.mark.slow, pytest.mark.unmeasured]


def one_line(stderr: str) -> str:
    """The only line of an error."""
    lines = [line for line in stderr.splitlines() if line and not line.startswith("note:")]
    assert len(lines) == 1, stderr
    assert "Traceback" not in stderr
    return lines[0]


@pytest.mark.parametrize("command", ["check", "run", "once", "status", "preview"])
def test_H1_a_typo_is_refused_by_every_command_with_file_line_and_the_nearest_word(
    world: World, command: str
) -> None:
    world.configure("/a")
    text = world.config.read_text().replace("  every: 1s", "  evry: 1s")
    world.config.write_text(text)
    number = text.splitlines().index("  evry: 1s") + 1
    arguments = (command, "a") if command == "preview" else (command,)
    done = world.monitor(*arguments)
    assert done.returncode == 2
    said = one_line(done.stderr)
    assert f"monitor.yaml:{number}: polling.evry" in said
    assert "did you mean 'every'" in said
    assert not (world.folder / "data").exists()


@pytest.mark.parametrize("address", ["file:///etc", "/etc", "ftp://a.test", "gopher://a.test"])
def test_C7_a_file_or_path_as_a_feed_is_refused_at_check_and_at_start(
    world: World, address: str
) -> None:
    world.configure("/passwd", address=address)
    for command in ("check", "run"):
        done = world.monitor(command)
        assert done.returncode == 2
        assert "all.yaml:3: sources[0].url" in one_line(done.stderr)
        assert "http" in done.stderr


def test_H1_an_unknown_topic_names_the_nearest_one(world: World) -> None:
    world.configure("/a")
    world.config.write_text(world.config.read_text().replace("[liaison-office]", "[liason-office]"))
    done = world.monitor("check")
    assert done.returncode == 2
    assert "liason-office" in one_line(done.stderr)
    assert "did you mean 'liaison-office'" in done.stderr


def test_an_unknown_topic_of_a_backtest_names_those_there_are(world: World, tmp_path: Path) -> None:
    world.configure("/a")
    (tmp_path / "rows.jsonl").write_text("")
    done = world.monitor("backtest", str(tmp_path / "rows.jsonl"), "--topic", "panmunjom")
    assert done.returncode == 2
    assert "liaison-office" in one_line(done.stderr)


def test_H1_a_mistyped_channel_is_refused_without_showing_its_secret(world: World) -> None:
    world.configure("/a", channels="  desk:\n    url: slakc://T0CANARY/B0CANARY/canarytoken\n")
    for command in ("check", "run", "test-notify"):
        done = world.monitor(command)
        assert done.returncode == 2
        said = one_line(done.stderr)
        assert "desk" in said
        assert "slack" in said
        assert "canary" not in said.lower()


def test_G7_an_expired_token_is_one_line_at_check_at_start_and_in_status(world: World) -> None:
    world.web.feed("/a", OLD)
    world.configure("/a")
    assert "refused" not in world.monitor("check").stdout
    world.web.answers = [(403, {}, b"invalid_token")]
    assert world.monitor("once").returncode == 0
    for command in ("check", "once", "status"):
        done = world.monitor(command)
        (line,) = [each for each in (done.stdout + done.stderr).splitlines() if "403" in each]
        assert "invalid_token" in line
        assert ("monitor test-notify room" in line) or command == "status"
    assert world.monitor("deliveries", "resend", "--state", "refused").returncode == 0
    assert world.monitor("once").returncode == 0
    assert "refused" not in world.monitor("check").stdout


def test_G2_what_waited_for_a_password_goes_once_the_channel_is_proved(world: World) -> None:
    wrong: dict[str, list[str]] = {"AUTH": ["535 no"] * 5}
    with scripted_smtp(extensions=("AUTH PLAIN",), answers=wrong) as server:
        mail = f"mailto://me:old@127.0.0.1:{server.port}?from=w@x.org&to=desk@x.org"
        world.configure("/a", channels=f"  desk:\n    url: {mail}\n")
        world.web.feed("/a", OLD)
        assert world.monitor("once").returncode == 0
        (waits,) = world.status()["channels"]
        assert "does not accept the user name or password" in waits["cause"]
        failed = world.monitor("test-notify")
        assert failed.returncode == 1
        assert "due" not in failed.stdout
        server.answers["AUTH"] = ["235 welcome"] * 5
        proved = world.monitor("test-notify")
        assert "accepted; what waited is due: 1 message" in proved.stdout
        assert world.monitor("once").returncode == 0
        assert len(server.accepted) == 2
        assert "due" not in world.monitor("test-notify").stdout


def test_H3_a_missing_secret_names_the_variable(world: World) -> None:
    world.configure("/a", channels="  desk:\n    url: slack://${DESK_TOKEN}\n")
    done = world.monitor("check")
    assert done.returncode == 2
    assert "DESK_TOKEN" in one_line(done.stderr)


BROKEN = {
    "html": (200, {"Content-Type": "text/html"}, b"<!doctype html><title>Sign in</title><p>Hi"),
    "empty": (200, {"Content-Type": "application/rss+xml"}, b""),
    "json": (200, {"Content-Type": "application/json"}, b'{"error": "quota"}'),
    "large": (200, {"Content-Type": "application/rss+xml"}, b"<rss>" + b"x" * 20_000_000),
    "loop": (302, {"Location": "/loop"}, b""),
    "gone": (410, {}, b""),
}


def test_a_broken_feed_names_itself_the_cause_and_the_next_try_and_stops_no_other(
    world: World,
) -> None:
    for name, page in BROKEN.items():
        world.web.pages[f"/{name}"] = page
    world.web.feed("/cut", OLD, ("Weather in Seoul", "Fine dust and a little rain is expected."))
    status, headers, body = world.web.pages["/cut"]
    world.web.pages["/cut"] = (status, headers, body[:-200])
    world.web.feed("/good", OLD)
    world.configure("/good", "/cut", *(f"/{name}" for name in BROKEN))
    with world.running():
        eventually(lambda: summaries(world), world)
        world.web.feed("/good", WALKOUT, OLD)
        eventually(lambda: alerts(world), world)
        states = {state["id"]: state for state in world.status()["sources"]}
    for name in BROKEN:
        assert states[name]["last_error"].startswith(f"{name}: "), states[name]
        assert states[name]["failures"] > 0
        assert f"cause='{name}: " in world.log or f'cause="{name}: ' in world.log
    assert states["good"]["failures"] == states["cut"]["failures"] == 0
    assert "cut off" in world.log
    assert len(alerts(world)) == 1


def test_F5_a_foreign_database_is_left_untouched_and_named(world: World) -> None:
    world.configure("/a")
    data = world.folder / "data"
    data.mkdir()
    (data / "monitor.db").write_bytes(b"not a database at all" * 100)
    done = world.monitor("once")
    assert done.returncode == 4
    assert "monitor.db" in one_line(done.stderr)
    assert world.monitor("check").returncode == 0  # the configuration is good
    assert (data / "monitor.db").read_bytes() == b"not a database at all" * 100


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_F8_a_read_only_folder_is_named(world: World) -> None:
    world.configure("/a")
    data = world.folder / "data"
    data.mkdir(mode=0o500)
    done = world.monitor("once")
    assert done.returncode == 4
    assert str(data) in one_line(done.stderr)


def test_F2_a_locked_database_holds_the_poll_up_and_loses_nothing(world: World) -> None:
    world.web.feed("/a", OLD)
    world.configure("/a")
    with world.running() as child:
        eventually(lambda: summaries(world), world)
        other = sqlite3.connect(world.folder / "data" / "monitor.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        world.web.feed("/a", WALKOUT, OLD)
        eventually(lambda: "locked" in world.log or "StoreBusy" in world.log, world)
        assert child.poll() is None
        other.execute("ROLLBACK")
        other.close()
        eventually(lambda: alerts(world), world, 60)
    assert len(alerts(world)) == 1
    assert "Traceback" not in world.log


def test_F1_a_full_disk_is_told_and_heals_without_loss(world: World) -> None:
    world.web.feed("/a", OLD)
    world.configure("/a")
    with world.running():
        eventually(lambda: summaries(world), world)
    size = max(file.stat().st_size for file in (world.folder / "data").iterdir())
    news = [(f"{WALKOUT[0]} ({n})", WALKOUT[1] + " " + "word " * 3000) for n in range(30)]
    world.web.feed("/a", *news, OLD)

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20_000, size + 20_000))

    command = [*MONITOR, "once", "--config", str(world.config)]
    # The tracer of the test run would want to write a file of its own.
    env = {name: value for name, value in clean().items() if not name.startswith("COV")}
    done = subprocess.run(
        command, capture_output=True, text=True, preexec_fn=small, env=env, timeout=60
    )
    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr
    assert alerts(world) == []
    healed = world.monitor("once")
    assert healed.returncode == 0, healed.stderr
    assert alerts(world)


def test_a_backtest_of_a_broken_file_names_file_and_line(world: World, tmp_path: Path) -> None:
    world.configure("/a")
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"id": "1", "title": "x"}\n{"id": \n')
    done = world.monitor("backtest", str(rows), "--topic", "liaison-office")
    assert done.returncode == 3
    assert "rows.jsonl:2" in one_line(done.stderr)
    gone = world.monitor("backtest", str(tmp_path / "gone.jsonl"), "--no-topic")
    assert gone.returncode == 3
    assert "gone.jsonl" in one_line(gone.stderr)


def test_parse_says_what_is_wrong_with_a_file_and_exits_3(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><title>x</title></html>")
    command = [*MONITOR, "parse", str(page), str(tmp_path / "gone.xml")]
    done = subprocess.run(command, capture_output=True, text=True, env=clean(), timeout=60)
    assert done.returncode == 3
    assert "gone.xml" in done.stdout
    assert "Traceback" not in done.stderr
