"""The grammar files: what they say, and what a mistake in one is answered with."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config.grammar import RULES, SECTIONS
from monitor.config.grammar_file import compiled, read_grammar
from monitor.config.lexicon import FOLDER, languages, read_lexicon
from monitor.errors import ConfigError

DETECT = Path(FOLDER).parent


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "en.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_section_is_whatever_stands_below_its_name(tmp_path: Path) -> None:
    path = written(
        tmp_path, "# English\nafter:  # what it follows\n  after|since\n  in the wake of\n"
    )
    assert [rule.pattern for rule in read_grammar(path)["after"]] == [
        "after|since",
        "in the wake of",
    ]


def test_a_name_in_braces_stands_for_its_section(tmp_path: Path) -> None:
    path = written(tmp_path, "_day:\n  day\n  week\nafter:\n  a {_day} after\n")
    grammar = read_grammar(path)
    assert compiled("{after} noon", grammar).fullmatch("a week after noon")
    assert not compiled("{although}", grammar).search("anything")


def test_a_letter_of_hangul_in_braces_is_every_syllable_that_ends_in_it() -> None:
    assert compiled("{ㄴ}{ㅆ}", {}).fullmatch("간겠")
    assert not compiled("{ㄹ}", {}).search("간겠")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("after:\n  (after\n", ":2: .*unterminated"),
        ("after:\n  after\n\nafer:\n  since\n", ":4: .*no section is called 'afer'"),
        ("after:\n  after\nafter:\n  since\n", ":3: .*stands here twice"),
        ("  after\n", ":1: .*no section"),
        ("after\n", ":1: .*neither the name of a section"),
        ("after:\n  {_dya} after\n", ":2: .*_dya"),
        ("after:\n  {ㄱ} after\n", ":2: .*of ㄱ it is not known"),
        ("ending:\n  soon: after\n", ":2: .*it begins with none of announced, denied"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_line(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(ConfigError, match=f"en.txt{why}"):
        read_grammar(written(tmp_path, text))


def test_what_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_bytes(b"\xff")
    with pytest.raises(ConfigError, match="cannot be read as a grammar"):
        read_grammar(tmp_path / "en.txt")


def test_every_language_has_a_grammar_and_the_detector_asks_for_every_section() -> None:
    assert set(read_lexicon().grammars) == languages()
    source = "\n".join(path.read_text(encoding="utf-8") for path in DETECT.rglob("*.py"))
    for section in (*SECTIONS, *RULES):
        assert f"{{{section}}}" in source, section
        assert any(section in grammar for grammar in read_lexicon().grammars.values()), section
