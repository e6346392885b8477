"""The configured topics, ready to judge by."""

from __future__ import annotations

from monitor.config.lexicon import read_lexicon
from monitor.config.load import Config
from monitor.config.topic import TopicPack
from monitor.detect import Topic, Watch, compile_topic


def open_topics(config: Config) -> Watch:
    """The configured topics, compiled. Raises ConfigError when a lexicon or pack is unusable."""
    return Watch(config.topics, read_lexicon())


def open_topic(name: str, pack: TopicPack) -> Topic:
    """One topic, compiled, whether it is watched or not."""
    return compile_topic(name, pack, read_lexicon())
