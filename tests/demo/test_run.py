"""The first acts of the demo with the real service, killed in every way it may be."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rich.console import Console

from monitor.demo.check import audit
from monitor.demo.news import load_news
from monitor.demo.run import STOPPED, run
from monitor.demo.script import beats
from monitor.demo.show import Show
from monitor.demo.state import Places
from monitor.demo.watch import Watch

STEPS = 5  # baseline, two quiet steps, the first report, the crowd behind it
PLAY = beats(load_news())[:STEPS]
PROGRAM = """
import signal, sys
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
from monitor.demo.news import load_news
from monitor.demo.run import run
from monitor.demo.script import beats
play = beats(load_news())[: int(sys.argv[2])]
sys.exit(run(Path(sys.argv[1]), stay="--stay" in sys.argv, play=play))
"""

pytestmark = pytest.mark.slow


def rehearse(folder: Path, kills: int = 0) -> tuple[int, str]:
    output = io.StringIO()
    console = Console(file=output, width=200, highlight=False)
    return run(folder, kills=kills, show=Show(console), play=PLAY), output.getvalue()


def started(folder: Path, steps: int, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", PROGRAM, str(folder), str(steps), *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def wait_for_step(demo: subprocess.Popen[bytes], places: Places, step: int) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end and demo.poll() is None:
        if places.run.exists() and json.loads(places.run.read_text())["beats"] >= step:
            return
        time.sleep(0.05)
    raise AssertionError(f"step {step} was never reached")


def test_a_run_pushes_the_walk_out_and_keeps_quiet_before_it(tmp_path: Path) -> None:
    code, said = rehearse(tmp_path / "demo", kills=1)
    places = Places(tmp_path / "demo")
    assert code == 0, said
    assert "Nothing lost" in said
    assert "The demo killed the service (SIGKILL)" in said
    watch = Watch(places.data)
    alerts = watch.alerts()
    about = [alert for alert in alerts if alert.topic]
    assert about, said
    assert all(alert.created >= PLAY[3].moment for alert in about)
    assert len(about) <= 4, said  # seven reports of one event
    mails = [json.loads(line) for line in places.mail.read_text().splitlines()]
    assert {row["alert"] for row in mails} == {alert.id for alert in alerts}
    assert all((places.mails / row["file"]).stat().st_size for row in mails)
    watch.close()


def test_kill_minus_nine_of_the_demo_is_made_good_by_the_next_one(tmp_path: Path) -> None:
    places = Places(tmp_path / "demo")
    first = started(places.folder, STEPS)
    with first:
        wait_for_step(first, places, 4)
        time.sleep(0.7)
        first.kill()
    code, said = rehearse(places.folder)
    assert code == 0, said
    assert "An unfinished run was found: going on at step 4 of 5" in said
    state = json.loads(places.run.read_text())
    assert (state["resumes"], state["finished"]) == (1, True)
    watch = Watch(places.data)
    rows = [json.loads(line) for line in places.mail.read_text().splitlines()]
    messages = [json.loads(line) for line in places.slack.read_text().splitlines()]
    assert audit(watch.deliveries(), rows, messages, 1).problems == ()
    watch.close()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_demo_that_stays_ends_on_request_with_its_service(
    tmp_path: Path, how: signal.Signals
) -> None:
    places = Places(tmp_path / "demo")
    demo = started(places.folder, 1, "--stay")
    with demo:
        assert demo.stdout is not None
        while b"The page is up" not in (line := demo.stdout.readline()):
            assert line, "the demo ended"
        holder = int((places.data / "monitor.lock").read_text())
        demo.send_signal(how)
        assert demo.wait(30) == STOPPED
    with pytest.raises(ProcessLookupError):
        os.kill(holder, 0)
