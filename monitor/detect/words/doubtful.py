"""Words of a topic pack that take more than was meant: told by `monitor check`, never refused.

Of a word with a star, what else it takes is no matter where it is a form of the same word, or where
the pack names it itself. The endings of such forms are in the grammar file of each language
(`lexicon/grammar`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import NamedTuple

from monitor.config.grammar_file import Grammar, compiled
from monitor.config.topic import TopicPack
from monitor.config.units import suggest
from monitor.detect.words.text import clean, fold

Place = tuple[str | int, ...]
Frequency = Mapping[str, Mapping[str, int]]  # of each language its commonest words, by degree

Folded = dict[str, tuple[str, int]]  # from a folded word to how it is written, and its degree

_LITTLE = 57  # "the", "us", "will": says nothing, in tenths of powers of ten for a billion
_OWN = {
    "name": 45,
    "exclude": 55,
    "short": _LITTLE,
    "thing": 60,
    "act": 53,
}  # degrees of a usual word
_ABROAD = 48  # of a word of another language
_FAR = 5  # degrees that it has to be commoner there: an Iran is an Iran in French
_TAKEN_ABROAD = 47
_SHOWN = 3
_LANGUAGES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French",
    "ja": "Japanese", "ko": "Korean", "ru": "Russian", "zh": "Chinese",
}  # fmt: skip
_ACCENTS = frozenset({"de", "es", "fr"})  # where another accent is another word
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_CYRILLIC, _ARABIC = re.compile(r"[\u0400-\u052f]"), re.compile(r"[\u0600-\u06ff]")


Own = frozenset[tuple[str, str]]  # all that a pack writes for one id: language and folded word


class _Entry(NamedTuple):
    """One written form of a pack."""

    loc: Place
    text: str
    lang: str
    use: str  # a key of _OWN
    everywhere: bool  # counts in texts of other languages too
    own: Own


class Frequent:
    """The commonest words of each language, to be asked for one, or for all that a star takes; and
    whether that is a form of the word that has the star.
    """

    def __init__(self, words: Frequency, grammars: Mapping[str, Grammar]) -> None:
        self._words = words
        self._endings = {
            lang: (compiled("{form_end}", grammar), compiled("{no_form_end}", grammar))
            for lang, grammar in grammars.items()
            if "form_end" in grammar
        }
        self._known: dict[str, tuple[Folded, list[str]]] = {}  # of the languages asked for

    def degree(self, lang: str, word: str) -> int:
        """How common a folded word is, 0 if it is not."""
        return self._of(lang)[0].get(word, ("", 0))[1]

    def taken(self, lang: str, stem: str) -> list[tuple[int, str, str]]:
        """What begins with a folded stem, the commonest first: degree, word, the rest of it."""
        known, words = self._of(lang)
        found = takewhile(lambda w: w.startswith(stem), words[bisect_left(words, stem) :])
        told = [(known[word][1], known[word][0], word[len(stem) :]) for word in found]
        return sorted(told, key=lambda one: (-one[0], one[1]))

    def holding(self, lang: str, part: str) -> list[str]:
        """The words that a part stands inside of, but does not begin; the commonest first."""
        known = self._of(lang)[0]
        found = [(-n, word) for folded, (word, n) in known.items() if part in folded[1:]]
        return [word for _, word in sorted(found)]

    def is_strange(self, lang: str, stem: str, rest: str) -> bool:
        """The rest of a word is no ending of its language."""
        if lang not in self._endings:
            return False
        word, at = stem + rest, len(stem)
        end, only_like_one = self._endings[lang]
        if only_like_one.fullmatch(word, at):
            return True
        doubled = rest[:1] == stem[-1]  # ship, shipping
        return not (end.fullmatch(word, at) or (doubled and end.fullmatch(word, at + 1)))

    def _of(self, lang: str) -> tuple[Folded, list[str]]:
        if lang not in self._known:
            folded = _folded(self._words.get(lang, {}))
            self._known[lang] = folded, sorted(folded)
        return self._known[lang]


def doubtful(pack: TopicPack, frequent: Frequent) -> Iterator[tuple[Place, str]]:
    """Each word that may take more than was meant, with its place and what it takes; and each value
    that a move of the card waits for in vain.
    """
    entries = list(_entries(pack))
    accented = {each.lang for each in entries if fold(each.text) != each.text.lower()}
    for entry in entries:
        for part in _never(entry.text):
            where = f"a star stands at the end of a word or at the very beginning, not in '{part}'"
            yield entry.loc, f"'{entry.text}' is never found: {where}"
        if said := _says_of(entry, frequent, entry.lang in accented & _ACCENTS):
            yield entry.loc, f"'{entry.text}' {said}"
    yield from _unreached(pack)


def _unreached(pack: TopicPack) -> Iterator[tuple[Place, str]]:
    """Values that a move waits for and no card can show: not its start, history nor any move's."""
    for number, attribute in enumerate(pack.card):
        shown = {attribute.start, *(known.value for known in attribute.known)}
        shown |= {move.to for move in attribute.moves}
        values = sorted(value for value in shown if value is not None)
        for place, move in enumerate(attribute.moves):
            for at, value in enumerate(move.was):
                if value not in shown:
                    loc = ("card", number, "moves", place, "was", at)
                    yield (
                        loc,
                        f"'{value}' is shown by no move, start or known{suggest(value, values)}",
                    )


