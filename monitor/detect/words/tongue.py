"""A language's lexicon in the form that the readers use: tables and compiled patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from monitor.config.grammar_file import Grammar, Rule, compiled
from monitor.config.lexicon import Language, Lexicon
from monitor.detect.words.text import fold

UNSPACED = frozenset({"ko", "ja", "zh"})
_DECIMAL_COMMA = frozenset({"fr", "de", "es", "ru"})


class Rules(NamedTuple):
    """The rules of a section, in order, each with what it says; the first that fits counts."""

    some: re.Pattern[str]  # whether any of them fits: mostly none does
    each: tuple[tuple[str, re.Pattern[str]], ...]

    def match(self, text: str, at: int, end: int) -> str | None:
        """What the first one says that fits from a place on, None if none does."""
        if self.some.match(text, at, end) is None:
            return None
        return next(says for says, rule in self.each if rule.match(text, at, end))

    def search(self, text: str) -> str | None:
        """The same, anywhere in a text."""
        if self.some.search(text) is None:
            return None
        return next(says for says, rule in self.each if rule.search(text))


class Amount(NamedTuple):
    """What a word counts, and how many."""

    unit: str
    value: float


@dataclass(frozen=True, eq=False)
class Tongue:
    """One language, compiled. Tables go from folded words to values."""

    lang: str
    unspaced: bool  # words are not divided by spaces, or carry particles
    stop: frozenset[str]
    numbers: Mapping[str, float]
    scales: Mapping[str, float]
    digits: Mapping[str, float]
    hours: Mapping[str, int]
    eras: Mapping[str, int]
    units: Mapping[str, str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    days: Mapping[str, int]
    hedge: re.Pattern[str]
    negation: re.Pattern[str]
    month_pattern: re.Pattern[str] | None
    weekday_pattern: re.Pattern[str] | None
    day_pattern: re.Pattern[str] | None
    ordinals: Mapping[str, float]
    ranges: Mapping[str, tuple[float, float]]
    range_pattern: re.Pattern[str] | None
    amounts: Mapping[str, Amount]
    dayparts: Mapping[str, str]
    amount_pattern: re.Pattern[str] | None
    number_pattern: re.Pattern[str] | None
    daypart_pattern: re.Pattern[str] | None
    grammar: Grammar
    _patterns: dict[str, re.Pattern[str]] = field(default_factory=dict)
    _rules: dict[str, Rules] = field(default_factory=dict)

    def pattern(self, frame: str) -> re.Pattern[str]:
        """An expression with the words of this language where it names a section of its grammar, as
        `{after}`. It is compiled when it is first asked for.
        """
        found = self._patterns.get(frame)
        if found is None:
            found = self._patterns[frame] = compiled(frame, self.grammar)
        return found

    def words(self, frame: str) -> re.Pattern[str]:
        """The same where no letter goes on before or behind it, in languages with spaces."""
        return self.pattern(frame if self.unspaced else rf"(?<!\w)(?:{frame})(?!\w)")

    def rules(self, frame: str) -> Rules:
        """The rules of the last section that a frame names, each where the frame has it stand."""
        found = self._rules.get(frame)
        if found is None:
            lead, _, rest = frame.rpartition("{")
            name, _, tail = rest.partition("}")
            each = tuple(
                (rule.says, compiled(f"{lead}(?:{rule.pattern}){tail}", self.grammar))
                for rule in self.grammar.get(name, ())
            )
            found = self._rules[frame] = Rules(self.pattern(frame), each)
        return found

    @property
    def decimal_comma(self) -> bool:
        """1,5 is one and a half, and 1.500 fifteen hundred."""
        return self.lang in _DECIMAL_COMMA


def _either(words: Iterable[str], unspaced: bool) -> re.Pattern[str] | None:
    folded = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    if not folded:
        return None
    parts = []
    for word in folded:
        body = re.escape(word.rstrip("*"))
        if word.endswith("_"):  # a Korean word of one syllable that stands by itself
            parts.append(rf"(?<![가-힣]){re.escape(word[:-1])}(?=[\s\d])")
        elif unspaced or word.endswith("'"):
            parts.append(body)
        else:
            parts.append(body + (r"\w*" if word.endswith("*") else r"(?!\w)"))
    start = "" if unspaced else r"(?<![\w])"
    return re.compile(f"{start}(?:{'|'.join(parts)})")


_NEVER = re.compile(r"(?!)")


def _compiled(language: Language, grammar: Grammar) -> Tongue:
    unspaced = language.language in UNSPACED
    months = {fold(word): number for number, words in language.months.items() for word in words}
    weekdays = {fold(w): number for number, words in language.weekdays.items() for w in words}
    days = {fold(word): offset for offset, words in language.days.items() for word in words}
    dayparts = {fold(word): part for part, words in language.dayparts.items() for word in words}
    amounts = {fold(w): _amount(name) for name, words in language.amounts.items() for w in words}
    ranges = {fold(w): _span(span) for span, words in language.ranges.items() for w in words}
    return Tongue(
        lang=language.language,
        unspaced=unspaced,
        stop=frozenset(fold(word) for word in language.stop),
        numbers={fold(word): value for word, value in language.numbers.items()},
        scales={fold(word): value for word, value in language.scales.items()},
        digits=language.digits,
        hours=_hours(language),
        eras={fold(word): year for word, year in language.eras.items()},
        units={fold(word): unit for unit, words in language.units.items() for word in words},
        months=months,
        weekdays=weekdays,
        days=days,
        hedge=_either(language.hedges, unspaced) or _NEVER,
        negation=_either(language.negation, unspaced) or _NEVER,
        month_pattern=_month_pattern(months),
        weekday_pattern=_either(weekdays, unspaced),
        day_pattern=_either(days, unspaced),
        ordinals={fold(word): value for word, value in language.ordinals.items()},
        ranges=ranges,
        range_pattern=re.compile(rf"(?<![가-힣])(?:{'|'.join(ranges)})") if ranges else None,
        amounts=amounts,
        dayparts=dayparts,
        amount_pattern=_either(amounts, unspaced),
        number_pattern=_number_pattern(language),
        daypart_pattern=_either(dayparts, unspaced),
        grammar={**grammar, **_sections(language)},
    )


def _sections(language: Language) -> Grammar:
    """Words of the lexicon that the frames name as they do the sections of the grammar."""
    words: Mapping[str, Iterable[str]] = {
        "hour": sorted(_hours(language), key=len, reverse=True),
        "era": language.eras,
        "scale": language.scales,
    }
    return {name: tuple(Rule(re.escape(fold(w))) for w in known) for name, known in words.items()}


def _hours(language: Language) -> dict[str, int]:
    """The words for an hour of the clock: those of numbers up to 24, and such as are no numbers."""
    hours = {word: int(value) for word, value in language.numbers.items() if value <= 24}
    return {fold(word): hour for word, hour in {**hours, **language.hours}.items()}


def _amount(written: str) -> Amount:
    unit, _, value = written.partition("-")
    return Amount(unit, float(value))


def _span(written: str) -> tuple[float, float]:
    low, _, high = written.partition("-")
    return float(low), float(high)


_HANGUL = re.compile(r"[가-힣]+")


def _number_pattern(language: Language) -> re.Pattern[str] | None:
    """Korean number words, tens before ones; with the words for three or four, five or six."""
    words = {w: v for w, v in language.numbers.items() if _HANGUL.fullmatch(w)}
    if not words:
        return None
    tens = "|".join(word for word, value in words.items() if value % 10 == 0)
    ones = "|".join(sorted((w for w, v in words.items() if v < 10), key=len, reverse=True))
    return re.compile(rf"(?<![가-힣])(?:({tens})({ones})?|({ones}))(?=[\s가-힣])")


def _month_pattern(months: Mapping[str, int]) -> re.Pattern[str] | None:
    if not months:
        return None
    names = "|".join(re.escape(name) for name in sorted(months, key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:de\s+)?(?P<m1>{names})(?!\w)\.?"
        rf"(?:,?\s+(?:de\s+)?(?P<y1>(?:19|20)\d\d))?"
        rf"|(?P<m2>{names})(?!\w)\.?(?:\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:|,\d))?"
        rf"(?:,?\s+(?:de\s+)?(?P<y2>(?:19|20)\d\d))?)"
    )


@lru_cache(maxsize=4)
def tongues(lexicon: Lexicon) -> Mapping[str, Tongue]:
    """Every language of a lexicon, compiled once."""
    return {
        language.language: _compiled(language, lexicon.grammars.get(language.language, {}))
        for language in lexicon.languages
    }


PLAIN = _compiled(Language(language="und"), {})

_SCRIPTS = (
    ("ko", re.compile(r"[가-힣]+")),
    ("ja", re.compile(r"[ぁ-ヺ]+")),
    ("zh", re.compile(r"[㐀-鿿]+")),
    ("ru", re.compile(r"[а-я]+")),
    ("ar", re.compile(r"[ء-ي]+")),
)
_LETTERS = re.compile(r"[^\W\d_]+")
_OWN = 0.06  # share of a language's commonest words from which a text may be in it
_FOREIGN = 0.17  # the same beside another hint: Polish text has a tenth of such words of English


def language_of(folded: str, hint: str | None, known: Mapping[str, Tongue]) -> str | None:
    """The language of a folded text: by its script, else by its commonest words, else the hint.

    A hint at a language that is not known is believed unless those words are many.
    """
    sample = folded[:600]
    script = None if sample.isascii() else _by_script(sample, known)
    if script is not None:
        return hint if script == "zh" and hint == "ja" else script
    words = sample.replace("'", " ").split()
    counts = [
        (sum(map(tongue.stop.__contains__, words)) + 0.5 * (lang == hint), lang)
        for lang, tongue in known.items()
        if tongue.stop
    ]
    best = max(counts, default=(0.0, ""))
    least = _OWN if hint is None or hint in known else _FOREIGN
    if best[0] >= max(1.0, least * len(words)):
        return best[1]
    return hint if hint in known else None


def _by_script(sample: str, known: Mapping[str, Tongue]) -> str | None:
    """The language that most of the letters are of, a few where it is mixed with Latin words."""
    letters = _count(_LETTERS, sample)
    for lang, letter in _SCRIPTS:
        share = 0.12 if lang in ("ko", "ja") else 0.3
        if lang in known and _count(letter, sample) > share * letters:
            return lang
    return None


def _count(letters: re.Pattern[str], sample: str) -> int:
    """How many characters of a text are such letters."""
    return sum(map(len, letters.findall(sample)))
