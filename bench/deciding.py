"""CPU of one decision on the default topic, by how many stories are open.

    python bench/deciding.py

The articles are a labelled stream of this repository. Open stories are copies of its own, each with
a tenth of its words and facts, told of over the 120 days in which a story stays open. Older entries
of a topic are in the store alone and cost a decision nothing.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from quality import shipped_topic

from monitor.backtest import article_of, read_rows
from monitor.detect import HORIZON, Topic, TopicState, decide, judge
from monitor.models import Article, Story

STREAM = Path(__file__).parent.parent / "tests/detect/streams/office-2020-2024/articles.jsonl"
SIZES = (1_000, 10_000)
ARTICLES = 150


def stories_of(articles: list[Article], topic: Topic) -> list[Story]:
    """The stories that the articles make."""
    state, found = TopicState(), {}
    for article in articles:
        decision = decide(article, judge(article, topic), topic, state, article.seen)
        state.apply(decision)
        if decision.story is not None:
            found[decision.story.id] = decision.story
    return list(found.values())


def copies(stories: list[Story], size: int) -> list[Story]:
    """So many stories, of which each keeps a tenth of the words and the facts of its model."""
    made = []
    for number in range(size):
        story = stories[number % len(stories)]
        kept = {
            part: {key: v for i, (key, v) in enumerate(story.memory[part].items()) if i % 10 == 0}
            for part in ("v", "k")
        }
        told = story.updated - HORIZON * (number / size) * 0.99
        facts = {key: [told.isoformat(), *rest] for key, (_, *rest) in kept["k"].items()}
        memory = {**story.memory, **kept, "k": facts}
        made.append(
            replace(story, id=f"{story.id}-{number}", memory=memory, opened=told, updated=told)
        )
    return made


def milliseconds(articles: list[Article], topic: Topic, state: TopicState) -> float:
    """CPU an article, for judgement and decision, with the story stored."""
    start = time.process_time()
    for article in articles:
        state.apply(decide(article, judge(article, topic), topic, state, article.seen))
    return 1000 * (time.process_time() - start) / len(articles)


def main() -> int:
    """Print the table."""
    topic = shipped_topic("liaison-office")
    rows = list(read_rows(STREAM))[:ARTICLES]
    when = max(r.get("fetched") or r["published"] for r in rows)
    rows = [{**row, "published": when, "fetched": when} for row in rows]
    articles = [
        article_of(
            {**row, "id": f"{row['id']}-{i}"}, datetime.fromisoformat(when.replace("Z", "+00:00"))
        )
        for i, row in enumerate(rows)
    ]
    stories = stories_of(articles, topic)
    for size in SIZES:
        spent = milliseconds(articles, topic, TopicState(copies(stories, size)))
        print(f"{size:>7} open stories  {spent:6.2f} ms of CPU an article")
    return 0


if __name__ == "__main__":
    sys.exit(main())
