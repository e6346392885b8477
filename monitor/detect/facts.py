"""Typed, language-neutral facts of a sentence, and the keys by which they are known again."""

from __future__ import annotations

import re
from datetime import date

from monitor.detect.match import Hit
from monitor.detect.reading import OLD_AFTER, Reading, Sentence
from monitor.detect.topic import Topic
from monitor.models import Fact, Modality

_MOODS = {
    "planned": Modality.PLANNED,
    "threatened": Modality.THREATENED,
    "ordered": Modality.ORDERED,
    "proposed": Modality.PROPOSED,
    "wished": Modality.PROPOSED,
    "denied": Modality.DENIED,
}
_STRONGEST = ("denied", "threatened", "ordered", "proposed", "wished", "planned")
_WEEK = 7
_FOLLOWS = re.compile(
    r"(?<!\w)(?:after|over|following|since|despite|before|apres|depuis|malgre|nach|seit|tras|desde|после"
    r"|с|بعد|منذ)\s(?:[\w-]+\s){0,4}$"
)
_FOLLOWED = re.compile(
    r"\s?(?:\d+[^\W\d]{1,3}|\S{1,4}) ?만에|"  # "복원 2주 만에", "철수 사흘 만에": it was before
    r"\S{0,2}\s?(?:이후|후 |뒤|직후|관련|손해|배상|소송|책임|사태|현장|영상|\d+년|\d+주년"
    r"|に続|後|から|をめぐ|を受け|損害|賠償|后|之后|以来|一事|索赔|赔偿)"
)
_LASTED = re.compile(  # "復旧２週間", "복원 2주": how long it was before or since
    r"\s?[\d一二三四五六七八九十两]{1,3}\s?(?:週間?|か月|カ月|ヶ月|年|周年?|天|个月|個月|日(?:目|ぶり|後|間)|주|개월|년|달)"
)
_QUALIFIES = re.compile(  # "폭파된 청사", "爆破した庁舎", "被炸毁的大楼": tells which one
    r"(?:된|됐던|했던|됐었던|한|당한|시킨)\s(?!것|바\s|데|뒤|후|지\s|채|적)"
    r"|(?:した|された|していた|されていた)(?=[\u4e00-\u9fff\u30a0-\u30ff])(?!模様|可能|疑|場合|際|直後)"
    r"|(?:了)?的(?=[\u4e00-\u9fff])"
)
_QUALIFIED = re.compile(r"(?<!\w)(?:the|a|an|its|their|over|of|at|in)\s(?:\w{2,9}-)?$")
_PARTICIPLE = re.compile(r"(?:ed|en|wn|ut)(?:[ -]\w{2,4})?$")
_STILL = 8  # characters between "still" and what goes on
_DATED_BEHIND, _DATED_AHEAD = 24, 12  # characters from an act to the day of long ago it bears
_PURPOSE = re.compile(r" to $|(?<!\w)ل$")  # "a date to open it", "لفتح"
_BY = re.compile(r"\s(?:by|par|von|por)\s(?:the\s|el\s)?$")
_SPEAKING = frozenset({"ministry", "presidency", "foreign_ministry", "state_media", "expert"})
_NOMINAL = re.compile(
    r"(?:ing|ings|ion|ions|al|als|ment|ments|ure|ung|ungen|cion|ciones|ение|ения|ания|ание|age)$"
)
_NO_NEGATION = re.compile("不久|不日|不断|不仅|不但|未来|无线")  # soon, ever more, future ...
_BEFORE, _TITLE_BEFORE, _AFTER = 34, 90, 16  # characters in which a cue belongs to an act
_NOT_BEFORE, _NOT_AFTER = 18, 9


