"""Whether an act was done, and whether it was not: modality and polarity, read from their cues."""

from __future__ import annotations

import re

from monitor.detect.sense.awaited import is_awaited
from monitor.detect.sense.background import goes_on, is_background
from monitor.detect.sense.begun import passed_in
from monitor.detect.sense.doubt import in_doubt
from monitor.detect.sense.endings import DONE, ONLY_NAMED, grammar_of, holds_by_now
from monitor.detect.sense.hedged import is_hedged_perfect
from monitor.detect.sense.unable import is_unable
from monitor.detect.sense.verbs import (
    becomes,
    governed_by,
    is_arabic_noun,
    is_infinitive,
    is_on_orders,
    is_refused,
    is_soon,
    said_by_form,
)
from monitor.detect.words.dates import When
from monitor.detect.words.deeds import SILENCES, SPEECH
from monitor.detect.words.match import Hit
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.tongue import Tongue
from monitor.models import Modality

_MOODS = {
    "planned": Modality.PLANNED,
    "threatened": Modality.THREATENED,
    "ordered": Modality.ORDERED,
    "proposed": Modality.PROPOSED,
    "wished": Modality.PROPOSED,
    "denied": Modality.DENIED,
    "named": Modality.UNKNOWN,
    DONE: Modality.DONE,
}
_STRONGEST = ("denied", "threatened", "ordered", "proposed", "wished", "planned")
_BEFORE, _TITLE_BEFORE, _AFTER = 34, 90, 16  # characters in which a cue belongs to an act
_AFTER_TO = ("", " ", "、", "」")  # after a particle that ends a headline, and so is a plan
_NOT_BEFORE, _NO_BEFORE, _NOT_AFTER = 18, 48, 9
_NOT_OF_NOUN = 32  # between a noun for an act and the verb that says whether it came about
_ALL_QUOTED = re.compile(r"""\s*(["'])(?:(?!\1\s).)+\1\s*""")
_OWN_NOT = frozenset({"review", "violate"})  # "schließt nicht aus", "hält sie nicht ein"

# Where the words of the grammar files stand: at the end of an act, before or behind it.
_NOUN_END, _NOUN_OF = "{noun_end}$", r"{noun_of}(?!\w)"
_PURPOSE, _HAS_DONE, _IS_SO = "{purpose}$", "{has_done}$", "^.*{is_so}"
_AT_ONCE = r"""\s(["']){at_once}\1"""
_AS_NOUN = "{as_noun}(?![가-힣])"
_CLAUSE = "[,、。]|{clause_end}"
_NEXT_CLAUSE = f"{_CLAUSE}|…"  # "전원 귀환…발열 없어": of another thing
_FROM_WHERE = r"{from_where}[^、。\s]{1,12}$"  # "ラファからエジプトへ"
_NOT_BEFORE_IT, _NONE_OF_IT = "{not_before}$", r"\s{none_of_it}(?!\w)"
_NO_SUCH = r"(?<!\w){no_such}\s[^,;:\"]*$"


def modality_of(sentence: Sentence, act: Hit, reading: Reading) -> Modality:
    """Whether an act was done, was not, or is to come; a headline of nothing but somebody's words
    tells no deed.
    """
    found = _modality_of(sentence, act, reading)
    quoted = sentence.part == "title" and _ALL_QUOTED.fullmatch(sentence.text) is not None
    if found is Modality.DONE and quoted and not negated(sentence, act, reading):
        return Modality.UNKNOWN
    return found


