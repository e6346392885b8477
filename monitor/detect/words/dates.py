"""Dates in nine languages, resolved against the time of the article.

The words beside a date are in the grammar file of each language (`lexicon/grammar`).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.detect.words.tongue import Tongue

_EAST = re.compile(
    r"(?:(?P<y>(?:19|20)\d\d)\s*[년年]\s*)?(?P<m>1[0-2]|[1-9])\s*[월月]\s*(?:(?P<d>[12]\d|3[01]|[1-9])\s*[일日号])?"
)
_EAST_DAY = (
    r"(?<![\d.월月])(?<!{counts_days_before})(?<!\d,)(?P<d>[12]\d|3[01]|[1-9])\s?[일日]"
    r"(?!{counts_days})"
)
_EAST_RANGE = re.compile(r"(?<![\d.,])(?P<d>[12]\d|3[01]|[1-9])\s?[~-](?=\d{1,2}[일日])")
# What may not stand before a year is asked behind it, so that a search skips to the first digit.
# A letter may where words are not spaced, or where it is written in one: "FY2021".
_A_YEAR = (
    r"(?P<y>(?:19|20)\d\d)(?:(?<![\w.,:$€£₩~-]\d{4})|(?<={year_joined_to}\d{4})"
    r"|(?<=[ぁ-ヺ一-鿿가-힣]\d{4})(?<!{no_year_before}\d{4})(?=\s?(?:[년年~-]|{to_year})))"
)
_NO_THINGS = r"(?![\w%~-]|[.,:/]\d)(?!\s{no_year}(?!\w))"
_YEAR = _A_YEAR + r"(?:\s*[년年]|{year_end}|/?" + _NO_THINGS + ")"
_YEARS = (  # "2023-24", "2018年から2020年"
    _A_YEAR + r"(?:\s?[년年]度?)?\s?(?:(?P<to>[~-]|{to_year})|/)\s?"
    r"(?P<z>(?:19|20)?\d\d)(?:\s?[년年]|" + _NO_THINGS + ")"
)
_ERA = r"(?P<era>{era})\s?(?P<n>\d{1,3})\s?[년年]"
_ISO = re.compile(  # "2020-06-16", "2020.6.16", "2020. 6. 16"
    r"(?P<y>(?:19|20)\d\d)(?<!\d{5})(?P<by>-|/|\. ?)(?P<m>1[0-2]|0?[1-9])(?P=by)"
    r"(?P<d>[12]\d|3[01]|0?[1-9])(?!\d)"
)
_DAY_FIRST = re.compile(  # "16.06.2020"; in English the month may lead
    r"(?P<d>\d(?<![\d.,/-].)\d?)(?P<by>[./-])(?P<m>\d\d?)(?P=by)(?P<y>(?:19|20)\d\d)(?!\d)"
)
_DAY_OF_A_MONTH = (
    r"(?:(?P<next>{next_month})|(?P<last>{last_month})|{this_month})"
    r"\s?(?P<d>[12]\d|3[01]|[1-9])\s?[일日号]"
)
_DAY_OF_NEXT_MONTH = r"(?P<d>[1-9]\d?){of_next_month}"
_MONTH_AFTER = r"(?<!\w){before_month}[ -]$"
_SAID_ON = 4  # characters between a verb of saying and its weekday: "said on Monday"
_TOMORROW = 6  # days since the weekday of tomorrow
_FAR_BEHIND = 5  # days from which the weekday of a headline is rather the next one
_MONTHS, _YEAR_LONG = 12, 365
_LONG_SPAN, _SHORT_SPAN = 100, 11  # years from one to another, by its four digits, by its last two
_LONGEST = 2000  # characters of a sentence that are read; longer ones are no sentences
_BEFORE = 12  # characters before a date in which words that tell of it may stand
_SEASON = timedelta(days=92)
_MORNING = r"(?<!\w){morning}$"


@dataclass(frozen=True, slots=True)
class When:
    """A date in a text. `day` is its first day; `width` the days it covers."""

    start: int
    end: int
    day: date
    width: int = 1


def dates(
    text: str,
    tongue: Tongue,
    today: date,
    ahead: bool,
    *,
    said: Collection[int] = (),
    title: bool = False,
) -> list[When]:
    """The dates of a folded sentence, in order. `ahead` tells that it speaks of the future, `title`
    that it is a headline, and `said` where its verbs of saying end.
    """
    text = text[:_LONGEST]
    found = _by_pattern(_ISO, tongue, text, today)
    _add_in_figures(found, text, tongue.lang)
    if tongue.month_pattern is not None:
        found += _western(tongue, text, today)
    found += _of_another_month(tongue, text, today)
    if tongue.unspaced:
        _add_eastern(found, tongue, text, today, ahead)
    found += _weekdays(tongue, text, today, ahead, said, title)
    found += _from_today(tongue, text, today)
    _add_years(found, tongue, text)
    return sorted(found, key=lambda when: (when.start, when.end))


def _add_eastern(found: list[When], tongue: Tongue, text: str, today: date, ahead: bool) -> None:
    """Dates such as 6월 16일, and days of a month that is not named."""
    east = _by_pattern(_EAST, tongue, text, today, ahead)
    found += [when for when in east if not _taken(found, when.start)]
    days = tongue.pattern(_EAST_DAY).finditer(text)
    for match in (*days, *_EAST_RANGE.finditer(text)):
        if not _taken(found, match.start()):
            day = _nearest_day(int(match["d"]), today)
            found += [When(match.start(), match.end(), day)] if day else []


def _from_today(tongue: Tongue, text: str, today: date) -> list[When]:
    """Days counted from today, such as yesterday, and next week."""
    found = []
    if tongue.day_pattern is not None:
        for match in tongue.day_pattern.finditer(text):
            before = max(0, match.start() - _BEFORE)
            if not tongue.pattern(_MORNING).search(text, before, match.end()):
                day = today + timedelta(days=tongue.days[match[0]])
                found.append(When(match.start(), match.end(), day))
    monday = today - timedelta(days=today.weekday()) + timedelta(days=7)
    weeks = tongue.pattern("{next_week}").finditer(text)
    return found + [When(match.start(), match.end(), monday, 7) for match in weeks]


def _add_in_figures(found: list[When], text: str, lang: str) -> None:
    """Dates such as 16.06.2020; of 4/5/2020 in English only the year is known."""
    for match in _DAY_FIRST.finditer(text):
        day, month, year = int(match["d"]), int(match["m"]), int(match["y"])
        if lang == "en" and match["by"] == "/":
            day, month = (month, day) if month > _MONTHS else (day, month)
            if day <= _MONTHS:
                found.append(When(*match.span(), date(year, 1, 1), _YEAR_LONG))
                continue
        dated = _safe(year, month, day)
        found += [When(*match.span(), dated)] if dated else []


def _add_years(found: list[When], tongue: Tongue, text: str) -> None:
    """Years that are not of a date that was found already."""
    for match in tongue.pattern(_YEARS).finditer(text):
        years = _many_years(match)
        if years > 1 and not _taken(found, match.start()):
            found.append(When(*match.span(), date(int(match["y"]), 1, 1), _YEAR_LONG * years))
    for match in tongue.pattern(_YEAR).finditer(text):
        if not _taken(found, match.start()):
            found.append(When(*match.span(), date(int(match["y"]), 1, 1), _YEAR_LONG))
    for match in tongue.pattern(_ERA).finditer(text) if tongue.eras else ():
        year = tongue.eras[match["era"]] + int(match["n"])
        found.append(When(*match.span(), date(year, 1, 1), _YEAR_LONG))


def _many_years(match: re.Match[str]) -> int:
    """How many years "2023-24" are; one where that is rather the number of a paper, "2019/27"."""
    first, last = match["y"], match["z"]
    years = int(first[: 4 - len(last)] + last) - int(first) + 1
    most = _LONG_SPAN if len(last) == len(first) else _SHORT_SPAN
    return years if 1 < years <= (most if match["to"] else 2) else 1


def _taken(found: list[When], place: int) -> bool:
    return any(when.start <= place < when.end for when in found)


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest_year(month: int, day: int, today: date, last: date) -> date | None:
    years = (today.year - 1, today.year, today.year + 1)
    options = [option for year in years if (option := _safe(year, month, day)) and option <= last]
    return min(options, key=lambda option: abs(option - today), default=None)


def _nearest_day(day: int, today: date) -> date | None:
    """The day of that number nearest to today: a wire's "17th" is of this month or beside it."""
    middle = today.replace(day=15)
    months = (middle - timedelta(days=30), middle, middle + timedelta(days=30))
    options = [option for month in months if (option := _safe(month.year, month.month, day))]
    return min(options, key=lambda option: abs(option - today), default=None)