def _entries(pack: TopicPack) -> Iterator[_Entry]:
    """Every word of a pack, with what the rest of its id says."""
    for number, subject in enumerate(pack.subjects):
        own = _all(subject.names, subject.short)
        use = "short" if subject.company else "name"
        for key, words, how, everywhere in (
            ("names", subject.names, "name", True),
            ("short", subject.short, use, False),
        ):
            yield from _of(("subjects", number, key), words, how, everywhere, own)
    for section, things in (("context", pack.context), ("actors", pack.actors)):
        for number, thing in enumerate(things):
            own = _all(thing.names)
            yield from _of((section, number, "names"), thing.names, "thing", True, own)
    yield from _of(("exclude",), pack.exclude, "exclude", True, _all(pack.exclude))
    for act, words in pack.acts.items():
        yield from _of(("acts", act), words, "act", False, _all(words))


def _of(
    loc: Place,
    words: Mapping[str, tuple[str, ...]],
    use: str,
    everywhere: bool,
    own: Own,
) -> Iterator[_Entry]:
    for lang, some in words.items():
        for number, text in enumerate(some):
            yield _Entry((*loc, lang, number), text, lang, use, everywhere, own)


def _all(*lists: Mapping[str, tuple[str, ...]]) -> Own:
    return frozenset(
        (lang, fold(word)) for words in lists for lang, some in words.items() for word in some
    )


def _never(text: str) -> Iterator[str]:
    """The words of a text whose star stands where none can be."""
    for number, word in enumerate(text.split(" .. ")[0].split()):
        if "*" in (word[1:] if number == 0 else word).rstrip("*"):
            yield word


def _says_of(entry: _Entry, frequent: Frequent, accents: bool) -> str:
    folded = fold(clean(entry.text))
    if " .. " in folded or "(" in folded or folded.strip("*^") == "":
        return ""
    if _UNSPACED.search(folded):
        return _unspaced(entry, folded.strip("*^"), frequent)
    words = folded.split()
    telling = [word for word in words if frequent.degree(entry.lang, word) < _LITTLE]
    if len(telling) > 1 or (len(words) > 1 and (entry.use != "name" or "*" in folded)):
        return ""
    word = telling[0] if telling else words[-1]
    if word.endswith("*"):
        return _starred(entry, word.strip("*"), frequent, accents) if word[0] != "*" else ""
    return _usual(entry, word.strip("*"), frequent)


def _usual(entry: _Entry, word: str, frequent: Frequent) -> str:
    """That a whole word is a usual one, here or in another language; or very short."""
    own = frequent.degree(entry.lang, word)
    if own >= _OWN[entry.use]:
        return f"is a very common word of {_LANGUAGES[entry.lang]}"
    if entry.everywhere:
        for lang in _beside(entry, word):
            there = 0 if _meant(entry, word, lang) else frequent.degree(lang, word)
            if there >= max(_ABROAD, own + _FAR):
                return f"counts in every language, and is a common word of {_LANGUAGES[lang]}"
    if len(word) <= 2 and entry.use not in ("short", "exclude"):
        return "has one or two letters: it may stand for much else"
    return ""


def _starred(entry: _Entry, stem: str, frequent: Frequent, accents: bool) -> str:
    """Which common words a star takes that are no form of the word; where the pack `accents` its
    words, capítulo is none of `capitul*`.
    """
    found = [
        word
        for degree, word, rest in frequent.taken(entry.lang, stem)
        if frequent.is_strange(entry.lang, stem, rest) or (accents and not _alike(word, entry.text))
    ]
    if entry.everywhere:
        found += [
            f"{word} ({_LANGUAGES[lang]})"
            for lang in _beside(entry, stem)
            for degree, word, rest in frequent.taken(lang, stem)
            if degree >= _TAKEN_ABROAD
            and all(frequent.is_strange(each, stem, rest) for each in (lang, entry.lang))
        ]
    told = [word for word in found if not _meant(entry, fold(word.split(" (")[0]))]
    return f"also takes {', '.join(told[:_SHOWN])}" if told else ""


def _unspaced(entry: _Entry, word: str, frequent: Frequent) -> str:
    """Of a word that is found anywhere: that it is a usual one, or stands inside others."""
    if entry.use == "short":
        return ""
    if len(word) > 1 and frequent.degree(entry.lang, word) >= _OWN[entry.use]:
        return f"is a very common word of {_LANGUAGES.get(entry.lang, entry.lang)}"
    if len(word) < 2:
        return "is one character, found inside many words"
    if len(word) > 2 or entry.use in ("act", "exclude"):
        return ""
    told = [each for each in frequent.holding(entry.lang, word) if not _meant(entry, fold(each))]
    return f"is also found inside {', '.join(told[:_SHOWN])}" if told else ""


def _beside(entry: _Entry, word: str) -> Iterator[str]:
    """The other languages in whose texts a word could stand, by its letters."""
    if _ARABIC.search(word) or entry.lang == "ar":
        return
    cyrillic = _CYRILLIC.search(word) is not None
    for lang in ("ru",) if cyrillic else ("en", "fr", "de", "es"):
        if lang != entry.lang:
            yield lang


def _alike(word: str, written: str) -> bool:
    """The word begins as it is written, accents and all."""
    return word.startswith(written.lower().strip("*"))


def _meant(entry: _Entry, word: str, lang: str | None = None) -> bool:
    """The pack has the word in another entry for the same id, so that it is meant."""
    others = entry.own - {(entry.lang, fold(entry.text))}
    return any(
        word.startswith(bare) if written.endswith("*") else word == bare
        for language, written in others
        if lang in (None, language) and (bare := written.strip("*"))
    )


def _folded(words: Mapping[str, int]) -> Folded:
    """By the folded form, the commonest word that folds so."""
    found: Folded = {}
    for word, degree in words.items():
        if degree > found.get(fold(word), ("", 0))[1]:
            found[fold(word)] = (word, degree)
    return found
