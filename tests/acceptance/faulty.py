"""`monitor` with a fault in the reader: the document of the source "bad" hangs or ends the process.

    python -m tests.acceptance.faulty KIND run --config ...

KIND is `lock` (a lock that nobody frees), `regex` (a match that never ends and lets no other thread
run) or `abort`. The watchdog counts in seconds what it counts in minutes.
"""

from __future__ import annotations

import os
import re
import sys
import threading
from collections.abc import Callable
from typing import Any

from monitor.cli import main
from monitor.service import lastread, watchdog
from monitor.sources.read import read

FAULTS: dict[str, Callable[[], object]] = {
    "lock": lambda: threading.Event().wait(),
    "regex": lambda: re.match(r"(?:a|aa|a+)+$", "a" * 200 + "b"),
    "abort": os.abort,
}


def run(kind: str) -> None:
    def faulty(source: Any, *rest: Any, here: bool) -> Any:
        if source.id == "bad":
            FAULTS[kind]()
        return read(source, *rest, here=here)

    watchdog.LOOK, watchdog.LIMIT = 0.5, 4.0
    vars(lastread)["read_document"] = faulty
    main()


if __name__ == "__main__":
    run(sys.argv.pop(1))