def _modality_of(sentence: Sentence, act: Hit, reading: Reading) -> Modality:
    """Of the cues beside the act, the one that takes most away from its being done.

    Without any cue a title tells what was done, and so does a finite verb; a mere noun for the
    act ("the opening") says nothing of whether it was.
    """
    if is_background(sentence, act, reading) or goes_on(sentence, act, reading):
        return Modality.UNKNOWN
    if _opined(sentence, act) or _doubted(sentence, act, reading):
        return Modality.UNKNOWN
    if act.id != "deny" and _is_denied(sentence, act, reading):
        return Modality.DENIED
    said = None if reading.tongue.unspaced else said_by_form(sentence, act, reading.tongue)
    if said != ONLY_NAMED and is_unable(sentence, act, reading.tongue):
        return Modality.PLANNED if _dated_ahead(sentence, act, reading) else Modality.DONE
    if reading.tongue.pattern(_HAS_DONE).search(sentence.text[max(0, act.start - 24) : act.start]):
        return Modality.DONE
    if is_hedged_perfect(sentence, act, reading.tongue):
        return Modality.PLANNED if _dated_ahead(sentence, act, reading) else Modality.DONE
    if said is not None and said != "planned":
        return _MOODS[said]
    if sentence.part == "title" and reading.tongue.pattern(_AT_ONCE).match(sentence.text, act.end):
        return Modality.PROPOSED
    near = _moods_near(sentence, act, reading)
    ending = grammar_of(sentence, act, reading)
    if ending is not None:
        return _by_grammar(ending, near)
    for mood in _STRONGEST:
        if mood in near or mood == said:
            return _MOODS[mood]
    ahead = _ahead(sentence, act, reading)
    if ahead is None and not reading.tongue.unspaced:
        ahead = _governed(sentence, act, reading)
    return ahead or _told(sentence, act, reading, near)


def _governed(sentence: Sentence, act: Hit, reading: Reading) -> Modality | None:
    """What governs an infinitive or a noun for an act, and whether the noun is put off."""
    noun = _is_noun(sentence, act, reading.tongue)
    may_wait = (noun or reading.lang == "ar") and act.id not in SPEECH
    if may_wait and is_awaited(sentence, act, reading.tongue):
        return Modality.PLANNED
    behind = becomes(sentence, act) if noun else None
    if behind is not None:
        return _MOODS[behind]
    mood = governed_by(sentence, act, reading.tongue, noun=noun)
    return None if mood is None else _MOODS[mood]


def _is_noun(sentence: Sentence, act: Hit, tongue: Tongue) -> bool:
    """The act stands as a noun: "withdrawal", "Abzug", "fermeture du bureau", "بفتح"."""
    text, pattern = sentence.text[act.start : act.end], tongue.pattern
    if pattern(_NOUN_END).search(text) or pattern(_NOUN_OF).match(text):
        return True
    if tongue.lang == "ar":
        return is_arabic_noun(sentence, act, tongue)
    return pattern("{noun}").match(text) is not None


def _is_denied(sentence: Sentence, act: Hit, reading: Reading) -> bool:
    """Somebody denies in its sentence; "stays shut, contradicting a report" denies the report."""
    for deny in (hit for hit in sentence.acts if hit.id == "deny"):
        apart = act.end <= deny.start and "," in sentence.text[act.end : deny.start]
        if reading.tongue.unspaced or not apart:
            return True
    return False


def _doubted(sentence: Sentence, act: Hit, reading: Reading) -> bool:
    """A noun for an act that is in doubt. A verb tells what was done: the doubt is another's."""
    alike = reading.tongue.unspaced or reading.lang == "ar"  # verbs and nouns look alike
    named = alike or _is_noun(sentence, act, reading.tongue)
    return named and act.id not in SILENCES and in_doubt(sentence, act, reading.tongue)


def _opined(sentence: Sentence, act: Hit) -> bool:
    """A headline quotes what an expert makes of it."""
    if sentence.part != "title" or "expert" not in sentence.ids("actor"):
        return False
    return sentence.text.count('"', 0, act.start) % 2 == 1


def _by_grammar(said: str, near: set[str]) -> Modality:
    """What an act's own grammar says, unless it is denied, or what is to come is a threat."""
    if said in (DONE, ONLY_NAMED):
        otherwise = Modality.DONE if said == DONE else Modality.UNKNOWN
        return Modality.DENIED if "denied" in near else otherwise
    outdone = {"planned": ("denied", "threatened"), "wished": ("denied", "ordered")}.get(said, ())
    return _MOODS[next((mood for mood in outdone if mood in near), said)]


