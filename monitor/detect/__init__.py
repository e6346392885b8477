"""What is new: judgement, facts, stories and decisions. Pure; no I/O, no clock."""

from monitor.detect.decide import decide
from monitor.detect.diff import diff
from monitor.detect.judge import judge
from monitor.detect.stories import HORIZON, TopicState
from monitor.detect.topic import Topic, compile_topic, everything

__all__ = [
    "HORIZON",
    "Topic",
    "TopicState",
    "compile_topic",
    "decide",
    "diff",
    "everything",
    "judge",
]
