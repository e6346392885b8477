"""All watched topics together: an article is asked once which of them it can concern."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from monitor.config.lexicon import Lexicon
from monitor.config.topic import TopicPack
from monitor.detect.words.names import Concerned, Names
from monitor.detect.words.opened import concerned
from monitor.detect.words.topic import Topic, compile_topics
from monitor.detect.words.vocabulary import vocabulary_of
from monitor.models import Article


class Watch(Mapping[str, Topic]):
    """The topics by their names, in the order of the configuration."""

    def __init__(self, packs: Mapping[str, TopicPack], lexicon: Lexicon) -> None:
        self._vocabulary = vocabulary_of(lexicon)
        self._names = Names(packs, lexicon)
        self._topics = compile_topics(packs, lexicon, self._names)
        self._places = {name: place for place, name in enumerate(self._topics)}

    def __getitem__(self, name: str) -> Topic:
        return self._topics[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._topics)

    def __len__(self) -> int:
        return len(self._topics)

    def concerned(self, article: Article) -> Concerned:
        """The topics that an article can concern at all; its text is read for no other."""
        return concerned(article, self._vocabulary, self._names)

    def in_order(self, names: Iterable[str]) -> list[Topic]:
        """Those of the names that are watched, in the order of the configuration."""
        known = self._places.keys() & names
        return [self._topics[name] for name in sorted(known, key=self._places.__getitem__)]
