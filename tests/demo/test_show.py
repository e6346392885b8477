from __future__ import annotations

import io
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from monitor.demo.check import Audit
from monitor.demo.news import load_news
from monitor.demo.report import Growth, Silence
from monitor.demo.script import beats
from monitor.demo.show import Show, speed
from monitor.demo.state import Places, Run
from monitor.models import Alert, Citation, DiffPart, Move, Story

NOW = datetime(2019, 3, 22, 8, 0, tzinfo=UTC)


class Terminal:
    def __init__(self) -> None:
        self._file = io.StringIO()
        self.show = Show(Console(file=self._file, width=100, highlight=False))

    def text(self) -> str:
        return self._file.getvalue()


def test_the_opening_says_where_everything_is(tmp_path: Path) -> None:
    terminal = Terminal()
    terminal.show.opening(Places(tmp_path), Run(ports=[1, 2, 3, 4]), (40, 34), 36)
    assert "40 feeds of 34 outlets at http://127.0.0.1:1/" in terminal.text()
    assert "SMTP at 127.0.0.1:2" in terminal.text()
    assert "page     http://127.0.0.1:4/" in terminal.text()
    assert "unfinished" not in terminal.text()


def test_a_resumed_run_says_so(tmp_path: Path) -> None:
    terminal = Terminal()
    run = Run(ports=[1, 2, 3, 4], beats=7, resumes=1)
    terminal.show.opening(Places(tmp_path), run, (40, 34), 36)
    assert "going on at step 7 of 36" in terminal.text()


def test_titles_from_feeds_are_never_markup() -> None:
    terminal = Terminal()
    beat = next(beat for beat in beats(load_news()) if "[" in beat.records[0].title)
    terminal.show.beat(beat, ["[red]Outlet[/]"])
    moves = (Move("staff", "Staff [x]", "a", "b"), Move("lines", "Lines", None, "cut"))
    alert = Alert("a", "new story", NOW, "[bold]x[/] [/nothing]", moves=moves)
    terminal.show.push(alert, {"desk": 1.23, "room": 2.0})
    terminal.show.copy("room", "[/x]")
    assert beat.records[0].title in terminal.text()
    assert "[red]Outlet[/]" in terminal.text()
    assert "▲ new story  [bold]x[/] [/nothing]" in terminal.text()
    assert "Staff [x]: a → b" in terminal.text()
    assert "Lines: cut" in terminal.text()
    assert "mail 1.2 s  Slack 2.0 s" in terminal.text()
    assert "a copy by Slack after a kill, same id: [/x]" in terminal.text()


def test_silence_is_told_in_one_line_or_not_at_all() -> None:
    terminal = Terminal()
    terminal.show.quiet(Counter())
    assert terminal.text() == ""
    terminal.show.quiet(Counter({"repeat": 3, "background": 1}))
    assert terminal.text().strip() == "silent: 3 repeat, 1 background"


def test_kills_by_the_demo_and_by_others_are_told_apart() -> None:
    terminal = Terminal()
    terminal.show.interrupted(True, 17)
    terminal.show.interrupted(False, 18)
    assert "The demo killed the service (SIGKILL)" in terminal.text()
    assert "The service was killed. It was started again as process 18." in terminal.text()


def test_the_summary_tables_hold_what_they_were_given() -> None:
    terminal = Terminal()
    terminal.show.act(2)
    terminal.show.figures([("accepted", "9 mails")])
    terminal.show.silences([Silence("repeat", 3, "A [title]", "it is known")])
    story = Story("s", "t", "The [story]", NOW, NOW, articles=5, origins=("a", "b"))
    terminal.show.growth(Growth(story, ((NOW, ("A", "B")), (NOW, ("C",)))))
    terminal.show.mail(Path("0003.eml"), "Hello [world]")
    text = terminal.text()
    for expected in (
        "3 of 7: The walk-out",
        "9 mails",
        "A [title]",
        "it is known",
        "The [story]",
        "2 origins, 3 outlets, 5 articles",
        "22 Mar 08:00  3  C",
        "0003.eml",
        "Hello [world]",
    ):
        assert expected in text


def test_an_edit_shows_the_change_without_colours_too() -> None:
    terminal = Terminal()
    long = "word " * 40
    diff = (
        DiffPart("same", f"{long}near before"),
        DiffPart("removed", "two"),
        DiffPart("added", "three"),
        DiffPart("same", f"days ago {long}"),
        DiffPart("added", "!"),
        DiffPart("same", "end"),
    )
    edited = Alert("a", "correction", NOW, "Correction", diff=diff)
    terminal.show.diff(edited)
    text = " ".join(terminal.text().replace("│", "").split())
    assert "near before [-two-] {+three+} days ago" in text
    assert "…" in text
    assert text.count("word") < 45
    terminal.show.push(edited, {})
    assert terminal.text().count("{+three+}") == 2
    cited = Alert("a", "c", NOW, "Head", citations=(Citation("Heron", "t", None),), diff=diff)
    terminal.show.diff(cited)
    assert "Heron: Head" in terminal.text()


def test_the_verdict_is_plain() -> None:
    terminal = Terminal()
    terminal.show.verdict(Audit(4, 4, 0, ()), 0)
    terminal.show.verdict(Audit(4, 5, 1, ()), 2)
    terminal.show.verdict(Audit(4, 3, 0, ("alert a was not accepted by desk",)), 0)
    text = " ".join(terminal.text().split())
    assert "Nothing lost: 4 messages owed, 4 accepted, each exactly once." in text
    assert "1 of them a copy, after 2 kills" in text
    assert "alert a was not accepted by desk" in text
    assert text.count("Nothing lost") == 2


def test_the_page_is_named_while_the_demo_stays() -> None:
    terminal = Terminal()
    terminal.show.staying(8123)
    assert "http://127.0.0.1:8123/" in terminal.text()


def test_speed_in_words() -> None:
    assert speed([]) == "no push"
    assert speed([1.0, 2.0, 9.0]) == "median 2.0 s, slowest 9.0 s from feed to accepted"


def test_the_spinner_ends() -> None:
    terminal = Terminal()
    with terminal.show.busy():
        terminal.show.say("inside")
    assert "inside" in terminal.text()
