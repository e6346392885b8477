"""The channels of a configuration, opened, with the words and templates of their messages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from monitor.alerts.channels import Apart, ChannelPort, open_channel
from monitor.alerts.language import NoWords, Words, open_words
from monitor.alerts.parts import Templates
from monitor.alerts.render import Forms
from monitor.alerts.samples import samples
from monitor.config.document import Loc, dotted, read
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
            except NoWords as error:
                said = ("channels", name, "language") if channel.language else ("language",)
                problems.append(_placed(config.path, said, str(error)))
            except ChannelError as error:
                texts = (problem.removeprefix(f"channel {name}: ") for problem in error.problems)
                problems += (_placed(config.path, ("channels", name), text) for text in texts)
            except ConfigError as error:
                problems += error.problems
    if problems:
        raise ConfigError(*dict.fromkeys(problems))
    return channels


def _placed(path: Path, loc: Loc, text: str) -> str:
    """The problem as `file:line: channels.name: ...`, like all of a configuration."""
    return read(path).problem(loc, text) if path.is_file() else dotted(loc) + text
