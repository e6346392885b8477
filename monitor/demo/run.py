"""`monitor demo`: the real service, on recorded news, from the first poll to the summary.

The feed, mail and Slack servers live in this process; the service is a child, started as anybody
would start it. Each step of the play moves the clock, shows new records in the feeds, and waits
until the service has read every feed and delivered all it owes.
"""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.demo import report
from monitor.demo.check import audit, unread
from monitor.demo.child import DemoFailed, Service
from monitor.demo.configure import write_config
from monitor.demo.ledger import Ledger
from monitor.demo.news import load_feeds, load_news
from monitor.demo.script import Beat, beats
from monitor.demo.show import Show, speed
from monitor.demo.state import DemoClock, Places, Run, opened, save
from monitor.demo.watch import Watch
from monitor.demo.world import World

PATIENCE = 90.0  # seconds for one step; it takes two or three
BASELINE_SUMMARY = 10.0  # seconds in which the first round's summary follows it
LOOK = 0.1  # seconds between two looks at the service
KILL_WITHIN = 2.5  # seconds after the begin of a step in which the demo kills
STOPPED = 130  # exit code after Ctrl-C, as shells have it


def run(
    folder: Path,
    *,
    stay: bool = False,
    kills: int = 0,
    show: Show | None = None,
    play: Sequence[Beat] | None = None,
) -> int:
    """Play the demo in `folder` and return the exit code: 0, or 1 when something was lost.

    An unfinished run goes on where it was. `kills` is how often the service is killed on the way;
    `stay` leaves it running until Ctrl-C; `play` is the whole play unless a rehearsal has less of
    it. Raises MonitorError when the demo cannot go on.
    """
    show = show or Show()
    play = play or beats(load_news())
    try:
        with opened(folder) as (places, state), ExitStack() as stack:
            stage = Stage(places, state, play, show, stack)
            stage.play(kills)
            sound = stage.finish()
            if stay:
                stage.stay()
    except KeyboardInterrupt:
        show.say("Stopped. Unless it was over, the next `monitor demo` goes on from here.")
        return STOPPED
    return 0 if sound else 1


