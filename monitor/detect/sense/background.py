"""Acts that a sentence only mentions: what came before, which thing is meant, what goes on.

What the words of each language are is in its grammar file (`lexicon/grammar`), the frames here say
where they stand: `{after}` are the words of the section "after".
"""

from __future__ import annotations

import re

from monitor.detect.sense.lasting import lasts
from monitor.detect.sense.matters import is_matter, is_put_off, is_reason
from monitor.detect.words.deeds import SPEECH
from monitor.detect.words.match import Hit
from monitor.detect.words.reading import OLD_AFTER, Reading, Sentence
from monitor.detect.words.tongue import Tongue

# Before an act. "nach drei Jahren wieder offen": not what it follows, but how long it took.
_FOLLOWS = r"(?<!\w){after}\s(?!(?:[\w'-]+\s){0,3}{units_of_time}\s(?!{of}))(?:[\w'-]+\s){0,8}$"
_WHITHER = r"{after_or_where}\s"
_WHILE = r"(?<!\w){while}[^,;:…\"]*$"
_ALTHOUGH = r"(?<!\w){although}\s[^,;:]*$"
_DATE_OF = r"(?<!\w){date_of}$"
_AS_SAID = r"(?<!\w){as_said}$"
_IN_WHICH = r"(?<=\w) {in_which}\s[^,;:]*$"
_IN_CHARGE = r"(?<!\w){in_charge_of}\s?(?:[\w'-]+ ){0,3}$"
_DEEMED = r"(?<!\w){deemed}$"
_FOR_DOING, _GERUND = r"(?<!\w){for_doing}$", "[^ ]*{gerund_end}(?: |$)"
_FOR_HAVING = r"(?<!\w){for_having}"
_HAD = r"(?<!\w){had}\s(?:\w+\s){0,2}$"
_THAT = r"(?<!\w){that}\s[^,]*$"
_THE = r"(?<!\w){the}\s(?:\w{2,9}-)?$"
_THING_BEFORE = r"(?<!\w){thing_before}$"
_EARLIER = r"{earlier}[^,、。;]*$"
_WHOSE = r"{whose}\s?$"
_BROKEN_OFF = r"{broken_off} [^,.…]*$"
# From its own first letter on, or of its own end.
_PARTICIPLE = r"{participle_end}(?:[ -]\w{2,4})?$"
_BY = r"\s{by}(?!\w)"
# Behind it, where words are not spaced.
_BEHIND = ("{followed_by}", "{lasted}", "{which_one}", "{task}", "{comes_first}")

_DEPLORED = frozenset({"condemn", "regret"})
_AGREED = frozenset({"agree", "sign"})
_GOVERNS = frozenset({"reject", "accept", "deny"})
_CLAUSE = re.compile(r"[,;、。，…]")
_CLAUSE_JA = re.compile(r"[,;、。，…\s]")  # a space parts the clauses of a headline
_BREAK = re.compile(r"[…;:|]")  # in a headline another thing begins
_REACH = 60  # characters before an act in which "after" or "had" may stand
_STILL = 8  # characters between "still" and what goes on
_DATED_BEHIND, _DATED_AHEAD = 24, 12  # characters from an act to the day of long ago it bears


def is_background(sentence: Sentence, act: Hit, reading: Reading) -> bool:
    """The act is only what something else follows or is about: "after the withdrawal", "철수 이후",
    "the building blown up last year", "폭파된 청사", "had walked out".
    """
    tongue = reading.tongue
    before = sentence.text[max(0, act.start - _REACH) : act.start]
    if tongue.unspaced:
        if _by_what_is_behind(sentence, act, before, tongue):
            return True
    elif _of_another(sentence, act, before, tongue) or _is_attribute(sentence, act, tongue):
        return True
    governed = _object_of(sentence, act, reading) or _deplored(sentence, act, reading)
    return governed or _long_ago(sentence, act, reading)


def _by_what_is_behind(sentence: Sentence, act: Hit, before: str, tongue: Tongue) -> bool:
    """In languages without spaces, where mostly what follows an act tells what it is to others."""
    text, pattern, lang = sentence.text, tongue.pattern, tongue.lang
    if any(pattern(way).match(text, act.end) for way in _BEHIND):
        return True
    if pattern(_EARLIER).search(before) or is_put_off(text, act, tongue):
        return True
    if act.id in SPEECH:
        if pattern(_WHOSE).search(before):
            return True
    elif (lang == "ja" and is_reason(sentence, act, tongue)) or (
        lang == "zh" and is_matter(text, act, tongue)
    ):
        return True
    agreed = act.id in _AGREED and pattern("{as_agreed}").match(text, act.end)
    return bool(agreed) or _was_so(sentence, act, tongue)


