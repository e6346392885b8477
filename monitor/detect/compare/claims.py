"""What a report claims: `Claims`, and the short strings as which a story remembers them.

`heads` reads the claims of an article, the guards compare them with those of a story's reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import lru_cache

from monitor.detect.sense.hours import Hour
from monitor.detect.sense.opposites import ActEnd, End, Said
from monitor.detect.words.deeds import contrary_of


@dataclass(frozen=True, slots=True)
class Act:
    """An act as claimed, by the side that the sentence marks as doing it, "" if it marks none."""

    act: str
    positive: bool  # done, and not left undone
    real: bool  # told as done or undone, and not as still to come
    actor: str
    ends: tuple[str, ...]  # of the axes on which it stands
    part: str  # "t" title, "s" summary, "b" body

    @property
    def title(self) -> bool:
        """The title claims it."""
        return self.part == "t"

    @property
    def word(self) -> str:
        """The act as a word for it: silence for no answer."""
        return self.act if self.positive else contrary_of(self.act) or self.act


@dataclass(slots=True)
class Claims:
    """The claims of one head, or of several together; what looks back is left out.

    A head is the title and the first three sentences; the first of these is the lead. Where the
    name of a field says neither title nor lead, it is of the whole head.
    """

    # Acts by their ids in the lexicon or the pack.
    acts: list[Act] = field(default_factory=list)  # told by title or lead
    mentioned: set[str] = field(default_factory=set)  # only spoken of, or behind the lead
    hedged: set[str] = field(default_factory=set)  # told as done, but only as likely
    events: set[str] = field(default_factory=set)  # in title or lead, and no news of the topic
    voices: set[str] = field(default_factory=set)  # "state_media|open": says that it was done
    later_ends: set[str] = field(default_factory=set)  # of axes: where acts behind the lead stand

    # Figures, days and times.
    quantities: set[str] = field(default_factory=set)  # with a unit: "person:25" (`Quantity.key`)
    bare_figures: set[str] = field(default_factory=set)  # without one
    times: set[str] = field(default_factory=set)  # "540~720": minutes since midnight
    days: set[str] = field(default_factory=set)  # to come: "2020-06-16"
    today: set[str] = field(default_factory=set)  # the day of the report, if that is named
    lead_days: set[str] = field(default_factory=set)  # to come, in title or lead
    months: set[str] = field(default_factory=set)  # named without a day, as their first day
    hours: set[Hour] = field(default_factory=set)

    # Who and what.
    actors: set[str] = field(default_factory=set)  # sides, offices and persons
    title_actors: set[str] = field(default_factory=set)  # not where they only are whither it goes
    people: set[str] = field(default_factory=set)  # who of a side is meant
    title_people: set[str] = field(default_factory=set)
    things: set[str] = field(default_factory=set)  # not those that are named as a mere reason
    title_things: set[str] = field(default_factory=set)

    # Where.
    places: set[str] = field(default_factory=set)  # of the lexicon
    spots: set[str] = field(default_factory=set)  # of the gazetteer
    lead_spots: set[str] = field(default_factory=set)  # in title or lead
    title_spots: set[str] = field(default_factory=set)

    # Of title and lead, where no lexicon of acts helps.
    ends: set[End] = field(default_factory=set)
    act_ends: set[ActEnd] = field(default_factory=set)
    denials: set[str] = field(default_factory=set)  # the parts in which something is denied: "t"
    said: set[Said] = field(default_factory=set)


class Guard(StrEnum):
    """The kinds of difference between a report and those of its story, each with what it means.

    Its rule, by which a decision names it, is "guard-figure"; `decide` says what follows from it.
    """

    says: str  # for people

    def __new__(cls, value: str, says: str) -> Guard:
        """A kind by its name."""
        guard = str.__new__(cls, value)
        guard._value_ = value
        guard.says = says
        return guard

    # Other values of the same
    FIGURE = "figure", "It repeats a known report with another figure."
    DATE = "date", "It repeats a known report with another day."
    NAME = "name", "It gives another name or figure in the words of a known report."
    WHERE = "where", "Its title tells of another place than a report that is otherwise the same."
    PLACE = "place", "It names another place in a report that is otherwise the same."
    THING = "thing", "It is about another thing in a report that is otherwise the same."
    # Who
    ACTOR = "actor", "It names another side in a report that is otherwise the same."
    PARTY = "party", "It tells the same of another party or person."
    WHO = "who", "Another of the same side says or does it."
    # Whether it is so
    NEGATION = "negation", "It says the contrary of a report that is otherwise the same."
    CONTRARY = "contrary", "It tells the opposite of what a known report told."
    DONE = "done", "What was only planned or urged before was now done."
    UNDONE = "undone", "What was told as done is only to come here."
    ABLE = "able", "It tells a deed where a known report told that one could not."
    NOT = "not", "Its title denies something, which no report of the story did."
    UNDENIED = "undenied", "It tells without a denial what a known report denied."

    @property
    def rule(self) -> str:
        """The rule of a decision that this guard made."""
        return f"guard-{self}"


@dataclass(frozen=True, slots=True)
class Difference:
    """What an article claims otherwise than the reports before it.

    `was` and `now` are what the reports and the article give, as ids or values, "" where one of
    them says nothing.
    """

    guard: Guard
    was: str = ""
    now: str = ""


_SETS = [f.name for f in fields(Claims) if f.name != "acts"]
_LETTERS = {  # which a story keeps before each id or value, by the field it is of
    "b": "mentioned", "y": "hedged", "e": "events", "v": "voices", "E": "later_ends",
    "n": "quantities", "u": "bare_figures", "c": "times",
    "d": "days", "D": "today", "F": "lead_days", "m": "months",
    "s": "actors", "S": "title_actors", "w": "people", "W": "title_people",
    "t": "things", "T": "title_things", "p": "places",
    "l": "spots", "L": "lead_spots", "k": "title_spots", "N": "denials",
}  # fmt: skip


def stored(claims: Claims) -> frozenset[str]:
    """The claims as a story keeps them: each as a string, behind the letter of its field."""
    found = {
        f"{letter}|{value}" for letter, name in _LETTERS.items() for value in getattr(claims, name)
    }
    for a in claims.acts:
        ends = ",".join(a.ends)
        found.add(f"a|{a.act}|{a.positive:d}|{a.real:d}|{a.actor}|{ends}|{a.part}")
    for h in claims.hours:
        found.add(f"h|{h.act}|{h.done:d}|{h.day}|{h.first}|{h.last}|{h.told:d}")
    found |= {f"O|{e.pair}|{e.positive:d}|{e.real:d}|{e.part}" for e in claims.ends}
    found |= {f"Q|{e.act}|{e.pair}|{e.positive:d}" for e in claims.act_ends}
    found |= {f"=|{s.part}|{s.lang}|{s.denies:d}{s.plans:d}|{s.text}" for s in claims.said}
    return frozenset(found)


def parsed(claims: Iterable[str]) -> Claims:
    """Read what `stored` wrote; a form that an older version kept is left out.

    What comes back is shared and must not be changed.
    """
    return _parsed(tuple(claims))


@lru_cache(maxsize=1024)  # the reports of the stories of the day, compared again and again
def _parsed(claims: tuple[str, ...]) -> Claims:
    found = Claims()
    for claim in sorted(claims):
        letter, _, value = claim.partition("|")
        if letter in _LETTERS:
            getattr(found, _LETTERS[letter]).add(value)
        else:
            _add(found, letter, value.split("|", 3 if letter == "=" else -1))
    return found


def _add(found: Claims, letter: str, values: list[str]) -> None:
    """One of the claims that have several values."""
    match letter, values:
        case "a", [act, positive, real, actor, ends, part]:
            standing = tuple(ends.split(",")) if ends else ()
            found.acts.append(Act(act, positive == "1", real == "1", actor, standing, part))
        case "h", [act, done, day, first, last, told]:
            found.hours.add(Hour(act, done == "1", day, int(first), int(last), told == "1"))
        case "O", [pair, positive, real, part]:
            found.ends.add(End(pair, positive == "1", real == "1", part))
        case "Q", [act, pair, positive]:
            found.act_ends.add(ActEnd(act, pair, positive == "1"))
        case "=", [part, lang, flags, text]:
            found.said.add(Said(part, lang, flags[:1] == "1", flags[1:] == "1", text))


def together(told: Iterable[Claims]) -> Claims:
    """All claims of several heads."""
    found = Claims()
    for claims in told:
        found.acts += claims.acts
        for name in _SETS:
            if more := getattr(claims, name):
                getattr(found, name).update(more)
    return found


def shared_acts(mine: Claims, told: Claims) -> Iterator[tuple[Act, list[Act], list[Act]]]:
    """Each act with all that the article, and all that the reports, claim of it."""
    for act in mine.acts:
        same = [other for other in told.acts if other.act == act.act]
        if same:
            yield act, [other for other in mine.acts if other.act == act.act], same
