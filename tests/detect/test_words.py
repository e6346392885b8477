"""What happened, in nine languages: the act and its mood, in sentences of our own."""

from __future__ import annotations

import pytest

from monitor.detect.sense.facts import facts_of
from monitor.detect.sense.keys import act_key
from monitor.detect.words.reading import read
from tests.detect.examples import article, office

DONE = {
    "demolish": {
        "en": "The North has blown the Kaesong liaison office to pieces",
        "ko": "북한, 개성 연락사무소 산산조각 냈다",
        "ja": "北朝鮮、開城の連絡事務所を吹き飛ばす",
        "zh": "朝鲜把开城的联络办公室夷为平地",
        "de": "Nordkorea jagt Verbindungsbüro in die Luft",
        "fr": "Pyongyang réduit en poussière le bureau de liaison",
        "es": "Pyongyang hace saltar por los aires la oficina de enlace",
        "ru": "КНДР взорвала бюро связи с Югом",
        "ar": "كوريا الشمالية فجّرت مكتب الاتصال مع الجنوب",
    },
    "resign": {
        "en": "Unification minister steps down over liaison office",
        "ko": "통일부 장관, 연락사무소 사태로 사표",
        "ja": "韓国統一相が辞表 連絡事務所めぐり",
        "zh": "韩国统一部长官因联络办公室一事请辞",
        "de": "Vereinigungsminister tritt wegen Verbindungsbüro zurück",
        "fr": "Bureau de liaison : le ministre de l'Unification démissionne",
        "es": "Dimite el ministro de Unificación por la oficina de enlace",
        "ru": "Министр объединения ушёл в отставку из-за бюро связи",
        "ar": "استقالة وزير التوحيد بسبب مكتب الاتصال",
    },
    "silent": {
        "en": "North does not pick up Seoul's liaison line",
        "ko": "북한, 연락사무소 전화 종일 안 받아",
        "ja": "北朝鮮、連絡事務所の電話に出ず ソウルの呼び出しに応じない",
        "zh": "朝鲜没有接听韩国联络热线",
        "de": "Nordkorea geht nicht ans Telefon: Leitung nach Südkorea stumm",
        "fr": "Pyongyang n'a pas décroché la ligne intercoréenne",
        "es": "Pyongyang no contesta la línea intercoreana",
        "ru": "КНДР не берёт трубку на линии связи с Сеулом",
        "ar": "بيونغ يانغ لا تجيب على خط الاتصال مع سيول",
    },
    "answer": {
        "en": "North picks up the phone on the inter-Korean liaison line",
        "ko": "북한, 남북 연락선 오후 전화에 응답",
        "ja": "北朝鮮、南北連絡線の電話に出た",
        "zh": "朝鲜接听了韩朝联络热线",
        "de": "Nordkorea nimmt auf der innerkoreanischen Leitung wieder ab",
        "fr": "Pyongyang décroche de nouveau la ligne intercoréenne",
        "es": "Pyongyang descuelga la línea intercoreana",
        "ru": "КНДР сняла трубку на межкорейской линии",
        "ar": "بيونغ يانغ ردت على الاتصال عبر الخطوط بين الكوريتين",
    },
    "restore": {
        "en": "Inter-Korean lines are up again after a year",
        "ko": "남북 통신선 1년 만에 다시 이어",
        "ja": "南北の通信線、再びつながる",
        "zh": "韩朝热线重新接通",
        "de": "Leitungen zwischen beiden Koreas funktionieren wieder",
        "fr": "Les lignes intercoréennes remises en service",
        "es": "Las líneas intercoreanas vuelven a funcionar",
        "ru": "Межкорейские линии связи снова заработали",
        "ar": "استعادة خطوط الاتصال بين الكوريتين",
    },
    "sue": {
        "en": "Seoul takes the North to court over the liaison office",
        "ko": "정부, 연락사무소 손배 청구하며 법정으로",
        "ja": "韓国、連絡事務所で北朝鮮に賠償請求",
        "zh": "韩国为联络办公室向朝鲜求偿",
        "de": "Seoul verklagt Pjöngjang wegen Verbindungsbüro",
        "fr": "Bureau de liaison : Séoul assigne Pyongyang",
        "es": "Seúl demanda a Pyongyang por la oficina de enlace",
        "ru": "Сеул подал иск к КНДР из-за бюро связи",
        "ar": "سيول رفعت دعوى ضد بيونغ يانغ بسبب مكتب الاتصال",
    },
    "repair": {
        "en": "Kaesong liaison office rebuilt, photographs show",
        "ko": "개성 연락사무소 재건",
        "ja": "開城の連絡事務所を再建",
        "zh": "开城联络办公室重建",
        "de": "Verbindungsbüro in Kaesong wiederaufgebaut",
        "fr": "Le bureau de liaison de Kaesong reconstruit",
        "es": "Reconstruida la oficina de enlace de Kaesong",
        "ru": "Бюро связи в Кэсоне отстроено заново",
        "ar": "إعادة بناء مكتب الاتصال في كايسونغ",
    },
}
HEARD = {
    "en": "Loud explosion heard near Kaesong",
    "ko": "개성 쪽에서 폭발음",
    "ja": "開城の方向で爆発音",
    "zh": "开城方向传来爆炸声",
    "de": "Explosion nahe Kaesong zu hören",
    "fr": "Une détonation entendue près de Kaesong",
    "es": "Se oye una explosión cerca de Kaesong",
    "ru": "В районе Кэсона слышен грохот",
    "ar": "سماع دوي انفجار قرب كايسونغ",
}
AHEAD = {
    "en": "The North will soon demolish the liaison office in Kaesong.",
    "ko": "머지않아 개성 연락사무소가 무너지는 모습을 보게 될 것이다.",
    "ja": "開城の連絡事務所はまもなく崩壊するだろう。",
    "zh": "开城的联络办公室不久就会倒塌。",
    "de": "Das Verbindungsbüro in Kaesong wird bald gesprengt.",
    "fr": "Le bureau de liaison de Kaesong sera bientôt détruit.",
    "es": "La oficina de enlace de Kaesong será pronto demolida.",
    "ru": "Бюро связи в Кэсоне скоро будет взорвано.",
    "ar": "سوف تدمر كوريا الشمالية مكتب الاتصال في كايسونغ قريبا.",
}


