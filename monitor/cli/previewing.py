"""`monitor preview`: what a feed would bring, and why."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from monitor import __version__
from monitor.cli.looking import DATABASE, print_words
from monitor.cli.show import line, short
from monitor.cli.where import config_at, source_of
from monitor.clock import SystemClock
from monitor.config.doubts import unread
from monitor.config.load import Config
from monitor.config.settings import Source
from monitor.config.units import suggest
from monitor.errors import ConfigError, SourceError
from monitor.models import Article, Decision, Relevance
from monitor.service.preview import Preview, preview
from monitor.service.site import Site, open_site
from monitor.sources.net import open_client


@contextmanager
def any_site(config: Config) -> Iterator[Site]:
    """The site with its memory, or with an empty one where the service has not run yet."""
    with tempfile.TemporaryDirectory() as folder:
        if not (config.data / DATABASE).exists():
            config = replace(config, data=Path(folder))
        site = open_site(config, SystemClock())
        try:
            yield site
        finally:
            site.store.close()


def show_preview(path: Path | None, url: str, private: bool) -> None:
    """`monitor preview`."""
    config = config_at(path, any_sources=False)
    known = {source.id: source for source in config.sources}
    if url not in known and "://" not in url:
        near = suggest(url, sorted(known)) if len(known) > 1 else ""
        raise ConfigError(f"there is no source '{url}'{near}; give its id or a feed's address")
    source = known.get(url) or source_of(
        {"id": "preview", "url": url, "outlet": "preview", "allow_private": private}
    )
    with any_site(config) as site:
        try:
            found = asyncio.run(_read(site, source))
        except SourceError as error:
            raise error if url in known else of_address(error, source.id) from None
    read_as = source.model_copy(update={"lang": source.lang or found.feed.lang, "enabled": True})
    _print_preview(config, found, unread([read_as], config.topics.values()))


def of_address(error: SourceError, draft: str) -> SourceError:
    """The error of an address that is no source yet: in words of the command line."""
    text = str(error).removeprefix(f"{draft}: ")
    text = text.replace("set allow_private on this source", "give --allow-private")
    if text.startswith("a web page, not a feed;") and draft == "preview":
        text = "a web page, not a feed: `monitor sources add` looks for its feed"
    return SourceError(text)


async def _read(site: Site, source: Source) -> Preview:
    async with open_client(site.config.settings.polling, __version__) as client:
        return await preview(site, source, client)


def _print_preview(config: Config, found: Preview, more: Iterable[str]) -> None:
    feed = found.feed
    line(f"{feed.format}: {feed.title or 'no title'}", "bold")
    line(f"{len(feed.entries)} entries, {found.known} of them known already")
    for warning in (*feed.warnings, *more):
        line(f"warning: {warning}", "yellow")
    for article, decision in found.decided:
        line("")
        line(f"{decision.verdict.value:7} {article.title}", "bold" if decision.story else "dim")
        _print_reasons(config, article, decision)


def _print_reasons(config: Config, article: Article, decision: Decision) -> None:
    line(f"        {decision.relevance.value}; {decision.kind.value}: {decision.why}")
    print_words(config, decision)
    for move in decision.moves:
        line(f"        card    {move.label}: {move.was or 'unknown'} -> {move.now}")
    if decision.relevance is not Relevance.OFF_TOPIC:
        date = short(article.published) if article.published else "without a date"
        line(f"        seen    {article.outlet}, {date}, {article.url}", "dim")
