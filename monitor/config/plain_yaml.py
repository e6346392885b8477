"""Large word lists, written in one plain form of YAML so that thousands of words load at once.

A line is a comment, `key: value`, `key: [word, word]`, `key: {word: 2, word: 3}`, or `key:` with
indented `name: [word, word]` below it. Words with other signs than letters, spaces, apostrophes,
hyphens, dots, `*` and `^` stand in double quotes. A full YAML parser reads the same, at a tenth of
the speed.
"""

from __future__ import annotations

import re
from pathlib import Path

from monitor.config.wordfile import lines_of, unreadable

Lines = dict[tuple[str, str], int]  # where the entry of a section stands
_ENTRY = re.compile(r"( {2})?(\"[^\"]+\"|[^\s\":\[\]{}]+):(?: (\S.*))?")
_ITEM = re.compile(r"\s*(?:\"([^\"]+)\"|([^\s\"\[\]{}:,#&!|>%@`?][^\"\[\]{}:,#]*))\s*(?:,|$)")
_PAIR = re.compile(r"\s*(?:\"([^\"]+)\"|([^\s\"\[\]{}:,#]+)): ([-\d.e+]+)\s*(?:,|$)")


def read_plain(path: Path) -> tuple[dict[str, object], Lines]:
    """What a file says, and in which line each entry of a section stands.

    ConfigError names file and line where it is not written in the plain form.
    """
    found: dict[str, object] = {}
    lines: Lines = {}
    section: dict[str | int, object] | None = None
    name = ""
    for number, line in lines_of(path, "a lexicon"):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _ENTRY.fullmatch(line.rstrip())
        try:
            if match is None:
                raise ValueError("neither a key nor a list of words")
            indent, key, value = match[1], match[2].strip('"'), match[3]
            if indent:
                if section is None:
                    raise ValueError("it belongs to no section")
                if _key(key) in section:
                    raise ValueError(f"{key!r} stands here twice")
                section[_key(key)] = _value(value or "")
                lines[name, key] = number
                continue
            if key in found:
                raise ValueError(f"{key!r} stands here twice")
            name, section = key, None if value else {}
            found[key] = _value(value) if value else section
        except ValueError as error:
            raise unreadable(f"{path}:{number}", "a lexicon", error) from error
    return found, lines


def _key(text: str) -> str | int:
    return int(text) if text.lstrip("-").isdigit() else text


def _value(text: str) -> object:
    if text[:1] == "[" and text[-1:] == "]":
        return tuple(quoted or bare.strip() for quoted, bare in _all(_ITEM, text[1:-1]))
    if text[:1] == "{" and text[-1:] == "}":
        return {quoted or bare: float(value) for quoted, bare, value in _all(_PAIR, text[1:-1])}
    if not text or text[0] in "[{":
        raise ValueError("a list needs its brackets in one line")
    return text.strip('"')


def _all(pattern: re.Pattern[str], text: str) -> list[tuple[str, ...]]:
    """The groups of each match, which must follow one another up to the end."""
    found, place = [], 0
    while place < len(text):
        match = pattern.match(text, place)
        if match is None:
            raise ValueError(f"what is {text[place : place + 20].strip()!r}?")
        found.append(match.groups(default=""))
        place = match.end()
    return found
