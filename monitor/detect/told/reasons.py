"""Reasons in plain words: what each rule means, how near a story is, what a push lacked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from monitor.detect.compare.claims import Difference, Guard
from monitor.detect.news.gate import ENOUGH, Novelty
from monitor.detect.story.match_story import Match
from monitor.detect.story.memory import Told
from monitor.detect.story.stories import TopicState
from monitor.detect.told.newly import day, quantity
from monitor.detect.words.gazetteer import label_of
from monitor.detect.words.topic import Topic
from monitor.models import Story

_CLEAR = "A push needs a new act, figure, person or day in the title or the first sentences."

GUARDS = {guard.rule: (guard.says, "") for guard in Guard}

# What each rule says, for people; and what would have made it a push, "" where it was one.
RULES: Mapping[str, tuple[str, str]] = MappingProxyType(
    GUARDS
    | {
        "off-topic": (
            "Nothing in it speaks of what is watched.",
            "A push needs a name of what is watched, beside what tells it from its look-alikes.",
        ),
        "passing-mention": (
            "What is watched is only mentioned, the article is about something else.",
            "A push needs the title, or most of the text, to speak of what is watched.",
        ),
        "fault": ("The program could not judge it; a person should look.", ""),
        "first-poll": (
            "It was there when its source was read for the first time.",
            "The first reading of a source pushes nothing; what comes later can.",
        ),
        "same-article": (
            "The same article came before, from another feed or under another id.",
            "A push needs another text.",
        ),
        "too-many-revisions": (
            "Its text keeps changing, like a counter or a clock.",
            "Further changes of this entry are not looked at.",
        ),
        "form-change": (
            "Many articles of its source changed in the same way at once: a matter of form.",
            "A push needs a change that this article alone has.",
        ),
        "back-and-forth": (
            "It went back to a text that it had before.",
            "A change that was told is not told again when a page swings between two texts.",
        ),
        "card-moved": ("Its title tells a deed that changes the state card.", ""),
        "likely-deed": (
            "Its title tells a deed as likely. The state card stays until it is told as done.",
            "",
        ),
        "next-hour": (
            "What recurs was tried at a later hour of the day on which it was told before.",
            "",
        ),
        "owned-to": ("The side that did it says so for the first time.", ""),
        "told-in-full": ("It is the first full report of what only flashes had told.", ""),
        "new-statement": ("It states something that nobody had stated.", ""),
        "no-story-like-it": ("No story known so far is like it.", ""),
        "somebody-new": (
            "It may be of an event that was told, but its title names what no report of it names.",
            "",
        ),
        "minor-statement": ("It adds something small.", _CLEAR),
        "copied-text": (
            "It is a copy of a text that came before.",
            "A push needs a figure, a day, a side or a contrary that the copied text has not.",
        ),
        "same-story": ("It tells of an event that was told.", "A push needs another event."),
        "same-claims": ("A report of the same day claimed all of it.", _CLEAR),
        "nothing-new": ("All that matters in it was told before.", _CLEAR),
        "retrospective": (
            "It looks back, comments or sums up.",
            "A push needs a deed or a decision of today in the title.",
        ),
        "years-later": (
            "Its title only counts the years since something.",
            "A push needs a deed of today in the title.",
        ),
        "run-again": (
            "It is an old report that runs again, nearly word for word.",
            "A push needs a figure, a day, an hour or a deed that the old report has not.",
        ),
        "full-text": (
            "The article's own page was read; its feed had shown a part.",
            "A push needs something on the page that nobody had stated.",
        ),
        "page-says-more": (
            "Its page says more than its feed did.",
            "It was pushed when its feed brought it; what its page adds is for the digest.",
        ),
        "wording-only": (
            "The edit changed the wording only.",
            "A push needs an added statement, or a figure, side or person exchanged for another.",
        ),
        "minor-addition": (
            "The edit adds little, or changes the background.",
            "A push needs two new statements, or one in the headline, about what is watched.",
        ),
        "new-fact-in-edit": ("The edit adds what nobody had stated.", ""),
        "token-exchanged": ("The edit exchanges one fact for another.", ""),
        "taken-back": ("The edit takes the report back.", ""),
    }
)


def nearness(match: Match | None) -> str:
    """The nearest story and how near it is, in a sentence; "" without one."""
    if match is None:
        return ""
    share = f"{round(100 * min(match.score, 0.995))} % likely the same event"
    if match.copied >= 0.5:
        share = f"{round(100 * match.copied)} % of the text stands there"
    held = "It belongs to the story" if match.joins else "The nearest story, another one, is"
    return f" {held} “{match.story.title}” ({share})."


def told_otherwise(difference: Difference | None, topic: Topic) -> str:
    """What the earlier reports say and what this one does, in a sentence; "" if nothing is."""
    if difference is None or difference.was == difference.now:
        return ""
    was, now = _shown(difference.was, topic), _shown(difference.now, topic)
    if was and now:
        return f" The earlier report says {was}, this one {now}."
    return f" No earlier report gives {now}, this one does." if now else ""


_ACT = re.compile(r"@(\w+)")
_PLACE = re.compile(r"[A-Z]{2}(?:$|[.~])")  # of the gazetteer
_DENIED = "not "
_ORDINALS = {"1": "st", "2": "nd", "3": "rd"}


def _shown(value: str, topic: Topic) -> str:
    """A claim as people read it: 25 persons, the 13th, 14 June 2020, the label of a side."""
    unit, mark, span = value.rpartition(":")
    if mark and not value[:2].isdigit():
        if unit != "ordinal":
            return quantity(unit, span)
        teen = span[-2:-1] == "1"
        return f"the {span}{'th' if teen else _ORDINALS.get(span[-1], 'th')}"
    if "@" in value:
        return _ACT.sub(lambda act: topic.label(act[1]), value)
    if _PLACE.match(value):
        return label_of(value)
    try:
        return day(value)
    except ValueError:
        return _named(value, topic)


def _named(value: str, topic: Topic) -> str:
    """A side, a thing or an act, done or not, by its name."""
    bare = value.removeprefix(_DENIED)
    return f"{value[: -len(bare)]}{topic.label(bare)}" if bare else value


def lacking(rule: str, novelty: Novelty, pushed: bool) -> str:
    """What would have made it a push, in a sentence; "" for what was pushed."""
    if pushed:
        return ""
    says = RULES[rule][1]
    if rule not in ("nothing-new", "minor-statement", "full-text"):
        return says
    if novelty.evidence["unchanged"]:
        return "Something goes on not happening, as was told before; a push needs it to happen."
    if novelty.push >= ENOUGH and not novelty.vouched:
        return "It states something new, but gives neither a day nor a source for it."
    if novelty.push >= ENOUGH:
        return "It states something new, but is not surely enough about the topic to interrupt."
    return f"{says} The weighed evidence reached {round(100 * novelty.push)} % of 50 % needed."


def told_by(state: TopicState, story: Story | None, key: str) -> str:
    """Who told a statement first and when it was told last, as far as is remembered."""
    known = story.memory["facts"].get(key) if story is not None else None
    told = Told(*known) if known else state.latest(key)
    if told is None or not told.outlets:
        return ""
    return f"first told by {told.outlets[0]}, last on {told.at.day} {told.at:%B %Y, %H:%M} UTC"


def meaning(rule: str) -> str:
    """What a rule says, in a sentence; of a rule of an older program its bare name."""
    return RULES.get(rule, (rule.replace("-", " "), ""))[0]
