"""The lexicon files of the detector, one a language: words for acts, things, numbers and cues.

How a word is written in these files
- Case and accents do not matter. A word of an alphabet matches whole words only; `withdr*` lets
  any ending follow and `*büro` any beginning. Korean, Chinese and Japanese words match anywhere;
  short ones in katakana and those after a `^` only where their own letters do not go on before.
- `약_` among hedges and negations is a Korean word that stands by itself.
- `pull* .. staff` matches both parts in this order within one sentence, a few words apart; so do
  three, as of `zieht .. truppen .. ab`. `stellt .. ein$` is a verb and the particle that ends its
  clause, however far: not "stellt ein Buch vor".
- `turn* (down|away) offers` matches any of the words in parentheses; a word stands before them, in
  languages without spaces at once: `電話に(出ず|応じな)`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field, TypeAdapter, ValidationError

from monitor.config.grammar_file import Grammar, read_grammar
from monitor.config.plain_yaml import Lines, read_plain
from monitor.config.strict import Strict
from monitor.config.wordfile import unreadable
from monitor.errors import ConfigError

FOLDER = Path(__file__).parent.parent / "detect" / "lexicon"

Words = dict[str, tuple[str, ...]]
_WORDS = TypeAdapter(Words)
_BY_LANGUAGE = TypeAdapter(dict[str, Words])


class Language(Strict):
    """What the detector knows of one language; each mapping goes from an id to its words."""

    language: str = Field(pattern=r"^[a-z]{2,3}$")
    stop: tuple[str, ...] = Field(default=(), description="words that say nothing of the subject")
    acts: Words = Field(default_factory=dict)
    things: Words = Field(default_factory=dict)
    actors: Words = Field(default_factory=dict)
    places: Words = Field(default_factory=dict)
    modality: Words = Field(
        default_factory=dict, description="planned, threatened, ordered, proposed, denied"
    )
    negation: tuple[str, ...] = ()
    hedges: tuple[str, ...] = Field(default=(), description="words for about, nearly, some")
    cues: Words = Field(
        default_factory=dict, description="old, analysis, reaction, said, correction, retraction"
    )
    numbers: dict[str, float] = Field(default_factory=dict)
    ranges: Words = Field(default_factory=dict, description="4-5: words for four or five")
    amounts: Words = Field(
        default_factory=dict, description="day-4: words that count and name the unit at once"
    )
    ordinals: dict[str, float] = Field(
        default_factory=dict, description="counted with days to years: the second week"
    )
    scales: dict[str, float] = Field(default_factory=dict)
    digits: dict[str, float] = Field(
        default_factory=dict, description="those of numbers in words that are not spaced"
    )
    hours: dict[str, int] = Field(
        default_factory=dict, description="words for hours of a clock that are no numbers"
    )
    eras: dict[str, int] = Field(
        default_factory=dict, description="the year before the first one of each"
    )
    units: Words = Field(default_factory=dict)
    months: dict[int, tuple[str, ...]] = Field(default_factory=dict)
    weekdays: dict[int, tuple[str, ...]] = Field(default_factory=dict)
    days: dict[int, tuple[str, ...]] = Field(
        default_factory=dict, description="0 today, 1 tomorrow, -1 yesterday"
    )
    dayparts: Words = Field(
        default_factory=dict, description="morning, noon, afternoon, evening, night, midnight"
    )


class Called(Strict):
    """What people are told for the id of an act, and of a side, a thing or a place."""

    acts: dict[str, str] = Field(default_factory=dict)
    things: dict[str, str] = Field(default_factory=dict)


class Kinds(Strict):
    """Of what kind ids are, where the detector tells kinds apart: sides, places and things."""

    sides: frozenset[str] = frozenset()
    both: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    top_offices: frozenset[str] = frozenset()
    media: frozenset[str] = frozenset()
    experts: frozenset[str] = frozenset()
    responsible: frozenset[str] = frozenset()
    speaks_for: Words = Field(default_factory=dict)
    side_places: frozenset[str] = frozenset()
    sicknesses: frozenset[str] = frozenset()
    remedies: frozenset[str] = frozenset()
    matters: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All languages together."""

    languages: tuple[Language, ...]
    wires: Mapping[str, tuple[str, ...]]  # news agencies and how bylines name them
    families: Mapping[str, str]  # from an act to the family of acts that are told for one another
    kin: Mapping[str, frozenset[str]]  # from an act to those that may be told for it
    axes: Mapping[str, tuple[str, ...]]  # from an act to the ends of axes where it stands: "phase+"
    antonyms: Mapping[str, Words] = field(default_factory=dict)  # by language: "moving+" to words
    poles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # from an act: "moving+"
    called: Called = field(default_factory=Called)
    kinds: Kinds = field(default_factory=Kinds)
    grammars: Mapping[str, Grammar] = field(default_factory=dict)  # by language
    world: bytes = b""  # places.txt as it is, since the detector keeps it in a smaller form


