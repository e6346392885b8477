"""Whom an article can concern by names alone, of many topics in one pass."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from monitor.backtest import read_rows, run
from monitor.config.lexicon import read_lexicon
from monitor.config.topic import TopicPack, parse_topic
from monitor.detect.words.names import Concerned, Names
from monitor.detect.words.text import clean, fold
from monitor.detect.words.watch import Watch

STREAMS = Path(__file__).parent / "streams"
PACKS = Path(__file__).parents[2] / "config" / "topics"


def pack(**more: object) -> TopicPack:
    bridge = {"id": "bridge", "label": "the bridge", "names": {"en": ["grey bridge"]}}
    return parse_topic({"title": "A bridge", "subjects": [bridge], **more})


def short(company: list[str], **more: object) -> TopicPack:
    pier = {"id": "pier", "label": "the pier", "short": {"en": ["the pier"]}, "company": company}
    return parse_topic({"title": "A pier", "subjects": [pier], **more})


TOWN = {"id": "town", "label": "the town", "names": {"en": ["grey town"]}}
NORTH = {"id": "north", "label": "the North", "names": {"en": ["nordland"]}}


def whom(packs: dict[str, TopicPack], text: str, lang: str = "en") -> tuple[set[str], set[str]]:
    found = Names(packs, read_lexicon()).concerned([fold(text)], lang)
    return set(found.named), set(found.beside)


def test_a_name_concerns_every_topic_that_has_it_and_no_other() -> None:
    packs = {"one": pack(), "two": pack(context=[TOWN]), "three": short([])}
    assert whom(packs, "Grey Bridge is closed") == ({"one", "two"}, set())
    assert whom(packs, "Nothing of all that") == (set(), set())


@pytest.mark.parametrize(
    ("lang", "name", "texts"),
    [
        ("en", "grey-town road", ["Grey–Town Road shut", "grey town road", "Grey-Town-Road"]),
        ("en", "grey town road", ["the Grey-Town road", "Grey Town Road's end"]),
        ("fr", "aldern", ["la fin de l'Aldern", "l’Aldern", "d'Aldern"]),
        ("de", "weißbachstraße", ["Weissbachstrasse 2", "WEISSBACHSTRASSE", "Weißbachstraße"]),
        ("de", "schlossbrücke", ["Schloßbrücke", "Schlossbrucke"]),
        ("ar", "جسر الاعظمية", ["جسر الأعظمية", "بجسر الاعظميه", "جسر الأعظميّة"]),
        ("ar", "وادي سلمى", ["وادي سلمي"]),
        ("ar", "جِسر كركوك", ["جسر کرکوک"]),
        ("fr", "e\u0301tang gris", ["l'étang gris", "etang gris"]),
    ],
)  # fmt: skip
def test_a_name_is_found_however_hyphens_ss_and_arabic_letters_are_written(
    lang: str, name: str, texts: list[str]
) -> None:
    bridge = {"id": "bridge", "label": "the bridge", "names": {lang: [name]}}
    packs = {"one": parse_topic({"title": "A bridge", "subjects": [bridge]})}
    for text in texts:
        found = Names(packs, read_lexicon()).concerned([fold(clean(text))], lang)
        assert found.named == {"one"}, text


def test_a_dash_between_spaces_is_no_hyphen() -> None:
    assert whom({"one": pack()}, "Grey – bridge opens") == (set(), set())


def test_a_lookalike_concerns_its_topic_since_the_reason_speaks_of_it() -> None:
    packs = {"one": pack(exclude={"en": ["grey bridge records"]}), "two": short([])}
    assert whom(packs, "New from Grey Bridge Records") == ({"one"}, set())


def test_somebody_of_a_topics_world_is_beside_it() -> None:
    packs = {"one": pack(context=[TOWN], actors=[NORTH]), "two": pack()}
    assert whom(packs, "Grey Town votes") == (set(), {"one"})
    assert whom(packs, "Nordland votes") == (set(), {"one"})


def test_a_side_of_the_lexicon_is_of_the_world_of_topics_with_the_same_id() -> None:
    packs = {"one": pack(actors=[NORTH]), "two": pack(context=[TOWN])}
    assert whom(packs, "Pyongyang says no") == (set(), {"one"})


def test_an_act_of_a_pack_concerns_nobody_by_itself() -> None:
    assert whom({"one": pack(acts={"close": {"en": ["bolt*"]}})}, "Bolted!") == (set(), set())


@pytest.mark.parametrize(
    ("company", "text", "named"),
    [
        ([], "The pier is shut", True),
        (["town"], "The pier is shut", False),
        (["town"], "The pier of Grey Town is shut", True),
        (["town+north"], "The pier of Grey Town is shut", False),
        (["town+north"], "The pier of Grey Town is shut by Nordland", True),
        (["town+north"], "The pier of Grey Town is shut by Pyongyang", True),
        (["town-north"], "The pier of Grey Town is shut by Nordland", True),  # read, to be sure
    ],
)
def test_a_short_name_names_where_its_company_is(
    company: list[str], text: str, named: bool
) -> None:
    packs = {"one": short(company, context=[TOWN], actors=[NORTH])}
    assert whom(packs, text) == (({"one"}, set()) if named else (set(), {"one"}))


def test_short_names_and_acts_of_a_language_that_is_not_read_count_in_every_text() -> None:
    words = {"it": ["il molo"], "de": ["die mole"]}
    pier = {"id": "pier", "label": "the pier", "short": words}
    one = parse_topic({"title": "x", "subjects": [pier], "acts": {"close": {"it": ["sbarrat*"]}}})
    assert whom({"one": one}, "Il molo", lang="es")[0] == {"one"}
    assert whom({"one": one}, "Die Mole", lang="es")[0] == set()
    names = Names({"one": one}, read_lexicon())
    assert [hit.id for hit in names.hits("one", "il molo sbarrato", None)] == ["pier", "close"]


def test_a_short_name_that_counts_vouches_for_another() -> None:
    rail = {"id": "rail", "label": "rail", "short": {"en": ["the rail"]}, "company": ["pier"]}
    pier = short(["town"], context=[TOWN]).subjects[0].model_dump()
    packs = {"one": parse_topic({"title": "x", "subjects": [rail, pier], "context": [TOWN]})}
    assert whom(packs, "The rail on the pier")[0] == set()
    assert whom(packs, "The rail on the pier in Grey Town")[0] == {"one"}


def test_topics_compiled_together_share_the_lexicon_and_find_only_their_own_names() -> None:
    topics = Watch({"one": pack(), "two": pack(context=[TOWN])}, read_lexicon())
    one, two = topics["one"], topics["two"]
    assert one.vocabulary is two.vocabulary
    assert one.events is two.events
    text = fold("Grey Bridge of Grey Town reopened")
    assert {hit.id for hit in two.find(text, "en")} - {hit.id for hit in one.find(text, "en")} == {
        "town"
    }


@lru_cache
def watched() -> Watch:
    """Every shipped topic, all compiled together."""
    packs = {
        path.stem: parse_topic(YAML(typ="safe", pure=True).load(path))
        for path in sorted(PACKS.glob("*.yaml"))
    }
    return Watch(packs, read_lexicon())


def told(stream: Path) -> Iterator[tuple[str, dict[str, object]]]:
    """What they say of a stream."""
    for name, topic in watched().items():
        for row in run(read_rows(stream), topic):
            yield name, row


@pytest.mark.unmeasured  # reads all streams twice, in ways that other tests have taken
@pytest.mark.slow
@pytest.mark.parametrize("stream", sorted(STREAMS.iterdir()), ids=lambda path: path.name)
def test_reading_every_article_for_every_topic_changes_no_verdict(
    stream: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = list(told(stream / "articles.jsonl"))
    assert any(not row["relevant"] for _, row in quick)

    def everybody(*_: object) -> Concerned:
        return Concerned(frozenset(path.stem for path in PACKS.glob("*.yaml")), frozenset())

    # What is left aside may be weighed anew only where a name or a word of the topic stands, so
    # there the names are asked for more than to save time.
    monkeypatch.setattr(sys.modules["monitor.detect.about.judge"], "concerned", everybody)
    assert list(told(stream / "articles.jsonl")) == quick
