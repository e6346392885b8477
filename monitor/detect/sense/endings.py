"""What the grammar of Korean, Japanese and Chinese says of an act: the ending that its word bears,
the word that governs it, the particle before it.

A list of words says that something in a sentence is planned or asked for; an ending says it of
this act. So it comes before the lists; only a denial, or a threat of what is to come, outdoes it.

The endings and words are in the grammar file of each language (`lexicon/grammar`).
"""

from __future__ import annotations

import re

from monitor.detect.sense.begun import has_begun, passed_in, told_before
from monitor.detect.words.deeds import SPEECH
from monitor.detect.words.match import Hit
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.tongue import Tongue

DONE, ONLY_NAMED = "done", "named"  # what an ending says beside the moods of the lexicons
_SETTLED = "settled"  # agreed or decided upon
_TODAY = "today"  # told in the present tense
_ANNOUNCED = "announced"  # in the present tense, by who says that it is so
_BEHIND, _BEFORE = 30, 60  # characters in which an ending, or what governs an act, may stand

_SAID_BY_FORM = frozenset({"threaten", "silent", "absent"})  # "be prepared for it" is the threat
_HELD = frozenset({"open", "meet", "host"})  # what is announced where its title names the day
_NOT_TO_COME = frozenset(  # an agreement to end or put off a thing does so; talks are where one is
    ["stop", "close", "cancel", "extend", "delay", "meet", "agree", "sign"]
)
_DISPOSED = frozenset(  # what is done to a thing that 将 or 把 puts first
    {"cut", "demolish", "expel", "deport", "evict", "remove", "seize", "hand_over", "return"}
    | {"free", "relocate", "close", "lift", "send", "withdraw", "arrest", "sink"}
)
_ANSWERED = frozenset({"propose", "urge", "notify", "order", "meet", "threaten", "condemn"})

# Where the words of a section stand; behind an act, where it is not said.
_ENDING, _GOVERNED = "{to_its_ending}{ending}", "{to_what_governs_it}{governed}"
_THEN, _THIS_DAY, _SOON = "{then}$", "{this_day}$", "{soon}$"  # before
_ON_CONDITION, _DO_NOT = "{on_condition}$", "{do_not}[^,。;]{0,3}$"  # before, in its clause
_DENIES, _ON_A_MATTER = "{denies}[^,。;]*$", "{on_a_matter}[^,。;]*$"  # as well
_IN_ITS_CLAUSE, _TAKES_OBJECT = "{in_its_clause}$", "{takes_object}[^,。;]{1,}$"  # as well
_RUMOUR = "[^,。;]{0,12}?{rumour}"
_UNTRUE = f"{_RUMOUR}[^,。;]{{0,6}}?{{is_not_true}}"
_NO_HOPE, _AS_A_THREAT = "[^,。;]{0,3}?{no_hope}", "[^,。;]{0,10}?{as_a_threat}"
_COMES_TO_TERMS, _SOON_BEHIND = "[^,。;]*{comes_to_terms}", "[^,。;]{0,4}{soon_behind}"
_QUOTE_ENDS = re.compile(r"[가-힣]{0,3}[\"']\s?")
_CLAUSE = re.compile(r"[\s,。;:\"?]")  # of Chinese


def grammar_of(sentence: Sentence, act: Hit, reading: Reading) -> str | None:
    """The mood that its grammar gives to an act; `DONE`, or `ONLY_NAMED` in a condition or a
    question; None where it says nothing, and in other languages.
    """
    tongue = reading.tongue
    if tongue.lang == "zh":
        comment = _is_comment(sentence, act, tongue)
        said = ONLY_NAMED if comment else _chinese(sentence, act, reading)
    elif tongue.lang in ("ko", "ja"):
        said = (_korean if tongue.lang == "ko" else _japanese)(sentence, act, reading)
        said = said or _of_the_next(sentence, act, reading)
    else:
        return None
    if said == _SETTLED:
        return None if act.id in _NOT_TO_COME else "planned"
    return said if said == DONE or act.id not in _SAID_BY_FORM else None


def holds_by_now(sentence: Sentence, act: Hit, reading: Reading) -> bool:
    """The hour from which an act holds has passed, and its form does not say that it is to come."""
    if not has_begun(sentence, act, reading):
        return False
    tongue, text = reading.tongue, sentence.text
    if tongue.lang == "zh" or tongue.pattern("{without_a_verb}").match(text, act.end):
        return True
    return tongue.lang == "ko" and _ending_of(text, act, tongue) in (_TODAY, _ANNOUNCED)


def _of_the_next(sentence: Sentence, act: Hit, reading: Reading) -> str | None:
    """A verb that another follows shares its ending: "끊고 폐기하겠다", "차단·폐기". A noun before
    what is asked for or to come is but what that is about: "협정 파기하라".
    """
    pattern = reading.tongue.pattern
    linked = pattern("{joined_to_next}").match(sentence.text, act.end - 1)
    joint = pattern("{beside_next}").match(sentence.text, act.end)
    start = linked.end() if linked else joint.end() if joint else act.end
    for other in sentence.acts:
        if other.start == start and other.id != act.id:
            said = grammar_of(sentence, other, reading)
            return said if linked else ONLY_NAMED if said not in (None, DONE) else None
    return None


def _korean(sentence: Sentence, act: Hit, reading: Reading) -> str | None:
    tongue, text = reading.tongue, sentence.text
    if act.id == "agree" and tongue.pattern("{kept_or_broken}").match(text, act.end):
        return ONLY_NAMED
    mood = _ending_of(text, act, tongue)
    mood = mood or tongue.rules(_GOVERNED).match(text, act.end, act.end + _BEHIND)
    if mood in (_TODAY, _ANNOUNCED):
        return _of_the_present(sentence, act, reading, mood)
    if mood is not None:
        return mood
    if tongue.pattern("{asked_for}").match(text, act.end):
        return "wished"
    return _to_come(sentence, act, reading)


