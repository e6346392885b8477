from hypothesis import given
from hypothesis import strategies as st

from monitor.detect.words.text import clean, contained, fold, root, sentences, sketch, stem, terms


def test_folding_keeps_every_character_at_its_place() -> None:
    text = "Büro “été” Кэсон ７일 ﬁn İstanbul\u200bß"
    assert len(fold(text)) == len(text)
    assert fold("BÜRO “Été” ７") == 'buro "ete" 7'


@given(st.text(max_size=400))
def test_folding_any_text_keeps_its_length(text: str) -> None:
    assert len(fold(clean(text))) == len(clean(text))


def test_a_sentence_does_not_end_at_an_abbreviation() -> None:
    text = fold(
        "The U.S. met N. Korea on Aug. 3, 2020. Both left early. "
        "끝났다. 또 시작했다。そして終わった。"
    )
    found = [text[start:end].strip() for start, end in sentences(text)]
    assert found[0].startswith("the u.s. met n. korea on aug. 3, 2020.")
    assert found[1] == "both left early."
    assert len(found) == 5


def test_terms_are_stems_of_words_and_pairs_of_characters() -> None:
    assert terms("launches launched launching") == ["launch"] * 3
    assert terms("사무소는") == ["사무", "무소", "소는"]
    assert terms("the office 17", frozenset({"the"})) == ["offic", "#17"]
    assert terms("コンサート 事務所") == ["コンサート", "事務", "務所"]


def test_roots_meet_across_the_words_of_a_family() -> None:
    assert root(stem("investigators")) == root(stem("investigation")) == "investi"
    assert root(stem("задержание")) == root(stem("задержали")) == "задер"
    assert (root("talk"), root("#1234567890"), root("@place:JP")) == (
        "talk",
        "#1234567890",
        "@place:JP",
    )
    assert root("ワシントンポスト") == "ワシントンポスト"


def test_stems_meet_across_forms() -> None:
    assert stem("talks") == stem("talk")
    assert stem("parties") == stem("party")
    assert stem("المكتب") == stem("مكتب")
    assert stem("сотрудники") == stem("сотрудника")


def test_a_copy_is_contained_in_its_original_and_another_text_is_not() -> None:
    words = [f"w{i}" for i in range(200)]
    other = [f"x{i}" for i in range(200)]
    assert contained(sketch(words[:150]), sketch(words)) > 0.9
    assert contained(sketch(other), sketch(words)) == 0.0
    assert contained((), sketch(words)) == 0.0


def test_arabic_is_read_alike_with_and_without_its_vowel_marks() -> None:
    assert clean("سيُفتَح المعبرُ مؤقّتاً") == clean("سيفتح المعبر مؤقتا")
    assert clean("رفـــح") == "رفح"


def test_a_headline_is_no_copy_of_a_long_report_for_one_hash_in_common() -> None:
    report = sketch([f"word{i}" for i in range(400)])
    headline = (report[0], *range(2**32 - 12, 2**32))
    assert contained(headline, report) == 0.0