def keys(title: str, body: str, lang: str) -> list[str]:
    reading = read(article(title, body, lang=lang), office())
    sentence = reading.sentences[-1]
    return [
        act_key(fact) for _, fact in facts_of(sentence, reading, office()) if fact.number is None
    ]


@pytest.mark.parametrize(
    ("act", "lang"), [(act, lang) for act, titles in DONE.items() for lang in titles]
)
def test_a_title_that_tells_of_the_deed_is_read_as_done(act: str, lang: str) -> None:
    assert f"a:{act}" in keys(DONE[act][lang], "", lang)


@pytest.mark.parametrize("lang", AHEAD)
def test_what_is_only_foretold_is_not_done(lang: str) -> None:
    assert "a:demolish+" in keys("", AHEAD[lang], lang)


@pytest.mark.parametrize("lang", HEARD)
def test_a_bang_is_not_yet_a_demolition(lang: str) -> None:
    found = keys(HEARD[lang], "", lang)
    assert "a:explode" in found
    assert "a:demolish" not in found


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("ko", "북한, 내일 0시부터 남북 통신선 전면 차단"),
        ("ja", "北朝鮮、南北通信線を遮断すると発表"),
        ("en", "North Korea to sever inter-Korean lines from midnight"),
    ],
)
def test_an_announced_cut_is_not_done(lang: str, title: str) -> None:
    found = keys(title, "", lang)
    assert "a:cut+" in found
    assert "a:cut" not in found


def test_a_call_that_nobody_took_is_silence() -> None:
    assert keys("Nobody in the North picked up on the liaison line", "", "en") == ["a:silent"]


def test_smoke_is_not_a_delay_in_korean() -> None:
    assert keys("개성 연락사무소 쪽에서 검은 연기", "", "ko") == ["a:explode"]


@pytest.mark.parametrize(
    ("lang", "title"),
    [("en", "Cooks to leave Kaesong after flood"), ("zh", "厨师因洪水离开开城")],
)
def test_who_leaves_the_town_of_the_office_withdraws(lang: str, title: str) -> None:
    sentence = read(article(title, lang=lang), office()).title
    assert sentence is not None
    assert "withdraw" in sentence.ids("act")


@pytest.mark.parametrize(
    ("lang", "title", "act"),
    [
        ("en", "Inter-Korean hotline is back after the storm", "restore"),
        ("en", "Phone link back between the Koreas", "restore"),
        ("ko", "연락사무소 저녁 통화는 정상", "answer"),
        ("ko", "남북 연락사무소 통화도 정상으로", "answer"),
    ],
)
def test_a_line_that_works_is_told_in_few_words(lang: str, title: str, act: str) -> None:
    assert f"a:{act}" in keys(title, "", lang)
