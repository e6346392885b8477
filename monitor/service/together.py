"""Work that is dear to begin and cheap to go on with, done for several at once.

A transaction of its own for each poll would wait for the disk once a source. What is asked for
while the last transaction was written shares the next one: alone it waits for nobody.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Together(Generic[T, R]):
    """Collects items and hands those that wait to `work` in a thread, in the order of their coming.

    `work` answers for the first of its items, at least for one; the others are handed to it again.
    An answer may be an exception, which then is that item's. What `work` raises is everybody's.
    Others may join for `pause` seconds after the first.
    """

    def __init__(
        self,
        threads: Executor,
        work: Callable[[Sequence[T]], Sequence[R | Exception]],
        pause: float = 0.0,
    ) -> None:
        self._threads = threads
        self._work = work
        self._pause = pause
        self._waiting: deque[tuple[T, asyncio.Future[R]]] = deque()
        self._round: asyncio.Task[None] | None = None

    def put(self, item: T) -> asyncio.Future[R]:
        """What comes of the item, once it is there. To give up waiting does not stop the work."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[R] = loop.create_future()
        self._waiting.append((item, answer))
        if self._round is None:
            self._round = loop.create_task(self._run())
        return answer

    async def settled(self) -> None:
        """Return when nothing waits any more."""
        if self._round is not None:
            await asyncio.wait({self._round})

    async def _run(self) -> None:
        try:
            while self._waiting:
                if self._pause:
                    await asyncio.sleep(self._pause)
                items = [item for item, _ in self._waiting]
                self._answer(await self._answers(items))
        finally:
            self._round = None

    async def _answers(self, items: Sequence[T]) -> Sequence[R | Exception]:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._threads, self._work, items)
        except Exception as error:
            return [error] * len(items)

    def _answer(self, answers: Sequence[R | Exception]) -> None:
        for answer in answers:
            _, waiting = self._waiting.popleft()
            if waiting.done():  # given up meanwhile
                continue
            if isinstance(answer, Exception):
                waiting.set_exception(answer)
            else:
                waiting.set_result(answer)
