"""A deed that is told only as likely, or as hearsay: news at once, but the card waits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.alerts.language import ENGLISH
from monitor.alerts.lead import gist_of
from monitor.detect.sense.facts import facts_of
from monitor.detect.words.reading import read
from monitor.models import Decision, Fact, Modality, Verdict
from tests.detect.examples import Stream, all_news, article

LATER = timedelta(minutes=50)


def facts(title: str, lang: str, act: str) -> list[Fact]:
    """What the title tells of an act."""
    reading = read(article(title, lang=lang), all_news())
    assert reading.title is not None
    told = (fact for _, fact in facts_of(reading.title, reading, all_news()))
    return [fact for fact in told if fact.act == act]


@pytest.mark.parametrize(
    ("lang", "title", "act"),
    [
        ("en", "Freetown appears to have closed consulate", "close"),
        ("en", "Consulate believed to have been closed, officials say", "close"),
        ("en", "Freetown may have closed consulate", "close"),
        ("en", "Freetown reportedly closes consulate", "close"),
        ("en", "Viaduct feared destroyed in flood", "demolish"),
        ("en", "Viaduct likely demolished, pictures suggest", "demolish"),
        ("en", "Consulate closed, it seems", "close"),
        ("en", "It is highly likely that Freetown has quietly closed the consulate", "close"),
        ("en", "It is likely that Freetown closed the consulate", "close"),
        ("fr", "Freetown semble avoir fermé le consulat", "close"),
        ("fr", "Freetown aurait fermé le consulat", "close"),
        ("fr", "Consulat vraisemblablement fermé", "close"),
        ("fr", "Il est probable que Freetown ait fermé le consulat", "close"),
        ("de", "Freetown soll das Konsulat geschlossen haben", "close"),
        ("de", "Konsulat offenbar geschlossen", "close"),
        ("de", "Das Konsulat dürfte geschlossen worden sein", "close"),
        ("de", "Freetown schließt offenbar Konsulat", "close"),
        ("es", "Freetown parece haber cerrado el consulado", "close"),
        ("es", "Freetown habría cerrado el consulado", "close"),
        ("es", "Consulado presuntamente cerrado", "close"),
        ("es", "Es probable que Freetown haya cerrado el consulado", "close"),
        ("ru", "Фритаун, по-видимому, закрыл консульство", "close"),
        ("ru", "Консульство закрыто, похоже", "close"),
        ("ar", "يبدو أن فريتاون أغلقت القنصلية", "close"),
        ("ar", "أنباء عن إغلاق القنصلية", "close"),
        ("ko", "시에라리온, 영사관 폐쇄한 것으로 보인다", "close"),
        ("ko", "시에라리온, 영사관 폐쇄한 듯", "close"),
        ("ko", "영사관 폐쇄 추정", "close"),
        ("ko", "영사관 폐쇄됐을 가능성", "close"),
        ("ko", "시에라리온, 영사관 폐쇄했을 가능성 크다", "close"),
        ("ja", "シエラレオネ、領事館を閉鎖か", "close"),
        ("ja", "シエラレオネが領事館を閉鎖したとみられる", "close"),
        ("ja", "シエラレオネが領事館を閉鎖した模様", "close"),
        ("ja", "シエラレオネ、領事館を閉鎖した可能性", "close"),
        ("zh", "塞拉利昂疑似关闭领事馆", "close"),
        ("zh", "塞拉利昂或已关闭领事馆", "close"),
        ("zh", "领事馆可能已经关闭", "close"),
    ],
)
def test_what_seems_to_have_been_done_is_told_as_done_and_as_likely(
    lang: str, title: str, act: str
) -> None:
    told = facts(title, lang, act)
    assert told
    assert all(fact.modality is Modality.DONE for fact in told if fact.hedged)
    assert any(fact.hedged for fact in told)


@pytest.mark.parametrize(
    ("lang", "title", "act"),
    [
        ("en", "Freetown closes consulate, storm suspected", "close"),
        ("en", "Freetown closes consulate, ministry says", "close"),
        ("fr", "Freetown ferme le consulat", "close"),
        ("de", "Konsulat geschlossen, Botschafter reist wohl ab", "close"),
        ("es", "Freetown cerró el consulado", "close"),
        ("ru", "Фритаун закрыл консульство", "close"),
        ("ar", "فريتاون أغلقت القنصلية", "close"),
        ("ko", "시에라리온, 영사관 폐쇄…비용 때문인 듯", "close"),
        ("ja", "シエラレオネ、領事館を閉鎖　資金難か", "close"),
        ("ja", "国営通信「シエラレオネが領事館を閉鎖した」と伝えた", "close"),
        ("ja", "国営通信、シエラレオネが領事館を閉鎖したと伝えた", "close"),
        ("zh", "塞拉利昂关闭领事馆", "close"),
    ],
)
def test_a_doubt_about_something_else_hedges_no_deed(lang: str, title: str, act: str) -> None:
    told = facts(title, lang, act)
    assert told
    assert not any(fact.hedged for fact in told)


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Consulate likely to close in May"),
        ("en", "It is likely that Freetown will close the consulate"),
        ("en", "It is likely that the consulate will be closed"),
        ("de", "Freetown soll das Konsulat schließen"),
        ("ko", "영사관 폐쇄할 것으로 보인다"),
        ("ja", "領事館を閉鎖する可能性"),
        ("zh", "领事馆或将关闭"),
        ("fr", "Le consulat pourrait fermer"),
    ],
)
def test_what_is_likely_to_come_stays_a_plan(lang: str, title: str) -> None:
    assert {fact.modality for fact in facts(title, lang, "close")} == {Modality.PLANNED}


def test_the_gist_of_a_fact_says_that_it_is_likely() -> None:
    fact = Fact(act="close", actor="north", modality=Modality.DONE, hedged=True)
    assert "likely" in gist_of(fact, ENGLISH)


CUT = [
    (
        "en",
        "North Korea appears to have cut liaison hotline",
        "North Korea appears to have cut the hotline of the liaison office, the ministry said.",
        "Liaison hotline probably cut by North Korea",
        "North Korea has probably cut the hotline of the liaison office, officials said.",
        "North Korea cuts liaison hotline",
        "North Korea cut the hotline of the liaison office, the ministry confirmed.",
    ),
    (
        "ko",
        "북한, 연락사무소 통신선 끊은 것으로 보인다",
        "통일부는 북한이 남북공동연락사무소 통신선을 끊은 것으로 보인다고 밝혔다.",
        "북, 연락사무소 통신선 끊은 듯",
        "북한이 연락사무소 통신선을 끊은 것으로 추정된다고 통일부가 전했다.",
        "북한, 연락사무소 통신선 차단",
        "통일부는 북한이 남북공동연락사무소 통신선을 차단했다고 확인했다.",
    ),
    (
        "ja",
        "北朝鮮、連絡事務所の通信線を切断か",
        "北朝鮮が南北共同連絡事務所の通信線を切断したとみられると統一省が明らかにした。",
        "北朝鮮、連絡事務所の通信線切断した模様",
        "北朝鮮が連絡事務所の通信線を切断した模様だと統一省が述べた。",
        "北朝鮮、連絡事務所の通信線を切断",
        "北朝鮮が連絡事務所の通信線を切断したと統一省が確認した。",
    ),
    (
        "de",
        "Nordkorea kappt offenbar innerkoreanische Hotline",
        "Nordkorea hat die innerkoreanische Hotline offenbar gekappt, sagte das Ministerium.",
        "Nordkorea soll innerkoreanische Hotline gekappt haben",
        "Nordkorea soll die innerkoreanische Hotline gekappt haben.",
        "Nordkorea kappt innerkoreanische Hotline",
        "Nordkorea hat die innerkoreanische Hotline gekappt, sagte das Ministerium.",
    ),
]


def told_in_turn(lang: str, *texts: str) -> list[Decision]:
    stream = Stream(stored=True)
    stream.card["lines"] = stream.state.card["lines"] = "working"
    pairs = zip(texts[::2], texts[1::2], strict=True)
    return [stream.tell(title, body, lang=lang, after=LATER) for title, body in pairs]


@pytest.mark.parametrize("texts", CUT, ids=[texts[0] for texts in CUT])
def test_a_likely_deed_is_pushed_once_and_the_card_moves_when_it_is_told_for_certain(
    texts: tuple[str, ...],
) -> None:
    likely, again, certain = told_in_turn(*texts)
    assert (likely.verdict, likely.rule, likely.moves) == (Verdict.ALERT, "likely-deed", ())
    assert likely.major
    assert again.verdict is Verdict.SILENT
    assert (certain.verdict, certain.rule) == (Verdict.ALERT, "card-moved")
    assert [move.now for move in certain.moves] == ["cut"]


def test_a_first_sentence_that_leaves_no_doubt_outweighs_a_careful_title() -> None:
    (told,) = told_in_turn(CUT[0][0], CUT[0][1], CUT[0][6])
    assert [move.now for move in told.moves] == ["cut"]


def test_a_careful_first_sentence_outweighs_a_bold_title() -> None:
    (told,) = told_in_turn(CUT[0][0], CUT[0][5], CUT[0][2])
    assert (told.rule, told.moves) == ("likely-deed", ())


def test_what_was_told_for_certain_is_no_news_as_likely() -> None:
    certain, likely = told_in_turn(CUT[0][0], *CUT[0][5:], *CUT[0][1:3])
    assert certain.moves
    assert likely.verdict is not Verdict.ALERT
