"""What the service does with its memory as a whole."""

from __future__ import annotations

import contextlib
import ctypes
import gc

from monitor.service.topics import forget_lexicon

_M_ARENA_MAX = -8  # mallopt(3)


def share_heap() -> None:
    """Let all threads use one heap of the C library. Does nothing where it is not glibc.

    Each of a dozen threads would else keep a heap of its own at the size that it once needed:
    27 MB after a first round of many feeds, instead of 16.
    """
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def give_back() -> None:
    """Let the system have what the heap holds free. Does nothing where it is not glibc.

    By itself that happens at the end of the heap alone, and a round of many feeds leaves 7 MB of
    holes before it. Looking for them takes a thousandth of a second at most.
    """
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def leave_alone_what_stays() -> None:
    """Let go of what only the start needs. The garbage collector then passes over what is left.

    It is used to the end; looking through it time and again is a twentieth of a poll.
    """
    forget_lexicon()
    gc.collect()
    gc.freeze()
