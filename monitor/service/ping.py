"""A sign of life to somebody else's machine, who tells people when it stays away.

Each minute an address of the operator's is asked (healthchecks.io and its like): as it is while the
watch works, with /fail behind it when nothing polls, no source can be read, or no channel takes
messages: then nobody else can be told. When this machine is gone, nobody asks, and that is the
message. It may be a private address; redirects are not followed.
"""

from __future__ import annotations

import asyncio
import time
from urllib.parse import urlsplit, urlunsplit

from monitor.alerts.channels.http import Failure, request
from monitor.service import reach
from monitor.service.heartbeat import Health, health
from monitor.service.log import get_logger
from monitor.service.site import Site

log = get_logger()

DEADLINE = 20.0  # seconds for one ping


class Ping:
    """Pings while it is asked to; a failure is logged once, and once more when it passes."""

    def __init__(self, site: Site) -> None:
        self._site = site
        secret = site.config.settings.policy.ping
        self._url = secret.get_secret_value() if secret is not None else None
        self._known_well = False
        self._trouble: str | None = None
        self._well = True

    async def beat(self) -> None:
        """One ping. Before the first tick of a service that just started there is none."""
        if self._url is None:
            return
        found = await asyncio.to_thread(watch, self._site)
        if not found.ok and not self._known_well:
            self._known_well = True
            return
        self._known_well = True
        self._note(found)
        self._tell(await asyncio.to_thread(send, self._url, found.ok))

    def _note(self, found: Health) -> None:
        """One line for why the other side is told that the watch fails, and one for its end."""
        if not found.ok and self._well:
            log.error("the watch does not work", cause=found.why)
        elif found.ok and not self._well:
            log.info("the watch works again")
        self._well = found.ok

    def _tell(self, trouble: str | None) -> None:
        if trouble is not None and self._trouble is None:
            log.warning("ping does not arrive", cause=trouble)
        elif trouble is None and self._trouble is not None:
            log.info("ping arrives again")
        self._trouble = trouble


def watch(site: Site) -> Health:
    """Whether the watch works: the dispatcher runs, some source could be read, some reader told."""
    found = health(site.config.data)
    if not found.ok:
        return found
    on = {source.id for source in site.enabled()}
    states = [state for state in site.store.source_states() if state.id in on]
    if states and all(state.failures for state in states):
        return Health(False, f"none of {len(states)} sources can be read")
    owed = reach.look(site.store, site.config)
    if why := reach.nobody_told(owed, site.config.settings.channels):
        return Health(False, why)
    return found


def send(url: str, ok: bool) -> str | None:
    """Ask the address, with /fail when not `ok`; what went wrong in a few words without secrets."""
    parts = urlsplit(url)
    path = parts.path if ok else f"{parts.path.rstrip('/')}/fail"
    address = urlunsplit(parts._replace(path=path))
    answer = request("GET", address, time.monotonic() + DEADLINE)
    if isinstance(answer, Failure):
        return answer.why
    return None if 200 <= answer.status < 300 else f"the server answered {answer.status}"
