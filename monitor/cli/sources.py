"""The commands on sources: find one and add it, take over a list, give one out."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import typer

from monitor import __version__
from monitor.cli.previewing import any_site, of_address
from monitor.cli.show import as_json, line, short
from monitor.cli.where import config_at, source_of
from monitor.config.auth import literal
from monitor.config.document import shown
from monitor.config.doubts import unread
from monitor.config.edit import Placed, append, as_yaml, free_id, placed
from monitor.config.hidden import without_secrets
from monitor.config.load import Config
from monitor.config.settings import Source
from monitor.errors import ConfigError, InputError, ParseError, SourceError
from monitor.models.cutting import cut
from monitor.service.adding import Found, Matches, Rhythm, find, matches, rhythm
from monitor.service.site import Site
from monitor.sources.identity import canonical_url
from monitor.sources.lenient import close_workers
from monitor.sources.net import open_client
from monitor.sources.opml import Listed, read_opml, write_opml

_SHOWN = 5  # entries and titles that are shown
ADDED = "sources/added.yaml"


@dataclass(frozen=True, slots=True)
class Wish:
    """What was said on the command line about a new source; None and False were not said."""

    url: str
    id: str | None = None
    outlet: str | None = None
    family: str | None = None
    lang: str | None = None
    zone: str | None = None
    every: str | None = None
    allow_private: bool = False


def add_source(
    path: Path | None,
    wish: Wish,
    *,
    file: str | None,
    page: bool,
    dry_run: bool,
    yes: bool,
    want_json: bool,
) -> None:
    """`monitor sources add`: find, show, ask, write. ConfigError and SourceError say why not.

    `page` reads the address itself as a list page, also where the site has a feed.
    """
    config = config_at(path, to_write=not dry_run, any_sources=False)
    known = list(placed(config))
    _refuse_known(known, wish.url, wish.id)
    draft = source_of({**_said(wish), "id": wish.id or "new", "outlet": wish.outlet or "new"})
    with any_site(config) as site:
        try:
            found = asyncio.run(_find(site, draft, as_page=page))
        except SourceError as error:
            raise of_address(error, draft.id) from None
        if found.source.url != draft.url:
            there = f"the feed found there ({found.source.address})"
            _refuse_known(known, found.source.url, None, there)
        entry = _entry(wish, draft, found, known)
        topics = matches(site, source_of(entry), found.feed, site.clock.now())
    warnings = [*found.feed.warnings, *unread([source_of(entry)], config.topics.values())]
    report = _report(found, entry, topics) | {"warnings": warnings}
    if not want_json:
        _show(found, entry, topics, warnings)
    guessed = found.source.page is not None and not page
    if guessed and not dry_run:
        _finish(report, want_json)
        raise ConfigError("no feed was found; --page adds the page itself with the selectors above")
    if not dry_run and (yes or _agreed(want_json)):
        target = config.path.parent / (file or ADDED)
        append(config, target, [entry], "Added by `monitor sources add`.")
        report["written"] = shown(target)
    _finish(report, want_json)


async def _find(site: Site, draft: Source, *, as_page: bool) -> Found:
    polling = site.config.settings.polling
    async with open_client(polling, __version__) as client:
        try:
            return await find(draft, client, polling, site.clock.now(), as_page=as_page)
        finally:
            await asyncio.to_thread(close_workers)


def _agreed(want_json: bool) -> bool:
    if want_json or not sys.stdin.isatty():
        raise ConfigError("nothing was written: say --yes to write it, or --dry-run to only look")
    return typer.confirm("Add it?")


def _finish(report: dict[str, Any], want_json: bool) -> None:
    if want_json:
        as_json(report)
    elif report["written"]:
        line(f"Written: {report['written']}. A running service reads it after a restart.")


def _refuse_known(
    known: Iterable[Placed], url: str, name: str | None, what: str = "this address"
) -> None:
    """ConfigError names the line of the source that has this address or id already."""
    same = canonical_url(url)
    for one in known:
        if canonical_url(one.url) == same:
            raise ConfigError(f"{one.place}: '{one.id}' reads {what} already")
        if one.id == name:
            raise ConfigError(f"{one.place}: '{name}' is taken: choose another --id")


def _said(wish: Wish) -> dict[str, Any]:
    """What was said, as a source is written."""
    names = ("url", "outlet", "family", "lang", "zone", "every", "allow_private")
    return {name: value for name in names if (value := getattr(wish, name))}


def _host(wish: Wish) -> str:
    return (urlsplit(wish.url).hostname or "new source").removeprefix("www.")


def _entry(wish: Wish, draft: Source, found: Found, known: Sequence[Placed]) -> dict[str, Any]:
    """The new source as it is written: what was said, and what was found where nothing was."""
    url = wish.url if found.source.url == draft.url else literal(found.source.url)
    said = _said(wish)
    name = wish.id or free_id(
        _short_host(found.source.url, found.feed.title), (one.id for one in known)
    )
    outlet = wish.outlet or cut(found.feed.title or _host(wish), 120)
    entry: dict[str, Any] = {"id": name, "url": url, "outlet": outlet}
    if found.feed.lang:
        entry["lang"] = found.feed.lang
    entry |= {key: value for key, value in said.items() if key not in ("url", "outlet")}
    if found.source.page is not None:
        entry["page"] = found.source.page.model_dump(exclude_none=True)
    return entry


def _short_host(url: str, title: str | None = None) -> str:
    """The name of a host without what all hosts have: "nknews" of www.nknews.org.

    A host that is but numbers tells a reader nothing: a bridge at home, say. Then the title counts.
    """
    host = urlsplit(url).hostname or "source"
    if host.replace(".", "").isdigit():
        return title if title and title.isascii() else host
    parts = host.split(".")
    usual = {"www", "feeds", "feed", "rss", "news", "com", "org", "net", "co", "or", "go", "ac"}
    names = [part for part in parts[:-1] if part not in usual]
    return "-".join(names) or "-".join(parts)


def _report(found: Found, entry: dict[str, Any], topics: dict[str, Matches]) -> dict[str, Any]:
    how = rhythm(found.feed.entries)
    return {
        "source": _shown(entry),
        "written": None,
        "format": found.feed.format,
        "title": found.feed.title,
        "entries": len(found.feed.entries),
        "a_day": round(how.a_day, 2) if how.a_day else None,
        "window_hours": round(how.window / timedelta(hours=1), 1) if how.window else None,
        "newest": how.newest,
        "latest": [
            {"title": one.title, "link": one.link, "published": one.published}
            for one in found.feed.entries[:_SHOWN]
        ],
        "topics": topics,
        "others": [without_secrets(other) for other in found.others],
    }


def _show(
    found: Found, entry: dict[str, Any], topics: dict[str, Matches], warnings: Iterable[str]
) -> None:
    feed = found.feed
    line(f"{feed.format}: {feed.title or 'no title'}", "bold")
    line(found.source.address, "dim")
    for warning in warnings:
        line(f"warning: {warning}", "yellow")
    line(_rhythm(rhythm(feed.entries), len(feed.entries)))
    for one in feed.entries[:_SHOWN]:
        date = one.published or one.updated
        line(f"  {short(date) if date else 'no date':17}  {one.title}")
    for topic, hits in topics.items():
        line(
            f"{topic}: {hits.relevant} of these relevant, {hits.passing} passing mentions, "
            f"{hits.alerts} would have been alerted"
        )
        for title in hits.titles[:_SHOWN]:
            line(f"  {title}", "dim")
    for other in found.others:
        line(f"also announced there: {without_secrets(other)}", "dim")
    line("")
    line(as_yaml([_shown(entry)], 2).rstrip())


def _shown(entry: dict[str, Any]) -> dict[str, Any]:
    """A source as it is written, for the screen: its address without what it keeps secret."""
    return entry | {"url": without_secrets(entry["url"])}


def _rhythm(how: Rhythm, count: int) -> str:
    """One line: how many entries, how often, and how soon the oldest leaves."""
    if not count:
        return "no entries now"
    if how.newest is None:
        return f"{count} entries without dates: each is as old as its first sight"
    told = f"{count} entries, the newest of {short(how.newest)}"
    if how.a_day is None or how.window is None:
        return told
    hours = how.window / timedelta(hours=1)
    span = f"{hours:.0f} hours" if hours < 72 else f"{hours / 24:.0f} days"
    often = f"{how.a_day:.3g} a day" if how.a_day >= 1 else f"one in {1 / how.a_day:.3g} days"
    return f"{told}; {often}; what is not read within {span} is missed"


def import_opml(
    path: Path | None, opml: Path, dry_run: bool, want_json: bool, *, private: bool = False
) -> None:
    """`monitor sources import`: every feed of the list that is not configured yet.

    `private` allows all of them to live in a private network.
    """
    config = config_at(path, to_write=not dry_run, any_sources=False)
    try:
        listed = read_opml(opml.read_bytes())
    except OSError as error:
        raise InputError(f"{opml}: cannot be read: {error.strerror}") from error
    except ParseError as error:
        raise InputError(f"{opml}: {error}") from error
    entries, left = _new_of(config, listed)
    if private:
        entries = [entry | {"allow_private": True} for entry in entries]
    target = config.path.parent / "sources" / f"{free_id(opml.stem, ())}.yaml"
    written = bool(entries) and not dry_run
    if written:
        append(config, target, entries, f"Taken over from {opml.name}.")
    if want_json:
        where = shown(target) if written else None
        as_json({"written": where, "sources": [*map(_shown, entries)], "left_out": left})
        return
    for why in left:
        line(f"left out: {why}", "yellow")
    if dry_run and entries:
        line(as_yaml(map(_shown, entries), 2).rstrip())
    said = f"Written: {shown(target)}: " if written else ""
    look = " `monitor preview ID` looks at one." if written else ""
    line(f"{said}{len(entries)} of {len(listed)} feeds are new.{look}")


def _new_of(config: Config, listed: Iterable[Listed]) -> tuple[list[dict[str, Any]], list[str]]:
    """The feeds that are not configured, as sources; and in words those that are left out."""
    known = list(placed(config))
    entries: list[dict[str, Any]] = []
    left: list[str] = []
    for one in listed:
        try:
            _refuse_known(known, one.url, None)
            outlet = cut(one.title, 120) or urlsplit(one.url).hostname or "unknown"
            ascii_name = one.title if one.title.isascii() else ""
            name = free_id(ascii_name or _short_host(one.url), (other.id for other in known))
            entry = {"id": name, "url": literal(one.url), "outlet": outlet}
            lang = (one.lang or "").partition("-")[0].lower()
            entry |= {"lang": lang} if 2 <= len(lang) <= 3 else {}
            source_of(entry)
        except (ConfigError, ValueError) as error:
            left.append(f"{without_secrets(one.url)}: {error}")
            continue
        entries.append(entry)
        known.append(Placed(name, one.url, "the same list"))
    return entries, left


def export_sources(
    path: Path | None, opml: bool, want_json: bool, *, secrets: bool = False
) -> None:
    """`monitor sources export`: all sources to standard output.

    Addresses come without what they keep secret, unless `secrets` are asked for; auth never comes.
    """
    sources = config_at(path).sources
    if not secrets:
        sources = tuple(one.model_copy(update={"url": one.address}) for one in sources)
    if opml:
        print(write_opml(sources, "Sources of Liaison Monitor"), end="")  # noqa: T201
        return
    plain = [
        json.loads(source.model_dump_json(exclude_defaults=True, exclude={"auth", "every"}))
        | ({"every": f"{int(source.every.total_seconds())}s"} if source.every else {})
        for source in sources
    ]
    if want_json:
        as_json(plain)
    else:
        print("sources:\n" + as_yaml(plain, 2), end="")  # noqa: T201
