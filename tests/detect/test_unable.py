"""Who could not do a thing did not do it: no plan, no denial, and news when it is done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.detect.sense.facts import facts_of
from monitor.detect.sense.unable import could_not
from monitor.detect.words.reading import read
from monitor.detect.words.tongue import PLAIN
from monitor.models import Modality, Verdict
from tests.detect.examples import Stream, article, office


def told(title: str, lang: str) -> tuple[bool, Modality]:
    """Whether the first act was done, and how it is told."""
    reading = read(article(title, lang=lang), office())
    assert reading.title is not None
    _, fact = facts_of(reading.title, reading, office())[0]
    return fact.positive, fact.modality


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Seoul could not repair the liaison office"),
        ("en", "Seoul cannot repair the liaison office"),
        ("en", "Seoul was unable to repair the liaison office"),
        ("en", "Seoul failed to repair the liaison office"),
        ("en", "Engineers kept from repairing the liaison office"),
        ("de", "Seoul konnte das Verbindungsbüro in Kaesong nicht reparieren"),
        ("fr", "Séoul n'a pas pu réparer le bureau de liaison"),
        ("fr", "Séoul incapable de réparer le bureau de liaison"),
        ("es", "Seúl no pudo reparar la oficina de enlace"),
        ("ru", "Сеул не смог отремонтировать бюро связи"),
        ("ar", "سيول عاجزة عن إصلاح مكتب الاتصال"),
        ("ko", "정부, 연락사무소 보수 못했다"),
        ("ja", "韓国、連絡事務所を修理できず"),
        ("zh", "韩国未能修复联络办公室"),
        ("en", "Workers fail to repair the liaison office"),
        ("en", "Failure to repair the liaison office"),
        ("en", "Seoul failed in its bid to repair the liaison office"),
        ("en", "Workers not allowed to repair the liaison office"),
        ("en", "Seoul did not manage to repair the liaison office"),
        ("de", "Reparatur des Verbindungsbüros in Kaesong gescheitert"),
        ("de", "Seoul gelang es nicht, das Verbindungsbüro in Kaesong zu reparieren"),
        ("fr", "Échec de la réparation du bureau de liaison"),
        ("fr", "Impossible de réparer le bureau de liaison"),
        ("es", "Fracasa la reparación de la oficina de enlace"),
        ("ru", "Отремонтировать бюро связи не удалось"),
        ("ar", "فشلت سيول في إصلاح مكتب الاتصال"),
        ("ko", "정부, 연락사무소 보수 실패"),
        ("ko", "정부, 연락사무소 보수할 수 없어"),
        ("ja", "韓国、連絡事務所の修理に失敗"),
        ("ja", "韓国、連絡事務所を修理することができなかった"),
    ],
)
def test_what_somebody_could_not_do_was_not_done(lang: str, title: str) -> None:
    assert told(title, lang) == (False, Modality.DONE)


@pytest.mark.parametrize(
    ("lang", "title", "expected"),
    [
        ("en", "Seoul could repair the liaison office", (True, Modality.PLANNED)),
        ("en", "Seoul will not be able to repair the liaison office", (False, Modality.PLANNED)),
        ("de", "Seoul könnte das Verbindungsbüro bald schließen", (True, Modality.PLANNED)),
        ("es", "Seúl podría reabrir la oficina de enlace", (True, Modality.PLANNED)),
    ],
)
def test_what_may_be_or_will_not_is_still_to_come(
    lang: str, title: str, expected: tuple[bool, Modality]
) -> None:
    assert told(title, lang) == expected


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "If Seoul fails to repair the liaison office, staff will leave"),
        ("de", "Wenn die Reparatur des Verbindungsbüros in Kaesong scheitert, droht Streit"),
        ("en", "Seoul will not fail to repair the liaison office"),
        ("ko", "연락사무소 보수 실패하면 철수"),
    ],
)
def test_a_failure_that_nobody_tells_is_none(lang: str, title: str) -> None:
    assert told(title, lang) != (False, Modality.DONE)


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "staff could not get in", True),
        ("en", "nobody came", False),
        ("ko", "남측 인원 못 들어가", True),
        ("ko", "남측 인원 안 들어가", False),
        ("ja", "事務所に入れず", True),
        ("zh", "人员进不了办公室", True),
        (None, "staff could not get in", False),
    ],
)
def test_in_any_words_that_one_could_not_is_seen(
    lang: str | None, text: str, expected: bool
) -> None:
    tongue = PLAIN if lang is None else office().tongues[lang]
    assert could_not(text, tongue) is expected


STUCK = [
    (
        "de",
        (
            "Reparatur der innerkoreanischen Hotline gescheitert",
            "Südkorea ist mit der Reparatur der Hotline des Verbindungsbüros gescheitert.",
        ),
        (
            "Innerkoreanische Hotline repariert",
            "Südkorea hat die Hotline des Verbindungsbüros repariert.",
        ),
    ),
    (
        "ko",
        (
            "남북 연락사무소 통신선 복구 실패",
            "정부가 남북공동연락사무소 통신선 복구에 실패했다고 통일부가 밝혔다.",
        ),
        (
            "남북 연락사무소 통신선 복구",
            "정부가 남북공동연락사무소 통신선을 복구했다고 통일부가 밝혔다.",
        ),
    ),
    (
        "fr",
        (
            "Impossible de rouvrir le bureau de liaison de Kaesong",
            "Séoul n'a pas pu rouvrir le bureau de liaison de Kaesong jeudi, selon le ministère.",
        ),
        (
            "Séoul rouvre le bureau de liaison de Kaesong",
            "Séoul a rouvert le bureau de liaison de Kaesong, selon le ministère.",
        ),
    ),
    (
        "en",
        (
            "South Korea could not pay rent for Kaesong liaison office",
            "Seoul was unable to pay the rent of the liaison office in Kaesong this month.",
        ),
        (
            "South Korea pays rent for Kaesong liaison office",
            "Seoul has paid the rent of the liaison office in Kaesong.",
        ),
    ),
    (
        "ja",
        (
            "韓国側、開城の連絡事務所に入れず",
            "統一省は、門が閉まり韓国側の職員が開城の連絡事務所に入れなかったと明らかにした。",
        ),
        (
            "韓国側、開城の連絡事務所に復帰",
            "統一省は、韓国側の職員が開城の連絡事務所に復帰したと明らかにした。",
        ),
    ),
]


@pytest.mark.parametrize(("lang", "stuck", "done"), STUCK)
def test_a_deed_of_who_could_not_is_pushed_even_in_the_same_words(
    lang: str, stuck: tuple[str, str], done: tuple[str, str]
) -> None:
    stream = Stream()
    stream.tell(*stuck, lang=lang)
    later = stream.tell(*done, lang=lang, after=timedelta(hours=6))
    assert later.verdict is Verdict.ALERT
    assert later.rule in ("guard-negation", "guard-able")


def test_a_deed_of_a_bystander_is_no_such_push() -> None:
    stream = Stream()
    lang, stuck, _ = STUCK[-1]
    stream.tell(*stuck, lang=lang)
    body = "統一省は、専門家の一部が開城の連絡事務所に復帰したと明らかにした。"
    assert stream.tell("専門家、開城の連絡事務所に復帰", body, lang=lang).rule != "guard-able"
