"""The channels of a configuration, opened, with the words and templates of their messages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from monitor.alerts.channels import Apart, ChannelPort, open_channel
from monitor.alerts.language import Words, open_words
from monitor.alerts.parts import Templates
from monitor.alerts.render import Forms
from monitor.alerts.samples import samples
from monitor.config.document import read
from monitor.config.load import Config
from monitor.errors import ChannelError, ConfigError


def open_words_of(config: Config, language: str | None = None) -> Words:
    """The words of a language, by default the service's; ConfigError where there are none."""
    folder = config.path.parent / "words"
    return open_words(language or config.settings.language, folder if folder.is_dir() else None)


def open_channels(config: Config, environ: Mapping[str, str]) -> dict[str, ChannelPort]:
    """The configured channels. Raises one ConfigError that lists every channel in trouble.

    The words and templates of their messages are checked likewise.
    """
    channels: dict[str, ChannelPort] = {}
    problems: list[str] = []
    templates = Templates(config.path.parent / "templates")
    with Apart() as read:
        for name, channel in config.settings.channels.items():
            try:
                words = open_words_of(config, channel.language)
                templates.check(samples(words), words)
                forms = Forms(words, config.settings.server.public_url, templates)
                channels[name] = open_channel(name, channel, environ, forms, read)
            except ChannelError as error:
                problems += (_placed(config.path, name, problem) for problem in error.problems)
            except ConfigError as error:
                problems += error.problems
    if problems:
        raise ConfigError(*dict.fromkeys(problems))
    return channels


def _placed(path: Path, name: str, problem: str) -> str:
    """The problem of a channel as `file:line: channels.name: ...`, like all of a configuration."""
    text = problem.removeprefix(f"channel {name}: ")
    return read(path).problem(("channels", name), text) if path.is_file() else problem
