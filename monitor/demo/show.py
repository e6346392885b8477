"""What the demo says on the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median

from rich.console import Console, Group
from rich.markup import escape
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from monitor.demo.check import Audit
from monitor.demo.configure import MAIL, SLACK
from monitor.demo.report import Growth, Silence
from monitor.demo.script import ACTS, Beat
from monitor.demo.state import Places, Run
from monitor.models import Alert, DiffPart

_ARRIVED = {MAIL: "mail", SLACK: "Slack"}
_MARKS = {"added": ("{+", "+}", "bold green"), "removed": ("[-", "-]", "red strike")}


class Show:
    """Prints the play. Colours and the spinner only on a terminal."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False)

    def say(self, line: str = "") -> None:
        """One line, in rich's markup."""
        self._console.print(line)

    def busy(self) -> AbstractContextManager[object]:
        """A spinner while the service works."""
        return self._console.status("the service reads its feeds …")

    def opening(self, places: Places, run: Run, counts: tuple[int, int], play: int) -> None:
        """Who takes part, and whether a run goes on."""
        feeds, outlets = counts
        web, mail, slack, page = run.ports
        self.say("[bold]Liaison Monitor on the news of March and April 2019[/]")
        self.say(f"  news     {feeds} feeds of {outlets} outlets at http://127.0.0.1:{web}/")
        self.say(f"  servers  SMTP at 127.0.0.1:{mail}, a Slack-like webhook at 127.0.0.1:{slack}")
        self.say(f"  page     http://127.0.0.1:{page}/")
        self.say(f"  folder   {escape(str(places.folder))} (service.log, mail/, data/monitor.db)")
        if run.resumes:
            self.say(
                f"[yellow]An unfinished run was found: going on at step {max(run.beats, 1)} of "
                f"{play} with the same database and ledgers.[/]"
            )

    def act(self, number: int) -> None:
        """The title of an act and what it tells."""
        act = ACTS[number]
        self.say()
        self._console.rule(f"[bold]{number + 1} of {len(ACTS)}: {act.title}[/]", align="left")
        self.say(f"[dim]{act.tells}[/]")

    def beat(self, beat: Beat, outlets: Sequence[str]) -> None:
        """What comes out now."""
        names = ", ".join(dict.fromkeys(outlets))
        count = len({record.url for record in beat.records})
        what = beat.records[0].title if count == 1 else f"{count} articles"
        line = Table.grid(padding=(0, 2, 0, 0))
        line.add_row(f"{beat.moment:%d %b %H:%M}", f"{escape(what)}  [dim]{escape(names)}[/]")
        self._console.print(line)

    def push(self, alert: Alert, waits: dict[str, float]) -> None:
        """An alert and when each server accepted it."""
        times = "  ".join(f"{_ARRIVED[name]} {wait:.1f} s" for name, wait in waits.items())
        self._indented(f"[bold red]▲ {alert.kind}[/]  [bold]{escape(alert.headline)}[/]")
        for move in alert.moves:
            was = f"{move.was} → " if move.was else ""
            self._indented(f"  {escape(move.label)}: {escape(was)}[bold]{escape(move.now)}[/]")
        if alert.diff:
            self._indented(_marked(alert.diff, around=30))
        self._indented(f"  [green]accepted: {times}[/]")

    def copy(self, channel: str, headline: str) -> None:
        """A message that a server got a second time."""
        name = _ARRIVED[channel]
        self._indented(f"[yellow]a copy by {name} after a kill, same id: {escape(headline)}[/]")

    def quiet(self, kinds: Counter[str]) -> None:
        """What of a beat alerted nobody."""
        if kinds:
            words = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
            self._indented(f"[dim]silent: {words}[/]")

    def interrupted(self, by_demo: bool, pid: int) -> None:
        """The service was killed and runs again."""
        who = "The demo killed the service (SIGKILL)" if by_demo else "The service was killed"
        self._indented(f"[yellow]{who}. It was started again as process {pid}.[/]")

    def figures(self, rows: Sequence[tuple[str, str]]) -> None:
        """The table of what the run came to."""
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        for name, value in rows:
            table.add_row(f"[dim]{name}[/]", escape(value))
        self.say()
        self._console.rule("[bold]What happened[/]", align="left")
        self._console.print(table)

    def silences(self, found: Sequence[Silence]) -> None:
        """What stayed silent and why."""
        table = Table(title="What stayed silent, and why", title_justify="left", expand=True)
        table.add_column("count", justify="right")
        table.add_column("kind")
        table.add_column("for example", ratio=1)
        for each in found:
            example = f"{escape(each.title)}\n[dim]{escape(each.why)}[/]"
            table.add_row(str(each.count), each.kind, example)
        self._console.print(table)

    def growth(self, found: Growth) -> None:
        """The story with its growing list of sources."""
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        known = 0
        for at, outlets in found.joined:
            known += len(outlets)
            table.add_row(f"{at:%d %b %H:%M}", str(known), escape(", ".join(outlets)))
        story = found.story
        origins = f"{len(story.origins)} origins, " if story.origins else ""
        head = f"{escape(story.title)}\n[dim]{origins}{known} outlets, {story.articles} articles[/]"
        self._console.print(
            Panel(Group(head, table), title="The biggest story", title_align="left")
        )

    def diff(self, alert: Alert) -> None:
        """An edited article, the change marked."""
        where = f"{alert.citations[0].outlet}: {alert.headline}" if alert.citations else ""
        change = _marked(alert.diff, around=80)
        self._console.print(
            Panel(Group(escape(where), change), title="An edit, as pushed", title_align="left")
        )

    def mail(self, file: Path, text: str) -> None:
        """A mail as a reader of plain text sees it."""
        self._console.print(
            Panel(Text(text), title=f"A mail, as text ({file.name})", title_align="left")
        )

    def verdict(self, found: Audit, interruptions: int) -> None:
        """Nothing lost, or what was."""
        for problem in found.problems:
            self.say(f"[bold red]{escape(problem)}[/]")
        if found.problems:
            self.say(f"[bold red]{len(found.problems)} problems: see service.log[/]")
            return
        copies = "each exactly once"
        if found.copies:
            copies = f"{found.copies} of them a copy, after {interruptions} kills"
        self.say(
            f"[bold green]Nothing lost:[/] {found.owed} messages owed, {found.accepted} accepted, "
            f"{copies}."
        )

    def staying(self, page: int) -> None:
        """The service is left running."""
        self.say(f"The page is up at [bold]http://127.0.0.1:{page}/[/]. Stop with Ctrl-C.")

    def _indented(self, what: str | Text) -> None:
        self._console.print(Padding(what, (0, 0, 0, 5)))


def speed(waits: Sequence[float]) -> str:
    """Times from feed to acceptance in words."""
    if not waits:
        return "no push"
    return f"median {median(waits):.1f} s, slowest {max(waits):.1f} s from feed to accepted"


def _marked(diff: Sequence[DiffPart], around: int) -> Text:
    """The changes with `around` characters of unchanged text on each side, readable uncoloured."""
    text = Text()
    for number, part in enumerate(diff):
        words = " ".join(part.text.split())
        before, after, style = _MARKS.get(part.op, ("", "", ""))
        if part.op not in _MARKS:
            words = _trimmed(words, around, number == 0, number == len(diff) - 1)
        text.append(f"{before}{words}{after}", style)
        text.append(" ")
    return text


def _trimmed(text: str, around: int, first: bool, last: bool) -> str:
    """Unchanged text, cut where it is far from a change."""
    if len(text) <= 2 * around:
        return text
    head = "" if first else text[:around]
    tail = "" if last else text[-around:]
    return f"{head} … {tail}".strip()
