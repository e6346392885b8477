"""What is new: judgement, facts, stories and decisions. Pure; no I/O, no clock.

`decide` shows the way of an article from top to bottom. Its steps are rooms, and each knows only
those before it:

    words     what stands in the text
    sense     what a sentence says: who did what, or means to
    compare   what a report claims, and whether another claimed it
    story     which story it belongs to
    about     whether it is about the topic
    news      whether there is news in it
    told      what a decision tells people

`outcome` writes a decision down, `filled` decides on a page that was read later, `logistic` and
`weights` are the models' arithmetic and figures, `lexicon/` the words of nine languages.
"""

from monitor.detect.about.judge import judge
from monitor.detect.about.running import UNDER_WAY
from monitor.detect.decide import decide
from monitor.detect.news.diff import diff
from monitor.detect.outcome import unnamed
from monitor.detect.story.stories import HORIZON, TopicState
from monitor.detect.words.topic import Topic, compile_topic, everything, forget_lexicons
from monitor.detect.words.watch import Watch

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
