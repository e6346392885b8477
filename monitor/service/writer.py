"""The one writer: what decides is written here, one transaction after the other in a thread.

Documents that were read while another was committed share the next transaction, and so do the
states of sources that brought nothing (docs/decisions/0039). What the topics know lives beside it:
a transaction that fails may have left its traces there, so it is read anew.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from monitor.errors import StoreError
from monitor.models import SourceState
from monitor.service.decisions import TopicStates
from monitor.service.lastread import ReadWhole
from monitor.service.result import Document, PollResult
from monitor.service.site import Site
from monitor.service.together import Together
from monitor.service.underway import Underway
from monitor.store import Unit

T = TypeVar("T")
Take = Callable[[Unit, TopicStates, Document], PollResult]

PAUSE = 0.2  # seconds in which polls that brought nothing gather for one transaction
HOLD = 0.25  # seconds after which a transaction takes no further document: others want to write


class Writer:
    """Writes documents by `take`; `forget` hears of each source whose document was not written."""

    def __init__(
        self, site: Site, underway: Underway, take: Take, forget: Callable[[str], None]
    ) -> None:
        self._site = site
        self._underway = underway
        self._take = take
        self._forget = forget
        self._states = TopicStates(site)
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._documents = Together(self.thread, self.commit)
        self._quiet = Together(self.thread, self._keep_all, PAUSE)

    def document(self, document: Document) -> asyncio.Future[PollResult]:
        """What comes of a document, once it is stored. ReadWhole when nothing of it was written."""
        return self._documents.put(document)

    def keep(self, result: PollResult) -> asyncio.Future[None]:
        """Store the state that a poll came to, together with those of others.

        A crash before it is stored only means that the same answer is asked for again.
        """
        return self._quiet.put(result.after)

    async def decide(self, work: Callable[[Unit, TopicStates], T]) -> T:
        """Run work on the page of an article in a transaction of its own."""

        def noted(unit: Unit, states: TopicStates) -> T:
            with self._underway.on("page of an article"):
                return work(unit, states)

        return await self.run(lambda: self._deciding(noted))

    async def run(self, work: Callable[[], T]) -> T:
        """Run anything between two transactions."""
        return await asyncio.get_running_loop().run_in_executor(self.thread, work)

    async def settled(self) -> None:
        """Return when all that was handed in is stored."""
        await self._documents.settled()
        await self._quiet.settled()

    def close(self) -> None:
        """Wait for the commit under way, then stop."""
        self.thread.shutdown(wait=True)

    def commit(self, documents: Sequence[Document]) -> Sequence[PollResult | Exception]:
        """Commit documents in one transaction; when one of them fails, each in its own.

        Answers for the first of them in any case, and for as many more as there was time for.
        Raises StoreError.
        """
        try:
            return self._commit_together(documents)
        except StoreError:
            raise
        except Exception as error:
            if len(documents) == 1:
                return [error]
        return [self._commit_alone(document) for document in documents]

    def _commit_alone(self, document: Document) -> PollResult | Exception:
        try:
            return self._commit_together([document])[0]
        except Exception as error:
            return error

    def _commit_together(self, documents: Sequence[Document]) -> list[PollResult | ReadWhole]:
        results: list[PollResult | ReadWhole] = []
        begun = time.monotonic()

        def work(unit: Unit, states: TopicStates) -> None:
            for document in documents:
                with self._underway.on(document.source.id):
                    try:
                        results.append(self._take(unit, states, document))
                    except ReadWhole as again:  # nothing of it was written
                        results.append(again)
                if time.monotonic() - begun > HOLD:
                    break

        try:
            self._deciding(work)
        except BaseException:
            for document in documents:
                self._forget(document.source.id)
            raise
        return results

    def _deciding(self, work: Callable[[Unit, TopicStates], T]) -> T:
        try:
            with self._site.store.writing() as unit:
                return work(unit, self._states)
        except BaseException:
            self._states.forget()
            raise

    def _keep_all(self, states: Sequence[SourceState]) -> Sequence[None]:
        with self._site.store.writing() as unit:
            unit.save_sources(states)
        return [None] * len(states)
