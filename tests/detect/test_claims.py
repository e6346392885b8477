"""Typed facts of a sentence in nine languages: what, whether, by whom, where, when, how many."""

from __future__ import annotations

from dataclasses import fields

import pytest

from monitor.detect.compare.claims import Act, Claims, parsed, stored
from monitor.detect.compare.heads import claims_of
from monitor.detect.sense.facts import facts_of
from monitor.detect.sense.hours import Hour
from monitor.detect.sense.opposites import ActEnd, End, Said
from monitor.detect.words.reading import read
from monitor.models import Fact, Modality
from tests.detect.examples import article, office


def fact(title: str, lang: str, act: str) -> Fact:
    reading = read(article(title, lang=lang), office())
    found = facts_of(reading.sentences[0], reading, office())
    return next(fact for _, fact in found if fact.act == act and fact.number is None)


def claims(title: str, lang: str, body: str = "") -> Claims:
    return parsed(claims_of(read(article(title, body, lang=lang), office()), office()))


DENIED = {
    "en": "North Korea denies plan to close the Kaesong liaison office",
    "ko": "북한, 연락사무소 폐쇄 부인",
    "ja": "北朝鮮、連絡事務所の閉鎖を否定",
    "zh": "朝鲜否认关闭联络办公室",
    "fr": "Pyongyang dément la fermeture du bureau de liaison",
    "de": "Nordkorea dementiert Schließung des Verbindungsbüros",
    "es": "Pyongyang desmiente el cierre de la oficina de enlace",
    "ru": "КНДР опровергает закрытие бюро связи",
    "ar": "كوريا الشمالية تنفي اغلاق مكتب الاتصال",
}
NOT_DONE = {
    "en": "North Korea did not close the Kaesong liaison office",
    "ko": "북한, 연락사무소 폐쇄하지 않았다",
    "ja": "北朝鮮、連絡事務所を閉鎖せず",
    "zh": "朝鲜没有关闭联络办公室",
    "fr": "La Corée du Nord n'a pas fermé le bureau de liaison",
    "de": "Nordkorea hat das Verbindungsbüro nicht geschlossen",
    "es": "Corea del Norte no cerró la oficina de enlace",
    "ru": "КНДР не закрыла бюро связи",
    "ar": "كوريا الشمالية لم تغلق مكتب الاتصال",
}
TO_COME = {
    "en": "North Korea will close the Kaesong liaison office",
    "ko": "북한, 연락사무소 폐쇄하겠다",
    "ja": "北朝鮮、連絡事務所を閉鎖へ",
    "zh": "朝鲜将关闭联络办公室",
    "fr": "La Corée du Nord va fermer le bureau de liaison",
    "de": "Nordkorea will das Verbindungsbüro schließen",
    "es": "Corea del Norte cerrará la oficina de enlace",
    "ru": "КНДР намерена закрыть бюро связи",
    "ar": "كوريا الشمالية ستغلق مكتب الاتصال",
}
BEFORE = {
    "en": "Seoul calm after the closure of the Kaesong liaison office",
    "ko": "연락사무소 폐쇄 이후 서울은 차분",
    "ja": "連絡事務所の閉鎖後、ソウルは平静",
    "zh": "联络办公室关闭之后首尔平静",
    "fr": "Séoul calme après la fermeture du bureau de liaison",
    "de": "Seoul ruhig nach Schließung des Verbindungsbüros",
    "es": "Seúl en calma tras el cierre de la oficina de enlace",
    "ru": "Сеул спокоен после закрытия бюро связи",
}
WHERE = {
    "en": "Talks on the liaison office held in Panmunjom",
    "ko": "판문점에서 연락사무소 협의",
    "ja": "板門店で連絡事務所の協議",
    "zh": "联络办公室磋商在板门店举行",
    "fr": "Pourparlers à Panmunjom sur le bureau de liaison",
    "de": "Gespräche in Panmunjom über das Verbindungsbüro",
    "es": "Conversaciones en Panmunjom sobre la oficina de enlace",
    "ru": "Переговоры о бюро связи в Пханмунджоме",
    "ar": "محادثات حول مكتب الاتصال في بانمونجوم",
}
DAMAGES = {
    "en": "Seoul seeks 44.7 billion won over the liaison office",
    "ko": "정부, 연락사무소 447억원 청구",
    "ja": "韓国、連絡事務所で447億ウォン請求",
    "zh": "韩国就联络办公室索赔447亿韩元",
    "fr": "Séoul réclame 44,7 milliards de wons pour le bureau de liaison",
    "de": "Seoul fordert 44,7 Milliarden Won für das Verbindungsbüro",
    "es": "Seúl reclama 44.700 millones de wones por la oficina de enlace",
    "ru": "Сеул требует 44,7 млрд вон за бюро связи",
    "ar": "سيول تطالب 44.7 مليار وون عن مكتب الاتصال",
}


