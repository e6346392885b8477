"""The commands, one function each: read the options, call the service, show the result.

Exit codes: 0 done; 1 unhealthy, or something failed; 2 the configuration or the command line is
wrong; 3 a given file cannot be used; 4 the database cannot be used; 5 another process runs on the
data folder; 6 no source could be read; 7 it hung and was ended by its own watchdog.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from monitor import __version__
from monitor.cli.groups import deliveries_app, silence_app, sources_app, topic_app
from monitor.cli.options import ClockShift, ConfigPath, Json
from monitor.errors import MonitorError

# Rooms with heavy libraries are imported inside the commands: `monitor --help` answers at once.

app = typer.Typer(
    name="monitor",
    help="Polls news feeds, detects new developments about a topic, and pushes alerts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(topic_app, name="topic")
app.add_typer(sources_app, name="sources")
app.add_typer(deliveries_app, name="deliveries")
app.add_typer(silence_app, name="silence")


def main() -> None:
    """Run the command line; an error of ours is one clear line and its exit code."""
    try:
        app()
    except MonitorError as error:
        print(f"monitor: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"monitor {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    del version


@app.command(short_help="Run the service until it is stopped.")
def run(config: ConfigPath = None, clock_shift: ClockShift = None) -> None:
    """Run the service until it is stopped: poll, decide, deliver, show the page."""
    from monitor.cli.running import run_service

    run_service(config, clock_shift)


@app.command()
def once(config: ConfigPath = None, clock_shift: ClockShift = None) -> None:
    """Read every source one time, deliver, and end. Exit 6 when no source could be read."""
    from monitor.cli.running import run_once

    raise typer.Exit(run_once(config, clock_shift))


@app.command(short_help="Look for mistakes in the configuration.")
def check(
    packs: Annotated[
        list[Path] | None,
        typer.Argument(help="Topic packs to check by themselves, as topics/NAME.yaml."),
    ] = None,
    config: ConfigPath = None,
) -> None:
    """Check the configuration, or topic packs alone. No network. Exit 2 on a mistake."""
    from monitor.cli.checking import check_config, check_packs

    for line in check_packs(packs) if packs else check_config(config):
        typer.echo(line)


@app.command(short_help="Show what a feed would bring, and why.")
def preview(
    url: Annotated[str, typer.Argument(help="A feed's address, or the id of a source.")],
    config: ConfigPath = None,
    private: Annotated[
        bool, typer.Option("--allow-private", help="The feed may live in a private network.")
    ] = False,
) -> None:
    """Show what a feed would bring: what is parsed, matched and alerted, and why."""
    from monitor.cli.previewing import show_preview

    show_preview(config, url, private)


@app.command()
def why(
    article: Annotated[str, typer.Argument(help="An article's address or id, or words of it.")],
    config: ConfigPath = None,
    as_json: Json = False,
) -> None:
    """Say why an article was alerted, or why it was not. Exit 1 when it was never seen."""
    from monitor.cli.looking import show_why

    raise typer.Exit(show_why(config, article, as_json))


@app.command(short_help="Say how the watch is doing, and what is in trouble.")
def status(config: ConfigPath = None, as_json: Json = False) -> None:
    """Say how the watch is doing: sources in trouble, what waits, what was found."""
    from monitor.cli.status import show_status

    show_status(config, as_json)


@app.command(short_help="Exit 0 while the service works, else 1.")
def health(config: ConfigPath = None) -> None:
    """Exit 0 while the service looks for due sources, 1 with the cause when it does not."""
    from monitor.cli.alive import show_health

    raise typer.Exit(show_health(config))


@app.command("test-notify")
def try_channels(
    channel: Annotated[str | None, typer.Argument(help="One channel; all when left out.")] = None,
    config: ConfigPath = None,
) -> None:
    """Send a test message through each channel at once. Exit 1 when one is not accepted."""
    from monitor.cli.trying import send_test

    raise typer.Exit(send_test(config, channel))


@app.command(short_help="Show what recorded articles would have pushed.")
def backtest(
    articles: Annotated[Path, typer.Argument(help="A JSONL file of articles, in order.")],
    topic: Annotated[str | None, typer.Option(help="The topic pack to judge by.")] = None,
    no_topic: Annotated[
        bool, typer.Option("--no-topic", help="Everything is relevant: story detection alone.")
    ] = False,
    verdicts: Annotated[Path | None, typer.Option(help="Write one JSON row an article.")] = None,
    config: ConfigPath = None,
) -> None:
    """Run the detector over recorded articles and show what it would have pushed."""
    from monitor.cli.files import run_backtest

    run_backtest(config, articles, topic, no_topic, verdicts)


@app.command()
def parse(
    files: Annotated[list[Path], typer.Argument(help="Feed documents.")],
    content_type: Annotated[str | None, typer.Option(help="The HTTP header's value.")] = None,
    url: Annotated[str | None, typer.Option(help="Where the document came from.")] = None,
    as_json: Json = False,
) -> None:
    """Show what feed documents hold. Exit 3 when one of them cannot be read."""
    from monitor.cli.files import run_parse

    raise typer.Exit(run_parse(files, content_type, url, as_json))


@app.command(short_help="Copy the database, also while the service runs.")
def backup(
    to: Annotated[Path, typer.Argument(help="The file to write; it must not be there yet.")],
    config: ConfigPath = None,
) -> None:
    """Write a whole copy of the database, also while the service runs."""
    from monitor.cli.keeping import write_backup

    for line in write_backup(config, to):
        typer.echo(line)


@app.command(short_help="Put a backup in the database's place.")
def restore(
    backup: Annotated[Path, typer.Argument(help="A file that `monitor backup` wrote.")],
    config: ConfigPath = None,
) -> None:
    """Put a backup in the database's place; what was there is kept. Exit 5 while it runs."""
    from monitor.cli.keeping import restore_backup

    for line in restore_backup(config, backup):
        typer.echo(line)


