"""The commands on topic packs."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from itertools import islice
from pathlib import Path

from monitor.clock import SystemClock
from monitor.config.document import shown
from monitor.config.lexicon import Lexicon, read_lexicon
from monitor.config.place import find_config
from monitor.detect import everything
from monitor.detect.words.reading import read
from monitor.errors import ConfigError
from monitor.models import Article

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_SAMPLES = 8  # words of an act that are shown
_LONGEST_TITLE, _LONGEST_LABEL = 200, 80  # as monitor.config.topic has them


def write_scaffold(config: Path | None, name: str, title: str | None) -> Iterator[str]:
    """Write topics/NAME.yaml beside the configuration and say what to do next.

    ConfigError when the name or the title cannot be used or the file is there already: what
    somebody wrote is never overwritten.
    """
    if not _NAME.fullmatch(name):
        raise ConfigError(
            f"a topic cannot be named '{name}': use lower-case letters, digits and '-', "
            "60 at most, such as rafah-crossing"
        )
    text = scaffold(_title(name, title))
    own = find_config(config, os.environ, to_write=True)
    file = own.parent / "topics" / f"{name}.yaml"
    _write(file, text)
    yield f"Written: {shown(file)}"
    yield "Next: replace every '?' in it by names of your subject; docs/topics.md says how."
    yield f"Then add {name} to topics in {shown(file.parents[1] / 'monitor.yaml')}."
    yield "monitor check names each '?' that is left; a file under topics may have none."


def scaffold(title: str) -> str:
    """The commented text of a new pack; `title` fits what a pack allows."""
    text = resources.files("monitor.config").joinpath("scaffold", "topic.yaml").read_text("utf-8")
    return text.replace("@TITLE@", _quoted(title)).replace(
        "@LABEL@", _quoted(title[:_LONGEST_LABEL])
    )


def acts_told(asked: Sequence[str]) -> Iterator[str]:
    """What acts the program knows, a line each with English words for it; of an act that is asked
    for its words in every language, and of other words what they are read as.
    """
    lexicon = read_lexicon()
    known = sorted({act for language in lexicon.languages for act in language.acts})
    if not asked:
        english = next(each for each in lexicon.languages if each.language == "en")
        yield from (f"{act}: {_samples(english.acts[act])}" for act in known)
    for words in asked:
        if words in known:
            yield f"{words}:"
            yield from (
                f"  {each.language}  {_samples(each.acts[words])}"
                for each in lexicon.languages
                if words in each.acts
            )
        else:
            yield f"{words!r} is read as {_read_as(words, lexicon)}"


def _samples(words: Iterable[str]) -> str:
    """The first words of a list, without those of several parts."""
    plain = (word.lstrip("^") for word in words if not re.search(r"\.\.|[()]", word))
    return ", ".join(islice(plain, _SAMPLES))


def _read_as(words: str, lexicon: Lexicon) -> str:
    """The acts that a headline of these words is read as, and in which languages it is, where the
    words alone do not say which that is.
    """
    topic, now = everything(lexicon, {}), SystemClock().now()
    found: dict[str, list[str]] = {}
    for each in lexicon.languages:
        title = read(Article(id="", title=words, seen=now, lang=each.language), topic).title
        for act in dict.fromkeys(title.ids("act") if title else ()):
            found.setdefault(act, []).append(each.language)
    every = len(lexicon.languages)
    told = [
        act if len(where) == every else f"{act} ({', '.join(where)})"
        for act, where in found.items()
    ]
    return ", ".join(told) or "no act: put it under acts, below one of these or an id of your own"


def _title(name: str, title: str | None) -> str:
    chosen = " ".join((name.replace("-", " ").capitalize() if title is None else title).split())
    if not 1 <= len(chosen) <= _LONGEST_TITLE:
        raise ConfigError(f"--title has {len(chosen)} characters: give it 1 to {_LONGEST_TITLE}")
    return chosen


def _quoted(text: str) -> str:
    """As a YAML string, whatever it holds; JSON's strings are YAML's."""
    return json.dumps(text, ensure_ascii=not text.isprintable())


def _write(file: Path, text: str) -> None:
    if os.path.lexists(file):
        raise ConfigError(
            f"{shown(file)}: is there already; choose another name, or edit that file"
        )
    try:
        file.parent.mkdir(exist_ok=True)
        with file.open("x", encoding="utf-8") as handle:
            handle.write(text)
    except OSError as error:
        raise ConfigError(f"{shown(file)}: cannot be written: {error.strerror}") from error
