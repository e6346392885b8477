"""General acts of the news in nine languages, and what only goes on beside them."""

from __future__ import annotations

import pytest

from monitor.detect.sense.facts import facts_of
from monitor.detect.sense.keys import act_key
from monitor.detect.words.reading import read
from tests.detect.examples import all_news, article, office

TOLD = {
    "regret": {
        "ar": "سيول تعرب عن أسفها لما جرى في مكتب الاتصال",
        "ru": "Сеул выразил сожаление из-за бюро связи",
        "es": "Seúl lamenta lo ocurrido en la oficina de enlace",
        "de": "Seoul bedauert Vorgehen am Verbindungsbüro",
        "fr": "Séoul déplore le sort du bureau de liaison",
        "zh": "首尔对联络办公室一事深感遗憾",
        "ja": "ソウル、連絡事務所めぐり遺憾の意",
        "ko": "정부, 연락사무소 관련 깊은 유감",
    },
    "deploy": {
        "ar": "دبابات الشمال تصل إلى جوار مكتب الاتصال",
        "ru": "Войска вошли в зону рядом с бюро связи",
        "es": "Tanques del Norte llegan junto a la oficina de enlace",
        "de": "Nordkoreas Panzer rollen neben das Verbindungsbüro",
        "fr": "Des blindés entrent dans la zone du bureau de liaison",
        "en": "Tanks reach ground beside the liaison office",
        "zh": "朝鲜军队进驻联络办公室旧地",
        "ja": "北朝鮮軍が連絡事務所の跡地に進駐",
        "ko": "북한군, 연락사무소 터에 주둔",
    },
    "open": {
        "ar": "مكتب الاتصال يفتح أبوابه في كايسونغ",
        "ru": "Бюро связи в Кэсоне открыто",
        "es": "Entra en funcionamiento la oficina de enlace",
        "fr": "Mise en service du bureau de liaison de Kaesong",
        "zh": "开城联络办公室正式启用",
    },
    "return": {
        "en": "All Southern staff back from Kaesong liaison office",
        "ar": "عاد موظفو الشمال إلى مكتب الاتصال",
        "de": "Nordkoreas Beamte sind zurück im Verbindungsbüro",
        "fr": "Les agents du Nord sont de retour au bureau de liaison",
    },
    "meet": {
        "en": "Presidential office convenes security council over liaison office",
        "ar": "مجلس الأمن القومي يعقد جلسة طارئة بشأن مكتب الاتصال",
        "ru": "Сеул созвал Совет безопасности из-за бюро связи",
        "es": "Seúl convoca una reunión urgente por la oficina de enlace",
        "de": "Seoul beruft wegen Verbindungsbüro Krisensitzung ein",
        "fr": "Bureau de liaison : réunion d'urgence à Séoul",
        "zh": "韩国就联络办公室召开紧急会议",
        "ja": "韓国、連絡事務所めぐり緊急会議",
        "ko": "정부, 연락사무소 사태로 긴급회의 소집",
    },
    "reject": {
        "ar": "الشمال يرفض عرض الجنوب بشأن مكتب الاتصال",
        "ru": "Пхеньян отверг идею о бюро связи",
        "es": "El Norte se niega a reparar la oficina de enlace",
        "de": "Nordkorea weist Idee zu Verbindungsbüro zurück",
        "fr": "Fin de non-recevoir du Nord au sujet du bureau de liaison",
    },
}
TO_COME = {
    "ru": ("Пхеньян возобновит работу бюро связи", "resume"),
    "fr": ("Pyongyang suspendra le bureau de liaison", "stop"),
    "es": ("El Norte reanudará la oficina de enlace", "resume"),
    "ar": ("ستنسحب كوريا الشمالية من مكتب الاتصال", "withdraw"),
    "en": ("Liaison office due to be inspected from Monday", "inspect"),
}
BESIDE = {
    "en": ("North stops answering liaison line as drills begin", "begin"),
    "fr": ("Le Nord ferme le bureau de liaison alors que les manœuvres commencent", "begin"),
    "de": ("Nordkorea schließt Verbindungsbüro inmitten neuer Drohungen", "threaten"),
    "es": ("El Norte cierra la oficina de enlace en medio de nuevas amenazas", "threaten"),
    "ru": ("КНДР закрыла бюро связи на фоне новых угроз", "threaten"),
    "ar": ("الشمال يغلق مكتب الاتصال وسط تهديدات جديدة", "threaten"),
    "ko": ("북한, 위협 속에 연락사무소 폐쇄", "threaten"),
    "ja": ("北朝鮮、協議が続く中で連絡事務所を閉鎖", "meet"),
    "zh": ("朝鲜在谈判之际关闭联络办公室", "meet"),
}
NOT_MEANT = [
    ("en", "Liaison office stays shut until further notice", "notify"),
    ("en", "A sign reading welcome greets liaison office staff", "sign"),
    ("en", "Seoul cuts funding for Kaesong liaison office", "cut"),
    ("en", "Images suggest liaison office stands empty", "propose"),
    ("es", "El volumen de trabajo de la oficina de enlace", "demolish"),
    ("es", "Las instalaciones de la oficina de enlace", "urge"),
    ("fr", "Violence verbale autour du bureau de liaison", "violate"),
    ("fr", "Un couple devant le bureau de liaison", "cut"),
    ("de", "Verbindungsbüro als ständiger Kontaktpunkt", "stay"),
    ("ru", "Судно у бюро связи в Кэсоне", "sue"),
    ("ar", "أمريكا ومكتب الاتصال في كايسونغ", "order"),
    ("ar", "تنفيذ أعمال مكتب الاتصال في كايسونغ", "deny"),
    ("en", "North vows to keep liaison office shut", "agree"),
    ("en", "Warning shots near Kaesong liaison office", "threaten"),
    ("en", "South must answer for liaison office, says North", "answer"),
    ("ko", '통일부 "연락사무소는 안전하다고 판단"', "decide"),
    ("ja", "統一省「連絡事務所は安全と判断」", "decide"),
    ("ar", "قالت الوزارة إنه مكتب الاتصال الوحيد", "complete"),
]


