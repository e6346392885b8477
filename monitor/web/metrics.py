"""What a watch over this service may ask: figures in the text form that Prometheus reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from monitor import __version__
from monitor.config.load import Config
from monitor.service import reach
from monitor.store import Store
from monitor.web import pages

TYPE = "text/plain; version=0.0.4; charset=utf-8"

Sample = tuple[Mapping[str, str], float]


def metrics(store: Store, config: Config, *, working: bool) -> str:
    """The document: whether it works, sources by condition, and what was and is owed to channels.

    Counts whole tables, as the status does: for a look each minute, not each second.
    """
    return "".join(_lines(store, config, working))


def _lines(store: Store, config: Config, working: bool) -> Iterator[str]:
    counts = store.counts()
    yield _one("up", "1 while due sources are looked for.", [({}, working)])
    yield _one("build_info", "The version that runs.", [({"version": __version__}, 1)])
    yield from _sources(pages.source_lines(store, config.sources))
    kept = {
        "articles": counts.articles,
        "stories": counts.stories,
        "alerts": counts.alerts,
        "decisions": counts.ledger,
    }
    for name, number in kept.items():
        yield _one(name, f"How many {name} are on record.", [({}, number)])
    states = [({"state": state.value}, number) for state, number in counts.deliveries.items()]
    yield _one("deliveries", "Messages by state, as in `monitor deliveries list`.", states)
    yield _one(
        "channel_trouble_messages",
        "Messages that a channel in trouble did not take.",
        [
            ({"channel": each.channel, "why": each.block.value}, each.deliveries)
            for each in reach.look(store, config)
            if not each.over
        ],
    )
    yield _one(
        "database_bytes", "Size of the database with its log.", [({}, counts.database_bytes)]
    )


def _sources(lines: Iterable[pages.SourceLine]) -> Iterator[str]:
    on = [line for line in lines if line.condition != "off"]
    kinds = ("reading", "waiting", "doubtful", "failing")
    yield _one(
        "sources",
        "Sources that are on, by condition.",
        [({"condition": kind}, sum(line.condition == kind for line in on)) for kind in kinds],
    )
    for name, words, moment in (
        ("read", "When a source could last be read.", "last_success"),
        ("new", "When a source last brought something new.", "last_new"),
    ):
        seen = [(line.source.id, getattr(line.state, moment, None)) for line in on]
        at = [({"source": id_}, when.timestamp()) for id_, when in seen if when]
        yield _one(f"source_last_{name}_timestamp_seconds", words, at)


def _one(name: str, words: str, samples: Iterable[Sample]) -> str:
    """One figure with what it means; a figure without a sample is named all the same."""
    name = f"liaison_monitor_{name}"
    rows = [f"{name}{_labels(labels)} {_number(value)}" for labels, value in samples]
    return "\n".join([f"# HELP {name} {words}", f"# TYPE {name} gauge", *rows, ""])


def _labels(labels: Mapping[str, str]) -> str:
    inside = ",".join(f'{key}="{_quoted(value)}"' for key, value in labels.items())
    return f"{{{inside}}}" if inside else ""


def _quoted(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.3f}"
