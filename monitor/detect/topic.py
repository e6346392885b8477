"""A topic pack and the lexicon, compiled into what the detector looks things up in."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from monitor.config.lexicon import Lexicon
from monitor.config.topic import Attribute, Subject, TopicPack
from monitor.detect.match import Matcher, Word
from monitor.detect.text import fold
from monitor.detect.tongue import Tongue, tongues

_WORDS = 300  # of an article of usual length
_RARE = 1 / 300  # a term that is in fewer articles is as telling as a name
LEXICON_KINDS = ("acts", "things", "actors", "places", "modality", "cues", "contrasts")
KIND_OF = {
    "acts": "act",
    "things": "thing",
    "actors": "actor",
    "places": "place",
    "modality": "mood",
    "cues": "cue",
    "contrasts": "contrast",
}
_SIDES = frozenset({"north", "south", "ministry", "presidency", "foreign_ministry", "us", "un"})


@dataclass(frozen=True, eq=False)
class Topic:
    """What is watched, ready for matching. Immutable; equal only to itself.

    Without a pack (`everything`) every article is relevant.
    """

    name: str
    title: str
    matcher: Matcher
    tongues: Mapping[str, Tongue]
    families: Mapping[str, str] = field(default_factory=dict)
    axes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kin: Mapping[str, frozenset[str]] = field(default_factory=dict)
    subjects: Mapping[str, Subject] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    responsible: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()  # context that only says who of a side is meant
    push: frozenset[str] = frozenset()
    card: tuple[Attribute, ...] = ()
    everything: bool = False
    weights: Mapping[str, float] = field(default_factory=dict)  # of common terms; others weigh 1
    wires: Mapping[str, str] = field(default_factory=dict)  # from a folded name to the agency's id
    wire_names: Mapping[str, str] = field(
        default_factory=dict
    )  # from its id to what people call it

    def label(self, concept: str | None) -> str:
        """A concept as people call it."""
        return self.labels.get(concept or "", (concept or "").replace("_", " "))


def compile_topic(name: str, pack: TopicPack, lexicon: Lexicon) -> Topic:
    """A topic from its pack; cheap enough to do at each start, not for each article."""
    named = {thing.id: thing.label for thing in (*pack.context, *pack.actors)}
    responsible = {actor.id for actor in pack.actors if actor.responsible}
    lexicon_actors = {actor for language in lexicon.languages for actor in language.actors}
    return Topic(
        name=name,
        title=pack.title,
        matcher=Matcher(_words(pack, lexicon)),
        tongues=tongues(lexicon),
        families=lexicon.families,
        axes=lexicon.axes,
        kin=lexicon.kin,
        subjects={subject.id: subject for subject in pack.subjects},
        labels=named | {subject.id: subject.label for subject in pack.subjects},
        responsible=frozenset(responsible | (_SIDES & lexicon_actors)),
        persons=frozenset(actor.id for actor in pack.actors if actor.id not in lexicon_actors),
        people=frozenset(thing.id for thing in pack.context) - _company(pack),
        push=frozenset(pack.push),
        card=pack.card,
        wires=_wires(lexicon),
        wire_names=_wire_names(lexicon),
    )


def _company(pack: TopicPack) -> set[str]:
    """The ids that vouch for the short name of a subject."""
    wanted = [want for subject in pack.subjects for want in subject.company]
    return {name for want in wanted for part in want.split("-") for name in part.split("+")}


def everything(lexicon: Lexicon) -> Topic:
    """The topic of `--no-topic`: every article is relevant, stories alone are told apart."""
    return Topic(
        name="everything",
        title="Everything",
        matcher=Matcher([*_lexicon_words(lexicon), *_wire_words(lexicon)]),
        tongues=tongues(lexicon),
        families=lexicon.families,
        axes=lexicon.axes,
        kin=lexicon.kin,
        everything=True,
        weights={term: _weight(share) for term, share in lexicon.common.items()},
        wires=_wires(lexicon),
        wire_names=_wire_names(lexicon),
    )


def _weight(share: float) -> float:
    """What a term tells of a subject, from 1 of a rare one to 0 of one that each article has."""
    held = 1.0 - math.exp(-share * _WORDS)
    return max(0.0, round(math.log(held + _RARE) / math.log(_RARE), 3))


def _wires(lexicon: Lexicon) -> dict[str, str]:
    return {fold(form): wire for wire, forms in lexicon.wires.items() for form in (wire, *forms)}


def _wire_names(lexicon: Lexicon) -> dict[str, str]:
    return {wire: forms[0] for wire, forms in lexicon.wires.items()}


def _words(pack: TopicPack, lexicon: Lexicon) -> Iterator[Word]:
    yield from _lexicon_words(lexicon, _deeds(pack, lexicon))
    yield from _wire_words(lexicon)
    yield from _pack_words(pack)


def _deeds(pack: TopicPack, lexicon: Lexicon) -> frozenset[str]:
    """The acts that can be news of a topic: those of a family, and those that its pack names."""
    moving = {move.act for attribute in pack.card for move in attribute.moves}
    return frozenset({*lexicon.families, *pack.push, *pack.acts, *moving})


def _lexicon_words(lexicon: Lexicon, deeds: frozenset[str] | None = None) -> Iterator[Word]:
    """Every word of the lexicon. Acts that are no `deeds` here are but signs of likeness: a quake
    or a transfer in the title of an article about an office is no news of the office.
    """
    for language in lexicon.languages:
        for kind in LEXICON_KINDS:
            words: Mapping[str, tuple[str, ...]] = getattr(language, kind)
            for concept, forms in words.items():
                aside = kind == "acts" and deeds is not None and concept not in deeds
                for form in forms:
                    meant = "event" if aside else KIND_OF[kind]
                    yield Word(form, meant, concept, language.language)


def _wire_words(lexicon: Lexicon) -> Iterator[Word]:
    for wire, forms in lexicon.wires.items():
        yield from (Word(form, "wire", wire) for form in forms)


def _pack_words(pack: TopicPack) -> Iterator[Word]:
    for subject in pack.subjects:
        for kind, names in (("subject", subject.names), ("short", subject.short)):
            yield from _named(kind, subject.id, names)
    for thing in pack.context:
        yield from _named("context", thing.id, thing.names)
    for thing in pack.actors:
        yield from _named("actor", thing.id, thing.names)
    yield from _named("exclude", "exclude", pack.exclude)
    for act, names in pack.acts.items():
        for lang, forms in names.items():
            yield from (Word(form, "act", act, lang) for form in forms)


def _named(kind: str, concept: str, names: Mapping[str, tuple[str, ...]]) -> Iterator[Word]:
    """Names count in every language; short names only in the language they are given in."""
    for lang, forms in names.items():
        for form in forms:
            yield Word(form, kind, concept, lang if kind == "short" else None)
