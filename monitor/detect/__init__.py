"""What is new: judgement, facts, stories and decisions. Pure; no I/O, no clock."""

from monitor.detect.decide import decide
from monitor.detect.diff import diff
from monitor.detect.judge import judge
from monitor.detect.outcome import unnamed
from monitor.detect.running import UNDER_WAY
from monitor.detect.stories import HORIZON, TopicState
from monitor.detect.topic import Topic, compile_topic, everything
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
    "judge",
    "unnamed",
]
