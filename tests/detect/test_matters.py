"""Acts of Japanese and Chinese that a sentence is only about."""

from __future__ import annotations

import pytest

from monitor.detect.sense.facts import facts_of
from monitor.detect.words.reading import read
from tests.detect.examples import article, office

Row = tuple[str, str, str]

ONLY_NAMED: list[Row] = [
    ("ja", "韓国、連絡事務所の視察を延期", "inspect"),
    ("ja", "連絡事務所への訪問は取りやめ", "visit"),
    ("ja", "連絡事務所爆破の翌日、国連が会合", "demolish"),
    ("ja", "連絡事務所閉鎖で国連が非難の声明", "close"),
    ("ja", "連絡事務所破壊、韓国が賠償求め提訴", "demolish"),
    ("ja", "途絶えた連絡事務所の回線が復旧", "cut"),
    ("ja", "業務開始の電話に出ず 南北連絡事務所", "open"),
    ("zh", "因联络办公室被炸 部长请辞", "demolish"),
    ("zh", "韩方推迟考察联络办公室", "inspect"),
    ("zh", "双方取消了会谈 联络办公室照常", "meet"),
    ("zh", "统一部就联络办公室被炸发声", "demolish"),
    ("zh", "对于朝方撤离联络办公室,日本政府不予置评", "withdraw"),
    ("zh", "部长为联络办公室关闭一事道歉", "close"),
    ("zh", "炸毁联络办公室 四名军官被判刑", "demolish"),
    ("zh", "关闭联络办公室次日 韩方人员抵达坡州", "close"),
    ("zh", "双方商讨重启联络办公室", "resume"),
    ("zh", "俄方回应联络办公室关闭", "answer"),
]
DONE: list[Row] = [
    ("ja", "韓国、連絡事務所を視察", "inspect"),
    ("ja", "連絡事務所の再開で合意", "agree"),
    ("ja", "連絡事務所が復旧 2年ぶり", "restore"),
    ("zh", "韩方考察联络办公室", "inspect"),
    ("zh", "联络办公室会议在双方出席下如期召开", "meet"),
    ("zh", "朝方炸毁联络办公室 韩方召开会议", "demolish"),
    ("zh", "朝方回应韩方呼叫 联络办公室通话", "answer"),
]


def moods(lang: str, title: str, act: str) -> set[str]:
    reading = read(article(title, lang=lang), office())
    assert reading.title is not None
    facts = [fact for _, fact in facts_of(reading.title, reading, office()) if fact.act == act]
    return {fact.modality.value for fact in facts if fact.number is None}


@pytest.mark.parametrize(("lang", "title", "act"), ONLY_NAMED)
def test_what_is_put_off_answered_for_or_spoken_of_is_only_named(
    lang: str, title: str, act: str
) -> None:
    assert moods(lang, title, act) == {"unknown"}


@pytest.mark.parametrize(("lang", "title", "act"), DONE)
def test_a_deed_that_its_sentence_tells_is_done(lang: str, title: str, act: str) -> None:
    assert moods(lang, title, act) == {"done"}


def test_what_has_been_agreed_upon_is_no_mere_matter() -> None:
    title = "韩朝就恢复联络办公室热线达成一致"
    assert moods("zh", title, "restore") | moods("zh", title, "resume") == {"planned"}
