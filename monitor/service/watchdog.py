"""Ends a process that hangs, so that whatever started it starts it anew (fault D4).

A thread that hangs cannot be ended, and would hold its place or a lock for ever; the process can,
at any moment, because nothing is lost by a kill. Docker's restart policy, systemd's
Restart=on-failure or the like begin it again.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import threading
from collections.abc import Callable, Hashable, Mapping

from monitor.service.log import get_logger

log = get_logger()

LOOK = 5.0  # seconds between two looks
LIMIT = 120.0  # seconds without a move; the longest document is stopped after a fraction of it
EXIT = 7

Sign = Callable[[], Hashable | None]
"""A value that changes while the work goes on; None while there is nothing to do."""


class Watchdog:
    """Looks in a thread of its own whether each sign still moves.

    Looks are counted, not seconds: a process that was stopped (SIGSTOP) and goes on has not hung.
    A hang that lets no other thread run is ended by the kernel, after LIMIT seconds of processor
    time without a look.
    """

    def __init__(self, signs: Mapping[str, Sign], end: Callable[[str], None] | None = None) -> None:
        self._signs = signs
        self._end = end or _end
        self._seen: dict[str, tuple[Hashable, int]] = {}
        self._stop = threading.Event()

    def start(self) -> None:
        """Watch until `stop`. Call it in the main thread."""
        faulthandler.register(signal.SIGPROF, all_threads=True, chain=True)
        signal.setitimer(signal.ITIMER_PROF, LIMIT)
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def stop(self) -> None:
        """Watch no longer."""
        self._stop.set()
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.unregister(signal.SIGPROF)

    def look(self) -> str | None:
        """The name of a sign that has not moved for LIMIT seconds of looks."""
        for name, sign in self._signs.items():
            value = sign()
            before, still = self._seen.get(name, (None, 0))
            still = still + 1 if value is not None and value == before else 0
            self._seen[name] = (value, still)
            if still * LOOK >= LIMIT:
                return name
        return None

    def _watch(self) -> None:
        while not self._stop.wait(LOOK):
            signal.setitimer(signal.ITIMER_PROF, LIMIT)
            hung = self.look()
            if hung is not None:
                self._end(hung)


def _end(hung: str) -> None:
    log.critical("the service hangs and is ended, to be started anew", hung=hung, exit=EXIT)
    faulthandler.dump_traceback(all_threads=True)
    os._exit(EXIT)
