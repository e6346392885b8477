"""The commands on topic packs."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from monitor.config.document import shown
from monitor.config.load import find_config
from monitor.errors import ConfigError

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
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
    yield "Until the last '?' is gone, monitor check refuses the file; after that it passes."


def scaffold(title: str) -> str:
    """The commented text of a new pack; `title` fits what a pack allows."""
    text = resources.files("monitor.config").joinpath("scaffold", "topic.yaml").read_text("utf-8")
    return text.replace("@TITLE@", _quoted(title)).replace(
        "@LABEL@", _quoted(title[:_LONGEST_LABEL])
    )


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
