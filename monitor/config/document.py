"""A YAML file with the line of every key, so that each problem can be pointed at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from yaml import MappingNode, MarkedYAMLError, Node, SequenceNode, YAMLError

from monitor.config.yaml12 import Loader
from monitor.errors import ConfigError

Loc = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file as plain values (YAML 1.2: `no` is a word, 1:30 is text) with its positions."""

    path: Path
    data: Any
    _root: Node = field(repr=False)

    def locate(self, loc: Loc) -> tuple[int, tuple[str | int, ...]]:
        """The line (from 1) and the path of the deepest step of `loc` that the file really has.

        Steps that the file does not have are skipped: pydantic names the branches of a union too.
        """
        node, line, steps = self._root, 1, []
        for step in loc:
            found = _child(node, step)
            if found:
                node, line = found
                steps.append(step)
        return line, tuple(steps)

    def problem(self, loc: Loc, text: str) -> str:
        """One line for people: file:line: path: text. `loc` may end in a key that is missing."""
        line, _ = self.locate(loc)
        return f"{shown(self.path)}:{line}: {dotted(loc)}{text}"


def shown(path: Path) -> str:
    """The path as people typed it: relative when it lies under the current folder."""
    absolute = path.absolute()
    here = Path.cwd()
    return str(absolute.relative_to(here) if absolute.is_relative_to(here) else absolute)


def dotted(loc: Loc) -> str:
    """`sources[3].zone: ` for ("sources", 3, "zone"), empty for the whole file."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc)
    return f"{text.lstrip('.')}: " if text else ""


def read(path: Path) -> Document:
    """Read one YAML file; ConfigError names the line of what is wrong and never a value."""
    text = _text(path)
    try:
        loader = Loader(text)
        root = loader.get_single_node()
        if root is None:
            raise ConfigError(f"{shown(path)}:1: is empty")
        problems = [f"{shown(path)}:{line}: {words}" for line, words in _doubles(root, set())]
        if problems:
            raise ConfigError(*problems)
        return Document(path, loader.construct_document(root), root)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ConfigError(f"{shown(path)}:{line}: {_plain(error, text)}") from None
    except YAMLError as error:
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        raise ConfigError(
            f"{shown(path)}:{line}: is not YAML: a character that may not be there, or too deep"
        ) from None


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{shown(path)}: cannot be read: {error.strerror}") from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{shown(path)}:{line}: is not UTF-8 text: save it as UTF-8") from None


def _plain(error: MarkedYAMLError, text: str) -> str:
    problem = " ".join(str(error.problem or error.context).split())
    if "cannot start any token" in problem and text[error.problem_mark.index :][:1] == "\t":
        return "a tab where spaces belong: YAML is indented with spaces"
    if "mapping values are not allowed" in problem:
        return "a ':' too many: put the value in quotes, or end the line before in ':'"
    if "could not find expected ':'" in problem:
        return "a ':' is missing here or in the line before"
    return f"is not YAML: {problem}"


def _child(node: Node, step: str | int) -> tuple[Node, int] | None:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if str(key.value) == str(step):
                return value, key.start_mark.line + 1
    elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return item, item.start_mark.line + 1
    return None


def _doubles(node: Node, seen: set[int]) -> Iterator[tuple[int, str]]:
    """Keys that stand twice in one mapping, of which the last one would count."""
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, MappingNode):
        first: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if str(key.value) in first:
                yield line, f"{key.value}: stands twice (first on line {first[str(key.value)]})"
            first.setdefault(str(key.value), line)
            yield from _doubles(value, seen)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _doubles(item, seen)
