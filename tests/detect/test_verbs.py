"""What form and clause say of an act in languages with spaces."""

from __future__ import annotations

import pytest

from monitor.detect.sense.facts import facts_of
from monitor.detect.words.reading import read
from tests.detect.examples import all_news, article


def told(text: str, lang: str, act: str, *, lead: bool = False) -> set[str]:
    """How an act of a headline, or of a lead, is read; "not" before what was not."""
    title, body = ("", text) if lead else (text, "")
    reading = read(article(title, body, lang=lang), all_news())
    return {
        f"{'' if fact.positive else 'not '}{fact.modality.value}"
        for sentence in reading.sentences
        for _, fact in facts_of(sentence, reading, all_news())
        if fact.number is None and fact.act == act
    }


@pytest.mark.parametrize(
    ("lang", "title", "act", "how"),
    [
        ("fr", "Tirana prêt à fermer son ambassade", "close", "planned"),
        ("fr", "Fermer l'ambassade, une erreur", "close", "unknown"),
        ("fr", "Tirana décide de fermer son ambassade", "close", "planned"),
        ("es", "Quito acuerda en Lima cerrar la embajada", "close", "planned"),
        ("es", "Quito, una embajada por cerrar", "close", "unknown"),
        ("de", "Wien beschließt, die Botschaft zu schließen", "close", "planned"),
        ("ru", "Вена решила закрыть посольство", "close", "planned"),
        ("ru", "Вена закроет посольство", "close", "planned"),
        ("es", "Lima cerrará la embajada", "close", "planned"),
        ("ar", "النمسا ستغلق سفارتها", "close", "planned"),
    ],
)
def test_an_infinitive_or_a_future_tells_no_deed(lang: str, title: str, act: str, how: str) -> None:
    assert told(title, lang, act) == {how}


@pytest.mark.parametrize(
    ("lang", "title", "act", "how"),
    [
        ("en", "Austria refuses to close embassy", "close", "not planned"),
        ("en", "Austria refuses to let Malta close the embassy", "close", "not done"),
        ("fr", "Vienne refuse de fermer son ambassade", "close", "not unknown"),
        ("ar", "النمسا ترفض إغلاق السفارة", "close", "not unknown"),
        ("ru", "Вена прекратила закрывать посольства", "close", "not done"),
    ],
)
def test_what_is_refused_or_ceased_is_not_done(lang: str, title: str, act: str, how: str) -> None:
    assert told(title, lang, act) <= {how, how.replace("unknown", "planned")}


@pytest.mark.parametrize(
    ("lang", "title", "act"),
    [
        ("en", "Austria silent on whether Malta closed the embassy", "close"),
        ("en", "Will Austria close the embassy?", "close"),
        ("ru", "Закроют ли посольство", "close"),
        ("de", "Offen, ob Wien die Botschaft schließt", "close"),
        ("fr", "Vienne ignore si Malte a fermé son ambassade", "close"),
        ("es", "¿Cierra Viena la embajada?", "close"),
        ("ar", "هل تغلق النمسا السفارة؟", "close"),
    ],
)
def test_what_is_asked_or_a_condition_is_only_named(lang: str, title: str, act: str) -> None:
    assert told(title, lang, act) <= {"unknown", "planned"}


def test_a_delay_and_an_order_are_told_as_they_are() -> None:
    assert told("Cancellation of the Maltese visit delayed", "en", "cancel") == {"done"}
    lead = "سحبت مالطا موظفيها من السفارة بأوامر من جهات عليا."
    assert told(lead, "ar", "order", lead=True) == {"done"}


def test_what_somebody_wants_done_is_a_wish() -> None:
    assert told("Malta wants old customs house demolished", "en", "demolish") == {"proposed"}
    assert told("Old customs house demolished", "en", "demolish") == {"done"}


def test_why_is_no_condition() -> None:
    assert told("Why has Austria closed its office?", "en", "close") == {"done"}


