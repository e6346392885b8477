"""The states of polls that brought nothing, written together.

An idle round would otherwise wait for the disk once a source. A state is stored before its poll
counts as done; a crash before that only means that the same answer is asked for again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor

from monitor.models import SourceState
from monitor.store import Store

PAUSE = 0.05  # seconds in which others may join a transaction


class QuietStates:
    """Collects states for a moment and stores them in one transaction, in the writer's thread."""

    def __init__(self, store: Store, writer: Executor) -> None:
        self._store = store
        self._writer = writer
        self._waiting: list[SourceState] = []
        self._round: asyncio.Task[None] | None = None

    async def save(self, state: SourceState) -> None:
        """Store the state; returns when it is stored. StoreError reaches all that were joined."""
        self._waiting.append(state)
        if self._round is None:
            self._round = asyncio.create_task(self._write())
        await asyncio.shield(self._round)

    async def _write(self) -> None:
        await asyncio.sleep(PAUSE)
        states, self._waiting, self._round = self._waiting, [], None
        await asyncio.get_running_loop().run_in_executor(self._writer, self._store_all, states)

    def _store_all(self, states: Sequence[SourceState]) -> None:
        with self._store.writing() as unit:
            unit.save_sources(states)
