from datetime import timedelta

import pytest

from monitor.detect import judge
from monitor.detect.about.judge import evidence
from monitor.detect.words.reading import read
from monitor.models import Relevance
from tests.detect.examples import START, all_news, article, office

IN_THE_TITLE = [
    ("en", "Envoys gather at the joint liaison office in Kaesong"),
    ("en", "Gaeseong liaison office gets a new roof"),
    ("ko", "개성 남북공동연락사무소에 새 지붕"),
    ("ja", "開城の南北共同連絡事務所に新しい屋根"),
    ("zh", "开城韩朝共同联络事务所换新屋顶"),
    ("fr", "Un nouveau toit pour le bureau de liaison intercoréen de Kaesong"),
    ("de", "Neues Dach für das innerkoreanische Verbindungsbüro in Kaesong"),
    ("es", "Nuevo tejado para la oficina de enlace intercoreana de Kaesong"),
    ("ru", "Новая крыша межкорейского бюро связи в Кэсоне"),
    ("ar", "سقف جديد لمكتب الاتصال بين الكوريتين في كايسونغ"),
    ("en", "North Korea stops answering inter-Korean hotlines"),
    ("ko", "남북 통신연락선 다시 끊겨"),
]
LINES_ALONE = [
    ("en", "Pyongyang lets the hotlines ring: Seoul gets no reply"),
    ("en", "Seoul's morning call through the liaison line goes unanswered in the North"),
    ("en", "North Korea to sever all lines with South Korea on Friday"),
    ("en", "Liaison line works again, military line still dead, Seoul says"),
    ("ko", "북한, 남북 연락선 전화 이틀째 안 받아"),
    ("ko", "남북 통신선 13개월 만에 다시 이어져"),
    ("ja", "北朝鮮、韓国との通信線を再びつなぐ"),
    ("zh", "朝鲜切断与韩国的通信联络线"),
    ("fr", "Pyongyang coupe les lignes de communication avec Séoul"),
    ("de", "Nordkorea kappt die Telefonleitungen nach Seoul"),
    ("es", "Pyongyang corta las líneas de comunicación con Seúl"),
    ("ru", "КНДР молчит на линиях связи с Сеулом"),
    ("ar", "بيونغ يانغ تقطع خطوط الاتصال مع سيول"),
]
OTHER_WORDS = [
    ("en", "Court weighs claim over the liaison office North Korea blew up"),
    ("en", "What became of the office the two sides shared in Kaesong"),
    ("en", "Smoke rises over Kaesong after a loud bang"),
    ("ko", "개성 방향에서 큰 폭음 들려"),
    ("ko", "북한이 없앤 연락사무소, 누가 물어내나"),
    ("de", "Nach der Sprengung des Verbindungsbüros: Südkorea rechnet mit dem Norden ab"),
    ("fr", "Séoul réclame à Pyongyang le prix du bureau de liaison"),
    ("es", "Seúl pide cuentas a Pyongyang por la oficina de enlace"),
    ("ru", "Сеул требует от Пхеньяна денег за бюро связи"),
    ("ar", "سيول تطالب بيونغ يانغ بثمن مكتب الاتصال"),
    ("ja", "北朝鮮が壊した連絡事務所、韓国が賠償求める"),
    ("zh", "韩国就联络办公室被毁向朝鲜索赔"),
]
NOT_OURS = [
    ("en", "Military hotline between the Koreas works again"),
    ("en", "North Korean envoy visits China's liaison office in Hong Kong"),
    ("en", "Washington and Pyongyang talk of a liaison office"),
    ("en", "North Korea cuts power lines along the border road, South says"),
    ("ko", "남북 군 통신선 정상 가동"),
    ("de", "Nordkoreas Botschafter besucht Verbindungsbüro in Hongkong"),
    ("ru", "Посол КНДР посетил бюро связи в Гонконге"),
    ("zh", "朝鲜使节访问驻香港联络办公室"),
]
LOOKALIKES = [
    ("en", "Protesters throw paint at China's liaison office in Hong Kong"),
    ("en", "Two capitals weigh exchange of liaison offices"),
    ("en", "Police liaison officers meet the families"),
    ("ko", "홍콩 시위대, 중국 연락판공실에 페인트"),
    ("ko", "북미, 상호 연락사무소 설치 논의"),
    ("zh", "示威者向香港中联办泼漆"),
    ("de", "EU-Verbindungsbüro in Tiflis feiert"),
    ("fr", "Deux capitales rouvrent leurs bureaux de liaison"),
    ("ko", "개성 넘치는 신인 가수 데뷔"),
]
ONE_SIDE_S = [  # the South alone: its government and its name stand in texts of anything
    (
        "ko",
        "강원도, 부산에 연락사무소 문 열어",
        "정부 부처가 가까운 건물 3층에 직원 두 명이 근무한다.",
    ),
    ("en", "Farmers' union opens liaison office", "Villages of the south will get seeds there."),
]
SPOKEN_OF = "The joint liaison office in Kaesong has seen no meeting this spring."
VERBS = [
    "Pyongyang calls off its concert with the South",
    "Minister calls for patience with the North",
    "Kim Jong Un calls the parade a triumph",
]
NOUNS = [
    "Pyongyang ignores Seoul's calls again",
    "No reply to calls from the South's liaison officers",
    "North Korea answers calls after three weeks",
]