@pytest.mark.parametrize(
    ("title", "act", "how"),
    [
        ("Withdrawal of Maltese troops completed", "withdraw", "done"),
        ("Withdrawal of Maltese troops delayed", "withdraw", "unknown"),
        ("Withdrawal of Maltese troops kills hopes", "withdraw", "done"),
        ("Withdrawal of Maltese troops, planned or not", "withdraw", "done"),
        ("Malta orders withdrawal of its troops", "withdraw", "ordered"),
        ("Malta decided at withdrawal talks", "withdraw", "done"),
        ("Malta closes office next month", "close", "planned"),
        ("Malta closes office, envoy said to leave next month", "close", "done"),
    ],
)
def test_a_noun_is_told_by_what_becomes_of_it(title: str, act: str, how: str) -> None:
    assert told(title, "en", act) == {how}


@pytest.mark.parametrize(
    ("lang", "lead", "act", "how"),
    [
        ("en", "Malta said on Monday it had closed its office.", "close", "done"),
        ("en", "Malta carried out the demolition of the old customs house.", "demolish", "done"),
        ("ar", "تم إغلاق السفارة", "close", "done"),
        ("ar", "ندم الوزير على إغلاق السفارة", "close", "unknown"),
        ("de", "Wien hat die Botschaft nach drei Jahren geschlossen.", "close", "done"),
        ("de", "Im geschlossenen Haus brennt Licht.", "close", "unknown"),
        ("fr", "Des voleurs sont entrés dans le consulat fermé.", "close", "unknown"),
        ("ru", "В закрытом консульстве горит свет.", "close", "unknown"),
        ("es", "Lima demandó a Quito por cerrar la embajada.", "close", "unknown"),
    ],
)
def test_reported_deeds_are_done_and_attributes_are_not(
    lang: str, lead: str, act: str, how: str
) -> None:
    assert told(lead, lang, act, lead=True) == {how}


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Austria answered neither the first letter nor the second"),
        ("en", "Austria answered none of the letters"),
        ("de", "Wien beantwortete keinen der Briefe"),
        ("fr", "Vienne a répondu à aucune des lettres"),
    ],
)
def test_what_was_done_to_none_was_not_done(lang: str, title: str) -> None:
    assert told(title, lang, "answer") == {"not done"}


@pytest.mark.parametrize(
    ("lang", "title", "how"),
    [
        ("de", "Öffnung des Konsulats steht bevor", "planned"),
        ("de", "Öffnung des Konsulats gefeiert", "done"),
        ("fr", "Ouverture imminente du consulat", "planned"),
        ("es", "Apertura inminente del consulado", "planned"),
    ],
)
def test_what_impends_is_to_come(lang: str, title: str, how: str) -> None:
    assert told(title, lang, "open") == {how}


@pytest.mark.parametrize(
    ("lang", "text", "act"),
    [
        ("en", "Malta closed the consulate on orders from Valletta", "close"),
        ("de", "Malta hat auf Weisung Vallettas die Botschaft geschlossen", "close"),
        ("fr", "Malte a fermé sur ordre du ministre son ambassade à Tunis", "close"),
        ("ru", "Мальта по указанию министра закрыла посольство", "close"),
        ("ko", "몰타, 총리 지시로 대사관 폐쇄했다", "close"),
        ("ko", '몰타, 튀니지 대사관 폐쇄 "총리 지시"', "close"),
        ("ko", "몰타, 본국 명령에 따라 대사관 폐쇄", "close"),
        ("ja", "マルタ、本国の命令で大使館を閉鎖した", "close"),
        ("zh", "马耳他人员奉上级指示撤离大使馆", "withdraw"),
    ],
)
def test_what_is_done_on_orders_is_done(lang: str, text: str, act: str) -> None:
    assert told(text, lang, act) == {"done"}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Valletta befiehlt, die Botschaft zu schließen"),
        ("ru", "Министр приказал закрыть посольство"),
        ("ko", "총리, 대사관 폐쇄 지시"),
        ("ja", "首相、大使館の閉鎖を命令"),
        ("zh", "总理下令关闭大使馆"),
    ],
)
def test_what_is_ordered_is_not_done_yet(lang: str, text: str) -> None:
    assert told(text, lang, "close") == {"ordered"}
