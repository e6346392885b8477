"""What is new is told in the words of the report, and no id of the lexicon reaches people."""

from __future__ import annotations

import re

import pytest

from monitor.config.lexicon import called, read_lexicon
from monitor.detect import TopicState, decide, judge
from monitor.detect.news.gate import statements
from monitor.detect.told.newly import newly
from monitor.detect.words.reading import read
from tests.detect.examples import START, article, office


def told(title: str, lang: str = "en", body: str = "") -> tuple[str, ...]:
    reading = read(article(title, body, lang=lang), office())
    return newly(statements(reading, office()), reading, office())


@pytest.mark.parametrize(
    ("title", "lang", "said"),
    [
        ("North Korea pulls staff out of liaison office", "en", "“pulls staff out of”"),
        ("Workers at the Kaesong liaison office strike", "en", "“strike”"),
        ("북한, 개성 연락사무소 폐쇄한다고 발표", "ko", "“폐쇄한다고” (closes)"),
        ("北朝鮮、開城の連絡事務所を閉鎖", "ja", "“閉鎖” (closes)"),
        ("朝鲜关闭开城联络办公室", "zh", "“关闭” (closes)"),
        ("Nordkorea schließt Verbindungsbüro in Kaesong", "de", "“schließt” (closes)"),
        ("La Corée du Nord ferme le bureau de liaison de Kaesong", "fr", "“ferme” (closes)"),
    ],
)
def test_an_act_is_told_in_the_words_of_the_report(title: str, lang: str, said: str) -> None:
    assert said in told(title, lang)


def test_what_was_not_done_is_told_as_not_done() -> None:
    (said,) = told("North Korea did not close the liaison office")
    assert said == "not “close the”"


def test_an_act_that_is_told_in_two_moods_is_named_once() -> None:
    body = "North Korea will close the liaison office in Kaesong, the ministry said."
    said = told("North Korea closes liaison office", body=body)
    assert sum("clos" in each for each in said) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("14 officials stay", "14 persons"),
        ("It cost 9,780,000,000 won", "9,780,000,000 won"),
        ("It cost 10.5 billion won", "about 10,500,000,000 won"),
        ("the supply of 1 ton of fuel", "1 ton"),
        ("Staff fall by 3 to 5 percent", "3–5 percent"),
    ],
)
def test_a_quantity_is_told_as_people_write_it(text: str, said: str) -> None:
    assert said in told(f"Kaesong liaison office: {text}")


def test_a_day_and_a_week_to_come_are_told_as_people_write_them() -> None:
    assert "20 March 2021" in told("Kaesong liaison office to reopen on March 20")
    week = told("Kaesong liaison office to reopen next week")
    assert any(re.fullmatch(r"the week of \d+ March 2021", each) for each in week)


def test_every_act_of_the_lexicon_has_a_name_for_people() -> None:
    acts = {act for language in read_lexicon().languages for act in language.acts}
    assert called().acts.keys() == acts
    assert not any("_" in name for name in called().acts.values())


def test_the_reason_of_an_alert_has_no_id_of_an_act() -> None:
    new = article("北, 개성 연락사무소서 전원 철수", lang="ko")
    made = decide(new, judge(new, office()), office(), TopicState(), START)
    assert "New: “철수” (withdraws)" in made.why


def test_of_new_statements_the_weightiest_are_told_and_figures_first() -> None:
    reading = read(article("Kaesong liaison office"), office())
    new = {"d:2021-03-17": 1.0, "n:ton:2": 0.7, "n:person:3": 1.0, "b:open:rice": 1.0}
    assert newly(new, reading, office()) == ("3 persons", "17 March 2021", "2 tons")
