"""All is as it was: news after a day of doubt, and a repeat at any other time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.detect.news.routine import Told, tells_no_change
from monitor.detect.sense.unchanged import says_unchanged
from monitor.detect.words.reading import Sentence, read
from monitor.detect.words.tongue import PLAIN
from monitor.models import Verdict
from tests.detect.examples import Stream, article, office

WORKING = {"lines": "working", "operation": "open"}


def headline(text: str, lang: str) -> Sentence:
    title = read(article(text, lang=lang), office()).title
    assert title is not None
    return title


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Lighthouse ferry runs as usual"),
        ("en", "Ferry unaffected by storm"),
        ("fr", "Le bac du phare circule normalement"),
        ("de", "Fähre zum Leuchtturm fährt wie bisher"),
        ("es", "El transbordador funciona con normalidad"),
        ("ru", "Паром ходит в обычном режиме"),
        ("ar", "العبارة تعمل بشكل طبيعي"),
        ("ko", "등대 나루 평소대로 운항"),
        ("ko", "등대 나루 이틀째 정상"),
        ("ja", "灯台の渡し船、通常通り運航"),
        ("zh", "渡轮照常开航"),
    ],
)
def test_that_all_is_as_it_was_is_seen(lang: str, title: str) -> None:
    assert says_unchanged(headline(title, lang), office().tongues[lang])


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Lighthouse ferry runs as usual again"),
        ("en", "Lighthouse ferry runs aground"),
        ("fr", "Le bac circule de nouveau normalement"),
        ("de", "Fähre läuft wieder normal"),
        ("es", "El transbordador vuelve a funcionar con normalidad"),
        ("ru", "Паром снова ходит в обычном режиме"),
        ("ar", "العبارة تعمل مجددا بشكل طبيعي"),
        ("ko", "등대 나루 사흘 만에 평소대로 운항"),
        ("ja", "渡し船が運航再開　通常通り"),
        ("zh", "渡轮恢复如常"),
    ],
)
def test_that_it_is_so_again_is_another_matter(lang: str, title: str) -> None:
    assert not says_unchanged(headline(title, lang), office().tongues[lang])


def test_a_text_in_an_unknown_language_says_nothing() -> None:
    assert not says_unchanged(headline("Ferry runs as usual", "en"), PLAIN)


def never(key: str, days: float) -> bool:
    return False


def lately(*acts: str) -> Told:
    return lambda key, days: key[2:] in acts


def no_change(title: str, told: Told, lang: str = "en", **card: str) -> bool:
    reading = read(article(title, lang=lang), office())
    return tells_no_change(reading, office(), WORKING | card, told)


def test_it_is_a_repeat_where_nobody_doubted_it() -> None:
    assert no_change("Inter-Korean hotline works as usual, ministry says", never)
    assert not no_change("Inter-Korean hotline cut, ministry says", never)
    assert not tells_no_change(read(article(""), office()), office(), WORKING, never)


def test_it_is_news_within_days_of_a_turn() -> None:
    title = "Inter-Korean hotline works as usual, ministry says"
    assert not no_change(title, lately("withdraw"))
    assert no_change(title, lately("propose"))


def test_it_is_news_where_the_card_has_it_broken() -> None:
    title = "Inter-Korean hotline works as usual, ministry says"
    assert not no_change(title, never, lines="unanswered")


def test_a_second_normal_day_is_none_even_after_a_turn() -> None:
    assert no_change("남북 통신연락선 이틀째 정상", lately("restore"), "ko", lines="restored")


def told_after(days: float) -> Verdict:
    """The verdict on calls as usual, so long after the staff left."""
    stream = Stream()
    stream.card |= WORKING | {"north_staff": "present"}
    stream.state.card.update(stream.card)
    left = stream.tell(
        "North Korea withdraws staff from liaison office",
        "North Korea withdrew its staff from the liaison office in Kaesong on Thursday, the "
        "unification ministry in Seoul said.",
    )
    assert left.moves
    calm = stream.tell(
        "Hotline calls of liaison office go on as usual, ministry says",
        "Both sides called each other twice by the hotline of the liaison office, a spokesman of "
        'the unification ministry said. "Nothing was unusual," he said in Seoul.',
        after=timedelta(days=days),
    )
    return calm.verdict


def test_weeks_later_calls_as_usual_interrupt_nobody() -> None:
    assert told_after(40) is not Verdict.ALERT
