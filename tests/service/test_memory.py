"""What is in memory for as long as the service runs, and how the heap is shared."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

GROWS = """
import sys, threading
from pathlib import Path
from monitor.service.memory import share_heap

def work():
    kept = [bytes(600) for _ in range(1000)]
    ready.wait()

if sys.argv[1] == "shared":
    share_heap()
ready = threading.Barrier(7)
threads = [threading.Thread(target=work) for _ in range(6)]
for one in threads:
    one.start()
ready.wait()
print(len([1 for line in Path("/proc/self/maps").read_text().splitlines() if " ---p " in line]))
"""


def reserved(how: str) -> int:
    """Regions that are set aside and not used: each arena of a thread brings one."""
    run = subprocess.run(
        [sys.executable, "-c", GROWS, how], capture_output=True, text=True, check=True
    )
    return int(run.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library has no arenas")
def test_threads_share_one_heap() -> None:
    assert reserved("shared") < reserved("apart")


IMPORTS = """
import sys
import monitor.cli.running
print(*(name.partition(".")[0] for name in sys.modules), *sys.modules)
"""
UNUSED = {"rich", "pygments", "click", "alembic", "sqlalchemy.dialects.postgresql", "apprise"}


def test_the_service_holds_no_library_that_it_does_not_use() -> None:
    run = subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True)
    assert {"structlog", "httpx", "sqlalchemy"} <= set(run.stdout.split())
    assert not UNUSED & set(run.stdout.split())
