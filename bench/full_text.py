"""What is lost and won where feeds give titles and summaries, and pages are read some time later.

    python bench/full_text.py DATA SCORER [--minutes 2 15 60] [--only NAME] [--keep FOLDER]

Replays the labelled streams of DATA three ways: every article whole at first sight; with its title
and summary alone; and so, with its page read so many minutes later, as the service does. A verdict
on an article is what was made of it by then; a page that pushes what was pushed already counts as
one more push. Prints a line for each way: the means over the streams.
"""

from __future__ import annotations

import argparse
import heapq
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import mean
from typing import Any

from quality import score, topic_of

from monitor.backtest import read_rows, run, write_verdicts
from monitor.detect import Topic
from monitor.sources.identity import canonical_url

Row = dict[str, Any]
SHOWN = ("noise", "owed_on_time", "owed_caught", "told", "minor_facts_told", "repeats_kept_quiet")
PAGE, AGAIN = "#page", "#again"  # behind an article's id: its page, and a second push of it


def served(rows: Iterable[Row], after: timedelta | None) -> Iterator[Row]:
    """What a feed of titles and summaries brings and what its pages do, `after` a first sight, in
    the order of time; no page at all for None. Rows without a summary are whole from the start.
    """
    due: list[tuple[datetime, int, str]] = []  # pages to be read, by address
    newest: dict[str, Row] = {}
    read: set[str] = set()
    for count, row in enumerate(rows):
        now = datetime.fromisoformat(row.get("fetched") or row["published"])
        yield from _pages(due, newest, read, now)
        address = canonical_url(row["url"]) if row.get("url") else row["id"]
        first = address not in newest
        newest[address] = row
        if address in read or not row.get("summary"):
            read.add(address)
            yield row | {"full": True}
            continue
        yield {key: value for key, value in row.items() if key not in ("body", "text")}
        if first and after is not None:
            heapq.heappush(due, (now + after, count, address))
    yield from _pages(due, newest, read, datetime.max.replace(tzinfo=UTC))


def _pages(
    due: list[tuple[datetime, int, str]], newest: Mapping[str, Row], read: set[str], now: datetime
) -> Iterator[Row]:
    while due and due[0][0] <= now:
        moment, _, address = heapq.heappop(due)
        if address not in read:
            read.add(address)
            row = newest[address]
            yield row | {"id": row["id"] + PAGE, "fetched": moment.isoformat(), "full": True}


def together(rows: Iterable[Row], verdicts: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """The articles with one verdict each, and what was pushed a second time as repeats beside."""
    made: dict[str, list[Row]] = {}
    for verdict in verdicts:
        made.setdefault(verdict["id"].removesuffix(PAGE), []).append(verdict)
    articles, merged = [], []
    for row in rows:
        mine = made[row["id"]]
        alert = any(verdict["alert"] for verdict in mine)
        articles.append(row)
        merged.append(
            mine[-1]
            | {"id": row["id"], "alert": alert}
            | {key: any(verdict[key] for verdict in mine) for key in ("relevant", "digest")}
        )
        if sum(verdict["alert"] for verdict in mine) > 1:
            about = row.get("development") is not None
            label = "repeat" if about else row["label"]
            articles.append(row | {"id": row["id"] + AGAIN, "label": label})
            merged.append(merged[-1] | {"id": row["id"] + AGAIN})
    return articles, merged


def scored(stream: Path, topic: Topic, scorer: Path, folder: Path, way: str) -> Row:
    """The score of a stream that is replayed one way: "whole", "never" or minutes."""
    rows = list(read_rows(stream / "articles.jsonl"))
    after = None if way in ("whole", "never") else timedelta(minutes=float(way))
    replayed = rows if way == "whole" else list(served(rows, after))
    articles, verdicts = together(rows, run(replayed, topic))
    place = folder / f"{stream.name}-{way}"
    place.mkdir(parents=True)
    for name in ("developments.jsonl", "worth.jsonl"):
        (place / name).write_bytes((stream / name).read_bytes())
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in articles)
    (place / "articles.jsonl").write_text("".join(lines), encoding="utf-8")
    write_verdicts(place / "verdicts.jsonl", verdicts)
    result = score(scorer, "developments", place / "articles.jsonl", place / "verdicts.jsonl")
    return result | {"again": len(articles) - len(rows)}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path, nargs="+")
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--minutes", nargs="*", default=["2", "15", "60"])
    parser.add_argument("--only", default="", help="streams with this in their names")
    parser.add_argument("--keep", type=Path, help="leave what was replayed there")
    options = parser.parse_args()
    found = [path for data in options.data for path in sorted(data.iterdir())]
    streams = [s for s in found if (s / "worth.jsonl").exists() and options.only in s.name]
    print(f"{len(streams)} streams; {'; '.join(SHOWN)}; pushes, of them again")
    with tempfile.TemporaryDirectory() as made:
        folder = options.keep or Path(made)
        for way in ("whole", "never", *options.minutes):
            results = [scored(s, topic_of(s), options.scorer, folder, way) for s in streams]
            figures = (mean(r[key] for r in results if r[key] is not None) for key in SHOWN)
            pushes, again = (sum(r[key] for r in results) for key in ("pushes", "again"))
            print(f"{way:>6} {' '.join(f'{f:.4f}' for f in figures)} {pushes} {again}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
