"""A pack of a user's own: a country's dam, where headlines give the country for its government."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

import pytest

from monitor.config.lexicon import read_lexicon
from monitor.config.topic import Thing, parse_topic
from monitor.detect import Topic, TopicState, compile_topic
from monitor.detect.news.gate import novelty_of
from monitor.detect.news.moving import moves_told
from monitor.detect.sense.facts import facts_of
from monitor.detect.story.turns import looks_back
from monitor.detect.words.governments import governments
from monitor.detect.words.reading import read
from monitor.detect.words.tongue import tongues
from tests.detect.examples import START, article

PERU = {"en": ("peru", "peruvian*"), "ru": ("перу",), "ja": ("ペルー",)}
DAM = {
    "title": "Alder dam",
    "subjects": [
        {
            "id": "dam",
            "label": "the Alder dam",
            "names": {
                "en": ["alder dam"],
                "fr": ["barrage d'alder"],
                "de": ["alder-staudamm*"],
                "es": ["presa de alder"],
                "ru": ["плотин* альдер"],
                "ja": ["アルダーダム"],
                "zh": ["阿尔德大坝"],
                "ko": ["알더댐"],
            },
        }
    ],
    "context": [
        {
            "id": "norway",
            "label": "Norway",
            "names": {
                "en": ["norway", "norwegian*"],
                "fr": ["norvege"],
                "de": ["norwegen*"],
                "es": ["noruega"],
                "ru": ["норвеги*"],
                "ja": ["ノルウェー"],
                "zh": ["挪威"],
                "ko": ["노르웨이"],
            },
        }
    ],
    "actors": [
        {"id": "state", "label": "the government", "names": {"en": ["norwegian government"]}},
        {"id": "firm", "label": "Brightwater", "names": {"en": ["brightwater", "brightwater's"]}},
        {"id": "assembly", "label": "parliament", "names": {"ru": ["стортинг"]}},
    ],
    "acts": {"cancel": {"en": ["revok*"], "ko": ["취소"], "ru": ["отозва*"]}},
    "push": ["cancel", "restore"],
    "card": [
        {
            "id": "licence",
            "label": "Licence",
            "start": "in force",
            "moves": [
                {"act": "cancel", "actor": "state", "to": "revoked"},
                {"act": "restore", "to": "in force"},
            ],
        }
    ],
}


@lru_cache
def dam() -> Topic:
    return compile_topic("dam", parse_topic(DAM), read_lexicon())


def who(title: str, lang: str) -> list[str | None]:
    reading = read(article(title, lang=lang, at=START + timedelta(days=1)), dam())
    assert reading.title is not None
    return [f.actor for _, f in facts_of(reading.title, reading, dam()) if f.number is None]


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Norway revokes Brightwater's licence for the Alder dam"),
        ("fr", "La Norvège annule le permis de Brightwater pour le barrage d'Alder"),
        ("de", "Norwegen stoppt den Alder-Staudamm"),
        ("es", "Noruega cancela la presa de Alder"),
        ("ru", "Норвегия отменила проект Brightwater"),
        ("ja", "ノルウェー、アルダーダム計画を取り消し"),
        ("zh", "挪威取消阿尔德大坝项目"),
        ("ko", "노르웨이, 알더댐 허가 취소"),
    ],
)
def test_a_country_before_the_act_is_its_government(lang: str, title: str) -> None:
    assert set(who(title, lang)) == {"state"}


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Licence for the Alder dam in Norway cancelled"),
        ("en", "Norwegian town cancels the Alder dam"),
        ("en", "Norway's fishermen reject the Alder dam"),
        ("ru", "Суд Норвегии отменил проект"),
    ],
)
def test_a_country_that_only_tells_where_or_whose_does_nothing(lang: str, title: str) -> None:
    assert "state" not in who(title, lang)


def test_whose_thing_it_is_does_nothing_to_it() -> None:
    assert who("Minister revokes Brightwater's licence for the Alder dam", "en") == [None]


def test_a_name_of_several_places_around_the_act_is_not_its_object() -> None:
    raw = dict(DAM) | {
        "subjects": [
            {"id": "dam", "label": "the dam", "names": {"en": ["norway .. alder dam"]}},
            {"id": "permit", "label": "the permit", "short": {"en": ["permit"]}, "central": False},
        ]
    }
    topic = compile_topic("dam", parse_topic(raw), read_lexicon())
    reading = read(article("Norway revokes Alder dam permit", lang="en"), topic)
    assert reading.title is not None
    assert {f.object for _, f in facts_of(reading.title, reading, topic)} == {"permit"}


def test_two_governments_of_one_country_or_none_leave_the_country_itself() -> None:
    land = Thing(id="peru", label="Peru", names=PERU)
    first = Thing(id="first", label="The government", names={"en": ("peruvian government",)})
    other = Thing(id="other", label="The other one", names={"ja": ("ペルー政府",)})
    known = tongues(read_lexicon())
    press = Thing(id="press", label="A paper", names={"en": ("peruvian times",)})
    assert governments([land], [first, press], known) == {"peru": "first"}
    assert governments([land], [first, other], known) == {}
    assert governments([land], [press], known) == {}


@pytest.mark.parametrize(
    ("title", "card", "now"),
    [
        ("Norway revokes Brightwater's licence for the Alder dam", "in force", "revoked"),
        ("Brightwater revokes the contract for the Alder dam", "in force", None),
        ("Norway cancels talks on restoring the Alder dam licence", "revoked", None),
        ("Norway restores the Alder dam licence", "revoked", "in force"),
    ],
)
def test_an_act_that_calls_off_moves_the_card_of_a_pack_that_has_it(
    title: str, card: str, now: str | None
) -> None:
    reading = read(article(title, lang="en"), dam())
    moves = moves_told(reading, dam(), {"licence": card}, [])
    assert [move.now for move in moves] == ([now] if now else [])


@pytest.mark.parametrize(
    ("body", "back"),
    [
        ("Norway on Thursday restored the licence for the Alder dam.", False),
        ("Norway said on Thursday that it stood by the Alder dam.", True),
        ("It was in 2019 that Norway restored the licence for the Alder dam.", True),
        ("", True),
    ],
)
def test_a_deed_that_the_first_sentence_dates_to_these_days_is_no_look_back(
    body: str, back: bool
) -> None:
    title = "Norway restores Alder dam licence two years after revoking it"
    reading = read(article(title, body, lang="en"), dam())
    assert looks_back(reading, dam(), {"licence": "in force"}) is back


@pytest.mark.parametrize(
    ("title", "reaction"),
    [
        ("Brightwater cancels the Alder dam", 0.0),
        ("Experts: Brightwater cancels the Alder dam", 1.0),
        ("Shares rise as the Alder dam is cancelled", 1.0),
        ("Alder dam is cancelled", 1.0),
        ("", 1.0),
    ],
)
def test_whom_a_responsible_side_asks_does_not_make_its_act_a_reaction(
    title: str, reaction: float
) -> None:
    firm = {"id": "firm", "label": "Brightwater", "names": {"en": ["brightwater"]}}
    pack = parse_topic(dict(DAM) | {"actors": [firm | {"responsible": True}], "card": []})
    topic, body = (
        compile_topic("dam", pack, read_lexicon()),
        "It will ask experts on the Alder dam.",
    )
    reading = read(article(title, body, lang="en"), topic)
    found = novelty_of(reading, topic, TopicState(), None, 1.0, "", START)
    assert found.evidence["reaction"] == reaction
