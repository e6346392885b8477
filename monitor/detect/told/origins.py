"""Who really reported it: bylines, credits, quoted agencies, publishers and copied passages.

A story keeps its origins in its memory under "origins", in the order in which they first reported.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from monitor.detect.told.credits import credit_of
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.text import fold, hashed
from monitor.detect.words.topic import Topic
from monitor.models import Article, Story

_MOST = 40  # origins that a story remembers
_PRINTED = 16  # of them, those whose text it can recognise again
_RUNS = 48  # runs of words that are kept of each, the latest first
_SENTENCES = 4  # of an article that are compared for copied passages
_SAMPLE = 3  # one run of words in so many is kept
_FEWEST = 5  # runs from which a likeness is no chance
_COPIED = 0.5  # share of the new text that stands in the other
_HELD = 0.8  # share of the other text that the new one holds
_KEYS = 6  # spellings of its name that an origin keeps
_QUOTED = re.compile(r'"[^"\n]{12,}"')  # what was said stands in every report of it
_WORD = re.compile(r"[^\W\d_]+|\d+")
_EDITION = re.compile(
    r"(?:[\s(_/-]+(?:news agency|news service|agency|news|english|korean|japanese|chinese|french"
    r"|german|spanish|russian|arabic|en|ko|kr|ja|jp|zh|cn|fr|de|es|ru|ar|eng|kor|edition|world|online|web"
    r"|service|press agency|통신사|日本語版|中文网|中文版|한국어판|영문판)\)?)+$"
)
_HOST = re.compile(r"^(?:https?://)?(?:www\.)?([\w-]+)(?:\.[\w-]+)+/?$")


@dataclass(frozen=True, slots=True)
class Source:
    """Where one article says it comes from. `key` is the same for every spelling of a name.

    `lent` is true where the article names somebody else than its own publisher.
    """

    name: str
    key: str
    lent: bool


def outlet_of(article: Article) -> str:
    """The name under which a story remembers who told it."""
    return article.outlet or article.source or "unknown"


def source_of(article: Article, reading: Reading, topic: Topic) -> Source:
    """The agency or publisher that an article names as its reporter, else its own publisher."""
    publisher = article.family or article.outlet or article.source or "unknown"
    own = publisher_key(publisher, topic)
    name = credit_of(reading, topic)
    if name is None:
        return Source(topic.wire_names.get(own, publisher), own, False)
    key = publisher_key(name, topic)
    if key in (own, publisher_key(article.outlet or "", topic)):
        return Source(topic.wire_names.get(own, publisher), own, False)
    return Source(topic.wire_names.get(key, name), key, True)


@lru_cache(maxsize=4_000)
def publisher_key(name: str, topic: Topic) -> str:
    """A publisher's name without case, edition and kind: Yonhap (English) and 연합뉴스 are one."""
    bare = fold(" ".join(name.split())).strip(" .,:;'\"")
    known = topic.wires.get(bare)
    if known is not None:
        return known
    host = _HOST.match(bare)
    bare = host[1] if host else bare
    bare = _EDITION.sub("", bare.removeprefix("the ")).strip(" -_")
    return topic.wires.get(bare, bare) or "unknown"


def prints_of(reading: Reading, topic: Topic) -> tuple[int, ...]:
    """A sample of the runs of words in what an article says first of the topic, without quotes."""
    chosen = [s for s in reading.body if _tells(s, topic)][:_SENTENCES]
    found: set[int] = set()
    for sentence in chosen:
        words = _WORD.findall(_QUOTED.sub(" ", sentence.text))
        size = 3
        if reading.lang in ("zh", "ja"):
            words, size = list("".join(words)), 6
        runs = (hashed(" ".join(words[i : i + size])) for i in range(len(words) - size + 1))
        found.update(run for run in runs if not run % _SAMPLE)
    return tuple(sorted(found))


def _tells(sentence: Sentence, topic: Topic) -> bool:
    about = topic.everything or bool(sentence.subjects)
    return sentence.index == 0 or (about and not sentence.old)


def with_origin(
    article: Article, reading: Reading, topic: Topic, story: Story | None, copied: bool
) -> tuple[list[dict[str, Any]], str]:
    """A story's origins after one more article, as plain JSON, and the name of the article's own.

    An article belongs to each origin that it names or copies from; if those were held for several,
    they are one. `copied` says that most of the text stands in the story already.
    """
    source, prints = source_of(article, reading, topic), prints_of(reading, topic)
    origins = [dict(origin) for origin in (story.memory.get("origins", ()) if story else ())]
    found = _origins_of(article, source, frozenset(prints), origins, copied)
    if not found:
        outlet = outlet_of(article)
        origins.append(_opened(source, prints, outlet, article.seen, len(origins)))
        return origins[:_MOST], source.name
    first = _made_one(found, origins)
    if source.lent and not first["lent"]:  # the byline knows better than the page that ran it first
        keys = sorted({*first["keys"], source.key})[:_KEYS]
        first |= {"name": source.name, "lent": True, "keys": keys}
    first["articles"] += article.previous is None
    if first["prints"] and source.key in first["keys"]:
        first["prints"] = list(dict.fromkeys((*prints, *first["prints"])))[:_RUNS]
    return origins, str(first["name"])


def _origins_of(
    article: Article,
    source: Source,
    mine: frozenset[int],
    origins: list[dict[str, Any]],
    copied: bool,
) -> list[dict[str, Any]]:
    """Those of the origins to which an article belongs: the one that it names, and those from which
    it copies; else, of an edit that of its outlet, and of a copy the first.
    """
    own = [origin for origin in origins if source.key in origin["keys"]]
    near = [o for o in origins if o not in own and _copies(mine, o["prints"])]
    if own or near:
        return own + near
    if article.previous is not None:
        near = [o for o in origins if outlet_of(article) == o["outlet"]][:1]
    return near or (origins[:1] if copied else [])


def _made_one(found: list[dict[str, Any]], origins: list[dict[str, Any]]) -> dict[str, Any]:
    """The first of the origins found, with what the others had; those are taken out."""
    first = min(found, key=origins.index)
    for other in found:
        if other is not first:
            first["keys"] = sorted({*first["keys"], *other["keys"]})[:_KEYS]
            first["articles"] += other["articles"]
            origins.remove(other)
    return first


def _opened(
    source: Source, prints: tuple[int, ...], outlet: str, seen: datetime, place: int
) -> dict[str, Any]:
    return {
        "name": source.name,
        "keys": [source.key],
        "lent": source.lent,
        "since": seen.isoformat(),
        "outlet": outlet,
        "articles": 1,
        "prints": list(prints[:_RUNS]) if place < _PRINTED else [],
    }


def _copies(mine: frozenset[int], there: Collection[int]) -> bool:
    shared = len(mine.intersection(there))
    if shared < _FEWEST:
        return False
    return shared >= _COPIED * len(mine) or shared >= _HELD * len(there)


def names_of(origins: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """The origins by name, the first to report first."""
    return tuple(str(origin["name"]) for origin in origins)
