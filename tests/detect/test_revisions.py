"""Edits: what was exchanged, added or taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.detect import TopicState
from monitor.detect.news.revisions import Grade, grade, with_aside
from monitor.detect.words.reading import read
from monitor.models import Decision, Verdict
from tests.detect.examples import START, Stream, all_news, article, office

TITLE = "North Korea withdraws from the Kaesong liaison office"
BODY = (
    "North Korea withdrew its officials from the joint liaison office in Kaesong on Friday.\n"
    "The ministry said it regretted the decision."
)


def graded(old_body: str, new_body: str, new_title: str = TITLE) -> Grade:
    old = article(TITLE, old_body, name="page")
    new = replace(old, title=new_title, body=new_body, revision=1, previous=old)
    return grade(old, new, office(), TopicState(), START).grade


@pytest.mark.parametrize(
    ("before", "after"),
    [("on Friday", "on  Friday"), ("said it regretted", "said that it regretted")],
)
def test_wording_alone_is_cosmetic(before: str, after: str) -> None:
    assert graded(BODY, BODY.replace(before, after)) is Grade.COSMETIC


def test_another_figure_about_the_office_is_a_correction() -> None:
    old = BODY.replace("its officials", "its 20 officials")
    assert graded(old, old.replace("20", "25")) is Grade.CORRECTION


def test_another_figure_in_the_background_is_minor() -> None:
    old = f"{BODY}\nRice cost 30 won in the market of a far away town."
    assert graded(old, old.replace("30", "35")) is Grade.MINOR


def test_another_place_is_a_correction_only_if_the_article_says_so() -> None:
    old = BODY.replace("on Friday", "after talks at Panmunjom")
    new = old.replace("Panmunjom", "Pyongyang")
    assert graded(old, new) is Grade.COSMETIC
    assert graded(old, f"{new}\nCorrection: the place was wrong.") is Grade.CORRECTION


def test_what_a_note_says_of_an_error_is_no_addition() -> None:
    added = "South Korea rejected the decision and proposed that both sides meet at the office."
    assert graded(BODY, f"{BODY}\n{added}") is Grade.FACTUAL
    assert graded(BODY, f"{BODY}\nCorrection: {added[0].lower()}{added[1:]}") is not Grade.FACTUAL


def test_the_contrary_is_a_correction() -> None:
    old = f"{BODY}\nReopening the liaison office was being discussed at present, it said."
    new = old.replace("was being discussed", "was never being discussed")
    assert graded(old, new) is not Grade.CORRECTION  # a word came in, none was exchanged
    new = old.replace("was being discussed", "was not under discussion")
    assert graded(old, f"{new}\nAn earlier version misstated this.") is Grade.CORRECTION


def test_a_figure_put_right_after_others_told_it_only_catches_up() -> None:
    wrong, right = (
        BODY.replace("its officials", f"its {n} officials").replace("Friday", "Thursday")
        for n in (20, 25)
    )
    stream = Stream()
    stream.tell(TITLE, wrong, name="page")
    stream.tell("North Korea pulls 25 officials out of the Kaesong liaison office", right)
    late = stream.tell(TITLE, right, name="page")
    assert late.rule == "minor-addition"
    assert late.verdict is Verdict.DIGEST


def test_a_new_headline_that_states_nothing_new_pushes_nothing() -> None:
    stream = Stream()
    stream.tell(TITLE, BODY, name="page")
    more = f"{BODY}\nOfficials in Seoul were still gathering details of the matter on Friday night."
    told = stream.tell(f"{TITLE}, ministry says", more, name="page")
    assert told.verdict is not Verdict.ALERT


def test_a_long_addition_is_shortened_for_people() -> None:
    added = " ".join(f"The ministry said word {n}." for n in range(30))
    old = article(TITLE, BODY, name="page")
    new = replace(old, body=f"{BODY}\n{added}", revision=1, previous=old)
    edit = grade(old, new, office(), TopicState(), START)
    assert edit.words.endswith("...")
    assert len(edit.words) <= 120


def test_a_new_headline_with_a_statement_is_factual() -> None:
    added = f"{BODY}\nSeoul called the step regrettable and urged the North to return."
    assert graded(BODY, added, f"{TITLE}, Seoul urges return") is Grade.FACTUAL


def test_what_was_taken_back_before_is_not_taken_back_again() -> None:
    gone = f"Story is withdrawn: {TITLE}"
    assert graded(BODY, "This story was wrongly reported.", gone) is Grade.RETRACTION
    old = article(gone, "This story was wrongly reported.", name="page")
    new = replace(old, body="This story was wrongly reported. ", revision=1, previous=old)
    assert grade(old, new, office(), TopicState(), START).grade is Grade.COSMETIC


ADDED = f"{BODY}\nSeoul urged the North to think again about the liaison office."


def edited(title: str) -> Decision:
    """The page grows by what Seoul urges, under another headline."""
    stream = Stream()
    stream.tell(TITLE, BODY, name="page")
    return stream.tell(title, ADDED, name="page")


KOREAN = ("북한, 개성 연락사무소 인원 철수", "북한이 개성 연락사무소에서 인원을 모두 철수시켰다.")
MORE_KOREAN = "이날 오전 개성 날씨는 맑았고 기온은 예년과 비슷했다고 한다."
JAPANESE = (
    "北朝鮮、開城の連絡事務所から人員撤収",
    "北朝鮮は開城の連絡事務所から人員を撤収させた。",
)
MORE_JAPANESE = "当日の開城は晴れで、気温は平年並みだったと住民は振り返っている。"
CHINESE = ("朝鲜撤出开城联络办公室人员", "朝鲜撤出了开城联络办公室的全部人员。")
MORE_CHINESE = "当天上午开城天气晴朗，气温与往年同期相近，当地居民这样回忆说。"


@pytest.mark.parametrize(
    ("lang", "first", "more", "mark"),
    [
        ("en", (TITLE, BODY), "The weather in Kaesong had been fine all morning.", " (2nd LEAD)"),
        ("ko", KOREAN, MORE_KOREAN, " (종합2보)"),
        ("ko", KOREAN, MORE_KOREAN, "(2보)"),
        ("ja", JAPANESE, MORE_JAPANESE, "（更新）"),
        ("zh", CHINESE, MORE_CHINESE, "（续报）"),
    ],
)
def test_a_mark_of_the_edition_is_no_new_headline(
    lang: str, first: tuple[str, str], more: str, mark: str
) -> None:
    old = article(*first, lang=lang, name="page")
    new = replace(old, body=f"{first[1]}\n{more}", revision=1, previous=old)

    def graded_under(title: str) -> Grade:
        return grade(old, replace(new, title=title), office(), TopicState(), START).grade

    assert graded_under(f"{old.title}{mark}") is Grade.MINOR
    assert graded_under(f"{old.title} {mark.strip(' ()（）')}") is Grade.FACTUAL


def test_a_headline_that_tells_in_other_words_what_was_told_adds_nothing() -> None:
    told = "North Korean officials withdraw from liaison office in Kaesong"
    assert edited(told).rule == "minor-addition"
    assert edited(f"{told}, Seoul urges rethink").rule == "new-fact-in-edit"


def test_a_figure_added_beside_another_exchanges_nothing() -> None:
    old = BODY.replace("its officials", "its 20 officials")
    added = old.replace("20 officials", "20 (in 2018) officials")
    assert graded(old, added) is not Grade.CORRECTION


def test_a_bare_sum_put_right_after_others_told_it_in_money_only_catches_up() -> None:
    title = "South Korea sues North for {} million over liaison office"
    body = "South Korea sued the North over the liaison office in Kaesong on Thursday."
    stream = Stream()
    stream.tell(title.format("440,000"), body, name="page")
    stream.tell(title.format("44,000").replace("over", "won over"), f"{body} It wants 44 bn won.")
    late = stream.tell(title.format("44,000"), body, name="page")
    assert late.rule == "minor-addition"


def test_a_figure_is_put_right_for_who_was_told_the_wrong_one() -> None:
    stream = Stream()
    stream.tell(TITLE, BODY, name="first")
    aside = "Rain at the Kaesong liaison office"
    wet = "It rained on the 20 roofs of the liaison office in Kaesong on Friday."
    assert stream.tell(aside, wet, name="aside").verdict is not Verdict.ALERT
    late = stream.tell(aside, wet.replace("20", "25"), name="aside")
    assert late.verdict is Verdict.DIGEST
    assert "no alert had told it" in late.why
    counted = BODY.replace("its officials", "its 20 officials")
    assert stream.tell(TITLE, counted, name="first").rule != "token-exchanged"
    right = stream.tell(TITLE, counted.replace("20", "25"), name="first")
    assert (right.rule, right.verdict) == ("token-exchanged", Verdict.ALERT)


def test_a_correction_that_tells_a_deed_is_for_everybody() -> None:
    stream = Stream()
    aside = "Rain at the Kaesong liaison office"
    wet = "It rained on the 20 roofs of the liaison office in Kaesong on Friday."
    stream.tell(aside, wet, name="aside")
    dry = wet.replace("20", "25").replace(" on Friday", ", which North Korea has closed")
    assert stream.tell(aside, dry, name="aside").rule == "token-exchanged"


def test_an_edit_that_adds_what_a_report_said_of_somebody_else_adds_nothing() -> None:
    added = f"{BODY}\nWashington sent a protest and proposed talks on Saturday."
    stream = Stream()
    stream.tell(TITLE, BODY, name="page")
    assert stream.tell(TITLE, added, name="page").rule == "new-fact-in-edit"
    stream = Stream()
    stream.tell(TITLE, BODY, name="page")
    other = "The United States sent a protest and proposed talks on Saturday."
    stream.tell("North Korea leaves the Kaesong liaison office", f"{BODY}\n{other}")
    assert stream.tell(TITLE, added, name="page").rule == "minor-addition"


def test_without_a_topic_nothing_is_kept_for_edits() -> None:
    reading = read(article(TITLE, BODY), office())
    assert "a:withdraw" in with_aside(None, reading, office())
    assert with_aside(None, read(article(TITLE, BODY), all_news()), all_news()) == []
