"""A topic pack and the lexicon, compiled into what the detector looks things up in."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from monitor.config.lexicon import Called, Kinds, Lexicon
from monitor.config.topic import Attribute, Subject, TopicPack
from monitor.detect.words.company import company_of
from monitor.detect.words.gazetteer import gazetteer_of
from monitor.detect.words.governments import governments
from monitor.detect.words.match import Hit, longest
from monitor.detect.words.names import Names
from monitor.detect.words.sides import Sides, sides_of
from monitor.detect.words.text import fold
from monitor.detect.words.tongue import Tongue, tongues
from monitor.detect.words.vocabulary import Vocabulary, vocabulary_of

_WORDS = 300  # of an article of usual length
_RARE = 1 / 10_000  # a term that is in fewer articles is as telling as a name


@dataclass(frozen=True, eq=False)
class Topic:
    """What is watched, ready for matching. Immutable; equal only to itself.

    Without a pack (`everything`) every article is relevant.
    """

    name: str
    title: str
    vocabulary: Vocabulary
    names: Names  # of all topics that were compiled together
    sides: Sides  # actors by their kinds
    events: frozenset[str] = frozenset()  # acts of the lexicon that are no news of this topic
    families: Mapping[str, str] = field(default_factory=dict)
    axes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kin: Mapping[str, frozenset[str]] = field(default_factory=dict)
    subjects: Mapping[str, Subject] = field(default_factory=dict)
    vouched: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # `TopicPack.vouching`
    labels: Mapping[str, str] = field(default_factory=dict)  # of the pack
    called: Called = field(default_factory=Called)  # by the lexicon
    kinds: Kinds = field(default_factory=Kinds)  # of places and things
    responsible: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    context: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()  # context that only says who of a side is meant
    governs: Mapping[str, str] = field(default_factory=dict)  # `governments`
    push: frozenset[str] = frozenset()
    card: tuple[Attribute, ...] = ()
    turning: frozenset[str] = frozenset()  # acts that can move the card
    everything: bool = False
    weights: Mapping[str, float] = field(default_factory=dict)  # of common terms; others weigh 1
    wires: Mapping[str, str] = field(default_factory=dict)  # from a folded name to the agency's id
    wire_names: Mapping[str, str] = field(
        default_factory=dict
    )  # from its id to what people call it

    @property
    def tongues(self) -> Mapping[str, Tongue]:
        """The languages of the lexicon."""
        return self.vocabulary.tongues

    def find(self, folded: str, lang: str | None) -> list[Hit]:
        """The words of the lexicon and of the pack in a folded text, as `Matcher.find`."""
        own = self.names.hits(self.name, folded, lang)
        return longest([*own, *self.vocabulary.hits(folded, lang, self.events)], folded)

    def family(self, act: str | None) -> str:
        """The family of an act; of one without, itself."""
        return self.families.get(act or "", act or "")

    def label(self, concept: str | None) -> str:
        """A concept as people call it: as the pack says, else as the lexicon does."""
        name = concept or ""
        known = self.labels.get(name) or self.called.things.get(name) or self.called.acts.get(name)
        return known or name.replace("_", " ")


def compile_topics(
    packs: Mapping[str, TopicPack], lexicon: Lexicon, names: Names
) -> dict[str, Topic]:
    """Topics from their packs, with the names of all of them; they share the lexicon's matcher.

    Cheap enough to do at each start, not for each article.
    """
    aside: dict[frozenset[str], frozenset[str]] = {}  # most topics leave the same acts aside
    topics = {}
    for name, pack in packs.items():
        events = _ids(lexicon, "acts") - _deeds(pack, lexicon)
        topics[name] = _compiled(name, pack, lexicon, names, aside.setdefault(events, events))
    return topics


def compile_topic(name: str, pack: TopicPack, lexicon: Lexicon) -> Topic:
    """One topic by itself."""
    packs = {name: pack}
    return compile_topics(packs, lexicon, Names(packs, lexicon))[name]


def _compiled(
    name: str, pack: TopicPack, lexicon: Lexicon, names: Names, events: frozenset[str]
) -> Topic:
    lexicon_actors = _ids(lexicon, "actors")
    named = {thing.id: thing.label for thing in (*pack.context, *pack.actors)}
    responsible = {actor.id for actor in pack.actors if actor.responsible}
    bystanders = {a.id for a in pack.actors if "responsible" in a.model_fields_set} - responsible
    context = frozenset(thing.id for thing in pack.context)
    return Topic(
        name=name,
        title=pack.title,
        vocabulary=vocabulary_of(lexicon),
        names=names,
        sides=sides_of(lexicon),
        events=events,
        families=lexicon.families,
        axes=lexicon.axes,
        kin=lexicon.kin,
        called=lexicon.called,
        kinds=lexicon.kinds,
        subjects={subject.id: subject for subject in pack.subjects},
        vouched=pack.vouching(),
        labels=named | {subject.id: subject.label for subject in pack.subjects},
        responsible=frozenset(
            responsible | (lexicon.kinds.responsible & lexicon_actors) - bystanders
        ),
        persons=frozenset(actor.id for actor in pack.actors if actor.id not in lexicon_actors),
        context=context,
        people=context - _company(pack),
        governs=governments(pack.context, pack.actors, tongues(lexicon)),
        push=frozenset(pack.push),
        card=pack.card,
        turning=_turning(pack),
        wires=_wires(lexicon),
        wire_names=_wire_names(lexicon),
    )


def _company(pack: TopicPack) -> set[str]:
    """The ids that vouch for the short name of a subject."""
    wanted = [company_of(want) for subject in pack.subjects for want in subject.company]
    return {name for company in wanted for name in company.needed | company.strangers}


def everything(lexicon: Lexicon, common: Mapping[str, float]) -> Topic:
    """The topic of `--no-topic`: every article is relevant, stories alone are told apart.

    `common` is the share that each common term has in all words.
    """
    return Topic(
        name="everything",
        title="Everything",
        vocabulary=vocabulary_of(lexicon),
        names=Names({}, lexicon),
        sides=sides_of(lexicon),
        families=lexicon.families,
        axes=lexicon.axes,
        kin=lexicon.kin,
        called=lexicon.called,
        kinds=lexicon.kinds,
        everything=True,
        weights={term: _weight(share) for term, share in common.items()},
        wires=_wires(lexicon),
        wire_names=_wire_names(lexicon),
    )


def _weight(share: float) -> float:
    """What a term tells of a subject, from 1 of a rare one to 0 of one that each article has."""
    held = 1.0 - math.exp(-share * _WORDS)
    return max(0.0, round(math.log(held + _RARE) / math.log(_RARE), 3))


@lru_cache(maxsize=8)
def _ids(lexicon: Lexicon, section: str) -> frozenset[str]:
    """The ids that any language of the lexicon has in a section."""
    return frozenset(id_ for language in lexicon.languages for id_ in getattr(language, section))


@lru_cache(maxsize=4)
def _wires(lexicon: Lexicon) -> Mapping[str, str]:
    return {fold(form): wire for wire, forms in lexicon.wires.items() for form in (wire, *forms)}


@lru_cache(maxsize=4)
def _wire_names(lexicon: Lexicon) -> Mapping[str, str]:
    return {wire: forms[0] for wire, forms in lexicon.wires.items()}


def forget_lexicons() -> None:
    """Keep no lexicon for topics that are compiled later; those that are need it no more."""
    for known in (vocabulary_of, tongues, gazetteer_of, sides_of, _ids, _wires, _wire_names):
        known.cache_clear()


def _deeds(pack: TopicPack, lexicon: Lexicon) -> frozenset[str]:
    """The acts that can be news of a topic: those of a family, and those that its pack names."""
    return frozenset({*lexicon.families, *pack.push, *pack.acts, *_turning(pack)})


def _turning(pack: TopicPack) -> frozenset[str]:
    return frozenset(move.act for attribute in pack.card for move in attribute.moves)
