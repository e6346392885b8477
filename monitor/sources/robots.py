"""What a site asks of programs: its robots.txt (RFC 9309), kept for a day a site.

Only for pages of articles. A feed is published to be read by programs, so its address is asked for
without looking here.
"""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

from monitor.config.settings import Polling, Source
from monitor.errors import BadAddress, FetchError, HttpStatus, TooLarge
from monitor.models import NotModified, SourceState
from monitor.sources.decode import decode
from monitor.sources.fetch import fetch
from monitor.sources.net import Client

TOKEN = "LiaisonMonitor"  # noqa: S105  (the name that robots.txt calls us by)
KEEP = timedelta(hours=24)
KEEP_FAILURE = timedelta(hours=1)
MOST_SITES = 500
MOST_BYTES = 512_000  # RFC 9309 asks for 500 KiB at least; what stands behind it is not read
LONGEST_DELAY = 60.0
_LARGEST = 4_000_000
_AGENT = re.compile(r"\s*user[- ]?agent\s*:?\s*([^#]*)", re.IGNORECASE)
_EVERYBODY_OUT = "User-agent: *\nDisallow: /"


@dataclass(frozen=True, slots=True)
class Leave:
    """Whether a page may be read, why not, and how many seconds to leave between two of them.

    `trouble` tells a file that could not be read from one that says no; then `again` is when to
    ask anew.
    """

    granted: bool
    why: str = ""
    delay: float = 0.0
    trouble: bool = False
    again: timedelta | None = None


@dataclass(frozen=True, slots=True)
class _Rules:
    parsed: Protego
    until: datetime
    trouble: str = ""


class Robots:
    """Asks each site once a day. Safe to ask for many pages at the same time."""

    def __init__(self, client: Client, polling: Polling) -> None:
        self._client = client
        self._polling = polling.model_copy(update={"max_body": _LARGEST})
        self._known: OrderedDict[str, _Rules] = OrderedDict()
        self._asking: dict[str, asyncio.Lock] = {}

    async def leave(self, url: str, *, private: bool, seconds: float, now: datetime) -> Leave:
        """May `url` be read? At most `seconds` for asking; a site that does not answer says no."""
        site = _site(url)
        lock = self._asking.setdefault(site, asyncio.Lock())
        async with lock:
            rules = self._known.get(site)
            if rules is None or not now < rules.until <= now + KEEP:
                rules = await self._ask(site, private, seconds, now)
                self._keep(site, rules)
        if rules.parsed.can_fetch(url, TOKEN):
            delay = rules.parsed.crawl_delay(TOKEN) or 0.0
            return Leave(True, delay=min(delay, LONGEST_DELAY))
        if rules.trouble:
            return Leave(False, rules.trouble, trouble=True, again=rules.until - now)
        host = urlsplit(url).hostname
        return Leave(False, f"robots.txt of {host} asks programs not to read it")

    def _keep(self, site: str, rules: _Rules) -> None:
        self._known[site] = rules
        self._known.move_to_end(site)
        while len(self._known) > MOST_SITES:
            gone, _ = self._known.popitem(last=False)
            self._asking.pop(gone, None)

    async def _ask(self, site: str, private: bool, seconds: float, now: datetime) -> _Rules:
        """RFC 9309 § 2.3.1: no such file grants all; a server in trouble grants nothing."""
        url = f"{site}/robots.txt"
        polling = self._polling.model_copy(update={"timeout": timedelta(seconds=seconds)})
        try:
            source = Source(id="robots.txt", url=url, outlet="robots.txt", allow_private=private)
            state = SourceState(id=source.id, url=url, next_due=now)
            got = await fetch(source, state, self._client, polling, now, conditional=False)
        except (BadAddress, TooLarge) as error:
            return _refused(site, f"robots.txt: {_words(error)}", now)
        except HttpStatus as error:
            if 400 <= error.status < 500 and error.status != 429:
                return _Rules(Protego.parse(""), now + KEEP)
            return _refused(site, f"the server answered {error.status}", now)
        except FetchError as error:
            return _refused(site, _words(error), now)
        assert not isinstance(got, NotModified)  # no validators were sent
        text = decode(got.body[:MOST_BYTES], got.content_type).text
        return _Rules(Protego.parse("\n".join(_ours(text))), now + KEEP)


def _refused(site: str, cause: str, now: datetime) -> _Rules:
    trouble = f"robots.txt of {urlsplit(site).hostname} cannot be read ({cause}), so its pages wait"
    return _Rules(Protego.parse(_EVERYBODY_OUT), now + KEEP_FAILURE, trouble)


def _words(error: FetchError) -> str:
    return str(error).removeprefix("robots.txt: ")


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"


def _ours(text: str) -> Iterator[str]:
    """The file with all other programs called by one name.

    Each rule is kept once for every program named above it, so a hostile file could name a
    thousand programs above a thousand rules.
    """
    named: set[str] = set()
    for line in text.splitlines():
        agent = _AGENT.match(line)
        if not agent:
            named = set() if line.strip() else named
            yield line
            continue
        name = agent[1].strip().lower() or "other"
        name = name if name == "*" or name in TOKEN.lower() else "other"
        if name not in named:
            named.add(name)
            yield f"User-agent: {name}"
