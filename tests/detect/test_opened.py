from dataclasses import replace

import pytest

from monitor.detect.words.opened import opened
from tests.detect.examples import article, office

BODY = (
    "SEOUL, March 4 (Heron) -- Rain came through the roof of the market.\n\n"
    "Traders moved their stalls under the bridge.\n\nThe office in Kaesong sent word."
)


def parts(summary: str, body: str) -> list[str]:
    told = replace(article("Rain at the market", body), summary=summary)
    return list(opened(told, office().vocabulary).parts)


@pytest.mark.parametrize(
    "summary",
    [
        BODY,
        BODY.replace("\n\n", " "),
        BODY.replace("\n\n", "")[:90] + "...",
        "Rain came through the roof of the market. Traders moved their stalls under the bridge. "
        "The office in Kaesong sent word.",
        "SEOUL, March 4 (Heron) -- Rain came through the roof of the market. Traders moved…",
    ],
)
def test_a_summary_that_the_body_repeats_is_read_once(summary: str) -> None:
    assert parts(summary, BODY) == ["title", "body"]


@pytest.mark.parametrize("body", ["", BODY])
def test_a_summary_of_its_own_words_is_read(body: str) -> None:
    assert parts("Stalls at the market are wet, and the sellers wait.", body)[1] == "summary"


def test_a_summary_that_says_what_the_title_says_is_not_read() -> None:
    assert parts("Rain at the market", "") == ["title", "body"]
