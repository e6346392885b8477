"""What is new: judgement, facts, stories and decisions. Pure; no I/O, no clock.

The way of an article, and who takes each step; `decide` shows it top to bottom.

    read        text, tongue, match, vocabulary, names, topic, watch, opened, gazetteer, dateline,
                dates, numbers, numerals, clocks; all together: reading
    understood  facts: who by roles, sides and governments, whether done by moods, which asks
                background, lasting, matters, endings, verbs and deeds
    judged      judge; running, by what is under way: described, mentions, unsaid, abroad
    placed      vectors, likeness, stories, match_story
    compared    claims, of places, opposites and hours; guards, otherwise, aligned
    weighed     gate, weights; routine, turns, asking, onward; card, moving
    edited      revisions, diff; filled, by its page
    told        outcome, reasons; contested, origins, credits
"""

from monitor.detect.decide import decide
from monitor.detect.diff import diff
from monitor.detect.judge import judge
from monitor.detect.outcome import unnamed
from monitor.detect.running import UNDER_WAY
from monitor.detect.stories import HORIZON, TopicState
from monitor.detect.topic import Topic, compile_topic, everything, forget_lexicons
from monitor.detect.watch import Watch

__all__ = [
    "HORIZON",
    "UNDER_WAY",
    "Topic",
    "TopicState",
    "Watch",
    "compile_topic",
    "decide",
    "diff",
    "everything",
    "forget_lexicons",
    "judge",
    "unnamed",
]
