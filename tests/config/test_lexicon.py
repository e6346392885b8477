from pathlib import Path

import pytest

from monitor.config.lexicon import act_ids, read_language, read_lexicon
from monitor.errors import ConfigError

NINE = ["ar", "de", "en", "es", "fr", "ja", "ko", "ru", "zh"]


def test_the_nine_languages_are_shipped() -> None:
    assert [language.language for language in read_lexicon().languages] == NINE


@pytest.mark.parametrize("name", NINE)
def test_every_language_knows_the_acts_of_every_other(name: str) -> None:
    languages = {language.language: language for language in read_lexicon().languages}
    core = set.intersection(*(set(language.acts) for language in languages.values()))
    assert {"open", "withdraw", "return", "demolish", "cut", "restore", "sue", "threaten"} <= core
    assert {"planned", "threatened", "denied", "wished"} <= set(languages[name].modality)
    assert {"retro", "correction", "retraction"} <= set(languages[name].cues)


def test_the_ids_of_acts_are_those_of_all_languages() -> None:
    languages = read_lexicon().languages
    assert act_ids() == {act for language in languages for act in language.acts}


def test_families_speak_of_acts_that_exist() -> None:
    lexicon = read_lexicon()
    acts = {act for language in lexicon.languages for act in language.acts}
    assert set(lexicon.families) <= acts


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("language: English", "pattern"),
        ("language: en\nverbs: {}", "verbs"),
        ("language: [", "cannot be read as a lexicon"),
    ],
)
def test_a_bad_file_is_named_with_its_cause(tmp_path: Path, text: str, cause: str) -> None:
    path = tmp_path / "en.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=cause) as caught:
        read_language(path)
    assert str(path) in str(caught.value)


def test_a_folder_without_shared_files_is_readable(tmp_path: Path) -> None:
    (tmp_path / "xx.yaml").write_text("language: xx\n", encoding="utf-8")
    lexicon = read_lexicon(tmp_path)
    assert [language.language for language in lexicon.languages] == ["xx"]
    assert lexicon.families == {}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "acts:\n  open: [open*]\n  close: [shut, Open*]\n",
            "3: acts.close: 'open*' stands in open",
        ),
        ("things:\n  ship: [ship, ship]\n", "2: things.ship: 'ship' stands in ship already"),
        ("cues:\n  old: [past, past]\n", "2: cues.old: 'past' stands in old already"),
        ("acts:\n  open: [op]\n", "2: acts.open: 'op' is too common or too short"),
        ("acts:\n  cut: [끊]\n", "2: acts.cut: '끊' is too common or too short"),
        ("acts:\n  stop: [stellt ein$]\n", "2: acts.stop: 'stellt ein$' has no two parts"),
        ("stop: [after]\nthings:\n  past: [after]\n", "3: things.past: 'after' is too common"),
    ],
)
def test_a_doubtful_word_is_named_with_file_and_line(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "xx.yaml"
    path.write_text("language: xx\n" + text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_language(path)
    line, rest = fault.split(":", 1)
    assert f"{path}:{int(line) + 1}:{rest}" in str(caught.value)


def test_a_cue_may_stand_for_two_and_a_weighed_character_alone(tmp_path: Path) -> None:
    path = tmp_path / "xx.yaml"
    path.write_text(
        "language: xx\nthings:\n  rice: [^쌀*]\ncues:\n  old: [column]\n  analysis: [column]\n",
        encoding="utf-8",
    )
    assert read_language(path).things == {"rice": ("^쌀*",)}


def test_opposites_have_both_ends_in_each_language_and_their_acts_exist() -> None:
    lexicon = read_lexicon()
    acts = {act for language in lexicon.languages for act in language.actors | language.acts}
    assert set(lexicon.antonyms) >= {"en", "ko", "ja", "zh"}
    for ends in lexicon.antonyms.values():
        assert {end[:-1] for end in ends if end[-1] == "+"} == {
            end[:-1] for end in ends if end[-1] == "-"
        }
        assert all(words for words in ends.values())
    assert set(lexicon.poles) <= acts
