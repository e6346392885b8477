"""The words of Korean, Japanese and Chinese news desks, in sentences of our own."""

from __future__ import annotations

import pytest

from monitor.detect.sense.facts import facts_of
from monitor.detect.sense.keys import act_key
from monitor.detect.words.reading import read
from tests.detect.examples import article, office

TRADITIONAL = {
    "close": "北韓關上韓朝聯絡辦公室",
    "withdraw": "北韓人員全部離開韓朝聯絡辦公室",
    "silent": "北韓未接聽韓朝聯絡辦公室電話",
    "demolish": "北韓拆毀開城韓朝聯絡辦公室",
    "restore": "韓朝聯絡辦公室恢復通話",
    "visit": "韓國統一部長官到訪韓朝聯絡辦公室",
    "delay": "韓朝聯絡辦公室啟用順延",
    "condemn": "韓國譴責北韓炸毀韓朝聯絡辦公室",
}

TOLD = {
    "ko": {
        "withdraw": "북한, 남북연락사무소에서 손 뗐다",
        "resume": "남북연락사무소 업무 정상 운영",
        "reject": "북한, 남북연락사무소 회의 제의에 난색",
        "silent": "북한, 남북연락사무소 호출에 감감무소식",
        "absent": "남북연락사무소 소장급 만남 끝내 결렬",
        "deploy": "북한, 남북연락사무소 터 인근 병력 증강",
        "demolish": "남북연락사무소 하루아침에 폐허",
        "condemn": "여야, 남북연락사무소 파괴에 공분",
        "answer": "북한, 남북연락사무소에 오후 답신",
    },
    "ja": {
        "withdraw": "北朝鮮、南北連絡事務所から手を引く",
        "resume": "南北連絡事務所、通常運営に",
        "reject": "北朝鮮、南北連絡事務所の提案を突っぱねる",
        "silent": "北朝鮮、南北連絡事務所の電話になしのつぶて",
        "absent": "南北連絡事務所の話し合い、物別れに",
        "deny": "統一省「南北連絡事務所の移転は誤報」",
        "deploy": "北朝鮮軍が南北連絡事務所の跡地に部隊配置",
        "demolish": "南北連絡事務所、一夜で廃墟に",
        "condemn": "南北連絡事務所めぐり韓国与野党が憤り",
        "visit": "韓国統一相、南北連絡事務所に足を運ぶ",
    },
    "zh": {
        "withdraw": "朝方全员撤离韩朝联络办公室",
        "resume": "韩朝联络办公室恢复办公",
        "reject": "朝鲜一口回绝韩朝联络办公室会谈",
        "silent": "韩方致电韩朝联络办公室石沉大海",
        "absent": "韩朝联络办公室磋商谈崩",
        "demolish": "韩朝联络办公室毁于一旦",
        "condemn": "首尔痛斥朝鲜对韩朝联络办公室所为",
    },
}


def acts(title: str, lang: str) -> list[str]:
    reading = read(article(title, lang=lang), office())
    assert reading.title is not None
    facts = facts_of(reading.title, reading, office())
    return [act_key(fact) for _, fact in facts if fact.number is None]


@pytest.mark.parametrize("act", TRADITIONAL)
def test_traditional_characters_tell_what_simplified_ones_tell(act: str) -> None:
    assert f"a:{act}" in acts(TRADITIONAL[act], "zh")


@pytest.mark.parametrize(
    ("lang", "act"), [(lang, act) for lang, titles in TOLD.items() for act in titles]
)
def test_idioms_and_clipped_headlines_tell_the_act(lang: str, act: str) -> None:
    assert f"a:{act}" in acts(TOLD[lang][act], lang)
