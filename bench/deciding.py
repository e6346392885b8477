"""CPU and memory of deciding: by open stories, by topics, by stored entries.

    python bench/deciding.py [--topics 10000] [--entries 1000000]

The articles are a labelled stream of this repository. What is compared is measured by turns,
article by article in one run, so that a busy machine weighs on both alike.

- Open stories are copies of the stream's own, each with a tenth of its words and facts, told of
  over the 120 days in which a story stays open. Older ones are in the store alone.
- Topics are made up (packs.py) beside the default one, in which a story is under way.
- Stored entries are rows of the real schema (history.py); a new entry goes the poll's own way, from
  a parsed document to the commit, with 35 entries beside it that are known.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path

import history
import packs
from goals import at_most
from quality import shipped_topic
from ruamel.yaml import YAML

from monitor import __version__
from monitor.backtest import _History, article_of, read_rows
from monitor.clock import SystemClock
from monitor.config.lexicon import read_lexicon
from monitor.config.load import load, load_topic
from monitor.config.settings import Polling, Source
from monitor.config.topic import TopicPack
from monitor.detect import (
    HORIZON,
    UNDER_WAY,
    Topic,
    TopicState,
    Watch,
    decide,
    judge,
)
from monitor.detect.compare.aligned import _tokens
from monitor.detect.sense.facts import facts_of
from monitor.detect.words.gazetteer import spots_in
from monitor.detect.words.match import standings
from monitor.detect.words.opened import _concerned, _opened
from monitor.detect.words.reading import _plain, read
from monitor.models import Article, Decision, Entry, Fetched, ParsedFeed, SourceState, Story
from monitor.service.lastread import reading_of
from monitor.service.poll import Poller
from monitor.service.result import Document
from monitor.service.site import Site, open_site
from monitor.sources.net import Client, open_client
from monitor.store.rows import sharing

ROOT = Path(__file__).parent.parent
STREAM = ROOT / "tests/detect/streams/office-2020-2024/articles.jsonl"
OPEN = (1_000, 10_000)
ARTICLES = 150
SOURCES, WINDOW = 28, 36
DEFAULT = "liaison-office"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--topics", type=int, default=10_000)
    parser.add_argument("--entries", type=int, default=1_000_000)
    options = parser.parse_args()
    articles = stream()
    by_stories(articles)
    by_topics(articles, options.topics)
    asyncio.run(by_entries(articles, options.topics, options.entries))
    return 0


def stream() -> list[Article]:
    """The first articles of the stream, all told in one hour."""
    rows = list(read_rows(STREAM))[:ARTICLES]
    when = max(r.get("fetched") or r["published"] for r in rows)
    now = datetime.fromisoformat(when.replace("Z", "+00:00"))
    return [
        article_of({**row, "id": f"{row['id']}-{i}", "published": when, "fetched": when}, now)
        for i, row in enumerate(rows)
    ]


# --- open stories --------------------------------------------------------------------------------


def by_stories(articles: list[Article]) -> None:
    read_lexicon()
    before = resident()
    topic = shipped_topic(DEFAULT)
    show("the lexicon's matcher and one topic", f"{resident() - before:.1f} MB")
    stories = stories_of(articles, topic)
    count, size = held()
    show(f"memory of {count} open stories", f"{size:.1f} KB a story")
    takers = [deciding(topic, TopicState(copies(stories, size))) for size in OPEN]
    table("open stories", OPEN, by_turns(articles, takers))


def held() -> tuple[int, float]:
    """The stories that the whole stream makes, and the kilobytes of each as read from the store,
    with its share of the index."""
    topic = shipped_topic(DEFAULT)
    past = _History(topic)
    made = {d.story.id: d.story for d in map(past.take, read_rows(STREAM)) if d.story is not None}
    read = sharing(
        replace(story, memory=json.loads(json.dumps(story.memory))) for story in made.values()
    )
    return len(read), size_of(vars(TopicState(read)), set()) / len(read) / 1000


def size_of(thing: object, counted: set[int]) -> int:
    """Bytes of an object and all that it holds, each once."""
    if id(thing) in counted:
        return 0
    counted.add(id(thing))
    parts: Iterable[object] = ()
    if isinstance(thing, dict):
        parts = (*thing, *thing.values())
    elif isinstance(thing, list | tuple | set | frozenset):
        parts = thing
    elif isinstance(thing, Story):
        parts = [getattr(thing, field.name) for field in fields(thing)]
    return sys.getsizeof(thing) + sum(size_of(part, counted) for part in parts)


def stories_of(articles: list[Article], topic: Topic) -> list[Story]:
    """The stories that the articles make."""
    state, found = TopicState(), {}
    for article in articles:
        decision = decide(article, judge(article, topic), topic, state, article.seen)
        state.apply(decision)
        if decision.story is not None:
            found[decision.story.id] = decision.story
    return list(found.values())


def copies(stories: list[Story], size: int, every: int = 10) -> list[Story]:
    """So many stories, each with every tenth of the words and the facts of its model."""
    made = []
    for number in range(size):
        story = stories[number % len(stories)]
        kept = {
            part: {
                key: v for i, (key, v) in enumerate(story.memory[part].items()) if i % every == 0
            }
            for part in ("terms", "facts")
        }
        told = story.updated - HORIZON * (number / size) * 0.99
        facts = {key: [told.isoformat(), *rest] for key, (_, *rest) in kept["facts"].items()}
        memory = {**story.memory, **kept, "facts": facts}
        made.append(
            replace(story, id=f"{story.id}-{number}", memory=memory, opened=told, updated=told)
        )
    return made


def deciding(topic: Topic, state: TopicState) -> Callable[[Article], None]:
    def take(article: Article) -> None:
        state.apply(decide(article, judge(article, topic), topic, state, article.seen))

    return take


# --- topics --------------------------------------------------------------------------------------


def by_topics(articles: list[Article], count: int) -> None:
    """The default topic alone and among thousands; what is decided on it must be the same."""
    default = load_topic(ROOT / "config" / "topics" / f"{DEFAULT}.yaml")
    made = packs.packs(count - 1)
    show("reading a pack's file", f"{reading_a_pack(list(made.values())[:READ]):.1f} ms")
    alone = Watch({DEFAULT: default}, read_lexicon())
    before, start = resident(), time.process_time()
    many = Watch({DEFAULT: default, **made}, read_lexicon())
    show(f"opening {count} topics", f"{time.process_time() - start:.1f} s")
    show("memory", f"{1000 * (resident() - before) / count:.1f} KB a topic")
    one, all_ = Asking(alone), Asking(many)
    spent = by_turns(articles, [one.take, all_.take])
    show("topics asked", f"{all_.asked / len(articles):.1f} an article")
    same = one.told == [d for d in all_.told if d.topic == DEFAULT]
    show("decisions on the default topic", "the same" if same else "NOT THE SAME")
    table("topics", (1, count), spent)


READ = 100


def reading_a_pack(some: list[TopicPack]) -> float:
    """CPU milliseconds to read and check a pack's file."""
    with tempfile.TemporaryDirectory() as folder:
        for number, pack in enumerate(some):
            with (Path(folder) / f"topic-{number}.yaml").open("w", encoding="utf-8") as file:
                YAML(typ="safe").dump(pack.model_dump(mode="json", exclude_defaults=True), file)
        start = time.process_time()
        for path in Path(folder).iterdir():
            load_topic(path)
        return 1000 * (time.process_time() - start) / len(some)


