"""The commands that look up what is remembered: `why` and `sources list`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.cli.show import as_json, line, short, table
from monitor.cli.where import config_at
from monitor.config.load import Config
from monitor.models import (
    Decision,
    LedgerRow,
    SourceState,
)
from monitor.service.shown import shown_means, shown_state
from monitor.sources.identity import canonical_url
from monitor.store import Store

DATABASE = "monitor.db"


@contextmanager
def stored(config: Config) -> Iterator[Store]:
    """The database as it is; StoreError when there is none yet."""
    store = Store.open(config.data / DATABASE, create=False)
    try:
        yield store
    finally:
        store.close()


def print_words(config: Config, row: Decision | LedgerRow) -> None:
    """The words that name what is watched, each once."""
    words = {
        f"'{span.text}' ({shown_means(span, row.topic, config.topics)}, {span.part})": None
        for span in row.spans
    }
    if words:
        line(f"        words   {', '.join(words)}", "dim")


def show_why(path: Path | None, article: str, want_json: bool) -> int:
    """`monitor why`; 1 when nothing was found."""
    config = config_at(path)
    with stored(config) as store:
        keys = [f"url:{canonical_url(article)}"] if "://" in article else []
        rows = store.why(keys, article)
    if want_json:
        as_json(rows)
    elif not rows:
        line(f"No entry with this address, id or title was ever seen: {article}")
    else:
        for row in rows:
            _print_why(config, row)
    return 0 if rows else 1


def _print_why(config: Config, row: LedgerRow) -> None:
    line(f"{row.verdict:7} {row.title}", "bold")
    edit = f", revision {row.revision}" if row.revision else ""
    line(f"        {short(row.at)} from {row.outlet or row.source}{edit}")
    line(f"        {row.kind}: {row.why}")
    print_words(config, row)
    if row.story:
        line(f"        story   {row.story_title or row.story}")
    for fact in row.new_facts:
        line(f"        new     {fact}")
    line(f"        rule    {row.stage} / {row.rule}", "dim")


def show_sources(path: Path | None, want_json: bool) -> None:
    """`monitor sources list`: what is configured, with what the store knows of it."""
    config = config_at(path)
    states: dict[str, SourceState] = {}
    if (config.data / DATABASE).exists():
        with stored(config) as store:
            states = {state.id: state for state in store.source_states()}
    if want_json:
        as_json(
            [
                source.model_dump()
                | {"url": source.address, "state": shown_state(source, states.get(source.id))}
                for source in config.sources
            ]
        )
        return
    table(
        ("source", "outlet", "lang", "on", "entries", "last read", "trouble"),
        (
            (
                source.id,
                source.outlet,
                source.lang,
                "yes" if source.enabled else "no",
                state.entries if (state := states.get(source.id)) else "",
                short(state.last_success) if state else "",
                _trouble(state) if state else "",
            )
            for source in config.sources
        ),
    )


def cause(state: SourceState) -> str:
    """Why a source is in trouble, or what it met once."""
    return state.cause or state.last_error or ""


def _trouble(state: SourceState) -> str:
    """The kind of trouble and its cause; what failed once has a cause alone."""
    return f"{state.trouble}: {cause(state)}" if state.trouble else cause(state)
