"""Which sources are read now: claimed a little ahead, read many at once, never one twice at a time.

A place is for what takes time, the reading. A poll that brought nothing frees its place at once;
its state is stored soon after, with those of others.
"""

from __future__ import annotations

import asyncio
from collections import deque
from datetime import timedelta

from monitor.config.settings import Source
from monitor.errors import StoreError
from monitor.models import SourceState
from monitor.service.baseline import FirstRound
from monitor.service.log import get_logger, short
from monitor.service.poll import Poller
from monitor.service.result import PollResult
from monitor.service.site import Site

log = get_logger()

FIRST_FAILURES = 12
AHEAD = 2  # sources claimed for each that is being read: a claim costs a transaction


class Dispatcher:
    """Reads the sources that are due, at most `polling.concurrent` at the same time."""

    def __init__(self, site: Site, poller: Poller, first_round: FirstRound) -> None:
        polling = site.config.settings.polling
        self._site = site
        self._poller = poller
        self._round = first_round
        self._places = polling.concurrent
        # Until those before it were read, and it too; each asks twice at most.
        self._lease = (1 + AHEAD) * 2 * polling.timeout + timedelta(seconds=60)
        self._sources = {source.id: source for source in site.enabled()}
        self._claimed: deque[SourceState] = deque()
        self._readers: set[asyncio.Task[None]] = set()
        self._held: set[str] = set()  # claimed, being read, or not stored yet
        self._claiming = asyncio.Lock()
        self._more_due = False
        self._stopping = False

    @property
    def reading(self) -> int:
        """How many sources are claimed, being read or being stored at this moment."""
        return len(self._held)

    async def fill(self) -> None:
        """Claim sources that are due, and see to it that every place is used. StoreError."""
        async with self._claiming:
            room = (1 + AHEAD) * self._places - len(self._readers) - len(self._claimed)
            if room <= 0 or self._stopping:
                return
            states = await asyncio.to_thread(self._claim, room)
            self._more_due = len(states) == room
            for state in states:
                if state.id not in self._held:
                    self._held.add(state.id)
                    self._claimed.append(state)
            for _ in range(min(len(self._claimed), self._places - len(self._readers))):
                reader = asyncio.create_task(self._read())
                self._readers.add(reader)
                reader.add_done_callback(self._readers.discard)

    async def drain(self, seconds: float) -> None:
        """Claim nothing more; wait for what is being read, and until it is stored."""
        self._stopping = True
        if self._readers:
            await asyncio.wait(self._readers, timeout=seconds)
        await self._poller.writer.settled()

    def _claim(self, limit: int) -> tuple[SourceState, ...]:
        site = self._site
        now = site.clock.now()
        due = site.store.next_due(now)
        if due is None or due > now:
            return ()
        with site.store.writing() as unit:
            return unit.claim_due(now, limit, site.owner, self._lease)

    async def _read(self) -> None:
        """Read one claimed source after the other."""
        while self._claimed and not self._stopping:
            await self._poll(self._claimed.popleft())
            if self._more_due and len(self._claimed) * 2 <= self._places:
                self._more_due = False  # until the next claim says otherwise
                await self._refill()

    async def _refill(self) -> None:
        """A round of many sources does not wait for the next tick."""
        try:
            await self.fill()
        except StoreError as error:
            log.error("no source claimed, it is tried again", cause=str(error))

    async def _poll(self, state: SourceState) -> None:
        source = self._sources.get(state.id)
        result = await self._result(source, state) if source else None
        if result is not None and result.unchanged:
            self._keep(result)
        else:
            self._held.discard(state.id)

    async def _result(self, source: Source, state: SourceState) -> PollResult | None:
        """What came of one poll, None when that is not known; told to whom it concerns."""
        try:
            result = await self._poller.read(source, state)
            if not result.unchanged:
                if result.error is None or worth_a_line(result.after.failures):
                    tell(result)
                await self._note(result)
            return result
        except StoreError as error:
            _not_stored(source.id, error)
        except Exception:
            log.exception("poll failed", source=source.id)
        return None

    def _keep(self, result: PollResult) -> None:
        id_ = result.after.id

        def kept(stored: asyncio.Future[None]) -> None:
            self._held.discard(id_)
            error = None if stored.cancelled() else stored.exception()
            if error is not None:
                _not_stored(id_, error)

        self._poller.writer.keep(result).add_done_callback(kept)

    async def _note(self, result: PollResult) -> None:
        now = self._site.clock.now()
        self._round.note(result, now)
        if self._round.owed(now):
            await asyncio.to_thread(self._round.flush, now)


def _not_stored(source_id: str, error: BaseException) -> None:
    log.error("poll not stored, it is tried again", source=source_id, cause=str(error))


def worth_a_line(failures: int) -> bool:
    """Whether a failure is written: the first ones, then about one a day.

    A feed that is dead for a month would otherwise be most of the month's log.
    """
    return failures <= FIRST_FAILURES or failures % 24 == 0


def tell(result: PollResult) -> None:
    """A log line for a poll that failed or brought something about a topic, and for each oddity.

    What concerns no topic is in the ledger; a line for each of it would hide the others.
    """
    source, after = result.source, result.after
    for warning in result.warnings:
        log.info("feed warning", source=source.id, warning=warning)
    if result.renamed:
        log.info("re-identified", source=source.id, entries=result.renamed)
    if result.error is not None:
        log.warning(
            "cannot read source",
            source=source.id,
            cause=result.error,
            failures=after.failures,
            next_try=short(after.next_due),
        )
    elif result.relevant or result.baseline:
        log.info(
            "read source",
            source=source.id,
            new=result.new,
            relevant=result.relevant,
            alerts=result.alerts,
            baseline=result.baseline,
        )
