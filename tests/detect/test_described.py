"""What is watched, told by a plain word beside its place or its sides."""

from __future__ import annotations

import pytest

from monitor.config.lexicon import read_lexicon
from monitor.config.topic import TopicPack, parse_topic
from monitor.detect import Topic, compile_topic
from monitor.detect.about.described import described, strangers
from monitor.detect.words.reading import read
from tests.detect.examples import article

TOWN = {"id": "town", "label": "the town", "names": {"en": ["grey town"]}}
SEA = {"id": "sea", "label": "the sea", "names": {"en": ["the sea"]}}
PIER = {"id": "pier", "label": "the pier", "short": {"en": ["pier"]}, "company": ["town-sea"]}
RAIL = {"id": "rail", "label": "the rail", "short": {"en": ["railing"]}, "company": ["pier"]}


def pack() -> TopicPack:
    return parse_topic({"title": "A pier", "subjects": [PIER, RAIL], "context": [TOWN, SEA]})


def pier() -> Topic:
    return compile_topic("pier", pack(), read_lexicon())


def told(title: str, body: str = "") -> list[str]:
    reading = read(article(title, body, lang="en"), pier())
    return [sentence.text.strip() for sentence in described(reading, pier())]


def test_a_part_may_keep_the_company_of_its_whole() -> None:
    assert pack().vouching() == {"pier": ("town-sea",), "rail": ("town-sea",)}
    assert strangers(pack().vouching()) == {"sea"}


def test_a_plain_word_beside_the_place_describes_what_is_watched() -> None:
    assert told("New railing for Grey Town") == ["new railing for grey town"]


def test_the_place_may_stand_in_the_sentence_beside() -> None:
    body = "Grey Town is proud. It has a new railing. It cost a fortune. Nobody minds."
    assert told("A day out", body) == ["it has a new railing."]


@pytest.mark.parametrize(
    "body",
    [
        "It has a new railing. Nobody minds. It is sunny. Grey Town is far.",
        "A railing of Grey Town was washed up by the sea.",
        "Grey Town votes.",
    ],
)
def test_it_does_not_far_off_nor_beside_what_tells_of_another_thing(body: str) -> None:
    assert told("A day out", body) == []
