from pathlib import Path

import pytest

from monitor.config.lexicon import read_language, read_lexicon
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
