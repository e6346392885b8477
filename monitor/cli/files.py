"""The commands that work on files: backtest and parse."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from monitor.cli.show import line, on_stderr
from monitor.cli.where import config_at
from monitor.errors import ConfigError, InputError
from monitor.web.words import count


def run_backtest(
    path: Path | None,
    articles: Path,
    topic: str | None,
    no_topic: bool,
    verdicts: Path | None,
) -> None:
    """`monitor backtest`: verdict rows to a file, else what is pushed and why to the terminal; and
    a summary in any case.
    """
    from monitor import backtest
    from monitor.config.lexicon import read_common, read_lexicon
    from monitor.detect import everything

    if topic and no_topic:
        raise ConfigError("give --topic NAME or --no-topic, not both")
    rows = list(backtest.read_rows(articles))
    judged_by = everything(read_lexicon(), read_common()) if no_topic else _topic(path, topic)
    found = backtest.run(_counted(rows), judged_by)
    tally: Counter[str] = Counter()
    stories: set[str] = set()
    with _writer(verdicts) as write:
        for row, verdict in zip(rows, found, strict=True):
            write(verdict)
            if verdicts is None:
                _print_verdict(row, verdict)
            tally["alert"] += verdict["alert"]
            tally["digest"] += verdict["digest"]
            tally["relevant"] += verdict["relevant"]
            stories.add(verdict["story"] or "")
    line(
        f"{count(len(rows), 'article')}: {tally['relevant']} relevant, "
        f"{count(len(stories - {''}), 'story', 'stories')}, {count(tally['alert'], 'alert')}, "
        f"{tally['digest']} for the digest"
    )


def _print_verdict(row: dict[str, Any], verdict: dict[str, Any]) -> None:
    """What a person would have got of it, and why; of what is silent nothing."""
    told = "alert" if verdict["alert"] else "digest" if verdict["digest"] else ""
    if told:
        line(f"{told:7} {row.get('title') or verdict['id']}", "bold" if verdict["alert"] else None)
        said = row.get("published") or row.get("fetched") or "without a date"
        line(f"        {verdict['kind']}: {verdict['why']}")
        line(f"        seen    {row.get('outlet') or 'unknown outlet'}, {said}", "dim")


def _topic(path: Path | None, name: str | None) -> Any:
    """The topic to judge by: of the folder topics/, whether monitor.yaml watches it or not.

    One that is named needs its own file and no other.
    """
    from monitor.config.place import find_config
    from monitor.service.topics import open_topic, open_topics

    if name is not None:
        folder = find_config(path, os.environ).parent / "topics"
        return open_topic(folder / f"{name}.yaml")
    topics = open_topics(config_at(path))
    if len(topics) > 1:
        raise ConfigError(f"say which topic to judge by: --topic {' or '.join(topics)}")
    return next(iter(topics.values()))


def _counted(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows, with a progress bar on a terminal."""
    from rich.progress import track

    err = on_stderr()
    yield from track(rows, "judging", console=err, transient=True, disable=not err.is_terminal)


@contextmanager
def _writer(path: Path | None) -> Iterator[Callable[[dict[str, Any]], None]]:
    """What writes one JSON row to the file, or nowhere. InputError when it cannot be written."""
    if path is None:
        yield lambda row: None
        return
    try:
        file = path.open("w", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from error
    with file:
        yield lambda row: print(json.dumps(row, ensure_ascii=False), file=file)


def run_parse(files: list[Path], content_type: str | None, url: str | None, want_json: bool) -> int:
    """`monitor parse`: 0 when every file could be read, else 3."""
    from monitor.sources.report import parse_file

    failed = 0
    for file in files:
        found = parse_file(file, content_type, url)
        failed += found["error"] is not None
        if want_json:
            print(json.dumps(found, ensure_ascii=False))  # noqa: T201
        else:
            _print_feed(found)
    return 3 if failed else 0


def _print_feed(found: dict[str, Any]) -> None:
    if found["error"]:
        error = found["error"].removeprefix(f"{found['file']}: ")
        line(f"{found['file']}: cannot be read: {error}", "red")
    else:
        line(f"{found['file']}: {found['format']}, {found['title'] or 'no title'}", "bold")
    for link in found.get("discovered", ()):
        line(f"  announces a feed: {link}")
    for warning in found["warnings"]:
        line(f"  warning: {warning}", "yellow")
    for entry in found["entries"]:
        line(f"  {entry['published'] or entry['updated'] or 'no date':20} {entry['title']}")
        line(f"  {'':20} {entry['link'] or entry['id']}", "dim")
