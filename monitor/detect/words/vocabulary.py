"""The lexicon, compiled once for all topics: its words in one matcher, its tables by language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache

from monitor.config.lexicon import Lexicon
from monitor.detect.words.gazetteer import Gazetteer, gazetteer_of
from monitor.detect.words.match import Hit, Matcher, Word, standings
from monitor.detect.words.tongue import Tongue, tongues

_KIND_OF = {
    "acts": "act",
    "things": "thing",
    "actors": "actor",
    "places": "place",
    "modality": "mood",
    "cues": "cue",
}


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """What every topic of a lexicon looks words up in. Equal only to itself."""

    matcher: Matcher
    tongues: Mapping[str, Tongue]
    antonyms: Matcher  # opposites of no topic, looked up in the head of an article alone
    poles: Mapping[str, tuple[str, ...]]  # from an act to the ends of opposites where it stands
    gazetteer: Gazetteer

    def hits(self, folded: str, lang: str | None, events: Set[str]) -> list[Hit]:
        """The words in a folded text, also inside one another, in no order.

        Acts that are `events` are but signs of likeness: a quake or a transfer in the title of an
        article about an office is no news of the office.
        """
        return [
            Hit(start, end, "event" if kind == "act" and id_ in events else kind, id_)
            for start, end, senses in standings(self.matcher, folded, lang)
            for kind, id_ in senses
        ]


@lru_cache(maxsize=4)
def vocabulary_of(lexicon: Lexicon) -> Vocabulary:
    """A lexicon's vocabulary, one for all who ask."""
    opposites = Matcher(_opposites(lexicon))
    world = gazetteer_of(lexicon)
    return Vocabulary(Matcher(_words(lexicon)), tongues(lexicon), opposites, lexicon.poles, world)


def _opposites(lexicon: Lexicon) -> Iterator[Word]:
    for language, ends in lexicon.antonyms.items():
        for end, forms in ends.items():
            yield from (Word(form, "pole", end, language) for form in forms)


def _words(lexicon: Lexicon) -> Iterator[Word]:
    for language in lexicon.languages:
        for section, kind in _KIND_OF.items():
            words: Mapping[str, tuple[str, ...]] = getattr(language, section)
            for concept, forms in words.items():
                yield from (Word(form, kind, concept, language.language) for form in forms)
    for wire, forms in lexicon.wires.items():
        yield from (Word(form, "wire", wire) for form in forms)
