"""Who acts, in nine languages, in sentences of our own."""

import pytest

from monitor.config.lexicon import read_lexicon
from monitor.config.topic import parse_topic
from monitor.detect import compile_topic
from monitor.detect.sense.roles import agent_of, is_whither
from monitor.detect.words.reading import read
from tests.detect.examples import article, office


def agent(title: str, lang: str, act: str) -> tuple[str | None, bool]:
    reading = read(article(title, lang=lang), office())
    sentence = reading.sentences[0]
    hit = next(h for h in sentence.hits if h.kind == "act" and h.id == act)
    return agent_of(sentence.text, sentence.hits, hit, reading.tongue, office().sides)


@pytest.mark.parametrize(
    ("lang", "title", "act"),
    [
        ("en", "Pyongyang rejects the South's plan for the liaison office", "reject"),
        ("en", "Seoul's plan for the liaison office is rejected by the North", "reject"),
        ("en", "Still no answer from North Korea to Seoul on liaison office", "silent"),
        ("ko", "남측의 연락사무소 제안을 북측이 거부", "reject"),
        ("ko", "북, 남측 연락사무소 제안 거부", "reject"),
        ("ko", "남측 제안에도 북측 인원 9명은 연락사무소에서 철수", "withdraw"),
        ("ja", "韓国の連絡事務所の提案を北朝鮮が拒否", "reject"),
        ("ja", "韓国の連絡事務所の提案、北朝鮮に拒否され", "reject"),
        ("zh", "朝方拒绝韩方关于联络办公室的提议", "reject"),
        ("zh", "韩方关于联络办公室的提议被朝方拒绝", "reject"),
        ("fr", "La Corée du Nord ferme le bureau de liaison avec Séoul", "close"),
        ("de", "Verbindungsbüro von Nordkorea geschlossen", "close"),
        ("es", "Corea del Norte cierra la oficina de enlace con Corea del Sur", "close"),
        ("ru", "КНДР закрыла бюро связи с Сеулом", "close"),
    ],
)
def test_the_north_is_marked_as_who_acts(lang: str, title: str, act: str) -> None:
    assert agent(title, lang, act) == ("north", True)


@pytest.mark.parametrize(
    ("lang", "title", "whither"),
    [
        ("ja", "ロシアへ職員を移送", True),
        ("ja", "ロシアが職員を移送", False),
        ("zh", "职员撤往日本", True),
        ("zh", "日本派遣职员", False),
        ("ko", "직원들 일본으로 이동", True),
        ("ko", "일본, 직원 파견", False),
        ("en", "Staff taken to Japan", True),
        ("en", "Japan sends staff", False),
    ],
)
def test_a_country_where_something_goes_is_told_from_one_that_acts(
    lang: str, title: str, whither: bool
) -> None:
    sentence = read(article(title, lang=lang), office()).sentences[0]
    hit = next(hit for hit in sentence.hits if hit.kind == "actor")
    assert is_whither(sentence.text, hit, office().tongues[lang]) is whither


def test_without_a_mark_the_first_side_is_taken_and_not_trusted() -> None:
    assert agent("연락사무소 북측 인원 철수", "ko", "withdraw") == ("north", False)
    assert agent("كوريا الشمالية تغلق مكتب الاتصال مع سيول", "ar", "close")[0] == "north"


@pytest.mark.parametrize(
    ("lang", "title", "act"),
    [
        ("en", "Seoul and Pyongyang close the liaison office", "close"),
        ("ko", "북한과 남한, 연락사무소 폐쇄", "close"),
        ("ja", "米国と北朝鮮、連絡事務所で協議", "meet"),
    ],
)
def test_two_sides_in_one_breath_act_together(lang: str, title: str, act: str) -> None:
    assert agent(title, lang, act)[1] is (lang == "never")


def test_a_passive_without_its_agent_marks_nobody() -> None:
    assert agent("北朝鮮、連絡事務所が爆破された", "ja", "demolish") == ("north", False)
    assert agent("朝鲜境内联络办公室被炸毁", "zh", "demolish") == ("north", False)


def test_nobody_is_named() -> None:
    assert agent("Liaison office closed", "en", "close") == (None, False)


@pytest.mark.parametrize(
    ("lang", "title", "act", "who"),
    [
        ("ko", "통일부, 북측에 연락사무소 재개 제안", "propose", "ministry"),
        ("ko", "통일부, 북일 회담에 앞서 연락사무소 재개 제안", "propose", "ministry"),
        ("ja", "統一省、北朝鮮の案を拒否", "reject", "ministry"),
        ("zh", "统一部与朝方关闭联络办公室", "close", "ministry"),
        ("en", "Defense ministry to North: close the liaison office", "close", "defence"),
    ],
)
def test_a_speaker_does_what_is_done_to_or_with_the_side(
    lang: str, title: str, act: str, who: str
) -> None:
    assert agent(title, lang, act) == (who, False)


def test_a_side_that_does_something_goes_before_those_who_say_so() -> None:
    assert agent("통일부 “북한 연락사무소 철수”", "ko", "withdraw") == ("north", False)
    assert agent("전문가들 연락사무소 폐쇄 예상", "ko", "close") == (None, False)


@pytest.mark.parametrize("verb", ["likely closed", "closed", "may have closed", "had closed"])
def test_the_bare_north_of_a_title_acts_where_another_says_so(verb: str) -> None:
    assert agent(f"Seoul says North {verb} liaison office", "en", "close") == ("north", True)


def test_who_is_named_in_a_quote_does_what_the_quote_tells() -> None:
    title = "북한 “남측 인원 연락사무소 철수” 요구"
    assert agent(title, "ko", "withdraw") == ("south", False)
    assert agent("북한 “연락사무소 철수”", "ko", "withdraw") == ("north", True)


def test_the_koreas_in_one_breath_are_both_and_an_envoy_between_them_is_neither() -> None:
    assert agent("Seoul and Pyongyang close the liaison office", "en", "close") == ("both", False)
    assert agent("북한과 남한, 연락사무소 폐쇄", "ko", "close") == ("both", False)
    title = "US envoy visits Seoul and Pyongyang, office closed"
    assert agent(title, "en", "close") == ("us", False)


def test_the_army_is_as_responsible_as_the_ministry() -> None:
    for name in ("defence", "nsc", "ministry"):
        assert name in office().responsible


def test_a_side_that_is_responsible_everywhere_is_none_where_the_pack_says_so() -> None:
    un = {"id": "un", "label": "the UN", "names": {"en": ["unmik"]}}
    dam = {"id": "dam", "label": "the dam", "names": {"en": ["alder dam"]}}

    def responsible(**more: bool) -> frozenset[str]:
        pack = parse_topic({"title": "The dam", "subjects": [dam], "actors": [un | more]})
        return compile_topic("dam", pack, read_lexicon()).responsible

    assert "un" in responsible()
    assert "un" not in responsible(responsible=False)


def test_who_stands_before_a_colon_says_it_and_does_not_do_it() -> None:
    assert agent("Seoul: North's officials leave Kaesong office", "en", "withdraw")[1] is False
