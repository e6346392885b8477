"""A sentence that gives a source or a day vouches for what an article states."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.detect.news.gate import Novelty
from monitor.detect.news.vouched import is_vouched
from monitor.detect.words.reading import read
from tests.detect.examples import article, office

TITLE = "Kaesong liaison office gets a new roof"
BODY = "The liaison office in Kaesong has a roof of tin."


def vouched(title: str, body: str, *, new: bool = True) -> bool:
    reading = read(article(title, body, lang="en"), office())
    return is_vouched(reading, office(), lambda key: new)


def test_a_text_without_day_and_source_vouches_for_nothing() -> None:
    assert not vouched(TITLE, BODY)


@pytest.mark.parametrize(
    "sentence",
    [
        'One of them called it "a house of straw".',
        "It was put up on Wednesday.",
        "The unification ministry paid for it.",
        "North Korea closed the liaison office.",
        "The works at the liaison office end on March 20.",
        "Hikers said that the liaison office was closed.",
    ],
)
def test_one_sentence_is_enough(sentence: str) -> None:
    assert vouched(TITLE, f"{BODY} {sentence}")


@pytest.mark.parametrize(
    "sentence",
    [
        "North Korea closed the liaison office.",
        "The works at the liaison office end on March 20.",
        "Hikers said that the liaison office was closed.",
    ],
)
def test_a_deed_a_source_or_a_day_to_come_counts_for_what_nobody_told(sentence: str) -> None:
    assert not vouched(TITLE, f"{BODY} {sentence}", new=False)


def test_a_sentence_that_looks_back_vouches_for_nothing() -> None:
    assert not vouched(TITLE, f"{BODY} The unification ministry built it in 2005.")


@pytest.mark.parametrize(
    ("vouched", "tell", "pushes", "digests"),
    [
        (True, 0.1, True, True),
        (False, 0.3, True, True),
        (False, 0.1, False, True),
    ],
)
def test_what_nothing_vouches_for_is_a_push_only_if_the_digest_would_tell_it(
    vouched: bool, tell: float, pushes: bool, digests: bool
) -> None:
    evidence = {"about": 0.9, "opens": 1.0, "title_named": 1.0}
    evidence |= dict.fromkeys(("unchanged", "asks", "brief", "beside"), 0.0)
    found = Novelty((), {}, evidence, 0.6, tell, vouched)
    assert (found.pushes, found.digests) == (pushes, digests)
    assert not replace(found, push=0.4, tell=0.1).digests
