"""Whether a text that names what is watched only after its first sentence has news of it.

Most such texts tell of something else: the ferry is "the way home" of a column, or the pier where
"parcels will be sorted". It is news of it where somebody's word on it is reported, and where it is
said to be the place or the way of the matter itself: "it was brought over on the ferry".
"""

from __future__ import annotations

from collections.abc import Iterator

from monitor.detect.words.match import Hit
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.tongue import Tongue
from monitor.detect.words.topic import Topic

_EXCHANGED = frozenset(  # what is done between two sides, at a place or through a channel
    {"propose", "notify", "send", "reject", "answer", "accept", "meet", "agree", "exchange", "urge"}
)
# Where the words of the grammar files stand; in Chinese the name follows within the clause.
_BY = r"(?<!\w){place_or_way}\s(?:[\w'-]+\s){0,5}$"
_BY_ZH = "{place_or_way}[^,。;、]{0,14}$"
_KNOWN, _PRONOUN = r"\W*{known_matter}", r"\W*{pronoun}\s"
_WHERE = r"(?<!\w){relative}\s"
_HEAD, _HEAD_UNSPACED = 28, 12  # characters in which a sentence names its matter
_REACH, _REACH_UNSPACED = 75, 34  # characters up to the name


def is_beside(reading: Reading, topic: Topic) -> bool:
    """What is watched is named after the first sentence alone, and the article has no news of it.

    No sentence that names it reports somebody's word, or says that the matter of the article was
    held there or went through it.
    """
    named = _naming(reading, topic)
    at_the_head = bool(reading.title and reading.title.subjects) or any(
        sentence.index == 0 for sentence in named
    )
    if not named or at_the_head:
        return False
    fresh = [sentence for sentence in named if not sentence.old]
    return not any("said" in s.ids("cue") or _tells_where(s, reading) for s in fresh)


def is_place_of_it(reading: Reading, topic: Topic) -> bool:
    """What is watched is where the matter of the article was held, or the way that it went."""
    fresh = (sentence for sentence in _naming(reading, topic) if not sentence.old)
    return any(_tells_where(sentence, reading) for sentence in fresh)


def _naming(reading: Reading, topic: Topic) -> list[Sentence]:
    """The sentences behind the title that name what is watched."""
    whole = {name for name, subject in topic.subjects.items() if subject.central}
    return [sentence for sentence in reading.body if sentence.subjects & whole]


def _names(sentence: Sentence) -> Iterator[Hit]:
    """Where the sentence names what is watched."""
    for hit in sentence.hits:
        if hit.kind in ("subject", "short") and hit.id in sentence.subjects:
            yield hit


def _tells_where(sentence: Sentence, reading: Reading) -> bool:
    """It says of a matter known from before that it was done there or through it, and no more."""
    tongue, unspaced = reading.tongue, reading.tongue.unspaced
    if not tongue.pattern(_KNOWN).match(sentence.text):
        return False
    head = _HEAD_UNSPACED if unspaced else _HEAD
    reach = _REACH_UNSPACED if unspaced else _REACH
    matter = tongue.pattern(_PRONOUN).match(sentence.text) or _matter_of(sentence, head)
    return bool(matter) and any(
        hit.start <= reach
        and not tongue.pattern(_WHERE).search(sentence.text, 0, hit.start)
        and _stands_by(sentence.text, hit, tongue)
        for hit in _names(sentence)
    )


def _matter_of(sentence: Sentence, head: int) -> bool:
    """It begins with a message or a meeting, and not with who sends or holds it."""
    for hit in sentence.hits:
        if hit.start >= head or hit.kind == "actor":
            return False
        if (hit.kind == "act" and hit.id in _EXCHANGED) or (hit.kind, hit.id) == ("cue", "matter"):
            return True
    return False


def _stands_by(text: str, name: Hit, tongue: Tongue) -> bool:
    """The name is where or by what something is done, not who does it or what it is done to."""
    if tongue.pattern("{place_or_way_behind}").match(text, name.end):
        return True
    by = _BY_ZH if tongue.lang == "zh" else _BY
    return tongue.pattern(by).search(text[: name.start]) is not None
