"""Turns of the state card, and titles that only count the years."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.detect.story.turns import counts_years, looks_back, same_turn, turns_of
from monitor.detect.words.reading import read
from monitor.models import Kind, Verdict
from tests.detect.examples import START, Stream, article, office


def turns(title: str) -> frozenset[str]:
    return turns_of(read(article(title), office()), office())


@pytest.mark.parametrize(
    ("title", "turn"),
    [
        ("North Korea withdraws from the Kaesong liaison office", "leaving:north"),
        ("북한, 개성 남북공동연락사무소서 철수", "leaving:north"),
        ("North Korea blows up the Kaesong liaison office", "destroying:north"),
    ],
)
def test_a_deed_of_the_title_is_the_same_turn_in_each_language(title: str, turn: str) -> None:
    assert turn in turns(title)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "North Korea threatens to withdraw from the Kaesong liaison office",
        "Staff of the Kaesong liaison office praise the view",
    ],
)
def test_a_threat_or_no_act_is_no_turn(title: str) -> None:
    assert not turns(title)


def test_turns_of_two_named_sides_differ_and_an_unnamed_side_agrees() -> None:
    assert not same_turn({"leaving:north"}, {"leaving:south"})
    assert same_turn({"leaving:north"}, {"leaving:"})
    assert same_turn({"leaving:"}, {"leaving:south"})
    assert not same_turn({"leaving:north"}, {"cutting:north"})
    assert not same_turn((), {"cutting:north"})


def test_one_turn_told_in_other_words_within_two_days_is_one_story() -> None:
    stream = Stream()
    first = stream.tell(
        "North Korea withdraws from the Kaesong liaison office",
        "All officials of the North left the liaison office, the ministry said.",
    )
    second = stream.tell(
        "북한, 개성 연락사무소에서 전격 철수",
        "청와대는 국가안전보장회의 상임위를 열어 개성 남북공동연락사무소 문제를 논의했다.",
        outlet="another",
        after=timedelta(hours=20),
    )
    assert first.verdict is Verdict.ALERT
    assert first.story is not None
    assert second.story is not None
    assert second.story.id == first.story.id


@pytest.mark.parametrize(
    ("title", "back"),
    [
        ("開城の連絡事務所爆破から1年", True),
        ("연락사무소 폭파 3년, 남은 것은", True),
        ("새 연락사무소 2년 내 재건 추진", False),
        ("North Korea blows up the Kaesong liaison office", False),
        ("", False),
        ("Kaesong liaison office: 2 years of waiting", False),
        ("Sixty years ago: the day the Kaesong liaison office was opened", True),
        ("Two years ago today, the Kaesong liaison office was blown up", True),
        ("Vor zehn Jahren: Verbindungsbüro in Kaesong eröffnet", True),
        ("3년 전 오늘, 개성 연락사무소 폭파", True),
        ("3년 전 폭파된 개성 연락사무소 복구", False),
    ],
)
def test_a_title_that_counts_the_years_since_an_act_looks_back(title: str, back: bool) -> None:
    assert looks_back(read(article(title), office()), office(), {}) is back


def test_what_looks_back_is_silent_old_news() -> None:
    decision = Stream().tell(
        "開城の南北共同連絡事務所爆破から1年", "北朝鮮が南北共同連絡事務所を爆破してから1年。"
    )
    assert (decision.verdict, decision.kind) == (Verdict.SILENT, Kind.OLD_NEWS)


def test_an_anniversary_that_is_held_where_it_was_not_to_be_is_told() -> None:
    stream = Stream()
    stream.tell("联络办公室成立周年 不办庆典", "统一部说，韩朝联络办公室成立一周年不举行庆典。")
    held = stream.tell("联络办公室周年 双方同办庆典", "韩朝联络办公室成立一周年，双方举办庆典。")
    assert (held.verdict, held.rule) == (Verdict.DIGEST, "guard-undenied")


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "A year on, the Kaesong liaison office still lies in ruins"),
        ("en", "Two years after North Korea blew up the Kaesong liaison office"),
        ("fr", "Un an après la destruction du bureau de liaison de Kaesong"),
        ("ru", "Год спустя после взрыва межкорейского бюро связи"),
    ],
)
def test_titles_that_count_years_in_words_look_back(lang: str, title: str) -> None:
    assert looks_back(read(article(title, lang=lang), office()), office(), {})


@pytest.mark.parametrize(
    ("lang", "title", "flash"),
    [
        ("en", "(URGENT) North Korea blows up liaison office", True),
        ("en", "Urgent talks on the liaison office are needed", False),
        ("ko", "[속보] 북한, 연락사무소 폭파", True),
        ("ja", "【速報】北朝鮮が連絡事務所を爆破", True),
        ("zh", "快讯：朝鲜炸毁联络办公室", True),
        ("fr", "URGENT : la Corée du Nord détruit le bureau de liaison", True),
        ("de", "Eilmeldung: Nordkorea sprengt Verbindungsbüro", True),
        ("es", "Última hora: Corea del Norte vuela la oficina de enlace", True),
        ("ru", "Срочно: КНДР взорвала бюро связи", True),
        ("ar", "عاجل: كوريا الشمالية تدمر مكتب الاتصال", True),
    ],
)
def test_a_flash_is_known_by_its_tag(lang: str, title: str, flash: bool) -> None:
    assert ("flash" in read(article(title, lang=lang), office()).cues) is flash


@pytest.mark.parametrize(("card", "back"), [("closed", True), ("open", False)])
def test_an_anniversary_that_tells_what_the_card_says_looks_back(card: str, back: bool) -> None:
    reading = read(article("A year on: North closes Kaesong liaison office", lang="en"), office())
    assert looks_back(reading, office(), {"operation": card}) is back


def test_what_is_done_at_last_after_years_does_not_look_back() -> None:
    assert counts_years_of("연락사무소 1주년 맞아 청사 공개", "ko")
    assert not counts_years_of("연락사무소 소장회의 2년 만에 개최", "ko")


def counts_years_of(title: str, lang: str) -> bool:
    reading = read(article(title, lang=lang), office())
    assert reading.title is not None
    return counts_years(reading.title, reading.tongue)


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("zh", "开城联络事务所拟三年内重建"),
        ("ko", "연락사무소 5년 이내 다시 짓기로"),
        ("en", "Kaesong liaison office to be rebuilt within three years"),
        ("en", "Liaison office heads meet for first time in two years"),
        ("ko", "연락사무소장들 1년여 만에 대면"),
    ],
)
def test_years_that_are_to_come_or_over_at_last_look_back_on_nothing(lang: str, title: str) -> None:
    assert not counts_years_of(title, lang)


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Kaesong liaison office 100 days on"),
        ("ko", "개성 연락사무소 100일을 맞아"),
        ("de", "100 Tage nach der Öffnung des Verbindungsbüros in Kaesong"),
        ("fr", "Cent jours après, le bureau de liaison de Kaesong"),
    ],
)
def test_a_hundred_days_are_counted_as_years_are(lang: str, title: str) -> None:
    assert looks_back(read(article(title, lang=lang), office()), office(), {})


def test_how_many_years_is_no_deed_but_a_sum_is_one() -> None:
    shut = article("开城联络事务所关闭两周年", lang="zh")
    assert looks_back(read(shut, office()), office(), {"operation": "closed"})
    spent = article("Kaesong liaison office: 40 million won spent in 2 years of closure", lang="en")
    assert not looks_back(read(spent, office()), office(), {"operation": "closed"})


@pytest.mark.parametrize(
    ("lead", "back"), [("1년 전 그날 비가 왔다.", True), ("비가 왔다.", False)]
)
def test_an_anniversary_whose_first_sentence_is_of_then_looks_back(lead: str, back: bool) -> None:
    reading = read(article("연락사무소 1년, 멈춘 전화", lead, lang="ko"), office())
    assert looks_back(reading, office(), {"operation": "open"}) is back


@pytest.mark.parametrize(
    ("lang", "note"),
    [
        ("en", "You are reading a page of our archives."),
        ("ko", "이 글은 지난 기사입니다."),
        ("ja", "これは過去の記事です。"),
        ("zh", "本页为存档文章。"),
        ("fr", "Ce texte vient de nos archives."),
        ("de", "Diese Meldung stammt aus unserem Archiv."),
        ("es", "Una noticia archivada."),
        ("ru", "Это архивная публикация."),
        ("ar", "هذا مقال أرشيفي."),
        ("en", "[Archive: May 2009]"),
        ("en", "This report first ran on 3 May 2009."),
        ("ko", "(2009년 5월 3일 자 기사를 다시 싣습니다.)"),
        ("ja", "当時の記事を再掲します。"),
        ("zh", "旧闻重读"),
        ("fr", "Un texte publié pour la première fois le 3 mai 2009."),
        ("de", "Aus dem Archiv: Mai 2009"),
        ("es", "Publicado originalmente el 3 de mayo de 2009."),
        ("ru", "Публикуем повторно."),
        ("ar", "نعيد نشر هذا التقرير."),
    ],
)
def test_a_page_of_an_archive_says_so_at_its_end(lang: str, note: str) -> None:
    reading = read(article("", f"{note}\n{note}\n{note}", lang=lang), office())
    assert "retro" in reading.cues


def test_what_says_to_be_of_an_archive_is_silent_old_news() -> None:
    title, body = "North Korea closes Kaesong liaison office", "The office was closed. It rained."
    told = Stream().tell(title, f"{body}\nThis page is kept in our archive.", lang="en")
    assert (told.verdict, told.kind) == (Verdict.SILENT, Kind.OLD_NEWS)
    assert Stream().tell(title, body, lang="en").verdict is Verdict.ALERT


def test_an_anniversary_that_is_still_ahead_is_no_look_back() -> None:
    title = "No ceremony for liaison office's third anniversary"
    day = f"{START + timedelta(days=5):%d %B}"
    ahead = article(title, f"The two sides will hold none on {day}, the ministry said.")
    there = article(title, "The two sides hold none, the ministry said.")
    assert not looks_back(read(ahead, office()), office(), {})
    assert looks_back(read(there, office()), office(), {})