def _of_another(sentence: Sentence, act: Hit, before: str, tongue: Tongue) -> bool:
    """In languages with spaces: what another act follows, tells apart, or is done for."""
    pattern = tongue.pattern
    return bool(
        _follows(sentence, act, before, tongue)
        or _qualifies(sentence, act, tongue)
        or _left_by(sentence, act, tongue)
        or _undone(sentence, act, tongue)
        or (pattern(_HAD).search(before) and not pattern(_THAT).search(before))
        or pattern(_ALTHOUGH).search(before)
        or _tells_which(sentence, act, tongue)
        or (act.id in _AGREED and pattern(_AS_SAID).search(before))
        or pattern(_DATE_OF).search(before)
        or pattern(_IN_CHARGE).search(before)
        or pattern(_DEEMED).search(before)
        or pattern("{call}").match(sentence.text, act.start)
        or pattern("{doing_comes_first}").match(sentence.text, act.start)
        or _is_why(sentence, act, before, tongue)
    )


def _follows(sentence: Sentence, act: Hit, before: str, tongue: Tongue) -> bool:
    """Behind "after" or "amid"; behind "as" or "while", if another act was told before that."""
    follows = tongue.pattern(_FOLLOWS).search(before)
    if follows and not _is_whither(sentence, act.start - len(before) + follows.start(), tongue):
        return True
    found = tongue.pattern(_WHILE).search(sentence.text[: act.start])
    if found is None:
        return False
    return any(hit.end <= found.start() for hit in sentence.acts)


def _is_whither(sentence: Sentence, start: int, tongue: Tongue) -> bool:
    """ "Nach Korea": where to, not after what."""
    found = tongue.pattern(_WHITHER).match(sentence.text, start)
    return found is not None and any(
        hit.start == found.end() and hit.kind in ("actor", "place") for hit in sentence.hits
    )


def _is_why(sentence: Sentence, act: Hit, before: str, tongue: Tongue) -> bool:
    """ "Sued for blowing up the office": why something else is done."""
    gerund = tongue.pattern(_GERUND).match(sentence.text, act.start, act.end)
    if gerund and tongue.pattern(_FOR_DOING).search(before):
        return True
    found = tongue.pattern(_FOR_HAVING).search(sentence.text, max(0, act.start - 12), act.end)
    return found is not None and found.end() == act.start


def _deplored(sentence: Sentence, act: Hit, reading: Reading) -> bool:
    """What is condemned or regretted was told before: "deplores blast", "폭파에 유감"."""
    behind, near = reading.lang in ("ko", "ja"), 24
    clause = _CLAUSE_JA if reading.lang == "ja" else _CLAUSE
    for other in sentence.acts:
        if other.id not in _DEPLORED or act.id in _DEPLORED:
            continue
        first, last = (act, other) if behind else (other, act)
        between = sentence.text[first.end : last.start]
        if first.end <= last.start and len(between) <= near and not clause.search(between):
            return True
    return False


def _object_of(sentence: Sentence, act: Hit, reading: Reading) -> bool:
    """What is rejected or accepted is no saying of its own: "rejects the offer", "제안을 거부"."""
    if act.id not in SPEECH:
        return False
    behind = reading.lang in ("ko", "ja")
    clause = _CLAUSE_JA if reading.lang == "ja" else _CLAUSE
    for other in sentence.acts:
        if other.id not in _GOVERNS or other.id == act.id:
            continue
        first, last = (act, other) if behind else (other, act)
        between = sentence.text[first.end : last.start]
        near = first.end <= last.start and len(between) <= (12 if behind else 40)
        if near and not clause.search(between):
            return True
    return False


def goes_on(sentence: Sentence, act: Hit, reading: Reading) -> bool:
    """ "still closed" and "stays shut" tell of no closing."""
    pattern = reading.tongue.pattern
    still = any(
        hit.kind == "mood"
        and hit.id == "still"
        and hit.start != act.start
        and not pattern("{what_remains}").match(sentence.text, hit.start)
        and not pattern("{if_it_goes_on}").match(sentence.text, hit.end)
        and (_beside(hit, act) or 0 <= hit.start - act.end <= 2)
        for hit in sentence.hits
    )
    return still or lasts(sentence, act, reading.tongue)


def _beside(still: Hit, act: Hit) -> bool:
    """It stands shortly before the act, or ends in it: "still not answering"."""
    return still.start < act.start and act.start - still.end <= _STILL


