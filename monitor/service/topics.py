"""The configured topics, ready to judge by."""

from __future__ import annotations

from monitor.config.lexicon import read_lexicon
from monitor.config.load import Config
from monitor.config.topic import TopicPack
from monitor.detect import Topic, compile_topic


def open_topics(config: Config) -> dict[str, Topic]:
    """The configured topics, compiled. Raises ConfigError when a lexicon or pack is unusable."""
    lexicon = read_lexicon()
    return {name: compile_topic(name, pack, lexicon) for name, pack in config.topics.items()}


def open_topic(name: str, pack: TopicPack) -> Topic:
    """One topic, compiled, whether it is watched or not."""
    return compile_topic(name, pack, read_lexicon())
