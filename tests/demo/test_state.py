from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.demo.state import DemoClock, Places, opened, save
from monitor.errors import AlreadyRunning, InputError

MARCH = datetime(2019, 3, 22, tzinfo=UTC)


def test_a_new_folder_begins_a_run(tmp_path: Path) -> None:
    with opened(tmp_path / "demo") as (places, run):
        assert (run.beats, run.resumes, run.finished) == (0, 0, False)
        assert places.mails.is_dir()


def test_an_unfinished_run_goes_on_with_all_it_had(tmp_path: Path) -> None:
    with opened(tmp_path) as (places, run):
        run.beats = 7
        save(places, run)
        places.mail.write_text("kept")
    with opened(tmp_path) as (places, run):
        assert (run.beats, run.resumes) == (7, 1)
        assert places.mail.read_text() == "kept"


def test_a_finished_run_makes_room_for_a_new_one(tmp_path: Path) -> None:
    with opened(tmp_path) as (places, run):
        run.finished = True
        save(places, run)
        places.mail.write_text("old")
        (places.folder / "elsewhere").symlink_to("/")
    with opened(tmp_path) as (places, run):
        assert (run.beats, run.resumes) == (0, 0)
        assert not places.mail.exists()
        assert not (places.folder / "elsewhere").is_symlink()


@pytest.mark.parametrize("content", ['{"what": "something else"}', "{", "[1]", '{"odd": 1}', None])
def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, content: str | None) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("mine")
    if content is not None:
        (tmp_path / "run.json").write_text(content)
    with pytest.raises(InputError, match="something else than a demo"), opened(tmp_path):
        pass
    assert precious.read_text() == "mine"
    assert not (tmp_path / "monitor.lock").exists()


def test_a_folder_that_only_the_lock_is_in_counts_as_new(tmp_path: Path) -> None:
    (tmp_path / "monitor.lock").touch()
    with opened(tmp_path) as (_, run):
        assert run.beats == 0


def test_the_saved_state_is_marked_as_a_demo(tmp_path: Path) -> None:
    with opened(tmp_path):
        row = json.loads((tmp_path / "run.json").read_text())
        assert row["what"] == "liaison-monitor demo"


def test_two_demos_do_not_share_a_folder(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from monitor.demo.state import opened\n"
        "with opened(Path(sys.argv[1])):\n print('in', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        holder.stdout.readline()
        with pytest.raises(AlreadyRunning, match="another --folder"), opened(tmp_path):
            pass
        holder.stdin.close()


def test_the_clock_reaches_a_moment_and_never_goes_back(tmp_path: Path) -> None:
    clock = DemoClock(Places(tmp_path).shift)
    clock.reach(MARCH)
    assert timedelta() <= clock.now() - MARCH < timedelta(seconds=5)
    clock.reach(MARCH - timedelta(days=1))
    assert clock.now() >= MARCH
    clock.reach(MARCH + timedelta(days=1))
    assert clock.now() >= MARCH + timedelta(days=1)


def test_after_a_pause_the_clock_goes_on_where_it_stood(tmp_path: Path) -> None:
    clock = DemoClock(Places(tmp_path).shift)
    clock.reach(MARCH + timedelta(days=3))  # the demo slept for three days
    clock.continue_at(MARCH)
    assert timedelta() <= clock.now() - MARCH < timedelta(seconds=5)