class Asking:
    """The topics that an article can concern decide on it, as in the service."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.states = {name: TopicState() for name in watch}
        self.told: list[Decision] = []
        self.asked = 0

    def take(self, article: Article) -> None:
        found = self.watch.concerned(article)
        since = article.seen - UNDER_WAY
        under_way = {name for name in found.beside if self.states[name].told_since(since)}
        for topic in self.watch.in_order(found.named | under_way):
            state = self.states[topic.name]
            decision = decide(article, judge(article, topic), topic, state, article.seen)
            state.apply(decision)
            self.asked += 1
            if decision.spans or decision.story:
                self.told.append(decision)


# --- stored entries ------------------------------------------------------------------------------


async def by_entries(articles: list[Article], topics: int, entries: int) -> None:
    """The poll's own transaction in a small store, in a large one, and with many topics."""
    now = articles[0].seen
    many = packs.packs(topics - 1)
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large" / "data" / "monitor.db"
        large.parent.mkdir(parents=True)
        start = time.monotonic()
        history.fill(large, entries, int(now.timestamp()))
        size = large.stat().st_size / 1e6
        show(f"{entries} entries", f"{size:.0f} MB, {time.monotonic() - start:.0f} s to fill")
        async with open_client(Polling(), __version__) as client:
            desks = [
                Desk(Path(folder) / name, client, packs_)
                for name, packs_ in (("small", {}), ("large", {}), ("many", many))
            ]
            spent = by_turns(articles, [desk.take for desk in desks])
            alerts = [desk.alerts for desk in desks]
            for desk in desks:
                desk.close()
    table("stored entries, whole poll", (SOURCES * WINDOW, entries), spent[:2])
    table("topics, whole poll", (1, topics), [spent[0], spent[2]])
    show("alerts", " and ".join(map(str, alerts)))


