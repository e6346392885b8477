"""Work on what strangers wrote, in processes that can be killed: a deadline and a memory cap each.

Started by the first work, with a fresh interpreter: a fork would inherit the service's threads.
"""

from __future__ import annotations

import atexit
import gc
import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as Late
from pathlib import Path
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

T = TypeVar("T")

# Bytes in memory at which a worker is stopped, so that it never has 256 MB: libraries that were
# mapped but not in memory when the work began come on top.
MEMORY = 208 * 1024 * 1024
_SOON = 2.0  # seconds of work after which its memory is its own
_TASKS = 200  # then a worker is replaced, whatever its libraries have kept


class Queued(TimeoutError):
    """Nobody had time for the work; it was not begun, or had just begun."""


class Workers:
    """At most `count` processes. `prepare` runs in each before its first work, outside deadlines.

    Functions, arguments and results travel by pickle, so functions must have a module of their own.
    """

    def __init__(self, count: int, prepare: Callable[[], None] | None = None) -> None:
        self._count = count
        self._prepare = prepare
        self._lock = threading.Lock()
        self._pool: ProcessPool | None = None
        self._registered = False
        self._asked: set[ProcessFuture[Any]] = set()

    def run(
        self,
        work: Callable[..., T],
        *arguments: Any,
        seconds: float,
        patience: float | None = None,
    ) -> T:
        """What the function gives. Blocks; call it in a thread.

        TimeoutError when it ran for `seconds`; Queued when no answer came within `patience`
        seconds, the wait for a free worker included, or before `close`; MemoryError when it took
        too much or the worker died; twice, if it died soon: the first may have died of what an
        earlier work left behind, its successor begins anew. Its own exceptions pass through.
        """
        begun = time.monotonic()
        try:
            return self._run(work, *arguments, seconds=seconds, patience=patience)
        except MemoryError:
            if time.monotonic() - begun > _SOON:
                raise
            return self._run(work, *arguments, seconds=seconds, patience=patience)

    def _run(
        self, work: Callable[..., T], *arguments: Any, seconds: float, patience: float | None
    ) -> T:
        future = self._started().schedule(_capped, args=(work, *arguments), timeout=seconds)
        self._asked.add(future)
        try:
            found: T = future.result(patience)
        except Late as error:
            if future.done():
                raise TimeoutError from error
            future.cancel()  # type: ignore[no-untyped-call]
            raise Queued from error
        except CancelledError as error:
            raise Queued from error
        except ProcessExpired as error:
            raise MemoryError from error
        finally:
            self._asked.discard(future)
        return found

    def start(self) -> None:
        """Start the processes before they are needed; gives at once."""
        self._started().schedule(_nothing)

    def close(self) -> None:
        """End the processes, and every wait for them. They start again when they are needed."""
        with self._lock:
            pool, self._pool = self._pool, None
        for future in tuple(self._asked):  # the pool itself leaves them waiting
            future.cancel()  # type: ignore[no-untyped-call]
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    def _started(self) -> ProcessPool:
        with self._lock:
            if self._pool is None or not self._pool.active:
                if not self._registered:
                    atexit.register(self.close)
                    self._registered = True
                self._pool = ProcessPool(
                    max_workers=self._count,
                    max_tasks=_TASKS,
                    initializer=_begin,
                    initargs=[self._prepare],
                    context=multiprocessing.get_context("spawn"),
                )
            return self._pool


def _begin(prepare: Callable[[], None] | None) -> None:
    """Runs in the worker before its first work: no reaction to the terminal's Ctrl-C."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if prepare is not None:
        prepare()


def _capped(work: Callable[..., T], *arguments: Any) -> T:
    """Runs in the worker: the work under the memory cap.

    The cap holds for the work alone: a worker that has no memory left to read its next work would
    leave half a message in the pipe it shares with the others. One that ran out ends, so that its
    successor begins with all of it.
    """
    import resource

    gc.collect()  # what an earlier work left behind is not this one's
    resource.setrlimit(resource.RLIMIT_AS, (_room(), resource.RLIM_INFINITY))
    try:
        return work(*arguments)
    except MemoryError:
        os._exit(1)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def _room() -> int:
    """The address space in which the memory in use cannot grow beyond the cap.

    Most of a worker's address space is libraries of which little is in memory, so a fixed limit
    would be either too narrow for them or no limit for the work.
    """
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()
    size, resident = (int(number) * os.sysconf("SC_PAGE_SIZE") for number in pages[:2])
    return size + max(0, MEMORY - resident)


def _nothing() -> None:
    """The first work of a worker that is started ahead."""