def facts_of(sentence: Sentence, reading: Reading, topic: Topic) -> list[tuple[str, Fact]]:
    """The facts of a sentence with their keys: one for each act, one for each quantity."""
    acts = [hit for hit in sentence.hits if hit.kind == "act"]
    day = next((when.day.isoformat() for when in sentence.days if when.width == 1), None)
    place = next(iter(sentence.ids("place")), None)
    said_by = next((a for a in sentence.ids("actor") if a in _SPEAKING), None)
    text = reading.parts[sentence.part][sentence.start : sentence.end].strip()
    found = []
    for act in acts:
        fact = Fact(
            act=act.id,
            actor=_actor(sentence, act),
            object=_object(sentence, act, topic),
            date=day,
            positive=not _negated(sentence, act, reading),
            modality=_modality(sentence, act, reading),
            text=text,
            place=place,
            said_by=said_by,
        )
        found.append((act_key(fact), fact))
    for number in sentence.numbers:
        nearest = min(acts, key=lambda act: abs(act.start - number.start), default=None)
        fact = Fact(
            act=nearest.id if nearest else None,
            number=(number.low + number.high) / 2,
            unit=number.unit or None,
            date=day,
            modality=_modality(sentence, nearest, reading) if nearest else Modality.UNKNOWN,
            text=text,
            place=place,
            said_by=said_by,
        )
        found.append((f"n:{number.key}", fact))
    return found


def _actor(sentence: Sentence, act: Hit) -> str | None:
    """The last side named before the act that is not only its speaker, else the first after it."""
    actors = [hit for hit in sentence.hits if hit.kind == "actor" and hit.id not in _SPEAKING]
    for hit in actors:  # "vacated by the North"
        if act.end < hit.start <= act.end + 12 and _BY.search(sentence.text[act.end : hit.start]):
            return hit.id
    before = [hit.id for hit in actors if hit.start < act.start]
    if before:
        return before[0]
    return actors[0].id if actors else None


def _object(sentence: Sentence, act: Hit, topic: Topic) -> str | None:
    """The watched thing nearest to the act; the whole before its parts at equal distance."""
    things = [
        hit
        for hit in sentence.hits
        if hit.kind in ("subject", "short") and hit.id in sentence.subjects
    ]
    if not things:
        return None
    return min(
        things,
        key=lambda hit: (not topic.subjects[hit.id].central, abs(hit.start - act.start), hit.start),
    ).id


def _negated(sentence: Sentence, act: Hit, reading: Reading) -> bool:
    negation, text = reading.tongue.negation, sentence.text
    if reading.lang in ("ko", "ja"):
        return bool(negation.search(text[act.end : act.end + _NOT_AFTER]))
    if reading.lang == "zh":
        before = _NO_NEGATION.sub("", text[max(0, act.start - 5) : act.start])
        return bool(negation.search(before[-4:]))
    return bool(negation.search(text[max(0, act.start - _NOT_BEFORE) : act.start]))


def _modality(sentence: Sentence, act: Hit, reading: Reading) -> Modality:
    """Of the cues beside the act, the one that takes most away from its being done.

    Without any cue a title tells what was done, and so does a finite verb; a mere noun for the
    act ("the opening") says nothing of whether it was.
    """
    unspaced = reading.tongue.unspaced
    if _is_background(sentence, act, reading) or _goes_on(sentence, act):
        return Modality.UNKNOWN
    before = _BEFORE if sentence.part != "title" else _TITLE_BEFORE
    low, high = act.start - before, act.end + (_AFTER if unspaced else 2)
    near = {
        hit.id
        for hit in sentence.hits
        if hit.kind == "mood" and low <= hit.start and hit.end <= high
    }
    for mood in _STRONGEST:
        if mood in near:
            return _MOODS[mood]
    if _PURPOSE.search(sentence.text, max(0, act.start - 4), act.start):
        return Modality.PLANNED
    if _dated_ahead(sentence, reading.today):
        return Modality.PLANNED
    if sentence.part == "title":
        return Modality.DONE
    if unspaced:
        return Modality.DONE if "done" in near else Modality.UNKNOWN
    nominal = _NOMINAL.search(sentence.text[act.start : act.end])
    return Modality.UNKNOWN if nominal else Modality.DONE