def acts(title: str, lang: str) -> list[str]:
    reading = read(article(title, lang=lang), office())
    assert reading.title is not None
    facts = facts_of(reading.title, reading, office())
    return [act_key(fact) for _, fact in facts if fact.number is None]


@pytest.mark.parametrize(
    ("act", "lang"), [(act, lang) for act, titles in TOLD.items() for lang in titles]
)
def test_a_title_tells_the_act_in_each_language(act: str, lang: str) -> None:
    assert f"a:{act}" in acts(TOLD[act][lang], lang)


@pytest.mark.parametrize("lang", TO_COME)
def test_a_verb_in_the_future_is_a_plan(lang: str) -> None:
    title, act = TO_COME[lang]
    found = acts(title, lang)
    assert f"a:{act}+" in found
    assert f"a:{act}" not in found


@pytest.mark.parametrize("lang", BESIDE)
def test_what_goes_on_beside_the_deed_is_background(lang: str) -> None:
    title, act = BESIDE[lang]
    found = acts(title, lang)
    assert f"a:{act}%" in found
    assert f"a:{act}" not in found


@pytest.mark.parametrize(("lang", "title", "act"), NOT_MEANT)
def test_a_like_word_is_another(lang: str, title: str, act: str) -> None:
    assert not any(key[2:].strip("~%+!?*-") == act for key in acts(title, lang))


def test_as_promised_says_nothing_of_another_deed() -> None:
    assert "a:close" in acts("North opens talks and as promised closes liaison office", "en")


@pytest.mark.parametrize(
    ("lang", "title", "act"),
    [
        ("en", "Envoys left the country after liaison office row", "withdraw"),
        ("de", "Bern holt sein Personal vom Verbindungsbüro zurück", "withdraw"),
        ("fr", "Berne rapatrie son personnel du bureau de liaison", "withdraw"),
        ("es", "Berna repatria a su personal de la oficina de enlace", "withdraw"),
        ("ko", "연락사무소, 홍수 정보를 나눠", "exchange"),
        ("en", "Builder files 3-million-dollar suit over liaison office", "sue"),
        ("en", "Fence at liaison office breaks border pact, Bern says", "violate"),
        ("en", "Guards take control of liaison office gate", "seize"),
        ("en", "Bern: the other side is lying about the liaison office", "condemn"),
    ],
)
def test_a_turn_of_phrase_is_the_act(lang: str, title: str, act: str) -> None:
    sentence = read(article(title, lang=lang), all_news()).title
    assert sentence is not None
    assert act in sentence.ids("act")


@pytest.mark.parametrize(
    ("title", "act"),
    [
        ("Breaking: sides sign liaison office agreement", "violate"),
        ("Breakthrough in liaison office agreement", "violate"),
        ("Ministers leave the door open for liaison office", "withdraw"),
        ("Liaison office files say nothing of it", "sue"),
        ("Barges are lying at anchor off liaison office", "condemn"),
    ],
)
def test_a_like_turn_of_phrase_is_another(title: str, act: str) -> None:
    sentence = read(article(title, lang="en"), all_news()).title
    assert sentence is not None
    assert act not in sentence.ids("act")
