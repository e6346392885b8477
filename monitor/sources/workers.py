"""Work on what strangers wrote, in processes that can be killed: a deadline and a memory cap each.

Started by the first work, with a fresh interpreter: a fork would inherit the service's threads.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import TimeoutError as Late
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

T = TypeVar("T")

MEMORY = 512 * 1024 * 1024  # address space of a worker, most of it shared libraries
_TASKS = 200  # then a worker is replaced, whatever its libraries have kept


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

    def run(
        self,
        work: Callable[..., T],
        *arguments: Any,
        seconds: float,
        patience: float | None = None,
    ) -> T:
        """What the function gives. Blocks; call it in a thread.

        TimeoutError when it ran for `seconds`, or when no answer came within `patience` seconds,
        the wait for a free worker included; MemoryError when it took too much or the worker died.
        Its own exceptions pass through.
        """
        future = self._started().schedule(_capped, args=(work, *arguments), timeout=seconds)
        try:
            found: T = future.result(patience)
        except Late as error:
            future.cancel()  # type: ignore[no-untyped-call]
            raise TimeoutError from error
        except ProcessExpired as error:
            raise MemoryError from error
        return found

    def start(self) -> None:
        """Start the processes before they are needed; gives at once."""
        self._started().schedule(_nothing)

    def close(self) -> None:
        """End the processes. They start again when they are needed."""
        with self._lock:
            pool, self._pool = self._pool, None
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

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.RLIM_INFINITY))
    try:
        return work(*arguments)
    except MemoryError:
        os._exit(1)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def _nothing() -> None:
    """The first work of a worker that is started ahead."""