def _is_background(sentence: Sentence, act: Hit, reading: Reading) -> bool:
    """The act is only what something else follows or is about: "after the withdrawal", "철수 이후",
    "the building blown up last year", "폭파된 청사".
    """
    text = sentence.text
    if reading.tongue.unspaced:
        behind = (_FOLLOWED, _LASTED, _QUALIFIES)
        if any(way.match(text, act.end) for way in behind):
            return True
    elif _FOLLOWS.search(text[max(0, act.start - 40) : act.start]) or _qualifies(text, act):
        return True
    return _long_ago(sentence, act, reading)


def _goes_on(sentence: Sentence, act: Hit) -> bool:
    """ "still closed" and "stays shut" tell of no closing."""
    return any(
        hit.kind == "mood"
        and hit.id == "still"
        and hit.start != act.start
        and (0 <= act.start - hit.end <= _STILL or 0 <= hit.start - act.end <= 2)
        for hit in sentence.hits
    )


def _qualifies(text: str, act: Hit) -> bool:
    """ "the shuttered office", "its blown-up building": a participle before its noun."""
    if not _PARTICIPLE.search(text[act.start : act.end]) or text[act.end : act.end + 1] != " ":
        return False
    return _QUALIFIED.search(text[max(0, act.start - 20) : act.start]) is not None


def _long_ago(sentence: Sentence, act: Hit, reading: Reading) -> bool:
    """A day of long ago stands beside the act, and no other act between: "severed last year"."""
    past = [
        (when.start, when.end)
        for when in sentence.days
        if (reading.today - when.day).days - when.width + 1 > OLD_AFTER
    ]
    past += [(hit.start, hit.end) for hit in sentence.hits if hit.kind == "cue" and hit.id == "old"]
    others = [hit for hit in sentence.hits if hit.kind == "act" and hit.start != act.start]
    for start, end in past:
        low, high = (act.end, start) if start >= act.end else (end, act.start)
        reach = _DATED_BEHIND if start >= act.end else _DATED_AHEAD
        if 0 <= high - low <= reach and not any(low <= o.start < high for o in others):
            return True
    return False


def _dated_ahead(sentence: Sentence, today: date) -> bool:
    return bool(sentence.days) and all((when.day - today).days > 0 for when in sentence.days)


_SHORT = {
    Modality.DONE: "",
    Modality.UNKNOWN: "%",
    Modality.PLANNED: "+",
    Modality.ORDERED: "!",
    Modality.THREATENED: "?",
    Modality.PROPOSED: "*",
    Modality.DENIED: "-",
}


def act_key(fact: Fact) -> str:
    """An act with its modality and polarity: "a:open+" planned, "a:open" done, "a:~open" not."""
    return f"a:{'' if fact.positive else '~'}{fact.act}{_SHORT[fact.modality]}"


def keys_of(sentence: Sentence, reading: Reading, topic: Topic) -> list[str]:
    """What a sentence says, as language-neutral keys; the same keys mean the same statement."""
    found: dict[str, None] = {}
    acts = []
    for _, fact in facts_of(sentence, reading, topic):
        if fact.number is None and fact.act is not None:
            found[act_key(fact)] = None
            sign = "" if fact.positive else "~"
            found[f"f:{sign}{topic.families.get(fact.act, fact.act)}"] = None
            acts.append(fact.act)
            if fact.actor is not None and fact.actor not in topic.persons:
                found[f"e:{fact.act}:{fact.actor}"] = None
    for thing in sentence.ids("thing"):
        found[f"t:{thing}"] = None
        for act in acts[:6]:
            found[f"b:{act}:{thing}"] = None
    for number in sentence.numbers:
        if number.unit:
            found[f"n:{number.key}"] = None
    for actor in sentence.ids("actor"):
        if actor in topic.persons:
            found[f"p:{actor}"] = None
            for act in acts[:6]:
                found[f"c:{act}:{actor}"] = None
    for when in sentence.days:
        if when.width <= _WEEK and when.day > reading.today:
            found[f"d:{when.day.isoformat()}{'w' if when.width > 1 else ''}"] = None
    return list(found)
