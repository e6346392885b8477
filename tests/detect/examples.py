"""Articles and streams for the detector's tests; every sentence here was made up for them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from monitor.config.lexicon import read_common, read_lexicon
from monitor.config.topic import TopicPack
from monitor.detect import (
    Topic,
    TopicState,
    compile_topic,
    decide,
    everything,
    judge,
)
from monitor.models import Article, Decision, Story

START = datetime(2021, 3, 4, 3, 0, tzinfo=UTC)  # a Thursday
PACK = Path(__file__).parents[2] / "config" / "topics" / "liaison-office.yaml"


@lru_cache
def office() -> Topic:
    """The shipped topic."""
    pack = TopicPack.model_validate(YAML(typ="safe", pure=True).load(PACK))
    return compile_topic("liaison-office", pack, read_lexicon())


@lru_cache
def all_news() -> Topic:
    """The topic of `--no-topic`."""
    return everything(read_lexicon(), read_common())


def article(
    title: str,
    body: str = "",
    *,
    name: str | None = None,
    at: datetime = START,
    lang: str | None = None,
    outlet: str = "Example Post",
    summary: str = "",
) -> Article:
    return Article(
        id=name or f"a-{title}-{body}"[:80],
        title=title,
        body=body,
        summary=summary,
        seen=at,
        lang=lang,
        outlet=outlet,
        published=at,
    )


class Stream:
    """Feeds articles to the detector, minutes apart, and keeps its memory.

    With `stored` the memory goes through JSON before every article, as in the live service.
    """

    def __init__(self, topic: Topic | None = None, stored: bool = False) -> None:
        self.topic = topic or office()
        self.stored = stored
        self.now = START
        self.stories: dict[str, Story] = {}
        self.card: dict[str, str] = {}
        self.state = TopicState()
        self._count = 0
        self._seen: dict[str, Article] = {}

    def tell(
        self,
        title: str,
        body: str = "",
        *,
        after: timedelta = timedelta(minutes=7),
        lang: str | None = None,
        outlet: str | None = None,
        name: str | None = None,
    ) -> Decision:
        """A new article, or with a known `name` a revision of that one."""
        self._count += 1
        self.now += after
        name = name or f"n{self._count}"
        new = article(
            title, body, name=name, at=self.now, lang=lang, outlet=outlet or f"Outlet {self._count}"
        )
        before = self._seen.get(name)
        if before is not None:
            new = replace(
                new,
                revision=before.revision + 1,
                previous=replace(before, previous=None),
                story=before.story,
            )
        decision = self.take(new)
        self._seen[name] = replace(new, story=decision.story.id if decision.story else None)
        return decision

    def take(self, new: Article) -> Decision:
        state = self.state
        if self.stored:
            state = TopicState(reloaded(self.stories.values()), dict(self.card))
        decision = decide(new, judge(new, self.topic), self.topic, state, self.now)
        self.state.apply(decision)
        if decision.story is not None:
            self.stories[decision.story.id] = decision.story
        self.card |= {move.attribute: move.now for move in decision.moves}
        return decision


def reloaded(stories: Iterable[Story]) -> list[Story]:
    """The stories after a round trip through JSON, in another order."""
    return [
        replace(story, memory=json.loads(json.dumps(dict(story.memory))))
        for story in reversed(list(stories))
    ]
