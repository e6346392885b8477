"""The lexicon files of the detector, one a language: words for acts, things, numbers and cues.

How a word is written in these files
- Case and accents do not matter. A word of an alphabet matches whole words only; `withdr*` lets
  any ending follow and `*büro` any beginning. Korean, Chinese and Japanese words match anywhere.
- `pull* .. staff` matches both parts in this order within one sentence, a few words apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field, TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from monitor.config.strict import Strict
from monitor.errors import ConfigError

FOLDER = Path(__file__).parent.parent / "detect" / "lexicon"

Words = dict[str, tuple[str, ...]]
T = TypeVar("T")
_WORDS = TypeAdapter(Words)


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
    scales: dict[str, float] = Field(default_factory=dict)
    units: Words = Field(default_factory=dict)
    months: dict[int, tuple[str, ...]] = Field(default_factory=dict)
    weekdays: dict[int, tuple[str, ...]] = Field(default_factory=dict)
    days: dict[int, tuple[str, ...]] = Field(
        default_factory=dict, description="0 today, 1 tomorrow, -1 yesterday"
    )


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All languages together."""

    languages: tuple[Language, ...]
    wires: Mapping[str, tuple[str, ...]]  # news agencies and how bylines name them
    families: Mapping[str, str]  # from an act to the family of acts that are told for one another


def read_language(path: Path) -> Language:
    """One lexicon file. ConfigError names the file and what is wrong in it."""
    return _read(path, Language.model_validate)


def _read(path: Path, validate: Callable[[Any], T]) -> T:
    try:
        return validate(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeError, YAMLError) as error:
        raise ConfigError(f"{path}: cannot be read as a lexicon: {error}") from error
    except ValidationError as error:
        lines = (f"{path}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ConfigError(*lines) from error


@lru_cache(maxsize=2)
def read_lexicon(folder: Path = FOLDER) -> Lexicon:
    """Every language of a folder, in the order of their names, and the families of acts."""
    shared = {name: folder / f"{name}.yaml" for name in ("families", "wires")}
    paths = sorted(path for path in folder.glob("*.yaml") if path not in shared.values())
    words = {
        name: _read(path, _WORDS.validate_python) if path.exists() else {}
        for name, path in shared.items()
    }
    family_of = {act: family for family, acts in words["families"].items() for act in acts}
    return Lexicon(tuple(read_language(path) for path in paths), words["wires"], family_of)
