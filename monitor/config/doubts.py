"""What is allowed and yet looks wrong: told by `monitor check`, and nothing stops because of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from monitor.config.document import read, shown
from monitor.config.lexicon import languages
from monitor.config.load import ENVIRONMENT, Config, pack_of
from monitor.config.settings import Source
from monitor.config.topic import TopicPack
from monitor.config.units import suggest
from monitor.errors import ConfigError


def check(config: Config, environ: Mapping[str, str]) -> tuple[str, ...]:
    """What looks wrong, in sentences. Opens no network and no channel."""
    return (
        *_sources(config),
        *unread(config.sources, config.topics.values()),
        *_unused(config),
        *_channels(config),
        *_environ(config, environ),
    )


def unread(sources: Iterable[Source], packs: Iterable[TopicPack]) -> Iterator[str]:
    """A sentence for each language of enabled sources whose acts nobody reads, with the sources."""
    own = {language for pack in packs for words in pack.acts.values() for language in words}
    strange: dict[str, list[str]] = {}
    for source in sources:
        if source.enabled and source.lang and source.lang not in languages() | own:
            strange.setdefault(source.lang, []).append(source.id)
    for language, ids in strange.items():
        yield (
            f"{', '.join(ids)}: articles in '{language}' are read in part: names of your topics "
            "and figures count, but what was done is not understood, so few of them will alert; "
            f"give a topic words for '{language}' under acts, or watch an outlet in one of "
            f"{', '.join(sorted(languages()))} as well"
        )


def _unused(config: Config) -> Iterator[str]:
    """The mistakes of each topic pack that is not watched, or how to watch it."""
    used = ", ".join(config.topics)
    line, _ = read(config.path).locate(("topics",))
    for file in sorted((config.path.parent / "topics").glob("*.yaml")):
        if file.stem in config.topics:
            continue
        try:
            pack_of(read(file), config.settings.channels.keys())
        except ConfigError as error:
            yield from error.problems
            yield f"{shown(file)} is not in use: its mistakes stop nothing"
        else:
            add = f"topics: [{used}, {file.stem}]"
            yield f"{shown(file)} is not in use; to watch it: {shown(config.path)}:{line}: {add}"


def _sources(config: Config) -> Iterator[str]:
    enabled = [source for source in config.sources if source.enabled]
    if not enabled:
        yield "no source is enabled: nothing will be read"
    for url, count in Counter(source.url for source in enabled).items():
        if count > 1:
            ids = ", ".join(source.id for source in enabled if source.url == url)
            yield f"{ids}: the same address is read {count} times"


def _channels(config: Config) -> Iterator[str]:
    packs = config.topics.values()
    used = {name for pack in packs for name in pack.channels or config.settings.channels}
    for name, channel in config.settings.channels.items():
        if name not in used and not channel.notices:
            yield f"channel {name}: no topic names it and it takes no notices: it stays silent"


def _environ(config: Config, environ: Mapping[str, str]) -> Iterator[str]:
    """Misspelt variables of ours; those that a secret names are somebody else's."""
    urls = " ".join(c.url.get_secret_value() for c in config.settings.channels.values() if c.url)
    for name in sorted(environ):
        ours = name.startswith("MONITOR_") and name not in ENVIRONMENT
        if ours and f"${{{name}}}" not in urls and name not in config.variables:
            yield f"${name} is set, but nothing reads it{suggest(name, list(ENVIRONMENT))}"
