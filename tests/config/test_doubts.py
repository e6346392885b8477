"""What is allowed and yet looks wrong."""

from __future__ import annotations

import pytest

from monitor.config.doubts import check
from monitor.config.lexicon import languages, read_lexicon
from monitor.config.load import load
from tests.config.conftest import MAIN, SOURCES, TOPIC, Tree

pytestmark = pytest.mark.usefixtures("here")

ITALIAN = SOURCES + "    lang: it\n"


def test_a_good_configuration_has_no_warnings(tree: Tree) -> None:
    environ = {"MONITOR_DATA": "/data", "HOME": "/root"}
    assert check(load(tree(), environ), environ) == ()


def test_warnings_name_what_will_never_do_anything(tree: Tree) -> None:
    main = MAIN + "  quiet:\n    url: console://\n    notices: false\n"
    topic = TOPIC + "channels: [console]\n"
    off = load(tree(main, SOURCES + "    enabled: false\n", topic), {})
    assert check(off, {}) == (
        "no source is enabled: nothing will be read",
        "channel quiet: no topic names it and it takes no notices: it stays silent",
    )


def test_an_address_that_is_read_twice_is_a_warning(tree: Tree) -> None:
    sources = SOURCES + SOURCES.removeprefix("sources:\n").replace("id: wire", "id: again")
    config = load(tree(sources=sources), {})
    assert check(config, {}) == ("wire, again: the same address is read 2 times",)


def test_a_misspelt_variable_is_a_warning_unless_a_channel_uses_it(tree: Tree) -> None:
    main = MAIN.replace("console://", "slack://${MONITOR_SLACK}/")
    environ = {"MONITOR_SLACK": "T/B/C", "MONITOR_DATTA": "/data"}
    assert check(load(tree(main), environ), environ) == (
        "$MONITOR_DATTA is set, but nothing reads it (did you mean 'MONITOR_DATA'?)",
    )


# --- languages -----------------------------------------------------------------------------------


def test_the_languages_of_the_lexicon_are_known_without_reading_it() -> None:
    assert languages() == {each.language for each in read_lexicon().languages}
    assert len(languages()) == 9


def test_a_source_in_a_language_that_is_not_read_is_told_with_what_still_works(tree: Tree) -> None:
    (warning,) = check(load(tree(sources=ITALIAN), {}), {})
    assert warning.startswith("wire: articles in 'it' are read in part: names of your topics and")
    assert "what was done is not understood" in warning
    assert "ar, de, en, es, fr, ja, ko, ru, zh as well" in warning


def test_sources_of_one_language_are_one_warning(tree: Tree) -> None:
    again = ITALIAN.removeprefix("sources:\n").replace("wire", "ansa")
    (warning,) = check(load(tree(sources=ITALIAN + again), {}), {})
    assert warning.startswith("wire, ansa: articles in 'it'")


def test_words_of_a_topics_own_for_acts_in_that_language_are_the_cure(tree: Tree) -> None:
    topic = TOPIC + "acts:\n  close:\n    it: [chius*]\n"
    assert check(load(tree(sources=ITALIAN, topic=topic), {}), {}) == ()


@pytest.mark.parametrize("more", ["    lang: ko\n", "    lang: it\n    enabled: false\n", ""])
def test_other_sources_are_not_told_of(tree: Tree, more: str) -> None:
    assert not any("in part" in each for each in check(load(tree(sources=SOURCES + more), {}), {}))


# --- topic packs that are not in use -------------------------------------------------------------


def test_a_pack_that_is_not_in_use_is_told_with_the_line_to_add(tree: Tree) -> None:
    path = tree("language: en\n" + MAIN)
    (path.parent / "topics" / "harbour.yaml").write_text(TOPIC, encoding="utf-8")
    assert check(load(path, {}), {}) == (
        "config/topics/harbour.yaml is not in use; to watch it: config/monitor.yaml:2: "
        "topics: [office, harbour]",
    )


def test_mistakes_of_a_pack_that_is_not_in_use_are_told_and_stop_nothing(tree: Tree) -> None:
    path = tree()
    wrong = TOPIC.replace("label", "lable") + "push: [opn]\n"
    (path.parent / "topics" / "harbour.yaml").write_text(wrong, encoding="utf-8")
    *mistakes, last = check(load(path, {}), {})
    assert "config/topics/harbour.yaml:4: subjects[0].lable: unknown key" in "\n".join(mistakes)
    assert last == "config/topics/harbour.yaml is not in use: its mistakes stop nothing"


def test_a_pack_that_is_not_in_use_names_no_channel_that_is_not_there(tree: Tree) -> None:
    path = tree()
    text = TOPIC + "channels: [consol]\n"
    (path.parent / "topics" / "harbour.yaml").write_text(text, encoding="utf-8")
    mistake, _ = check(load(path, {}), {})
    assert "channels[0]: no channel is named 'consol' (did you mean 'console'?)" in mistake
