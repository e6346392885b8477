"""What is in memory for as long as the service runs, and how the heap is shared."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import weakref
from pathlib import Path

import pytest

import monitor
from monitor.config.lexicon import read_lexicon
from monitor.config.load import load_topic
from monitor.detect import Watch
from monitor.service.topics import forget_lexicon
from tests.detect.examples import article

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


HOLES = """
from pathlib import Path
from monitor.service.memory import give_back, share_heap

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1])

share_heap()
kept = [bytes(600) for _ in range(40_000)]
held = kept.pop()
full = resident()
kept.clear()  # pages free, below what is still held
before = resident()
give_back()
print(full - before, before - resident())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library looks after it")
def test_what_is_free_between_what_is_held_goes_back_to_the_system() -> None:
    run = subprocess.run([sys.executable, "-c", HOLES], capture_output=True, text=True, check=True)
    by_itself, given = map(int, run.stdout.split())
    assert given > 5_000 > by_itself  # pages of 4 KB, of some 6,000


IMPORTS = """
import os, sys
from pathlib import Path
import monitor.cli.running
from monitor.config.load import load
from monitor.service.channels import open_channels
assert len(open_channels(load(Path(sys.argv[1])), os.environ)) == 2
print(*(name.partition(".")[0] for name in sys.modules), *sys.modules)
"""
CHANNELS = """
topics: [rafah-crossing]
channels:
  mail: {url: "mailto://127.0.0.1:25?from=a@example.org&to=b@example.org"}
  room: {url: "slack://xoxb-1234-1234-abc124/#ops"}
"""
SHIPPED = Path(monitor.__file__).parents[1] / "config"
UNUSED = {"rich", "pygments", "click", "alembic", "sqlalchemy.dialects.postgresql", "apprise"}


def test_the_service_holds_no_library_that_it_does_not_use(tmp_path: Path) -> None:
    """Apprise reads the URLs of mail and Slack, and is not in memory afterwards."""
    file = tmp_path / "monitor.yaml"
    file.write_text(CHANNELS)
    (tmp_path / "topics").mkdir()
    shutil.copy(SHIPPED / "topics" / "rafah-crossing.yaml", tmp_path / "topics")
    shutil.copytree(SHIPPED / "sources", tmp_path / "sources")
    command = [sys.executable, "-c", IMPORTS, str(file)]
    run = subprocess.run(command, capture_output=True, text=True)
    assert {"structlog", "httpx", "sqlalchemy"} <= set(run.stdout.split())
    assert not UNUSED & set(run.stdout.split())


def test_topics_that_are_compiled_keep_no_lexicon() -> None:
    lexicon = read_lexicon.__wrapped__()
    packs = {"rafah": load_topic(SHIPPED / "topics" / "rafah-crossing.yaml")}
    topics, gone = Watch(packs, lexicon), weakref.ref(lexicon)
    del lexicon
    assert gone() is not None
    forget_lexicon()
    assert gone() is None
    assert topics.concerned(article("Rafah crossing opens")).named == {"rafah"}
