"""`monitor check`, and what a start says of a configuration that is good."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from monitor.cli.where import config_at
from monitor.config.document import read as read_document
from monitor.config.document import shown
from monitor.config.doubts import check
from monitor.config.lexicon import read_frequent, read_grammars, read_lexicon
from monitor.config.load import Config, load_topic, pack_of
from monitor.config.topic import TopicPack
from monitor.detect import compile_topic
from monitor.detect.words.doubtful import Frequent, doubtful
from monitor.errors import ConfigError, StoreError
from monitor.service.channels import open_channels
from monitor.service.reach import look, turned_down
from monitor.service.shown import moved_for_good
from monitor.store import Store
from monitor.web.words import count


def notes(store: Store, config: Config) -> tuple[str, ...]:
    """Which channels refused what they were sent last, and which sources have moved.

    No token says of itself that it expired, and a feed that moved is read on until it is gone.
    """
    states = {state.id: state for state in store.source_states()}
    on = [source for source in config.sources if source.enabled]
    moves = [(source.id, moved_for_good(source, states.get(source.id))) for source in on]
    moved = (f"source {id_} has {words}" for id_, words in moves if words)
    return (*turned_down(look(store, config)), *moved)


def _known(config: Config) -> tuple[str, ...]:
    """The notes of a database that is there; one that cannot be read is for `run` to tell of."""
    file = config.data / "monitor.db"
    with suppress(StoreError), Store.open(file, timeout=0.2, create=False) as store:
        return notes(store, config)
    return ()


def _packs(config: Config) -> list[Path]:
    """The files of the topics that are watched."""
    return [config.path.parent / "topics" / f"{name}.yaml" for name in config.topics]


def check_config(path: Path | None) -> list[str]:
    """`monitor check`: everything that can be known without a network."""
    config = config_at(path)
    open_channels(config, os.environ)
    on = sum(source.enabled for source in config.sources)
    told = (*check(config, os.environ), *doubted(_packs(config)), *_known(config))
    lines = [f"note: {each}" for each in told]
    return [
        *lines,
        f"{config.path}: good. {count(len(config.topics), 'topic')}, {on} of "
        f"{count(len(config.sources), 'source')} on, "
        f"{count(len(config.settings.channels), 'channel')}.",
    ]


def check_packs(files: Iterable[Path]) -> Iterator[str]:
    """`monitor check FILE`: packs by themselves, without a monitor.yaml; ConfigError has every
    mistake of all of them. Channels are monitor.yaml's and not looked at.
    """
    packs: dict[Path, TopicPack] = {}
    problems: list[str] = []
    for file in files:
        try:
            packs[file] = load_topic(file)
        except ConfigError as error:
            problems += error.problems
    if problems:
        raise ConfigError(*problems)
    yield from (f"note: {each}" for each in doubted(packs))
    for file, pack in packs.items():
        compile_topic(file.stem, pack, read_lexicon())
        yield f"{shown(file)}: good. {_counted(pack)}."


def _counted(pack: TopicPack) -> str:
    subjects, acts = count(len(pack.subjects), "subject"), count(len(pack.push), "act")
    return f"{subjects}, {acts} to push, {count(len(pack.card), 'line')} on the card"


def doubted(files: Iterable[Path]) -> Iterator[str]:
    """A line for each word of good packs that may take more than was meant."""
    frequent = Frequent(read_frequent(), read_grammars())
    for file in files:
        document = read_document(file)
        for place, text in doubtful(pack_of(document), frequent):
            yield document.problem(place, text)
