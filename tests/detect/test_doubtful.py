"""Words of a pack that may take more than was meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from monitor.config.lexicon import read_frequent, read_grammars
from monitor.config.load import load_topic
from monitor.config.topic import parse_topic
from monitor.detect.words.doubtful import Frequent, doubtful

FREQUENT = Frequent(read_frequent(), read_grammars())
SAFE = {"id": "dam", "label": "the dam", "names": {"en": ["alder dam"]}}
CONFIG = Path(__file__).parents[2] / "config" / "topics"


def notes(**parts: Any) -> dict[str, str]:
    """By the word that it is of, what is said of a pack of these parts."""
    pack = parse_topic({"title": "The dam", "subjects": [SAFE], **parts})
    return dict(text[1:].split("' ", 1) for _, text in doubtful(pack, FREQUENT))


def named(*words: str, lang: str = "en") -> dict[str, str]:
    return notes(subjects=[{"id": "dam", "label": "the dam", "names": {lang: list(words)}}])


def done(*words: str, lang: str = "en") -> dict[str, str]:
    return notes(acts={"flee": {lang: list(words)}})


@pytest.mark.parametrize(
    ("lang", "word", "takes"),
    [
        ("en", "flee*", "fleet"),
        ("en", "sign*", "significant"),
        ("es", "rendi*", "rendimiento"),
        ("ru", "исход*", "исходя"),
    ],
)
def test_a_star_that_takes_common_words_is_told_with_them(lang: str, word: str, takes: str) -> None:
    assert takes in done(word, lang=lang)[word]


@pytest.mark.parametrize(
    ("lang", "word"),
    [
        ("en", "withdr*"), ("en", "ship*"), ("en", "egypt*"), ("de", "zerstör*"), ("fr", "bloqu*"),
        ("es", "acuerd*"), ("ru", "украин*"), ("ru", "восстанов*"), ("en", "flee* .. village"),
    ],
)  # fmt: skip
def test_a_star_that_takes_forms_of_the_word_is_not(lang: str, word: str) -> None:
    assert done(word, lang=lang) == {}


def test_a_word_that_differs_by_its_accent_is_another_where_the_pack_writes_accents() -> None:
    assert "capítulo" in done("capitul*", "capituló", lang="es")["capitul*"]
    assert done("camion*", lang="es") == {}


def test_what_the_pack_names_itself_is_meant() -> None:
    assert done("flee*", "fleet", "fleets") == {}


def test_a_name_that_is_a_usual_word_is_told_and_a_phrase_of_two_is_not() -> None:
    told = named("office", "the office", "alder office", "border crossing")
    assert set(told) == {"office", "the office"}
    assert told["office"] == "is a very common word of English"


@pytest.mark.parametrize(
    ("lang", "word", "other"), [("de", "uno", "Spanish"), ("en", "dans", "French")]
)
def test_a_name_that_is_common_in_another_language_is_told(
    lang: str, word: str, other: str
) -> None:
    assert f"a common word of {other}" in named(word, lang=lang)[word]


def test_a_country_is_one_in_every_language_that_the_pack_gives_it_in() -> None:
    chile = {"id": "chile", "label": "Chile", "names": {"de": ["Chile"], "es": ["Chile"]}}
    assert notes(actors=[chile]) == {}
    assert "Russian" in named("тех", lang="ru")["тех"]


def test_short_names_are_usual_words_and_short() -> None:
    subject = SAFE | {"short": {"en": ["the office", "ad"], "ko": ["댐"]}, "company": ["dam"]}
    assert notes(subjects=[subject]) == {}


@pytest.mark.parametrize("word", ["ad", "xq", "댐"])
def test_names_of_a_letter_or_two_are_told(word: str) -> None:
    lang = "ko" if word == "댐" else "en"
    assert named(word, lang=lang)


@pytest.mark.parametrize("word", ["fle*ing", "alder *damm", "with*w .. dam"])
def test_a_star_inside_is_told_as_never_found(word: str) -> None:
    assert "is never found" in f"{word} {named(word)[word]}"


def test_a_star_at_either_end_is_none_of_these() -> None:
    assert named("*übergang", "*brücken*", "alder* dam*", "alder .. *damm", lang="de") == {}


def test_a_value_that_no_card_can_show_is_told_with_the_nearest() -> None:
    moves = [
        {"act": "open", "was": ["closed", "shut"], "to": "open"},
        {"act": "close", "was": ["opne"], "to": "closed"},
    ]
    line = {"id": "gate", "label": "Gate", "moves": moves}
    known = [{"since": "2020-01-01", "value": "shut"}]
    assert notes(card=[line | {"known": known}]) == {
        "opne": "is shown by no move, start or known (did you mean 'open'?)"
    }
    assert set(notes(card=[line])) == {"opne", "shut"}


@pytest.mark.parametrize("name", ["liaison-office", "rafah-crossing"])
def test_few_words_of_the_shipped_packs_are_told(name: str) -> None:
    assert len(list(doubtful(load_topic(CONFIG / f"{name}.yaml"), FREQUENT))) <= 1
