"""The shape of a topic pack, topics/NAME.yaml: what is watched, in several languages.

Words are written as in the lexicon files (see monitor/config/lexicon.py): whole words, `stem*`,
`first .. second`. They are given by language only for the reader's sake: a name counts in every
language. Ids are the pack's own language-neutral words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from monitor.config.references import unknown_ids
from monitor.config.strict import Problems, Strict
from monitor.config.units import Fulltext

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]


def _usable(words: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    for language, some in words.items():
        for word in some:
            if len(word.strip(" *.")) < 2 and word.isascii():
                raise ValueError(f"{language}: {word!r} is too short to be a name")
    return words


Company = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*([+-][a-z][a-z0-9_]*)*$", max_length=80)]
Names = Annotated[dict[str, tuple[str, ...]], AfterValidator(_usable)]


class Subject(Strict):
    """The watched thing, or a part of it: staff, building, lines."""

    id: Id
    label: str = Field(min_length=1, max_length=80)
    names: Names = Field(default={}, description="each is enough by itself")
    short: Names = Field(default={}, description="count only in an article that has company")
    company: tuple[Company, ...] = Field(
        default=(),
        description="ids of subjects, context or actors, one of which must be in the article; "
        "north+south stands for both together, north-us for the one without the other; either only "
        "where no look-alike is named",
    )
    central: bool = Field(
        default=True, description="false: a part, which needs the whole beside it"
    )


class Thing(Strict):
    """A person, a side or a place that the facts speak of."""

    id: Id
    label: str = Field(min_length=1, max_length=80)
    names: Names
    responsible: bool = Field(default=False, description="its acts and words about the topic weigh")


class CardMove(Strict):
    """When a fact moves an attribute of the state card."""

    act: Id
    actor: Id | None = None
    object: Id | None = None
    was: tuple[str, ...] = Field(
        default=(), description="only from one of these values; any if empty"
    )
    to: str = Field(min_length=1, max_length=80)


class Known(Strict):
    """What an attribute was from a day on, for a watch that begins after it."""

    since: date
    value: str = Field(min_length=1, max_length=80)


class Attribute(Strict):
    """One line of the state card."""

    id: Id
    label: str = Field(min_length=1, max_length=80)
    start: str | None = Field(default=None, max_length=80)
    known: tuple[Known, ...] = Field(
        default=(), description="its history before the watch: the value from a day on"
    )
    moves: tuple[CardMove, ...] = Field(min_length=1)


def card_on(card: Iterable[Attribute], day: date) -> dict[str, str]:
    """What a pack knows of the state card before a day, for a watch that begins on it."""
    found = {}
    for attribute in card:
        past = [known for known in attribute.known if known.since < day]
        if past:
            found[attribute.id] = max(past, key=lambda known: known.since).value
    return found


class TopicPack(Strict):
    """What is watched. The detector owns this shape."""

    title: str = Field(min_length=1, max_length=200)
    channels: tuple[str, ...] | None = Field(
        default=None, description="names of channels; all of them when left out"
    )
    fulltext: Fulltext | None = Field(
        default=None, description="whether pages of articles are read; else polling.fulltext"
    )
    subjects: tuple[Subject, ...] = Field(min_length=1)
    context: tuple[Thing, ...] = Field(default=(), description="places and sides of the subject")
    actors: tuple[Thing, ...] = Field(
        default=(), description="who acts: sides, ministries, persons"
    )
    exclude: Names = Field(default={}, description="look-alikes; what they cover does not count")
    acts: dict[Id, Names] = Field(default={}, description="further words for acts of the lexicon")
    push: tuple[Id, ...] = Field(default=(), description="acts that deserve a push when new")
    card: tuple[Attribute, ...] = ()

    @model_validator(mode="after")
    def _ids_exist(self) -> TopicPack:
        problems = unknown_ids(self.model_dump(include={"subjects", "context", "actors", "card"}))
        for number, subject in enumerate(self.subjects):
            if not subject.names and not subject.short:
                problems.append((("subjects", number), "give it names or short names"))
        if problems:
            raise Problems(problems)
        return self

    def vouching(self) -> dict[str, tuple[str, ...]]:
        """For each subject the company that tells of it without any name: where a whole is wanted
        ("the building" of the office), the places and sides that vouch for the whole.
        """
        own = {
            subject.id: tuple(want for want in subject.company if not self._names_subject(want))
            for subject in self.subjects
        }
        return {
            subject.id: own[subject.id]
            + tuple(way for whole in subject.company for way in own.get(whole, ()))
            for subject in self.subjects
        }

    def _names_subject(self, company: str) -> bool:
        ids = {subject.id for subject in self.subjects}
        return not ids.isdisjoint(re.split("[+-]", company))


def parse_topic(raw: Mapping[str, Any]) -> TopicPack:
    """A topic pack from its YAML mapping; pydantic's ValidationError says what is wrong."""
    return TopicPack.model_validate(raw)
