"""Whatever a feed brings, the detector decides: without an exception, at once, with a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from time import process_time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from monitor.detect import TopicState, decide, judge
from monitor.models import Article, Decision
from tests.detect.examples import START, office

NAMED = "Kaesong liaison office 남북공동연락사무소 南北共同連絡事務所 韩朝联络办公室 "
SLOW = 1.0  # seconds of CPU, a hundred times what an article of any length took
PIECES = (
    "북한 16일 오후 2시 |北朝鮮は3月32日|朝鲜四五名|КНДР 12 |مكتب |😀👩\u200d👧|\x00\x1b[0m"
    "|\u202eabc\u202c|Ã©Â\x80\x99|25th of February 30, |99:99 p.m. |999億|1,2.3,4 |\ud83d"
    "|from to by |...|\u201d\u2019»"
)
SCRIPTS = st.sampled_from(PIECES.split("|"))
TEXTS = st.one_of(st.text(max_size=300), st.lists(SCRIPTS, max_size=30).map("".join))
DAYS = st.integers(min_value=3, max_value=3_652_000)  # of our calendar, its first and last weeks


def decided(
    title: str, body: str, state: TopicState | None = None, published: datetime = START
) -> Decision:
    """The decision on an article seen today, on an empty state if none is given."""
    name = f"x{len(title)}-{len(body)}"
    article = Article(id=name, title=title, body=body, seen=START, published=published)
    known = TopicState() if state is None else state
    decision = decide(article, judge(article, office()), office(), known, START)
    known.apply(decision)
    return decision


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(title=TEXTS, body=TEXTS)
@example(title="", body="")
@example(title=" \n\t", body="\x00" * 50)
def test_any_text_is_decided_with_a_reason(title: str, body: str) -> None:
    for named in ("", NAMED):
        state = TopicState()
        assert decided(named + title, named + body, state=state).why
        assert decided(named + title + "!", named + body, state=state).why  # against a story, too


@settings(deadline=None, max_examples=40)
@given(day=DAYS)
@example(day=3)
@example(day=3_652_000)
def test_any_day_of_publication_is_decided_with_a_reason(day: int) -> None:
    at = datetime.combine(date.fromordinal(day), time.min, tzinfo=UTC)
    said = (
        "North Korea will close the Kaesong liaison office next Monday, on the 31st of next month"
    )
    assert decided(said, "개성 연락사무소 30일, 다음 달 31일 · 来月31日、29日", published=at).why


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (NAMED * 60, "word " * 1000),  # 5,000 characters of title
        (NAMED, "the office " * 100_000),  # 1 MB
        (NAMED, "1" * 1_000_000),
        (NAMED, "十" * 1_000_000),
        (NAMED, "스물다섯" * 250_000),
        (NAMED, "had after by the " * 60_000),
        (NAMED, "no such no such " * 60_000),
        (NAMED, "2월 3일 " * 100_000),
        (NAMED, "没有" * 500_000),
        (NAMED, "." * 1_000_000),
        (NAMED, "\u202e" + "شمال " * 200_000),
        ("(" * 5000, "[" * 5000),
        (" " * 5000, "\n" * 1_000_000),
    ],
    ids=lambda text: repr(text[:12]),
)
def test_no_long_text_is_a_slow_path(title: str, body: str) -> None:
    state = TopicState()
    start = process_time()
    decided(title, body, state=state)
    assert decided(title + " again", body, state=state).why
    assert process_time() - start < SLOW