def _ending_of(text: str, act: Hit, tongue: Tongue) -> str | None:
    """What the ending of a Korean act's word says."""
    stem = max(act.start + 1, text.rfind(" ", act.start, act.end) + 1)
    return tongue.rules(_ENDING).match(text, stem, act.end + _BEHIND)


def _of_the_present(sentence: Sentence, act: Hit, reading: Reading, mood: str) -> str | None:
    """In a title the present tense announces, in a text it describes unless somebody announces so;
    what holds from an hour that has passed is neither.
    """
    told = mood == _ANNOUNCED or (sentence.part == "title" and act.id not in SPEECH)
    if told and has_begun(sentence, act, reading):
        return _governs_quote(sentence.text, act, reading.tongue)
    return "planned" if told else None


def _governs_quote(text: str, act: Hit, tongue: Tongue) -> str | None:
    """What is said of the words in quotes that end with a Korean act: '"정오부터 폐쇄" 위협'."""
    quote = _QUOTE_ENDS.match(text, act.end)
    if quote is None:
        return None
    return tongue.rules(_GOVERNED).match(text, quote.end(), quote.end() + _BEHIND)


def _japanese(sentence: Sentence, act: Hit, reading: Reading) -> str | None:
    tongue, text = reading.tongue, sentence.text
    end, stem = act.end + _BEHIND, act.end
    while stem > act.start + 1 and "ぁ" <= text[stem - 1] <= "ん":
        stem -= 1
    mood = tongue.rules(_GOVERNED).match(text, act.end, end)
    mood = mood or tongue.rules(_ENDING).match(text, stem, end)
    if mood is not None:
        return mood
    pattern = tongue.pattern
    if pattern("{asked_for}").match(text, act.end):
        return "wished"
    if pattern("{either}").match(text, act.end):
        return ONLY_NAMED
    soon = pattern(_SOON).search(text[: act.start])
    if soon and pattern("{present}").match(text, stem, end):
        return "planned"
    return _to_come(sentence, act, reading)


def _to_come(sentence: Sentence, act: Hit, reading: Reading) -> str | None:
    """A noun without a verb is to come behind a condition, from an hour on that has not passed, or
    on a day named, unless an hour of it has passed.
    """
    pattern, text = reading.tongue.pattern, sentence.text
    if not pattern("{without_a_verb}").match(text, act.end):
        return None
    if pattern(_THEN).search(told_before(sentence, act, reading, _BEFORE)):
        return "planned"
    if has_begun(sentence, act, reading):
        return _governs_quote(text, act, reading.tongue)
    if act.id not in _HELD:
        return None
    this_day = pattern(_THIS_DAY).search(text, max(0, act.start - _BEFORE), act.start)
    if this_day is None:
        return None
    hours = (hour for hour in passed_in(sentence, reading) if hour.end <= act.start)
    return None if any(this_day.start() <= hour.start for hour in hours) else "planned"


def _chinese(sentence: Sentence, act: Hit, reading: Reading) -> str | None:
    tongue, text = reading.tongue, sentence.text
    pattern = tongue.pattern
    before = told_before(sentence, act, reading, _BEFORE)
    behind = text[act.end : act.end + _BEHIND]
    clause, orders = pattern("{on_orders}").subn("", _CLAUSE.split(before)[-1])
    if pattern(_THEN).search(before):
        return "planned"
    asked = pattern("{asks}").search(clause) or pattern("{asks_behind}").match(behind)
    if asked or pattern(_ON_CONDITION).search(clause):
        return ONLY_NAMED
    if pattern(_DO_NOT).search(clause):
        return "wished"
    if _takes_object(text, act, clause, tongue):
        return DONE
    if pattern(_COMES_TO_TERMS).match(behind) and pattern(_ON_A_MATTER).search(clause):
        return _SETTLED
    said = _by_what_is_behind(behind, clause, tongue)
    return said or tongue.rules(_IN_ITS_CLAUSE).search(clause) or (DONE if orders else None)


def _by_what_is_behind(behind: str, clause: str, tongue: Tongue) -> str | None:
    """What the rest of a Chinese clause says of an act before it."""
    pattern = tongue.pattern
    denied = pattern(_DENIES).search(clause) and pattern(_RUMOUR).match(behind)
    if denied or pattern(_UNTRUE).match(behind):
        return "denied"
    if pattern(_AS_A_THREAT).match(behind):
        return "threatened"
    if pattern(_NO_HOPE).match(behind):
        return ONLY_NAMED
    return "planned" if pattern(_SOON_BEHIND).match(behind) else None


def _is_comment(sentence: Sentence, act: Hit, tongue: Tongue) -> bool:
    """ "回应办公楼被炸": a word about what was done, and no answer to anybody."""
    reacts = tongue.pattern("{reacts}")
    if act.id != "answer" or not reacts.fullmatch(sentence.text, act.start, act.end):
        return False
    clause = _CLAUSE.search(sentence.text, act.end)
    end = clause.start() if clause else len(sentence.text)
    return any(
        hit.kind in ("act", "event") and hit.id not in _ANSWERED
        for hit in sentence.hits
        if act.end <= hit.start and hit.end <= end
    )


def _takes_object(text: str, act: Hit, clause: str, tongue: Tongue) -> bool:
    """军方将热线切断: an object stands between 将 and a verb at the end, so it is no "will"."""
    return bool(
        act.id in _DISPOSED
        and tongue.pattern(_TAKES_OBJECT).search(clause)
        and tongue.pattern("{verb_at_end}").match(text[act.end - 1 : act.end + 6])
    )
