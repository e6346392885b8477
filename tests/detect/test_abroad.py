"""A short name that another place claims is not what is watched."""

from __future__ import annotations

import pytest

from monitor.detect import judge
from monitor.models import Relevance
from tests.detect.examples import article, office

BOTH = "Both South Korea and North Korea sent observers to the fair."


@pytest.mark.parametrize(
    ("lang", "title", "body"),
    [
        ("en", "Traders open a liaison office in Nairobi", BOTH),
        ("en", "Lagos liaison office draws a crowd", BOTH),
        ("ko", "하노이 연락사무소 직원 늘린다", "남측 기업과 북측 기업이 함께 쓰는 곳은 아니다."),
        ("en", "Lagos liaison office hires staff", f"{BOTH} Staff like the building."),
        ("en", "Liaison office for divers opens", f"{BOTH} A liaison office in Nairobi hires."),
        ("en", "College opens liaison office at the north gate", "It faces the north of the town."),
    ],
)
def test_abroad_a_liaison_office_of_another_city_is_off_topic(
    lang: str, title: str, body: str
) -> None:
    assert judge(article(title, body, lang=lang), office()).relevance is not Relevance.RELEVANT


@pytest.mark.parametrize(
    "title",
    [
        "Korean liaison office stays shut",
        "Traders speak of the liaison office, in Nairobi too",
    ],
)
def test_abroad_an_adjective_or_another_clause_claims_nothing(title: str) -> None:
    body = f"{BOTH} The liaison office was set up by both sides."
    assert judge(article(title, body, lang="en"), office()).relevance is Relevance.RELEVANT
