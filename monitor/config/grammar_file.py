"""The grammar files, read, and expressions that name their sections, filled.

How such a file is written, and what its sections are for, stands in `monitor/config/grammar.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from monitor.config.grammar import RULES, SECTIONS
from monitor.config.wordfile import lines_of, unreadable

_SAYS = frozenset({"done", "named", "settled", "today", "planned", "wished", "ordered", "denied"})
_SAYS |= {"threatened", "announced"}
_HEAD = re.compile(r"(\w+):\s*(?:#.*)?")
_RULE = re.compile(r"(\w+): (.*)")
_COMMENT = re.compile(r"(?:^|\s{2,})#\s.*$|^\s*#$")
_NAME = re.compile(r"\{([_a-z]\w*)\}")
_LETTER = re.compile(r"\{([ㄱ-ㅎ])\}")
_FINALS = {"ㄴ": 4, "ㄹ": 8, "ㅆ": 20}  # where their syllables stand in each block of 28


class Rule(NamedTuple):
    """An expression of a section, and what it says of the act where the section is of `RULES`."""

    pattern: str
    says: str = ""


Grammar = Mapping[str, tuple[Rule, ...]]


def filled(pattern: str, sections: Grammar) -> str:
    """An expression with the sections that it names in its place; one that is not there, or is
    empty, never fits. KeyError for a name that no language has.
    """

    def words(match: re.Match[str]) -> str:
        name = match[1]
        if name not in SECTIONS and name not in RULES and name not in sections:
            raise KeyError(name)
        return f"(?:{'|'.join(rule.pattern for rule in sections.get(name, ())) or '(?!)'})"

    return _NAME.sub(words, pattern)


def compiled(frame: str, sections: Grammar) -> re.Pattern[str]:
    """A frame with the sections that it names in its place, ready for use."""
    return re.compile(_LETTER.sub(lambda letter: _final(letter[1]), filled(frame, sections)))


def _final(letter: str) -> str:
    """The syllables of Hangul that end in one consonant, as a class of an expression."""
    place = _FINALS[letter]
    return "[" + "".join(chr(c) for c in range(0xAC00, 0xD7A4) if (c - 0xAC00) % 28 == place) + "]"


def read_grammar(path: Path) -> dict[str, tuple[Rule, ...]]:
    """One grammar file. ConfigError names file and line of what cannot be read."""
    found: dict[str, tuple[Rule, ...]] = {}
    name = ""
    for number, line in lines_of(path, "a grammar"):
        written = _COMMENT.sub("", line).rstrip()
        if not written:
            continue
        try:
            if written[0] != " ":
                name = _section(written, found)
                found[name] = ()
            elif not name:
                raise ValueError("it belongs to no section")
            else:
                found[name] += (_rule(written.strip(), name, found),)
        except (ValueError, KeyError, re.error) as error:
            raise unreadable(f"{path}:{number}", "a grammar", error) from error
    return found


def _section(line: str, found: Grammar) -> str:
    head = _HEAD.fullmatch(line)
    if head is None:
        raise ValueError("neither the name of a section nor an indented line")
    if head[1] in found:
        raise ValueError(f"{head[1]!r} stands here twice")
    if head[1] not in SECTIONS and head[1] not in RULES and head[1][0] != "_":
        raise ValueError(f"no section is called {head[1]!r}")
    return head[1]


def _rule(line: str, section: str, found: Grammar) -> Rule:
    says = ""
    if section in RULES:
        parts = _RULE.fullmatch(line)
        if parts is None or parts[1] not in _SAYS:
            raise ValueError(f"it begins with none of {', '.join(sorted(_SAYS))}")
        says, line = parts.groups()
    pattern = filled(line, found)
    if unknown := set(_LETTER.findall(pattern)) - _FINALS.keys():
        raise ValueError(f"of {', '.join(sorted(unknown))} it is not known where its syllables are")
    re.compile(_LETTER.sub(".", pattern))  # the classes of syllables are dear
    return Rule(pattern, says)
