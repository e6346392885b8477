"""Adds sources to a file of sources/ as a person would: below the others, comments kept."""

from __future__ import annotations

import io
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from monitor.config.document import read, shown
from monitor.config.load import Config
from monitor.config.settings import SourcesFile
from monitor.config.validate import validate
from monitor.errors import ConfigError

HEADER = "# yaml-language-server: $schema=../schema/sources.json\n# {}\n\nsources:\n"
# The key and the first item of its list, with empty lines and comments between them.
_LIST = re.compile(r"^sources:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*( *)-\s", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Placed:
    """A configured source with where it is written."""

    id: str
    url: str
    place: str  # file:line


def placed(config: Config) -> Iterator[Placed]:
    """Every source of the configuration, with its file and line."""
    for file in source_files(config):
        document = read(file)
        for number, source in enumerate(validate(document, SourcesFile).sources):
            line, _ = document.locate(("sources", number))
            yield Placed(source.id, source.url, f"{shown(file)}:{line}")


def source_files(config: Config) -> list[Path]:
    """The files that `sources` of monitor.yaml names."""
    folder = config.path.parent
    names = (name for pattern in config.settings.sources for name in sorted(folder.glob(pattern)))
    return list(dict.fromkeys(names))


def append(config: Config, file: Path, entries: Sequence[Mapping[str, Any]], about: str) -> str:
    """Write the entries below the sources of `file`, which is made where it is not there yet.

    Gives the text that was added. The new file is read and checked as a whole before it replaces
    the old one in one step; ConfigError says why not, and then nothing is changed. `about` is the
    comment at the head of a new file.
    """
    if not any(file.relative_to(config.path.parent).match(one) for one in config.settings.sources):
        wanted = ", ".join(config.settings.sources)
        raise ConfigError(f"{shown(file)}: is not read: sources in monitor.yaml names {wanted}")
    old = file.read_text(encoding="utf-8") if file.exists() else HEADER.format(about)
    added = as_yaml(entries, _indent(file, old) if file.exists() else 2)
    text = old if old.endswith("\n") else old + "\n"
    gap = "\n" if file.exists() and not text.endswith("\n\n") else ""
    _replace(file, text + gap + added)
    return added


def as_yaml(entries: Iterable[Mapping[str, Any]], indent: int) -> str:
    """The entries as a YAML list, each indented by so many spaces."""
    yaml = YAML()
    yaml.width, yaml.allow_unicode = 4000, True
    lines: list[str] = []
    for entry in entries:
        out = io.StringIO()
        yaml.dump(dict(entry), out)
        first, *rest = out.getvalue().splitlines()
        lines += [f"{' ' * indent}- {first}", *(f"{' ' * indent}  {line}" for line in rest), ""]
    return "\n".join(lines[:-1]) + "\n"


def _indent(file: Path, text: str) -> int:
    """How far the list of this file is indented. ConfigError when it is written in brackets."""
    read(file)
    if found := _LIST.search(text):
        return len(found[1])
    raise ConfigError(
        f"{shown(file)}: its list of sources is not written as '- item' lines: "
        "name another file with --file"
    )


def _replace(file: Path, text: str) -> None:
    """Put the text into the file's place in one step, after it was read back and found good."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(".yaml.new", f".{file.stem}-", file.parent)
    except OSError as error:
        raise ConfigError(f"{shown(file)}: cannot be written: {error.strerror}") from error
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        _check(draft, file)
        draft.chmod(file.stat().st_mode if file.exists() else 0o644)
        draft.replace(file)
    except OSError as error:
        raise ConfigError(f"{shown(file)}: cannot be written: {error.strerror}") from error
    finally:
        draft.unlink(missing_ok=True)


def _check(draft: Path, file: Path) -> None:
    try:
        validate(read(draft), SourcesFile)
    except ConfigError as error:
        problems = (line.replace(shown(draft), shown(file)) for line in error.problems)
        raise ConfigError(*problems) from error


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """A source id made of a name or a host: lower case, and with a number where it is taken."""
    base = re.sub(r"[^a-z0-9]+", "-", wanted.lower()).strip("-")[:60] or "source"
    known, name, number = set(taken), base, 1
    while name in known:
        number += 1
        name = f"{base}-{number}"
    return name
