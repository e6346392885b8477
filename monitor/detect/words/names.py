"""The names that topic packs give, of all topics in one matcher: one pass says who is meant.

What an article can concern is decided here by names alone, without reading it. The promise, held by
a test over every stream: a topic that is neither `named` nor `beside` would have judged the article
off topic for naming nothing, and taken it along with no story.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache

from monitor.config.lexicon import Lexicon
from monitor.config.topic import TopicPack
from monitor.detect.words.company import company_of
from monitor.detect.words.match import Hit, Matcher, Word, standings
from monitor.detect.words.text import clean, fold

_HYPHEN = re.compile(r"(?<=[\w*])-(?=[\w*])")
_ALIKE = str.maketrans("ةىیک", "هييك")
_SPOKEN_OF = frozenset({"subject", "exclude"})  # the judgement speaks of them wherever they stand
_KEEPS_COMPANY = frozenset({"subject", "context", "actor"})


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whom an article can concern, by their names."""

    named: frozenset[str]  # it may name or describe what is watched, or name a look-alike
    beside: frozenset[str]  # it names only somebody or something of the topic's world


@dataclass(slots=True)
class _Name:
    """What one written form means to each topic that has it."""

    meant: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # topic → (kind, id)
    concept: str = ""  # of the lexicon, where a topic has an id of its own for the same
    watched_by: frozenset[str] = frozenset()  # the topics to whose world that side belongs


class Names:
    """The names of several topics."""

    def __init__(self, packs: Mapping[str, TopicPack], lexicon: Lexicon) -> None:
        self._names: dict[tuple[str, str | None, str], _Name] = {}
        self._company = {name: _companies(pack) for name, pack in packs.items()}
        for topic, pack in packs.items():
            for word in _words(pack, {language.language for language in lexicon.languages}):
                name = self._names.setdefault((word.text, word.lang, ""), _Name())
                name.meant.setdefault(topic, []).append((word.kind, word.id))
        self._add_lexicon(_owners(packs), lexicon)
        self._all = list(self._names.values())
        self._matcher = Matcher(
            Word(_even(fold(clean(text))), "name", str(index), lang)
            for index, (text, lang, _) in enumerate(self._names)
        )

    def _add_lexicon(self, owners: Mapping[str, frozenset[str]], lexicon: Lexicon) -> None:
        """Sides and places of the lexicon count for the topics that have the same ids."""
        for language in lexicon.languages:
            for kind, words in (("actor", language.actors), ("place", language.places)):
                for concept in words.keys() & owners.keys():
                    world = owners[concept] if kind == "actor" else frozenset()
                    for form in words[concept]:
                        key = (form, language.language, concept)
                        self._names[key] = _Name(concept=concept, watched_by=world)

    def hits(self, topic: str, folded: str, lang: str | None) -> list[Hit]:
        """The names of one topic in a folded text, also inside one another, in no order."""
        return [
            Hit(start, end, kind, id_)
            for name, start, end in self._found(folded, lang)
            for kind, id_ in name.meant.get(topic, ())
        ]

    def concerned(self, texts: Iterable[str], lang: str | None) -> Concerned:
        """Whom an article of these folded texts can concern."""
        named: set[str] = set()
        beside: set[str] = set()
        short: set[str] = set()
        found = {id(name): name for text in texts for name, _, _ in self._found(text, lang)}
        for name in found.values():
            beside |= name.watched_by
            for topic, meant in name.meant.items():
                for kind, _ in meant:
                    if kind in _SPOKEN_OF:
                        named.add(topic)
                    elif kind == "short":
                        short.add(topic)
                    elif kind != "act":
                        beside.add(topic)
        concepts = {name.concept for name in found.values()}
        for topic in short - named:
            meant = [m for name in found.values() for m in name.meant.get(topic, ())]
            (named if self._in_company(topic, meant, concepts) else beside).add(topic)
        return Concerned(frozenset(named), frozenset(beside - named))

    def _in_company(
        self, topic: str, meant: list[tuple[str, str]], concepts: Iterable[str]
    ) -> bool:
        """Whether a short name may count: its company stands somewhere, by whatever name."""
        company = {id_ for kind, id_ in meant if kind in _KEEPS_COMPANY}.union(concepts)
        shorts = {id_ for kind, id_ in meant if kind == "short"}
        wanted = self._company[topic]
        for _ in range(2):  # as in the reading: one that counts may vouch for another
            company |= {n for n in shorts if any(need <= company for need in wanted[n])}
        return not shorts.isdisjoint(company)

    def _found(self, folded: str, lang: str | None) -> Iterator[tuple[_Name, int, int]]:
        for place in standings(self._matcher, _even(folded), lang):
            for sense in place.senses:
                yield self._all[int(sense.id)], place.start, place.end


def _owners(packs: Mapping[str, TopicPack]) -> dict[str, frozenset[str]]:
    """The topics that have an id."""
    owners: dict[str, set[str]] = defaultdict(set)
    for topic, pack in packs.items():
        things = (*pack.context, *pack.actors)
        for id_ in (*(subject.id for subject in pack.subjects), *(thing.id for thing in things)):
            owners[id_].add(topic)
    return {id_: frozenset(topics) for id_, topics in owners.items()}


def _companies(pack: TopicPack) -> dict[str, tuple[frozenset[str], ...]]:
    """For each subject, the sets of ids of which one vouches for its short names, or for what they
    describe.
    """
    described = pack.vouching()
    return {
        subject.id: tuple(
            company_of(wanted).needed
            for wanted in dict.fromkeys((*subject.company, *described[subject.id]))
        )
        or (frozenset(),)
        for subject in pack.subjects
    }


def _words(pack: TopicPack, read: Set[str]) -> Iterator[Word]:
    """Names count in every language; short names and acts only in the one they are given in, if it
    is one of those `read`: of which other language a text is is not known.
    """
    everywhere = [("exclude", "exclude", pack.exclude)]
    everywhere += [("subject", subject.id, subject.names) for subject in pack.subjects]
    everywhere += [("context", thing.id, thing.names) for thing in pack.context]
    everywhere += [("actor", thing.id, thing.names) for thing in pack.actors]
    own = [("short", subject.id, subject.short) for subject in pack.subjects]
    own += [("act", act, forms) for act, forms in pack.acts.items()]
    for kinds, bound in ((everywhere, False), (own, True)):
        for kind, concept, names in kinds:
            for lang, forms in names.items():
                in_it = lang if bound and lang in read else None
                for form in forms:
                    yield from (Word(each, kind, concept, in_it) for each in _spelled(form, lang))


def _spelled(form: str, lang: str) -> Iterator[str]:
    """A written form, and as it is written without ß or with it."""
    yield form
    if "ß" in form:
        yield form.replace("ß", "ss")
    elif lang == "de" and "ss" in form:
        yield form.replace("ss", "ß")


@lru_cache(maxsize=16)  # every topic that an article concerns asks
def _even(folded: str) -> str:
    """A folded text with names as all write them, each character at its place: a hyphen inside a
    name is a space, and Arabic letters that are written for one another are one.
    """
    return _HYPHEN.sub(" ", folded).translate(_ALIKE)
