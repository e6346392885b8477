"""What the head of a report says that no lexicon of acts holds: opposites, denials, days ahead.

"Afloat again" against "stays put", "not before May" against "since Monday": words of no topic
(lexicon/antonyms.yaml), negations, and days ahead, each as a short string beside the other claims.
"""

from __future__ import annotations

from collections.abc import Iterator

from monitor.detect.sense.facts import acts_of
from monitor.detect.sense.moods import denies, is_mere_particle, modality_of, negated
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.topic import Topic
from monitor.models import Modality

_AHEAD = frozenset(
    {Modality.PLANNED, Modality.PROPOSED, Modality.THREATENED, Modality.ORDERED, Modality.DENIED}
)
_PLANS = frozenset({"planned", "proposed", "threatened", "ordered", "wished"})
_SAME_BY_ID = frozenset({"act", "event", "subject", "short"})
_LONGEST = 160  # characters of a title or a first sentence that are kept word for word


def opposites_of(sentence: Sentence, reading: Reading, topic: Topic) -> Iterator[str]:
    """The claims of a title or a first sentence, each with the part it stands in (t or another).

    O an end of a pair of opposites, 1 or 0, real or to come; N that something is denied; F a day
    ahead; Q an act in a word for such an end, or not done and so at the other. For `aligned`, = the
    sentence word for word, with whether it denies and plans, and R its rare terms.
    """
    part = sentence.part[0]
    for hit in topic.vocabulary.antonyms.find(sentence.text, reading.lang):
        positive = (hit.id[-1] == "+") != negated(sentence, hit, reading)
        real = modality_of(sentence, hit, reading) not in _AHEAD
        yield f"O|{hit.id[:-1]}|{int(positive)}|{int(real)}|{part}"
        for act in sentence.acts:
            if act.start < hit.end and hit.start < act.end:
                yield f"Q|{act.id}|{hit.id[:-1]}|{int(positive)}"
    unheld = "absent" in sentence.ids("act")  # "会议没有举行": no meeting was held
    for act, fact in acts_of(sentence, reading, topic):
        if fact.modality is not Modality.UNKNOWN and not (unheld and act.id == "meet"):
            for end in topic.vocabulary.poles.get(act.id, ()):
                positive = (end[-1] == "+") == fact.positive
                yield f"O|{end[:-1]}|{int(positive)}|{int(fact.modality not in _AHEAD)}|a"
                if not fact.positive:  # "no more closing days" are told by an opening
                    yield f"Q|{act.id}|{end[:-1]}|{int(positive)}"
    denied = denies(sentence, reading)
    if denied:
        yield f"N|{part}"
    for when in sentence.days:
        if when.day > reading.today:
            yield f"F|{when.day.isoformat()}"
    planned = any(
        hit.kind == "mood" and hit.id in _PLANS and not is_mere_particle(sentence.text, hit)
        for hit in sentence.hits
    )
    yield f"=|{part}|{reading.lang or ''}|{int(denied)}{int(planned)}|{_with_acts(sentence)}"


def _with_acts(sentence: Sentence) -> str:
    """A sentence with acts and what is watched by their ids, so that synonyms are one word."""
    text, place = [], 0
    for hit in sentence.hits:
        if hit.kind in _SAME_BY_ID and hit.start >= place:
            text += [sentence.text[place : hit.start], f" @{hit.id} "]
            place = hit.end
    return " ".join("".join([*text, sentence.text[place:]]).split())[:_LONGEST]
