"""What carries a story on, though each of its acts was told: a later hour of the same day, the word
of the side that did it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from monitor.detect.compare.claims import Claims, parsed, together
from monitor.detect.sense.hours import Hour, hours_in
from monitor.detect.words.deeds import ANSWERS
from monitor.detect.words.sides import MEDIA, side_of

_LONGEST = 60  # minutes; a longer span is a part of the day, and no hour that was announced


def carried_on(
    claims: Iterable[str],
    reports: Collection[Iterable[str]],
    kin: Mapping[str, frozenset[str]],
) -> str:
    """The rule by which an article is news in a story of these reports, "" if it is not."""
    if next_hour(claims, reports, kin):
        return "next-hour"
    return "owned-to" if owned_to(claims, reports) else ""


def owned_to(claims: Iterable[str], reports: Collection[Iterable[str]]) -> bool:
    """The title gives the word of a side's own media that a deed was done, of which the reports of
    its story had told, and that this side did it, by the word of others alone.
    """
    mine = parsed(claims)
    voices = MEDIA & mine.of("S")
    if not voices:
        return False
    told = together(map(parsed, reports))
    done = {act.act for act in mine.acts if act.title and act.real and act.positive}
    deeds = {(act.act, act.actor) for act in told.acts if act.real and act.positive}
    return any(
        f"{voice}|{act}" in mine.of("v") - told.of("v") and (act, side_of(voice)) in deeds
        for voice in voices
        for act in done
    )


def next_hour(
    claims: Iterable[str],
    reports: Collection[Iterable[str]],
    kin: Mapping[str, frozenset[str]],
) -> bool:
    """What recurs failed, or was done, at a later hour of the day than any report of its story
    told; or it failed at the very hour for which they had announced that it would.

    `claims` are those of the article, `reports` those of the reports of its story.
    """
    mine = [hour for hour in hours_in(parsed(claims).of("h")) if hour.told]
    if not mine:
        return False
    told = [parsed(report) for report in reports]
    known = [hour for report in told for hour in hours_in(report.of("h"))]
    return any(_is_later(hour, known) or _is_due(hour, known, told, kin) for hour in mine)


def _is_later(hour: Hour, known: Iterable[Hour]) -> bool:
    same = [other for other in known if other.what == hour.what]
    return bool(same) and all(
        hour.first >= other.last and hour.first > other.first for other in same
    )


def _is_due(
    hour: Hour, known: Iterable[Hour], told: Iterable[Claims], kin: Mapping[str, frozenset[str]]
) -> bool:
    """The first to tell it of this day, at an hour that a report gave with a plan for as much."""
    if any(other.what == hour.what for other in known):
        return False
    word = hour.act if hour.done else ANSWERS[hour.act]
    alike = kin.get(word, frozenset())
    return any(
        any(not act.real and act.act in alike for act in report.acts)
        and any(_is_at(hour, clock) for clock in report.of("c"))
        for report in told
    )


def _is_at(hour: Hour, clock: str) -> bool:
    first, last = map(int, clock.split("~"))
    return first <= hour.first and hour.last <= last and last - first <= _LONGEST
