"""The grammar files of the detector, one a language: what the words around an act say of it.

How a word is written in these files
- `name:` begins a section, `SECTIONS` says what each is for. Below it stands, indented, what may be
  found there, in lines of one or several with `|` between them. `#` begins a comment.
- Text is met in small letters, without accents and with straight quotes: über is uber.
- Lines are regular expressions: `\\w*` lets any ending follow, `(?:a |the )?` may be left out. A
  space at the beginning or the end of a line is written `[ ]`.
- `{name}` stands for all that the section of that name above has. A section whose name begins with
  `_` is there for that alone. In Korean `{ㄴ}` is any syllable that ends in that letter.
- A line of a section of `RULES` begins with what it says of the act, as `planned: `; the first line
  that fits counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from monitor.config.wordfile import lines_of, unreadable

SECTIONS: Mapping[str, str] = {
    # Before an act
    "after": "what it is that something else follows, or goes on beside: after, amid",
    "after_or_where": "the words of those that also say whither: nach Seoul",
    "units_of_time": "years, days: after three years it is done, not what comes before",
    "of": "what follows such a unit where it is counted of something",
    "while": "what else goes on, where another act was told before it",
    "although": "what is granted",
    "date_of": "when, whether and how it may come: date of the opening",
    "as_said": "as it was agreed, under a deal: what something is done after",
    "in_which": "in which it is to open: tells which one is meant",
    "in_charge_of": "what somebody is to see to",
    "deemed": "what somebody takes it for",
    "for_doing": "why something else is done, of a noun made from a verb",
    "for_having": "the same, with the verb after it",
    "had": "what was before something else",
    "that": "words behind which it is told as news after all",
    "the": "what stands before a participle that tells which thing is meant",
    "thing_before": "what stands before a noun and a participle that tells which",
    "earlier": "words that put it before what is told",
    # Forms of the act's own word
    "participle_end": "the end of a participle",
    "attribute": "a participle that tells which thing is meant, with its noun",
    "call": "the call with which a day's work begins or ends",
    # Behind an act
    "followed_by": "what makes it something that was before, is told about or goes on beside",
    "lasted": "how long it was before, or since",
    "which_one": "what makes it an attribute of the noun that follows",
    "task": "what makes it somebody's task",
    "comes_first": "what makes it a thing to be done first",
    "doing_comes_first": "the same, from the act's own word on",
    "as_agreed": "what is done by it: of an agreement",
    "was_so": "the state in which something was before",
    "had_been": "an ending that says that it was so before",
    "by": "by whom",
    "whose": "before a saying: whose saying, so that it is a noun",
    "broken_off": "before talks: that they came to nothing",
    "if_it_goes_on": "behind what goes on, if that is but a condition",
    "what_remains": "words for what goes on that mean what is left",
    # Beside a side: whether it does the act, or the act is done to it
    "done_by": "before it: by whom",
    "oblique": "before it: to, with, from",
    "article": "an article after those",
    "from_whom": "between an act and it: no answer from whom",
    "way_before": "before it: that it is where something goes or comes from",
    "way_behind": "the same behind it",
    "that_clause": "before it: that it is what somebody says of it",
    "and_then": "between it and an act: that the clause is over",
    "besides": "the same: that the main clause goes on",
    "together": "between two sides that are named in one breath",
    "marked_agent": "a particle behind it that marks it as acting",
    "agent_of_a_clause": "what marks it as acting in another clause",
    "passive": "a form of the act's word",
    "agent_of_passive": "a particle behind who does what is told in that form",
    "marked_object": "a particle behind it that marks it as no actor",
    "object_before": "before it: the same",
    "no_side_behind": "behind a compass point: that no side is meant but the world: north atlantic",
    # Beside the name of what is watched
    "place_or_way": "before it: where or by what something is done",
    "place_or_way_behind": "the same behind it",
    "known_matter": "how a sentence begins that speaks of what was known from before",
    "pronoun": "words that stand for such a matter",
    "relative": "words that say that the name is in a clause of its own",
    # How sure an act is
    "seems_done": "before an act: that it was done, as it seems",
    "seems": "the same, where the perfect stands behind it",
    "perfect_behind": "that perfect",
    "likely_before": "before an act: that it is only likely, or hearsay",
    "likely_before_past": "the same, before a form of the past",
    "past": "such a form",
    "likely_behind": "behind an act: that it is only likely, or hearsay",
    "past_behind": "behind its stem or word: a form of the past",
    "awaited_before": "before a noun for an act: that it is expected, imminent or possible",
    "awaited_behind": "the same behind it, and behind what it is of",
    "awaited_at_once_behind": "the same, only at once behind it",
    "unable": "before an act: that somebody could not do it",
    "failed": "the same behind it",
    "could_not": "anywhere in a sentence: that somebody could not, whatever it was",
    "in_doubt": "behind an act: that it is in doubt, hard to do or came to nothing",
    "in_doubt_before": "the same before it",
    "too": "a particle of what may follow as well",
    # What a headline says of how things go on
    "as_before": "all is as it was",
    "again": "it was not so for a while",
    "lasting": "for how long something has gone on: for a third week",
    "counted_from": "behind an act: how long ago it was",
    "time_on": "the same at the end of a sentence",
    # Beside a date
    "since": "before it: that it says for how long, and not when: since",
    "since_behind": "the same behind it",
    "from_then": "before it: that it is from then on, or since then",
    "from_then_behind": "the same behind it",
    "gone_by": "before it: that it is past: last October",
    "gone_by_behind": "the same behind it",
    "until_behind": "behind it: that it is until then, or done by then",
    "last": "before a weekday: that it is the last one",
    "next": "the same: that it is the next one",
    "next_week": "the week to come",
    "morning": "what looks like tomorrow, with what makes it the morning",
    "next_month": "before a day: that it is of the next month",
    "last_month": "the same: of the last one",
    "this_month": "the same: of this one",
    "of_next_month": "behind a day: that it is of the next month",
    "counts_days": "behind a number and day: that it says how many days",
    "counts_days_before": "the same before it",
    "month_or_word": "months that are other words too",
    "before_month": "before such a word: that it is the month",
    "no_year": "behind four figures: that they are no year, but count something",
    "no_year_before": "the same before them",
    "year_joined_to": "what may be written in one with a year, before it",
    "year_end": "the same behind it",
    "to_year": "between two years: from the one to the other",
    # Beside a number
    "to_number": "between two numbers: from the one to the other, or either of them",
    "hyphened_to": "what a hyphen joins to a number that is no name with it",
    "oclock": "behind it: that it is an hour",
    "minutes_after": "before it: the hour whose minutes it tells",
    "number_of": "before it: that it is the number of something: No. 2",
    "ranked": "the same: that it tells a rank",
    "name_with_number": "the same: a name that it is part of",
    "decade": "behind it: that it tells a decade, a century or a year",
    "ordinal_end": "behind it: that it is an ordinal",
    "no_ordinal": "behind a word for an ordinal: that nothing is counted: a third of",
    "parts": "behind it: that it is the lower part of a fraction",
    "tens_and": "between tens and ones",
    "and_months": "between years and months",
    "no_length": "between it and a unit of time: that it does not count it: 20 next year",
    "how_often": "behind what is counted: that it is so often",
    "and_some": "behind it: that it is some more",
    "of_that_order": "a scale behind which it is something of that order",
    "at_least": "before it: that it is at least that",
    "at_least_behind": "the same behind it",
    "at_most": "before it: that it is at most that",
    "at_most_behind": "the same behind it",
    # Beside an hour
    "ahead_of": "before it: that what is told was ahead of it, or due by it",
    "ahead_of_behind": "the same behind it",
    # What a Japanese or Chinese sentence is only about
    "put_off_behind": "what puts an act off, behind it",
    "put_off_before": "the same before it",
    "reacted_to": "behind an act: that the rest is a reaction to it",
    "called_for": "behind an act: a call that is made for it",
    "convicted_for": "in another clause: that somebody is convicted",
    "given_cause": "before an act: over it",
    "owed": "behind an act: what is said or owed over it",
    "on_topic": "before an act: as to it",
    "because_of": "the same: because of it",
    # Titles
    "explains": "how a clause begins that says what a text will explain",
    "explains_at_end": "how it ends",
    "explains_anywhere": "words of it",
    # What form and clause of an act say, in languages with spaces
    "infinitive": "the form that tells no deed",
    "infinitive_after": "what makes a form an infinitive",
    "future": "a form that is to come",
    "perfect": "before a form that makes it a deed",
    "participle": "the form of what is wanted done",
    "wanted": "before that: that somebody wants it",
    "noun_end": "the end of a noun for an act",
    "noun_of": "such a noun with what it is of",
    "noun": "nouns for acts that their end does not tell",
    "noun_before": "what stands only before a noun",
    "noun_prefix": "what may be written together with one",
    "carried_out": "before a noun for an act: that it was done",
    "asks_how": "how a question begins that takes the act as given",
    "whether_behind": "what asks whether, behind the act",
    "apart": "between a saying and a noun: that the one does not govern the other",
    "to_do": "between a refusal and what is refused",
    "soon_after": "the moods of the lexicon that mean soon",
    "purpose": "before an act: what for",
    "at_once": "the words of a demand, in quotes",
    "no_such": "before an act: none of it was done",
    "none_of_it": "the same behind it",
    "parted_not": "a verb and its particle with a negation between",
    # The same, in any language
    "has_done": "before an act: it was done",
    "to_be_done": "an ending that says that it is yet to be done",
    "order_before": "before an order: that it was why",
    "order_behind": "the same behind it",
    "as_noun": "a particle that makes the act's word a noun",
    "clause_end": "an ending with which a clause ends",
    "no_negation": "words that only look like a negation",
    "not_held": "behind a noun for an act: that it did not come about",
    "not_before": "before an act: that it was not done",
    "is_so": "words that end a condition",
    # Of Korean and Japanese, behind the stem of an act's word, or behind the word
    "to_its_ending": "what may stand between the stem and the ending",
    "to_what_governs_it": "what may stand between the word and what governs it",
    "kept_or_broken": "what becomes of an agreement that there is",
    "asked_for": "a particle with which a phrase that asks for something ends",
    "either": "this or that",
    "without_a_verb": "where a phrase ends with a noun for an act",
    "then": "before an act: a condition, or an hour, from which it is to be",
    "this_day": "before an act: the day of today",
    "soon": "before an act: soon",
    "present": "the present tense",
    "joined_to_next": "joins the act to one that follows, whose ending is its own too",
    "beside_next": "what may stand between the act and one that it is but a part of",
    # Of Chinese
    "asks": "words for whether, when, why in its clause",
    "asks_behind": "the end of a question, behind the act",
    "on_condition": "a condition that the act is in",
    "rumour": "reports and rumours, behind the act",
    "is_not_true": "behind those: that they are not true",
    "denies": "before the act: that somebody denies",
    "no_hope": "behind the act: that it came to nothing",
    "as_a_threat": "behind the act: that somebody threatens with it",
    "do_not": "before the act: that it be not done",
    "on_orders": "orders that were why it was done",
    "comes_to_terms": "behind the act: that it was agreed upon",
    "on_a_matter": "before it: that it is what talks were about",
    "soon_behind": "behind the act: that it is soon to come",
    "takes_object": "what puts a thing first, to which something is done",
    "verb_at_end": "how a verb ends its clause",
    "reacts": "a word about what was done, and no answer to anybody",
    # What the head of a report claims
    "talks": "nouns for talks, which do not say that they were held",
    "held_before": "shortly before such a noun: that they were",
    "held_behind": "shortly behind it: the same",
    "took_place": "behind it in its clause: the same",
    "for_its_sake": "behind a thing: that it is but the reason for what is told",
    "for_its_sake_before": "the same before it",
    # What else a title says beside a deed
    "but": "between a deed and what takes it back",
    "inquired": "before a silence: that something was asked, to which nobody answered",
    "tried": "behind a deed: that it was only tried",
    "office": "how the name of an office goes on: what stands before it is part of it",
    # Beside a number of years in a title
    "no_age": "behind it: that something is done at last, or is to come",
    "within": "before it: the same",
    "years_ago": "how a title begins that tells of a day of years ago",
    "on_this_day": "behind that: today",
    # Beside the name of a place, or of what is watched
    "at": "before a place: that something was there",
    "at_behind": "the same behind it",
    "its_place": "between a name and a place behind it: that it is the one of that place",
    "its_place_before": "the same between a place and a name behind it",
    "unsaid": "before a name: that nothing was said of it",
    "unsaid_behind": "the same behind it",
    "as_asked": "between those: that it is told what about it was not said",
    "of_it": "behind a name: that something of it is meant",
    # The names of places, and of who governs them
    "place_tail": "what may follow the name of a place in its word",
    "case_end": "an ending of a case, which the name of a place may have",
    "other_case": "the end of a country's name in a case in which it acts for nobody",
    "proclitic": "what is written together with a name, before it",
    "region": "how a word ends that is the name of a region, though no file knows it",
    "no_place_behind": "behind the name of a place: that it is but part of another name",
    "in_capital": "before a capital: that the city is meant, and no government",
    "in_capital_behind": "the same behind it",
    "government": "words in the name of a side: that it governs what else the name tells",
    # The marks of an edition, and names that reports in the same words give
    "edition": "between brackets behind a headline: which edition of a report it is",
    "particle": "the end of a word that is left out where reports are laid side by side",
    "place_kind": "with what the name of a place ends, and of what kind of place it is",
    # What a star at the end of a word may take, as `monitor check` asks
    "form_end": "an ending of a form of the same word, or of its nearest kin",
    "no_form_end": "an ending that only looks like one, with what it must stand behind",
    # Single letters, endings and particles beside an act or a side
    "to_where": "a particle that says whither, and that something is planned",
    "from_where": "before it: that it says whither after all",
    "with_to": "the beginning of an infinitive that is written with its particle",
    "gerund_end": "the end of a noun made from a verb",
    "past_end": "the end of a form of the past that joins on to another",
    "owner": "at the end of a side's name: that what follows is its",
    "located_before": "before a side: that something is or happens at its place",
    "passive_before": "before an act: that it is done to whom is named before",
    "made_to": "an act's own word: that whom is named before made somebody do it",
    "suffered": "before an act or in its word: that it was suffered",
    "reached": "behind a matter: that it came to something, which is told",
    "no_side": "the name of a side that is none in small letters",
    "in_month": "between the figure of a day and its month",
    # Beside an agency
    "quoted_from": "before it: that it is quoted",
    "quoted_from_behind": "the same behind it",
}
RULES: Mapping[str, str] = {  # sections whose lines say whether an act was done
    "ending": "the endings of an act's word",
    "governed": "the words that govern an act, behind it",
    "in_its_clause": "the words before an act in its clause, up to it",
}
_SAYS = frozenset({"done", "named", "settled", "today", "planned", "wished", "ordered", "denied"})
_SAYS |= {"threatened"}
_HEAD = re.compile(r"(\w+):\s*(?:#.*)?")
_RULE = re.compile(r"(\w+): (.*)")
_COMMENT = re.compile(r"(?:^|\s{2,})#\s.*$|^\s*#$")
_NAME = re.compile(r"\{([_a-z]\w*)\}")
_LETTER = re.compile(r"\{([ㄱ-ㅎ])\}")
_FINALS = {"ㄴ": 4, "ㄹ": 8, "ㅆ": 20}  # where their syllables stand in each block of 28


class Rule(NamedTuple):
    """An expression of a section, and what it says of the act where the section is of `RULES`."""

    pattern: str
    says: str = ""


Grammar = Mapping[str, tuple[Rule, ...]]


def filled(pattern: str, sections: Grammar) -> str:
    """An expression with the sections that it names in its place; one that is not there, or is
    empty, never fits. KeyError for a name that no language has.
    """

    def words(match: re.Match[str]) -> str:
        name = match[1]
        if name not in SECTIONS and name not in RULES and name not in sections:
            raise KeyError(name)
        return f"(?:{'|'.join(rule.pattern for rule in sections.get(name, ())) or '(?!)'})"

    return _NAME.sub(words, pattern)


def compiled(frame: str, sections: Grammar) -> re.Pattern[str]:
    """A frame with the sections that it names in its place, ready for use."""
    return re.compile(_LETTER.sub(lambda letter: _final(letter[1]), filled(frame, sections)))


def _final(letter: str) -> str:
    """The syllables of Hangul that end in one consonant, as a class of an expression."""
    place = _FINALS[letter]
    return "[" + "".join(chr(c) for c in range(0xAC00, 0xD7A4) if (c - 0xAC00) % 28 == place) + "]"


def read_grammar(path: Path) -> dict[str, tuple[Rule, ...]]:
    """One grammar file. ConfigError names file and line of what cannot be read."""
    found: dict[str, tuple[Rule, ...]] = {}
    name = ""
    for number, line in lines_of(path, "a grammar"):
        written = _COMMENT.sub("", line).rstrip()
        if not written:
            continue
        try:
            if written[0] != " ":
                name = _section(written, found)
                found[name] = ()
            elif not name:
                raise ValueError("it belongs to no section")
            else:
                found[name] += (_rule(written.strip(), name, found),)
        except (ValueError, KeyError, re.error) as error:
            raise unreadable(f"{path}:{number}", "a grammar", error) from error
    return found


def _section(line: str, found: Grammar) -> str:
    head = _HEAD.fullmatch(line)
    if head is None:
        raise ValueError("neither the name of a section nor an indented line")
    if head[1] in found:
        raise ValueError(f"{head[1]!r} stands here twice")
    if head[1] not in SECTIONS and head[1] not in RULES and head[1][0] != "_":
        raise ValueError(f"no section is called {head[1]!r}")
    return head[1]


def _rule(line: str, section: str, found: Grammar) -> Rule:
    says = ""
    if section in RULES:
        parts = _RULE.fullmatch(line)
        if parts is None or parts[1] not in _SAYS:
            raise ValueError(f"it begins with none of {', '.join(sorted(_SAYS))}")
        says, line = parts.groups()
    pattern = filled(line, found)
    if unknown := set(_LETTER.findall(pattern)) - _FINALS.keys():
        raise ValueError(f"of {', '.join(sorted(unknown))} it is not known where its syllables are")
    re.compile(_LETTER.sub(".", pattern))  # the classes of syllables are dear
    return Rule(pattern, says)
