"""Acts that a title only mentions, and titles that count how long something has gone on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.detect.sense.facts import facts_of
from monitor.detect.sense.lasting import lasts
from monitor.detect.words.reading import read
from monitor.models import Modality
from tests.detect.examples import article, office


def moods(title: str, lang: str) -> dict[str, Modality]:
    reading = read(article(title, lang=lang), office())
    assert reading.title is not None
    return {
        fact.act: fact.modality
        for _, fact in facts_of(reading.title, reading, office())
        if fact.act
    }


@pytest.mark.parametrize(
    ("lang", "title", "act"),
    [
        ("en", "Seoul sues North for blowing up Kaesong liaison office", "demolish"),
        ("en", "Council deplores demolition of Kaesong liaison office", "demolish"),
        ("en", "Date for opening of Kaesong liaison office unclear", "open"),
        ("en", "Minister does not consider the closing of the Kaesong office a breach", "close"),
        ("ru", "Минск не считает закрытие бюро связи в Кэсоне угрозой", "close"),
        (
            "fr",
            "Berne ne considère pas la fermeture du bureau de Kaesong comme grave",
            "close",
        ),
        ("es", "Lima considera la apertura de la oficina de Kaesong un gesto", "open"),
        ("en", "Koreas' revived hotline falls silent", "resume"),
        ("ko", "정부, 개성 연락사무소 개소 시점 협의", "open"),
        ("ko", "개성 연락사무소 폭파에 유감 표명", "demolish"),
        ("ja", "連絡事務所爆破の北朝鮮に抗議", "demolish"),
        ("ar", "الجنوب يدرس موعد افتتاح مكتب الاتصال في كيسونغ", "open"),
    ],
)
def test_is_background_what_another_act_is_about(lang: str, title: str, act: str) -> None:
    assert moods(title, lang)[act] is Modality.UNKNOWN


@pytest.mark.parametrize(
    ("lang", "title", "act"),
    [
        ("ko", "북, 연락사무소 전화 안 받아…2018년 개소 뒤 처음", "silent"),
        ("en", "North Korea cuts inter-Korean hotline; 2018 pact in doubt", "cut"),
    ],
)
def test_is_background_not_what_stands_before_another_clause(
    lang: str, title: str, act: str
) -> None:
    assert moods(title, lang)[act] is Modality.DONE


def test_is_background_not_what_a_space_parts_from_a_protest_in_japanese() -> None:
    told = moods("北朝鮮、連絡事務所の電話に応答せず 軍の訓練に反発", "ja")
    assert told["silent"] is Modality.DONE


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Inter-Korean hotline unanswered for a fourth week"),
        ("en", "Liaison office shut, three months on"),
        ("ko", "연락사무소 통화 4주째 불통"),
        ("ko", "연락사무소 문 닫은 지 한 달"),
        ("ja", "連絡事務所の電話、3日連続で応答なし"),
        ("zh", "联络办公室热线连续三天无人接听"),
    ],
)
def test_lasts_what_is_counted_in_weeks_goes_on(lang: str, title: str) -> None:
    sentence = read(article(title, lang=lang), office()).sentences[0]
    acts = [hit for hit in sentence.hits if hit.kind == "act"]
    assert any(lasts(sentence, act, office().tongues[lang]) for act in acts)


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Liaison office to close for two weeks"),
        ("ko", "연락사무소 2주 만에 재개"),
        ("en", "Staff strike enters third week, liaison office closes"),
    ],
)
def test_lasts_not_for_how_long_it_will_be_nor_what_another_clause_counts(
    lang: str, title: str
) -> None:
    sentence = read(article(title, lang=lang), office()).sentences[0]
    acts = [hit for hit in sentence.hits if hit.kind == "act" and hit.id in ("close", "resume")]
    assert acts
    assert not any(lasts(sentence, act, office().tongues[lang]) for act in acts)


def test_a_korean_title_that_ends_in_an_object_asks_for_it() -> None:
    assert moods('통일부 "남북 통신선부터 복원을"', "ko")["restore"] is Modality.PROPOSED


def test_what_a_korean_title_says_must_be_done_is_not_done() -> None:
    assert moods('통일부 차관 "남북 통신선 복원해야"', "ko")["restore"] is Modality.PROPOSED


@pytest.mark.parametrize(
    ("title", "act"),
    [
        ("Seoul trims funds for shuttered liaison office", "close"),
        ("Engineers inspect liaison office abandoned by North", "withdraw"),
        ("President's cancelled visit hangs over Kaesong liaison office", "visit"),
    ],
)
def test_a_participle_that_tells_which_one_is_background(title: str, act: str) -> None:
    assert moods(title, "en")[act] is Modality.UNKNOWN


def test_a_participle_that_tells_what_befell_the_office_is_the_deed() -> None:
    assert moods("Kaesong liaison office abandoned by North", "en")["withdraw"] is Modality.DONE


def test_only_what_somebody_denies_is_denied() -> None:
    found = moods("North closes liaison office, contradicting its own envoy", "en")
    assert found["close"] is Modality.DONE
    assert moods("Closing of liaison office denied", "en")["close"] is Modality.DENIED
    assert moods("North denies it closed liaison office", "en")["close"] is Modality.DENIED
    assert moods("朝方关闭联络事务所, 统一部否认", "zh")["close"] is Modality.DENIED


def test_what_an_expert_is_quoted_with_is_no_deed() -> None:
    assert moods('Experts: "North closes liaison office"', "en")["close"] is Modality.UNKNOWN
    assert moods('Minister: "North closes liaison office"', "en")["close"] is Modality.DONE
    assert moods('North closes liaison office, experts "puzzled"', "en")["close"] is Modality.DONE


def test_what_ought_to_be_done_in_korean_is_asked_for() -> None:
    assert moods('야당 "연락사무소에 쌀 보내야"', "ko")["send"] is Modality.PROPOSED
    assert moods("연락사무소에 쌀 보내야 한다는 의원들", "ko")["send"] is Modality.PROPOSED
    assert moods("정부, 연락사무소에 쌀 보내", "ko")["send"] is Modality.DONE


@pytest.mark.parametrize(
    ("lang", "title", "lead"),
    [
        ("en", "From our files: Kaesong liaison office opens", "First published in September."),
        ("de", "Archiv: Verbindungsbüro in Kaesong eröffnet", "Zuerst erschienen im September."),
        ("fr", "Le bureau de liaison de Kaesong ouvre", "Texte publié initialement en septembre."),
        ("es", "Abre la oficina de enlace de Kaesong", "Publicado originalmente en septiembre."),
        ("ru", "Бюро связи в Кэсоне открыто", "Впервые опубликовано в сентябре."),
        ("ko", "[재게재] 개성 연락사무소 개소", "지난 기사를 재게재합니다."),
        ("ja", "【再掲】開城の連絡事務所が開所", "当時の記事を掲載します。"),
        ("zh", "【旧文重发】开城联络办公室揭牌", "本文首发于九月。"),
    ],
)
def test_a_report_that_runs_again_says_so(lang: str, title: str, lead: str) -> None:
    assert "retro" in read(article(title, lead, lang=lang), office()).cues


def test_what_comes_out_today_of_last_year_does_not_look_back() -> None:
    def cues(lang: str, lead: str) -> frozenset[str]:
        day = datetime(2026, 3, 10, 3, 0, tzinfo=UTC)
        return read(article("石油", lead, lang=lang, at=day), office()).cues

    assert "old" not in cues("ja", "韓国が昨年、石油を届け出ずに搬入していたことが10日、分かった。")
    assert "old" in cues("ja", "韓国は昨年、石油を届け出ずに搬入していた。")
    assert "old" not in cues("en", "Oil was shipped last year, a panel said on 10 March.")
    assert "old" in cues("en", "Oil was shipped last year, as a panel said on 3 February.")


def test_is_background_nach_says_where_to_before_a_country_and_when_before_a_deed() -> None:
    assert moods("Norden will alle Leitungen nach Südkorea kappen", "de")["cut"] is Modality.PLANNED
    assert moods("Nach Abzug kappt der Norden Leitungen", "de")["withdraw"] is Modality.UNKNOWN


@pytest.mark.parametrize(
    ("lang", "title", "act"),
    [
        ("en", "North skips opening call on liaison line", "open"),
        ("en", "North takes closing phone call on liaison line", "close"),
        ("en", "Envoy put in charge of restoring hotlines with North", "restore"),
        ("en", "Restoring hotlines with North comes first, envoy says", "restore"),
        ("en", "Restoring hotlines with North is a priority, envoy says", "restore"),
        ("fr", "Un émissaire chargé du rétablissement des lignes intercoréennes", "restore"),
        ("ko", "새 전담반, 남북 통신선 복원도 맡는다", "restore"),
        ("ko", "남북 통신선 복원이 최우선", "restore"),
        ("ja", "南北通信線の復旧が最優先", "restore"),
    ],
)
def test_is_background_what_is_a_task_or_the_name_of_a_call(
    lang: str, title: str, act: str
) -> None:
    assert moods(title, lang)[act] is Modality.UNKNOWN


@pytest.mark.parametrize(
    ("title", "mood"),
    [
        ("“The useless bridge was torn down at dawn”", Modality.UNKNOWN),
        ("Mayor: “The useless bridge was torn down at dawn”", Modality.DONE),
        ("The bridge was torn down at dawn", Modality.DONE),
    ],
)
def test_a_headline_of_nothing_but_a_quote_tells_no_deed(title: str, mood: Modality) -> None:
    assert moods(title, "en")["demolish"] is mood


@pytest.mark.parametrize(
    ("title", "mood"),
    [
        ("Mayor: phone lines restored 'at once'", Modality.PROPOSED),
        ("Mayor: phone lines restored at last", Modality.DONE),
    ],
)
def test_quoted_words_of_haste_are_those_of_a_demand(title: str, mood: Modality) -> None:
    assert moods(title, "en")["restore"] is mood


@pytest.mark.parametrize(
    ("lang", "title", "mood"),
    [
        ("zh", "渡轮公司4日上午关闭码头，这是2018年以来首次", Modality.DONE),
        ("ja", "市は4日に桟橋を閉鎖、市が2018年に建てた", Modality.DONE),
        ("zh", "渡轮公司2018年关闭码头", Modality.UNKNOWN),
    ],
)
def test_the_day_nearest_to_a_deed_says_when_it_was(lang: str, title: str, mood: Modality) -> None:
    assert moods(title, lang)["close"] is mood