def _resolved(
    year: str | None, month: int, day: str | None, today: date, last: date
) -> date | None:
    number = int(day) if day else 1
    return _safe(int(year), month, number) if year else _nearest_year(month, number, today, last)


def _latest(
    text: str, span: tuple[int, int], tongue: Tongue, today: date, bare: bool = False
) -> date:
    """The last day that a date without a year can mean, where the nearest year would mislead.

    "Since February" is past. In East Asian text a `bare` month that is far off is past too, where
    nothing else in the sentence is to come.
    """
    if _stands_beside(text, span, tongue, "{since}$", "{since_behind}"):
        return today
    if _stands_beside(text, span, tongue, "{gone_by}$", "{gone_by_behind}"):
        return today
    until = tongue.pattern("{until_behind}").match(text, span[1])
    return today + _SEASON if bare and not until else date.max


def lasts_since(text: str, span: tuple[int, int], tongue: Tongue) -> bool:
    """A date that says for how long and not when: since then, or from then on."""
    return _stands_beside(text, span, tongue, "{since}$", "{since_behind}") or _stands_beside(
        text, span, tongue, "{from_then}$", "{from_then_behind}"
    )


def _stands_beside(
    text: str, span: tuple[int, int], tongue: Tongue, before: str, behind: str
) -> bool:
    """A word of the one section stands just before a date, or one of the other behind it."""
    start, end = span
    if tongue.pattern(before).search(text, max(0, start - _BEFORE), start):
        return True
    return tongue.pattern(behind).match(text, end) is not None


