import pytest

from monitor.detect.words.match import Hit, Matcher, Word, longest
from monitor.detect.words.text import fold


def found(words: list[Word], text: str, lang: str | None = "en") -> list[tuple[str, str]]:
    return [
        (hit.id, fold(text)[hit.start : hit.end]) for hit in Matcher(words).find(fold(text), lang)
    ]


def test_words_of_an_alphabet_match_whole_words_only() -> None:
    words = [Word("line", "thing", "line"), Word("withdr*", "act", "withdraw")]
    assert found(words, "A line, online; they withdrew.") == [
        ("line", "line"),
        ("withdraw", "withdrew"),
    ]


def test_korean_chinese_and_japanese_words_match_before_particles() -> None:
    words = [Word("연락사무소", "thing", "office"), Word("撤収", "act", "withdraw")]
    assert found(words, "연락사무소에서 撤収した", "ko") == [
        ("office", "연락사무소"),
        ("withdraw", "撤収"),
    ]


def test_arabic_words_match_behind_their_particles() -> None:
    assert found([Word("مكتب*", "thing", "office")], "والمكتب بالمكتب", "ar") == [
        ("office", "مكتب"),
        ("office", "مكتب"),
    ]


def test_two_parts_match_within_one_line_and_a_few_words() -> None:
    words = [Word("pull* .. out", "act", "withdraw")]
    assert found(words, "They pulled their people out.") != []
    assert found(words, "They pulled a rope.\nOut went the light.") == []
    assert found(words, "They pulled " + "very " * 30 + "out") == []


@pytest.mark.parametrize(
    ("word", "text", "what"),
    [
        ("pull* (back|out) of", "They pulled out of it.", "pulled out of"),
        ("pull* (back|out) of", "They pull through.", None),
        ("files (a|the) (suit|claim*)", "She files the claims.", "files the claims"),
        ("files (a|the) (suit|claim*)", "She files a suitcase.", None),
        ("files (a|the) (suit|claim*)", "She profiles a suit.", None),
        ("drop* .. (trip|old plan)", "He drops his long trip.", "drops his long trip"),
        ("drop* .. (trip|old plan)", "He drops an old plan.", "drops an old plan"),
        ("drop* .. (trip|old plan)", "He drops a tripod.", None),
    ],
)
def test_any_of_the_words_in_parentheses_will_do(word: str, text: str, what: str | None) -> None:
    assert found([Word(word, "act", "act")], text) == ([("act", what)] if what else [])


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("Die Post stellt am Montag im ganzen Land nach langem Zögern ihren Dienst ein.", True),
        ("Sie stellt ein", True),
        ("Sie stellt ihn ein – endlich", True),
        ("Sie stellt ihn ein und geht", True),
        ("Sie stellt ein Buch vor", False),
        ("Sie stellt fest, er teile ein", False),
        ("Sie stellt es hin. Er teilt ein", False),
        ("Sie stellt " + "sehr " * 30 + "ein", False),
        ("Sie stellt " + "x" * 136 + " einen", False),
    ],
)
def test_a_particle_ends_the_clause_of_its_verb(text: str, fits: bool) -> None:
    assert bool(found([Word("stellt .. ein$", "act", "stop", "de")], text, "de")) is fits


def test_three_parts_match_in_their_order() -> None:
    words = [Word("stellt .. (arbeit|*dienst) .. ein$", "act", "stop", "de")]
    assert found(words, "Sie stellt den Postdienst vorerst ein.", "de") != []
    assert found(words, "Sie stellt vorerst einen ein.", "de") == []
    assert found([Word("ruft .. boten .. her", "act", "x", "de")], "Ruft den Boten her", "de")


@pytest.mark.parametrize(
    ("word", "text", "what"),
    [
        ("電話に(出ず|応じな)", "市長は電話に出ず、会議も欠席", "電話に出ず"),
        ("電話に(出ず|応じな)", "市長は電話に気づく", None),
        ("大使(館員|)を(追放|国外)", "大使を追放", None),  # nothing is no choice
        ("未(接听|回应)(电话|来电)", "对方未接听来电", "未接听来电"),
        ("未(接听|回应)(电话|来电)", "对方未接听呼叫", None),
        ("gps(妨害|干扰)", "GPS妨害が続く", "gps妨害"),
        ("협정에 (서명|조인)", "두 나라, 협정에 조인", "협정에 조인"),
        ("협정에 (서명|조인)", "두 나라, 협정에조인", None),
        ("使馆 .. (撤离|撤出)人员", "使馆昨天全部撤出人员", "使馆昨天全部撤出人员"),
    ],
)
def test_a_choice_follows_at_once_where_no_spaces_are_written(
    word: str, text: str, what: str | None
) -> None:
    assert found([Word(word, "act", "act")], text, "ja") == ([("act", what)] if what else [])


