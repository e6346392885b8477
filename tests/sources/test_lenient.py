"""The lenient tier and the worker around it. J2 and the worker half of A17."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from monitor.errors import ParseError
from monitor.sources import lenient, workers
from monitor.sources.entries import RawFeed
from monitor.sources.lenient import close_workers, in_worker, parse_loosely
from tests.acceptance.world import Web

FEED = (
    b"<rss version='2.0'><channel><title>Desk</title><item><title>A</title><guid>1</guid>"
    b"<link>http://a.test/1</link><description>d</description><pubDate>2019-03-22</pubDate>"
    b"</item></channel>"
)


def read_lenient(data: bytes, seconds: float = lenient.SECONDS) -> RawFeed:
    return in_worker(parse_loosely, data, beginning="<rss", seconds=seconds)


def test_the_worker_reads_what_is_not_well_formed() -> None:
    feed = read_lenient(FEED)
    assert (feed.format, feed.title) == ("rss2.0", "Desk")
    (raw,) = feed.items
    assert (raw.guid, raw.link, raw.title, raw.summary) == ("1", "http://a.test/1", "A", "d")
    assert raw.published == ["2019-03-22"]


def test_feedparsers_names_of_formats_become_ours() -> None:
    atom = parse_loosely(
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><content>c</content>"
        b"<updated>2019-03-22</updated><source><title>Wire</title></source></entry></feed>"
    )
    assert (atom.format, atom.items[0].content, atom.items[0].origin) == ("atom1.0", "c", "Wire")
    assert atom.items[0].updated == ["2019-03-22"]
    rdf = parse_loosely(
        b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        b"xmlns='http://purl.org/rss/1.0/'><item><title>A</title></item></rdf:RDF>"
    )
    assert rdf.format == "rdf1.0"
    assert parse_loosely(b"<other/>").format == ""


def test_C7_a_body_that_looks_like_a_path_or_an_address_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_bytes(FEED)
    with closing(Web()) as server:
        server.pages["/a"] = (200, {"Content-Type": "application/rss+xml"}, FEED)
        for place in (str(file), file.as_uri(), f"{server.url}/a"):
            assert parse_loosely(place.encode()).items == []
        assert server.asked == []


def test_A17_a_document_that_takes_too_long_is_ended() -> None:
    start = time.monotonic()
    with pytest.raises(ParseError, match=r"took more than 1 s and was stopped; it begins: <rss$"):
        read_lenient(b"<rss><channel><item>" + b"<" * 2_000_000, seconds=1)
    assert time.monotonic() - start < 5
    assert len(read_lenient(FEED).items) == 1


def test_A17_a_document_that_takes_too_much_memory_is_ended() -> None:
    with pytest.raises(ParseError, match=r"too much memory and was stopped; it begins: <rss$"):
        in_worker(_takes_memory, FEED, beginning="<rss")
    assert len(read_lenient(FEED).items) == 1


def _takes_memory(data: bytes) -> bytes:
    return data + bytes(2 * workers.MEMORY)


def test_A17_a_worker_that_ran_out_of_memory_leaves_all_of_it_to_the_next_work() -> None:
    own = workers.Workers(1)
    try:
        with pytest.raises(MemoryError):
            own.run(_fills_memory, seconds=60)
        assert own.run(len, bytes(50_000_000), seconds=60) == 50_000_000
    finally:
        own.close()


_KEPT: list[bytes] = []


def _fills_memory() -> None:
    while True:
        _KEPT.append(bytes(1_000_000))


def test_a_worker_that_dies_is_replaced() -> None:
    read_lenient(FEED)
    for child in multiprocessing.active_children():
        os.kill(child.pid or 0, signal.SIGKILL)
    time.sleep(0.2)
    assert len(read_lenient(FEED).items) == 1


def test_J2_two_workers_at_most_and_none_after_closing() -> None:
    with ThreadPoolExecutor(6) as readers:
        assert len(list(readers.map(read_lenient, [FEED] * 6))) == 6
    assert 1 <= len(multiprocessing.active_children()) <= 2
    close_workers()
    assert not multiprocessing.active_children()
    close_workers()
    assert len(read_lenient(FEED).items) == 1


@pytest.mark.slow
def test_no_worker_outlives_a_killed_service(tmp_path: Path) -> None:
    script = tmp_path / "service.py"
    script.write_text(
        "import multiprocessing, time\n"
        "from monitor.sources.lenient import in_worker, parse_loosely\n"
        "if __name__ == '__main__':\n"
        "    in_worker(parse_loosely, b'<rss><channel><item></channel>')\n"
        "    print(*[c.pid for c in multiprocessing.active_children()], flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, text=True
    ) as service:
        assert service.stdout is not None
        children = [int(pid) for pid in service.stdout.readline().split()]
        service.kill()
    assert children
    end = time.monotonic() + 10
    while any(_runs(pid) for pid in children):
        assert time.monotonic() < end, "a worker is still there"
        time.sleep(0.1)


def _runs(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def dies_once(mark: str) -> str:
    if not Path(mark).exists():
        Path(mark).touch()
        os._exit(1)
    return "read"


def test_what_a_worker_died_of_before_its_work_was_done_is_tried_in_another(tmp_path: Path) -> None:
    in_worker(len, "")  # the workers are there
    assert in_worker(dies_once, str(tmp_path / "mark")) == "read"