@pytest.mark.parametrize(("lang", "title"), IN_THE_TITLE)
def test_a_title_that_names_the_office_or_its_lines_is_relevant(lang: str, title: str) -> None:
    judgement = judge(article(title, lang=lang), office())
    assert judgement.relevance is Relevance.RELEVANT
    assert judgement.spans[0].part == "title"
    assert judgement.spans[0].text in title


@pytest.mark.parametrize(("lang", "title"), LINES_ALONE + OTHER_WORDS)
def test_the_lines_alone_and_the_office_in_other_words_are_ours(lang: str, title: str) -> None:
    assert judge(article(title, lang=lang), office()).relevance is Relevance.RELEVANT


@pytest.mark.parametrize(("lang", "title"), NOT_OURS)
def test_what_stands_elsewhere_or_is_the_military_s_is_not_ours(lang: str, title: str) -> None:
    assert judge(article(title, lang=lang), office()).relevance is Relevance.OFF_TOPIC


@pytest.mark.parametrize(("lang", "title"), LOOKALIKES)
def test_lookalikes_are_off_topic(lang: str, title: str) -> None:
    assert judge(article(title, lang=lang), office()).relevance is Relevance.OFF_TOPIC


@pytest.mark.parametrize(("lang", "title", "body"), ONE_SIDE_S)
def test_an_office_beside_which_only_the_south_is_named_is_another(
    lang: str, title: str, body: str
) -> None:
    assert judge(article(title, body, lang=lang), office()).relevance is Relevance.OFF_TOPIC


@pytest.mark.parametrize("title", VERBS)
def test_who_calls_something_off_or_names_makes_no_phone_call(title: str) -> None:
    reading = read(article(title, SPOKEN_OF), office())
    assert reading.title is not None
    assert not reading.title.subjects


@pytest.mark.parametrize("title", NOUNS)
def test_calls_that_somebody_makes_or_takes_are_the_watched_ones(title: str) -> None:
    reading = read(article(title, SPOKEN_OF), office())
    assert reading.title is not None
    assert "calls" in reading.title.subjects


def test_the_reason_names_the_lookalike() -> None:
    why = judge(article(LOOKALIKES[0][1]), office()).why
    assert "China's liaison office" in why


def test_one_background_line_is_a_passing_mention() -> None:
    body = (
        "Two teams of the Koreas met on the ice on Thursday. The crowd of 3,000 sang. The game "
        "ended in a draw. Coaches praised both sides.\n\nThe Koreas opened a joint liaison office "
        "in Kaesong in September 2018."
    )
    judgement = judge(article("Hockey brings both Koreas together", body), office())
    assert judgement.relevance is Relevance.PASSING
    assert "1 of 5" in judgement.why


def test_a_title_without_the_name_is_relevant_when_the_lead_tells_of_the_office() -> None:
    body = (
        "North Korean staff left the joint liaison office in Kaesong on Thursday without a word, "
        "the unification ministry said. The South's staff at the office will stay."
    )
    judgement = judge(article("Pyongyang walks out", body), office())
    assert judgement.relevance is Relevance.RELEVANT
    assert "in the lead" in judgement.why


def test_everything_is_relevant_without_a_topic() -> None:
    assert judge(article("A cat show in Bern"), all_news()).relevance is Relevance.RELEVANT


@pytest.mark.parametrize(
    ("title", "tells"),
    [
        ("North Korea closes its border", True),
        ("North Korea to close its border", True),
        ("Rice is dear after North Korea closed its border", False),
        ("Rice prices in North Korea", False),
    ],
)
def test_a_deed_of_the_title_speaks_for_a_topic_that_the_text_names(
    title: str, tells: bool
) -> None:
    reading = read(article(title, "The liaison office in Kaesong stays as it is."), office())
    assert evidence(reading, office())["title_deed"] == float(tells)


def test_a_lone_mention_speaks_against_it() -> None:
    once = "Seoul said so. The liaison office in Kaesong was named."
    twice = f"{once} It called the liaison office in Kaesong dear."
    readings = (read(article("Talks in Seoul", text), office()) for text in (once, twice))
    assert [evidence(reading, office())["once"] for reading in readings] == [1.0, 0.0]


@pytest.mark.parametrize(
    ("lang", "title", "body"),
    [
        ("en", "Kim visits a farm", "Kim, who shut the Kaesong liaison office in 2020, saw cows."),
        ("fr", "Un pont saute", "Après le bureau de liaison intercoréen en 2020, c'est un pont."),
    ],
)
def test_a_first_sentence_that_recalls_it_in_a_clause_is_a_passing_mention(
    lang: str, title: str, body: str
) -> None:
    found = judge(article(title, body, lang=lang, at=START + timedelta(days=900)), office())
    assert found.relevance is Relevance.PASSING
