"""Two reports in nearly the same words: which token one of them gives in place of another.

The title and the first sentence of both are laid side by side, word by word, and character by
character where words are not spaced. No lexicon is needed: where a name or a figure stands in place
of another, and all words around it are the same, the report tells another fact. Only particles and
kinds of places are words of a language, in its grammar file (`lexicon/grammar`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from monitor.detect.compare.claims import Claims, Difference, Guard
from monitor.detect.sense.opposites import Said
from monitor.detect.words.tongue import PLAIN, Tongue

_ALIKE = 0.7  # of both sentences that is the same, from which a single token is looked for
_SHORTEST = 5  # tokens
_MOST = 3  # places that differ; more is another sentence
_LONGEST = {True: 2, False: 8}  # words, or characters, of what is exchanged
_SPELLING = 0.6  # of the letters of two words, from which one is a spelling of the other
_NAME_OF_PLACE = re.compile(r"[㐀-鿿가-힣]{2,5}")
_WORDS = (
    r"@\w+|\d+(?:[.,:]\d+)*|[가-힣]+|[A-Za-zÀ-ɏЀ-ӿء-ي]+(?:['-][A-Za-zÀ-ɏЀ-ӿء-ي]+)*"
    r"|[ァ-ヺー]+|HAN|[ぁ-ゖ]"
)
_HAN, _KANA = "[㐀-鿿々]", re.compile("[ぁ-ゖ]")  # Chinese characters stand alone, Japanese in runs
_CHINESE, _OTHER = (re.compile(_WORDS.replace("HAN", han)) for han in (_HAN, f"{_HAN}+"))
_PARTICLE = "(?<=[가-힣]{2}){particle}$"


def exchanged(mine: Claims, told: Claims, tongues: Mapping[str, Tongue]) -> Difference | None:
    """A name, a figure, a denial or a plan in nearly the words of a report, which nobody gave."""
    known, ours = sorted(told.said), sorted(mine.said)
    texts, own_texts = [said.text for said in known], [said.text for said in ours]
    for own in ours:
        if own.text in texts:
            continue
        for other in known:
            if own.lang == other.lang and (own.part == "t") == (other.part == "t"):
                found = _in_place(other, own, texts, own_texts, tongues.get(own.lang, PLAIN))
                if found is not None:
                    return found
    return None


def _in_place(
    earlier: Said, later: Said, told: list[str], mine: list[str], tongue: Tongue
) -> Difference | None:
    """What the later sentence has in place of something in the earlier one.

    `told` are all sentences of the reports, `mine` those of the article.
    """
    places = exchanges(earlier.text, later.text, tongue) or []
    if len(places) == 1 and not any(places[0][1] in text for text in told):
        if earlier.denies != later.denies:
            return Difference(Guard.NEGATION, *places[0])
        if earlier.plans != later.plans and all(places[0]):
            return Difference(Guard.UNDONE if later.plans else Guard.DONE, *places[0])
    for old, new in places:
        if is_other(old, new, told, mine):
            return Difference(Guard.NAME, old, new)
        untold = not any(new in text for text in told)
        if untold and _is_elsewhere(old, new, earlier.text, later.text, tongue):
            return Difference(Guard.WHERE, old, new)
    return None


def _is_elsewhere(old: str, new: str, earlier: str, later: str, tongue: Tongue) -> bool:
    """Both are names of one kind of place: 庆和省, 同塔省. A place needs not be told twice."""
    if not (_NAME_OF_PLACE.fullmatch(old) and _NAME_OF_PLACE.fullmatch(new)):
        return False
    kind = tongue.pattern("{place_kind}")
    if kind.fullmatch(old[-1]) and kind.fullmatch(new[-1]):
        return True
    return not _kinds_of(old, earlier, kind).isdisjoint(_kinds_of(new, later, kind))


def _kinds_of(name: str, text: str, kind: re.Pattern[str]) -> set[str]:
    """What kinds of place stand behind a name."""
    behind = map(kind.match, text.split(name)[1:])
    return {found[0] for found in behind if found is not None}


def exchanges(earlier: str, later: str, tongue: Tongue) -> list[tuple[str, str]] | None:
    """What `later` has in place of what `earlier` had; None if they are not the same sentence.

    One of the two is empty where something was only added or left out.
    """
    left, right = _tokens(earlier, tongue), _tokens(later, tongue)
    if min(len(left), len(right)) < _SHORTEST or len(set(left) & set(right)) < len(set(right)) / 2:
        return None
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    steps = [step for step in matcher.get_opcodes() if step[0] != "equal"]
    if matcher.ratio() < _ALIKE or len(steps) > _MOST:
        return None
    return [(_joined(left[a:b]), _joined(right[c:d])) for _, a, b, c, d in steps]


def is_other(old: str, new: str, told: list[str], mine: list[str]) -> bool:
    """Another figure, or another of what title and first sentence both speak of.

    An editor swaps a word for a synonym once; who and what a report is about stands in both. The
    new one is in no sentence that was `told`, the old one in none of `mine`, and neither is a
    spelling of the other.
    """
    if any(not words or "@" in words or len(words) < 2 or _too_long(words) for words in (old, new)):
        return old.isdigit() and new.isdigit()
    if any(new in text for text in told) or any(old in text for text in mine):
        return False
    if old[:1].isdigit() or new[:1].isdigit():
        return old[:1].isdigit() and new[:1].isdigit()
    if SequenceMatcher(None, old, new).ratio() >= _SPELLING:
        return False
    return sum(new in text for text in mine) > 1 and sum(old in text for text in told) > 1


def _too_long(words: str) -> bool:
    spaced = " " in words or words.isascii()
    return (words.count(" ") + 1 if spaced else len(words)) > _LONGEST[spaced]


@lru_cache(maxsize=64)  # each sentence of an article is laid beside those of a story's reports
def _tokens(text: str, tongue: Tongue) -> tuple[str, ...]:
    """The words of a folded sentence, Korean ones without their particle."""
    pattern = _OTHER if _KANA.search(text) else _CHINESE
    words: list[str] = pattern.findall(text)
    particle = tongue.pattern(_PARTICLE)
    return tuple(words if text.isascii() else (particle.sub("", word) for word in words))


def _joined(tokens: Sequence[str]) -> str:
    """Words with spaces between them, characters without."""
    return " ".join("".join(_spaced(tokens)).split())


def _spaced(tokens: Sequence[str]) -> Iterator[str]:
    for token in tokens:
        yield token if "\u3040" <= token[0] <= "\u9fff" else f" {token} "
