from hypothesis import given
from hypothesis import strategies as st

from monitor.detect import diff


def text(parts: object, *ops: str) -> str:
    return "".join(part.text for part in parts if part.op in ops)  # type: ignore[attr-defined]


def test_one_changed_word_is_shown_alone() -> None:
    parts = diff("Five came back. The rest stayed.", "Four came back. The rest stayed.")
    assert [part.text.strip() for part in parts if part.op == "removed"] == ["Five"]
    assert [part.text.strip() for part in parts if part.op == "added"] == ["Four"]


def test_twelve_small_edits_in_a_long_text_stay_small() -> None:
    old = [f"Line {n} says the same thing as ever." for n in range(200)]
    new = [line.replace("ever", "never") if n % 17 == 0 else line for n, line in enumerate(old)]
    parts = diff(" ".join(old), " ".join(new))
    assert len(text(parts, "added").split()) == 12


def test_characters_are_compared_where_words_are_not_spaced() -> None:
    parts = diff("職員3人が復帰した。", "職員5人が復帰した。")
    assert text(parts, "added") == "5人" or "5" in text(parts, "added")
    assert len(text(parts, "added")) <= 3


def test_the_space_between_two_sentences_stays() -> None:
    old = "Five came back to Seoul. They rest. The office is open."
    parts = diff(old, old.replace("Five", "Four"))
    assert text(parts, "same") == "came back to Seoul. They rest. The office is open."
    assert text(parts, "same", "added") == old.replace("Five", "Four")


def test_a_sentence_that_moved_to_the_front_is_not_told_by_its_space() -> None:
    parts = diff("One came. Two left.", "Two left.")
    assert [(part.op, part.text.strip()) for part in parts] == [
        ("removed", "One came."),
        ("same", "Two left."),
    ]


def test_equal_and_empty_texts() -> None:
    assert [part.op for part in diff("same", "same")] == ["same"]
    assert diff("", "") == ()
    assert [part.op for part in diff("", "new")] == ["added"]
    assert [part.op for part in diff("old", "")] == ["removed"]


def test_a_rewritten_novel_is_no_slow_path() -> None:
    old, new = "alpha beta " * 5000, "gamma delta " * 5000
    assert {part.op for part in diff(old, new)} == {"added", "removed"}


@given(st.text(alphabet="ab .\n한字", max_size=80), st.text(alphabet="ab .\n한字", max_size=80))
def test_a_diff_holds_all_words_of_both_texts(old: str, new: str) -> None:
    parts = diff(old, new)
    assert "".join(text(parts, "same", "added").split()) == "".join(new.split())
    assert len("".join(text(parts, "same", "removed").split())) == len("".join(old.split()))
