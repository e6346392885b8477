"""Hubs that call when a source has news (WebSub): asked, renewed, ended; a call is a poll.

What a hub sends is not read. A call that is signed makes the source due, and the poll that follows
is the same as any other: guarded, conditional, with the source's own credentials. So a hub can make
us look sooner and nothing else, and one that falls silent costs nothing: polling goes on as it was.
See docs/decisions/0024.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.config.hidden import without_secrets
from monitor.errors import FetchError
from monitor.models.cutting import cut
from monitor.service.log import get_logger
from monitor.service.result import Document
from monitor.service.site import Site
from monitor.sources.net import Client
from monitor.sources.websub import announced, ask, granted, is_signed
from monitor.store import HubState, Subscription, Unit

log = get_logger()

APART = timedelta(seconds=10)  # between two polls of a source that a hub asks for
ANSWER_WITHIN = timedelta(hours=1)  # a hub that took a request has asked back by then
RETRY_MIN, RETRY_MAX = timedelta(minutes=1), timedelta(hours=24)
LEAVE_TRIES = 3  # then the lease is left to run out
AT_ONCE = 8  # hubs that are asked at the same time
PATH = "/websub/"


class Hubs:
    """The subscriptions of one site. Without `server.public_url` there are none.

    Methods that touch the store block; the web page calls them from its threads.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        server = site.config.settings.server
        url = server.public_url if server.enabled else None
        self._base = url.rstrip("/") if url else None
        self._called: set[str] = set()

    @property
    def wanted(self) -> bool:
        """Whether hubs are to call at all."""
        return self._base is not None

    def begin(self) -> None:
        """Bring what is remembered in line with the configuration, at the start of the service.

        A hub that was given another address of ours cannot reach us to end it: its lease runs out.
        """
        known = {source.id for source in self._site.enabled()}
        now = self._site.clock.now()
        with self._site.store.writing() as unit:
            for one in unit.subscriptions():
                if one.base != self._base:
                    unit.end_subscription(one.token)
                elif one.source not in known and one.state is not HubState.LEAVING:
                    unit.save_subscription(_leaving(one, now))

    def heard(self, unit: Unit, document: Document) -> None:
        """Take note of the hub that a document announces, or no longer does."""
        if self._base is None:
            return
        source, now = document.source.id, document.now
        wish = announced(document.got, document.feed)
        found = False
        for one in unit.subscriptions_of(source):
            if one.state is HubState.LEAVING:
                continue
            if (one.hub, one.topic) == wish:
                found = True
            else:
                unit.save_subscription(_leaving(one, now))
        if wish is not None and not found:
            token, secret = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
            one = Subscription(token, source, *wish, self._base, secret, HubState.WANTED, now)
            unit.save_subscription(one)

    # --- what we ask of hubs ---------------------------------------------------------------------

    async def ask_due(self, client: Client) -> None:
        """Ask the hubs that are to be asked now: to begin, to go on, or to end."""
        if self._base is None:
            return
        now = self._site.clock.now()
        known = await asyncio.to_thread(self._site.store.subscriptions)
        due = [one for one in known if one.next_try <= now][:AT_ONCE]
        await asyncio.gather(*(self._ask(client, one, now) for one in due))

    async def _ask(self, client: Client, one: Subscription, now: datetime) -> None:
        source = next((s for s in self._site.config.sources if s.id == one.source), None)
        failed: str | None = None
        try:
            await ask(
                client,
                one.hub,
                subscribe=one.state is not HubState.LEAVING,
                topic=one.topic,
                callback=f"{one.base}{PATH}{one.token}",
                secret=one.secret,
                private=source is not None and source.allow_private,
            )
        except FetchError as error:
            failed = str(error)
        await asyncio.to_thread(self._asked, one, failed, now)

    def _asked(self, before: Subscription, failed: str | None, now: datetime) -> None:
        """Remember the hub's answer; it may have asked back already while it gave it."""
        with self._site.store.writing() as unit:
            one = unit.subscription(before.token)
            if one is None or one.state is not before.state or one.until != before.until:
                return
            failures = one.failures + 1  # until the hub asks back
            if one.state is HubState.LEAVING and failures > LEAVE_TRIES:
                unit.end_subscription(one.token)
                return
            pause = _backoff(failures) if failed else max(ANSWER_WITHIN, _backoff(failures))
            silent = "the hub did not ask back" if one.state is HubState.ASKED else ""
            taken = failed is None and one.state not in _STAY
            unit.save_subscription(
                replace(
                    one,
                    state=HubState.ASKED if taken else one.state,
                    failures=failures,
                    next_try=now + pause,
                    note=failed or silent,
                )
            )
        if failed:
            log.warning("hub not asked", source=one.source, hub=one.hub, cause=failed)

    # --- what hubs ask of us ---------------------------------------------------------------------

    def confirm(self, token: str, said: Mapping[str, str]) -> str | None:
        """What to answer a hub that asks whether a request was ours; None where it was not.

        A hub that refuses a subscription says so in the same place (section 5.2).
        """
        now, mode = self._site.clock.now(), said.get("hub.mode")
        with self._site.store.writing() as unit:
            one = unit.subscription(token)
            if one is None or said.get("hub.topic") != one.topic:
                return None
            if mode == "denied" and one.state is not HubState.LEAVING:
                self._denied(unit, one, said.get("hub.reason", ""), now)
                return ""
            challenge = said.get("hub.challenge")
            if not challenge or (mode == "unsubscribe") is not (one.state is HubState.LEAVING):
                return None
            if mode == "unsubscribe":
                unit.end_subscription(token)
            elif mode == "subscribe":
                self._held(unit, one, granted(said.get("hub.lease_seconds")), now)
            else:
                return None
        return challenge

    def _held(self, unit: Unit, one: Subscription, lease: timedelta, now: datetime) -> None:
        held = replace(
            one,
            state=HubState.HELD,
            until=now + lease,
            next_try=now + lease * 0.8,
            failures=0,
            note="",
        )
        unit.save_subscription(held)
        until = f"{held.until:%Y-%m-%d %H:%M:%SZ}"
        log.info("hub calls from now on", source=one.source, hub=one.hub, until=until)

    def _denied(self, unit: Unit, one: Subscription, reason: str, now: datetime) -> None:
        why = without_secrets(cut(" ".join(reason.split()), 200)) or "no reason given"
        again = now + RETRY_MAX
        unit.save_subscription(
            replace(one, state=HubState.REFUSED, until=None, next_try=again, note=why)
        )
        log.warning("hub refuses, the source is polled", source=one.source, hub=one.hub, cause=why)

    def called(self, token: str, body: bytes, signature: str | None) -> bool:
        """Take a hub's call: the source is read next. False when nobody here was to be called.

        A body that is not signed as it should be changes nothing, and the hub is not told so
        (section 7.1).
        """
        one = next((s for s in self._site.store.subscriptions() if s.token == token), None)
        if one is None or one.state is HubState.LEAVING:
            return False
        if is_signed(body, signature, one.secret):
            self._called.add(one.source)
        else:
            log.warning("a hub's call without its signature", source=one.source, hub=one.hub)
        return True

    def hasten(self) -> None:
        """Make due the sources whose hubs called; one that is being read, as soon as it was."""
        if not self._called:
            return
        called, self._called = self._called, set()
        now = self._site.clock.now()
        with self._site.store.writing() as unit:
            self._called |= {one for one in called if not unit.hasten(one, now, APART)}


_STAY = (HubState.HELD, HubState.LEAVING)


def _leaving(one: Subscription, now: datetime) -> Subscription:
    return replace(one, state=HubState.LEAVING, next_try=now, failures=0)


def _backoff(failures: int) -> timedelta:
    return min(RETRY_MIN * float(2 ** min(failures, 16)), RETRY_MAX)