class Stage:
    """One run of the demo: the world, the service, its clock, and what was accepted."""

    def __init__(
        self, places: Places, run: Run, play: Sequence[Beat], show: Show, stack: ExitStack
    ) -> None:
        self._places, self._run, self._play, self._show = places, run, play, show
        self._feeds = load_feeds()
        self._world = World(places, self._feeds)
        self._published = Ledger(places.published)
        self._clock = DemoClock(places.shift)
        self._watch = Watch(places.data)
        self._service = Service(places.config, places.shift, places.log)
        self._waits: dict[str, dict[str, float]] = {}  # alert -> channel -> seconds
        self._first = max(run.beats - 1, 0)  # the step that is (again) played first
        self._open(stack)

    def _open(self, stack: ExitStack) -> None:
        """The world first, with the first step's records; then the service that finds it so."""
        self._show_until(self._first)
        self._run.ports = self._world.open(self._run.ports, stack)
        save(self._places, self._run)
        stack.callback(self._watch.close)
        latest = self._watch.latest() if self._run.beats else None
        begin = self._play[self._first].moment
        self._clock.continue_at(max(latest or begin, begin) + timedelta(seconds=1))
        write_config(self._places.config, self._feeds, self._run.ports)
        stack.enter_context(_terminated_as_interrupted())
        stack.callback(self._service.stop)
        self._service.start()

    def play(self, kills: int) -> None:
        """Every step from the one that was begun last."""
        outlets = len({feed.outlet for feed in self._feeds})
        steps = range(self._first, len(self._play))
        self._show.opening(self._places, self._run, (len(self._feeds), outlets), len(self._play))
        doomed = Counter(random.choices(steps, k=kills))  # noqa: S311 - no secret is made
        act = -1
        for number in steps:
            if self._play[number].act != act:
                act = self._play[number].act
                self._show.act(act)
            self._step(number, self._play[number], doomed[number])

    def finish(self) -> bool:
        """Tell what the run came to, and check it. True when nothing was lost."""
        interruptions = self._run.kills + self._run.resumes
        found = audit(
            self._watch.deliveries(),
            self._world.mails.rows(),
            self._world.messages.rows(),
            interruptions,
        )
        records = [record for beat in self._play for record in beat.records]
        missed = unread(records, self._watch.decisions())
        found = replace(found, problems=(*missed, *found.problems))
        self._summary()
        self._show.verdict(found, interruptions)
        self._run.finished = True
        save(self._places, self._run)
        return not found.problems

    def stay(self) -> None:
        """Keep service and page up until Ctrl-C, and start the service again when it is killed."""
        self._show.staying(self._run.ports[3])
        while True:
            self._revive()
            time.sleep(LOOK)

    # --- one step --------------------------------------------------------------------------------

    def _step(self, number: int, beat: Beat, kills: int) -> None:
        """Move the clock, show the records, and wait until the service is done with them."""
        outlets = {feed.id: feed.outlet for feed in self._feeds}
        known = len(self._watch.decisions()) if number else 0
        self._run.beats = number + 1
        save(self._places, self._run)
        self._show.beat(beat, [outlets[record.feed] for record in beat.records])
        self._clock.reach(beat.moment)
        self._show_until(number)
        since, begun = self._clock.now(), datetime.now(UTC)
        urls = [record.url for record in beat.records]
        self._published.append({"at": begun.isoformat(), "step": number, "urls": urls})
        with self._show.busy():
            self._wait(since, begun, kills)
            if number == 0:
                self._wait_for_summary(begun)
        self._show_accepted(begun, LOOK)
        new = self._watch.decisions()[known:]
        self._show.quiet(Counter(map(report.silence, filter(report.is_silent, new))))

    def _show_until(self, step: int) -> None:
        """Make the feeds hold what came out up to this step."""
        shown = self._play[: step + 1]
        self._world.show([record for beat in shown for record in beat.records])

    def _wait(self, since: datetime, begun: datetime, kills: int) -> None:
        """Until the service has read all feeds and delivered all; kill it on the way if asked."""
        end = time.monotonic() + PATIENCE
        pauses = [random.uniform(0, KILL_WITHIN) for _ in range(kills)]  # noqa: S311
        moments = sorted(time.monotonic() + pause for pause in pauses)
        while moments or not self._watch.settled(since, len(self._feeds)):
            doomed = bool(moments) and time.monotonic() >= moments[0]
            if doomed:
                moments.pop(0)
                self._service.kill()
            if self._revive(by_demo=doomed):
                end = time.monotonic() + PATIENCE
            if time.monotonic() > end:
                why = f"the service was not done after {PATIENCE:.0f} s"
                raise DemoFailed(f"{why}: see {self._places.log}")
            self._show_accepted(begun, LOOK)

    def _wait_for_summary(self, begun: datetime) -> None:
        """The summary of the first round is put into the outbox just after the round."""
        end = time.monotonic() + BASELINE_SUMMARY
        while not self._world.mails.rows() and time.monotonic() < end:
            self._show_accepted(begun, LOOK)

    def _revive(self, *, by_demo: bool = False) -> bool:
        """Start the service again if it was killed, and say so."""
        if not self._service.revive():
            return False
        self._run.kills += 1
        save(self._places, self._run)
        self._show.interrupted(by_demo, self._service.pid)
        return True

    def _show_accepted(self, begun: datetime, patience: float) -> None:
        """Show the alerts that both servers have accepted by now."""
        for channel, row in self._world.accepted(patience):
            alert = self._watch.alert(row["alert"])
            waits = self._waits.setdefault(row["alert"], {})
            if alert is not None and channel in waits:
                self._show.copy(channel, alert.headline)
                continue
            waits[channel] = (datetime.fromisoformat(row["at"]) - begun).total_seconds()
            if alert is not None and len(waits) == 2:
                self._show.push(alert, waits)

    # --- the end ---------------------------------------------------------------------------------

    def _summary(self) -> None:
        alerts, decisions = self._watch.alerts(), self._watch.decisions()
        self._show.figures(self._figures())
        self._show.silences(report.silences(decisions))
        grown = report.growth(self._watch.stories(), decisions)
        if grown is not None:
            self._show.growth(grown)
        edited = report.edit(alerts)
        if edited is not None:
            self._show.diff(edited)
        self._show_mail()

    def _figures(self) -> list[tuple[str, str]]:
        alerts = self._watch.alerts()
        listed = {alert.id for alert in alerts if alert.kind == "digest"}
        pushed = {alert.id for alert in alerts if alert.topic is not None} - listed
        own = len(alerts) - len(pushed) - len(listed)
        mails, messages = self._world.mails.rows(), self._world.messages.rows()
        at_once = [row for row in (*mails, *messages) if row["alert"] in pushed]
        waits = report.seconds(at_once, self._published.rows())
        records = sum(len(beat.records) for beat in self._play)
        outlets = len({feed.outlet for feed in self._feeds})
        languages = len({feed.lang for feed in self._feeds})
        return [
            ("served", f"{records} records in {len(self._feeds)} feeds"),
            ("by", f"{outlets} outlets in {languages} languages"),
            ("alerts", report.told(len(pushed), len(listed), own)),
            ("accepted", report.accepted(len(mails), len(messages))),
            ("push", speed(waits)),
            ("kills", f"{self._run.kills} of the service, {self._run.resumes} of the demo"),
            ("page", f"http://127.0.0.1:{self._run.ports[3]}/"),
        ]

    def _show_mail(self) -> None:
        """The mail of the first alert that was major, else of the first alert."""
        alerts = [alert for alert in self._watch.alerts() if alert.topic]
        chosen = next((alert for alert in alerts if alert.major), alerts[0] if alerts else None)
        rows = self._world.mails.rows()
        row = next((row for row in rows if chosen and row["alert"] == chosen.id), None)
        if row is not None:
            file = self._places.mails / row["file"]
            self._show.mail(file, report.mail_text(file))


@contextmanager
def _terminated_as_interrupted() -> Iterator[None]:
    """SIGTERM ends the demo as Ctrl-C does, so that the service is stopped with it."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
