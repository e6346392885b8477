"""How fast feed documents are read, beside feedparser in the same run, and what a large one costs.

    python bench/parsing.py FOLDER

FOLDER holds documents and expected.jsonl, as for `make conformance`; the captured XML documents of
it are read. Ours is everything up to entries: decoding, addresses, dates, clean text. The large
feed is made here: as many entries as fit into 10 MB, in one process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from goals import at_least, at_most

from monitor.errors import ParseError
from monitor.sources.parse import MAX_BYTES, NOT_WELL_FORMED, Known, parse, read_all

RUNS = 7
ITEM = (
    "<item><guid>tag:example.org,2020:{n}</guid><link>https://example.org/news/{n}</link>"
    "<title>Report {n} of the desk</title><pubDate>Thu, 02 Jan 2020 10:00:00 +0900</pubDate>"
    "<description>{text}</description></item>"
)
TEXT = "&lt;p&gt;Both sides &lt;b&gt;met&lt;/b&gt; &amp;amp; spoke for an hour.&lt;/p&gt; " * 20


def captured(folder: Path) -> list[bytes]:
    """The XML documents that real publishers served."""
    forms, kinds = ("rss", "rdf", "atom", "sitemap"), ("captured", "republished")
    rows = [json.loads(line) for line in (folder / "expected.jsonl").open(encoding="utf-8")]
    wanted = [r for r in rows if r["origin"] in kinds and r["format"].startswith(forms)]
    return [(folder / row["file"]).read_bytes() for row in wanted]


def seconds(read: Callable[[bytes], object], bodies: list[bytes]) -> float:
    """Processor time over all bodies."""
    start = time.process_time()
    for body in bodies:
        read(body)
    return time.process_time() - start


def on_the_fast_tier(body: bytes) -> bool:
    """Whether the document needed no lenient reader."""
    try:
        return NOT_WELL_FORMED not in parse(body).warnings
    except ParseError:
        return False


def compare(bodies: list[bytes]) -> None:
    """Print ours beside feedparser, best run each."""
    import feedparser

    fast = sum(map(on_the_fast_tier, bodies))
    ours = theirs = float("inf")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(RUNS):  # in turns, so that a busy machine is fair to both
            ours = min(ours, seconds(parse, bodies))
            theirs = min(theirs, seconds(lambda body: feedparser.parse(BytesIO(body)), bodies))
    size = sum(map(len, bodies)) / 1e6
    print(f"{len(bodies)} captured XML documents, {size:.1f} MB, {fast} on the fast tier")
    print(f"  ours {ours:.3f} s of CPU, feedparser {theirs:.3f} s")
    at_least("parsing: feedparser's time / ours", theirs / ours, 15)
    at_least("  documents on the fast tier", 100 * fast / len(bodies), 98, "%")


def large_feed() -> bytes:
    """A feed of just under the largest size that is read."""
    count = (MAX_BYTES - 1_000) // (len(ITEM.format(n=100_000, text=TEXT)) + 1)
    items = "\n".join(ITEM.format(n=n, text=TEXT) for n in range(count))
    feed = f"<rss version='2.0'><channel><title>Large</title>{items}</channel></rss>".encode()
    assert 0.9 * MAX_BYTES < len(feed) <= MAX_BYTES
    return feed


def memory(which: str) -> float:
    """Memory of this process in MB: VmRSS is what it holds, VmHWM the peak."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(which)) / 1024


def read_large() -> None:
    """Print what the large feed costs; in a process of its own, where the peak is its own."""
    parse(b"<rss version='2.0'><channel><title>Small</title></channel></rss>")
    # The service has a worker do this; here it is done where it can be measured.
    body = large_feed()
    before = memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forgets the peak
    start = time.process_time()
    entries = read_all(body, Known()).entries
    spent = time.process_time() - start
    more = memory("VmHWM") - before
    print(f"a feed of {len(body) / 1e6:.1f} MB, {len(entries)} entries")
    at_most("a feed of 10 MB", spent, 0.5, "s")
    at_most("  extra memory", more, 40, "MB")


def main(arguments: list[str]) -> int:
    if arguments == ["--large"]:
        read_large()
        return 0
    if len(arguments) != 1 or not (Path(arguments[0]) / "expected.jsonl").is_file():
        print(__doc__, file=sys.stderr)
        return 2
    compare(captured(Path(arguments[0])))
    sys.stdout.flush()
    return subprocess.run([sys.executable, __file__, "--large"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
