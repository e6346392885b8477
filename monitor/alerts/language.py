"""The words of the frame around a message, in the reader's language; what is quoted stays.

A catalogue is a YAML file: those shipped lie in words/ here, an operator's in words/ beside
monitor.yaml. What a catalogue leaves out is said in English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from string import Formatter

from pydantic import Field, field_validator

from monitor.config.document import Document, read
from monitor.config.lexicon import called
from monitor.config.strict import Strict
from monitor.config.units import suggest
from monitor.config.validate import validate
from monitor.errors import ConfigError

SHIPPED = Path(__file__).parent / "words"


class NoWords(ConfigError):
    """A language of which there is no catalogue."""


class Counted(Strict):
    """A text with a number in it. Languages without a plural give `other` alone."""

    one: str | None = None
    other: str


class Catalogue(Strict):
    """The file of one language."""

    say: dict[str, str | Counted] = Field(default_factory=dict)
    months: tuple[str, ...] = Field(default=(), description="twelve names, January first")
    kinds: dict[str, str] = Field(default_factory=dict)
    modality: dict[str, str] = Field(default_factory=dict)
    languages: dict[str, str] = Field(default_factory=dict)
    acts: dict[str, str] = Field(default_factory=dict)
    things: dict[str, str] = Field(default_factory=dict)
    texts: dict[str, str] = Field(default_factory=dict)

    @field_validator("months")
    @classmethod
    def _twelve(cls, months: tuple[str, ...]) -> tuple[str, ...]:
        if len(months) not in (0, 12):
            raise ValueError("needs the twelve months, January first")
        return months


@dataclass(frozen=True)
class Words:
    """One language, with English behind it."""

    code: str
    _own: Catalogue
    _english: Catalogue

    def say(self, key: str, /, **values: object) -> str:
        """The text of `key` with its names filled in; of a counted one by its `n`."""
        text = self._own.say.get(key) or self._english.say[key]
        if isinstance(text, Counted):
            text = text.one if values["n"] == 1 and text.one is not None else text.other
        if "n" in values:
            values["n"] = f"{values['n']:,}"
        return text.format(**values)

    def moment(self, at: datetime) -> str:
        """A moment as people write it, "22 March 2019, 09:05 UTC"."""
        return self.say("moment", **self._day(at), time=f"{at:%H:%M}")

    def day(self, iso: str | None) -> str:
        """An ISO day as people write it; what is none stays as it is."""
        try:
            return self.say("date", **self._day(date.fromisoformat(iso or "")))
        except ValueError:
            return iso or ""

    def _day(self, at: date) -> dict[str, object]:
        months = self._own.months or self._english.months
        return {"day": at.day, "month": months[at.month - 1], "year": at.year}

    def kind(self, kind: str) -> str:
        """The label of a kind of alert."""
        return self._named("kinds", kind) or kind[:1].upper() + kind[1:]

    def modality(self, modality: str) -> str:
        """How real a fact is said to be; "" for what was done, or is not said."""
        return self._named("modality", modality)

    def language(self, code: str) -> str:
        """The name of a language; an unknown code stays as it is."""
        return self._named("languages", code) or code

    def act(self, id: str | None) -> str:
        """An act of the lexicons; one without a word is its id, readable."""
        return self._named("acts", id or "") or _readable(id, called().acts)

    def thing(self, id: str | None) -> str:
        """A side, object, place or unit by its id, likewise."""
        return self._named("things", id or "") or _readable(id, called().things)

    def text(self, text: str) -> str:
        """A label or value of a state card; one that the catalogue does not know stays as it is."""
        return self._own.texts.get(text, text)

    def _named(self, group: str, key: str) -> str:
        own: Mapping[str, str] = getattr(self._own, group)
        english: Mapping[str, str] = getattr(self._english, group)
        return own.get(key) or english.get(key, "")


def open_words(code: str, folder: Path | None = None) -> Words:
    """The words of a language: the operator's file in `folder` before the one that is shipped.

    ConfigError names file and line of what is wrong in it; NoWords the languages that there are.
    """
    file = f"{code}.yaml"
    own = folder / file if folder is not None else None
    if own is not None and own.is_file():
        return Words(code, _checked(own), _english())
    if not (SHIPPED / file).is_file():
        known = sorted(each.stem for each in SHIPPED.glob("*.yaml"))
        place = f", or write {own.name} in words/ beside monitor.yaml" if own else ""
        raise NoWords(f"there are no words for '{code}'{suggest(code, known)}{place}")
    return _shipped(code)


@lru_cache(maxsize=8)
def _shipped(code: str) -> Words:
    return Words(code, _checked(SHIPPED / f"{code}.yaml"), _english())


@lru_cache(maxsize=1)
def _english() -> Catalogue:
    return validate(read(SHIPPED / "en.yaml"), Catalogue)


def _checked(path: Path) -> Catalogue:
    document = read(path)
    found = validate(document, Catalogue)
    problems = [problem for key in found.say if (problem := _wrong(document, found, key))]
    if problems:
        raise ConfigError(*problems)
    return found


def _wrong(document: Document, found: Catalogue, key: str) -> str | None:
    """What is wrong with one text, as a line: nobody uses it, or it fills in what is not there."""
    english = _english().say
    if key not in english:
        return document.problem(("say", key), f"unknown text{suggest(key, sorted(english))}")
    allowed = _names(english[key])
    counted = "n" in allowed
    try:
        odd = _names(found.say[key]) - allowed
    except ValueError:
        return document.problem(("say", key), "a brace is not closed; {{ and }} stand for braces")
    if isinstance(found.say[key], Counted) and not counted:
        return document.problem(("say", key), "has no number in it: write one text")
    if odd:
        known = ", ".join(f"{{{name}}}" for name in sorted(allowed)) or "nothing"
        return document.problem(("say", key), f"{{{min(odd)}}} is not filled in here; {known} is")
    return None


def _names(text: str | Counted) -> set[str]:
    forms = [text] if isinstance(text, str) else [text.one or "", text.other]
    return {name for form in forms for _, name, *_ in Formatter().parse(form) if name is not None}


def _readable(id: str | None, known: Mapping[str, str]) -> str:
    name = id or ""
    return known.get(name) or name.replace("_", " ").replace("-", " ").strip()


ENGLISH = open_words("en")
