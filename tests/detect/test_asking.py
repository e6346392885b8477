"""Titles that ask or promise to explain."""

from __future__ import annotations

import pytest

from monitor.detect.sense.asking import asks, explains
from monitor.detect.words.reading import Sentence, read
from monitor.detect.words.tongue import PLAIN
from tests.detect.examples import article, office


def title(text: str, lang: str) -> Sentence:
    found = read(article(text, "", lang=lang), office()).title
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "How the dam holds back a river"),
        ("en", "Ferry or bridge: what the island gains"),
        ("en", "What three years of ferries taught an island"),
        ("fr", "Pourquoi le bac reste à quai"),
        ("de", "Fähre oder Brücke: Was die Insel gewinnt"),
        ("es", "Cómo funciona el transbordador"),
        ("ru", "Почему паром стоит у причала"),
        ("ar", "كيف تعمل العبارة في الجزيرة"),
        ("ko", "연락선이 항구에 묶인 이유"),
        ("ja", "連絡船が止まる理由"),
        ("zh", "渡轮为何停在港口"),
    ],
)
def test_explains_what_a_text_will_tell(lang: str, text: str) -> None:
    assert explains(title(text, lang), office().tongues[lang])


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Ferry sinks off the island"),
        ("en", "What the ferry cost: 12 million won"),  # a figure is what it tells
        ("en", "Mayor knows what the island needs"),  # a clause inside another
        ("ru", "Как сообщает мэрия, паром вернулся"),
        ("und", "What the ferry brings"),  # a language that is not known
    ],
)
def test_explains_nothing_where_something_is_told(lang: str, text: str) -> None:
    assert not explains(title(text, lang), office().tongues.get(lang, PLAIN))


def test_asks_a_question_and_nothing_else() -> None:
    assert asks(title("Will the ferry sail again?", "en"))
    assert not asks(title("Will it sail? It will, says the mayor", "en"))
