"""The configured topics, ready to judge by."""

from __future__ import annotations

from pathlib import Path

from monitor.config.lexicon import read_lexicon
from monitor.config.load import Config, load_topic
from monitor.detect import Topic, Watch, compile_topic, forget_lexicons


def open_topics(config: Config) -> Watch:
    """The configured topics, compiled. Raises ConfigError when a lexicon is unusable."""
    return Watch(config.topics, read_lexicon())


def forget_lexicon() -> None:
    """Let go of the words that topics were compiled from: 7 MB that nobody reads again."""
    read_lexicon.cache_clear()
    forget_lexicons()


def open_topic(file: Path) -> Topic:
    """One topic, compiled, whether it is watched or not. ConfigError when its pack is unusable."""
    return compile_topic(file.stem, load_topic(file), read_lexicon())
