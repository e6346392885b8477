"""The configured topics, ready to judge by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from monitor.config.document import Loc, read
from monitor.config.lexicon import Lexicon, read_lexicon
from monitor.config.load import Config, load_topic
from monitor.config.topic import TopicPack
from monitor.config.units import suggest
from monitor.detect import Topic, Watch, compile_topic, forget_lexicons
from monitor.errors import ConfigError


def open_topics(config: Config) -> Watch:
    """The configured topics, compiled. Raises ConfigError when a lexicon or pack is unusable."""
    lexicon = read_lexicon()
    folder = config.path.parent / "topics"
    problems = [
        problem
        for name, pack in config.topics.items()
        for problem in _problems(folder / f"{name}.yaml", pack, lexicon)
    ]
    if problems:
        raise ConfigError(*problems)
    return Watch(config.topics, lexicon)


def forget_lexicon() -> None:
    """Let go of the words that topics were compiled from: 7 MB that nobody reads again."""
    read_lexicon.cache_clear()
    forget_lexicons()


def open_topic(file: Path) -> Topic:
    """One topic, compiled, whether it is watched or not. Raises ConfigError as `open_topics`."""
    pack, lexicon = load_topic(file), read_lexicon()
    if problems := list(_problems(file, pack, lexicon)):
        raise ConfigError(*problems)
    return compile_topic(file.stem, pack, lexicon)


def _problems(file: Path, pack: TopicPack, lexicon: Lexicon) -> Iterator[str]:
    """The acts that nobody defines: they would never be pushed, nor move the card."""
    known = {act for language in lexicon.languages for act in language.acts} | pack.acts.keys()
    for place, act in _acts(pack):
        if act not in known:
            near = suggest(act, sorted(known)) or ": docs/topics.md lists them"
            yield read(file).problem(place, f"no act has the id '{act}'{near}")


def _acts(pack: TopicPack) -> Iterator[tuple[Loc, str]]:
    """Every place that speaks of an act, with its id."""
    for number, act in enumerate(pack.push):
        yield ("push", number), act
    for number, attribute in enumerate(pack.card):
        for place, move in enumerate(attribute.moves):
            yield ("card", number, "moves", place, "act"), move.act
