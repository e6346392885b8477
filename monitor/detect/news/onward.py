"""What carries a story on though all of its acts were told: a further hour of the day on which
something recurs, the word of the side that did it, and the first full report after a flash.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from monitor.detect.compare.claims import Claims, together
from monitor.detect.sense.hours import Hour
from monitor.detect.words.deeds import ANSWERS
from monitor.detect.words.sides import Sides
from monitor.detect.words.topic import Topic
from monitor.models import Story

_LONGEST = 60  # minutes; a longer span is a part of the day, and no hour that was announced
_FLASH = 1  # sentences after the title, at most
_FULL = 5  # sentences after the title, at least
_MUCH = 3  # statements that nobody had made, at least


def carried_on(mine: Claims, reports: Collection[Claims], topic: Topic) -> str:
    """The rule by which an article is news in a story of these reports, "" if it is not."""
    if next_hour(mine, reports, topic.kin):
        return "next-hour"
    return "owned-to" if owned_to(mine, reports, topic.sides) else ""


def told_in_full(story: Story, sentences: int, new: Collection[str]) -> bool:
    """The first full report of what was alerted by a flash and told in no more than flashes since.

    `sentences` is how many the article has after its title, `new` what it states that nobody had
    stated. Of a story that was remembered before sentences were counted nothing is known.
    """
    reports, memory = story.memory["members"], story.memory
    if sentences < _FULL or len(new) < _MUCH or not memory["told"]:
        return False
    if len(reports) < memory["reports"]:  # some were forgotten
        return False
    return all(report.get("sentences", _FULL) <= _FLASH for report in reports)


def owned_to(mine: Claims, reports: Collection[Claims], who: Sides) -> bool:
    """A side's own media say in the title that a deed was done, which the reports of the story had
    told of that side by the word of others alone.
    """
    voices = who.media & mine.title_actors
    if not voices:
        return False
    told = together(reports)
    done = {act.act for act in mine.acts if act.title and act.real and act.positive}
    deeds = {(act.act, act.actor) for act in told.acts if act.real and act.positive}
    return any(
        f"{voice}|{act}" in mine.voices - told.voices and (act, who.side_of(voice)) in deeds
        for voice in voices
        for act in done
    )


def next_hour(mine: Claims, reports: Collection[Claims], kin: Mapping[str, frozenset[str]]) -> bool:
    """What recurs was done, or failed, at a later hour of the day than any report of the story
    told; or at the very hour for which a report had announced it.
    """
    hours = [hour for hour in mine.hours if hour.told]
    if not hours:
        return False
    known = [hour for report in reports for hour in report.hours]
    return any(_is_later(hour, known) or _is_due(hour, known, reports, kin) for hour in hours)


def _is_later(hour: Hour, known: Iterable[Hour]) -> bool:
    same = [other for other in known if other.what == hour.what]
    return bool(same) and all(
        hour.first >= other.last and hour.first > other.first for other in same
    )


def _is_due(
    hour: Hour, known: Iterable[Hour], told: Iterable[Claims], kin: Mapping[str, frozenset[str]]
) -> bool:
    """Nobody told it of this day yet, and it is of an hour for which a report had a plan of it."""
    if any(other.what == hour.what for other in known):
        return False
    word = hour.act if hour.done else ANSWERS[hour.act]
    alike = kin.get(word, frozenset())
    return any(
        any(not act.real and act.act in alike for act in report.acts)
        and any(_is_at(hour, clock) for clock in report.times)
        for report in told
    )


def _is_at(hour: Hour, clock: str) -> bool:
    first, last = map(int, clock.split("~"))
    return first <= hour.first and hour.last <= last and last - first <= _LONGEST