class Desk:
    """A site with its poller, and documents of which each brings one new entry."""

    def __init__(self, folder: Path, client: Client, more: Mapping[str, TopicPack]) -> None:
        config = folder / "config"
        config.mkdir(parents=True)
        (config / "topics").symlink_to(ROOT / "config" / "topics")
        (config / "sources").mkdir()
        (config / "sources" / "none.yaml").write_text(SOURCE, encoding="utf-8")
        (config / "monitor.yaml").write_text(CONFIG, encoding="utf-8")
        loaded = load(config / "monitor.yaml")
        loaded = replace(loaded, topics={**loaded.topics, **more})
        self.site: Site = open_site(loaded, SystemClock(), {})
        self.poller = Poller(self.site, client)
        self.windows = [[quiet_entry(s, e) for e in range(WINDOW)] for s in range(SOURCES)]
        self.states: list[SourceState] = []
        self.count = self.alerts = 0

    def take(self, article: Article) -> None:
        """Commit the next document, with the article as its newest entry."""
        if not self.states:
            self.begin(article.seen)
        at = self.count % SOURCES
        entry = Entry(article.id, None, article.title, article.summary, article.body)
        self.windows[at] = [entry, *self.windows[at][: WINDOW - 1]]
        self.commit(at, article.seen)
        self.count += 1

    def begin(self, now: datetime) -> None:
        """The first reads, which no figure counts."""
        self.site.begin(now)
        for at in range(SOURCES):
            self.states.append(SourceState(f"s{at}", f"http://s{at}.example/", now))
            self.commit(at, now)

    def commit(self, at: int, now: datetime) -> None:
        state, body = self.states[at], f"{self.count}"
        source = Source(id=state.id, url=state.url, outlet=f"Outlet {at}")
        feed = ParsedFeed("rss2.0", "News", tuple(self.windows[at]), lang="en")
        document = Document(
            source, state, Fetched(state.url, b"", body), reading_of(source, feed), {}, now
        )
        (result,) = self.poller.writer.commit([document])
        if isinstance(result, Exception):
            raise result
        self.states[at] = result.after
        self.alerts += result.alerts

    def close(self) -> None:
        self.poller.close()
        self.site.store.close()


CONFIG = f"""topics: [{DEFAULT}]
server:
  enabled: false
polling:
  fulltext: never
channels:
  room:
    url: json://127.0.0.1:9/
"""


SOURCE = """sources:
  - id: none
    url: http://none.example/
    outlet: None
"""


def quiet_entry(source: int, number: int) -> Entry:
    text = f"Ships {number} and {number + source} came into the harbour of the town."
    return Entry(f"q-{source}-{number}", None, f"Harbour report {source} {number}", text)


# --- measuring -----------------------------------------------------------------------------------


def by_turns(
    articles: Sequence[Article], takers: Sequence[Callable[[Article], object]]
) -> list[float]:
    """CPU milliseconds an article of each, article by article; the first one warms them up."""
    spent = [0.0] * len(takers)
    for number, article in enumerate(articles):
        for place, take in enumerate(takers):
            forget()
            start = time.process_time()
            take(article)
            spent[place] += time.process_time() - start if number else 0.0
    return [1000 * one / (len(articles) - 1) for one in spent]


def forget() -> None:
    """What is kept of an article for the topics after the first must not help another taker."""
    for kept in (standings, spots_in, _opened, _concerned, _plain, read, facts_of, _tokens):
        kept.cache_clear()


def resident() -> float:
    """Megabytes that this process holds."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def table(what: str, sizes: tuple[int, int], spent: Sequence[float]) -> None:
    ratio = spent[1] / spent[0]
    for size, one in zip(sizes, spent, strict=True):
        show(f"{size} {what}", f"{one:.2f} ms an article")
    at_most(f"deciding: {sizes[1]:,} {what.split(',')[0]} / {sizes[0]:,}", ratio, 1.5)


def show(what: str, figure: str) -> None:
    print(f"{what:>42}  {figure}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
