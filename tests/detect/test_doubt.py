"""Acts of which a headline says that they are hardly to come: in doubt, hard, fallen through."""

from __future__ import annotations

import pytest

from monitor.detect.sense.facts import facts_of
from monitor.detect.words.reading import read
from monitor.models import Modality
from tests.detect.examples import all_news, article


def told(title: str, act: str, lang: str) -> set[Modality]:
    """How the act of a headline is told."""
    reading = read(article(title, lang=lang), all_news())
    assert reading.title is not None
    facts = [fact for _, fact in facts_of(reading.title, reading, all_news())]
    return {fact.modality for fact in facts if fact.act == act}


@pytest.mark.parametrize(
    ("title", "act", "lang"),
    [
        ("Reopening of the Larne bridge this spring looks doubtful", "resume", "en"),
        ("Opening of consulate in Jaffna in doubt", "open", "en"),
        ("L'ouverture du consulat au printemps compromise", "open", "fr"),
        ("Eröffnung des Konsulats im Frühjahr fraglich", "open", "de"),
        ("La apertura del consulado en primavera, en duda", "open", "es"),
        ("Открытие консульства весной под вопросом", "open", "ru"),
        ("افتتاح القنصلية في الربيع غير مؤكد", "open", "ar"),
        ("영사관 봄 개소 불투명", "open", "ko"),
        ("영사관 이달 개소 어려울 듯", "open", "ko"),
        ('국방장관 "영사관 폐쇄도"', "close", "ko"),
        ("領事館、春の開設は困難に　資金難で", "open", "ja"),
        ("首相「領事館閉鎖も」　対立深まる", "close", "ja"),
        ("领事馆春季难以开设", "open", "zh"),
        ("领事馆开设成疑", "open", "zh"),
    ],
)
def test_what_is_in_doubt_was_not_done(title: str, act: str, lang: str) -> None:
    found = told(title, act, lang)
    assert found
    assert Modality.DONE not in found


@pytest.mark.parametrize(
    ("title", "act", "lang"),
    [
        ("Jaffna closes consulate, summit in doubt", "close", "en"),
        ("스리랑카, 영사관 폐쇄…정상회담 불투명", "close", "ko"),
        ("スリランカ、領事館閉鎖　首脳会談は困難に", "close", "ja"),
        ("Konsulat geschlossen, Gipfel fraglich", "close", "de"),
    ],
)
def test_a_doubt_in_the_next_clause_is_of_another_thing(title: str, act: str, lang: str) -> None:
    assert told(title, act, lang) == {Modality.DONE}
