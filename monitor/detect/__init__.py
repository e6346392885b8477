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
`weights` are the models' arithmetic and figures. `lexicon/` has the words of nine languages, and in
`lexicon/grammar` what stands around an act; `lexicon/kinds.yaml` says who is a side.

What passes from room to room:

    Topic       a pack with the lexicon, compiled: what is watched                 words.topic
    Tongue      a language: its words and grammar, compiled                        words.tongue
    Reading     an article as sentences, each with the words found in it (`Hit`)   words.reading
    Fact        one act, or one quantity, of a sentence: who, whether, when        models
    key         a statement as a short string, "a:open+": known again anywhere     sense.keys
    Claims      what the head of a report claims, to be held against another       compare.claims
    Guard       the kind of difference between such claims: another figure ...     compare.claims
    Features    an article as weighted terms, by which its story is found          story.vectors
    TopicState  the open stories of a topic, and its state card                    story.stories
    Match       a story, and how near an article is to it; what a guard found      story.match_story
    Case        all that one decision looks at                                     outcome
    Novelty     which keys nobody told, and what that is worth                     news.gate
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