def read_language(path: Path) -> Language:
    """One lexicon file. ConfigError names the file and what is wrong in it, with line and word."""
    raw, lines = read_plain(path)
    language: Language = _valid(path, Language.model_validate, raw)
    faults = [f"{path}:{fault}" for fault in _faults(language, lines)]
    if faults:
        raise ConfigError(*faults)
    return language


def _valid(path: Path, validate: Any, raw: object) -> Any:
    try:
        return validate(raw)
    except ValidationError as error:
        lines = (f"{path}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ConfigError(*lines) from error


_CHECKED = ("acts", "things", "places")
_MANIFOLD = ("modality", "cues")  # "hope" may be a wish and a plan, a column is old and opinion
_SHORTEST = {"acts": 3, "things": 2, "places": 2}  # letters and digits


def _faults(language: Language, lines: Lines) -> Iterator[str]:
    """Words that stand twice in a section, are ill written, too short for it or say nothing."""
    stop = {word.lower() for word in language.stop}
    for section in (*_CHECKED, "actors", *_MANIFOLD):
        owners: dict[str, str] = {}
        for name, words in getattr(language, section).items():
            owners = {} if section in _MANIFOLD else owners
            line = lines.get((section, name), 0)
            for word in map(str.lower, words):
                if word in owners:
                    yield f"{line}: {section}.{name}: {word!r} stands in {owners[word]} already"
                owners[word] = name
                if word[-1] == "$" and " .. " not in word:
                    yield f"{line}: {section}.{name}: {word!r} has no two parts"
                if section in _CHECKED and _says_little(word, section, stop):
                    yield f"{line}: {section}.{name}: {word!r} is too common or too short a word"


def _says_little(word: str, section: str, stop: set[str]) -> bool:
    """Very short, or a stop word; a star or caret at a single character says: it was weighed."""
    bare = word.strip("*^")
    if section != "places" and bare in stop:
        return True
    plain = bare.replace(" ", "")
    if len(plain) > 2 and plain.isalnum():
        return False
    letters = sum(character.isalnum() for character in bare)
    if any(character >= "\u3040" for character in bare):
        return letters < 2 and bare == word
    return letters < _SHORTEST[section]


_ACT = re.compile(r"  ([a-z][a-z0-9_]*): ")


@lru_cache(maxsize=2)
def act_ids(folder: Path = FOLDER) -> frozenset[str]:
    """The ids of the acts that the program knows, of the English file, which has them all; without
    their words, so that a command which checks a topic pack need not wait a second for a million.
    """
    _, _, acts = (folder / "en.yaml").read_text(encoding="utf-8").partition("\nacts:\n")
    entries = itertools.takewhile(lambda line: line.startswith("  "), acts.splitlines())
    return frozenset(found[1] for line in entries if (found := _ACT.match(line)))


_SHARED = ("families", "axes", "kin", "wires", "antonyms", "called", "kinds")


def languages(folder: Path = FOLDER) -> frozenset[str]:
    """The languages whose acts the program knows, without reading a word of them."""
    return frozenset(path.stem for path in folder.glob("*.yaml")) - {*_SHARED}


@lru_cache(maxsize=2)
def called(folder: Path = FOLDER) -> Called:
    """What people are told for ids; not all have a word."""
    path = folder / "called.yaml"
    found: Called = _valid(path, Called.model_validate, read_plain(path)[0])
    return found


@lru_cache(maxsize=2)
def read_grammars(folder: Path = FOLDER) -> Mapping[str, Grammar]:
    """The grammar of each language of a folder."""
    return {path.stem: read_grammar(path) for path in sorted((folder / "grammar").glob("*.txt"))}


@lru_cache(maxsize=2)
def read_lexicon(folder: Path = FOLDER) -> Lexicon:
    """Every language of a folder, in the order of their names, and the families of acts."""
    shared = {name: folder / f"{name}.yaml" for name in _SHARED}
    paths = sorted(path for path in folder.glob("*.yaml") if path not in shared.values())
    parts = {name: path for name, path in shared.items() if name != "called"}
    raw = {name: read_plain(path)[0] if path.exists() else {} for name, path in parts.items()}
    families: Words = _valid(shared["families"], _WORDS.validate_python, raw["families"])
    axes: Words = _valid(shared["axes"], _WORDS.validate_python, raw["axes"])
    kin: Words = _valid(shared["kin"], _WORDS.validate_python, raw["kin"])
    wires: Words = _valid(shared["wires"], _WORDS.validate_python, raw["wires"])
    antonyms = _valid(shared["antonyms"], _BY_LANGUAGE.validate_python, raw["antonyms"])
    kinds: Kinds = _valid(shared["kinds"], Kinds.model_validate, raw["kinds"])
    family_of = {act: family for family, acts in families.items() for act in acts}
    return Lexicon(
        tuple(map(read_language, paths)),
        wires,
        family_of,
        _kin_of(kin),
        _ends_of(axes),
        {language: ends for language, ends in antonyms.items() if language != "acts"},
        _ends_of(antonyms.get("acts", {})),
        called(folder) if shared["called"].exists() else Called(),
        kinds,
        read_grammars(folder),
        _read_world(folder / "places.txt"),
    )


def _read_world(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise unreadable(path, "places", error) from error


def read_common(path: Path = FOLDER / "common.txt") -> dict[str, float]:
    """The share that each common term has in the words of its language; none without the file.

    Of use without a topic alone, so a service need not hold it (5 MB).

    A line holds a degree and the terms of it: 10 to the power of a tenth of it, in a billion words.
    """
    found: dict[str, float] = {}
    try:
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            if not line.startswith("#"):
                degree, *terms = line.split()
                found |= dict.fromkeys(terms, 10 ** (int(degree) / 10 - 9))
    except (OSError, ValueError) as error:
        raise unreadable(path, "common terms", error) from error
    return found


def read_frequent(path: Path = FOLDER / "frequent.txt") -> dict[str, dict[str, int]]:
    """The commonest words of each language with their degree; of use to `monitor check` alone.

    A line holds a language, a degree and the words of it: 10 to the power of a tenth of it, in a
    billion words.
    """
    found: dict[str, dict[str, int]] = {}
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                language, degree, *words = line.split()
                found.setdefault(language, {}).update(dict.fromkeys(words, int(degree)))
    except (OSError, ValueError) as error:
        raise unreadable(path, "common words", error) from error
    return found


def _kin_of(groups: Words) -> dict[str, frozenset[str]]:
    acts = {act for group in groups.values() for act in group}
    return {
        act: frozenset(other for group in groups.values() if act in group for other in group)
        for act in sorted(acts)
    }


def _ends_of(axes: Words) -> dict[str, tuple[str, ...]]:
    acts = sorted({act for acts in axes.values() for act in acts})
    return {act: tuple(end for end, its in axes.items() if act in its) for act in acts}