def test_two_parts_do_not_match_across_the_end_of_a_sentence() -> None:
    words = [Word("남북 .. 사무소", "subject", "office"), Word("사무소", "short", "office")]
    assert found(words, "남북 관계가 나빠졌다. 사무소는 닫혔다.") == [("office", "사무소")]
    assert found(words, "남북 공동 사무소는 닫혔다.") == [("office", "남북 공동 사무소")]


def test_both_sides_do_something_unless_they_are_only_part_of_a_name() -> None:
    name, both = Word("남북 .. 사무소", "subject", "office"), Word("남북", "actor", "both")
    assert found([name, both], "남북공동사무소에 새 지붕") == [("office", "남북공동사무소")]
    assert ("both", "남북") in found([name, both], "남북, 개성 사무소 지붕 고친다")


@pytest.mark.parametrize(
    ("word", "text", "what"),
    [
        ("совместн* бюро", "о совместном бюро связи", "совместном бюро"),
        ("gemeinsam* büro", "das gemeinsame Büro", "gemeinsame buro"),
        ("gemeinsam* büro", "die gemeinsamen Pläne für ein Büro", None),
        ("лини* связ*", "на линиях связи", "линиях связ"),
        ("turn* .. the* offer", "turned away from their offer", "turned away from their offer"),
        ("joint* office", "joint officers", None),
    ],
)
def test_a_star_inside_a_name_lets_any_ending_follow_there_too(
    word: str, text: str, what: str | None
) -> None:
    assert found([Word(word, "subject", "x")], text) == ([("x", what)] if what else [])


def test_a_longer_name_hides_the_shorter_one_inside_it() -> None:
    words = [
        Word("liaison office", "subject", "office"),
        Word("police liaison office", "exclude", "exclude"),
    ]
    assert found(words, "the police liaison office") == [("exclude", "police liaison office")]


def test_a_name_that_begins_inside_a_lookalike_does_not_count() -> None:
    words = [
        Word("hotline with seoul", "subject", "lines"),
        Word("military hotline", "exclude", "exclude"),
    ]
    assert found(words, "the military hotline with Seoul") == [("exclude", "military hotline")]
    assert found(words, "a hotline with Seoul") == [("lines", "hotline with seoul")]


def test_a_longer_lookalike_outdoes_a_name_that_begins_before_it() -> None:
    words = [
        Word("le barrage", "short", "dam"),
        Word("barrage de rochefosse", "exclude", "exclude"),
    ]
    assert found(words, "le barrage de Rochefosse ferme") == [("exclude", "barrage de rochefosse")]
    assert found(words, "le barrage ferme") == [("dam", "le barrage")]


@pytest.mark.parametrize(("lang", "count"), [("de", 1), ("en", 0), (None, 0)])
def test_a_word_of_another_language_in_shared_letters_does_not_count(
    lang: str | None, count: int
) -> None:
    assert len(found([Word("die", "act", "kill", "de")], "die", lang)) == count


def test_a_caret_wants_the_word_to_begin_there() -> None:
    words = [Word("^이란", "place", "iran")]
    assert found(words, "이란 외무장관, 대통령이란 자리", "ko") == [("iran", "이란")]
    assert found(words, "미국·이란 협상", "ko") == [("iran", "이란")]


def test_a_short_word_in_katakana_is_not_found_inside_a_longer_one() -> None:
    words = [Word("タイ", "place", "thailand"), Word("ミサイル", "thing", "missile")]
    assert found(words, "タイトル戦、ネクタイ", "ja") == []
    assert found(words, "タイ政府が弾道ミサイルシステム", "ja") == [
        ("thailand", "タイ"),
        ("missile", "ミサイル"),
    ]


def test_a_chinese_word_does_not_count_in_japanese_though_it_does_in_english() -> None:
    words = [Word("大家", "thing", "everybody", "zh")]
    assert found(words, "大家さんと店子", "ja") == []
    assert found(words, "They say 大家.", "en") == [("everybody", "大家")]


def test_a_word_that_a_pack_repeats_is_found_once() -> None:
    hit = Hit(0, 4, "act", "stop")
    assert longest([hit, hit, Hit(0, 4, "act", "close")], "halt") == [
        Hit(0, 4, "act", "close"),
        hit,
    ]


def test_no_words_at_all_match_nothing() -> None:
    assert found([], "anything") == []