def _ahead(sentence: Sentence, act: Hit, reading: Reading) -> Modality | None:
    """What the grammar says is to come."""
    pattern = reading.tongue.pattern
    if pattern("{with_to}").match(sentence.text, act.start) or pattern(_PURPOSE).search(
        sentence.text, max(0, act.start - 4), act.start
    ):
        return Modality.UNKNOWN if _for_purpose(sentence, act, reading.tongue) else Modality.PLANNED
    if _dated_ahead(sentence, act, reading):
        return Modality.PLANNED
    to_be_done = pattern("{to_be_done}").match(sentence.text, act.end)
    return Modality.PLANNED if to_be_done else None


def _told(sentence: Sentence, act: Hit, reading: Reading, near: set[str]) -> Modality:
    """Without a cue that it is to come: told as done, or only named."""
    if sentence.part == "title" or act.id in SILENCES or negated(sentence, act, reading):
        return Modality.DONE
    if reading.tongue.unspaced:
        if holds_by_now(sentence, act, reading):
            return Modality.DONE
        dated = reading.lang == "zh" and any(when.width == 1 for when in sentence.days)
        return Modality.DONE if "done" in near or dated else Modality.UNKNOWN
    return Modality.UNKNOWN if _is_noun(sentence, act, reading.tongue) else Modality.DONE


def _moods_near(sentence: Sentence, act: Hit, reading: Reading) -> set[str]:
    """The moods that stand beside an act; what someone agrees to do is no mood of his agreeing."""
    low, high = _reach(sentence, act, reading)
    speech, spaced = act.id in SPEECH, not reading.tongue.unspaced

    def own(mood: str) -> bool:  # of what the act's word governs, not of the act
        return speech or (spaced and mood != "planned")

    def overlaps(hit: Hit) -> bool:
        return hit.start < act.end and act.start < hit.end

    def embraced(hit: Hit) -> bool:  # "kündigt die Öffnung des Büros an"
        return spaced and low <= hit.start < act.start and act.end < hit.end

    return {
        hit.id
        for hit in sentence.hits
        if hit.kind == "mood"
        and (
            embraced(hit)
            or (low <= hit.start and hit.end <= high and not (own(hit.id) and overlaps(hit)))
            or is_soon(sentence, act, hit, reading.tongue)
        )
        and not is_mere_particle(sentence.text, hit, reading.tongue)
        and not _is_over(sentence, hit, reading)
        and not (hit.id == "ordered" and is_on_orders(sentence.text, act, hit, reading.tongue))
    }


def _is_over(sentence: Sentence, mood: Hit, reading: Reading) -> bool:
    """What makes it a plan or a wish is that it holds from an hour on, and that has passed."""
    return mood.id in ("planned", "wished") and any(
        hour.since and hour.start <= mood.start < hour.end for hour in passed_in(sentence, reading)
    )


def _reach(sentence: Sentence, act: Hit, reading: Reading) -> tuple[int, int]:
    """From where to where a mood may stand: in its clause, before the verb in Chinese."""
    text, unspaced = sentence.text, reading.tongue.unspaced
    if act.id in SPEECH and unspaced:
        return act.end, act.end + _AFTER
    wide = sentence.part == "title" or is_infinitive(sentence, act, reading.tongue)
    before = _TITLE_BEFORE if wide else _BEFORE
    low, high = act.start - before, act.end + (_AFTER if unspaced else 2)
    if unspaced:
        titled = {"ko": "…", "ja": " …、"}.get(reading.lang or "", " …")
        marks = titled if sentence.part == "title" else "…"
        low = max(low, *(text.rfind(mark, 0, act.start) for mark in marks))
        high = min([high, *(end for mark in marks if (end := text.find(mark, act.end)) >= 0)])
    if reading.lang == "zh":
        low = max(low, *(text.rfind(mark, 0, act.start) for mark in ",。;"))
    elif not unspaced and act.id in SPEECH:  # ", Seoul tells North": what is told stands before
        low = max(low, *(text.rfind(mark, 0, act.start) for mark in ",;:"))
    return low, high