@pytest.mark.parametrize(("lang", "title"), TO_COME.items())
def test_what_is_to_come_was_not_done(lang: str, title: str) -> None:
    assert fact(title, lang, "close").modality is Modality.PLANNED


@pytest.mark.parametrize(("lang", "title"), DENIED.items())
def test_what_is_denied_was_not_done(lang: str, title: str) -> None:
    assert fact(title, lang, "close").modality is Modality.DENIED
    (act,) = [act for act in claims(title, lang).acts if act.act == "close"]
    assert not act.positive


@pytest.mark.parametrize(("lang", "title"), NOT_DONE.items())
def test_what_is_negated_was_not_done(lang: str, title: str) -> None:
    (act,) = [act for act in claims(title, lang).acts if act.act == "close"]
    assert (act.positive, act.actor) == (False, "north" if lang != "ar" else act.actor)


@pytest.mark.parametrize(("lang", "title"), BEFORE.items())
def test_what_something_else_follows_is_only_mentioned(lang: str, title: str) -> None:
    assert fact(title, lang, "close").modality is Modality.UNKNOWN
    assert claims(title, lang).acts == []
    assert "close" in claims(title, lang).mentioned


@pytest.mark.parametrize(("lang", "title"), WHERE.items())
def test_a_place_is_read_in_every_language(lang: str, title: str) -> None:
    assert "panmunjom" in claims(title, lang).places


@pytest.mark.parametrize(("lang", "title"), DAMAGES.items())
def test_an_amount_is_read_with_its_scale_in_every_language(lang: str, title: str) -> None:
    (amount,) = claims(title, lang).quantities
    assert amount.startswith("won:")
    low, high = map(float, amount[4:].split("~"))
    assert low < 44.7e9 < high


def test_silence_is_no_answer_and_a_noun_for_talks_is_no_meeting() -> None:
    (silent,) = claims("North does not answer the liaison office's call", "en").acts
    assert (silent.act, silent.positive, silent.word) == ("answer", False, "silent")
    assert claims("남북 소장회의 일정", "ko").acts == []
    (none,) = claims("No meeting at liaison office this week", "en").acts
    assert (none.act, none.word) == ("meet", "absent")


def test_a_story_remembers_every_claim() -> None:
    claimed = Claims(
        acts=[Act("open", True, False, "north", ("working+", "open+"), "t")],
        hours={Hour("answer", False, "2020-06-16", 540, 540, True)},
        ends={End("afloat", True, False, "b")},
        act_ends={ActEnd("free", "afloat", True)},
        said={Said("t", "en", False, True, "office | to open")},
    )
    for name in (f.name for f in fields(Claims)):
        if not getattr(claimed, name):
            setattr(claimed, name, {f"{name}:1~2", f"{name}|x"})
    assert parsed(stored(claimed)) == claimed


def test_claims_of_another_form_are_left_out() -> None:
    assert parsed(["a|open|1|1|north", "n|person:4", "s|north"]).acts == []


def test_who_says_it_is_no_side_that_acts() -> None:
    said = fact('통일부 "북한, 연락사무소 폐쇄"', "ko", "close")
    assert (said.said_by, said.actor) == ("ministry", "north")


def test_what_somebody_goes_to_do_was_not_done_yet() -> None:
    visit = "South Korean team visits Kaesong to inspect the liaison office"
    assert fact(visit, "en", "visit").modality is Modality.DONE
    assert fact(visit, "en", "inspect").modality is Modality.UNKNOWN


@pytest.mark.parametrize(
    ("title", "lang", "act"),
    [
        ("The liaison office closes on March 30", "en", "close"),
        ("Two Koreas to sign accord on liaison office", "en", "sign"),
        ('통일부 "연락사무소 폐쇄할 계획"', "ko", "close"),
        ("北朝鮮、連絡事務所を閉鎖すると表明", "ja", "close"),
    ],
)
def test_a_day_or_a_verb_form_says_that_it_is_to_come(title: str, lang: str, act: str) -> None:
    assert fact(title, lang, act).modality is Modality.PLANNED


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("The North rejects the offer on the liaison office", "en"),
        ("연락사무소 회의를 열자는 제안을 북한이 거부", "ko"),
        ("朝方拒绝联络办公室会议提议", "zh"),
    ],
)
def test_what_is_rejected_is_no_proposal_of_its_own(title: str, lang: str) -> None:
    assert [act.word for act in claims(title, lang).acts] == ["reject"]


@pytest.mark.parametrize(("figure", "claimed"), [("2018", set()), ("1200", {"1200"})])
def test_a_bare_year_is_no_figure(figure: str, claimed: set[str]) -> None:
    assert claims(f"Kaesong liaison office as of {figure}", "en").bare_figures == claimed
