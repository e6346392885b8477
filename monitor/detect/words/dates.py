"""Dates in nine languages, resolved against the time of the article."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.detect.words.tongue import Tongue

_EAST = re.compile(
    r"(?:(?P<y>(?:19|20)\d\d)\s*[년年]\s*)?(?P<m>1[0-2]|[1-9])\s*[월月]\s*(?:(?P<d>[12]\d|3[01]|[1-9])\s*[일日号])?"
)
_EAST_DAY = re.compile(
    r"(?<![\d.월月らりで第])(?<!\d,)(?P<d>[12]\d|3[01]|[1-9])\s?[일日]"
    r"(?![간間限本째目元ぶ連以後만]|前(?![往来來去赴]))(?!\s(?:만|동안|연속))"
)
_EAST_RANGE = re.compile(r"(?<![\d.,])(?P<d>[12]\d|3[01]|[1-9])\s?[~-](?=\d{1,2}[일日])")
# What may not stand before a year is asked behind it, so that a search skips to the first digit.
# A letter may where words are not spaced, "FY2021", and where Arabic writes "and" in one with it.
_A_YEAR = (
    r"(?P<y>(?:19|20)\d\d)(?:(?<![\w.,:$€£₩~-]\d{4})|(?<=fy\d{4})|(?<=(?<!\w)[وبلفك]\d{4})"
    r"|(?<=[ぁ-ヺ一-鿿가-힣]\d{4})(?<![약約约近超每毎达達长長余]\d{4})(?=\s?[년年~至到-]))"
)
_NO_THINGS = (  # "2018 people" are no year
    r"(?![\w%~-]|[.,:/]\d)(?!\s(?:won|tonn?e?[ns]?|toneladas|people|dollars?|menschen|personnes"
    r"|personas|человек|тонн\w?|شخص|طن)(?!\w))"
)
_YEAR = re.compile(rf"{_A_YEAR}(?:\s*[년年]|회계|-(?:и|м|го|му)(?!\w)|/?{_NO_THINGS})")
_YEARS = re.compile(  # "2023-24", "2018年から2020年"
    rf"{_A_YEAR}(?:\s?[년年]度?)?\s?(?:(?P<to>[~-]|至|到|から)|/)\s?"
    rf"(?P<z>(?:19|20)?\d\d)(?:\s?[년年]|{_NO_THINGS})"
)
_ERA = re.compile(r"(?P<era>令和|平成|昭和|民[国國]|주체)\s?(?P<n>\d{1,3})\s?[년年]")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民国": 1911, "民國": 1911, "주체": 1911}
_ISO = re.compile(  # "2020-06-16", "2020.6.16", "2020. 6. 16"
    r"(?P<y>(?:19|20)\d\d)(?<!\d{5})(?P<by>-|/|\. ?)(?P<m>1[0-2]|0?[1-9])(?P=by)"
    r"(?P<d>[12]\d|3[01]|0?[1-9])(?!\d)"
)
_DAY_FIRST = re.compile(  # "16.06.2020"; in English the month may lead
    r"(?P<d>\d(?<![\d.,/-].)\d?)(?P<by>[./-])(?P<m>\d\d?)(?P=by)(?P<y>(?:19|20)\d\d)(?!\d)"
)
_OTHER_MONTH_DAY = re.compile(
    r"(?:(?P<next>下个?月|来月|翌月|내달|다음 ?달)|(?P<last>上个?月|先月|前月|지난달)"
    r"|本月|今月|이달)"
    r"\s?(?P<d>[12]\d|3[01]|[1-9])\s?[일日号]"
)
_OF_NEXT_MONTH = " of next month"
_DAY_OF_NEXT_MONTH = re.compile(rf"(?P<d>[12]\d|3[01]|[1-9])(?:st|nd|rd|th){_OF_NEXT_MONTH}")
_WORDS_TOO = frozenset({"may", "mar", "march", "jan", "dec"})
_MONTH_AFTER = re.compile(
    r"(?<!\w)(?:in|of|early|late|mid|until|till|since|by|before|after|from|last|next)[ -]$"
)
_SAID_ON = 4  # characters between a verb of saying and its weekday: "said on Monday"
_TOMORROW = 6  # days since the weekday of tomorrow
_FAR_BEHIND = 5  # days from which the weekday of a headline is rather the next one
_MONTHS, _YEAR_LONG = 12, 365
_LONG_SPAN, _SHORT_SPAN = 100, 11  # years from one to another, by its four digits, by its last two
_LONGEST = 2000  # characters of a sentence that are read; longer ones are no sentences
_SINCE = re.compile(r"(?<!\w)(?:since|seit|depuis|منذ)\s(?:early |late |mid-?)?$|自\s?$")
_SINCE_BEHIND = re.compile(r"\s?(?:이래|뒤로|以来)")
_FROM = re.compile(r"(?<!\w)(?:desde|с)\s$")  # from then on, or since then
_FROM_BEHIND = re.compile(r"\s?(?:이후|부터|以降|から)")
_PAST = re.compile(  # "last October", "letzten Oktober", "그해 6월"
    r"(?<!\w)(?:last|this past|vergangene[nrs]?|letzte[nrs]?|прошл\w+)\s$"
    r"|지난(?:해|번)?\s?$|그해\s?$|(?:同|那|当|當|去|昨)年\s?$"
)
_PAST_BEHIND = re.compile(  # "June 16 that year", "en octobre dernier"
    r"\s?(?:이?[었였]|이 (?:마지막|끝|처음)이?[었였])"
    r"|,? (?:(?:of |in |the )?(?:that|the same|last|previous) year|year before|dernier|passe|pasado"
    r"|de cette annee-la|de la meme annee|desselben jahres|jenes jahres|de ese (?:mismo )?ano"
    r"|того же года|прошлого года|الماضي|من (?:ذلك العام|العام (?:نفسه|الماضي)))(?!\w)"
)
_UNTIL = re.compile(r"\s?(?:까지|안에|내에|まで|中に|底前|前|之前|以前)")
_BEFORE = 12  # characters before a date in which a word for since may stand
_SEASON = timedelta(days=92)
_LAST = re.compile(r"last |지난|先週|上周|上月|dernier|vergangene|pasado|прошл|الماضي")
_MORNING = re.compile(  # "am Morgen", "esta mañana": no tomorrow
    r"(?<!\w)(?:am|zum|heute|gestern|diese[mn]|jede[mn]|fruhen|\w+tag) morgen$"
    r"|(?<!\w)(?:la|esta|cada|media) manana$"
)
_NEXT = re.compile(
    r"next |coming|다음 ?주|来週|下周|prochain|kommende|proxim|следующ|المقبل|القادم"
)
_NEXT_WEEK = {
    "en": re.compile("next week"),
    "ko": re.compile("다음 ?주"),
    "ja": re.compile("来週"),
    "zh": re.compile("下周|下星期"),
    "fr": re.compile("semaine prochaine"),
    "de": re.compile("(?:kommende[rn]?|nachste[rn]?) woche"),
    "es": re.compile("(?:proxima semana|semana que viene)"),
    "ru": re.compile(r"следующ\w+ недел\w+"),
    "ar": re.compile("الاسبوع (?:المقبل|القادم)"),
}


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
    found = _by_pattern(_ISO, text, today)
    _add_in_figures(found, text, tongue.lang)
    if tongue.month_pattern is not None:
        found += _western(tongue, text, today)
    found += _of_another_month(tongue, text, today)
    if tongue.unspaced:
        _add_eastern(found, text, today, ahead)
    found += _weekdays(tongue, text, today, ahead, said, title)
    found += _from_today(tongue, text, today)
    _add_years(found, text)
    return sorted(found, key=lambda when: (when.start, when.end))


def _add_eastern(found: list[When], text: str, today: date, ahead: bool) -> None:
    """Dates such as 6월 16일, and days of a month that is not named."""
    east = _by_pattern(_EAST, text, today, ahead)
    found += [when for when in east if not _taken(found, when.start)]
    for match in (*_EAST_DAY.finditer(text), *_EAST_RANGE.finditer(text)):
        if not _taken(found, match.start()):
            day = _nearest_day(int(match["d"]), today)
            found += [When(match.start(), match.end(), day)] if day else []


def _from_today(tongue: Tongue, text: str, today: date) -> list[When]:
    """Days counted from today, such as yesterday, and next week."""
    found = []
    if tongue.day_pattern is not None:
        for match in tongue.day_pattern.finditer(text):
            if not _MORNING.search(text, max(0, match.start() - 12), match.end()):
                day = today + timedelta(days=tongue.days[match[0]])
                found.append(When(match.start(), match.end(), day))
    next_week = _NEXT_WEEK.get(tongue.lang)
    if next_week is not None:
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7)
        found += [When(m.start(), m.end(), monday, 7) for m in next_week.finditer(text)]
    return found


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


def _add_years(found: list[When], text: str) -> None:
    """Years that are not of a date that was found already."""
    for match in _YEARS.finditer(text):
        years = _many_years(match)
        if years > 1 and not _taken(found, match.start()):
            found.append(When(*match.span(), date(int(match["y"]), 1, 1), _YEAR_LONG * years))
    for match in _YEAR.finditer(text):
        if not _taken(found, match.start()):
            found.append(When(*match.span(), date(int(match["y"]), 1, 1), _YEAR_LONG))
    for match in _ERA.finditer(text):
        year = _ERAS[match["era"]] + int(match["n"])
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


def _latest(text: str, start: int, end: int, today: date, bare: bool) -> date:
    """The last day that a date without a year can mean, where the nearest year would mislead.

    "Since February" is past. In East Asian text a `bare` month that is far off is past too, where
    nothing else in the sentence is to come.
    """
    before = max(0, start - _BEFORE)
    if _is_since(text, before, start, end) or _PAST.search(text, before, start):
        return today
    if _PAST_BEHIND.match(text, end):
        return today
    return today + _SEASON if bare and not _UNTIL.match(text, end) else date.max


def lasts_since(text: str, start: int, end: int) -> bool:
    """A date that says for how long and not when: since then, or from then on."""
    before = max(0, start - _BEFORE)
    return (
        _is_since(text, before, start, end)
        or _FROM.search(text, before, start) is not None
        or _FROM_BEHIND.match(text, end) is not None
    )


def _is_since(text: str, before: int, start: int, end: int) -> bool:
    return bool(_SINCE.search(text, before, start) or _SINCE_BEHIND.match(text, end))


def _by_pattern(pattern: re.Pattern[str], text: str, today: date, ahead: bool = True) -> list[When]:
    found = []
    for match in pattern.finditer(text):
        last = _latest(text, *match.span(), today, bare=not (ahead or match["d"]))
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
        if bare and name in _WORDS_TOO and not _MONTH_AFTER.search(text, 0, match.start()):
            continue
        last = _latest(text, *match.span(), today, bare=False)  # "fees go up in March"
        day = _resolved(year, tongue.months[name], number, today, last)
        if day is not None:
            found.append(When(match.start(), match.end(), day, 1 if number else 30))
    return found


def _of_another_month(tongue: Tongue, text: str, today: date) -> list[When]:
    """ "The 17th of next month", 来月17日, 上月17日, and of this one where it is said: 本月17日."""
    if not tongue.unspaced and _OF_NEXT_MONTH not in text:
        return []
    found = []
    middle = today.replace(day=15)
    for match in (_OTHER_MONTH_DAY if tongue.unspaced else _DAY_OF_NEXT_MONTH).finditer(text):
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
        before = text[max(0, match.start() - 12) : match.start()]
        if told and behind == _TOMORROW and not _LAST.search(before):
            behind = 0  # the writer's day has begun farther east
        to_come = ahead and not told
        to_come |= title and behind >= _FAR_BEHIND
        future = _NEXT.search(before) or (to_come and behind > 1 and not _LAST.search(before))
        offset = 7 - behind if future else -behind
        found.append(When(match.start(), match.end(), today + timedelta(days=offset)))
    return found