def _by_pattern(
    pattern: re.Pattern[str], tongue: Tongue, text: str, today: date, ahead: bool = True
) -> list[When]:
    found = []
    for match in pattern.finditer(text):
        last = _latest(text, match.span(), tongue, today, bare=not (ahead or match["d"]))
        day = _resolved(match["y"], int(match["m"]), match["d"], today, last)
        if day is not None:
            found.append(When(match.start(), match.end(), day, 1 if match["d"] else 30))
    return found


def _western(tongue: Tongue, text: str, today: date) -> list[When]:
    assert tongue.month_pattern is not None
    found = []
    for match in tongue.month_pattern.finditer(text):
        name, number, year = (
            match["m1"] or match["m2"],
            match["d1"] or match["d2"],
            match["y1"] or match["y2"],
        )
        bare = not number and not year
        if bare and _is_other_word(name, tongue, text, match.start()):
            continue
        last = _latest(text, match.span(), tongue, today)  # "fees go up in March" is to come
        day = _resolved(year, tongue.months[name], number, today, last)
        if day is not None:
            found.append(When(match.start(), match.end(), day, 1 if number else 30))
    return found


def _is_other_word(name: str, tongue: Tongue, text: str, start: int) -> bool:
    """A word such as "may", with nothing before it that makes it the month."""
    if tongue.pattern("{month_or_word}").fullmatch(name) is None:
        return False
    return tongue.pattern(_MONTH_AFTER).search(text, 0, start) is None


def _of_another_month(tongue: Tongue, text: str, today: date) -> list[When]:
    """ "The 17th of next month", 来月17日, 上月17日, and of this one where it is said: 本月17日."""
    found = []
    middle = today.replace(day=15)
    frame = _DAY_OF_A_MONTH if tongue.unspaced else _DAY_OF_NEXT_MONTH
    for match in tongue.pattern(frame).finditer(text):
        named = match.groupdict()
        this = tongue.unspaced and not named["next"]
        months = (-1 if named["last"] else 0) if this else 1
        month = middle + timedelta(days=30 * months)
        day = _safe(month.year, month.month, int(match["d"]))
        found += [When(match.start(), match.end(), day)] if day else []
    return found


def _weekdays(
    tongue: Tongue,
    text: str,
    today: date,
    ahead: bool,
    said: Collection[int],
    title: bool,
) -> list[When]:
    if tongue.weekday_pattern is None:
        return []
    found = []
    for match in tongue.weekday_pattern.finditer(text):
        behind = (today.weekday() - tongue.weekdays[match[0]]) % 7
        told = any(0 <= match.start() - end <= _SAID_ON for end in said)
        near = text, max(0, match.start() - _BEFORE), match.start()
        past = tongue.pattern("{last}").search(*near)
        if told and behind == _TOMORROW and not past:
            behind = 0  # the writer's day has begun farther east
        to_come = ahead and not told
        to_come |= title and behind >= _FAR_BEHIND
        future = tongue.pattern("{next}").search(*near) or (to_come and behind > 1 and not past)
        offset = 7 - behind if future else -behind
        found.append(When(match.start(), match.end(), today + timedelta(days=offset)))
    return found
