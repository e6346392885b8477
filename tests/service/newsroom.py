"""A site whose feeds live on a scripted server, at a clock that is moved from poll to poll."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime

from monitor.models import Alert, SourceState
from monitor.service.baseline import FirstRound
from monitor.service.health import HealthWatch
from monitor.service.poll import Poller
from monitor.service.result import PollResult
from monitor.service.site import Site
from monitor.sources.net import Client
from tests.service.conftest import StillClock, read
from tests.sources.webserver import Web, response

LOGIN = b"<!doctype html><html><title>Welcome to the hotel network</title><p>Please log in</html>"


def title(path: str, number: int) -> str:
    """One of endlessly many headlines about nothing that is watched."""
    return f"The harbour of the town {path} reports {number} ships at anchor"


def rss(now: datetime, *titles: str, every: timedelta = timedelta(minutes=10)) -> bytes:
    """A feed, the newest title first, each published one step before the next."""
    items = "".join(
        f"<item><title>{text}</title><guid isPermaLink='false'>{text}</guid>"
        f"<pubDate>{format_datetime(now - step * every)}</pubDate></item>"
        for step, text in enumerate(titles)
    )
    return f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>".encode()


@dataclass
class Newsroom:
    """One site with its poller and the watch over its sources."""

    site: Site
    client: Client
    clock: StillClock
    net: Web
    poller: Poller
    counts: Counter[str] = field(default_factory=Counter)  # headlines served so far, by path

    def serve(self, path: str, new: int = 1, window: int = 20) -> None:
        """Serve a feed with so many more entries than the last time."""
        self.counts[path] += new
        count = self.counts[path]
        newest = [title(path, number) for number in range(count, max(count - window, 0), -1)]
        self.net.answers[path] = response(rss(self.clock.now(), *newest))

    async def poll(self, id_: str = "a", **later: float) -> PollResult:
        """Poll a source after some time, and let the watch look, as a new process would."""
        self.clock.move(**later)
        result = await read(self.site, self.poller, id_)
        HealthWatch(self.site).look(self.clock.now())
        return result

    async def read_first(self, *ids: str) -> None:
        """The quiet first poll of each source, with 20 entries."""
        for id_ in ids:
            self.serve(f"/{id_}", 20)
            await self.poll(id_)
        FirstRound(self.site).flush(self.clock.now())

    def state(self, id_: str = "a") -> SourceState:
        state = self.site.store.source_state(id_)
        assert state is not None
        return state

    def notices(self) -> list[Alert]:
        """What was said of sources, the oldest first, without the summary of the first round."""
        alerts = reversed(self.site.store.alerts())
        return [alert for alert in alerts if "for the first time" not in alert.headline]

    def said(self) -> list[str]:
        return [alert.headline for alert in self.notices()]


Opened = Callable[..., Site]
