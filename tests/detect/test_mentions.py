from datetime import timedelta

import pytest

from monitor.detect.about.mentions import is_beside
from monitor.detect.words.reading import read
from monitor.models import Verdict
from tests.detect.examples import Stream, article, office

PRIZE = {  # of something else
    "en": ("Four bakers share the autumn prize", "The prize is small."),
    "ko": ("제빵사 네 명, 가을 장터서 상 받아", "상금은 많지 않다."),
    "ja": ("パン職人四人、秋の市で受賞", "賞金は多くない。"),
    "zh": ("四名面包师在秋季集市获奖", "奖金不多。"),
    "fr": ("Quatre boulangers se partagent le prix d'automne", "Le prix est modeste."),
    "de": ("Vier Bäcker teilen sich den Herbstpreis", "Der Preis ist klein."),
    "es": ("Cuatro panaderos comparten el premio de otoño", "El premio es pequeño."),
    "ru": ("Четыре пекаря разделили осенний приз", "Приз невелик."),
    "ar": ("أربعة خبازين يتقاسمون جائزة الخريف", "الجائزة صغيرة."),
}
IN_PASSING = [
    ("en", "Their ovens stand beside the joint liaison office in Kaesong."),
    ("en", "The winners live in a street where the joint liaison office in Kaesong has its gate."),
    ("ko", "가마는 개성 남북공동연락사무소 옆 빈터에 있다."),
    ("ja", "窯は開城の南北共同連絡事務所の隣にある。"),
    ("zh", "烤炉紧挨开城韩朝共同联络事务所。"),
    ("fr", "Leurs fours voisinent avec le bureau de liaison intercoréen de Kaesong."),
    ("de", "Ihre Öfen stehen neben dem innerkoreanischen Verbindungsbüro in Kaesong."),
    ("es", "Sus hornos lindan con la oficina de enlace intercoreana de Kaesong."),
    ("ru", "Их печи соседствуют с межкорейским бюро связи в Кэсоне."),
    ("ar", "أفرانهم تجاور مكتب الاتصال المشترك في كايسونغ."),
]
SENT_BY_IT = [
    ("en", "The letter of thanks crossed the mountains through the Kaesong liaison office."),
    ("en", "It was handed to a courier at the joint liaison office in Kaesong."),
    ("ko", "감사 서한은 개성 남북공동연락사무소를 거쳐 갔다."),
    ("ja", "礼の書簡は開城の南北共同連絡事務所を通じて届いた。"),
    ("zh", "该信函经开城韩朝共同联络事务所转交。"),
    ("fr", "La lettre est passée par le bureau de liaison intercoréen de Kaesong."),
    ("de", "Der Brief ging über das innerkoreanische Verbindungsbüro in Kaesong."),
    ("es", "La carta pasó por la oficina de enlace intercoreana de Kaesong."),
    ("ru", "Письмо передано через межкорейское бюро связи в Кэсоне."),
    ("ar", "الرسالة وصلت عبر مكتب الاتصال المشترك في كايسونغ."),
]
SAID_OF_IT = [
    ("en", "Nobody at the joint liaison office in Kaesong bakes, an official said."),
    ("ko", "개성 남북공동연락사무소에는 가마가 없다고 당국자는 밝혔다."),
    ("ja", "開城の南北共同連絡事務所に窯はないと当局者は述べた。"),
    ("zh", "官员表示，开城韩朝共同联络事务所没有烤炉。"),
    ("fr", "Selon un agent, le bureau de liaison intercoréen de Kaesong n'a pas de four."),
    ("de", "Das innerkoreanische Verbindungsbüro in Kaesong habe keinen Ofen, sagte ein Beamter."),
    ("es", "La oficina de enlace intercoreana de Kaesong no tiene horno, dijo un funcionario."),
    ("ru", "В межкорейском бюро связи в Кэсоне нет печи, сказал чиновник."),
    ("ar", "قال مسؤول إن مكتب الاتصال المشترك في كايسونغ لا يملك فرنا."),
]


def beside(title: str, body: str, lang: str | None) -> bool:
    return is_beside(read(article(title, body, lang=lang), office()), office())


@pytest.mark.parametrize(("lang", "sentence"), IN_PASSING)
def test_what_is_named_behind_the_head_is_beside_the_matter(lang: str, sentence: str) -> None:
    title, lead = PRIZE[lang]
    assert beside(title, f"{lead} {sentence}", lang)


@pytest.mark.parametrize(("lang", "sentence"), SENT_BY_IT)
def test_what_the_matter_went_through_is_no_aside(lang: str, sentence: str) -> None:
    title, lead = PRIZE[lang]
    assert not beside(title, f"{lead} {sentence}", lang)


@pytest.mark.parametrize(("lang", "sentence"), SAID_OF_IT)
def test_what_somebody_has_a_word_on_is_no_aside(lang: str, sentence: str) -> None:
    title, lead = PRIZE[lang]
    assert not beside(title, f"{lead} {sentence}", lang)


@pytest.mark.parametrize(("lang", "sentence"), IN_PASSING)
def test_what_stands_at_the_head_is_no_aside(lang: str, sentence: str) -> None:
    title, lead = PRIZE[lang]
    assert not beside(sentence, lead, lang)
    assert not beside(title, f"{sentence} {lead}", lang)


def test_a_text_that_does_not_name_it_is_nothing_of_it() -> None:
    assert not beside(*PRIZE["en"], "en")


@pytest.mark.parametrize(
    "sentence",
    [
        "Envoys sent the letter through the joint liaison office in Kaesong.",
        "The North sent its letter through the joint liaison office in Kaesong.",
        "The bakers walk to work past the joint liaison office in Kaesong.",
        "The letter praises the joint liaison office in Kaesong.",
    ],
)
def test_who_sends_it_or_what_is_written_of_it_is_no_way_of_the_matter(sentence: str) -> None:
    assert beside(*PRIZE["en"][:1], f"{PRIZE['en'][1]} {sentence}", "en")


def test_of_a_language_that_is_not_known_only_words_are_heard() -> None:
    title, body = "Quattro fornai premiati", "Poca cosa. Era nel joint liaison office di Kaesong."
    assert beside(title, body, "it")


FLOOD = "South Korea offers 300 tents to the North after flood"
READY = "The tents lie packed in Incheon since Wednesday, Seoul said."
MORE = "Each holds eight people. Rain fell for a week. Two bridges broke. Snow may follow."
TRUCKS = "South and North Korea talked of trucks at the liaison office in Kaesong."


def days_after_talks(title: str, body: str) -> Verdict:
    """The verdict on an article while the office is in the news for something near."""
    stream = Stream()
    stream.tell("Koreas talk of trucks at liaison office", TRUCKS)
    return stream.tell(title, body, after=timedelta(days=2)).verdict


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Trucks will get their days through the liaison office in Kaesong.", Verdict.DIGEST),
        ("It went through the liaison office in Kaesong at noon.", Verdict.ALERT),
        ("The liaison office in Kaesong has taken the list, a spokesman said.", Verdict.ALERT),
    ],
)
def test_news_of_something_else_is_for_the_digest(sentence: str, verdict: Verdict) -> None:
    assert days_after_talks(FLOOD, f"{READY} {sentence} {MORE}") is verdict


def test_what_who_answers_for_the_office_does_is_told_all_the_same() -> None:
    title = FLOOD.replace("South Korea", "Minister Kim Yung-ho")
    aside = "Trucks will get their days through the liaison office in Kaesong."
    assert days_after_talks(title, f"{READY} {aside} {MORE}") is Verdict.ALERT