@app.command(short_help="Show the whole service on recorded news, offline.")
def demo(
    folder: Annotated[Path, typer.Option(help="Where the demo keeps its state.")] = Path(
        "data/demo"
    ),
    stay: Annotated[bool, typer.Option("--stay", help="Leave the page up until Ctrl-C.")] = False,
    kill: Annotated[
        int, typer.Option("--kill", min=0, max=50, help="Kill the service so many times.")
    ] = 0,
) -> None:
    """Show the whole service on recorded news, with local feed, mail and Slack servers."""
    from monitor.demo.run import run as run_demo

    raise typer.Exit(run_demo(folder, stay=stay, kills=kill))


@app.command()
def schema(
    what: Annotated[str, typer.Argument(help="monitor, sources or topic.")] = "monitor",
) -> None:
    """Print the JSON Schema of a configuration file, for editors."""
    from monitor.config.schema import schema as schemas
    from monitor.errors import ConfigError

    known = schemas()
    if what not in known:
        raise ConfigError(f"there is no schema '{what}'; choose one of {', '.join(known)}")
    typer.echo(json.dumps(known[what], indent=2, ensure_ascii=False))


@app.command("ack", short_help="Acknowledge an alert, so that it is not escalated.")
def ack(
    alert: Annotated[str, typer.Argument(help="The alert's id, as each message shows it.")],
    who: Annotated[str | None, typer.Option("--by", help="Your name; else the login's.")] = None,
    config: ConfigPath = None,
) -> None:
    """Acknowledge an alert: it is not escalated to further channels."""
    from monitor.cli.telling import acknowledge

    raise typer.Exit(acknowledge(config, alert, who))


@app.command("not-relevant", short_help="Say that an alert should not have come.")
def not_relevant(
    alert: Annotated[str, typer.Argument(help="The alert's id, as each message shows it.")],
    reason: Annotated[str, typer.Option(help="Why, for whoever tends the topic.")] = "",
    who: Annotated[str | None, typer.Option("--by", help="Your name; else the login's.")] = None,
    config: ConfigPath = None,
) -> None:
    """Say that an alert is not relevant: its story is silenced for a month. Exit 1 when unknown."""
    from monitor.cli import telling

    raise typer.Exit(telling.not_relevant(config, alert, who, reason))