def is_mere_particle(text: str, hit: Hit, tongue: Tongue) -> bool:
    """へ says where to, except at the end of a headline that does not say where from."""
    if not tongue.pattern("{to_where}").fullmatch(text, hit.start, hit.end):
        return False
    return text[hit.end : hit.end + 1] not in _AFTER_TO or bool(
        tongue.pattern(_FROM_WHERE).search(text[: hit.start])
    )


def _for_purpose(sentence: Sentence, act: Hit, tongue: Tongue) -> bool:
    """ "Sent engineers to inspect": the deed before tells what was done, this one only what for."""
    return any(
        hit.end < act.start - 4
        and hit.id not in SPEECH
        and not tongue.pattern(_NOUN_END).search(sentence.text[hit.start : hit.end])
        for hit in sentence.acts
    )


def _dated_ahead(sentence: Sentence, act: Hit, reading: Reading) -> bool:
    """The day of the act is to come: the nearest one in its clause, where the others are of the
    announcement.
    """
    today = reading.today
    if not sentence.days or any(when.day < today for when in sentence.days):
        return False
    clause = reading.tongue.pattern(_CLAUSE)

    def away(when: When) -> tuple[int, int]:
        low, high = sorted(((when.start, when.end), (act.start, act.end)))
        return len(clause.findall(sentence.text, low[1], high[0])), high[0] - low[1]

    return min(sentence.days, key=away).day > today


def negated(sentence: Sentence, act: Hit, reading: Reading) -> bool:
    """A negation belongs to the act beside it; silence and absence are told as they are."""
    if act.id in SILENCES:
        return False
    if is_unable(sentence, act, reading.tongue):
        return True
    tongue, text = reading.tongue, sentence.text
    negation, pattern, lang = tongue.negation, tongue.pattern, tongue.lang
    if lang in ("ko", "ja"):
        reach = _NOT_OF_NOUN if pattern(_AS_NOUN).match(text, act.end) else _NOT_AFTER
        end = min([act.end + reach, *(h.start for h in sentence.acts if h.start >= act.end)])
        after = pattern("{no_negation}").sub("", text[act.end : end])
        return bool(negation.search(pattern(_NEXT_CLAUSE).split(after)[0]))
    if lang == "zh":
        before = pattern("{no_negation}").sub("", text[max(0, act.start - 12) : act.start])
        before = pattern(_IS_SO).sub("", before)
        held = negation.search(before[-4:]) or pattern(_NOT_BEFORE_IT).search(before)
        return bool(held or pattern("{not_held}").match(text, act.end))
    if pattern(_NONE_OF_IT).match(text, act.end) or _is_parted_not(text, act, tongue):
        return True
    if is_refused(sentence, act, tongue, lambda: _is_noun(sentence, act, tongue)):
        return True
    start = max((hit.end for hit in sentence.acts if hit.end <= act.start), default=0)
    if negation.search(text[max(start, act.start - _NOT_BEFORE) : act.start]):
        return True
    return (
        pattern(_NO_SUCH).search(text[max(start, act.start - _NO_BEFORE) : act.start]) is not None
    )


def _is_parted_not(text: str, act: Hit, tongue: Tongue) -> bool:
    """The negation stands between a verb and its particle."""
    return act.id not in _OWN_NOT and bool(
        tongue.pattern("{parted_not}").fullmatch(text, act.start, act.end)
    )


def denies(sentence: Sentence, reading: Reading) -> bool:
    """Something is denied in a sentence; "before long" is not."""
    negates = reading.tongue.pattern("{no_negation}").sub("", sentence.text)
    return reading.tongue.negation.search(negates) is not None
