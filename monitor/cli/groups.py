"""The commands in groups: `monitor topic`, `sources`, `deliveries` and `silence`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.options import ConfigPath, Json, Limit

# As in commands.py, rooms with heavy libraries are imported inside the commands.

sources_app = typer.Typer(help="The feeds that are polled.", no_args_is_help=True)
silence_app = typer.Typer(help="What is not to be told for a while.", no_args_is_help=True)
deliveries_app = typer.Typer(help="What was sent, and what waits.", no_args_is_help=True)
topic_app = typer.Typer(help="What is watched.", no_args_is_help=True)


@topic_app.command("new", short_help="Write a topic pack to fill in.")
def topic_new(
    name: Annotated[str, typer.Argument(help="Lower-case letters, digits and '-'.")],
    title: Annotated[str | None, typer.Option(help="What people call the subject.")] = None,
    config: ConfigPath = None,
) -> None:
    """Write a topic pack to fill in, beside the configuration. Exit 2 when it cannot be."""
    from monitor.cli.topics import write_scaffold

    for line in write_scaffold(config, name, title):
        typer.echo(line)


@topic_app.command("acts", short_help="What acts the program knows, and how words are read.")
def topic_acts(
    words: Annotated[
        list[str] | None, typer.Argument(help="Ids of acts, or words such as 'calls off'.")
    ] = None,
) -> None:
    """List the acts that push, card and acts of a pack may name; of WORDS what they are read as."""
    from monitor.cli.topics import acts_told

    for line in acts_told(words or ()):
        typer.echo(line)


@sources_app.command("list")
def sources_list(config: ConfigPath = None, as_json: Json = False) -> None:
    """List the sources with their health."""
    from monitor.cli.looking import show_sources

    show_sources(config, as_json)


@sources_app.command("add", short_help="Find the feed behind an address, and add it.")
def sources_add(
    url: Annotated[str, typer.Argument(help="A feed's address, or that of a page that has one.")],
    id_: Annotated[str | None, typer.Option("--id", help="Its lasting name.")] = None,
    outlet: Annotated[str | None, typer.Option(help="The name people know.")] = None,
    family: Annotated[str | None, typer.Option(help="The publisher behind it.")] = None,
    lang: Annotated[str | None, typer.Option(help="Its language, for example ko.")] = None,
    zone: Annotated[str | None, typer.Option(help="Time zone of dates that name none.")] = None,
    every: Annotated[str | None, typer.Option(help="How often it is read, such as 15m.")] = None,
    file: Annotated[str | None, typer.Option(help="Write it there, beside monitor.yaml.")] = None,
    page: Annotated[
        bool, typer.Option("--page", help="Add the page itself as a list, not its site's feed.")
    ] = False,
    private: Annotated[
        bool, typer.Option("--allow-private", help="It may live in a private network.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look, write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")] = False,
    config: ConfigPath = None,
    as_json: Json = False,
) -> None:
    """Find the feed behind an address, show what it would bring, and add it. Exit 1 for none."""
    from monitor.cli.sources import Wish, add_source

    wish = Wish(url, id_, outlet, family, lang, zone, every, private)
    add_source(config, wish, file=file, page=page, dry_run=dry_run, yes=yes, want_json=as_json)


@sources_app.command("import", short_help="Add the feeds of an OPML list.")
def sources_import(
    opml: Annotated[Path, typer.Argument(help="An OPML file.")],
    private: Annotated[
        bool, typer.Option("--allow-private", help="They may live in a private network.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look, write nothing.")] = False,
    config: ConfigPath = None,
    as_json: Json = False,
) -> None:
    """Add the feeds of an OPML list that are not there yet. Exit 3 when it is none."""
    from monitor.cli.sources import import_opml

    import_opml(config, opml, dry_run, as_json, private=private)


@sources_app.command("export", short_help="Print all sources, without secrets.")
def sources_export(
    opml: Annotated[bool, typer.Option("--opml", help="As OPML, for feed readers.")] = False,
    secrets: Annotated[
        bool, typer.Option("--with-keys", help="Addresses with the keys that they hold.")
    ] = False,
    config: ConfigPath = None,
    as_json: Json = False,
) -> None:
    """Print all sources as one YAML file, without passwords and tokens."""
    from monitor.cli.sources import export_sources

    export_sources(config, opml, as_json, secrets=secrets)


@deliveries_app.command("list", short_help="List messages, and why some did not arrive.")
def deliveries_list(
    config: ConfigPath = None,
    state: Annotated[
        str | None, typer.Option(help="pending, sent, refused, unconfirmed or expired.")
    ] = None,
    limit: Limit = 50,
    as_json: Json = False,
) -> None:
    """List deliveries, newest first, with the cause of each that did not arrive."""
    from monitor.cli.owed import show_deliveries

    show_deliveries(config, state, limit, as_json)


@deliveries_app.command("resend", short_help="Owe messages again, as if they were new.")
def deliveries_resend(
    ids: Annotated[list[int] | None, typer.Argument(help="Ids from deliveries list.")] = None,
    state: Annotated[
        str | None, typer.Option(help="All that are refused, unconfirmed, expired or sent.")
    ] = None,
    config: ConfigPath = None,
) -> None:
    """Owe deliveries again, as if they were new. Exit 1 when one of them cannot be."""
    from monitor.cli.telling import resend

    raise typer.Exit(resend(config, ids or [], state))


@silence_app.command("add", short_help="Keep alerts back for a while.")
def silence_add(
    span: Annotated[str, typer.Option("--for", help="How long, for example 2h.")],
    reason: Annotated[str, typer.Option(help="Why; it is shown with what is kept back.")],
    topic: Annotated[str | None, typer.Option(help="All alerts of this topic.")] = None,
    story: Annotated[str | None, typer.Option(help="All alerts of this story, by its id.")] = None,
    words: Annotated[str, typer.Option(help="Alerts that hold all these words.")] = "",
    config: ConfigPath = None,
) -> None:
    """Keep alerts back for a while; at the end they are listed in one message."""
    from monitor.cli.telling import add_silence

    add_silence(config, topic, story, words, span, reason)


@silence_app.command("list")
def silence_list(config: ConfigPath = None, as_json: Json = False) -> None:
    """List what is silenced, until when, and why."""
    from monitor.cli.telling import list_silences

    list_silences(config, as_json)


@silence_app.command("end")
def silence_end(
    number: Annotated[int, typer.Argument(help="The silence's number.")], config: ConfigPath = None
) -> None:
    """Let a silence end now. Exit 1 when there is none of that number."""
    from monitor.cli.telling import end_silence

    raise typer.Exit(end_silence(config, number))