def _qualifies(sentence: Sentence, act: Hit, tongue: Tongue) -> bool:
    """ "the shuttered office", "reconnect severed lines": a participle before its noun."""
    text = sentence.text
    if text[act.end : act.end + 1] != " " or not _is_participle(sentence, act, tongue):
        return False
    verb = any(0 < act.start - hit.end <= 2 for hit in sentence.acts)
    thing = any(
        hit.kind in ("subject", "short") and hit.start <= act.end + 1 < hit.end
        for hit in sentence.hits
    )
    before = text[max(0, act.start - 20) : act.start]
    return (verb and thing) or tongue.pattern(_THE).search(before) is not None


def _is_participle(sentence: Sentence, act: Hit, tongue: Tongue) -> bool:
    return tongue.pattern(_PARTICIPLE).search(sentence.text[act.start : act.end]) is not None


def _left_by(sentence: Sentence, act: Hit, tongue: Tongue) -> bool:
    """ "Head to the office vacated by the North": behind its noun, once another act was told."""
    before = [hit for hit in sentence.hits if hit.end <= act.start and hit.kind != "place"]
    thing = any(hit.kind in ("subject", "short") and act.start - hit.end == 1 for hit in before)
    told = any(hit.kind == "act" and act.start - hit.end > 1 for hit in before)
    return thing and told and tongue.pattern(_BY).match(sentence.text, act.end) is not None


def _tells_which(sentence: Sentence, act: Hit, tongue: Tongue) -> bool:
    """ "Went to the building in which it is to open": once another act was told."""
    found = tongue.pattern(_IN_WHICH).search(sentence.text, max(0, act.start - _REACH), act.start)
    if found is None:
        return False
    return any(hit.end <= found.start() for hit in sentence.acts)


def _was_so(sentence: Sentence, act: Hit, tongue: Tongue) -> bool:
    """How a thing was before what is told of it: "닫혔던 문", "끊긴 통신선 복원"; talks that came
    to nothing: "2월 뒤로 끊긴 회의".
    """
    text, pattern = sentence.text, tongue.pattern
    if act.id == "meet" and pattern(_BROKEN_OFF).search(text, max(0, act.start - 20), act.start):
        return True
    if pattern("{had_been}").match(text, act.end):
        return True
    found = pattern("{was_so}").match(text, act.start, act.end + 3)
    if found is None or found.end() <= act.end:
        return False
    return any(hit.start >= found.end() - 1 for hit in sentence.acts)


def _undone(sentence: Sentence, act: Hit, tongue: Tongue) -> bool:
    """ "The cancelled trip": behind a participle that tells what became of it."""
    return any(
        hit.end == act.start - 1
        and _is_participle(sentence, hit, tongue)
        and _qualifies(sentence, hit, tongue)
        for hit in sentence.acts
    )


def _is_attribute(sentence: Sentence, act: Hit, tongue: Tongue) -> bool:
    """ "Im gesprengten Haus", "dans le bureau fermé", "в закрытом консульстве"."""
    if " " in sentence.text[act.start : act.end]:
        return False
    if not tongue.pattern("{attribute}").match(sentence.text, act.start):
        return False
    before = sentence.text[max(0, act.start - 40) : act.start]
    anywhere = "thing_before" not in tongue.grammar
    return anywhere or tongue.pattern(_THING_BEFORE).search(before) is not None


def _long_ago(sentence: Sentence, act: Hit, reading: Reading) -> bool:
    """A day of long ago stands beside the act, and no other act between: "severed last year". The
    day nearest to it counts: "silent on the 8th, the first time since 2018".
    """
    past = [
        (when.start, when.end)
        for when in sentence.days
        if (reading.today - when.day).days - when.width + 1 > OLD_AFTER
    ]
    past += [(hit.start, hit.end) for hit in sentence.hits if hit.kind == "cue" and hit.id == "old"]
    others = [hit for hit in sentence.acts if hit.start != act.start]
    dated = ((when.start, when.end) for when in sentence.days)
    now = [_away(sentence.text, act, place) for place in dated if place not in past]
    for start, end in past:
        if now and min(now) < _away(sentence.text, act, (start, end)):
            continue
        low, high = _between(act, start, end)
        reach = _DATED_BEHIND if start >= act.end else _DATED_AHEAD
        apart = any(low < o.end and o.start < high for o in others) or _BREAK.search(
            sentence.text, low, high
        )
        if 0 <= high - low <= reach and not apart:
            return True
    return False


def _between(act: Hit, start: int, end: int) -> tuple[int, int]:
    """What lies between an act and another place."""
    return (act.end, start) if start >= act.end else (end, act.start)


def _away(text: str, act: Hit, place: tuple[int, int]) -> tuple[int, int]:
    """How far an act is from another place: by clauses, then by characters."""
    low, high = _between(act, *place)
    return len(_CLAUSE.findall(text, low, high)), high - low
