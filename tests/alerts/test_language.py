from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.alerts.language import ENGLISH, SHIPPED, open_words
from monitor.config.lexicon import called
from monitor.errors import ConfigError

AT = datetime(2019, 3, 2, 9, 5, tzinfo=UTC)
KOREAN = open_words("ko")


def test_a_moment_is_written_as_its_readers_write_it() -> None:
    assert ENGLISH.moment(AT) == "2 March 2019, 09:05 UTC"
    assert KOREAN.moment(AT) == "2019년 3월 2일 09:05 (UTC)"


def test_a_day_that_is_none_stays_as_it_is() -> None:
    assert ENGLISH.day("2019-03-22") == "22 March 2019"
    assert (ENGLISH.day("soon"), ENGLISH.day(None)) == ("soon", "")


def test_a_number_chooses_the_form_of_its_text() -> None:
    assert ENGLISH.say("outlets", n=1) == "1 outlet"
    assert ENGLISH.say("outlets", n=1_200) == "1,200 outlets"
    assert KOREAN.say("outlets", n=1) == "매체 1곳"


def test_every_kind_act_thing_and_language_has_a_word_or_stays_readable() -> None:
    assert (ENGLISH.kind("new fact"), KOREAN.kind("new fact")) == ("New fact", "새 사실")
    assert ENGLISH.kind("strange thing") == "Strange thing"
    assert (ENGLISH.act("cut"), ENGLISH.act("fly_over"), ENGLISH.act(None)) == (
        "cuts off",
        "fly over",
        "",
    )
    assert (KOREAN.thing("north"), KOREAN.thing("chun_haesung")) == ("북측", "chun haesung")
    assert (ENGLISH.language("ko"), ENGLISH.language("xx")) == ("Korean", "xx")
    assert (ENGLISH.modality("planned"), ENGLISH.modality("done")) == ("planned", "")
    assert (KOREAN.text("withdrawn"), KOREAN.text("on the moon")) == ("철수", "on the moon")


def test_korean_leaves_no_word_of_the_frame_in_english() -> None:
    english, korean = ENGLISH._own, KOREAN._own
    for group in ("say", "kinds", "modality", "languages"):
        assert set(getattr(english, group)) == set(getattr(korean, group)), group
    assert set(called().acts) == set(korean.acts)
    assert set(called().things) == set(korean.things)
    assert len(korean.months) == 12


def test_the_shipped_topic_has_korean_words_for_its_state_card() -> None:
    from monitor.config.load import load_topic

    pack = load_topic(Path(__file__).parents[2] / "config" / "topics" / "liaison-office.yaml")
    for attribute in pack.card:
        values = {move.to for move in attribute.moves} | {attribute.start or "none"}
        for text in (attribute.label, *values):
            assert KOREAN.text(text) != text, text


def write(folder: Path, text: str, name: str = "de.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_file_beside_the_configuration_is_another_language(tmp_path: Path) -> None:
    german = open_words(
        "de",
        write(
            tmp_path,
            'say:\n  why: "Warum"\n  outlets: "{n} Medien"\n'
            '  more: {one: "und eins", other: "und {n}"}\n',
        ),
    )
    assert german.code == "de"
    assert german.say("why") == "Warum"
    assert german.say("outlets", n=1_000) == "1,000 Medien"
    assert german.say("more", n=1) == "und eins"
    assert german.say("says") == "Who says so"  # what it leaves out
    assert german.moment(AT) == "2 March 2019, 09:05 UTC"


def test_an_operators_file_goes_before_the_shipped_one(tmp_path: Path) -> None:
    assert open_words("ko", write(tmp_path, "say:\n  why: 왜\n", "ko.yaml")).say("why") == "왜"
    assert open_words("ko", tmp_path / "no such folder").say("why_short") == "이유"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("say:\n  wyh: x\n", 2, "unknown text (did you mean 'why'?)"),
        ("say:\n  why: '{who}'\n", 2, "{who} is not filled in here; nothing is"),
        ("say:\n  moment: '{day.__class__}'\n", 2, "{day.__class__} is not filled in here"),
        ("say:\n  moment: '{0}'\n", 2, "{0} is not filled in here; {day}, {month}, {time}"),
        ("say:\n  why: 'a { brace'\n", 2, "a brace is not closed"),
        ("say:\n  why: {other: x}\n", 2, "has no number in it: write one text"),
        ("months: [January]\n", 1, "needs the twelve months, January first"),
        ("kinds: 3\n", 1, "must hold keys of its own"),
    ],
)
def test_a_mistake_in_a_catalogue_is_one_line_with_its_place(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        open_words("de", write(tmp_path, text))
    (problem,) = refused.value.problems
    assert f"de.yaml:{line}: " in problem
    assert said in problem


def test_a_language_without_words_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there are no words for 'kr'") as refused:
        open_words("kr", tmp_path)
    assert "(known: en, ko)" in str(refused.value)
    assert "write kr.yaml in words/" in str(refused.value)
    with pytest.raises(ConfigError, match="no words for 'kr'"):
        open_words("kr")


def test_the_shipped_catalogues_are_part_of_the_package() -> None:
    assert sorted(file.name for file in SHIPPED.glob("*.yaml")) == ["en.yaml", "ko.yaml"]
