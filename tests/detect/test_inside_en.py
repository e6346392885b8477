"""English words inside others, or of another meaning in news: they are no act, mood or cue."""

from __future__ import annotations

import pytest

from monitor.detect.sense.facts import facts_of
from monitor.detect.sense.keys import act_key
from monitor.detect.words.reading import Sentence, read
from tests.detect.examples import article, office


def first(title: str) -> Sentence:
    return read(article(title, "", lang="en"), office()).sentences[0]


def ids(title: str, kind: str) -> set[str]:
    return {hit.id for hit in first(title).hits if hit.kind == kind}


def keys(title: str) -> set[str]:
    reading = read(article(title, "", lang="en"), office())
    return {act_key(fact) for _, fact in facts_of(reading.sentences[0], reading, office())}


@pytest.mark.parametrize(
    ("title", "act"),
    [
        ("State department asked about Kaesong liaison office", "withdraw"),
        ("Several questions about the Kaesong liaison office", "cut"),
        ("Severe winter at the Kaesong liaison office", "cut"),
        ("Liaison office becomes North's responsibility", "answer"),
        ("Replacement windows for the Kaesong liaison office", "answer"),
        ("Opposition lawmaker tours liaison office exhibition", "reject"),
        ("Parents of a liaison officer wait at the Kaesong office", "reduce"),
        ("Seoul declined to say who runs the liaison office", "reduce"),
        ("Financial officer joins the Kaesong liaison office", "fund"),
        ("Counterpart meets liaison office chief in Kaesong", "absent"),
        ("Liaison office pays dividends to peace and stability", "attack"),
        ("Patrol ship passes north of the liaison office in Kaesong", "send"),
        ("Cross-border liaison office has a new telephone", "cross"),
        ("Kaesong liaison office report due at the end of June", "stop"),
        ("Remains of the Kaesong liaison office seen from Paju", "stay"),
        ("Liaison office open letter has a thousand names", "open"),
        ("Shares of builders climb on Kaesong liaison office hopes", "exchange"),
        ("Nobody took the morning call on the Kaesong liaison line", "urge"),
        ("Talks on the Kaesong liaison office are not completely over", "complete"),
        ("Crypto exchange opens beside the Kaesong liaison office", "exchange"),
        ("Prosecutor speaks about the Kaesong liaison office", "investigate"),
        ("North makes good on threat at Kaesong liaison office", "threaten"),
        ("Liaison office in Kaesong shut without warning", "threaten"),
        ("Evidence suggests a new roof on the Kaesong liaison office", "propose"),
    ],
)
def test_a_word_inside_another_or_of_another_meaning_is_no_act(title: str, act: str) -> None:
    assert act not in ids(title, "act")


@pytest.mark.parametrize(
    ("title", "mood"),
    [
        ("The phone of the Kaesong liaison office is in order", "ordered"),
        ("Seoul and Pyongyang met shortly after the liaison office opened", "planned"),
        ("Kaesong liaison office dark due to a storm", "planned"),
        ("Diggers at work on the remains of the Kaesong liaison office", "still"),
        ("Considerable cost of the Kaesong liaison office revealed", "planned"),
        ("Pictures suggest the North cleared the liaison office", "proposed"),
    ],
)
def test_a_word_inside_another_or_of_another_meaning_is_no_mood(title: str, mood: str) -> None:
    assert mood not in ids(title, "mood")


@pytest.mark.parametrize(
    ("title", "kind", "cue"),
    [
        ("North blows up liaison office inside the Kaesong factory zone", "cue", "analysis"),
        ("A column of smoke over the Kaesong liaison office", "cue", "analysis"),
        ("Seoul quits the Kaesong liaison office that it shares", "cue", "reaction"),
        ("Liaison line silent for a year on Monday, says Seoul", "cue", "years_on"),
        ("What the Kaesong liaison office ruins tell us", "place", "usa"),
    ],
)
def test_a_phrase_of_the_text_is_no_cue_of_its_kind(title: str, kind: str, cue: str) -> None:
    assert cue not in ids(title, kind)


@pytest.mark.parametrize(
    "title",
    [
        "True to her threat, North blows up Kaesong liaison office",
        "On orders from above, North blows up Kaesong liaison office",
    ],
)
def test_a_noun_for_a_threat_or_an_order_leaves_the_deed_done(title: str) -> None:
    assert "a:demolish" in keys(title)


@pytest.mark.parametrize(
    ("title", "act"),
    [
        ("Northern staff depart from Kaesong liaison office", "withdraw"),
        ("North severs inter-Korean liaison lines", "cut"),
        ("Pyongyang responds to liaison office call", "answer"),
        ("Koreas open shared liaison bureau at Kaesong", "open"),
        ("Seoul calls on North Korea to return to liaison office", "urge"),
        ("North makes no sound: nobody answers the liaison line", "silent"),
    ],
)
def test_the_act_itself_is_still_read(title: str, act: str) -> None:
    assert act in ids(title, "act")


def test_a_part_of_the_world_is_no_side() -> None:
    assert "north" not in ids("Treaty of the North Atlantic turns eighty", "actor")
    assert "south" not in ids("Ministers of the South Pacific meet", "actor")
    assert "north" in ids("The North seals its border", "actor")
