"""Starts a program that must not outlive the demo: `python -m monitor.demo.leash PARENT ARGS...`.

On Linux the kernel sends it SIGTERM when its parent ends in whatever way, so that `kill -9` of the
demo leaves no service behind that polls servers which are gone. Elsewhere nothing is promised.
The program then replaces this one: same process, unmodified.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux' prctl


def main() -> None:
    """Tie this process to its parent, and become the program that was named."""
    parent, *program = sys.argv[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != int(parent):
        sys.exit(0)  # the parent was gone before the leash was on
    os.execv(program[0], program)  # noqa: S606 - no shell; the demo's own words


if __name__ == "__main__":
    main()
