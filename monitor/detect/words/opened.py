"""An article's texts, cleaned and folded once for all topics, and whom they can concern."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from monitor.detect.words.names import Concerned, Names
from monitor.detect.words.text import BODY_CAP, TITLE_CAP, clean, fold
from monitor.detect.words.tongue import PLAIN, Tongue, language_of
from monitor.detect.words.vocabulary import Vocabulary
from monitor.models import Article

_SAME = 60  # characters without spaces that show two texts to be one


@dataclass(frozen=True, eq=False, slots=True)
class Opened:
    """The texts of an article by the names of its parts. Equal only to itself."""

    parts: Mapping[str, str]  # cleaned
    folded: Mapping[str, str]
    lang: str | None
    tongue: Tongue


def opened(article: Article, vocabulary: Vocabulary) -> Opened:
    """The texts of an article, the same object while one article is decided on."""
    return _opened(article.title, article.summary, article.body, article.lang, vocabulary)


def concerned(article: Article, vocabulary: Vocabulary, names: Names) -> Concerned:
    """Which topics an article can concern, of those whose names these are."""
    return _concerned(opened(article, vocabulary), names)


@lru_cache(maxsize=8)
def _opened(
    title: str, summary: str, body: str, hint: str | None, vocabulary: Vocabulary
) -> Opened:
    parts = _parts(title, summary, body)
    folded = {name: fold(text) for name, text in parts.items()}
    lang = language_of("\n".join(folded.values()), hint, vocabulary.tongues)
    return Opened(parts, folded, lang, vocabulary.tongues.get(lang or "", PLAIN))


@lru_cache(maxsize=8)
def _concerned(texts: Opened, names: Names) -> Concerned:
    return names.concerned(texts.folded.values(), texts.lang)


def _parts(title: str, summary: str, body: str) -> dict[str, str]:
    """The texts to read; a summary that only repeats the body is left out."""
    title = clean(title, TITLE_CAP)
    body, summary = clean(body), clean(summary, BODY_CAP // 4)
    parts = {"title": title}
    if summary.strip() and not _repeats(summary, body) and summary.strip() != title.strip():
        parts["summary"] = summary
    parts["body"] = body
    return parts


def _repeats(summary: str, body: str) -> bool:
    """The summary begins or ends with the words of the body, wherever the lines break.

    Feeds join the first paragraphs, cut them, or leave out who wrote them and where.
    """
    told, whole = "".join(summary.split()).rstrip(" .…"), "".join(body.split())
    return told[:_SAME] in whole or told[-_SAME:] in whole
