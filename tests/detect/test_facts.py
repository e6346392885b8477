import pytest

from monitor.detect.sense.facts import facts_of, keys_of
from monitor.detect.words.reading import read
from monitor.models import Fact, Modality
from tests.detect.examples import article, office


def facts(title: str, lang: str) -> dict[str | None, Fact]:
    reading = read(article(title, lang=lang), office())
    found = facts_of(reading.sentences[0], reading, office())
    return {fact.act: fact for _, fact in found if fact.number is None}


@pytest.mark.parametrize(
    ("lang", "title", "act", "modality"),
    [
        ("en", "North Korea withdraws from the Kaesong liaison office", "withdraw", Modality.DONE),
        ("en", "North Korea to withdraw from the liaison office", "withdraw", Modality.PLANNED),
        (
            "en",
            "North threatens to demolish the Kaesong liaison office",
            "demolish",
            Modality.THREATENED,
        ),
        ("ko", "북한, 개성 연락사무소 폭파", "demolish", Modality.DONE),
        ("ko", "북한, 개성 연락사무소 폭파 위협", "demolish", Modality.THREATENED),
        ("ko", "북측 인원 연락사무소 복귀 예정", "return", Modality.PLANNED),
        ("ja", "北朝鮮、開城の連絡事務所を爆破", "demolish", Modality.DONE),
        ("zh", "朝方将撤出开城联络办公室", "withdraw", Modality.PLANNED),
        ("fr", "Pyongyang ferme le bureau de liaison de Kaesong", "close", Modality.DONE),
        ("de", "Nordkorea sprengt das Verbindungsbüro in Kaesong", "demolish", Modality.DONE),
        (
            "es",
            "Corea del Norte retira a su personal de la oficina de enlace",
            "withdraw",
            Modality.DONE,
        ),
        ("ru", "КНДР взорвала межкорейское бюро связи", "demolish", Modality.DONE),
        ("ar", "كوريا الشمالية تسحب موظفيها من مكتب الاتصال", "withdraw", Modality.DONE),
    ],
)
def test_an_act_is_read_with_its_modality(
    lang: str, title: str, act: str, modality: Modality
) -> None:
    assert facts(title, lang)[act].modality is modality


@pytest.mark.parametrize(
    ("lang", "title", "act"),
    [
        ("en", "Kaesong liaison office not reopened", "resume"),
        ("ko", "개성 연락사무소 재개하지 않았다", "resume"),
        ("ja", "開城の連絡事務所は再開していない", "resume"),
        ("zh", "开城联络办公室未恢复", "resume"),
    ],
)
def test_a_negated_act_is_not_positive(lang: str, title: str, act: str) -> None:
    assert facts(title, lang)[act].positive is False


def test_a_fact_has_its_side_object_and_day() -> None:
    fact = facts("North Korea withdraws from the Kaesong liaison office on March 3", "en")[
        "withdraw"
    ]
    assert (fact.actor, fact.object, fact.date) == ("north", "office", "2021-03-03")


def test_who_follows_by_is_who_acts() -> None:
    fact = facts("South Korean staff at Kaesong liaison office vacated by North Korea", "en")
    assert fact["withdraw"].actor == "north"


def test_what_only_follows_an_act_does_not_report_it() -> None:
    fact = facts("Seoul calm after demolition of the Kaesong liaison office", "en")["demolish"]
    assert fact.modality is Modality.UNKNOWN


def test_the_same_statement_has_the_same_keys_in_two_languages() -> None:
    def keys(title: str, lang: str) -> set[str]:
        reading = read(article(title, lang=lang), office())
        return set(keys_of(reading.sentences[0], reading, office()))

    shared = keys("북한, 개성 연락사무소서 인원 5명 철수", "ko") & keys(
        "North Korea withdraws 5 staff from Kaesong liaison office", "en"
    )
    assert {"a:withdraw", "n:person:5", "e:withdraw:north", "f:leaving"} <= shared
