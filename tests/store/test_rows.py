"""What goes in comes out: every noun the store keeps, with whatever text a feed may bring."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from monitor.models import (
    Alert,
    Article,
    Citation,
    Decision,
    DiffPart,
    Fact,
    Modality,
    Move,
    SourceState,
    Span,
    Story,
)
from monitor.store import Store
from monitor.store.rows import sentence
from tests.store.conftest import NOW

TEXT = st.text(max_size=20)
COUNT = st.integers(0, 2**31 - 1)
TIME = st.datetimes(timezones=st.just(UTC))
REAL = st.floats(allow_nan=False, allow_infinity=False)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | REAL | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("rows") / "monitor.db") as store:
        yield store


def some(noun: type, **fixed: Any) -> st.SearchStrategy[Any]:
    """Any instance of a noun, from its own annotations."""
    kinds = {
        "str": TEXT,
        "int": COUNT,
        "float": REAL,
        "bool": st.booleans(),
        "datetime": TIME,
        "str | None": st.none() | TEXT,
        "float | None": st.none() | REAL,
        "datetime | None": st.none() | TIME,
        "Modality": st.sampled_from(Modality),
        "tuple[str, ...]": st.lists(TEXT, max_size=3).map(tuple),
    }
    fields = {
        name: fixed.get(name, kinds.get(kind) if isinstance(kind, str) else None)
        for name, kind in noun.__annotations__.items()
    }
    return st.builds(noun, **{name: kind for name, kind in fields.items() if kind is not None})


def many(noun: type) -> st.SearchStrategy[Any]:
    return st.lists(some(noun), max_size=2).map(tuple)


STORIES = some(Story, memory=st.dictionaries(TEXT, PLAIN, max_size=3))
FACTS = st.lists(some(Fact), max_size=2).map(tuple)


@settings(deadline=None, max_examples=25)
@given(
    alert=some(Alert, moves=many(Move), diff=many(DiffPart), citations=many(Citation)),
)
def test_an_alert_comes_back_equal(shared: Store, alert: Alert) -> None:
    assume(shared.alert(alert.id) is None)  # the first one of an id stays
    with shared.writing() as unit:
        unit.save_alert(alert, [])
    assert shared.alert(alert.id) == alert


@settings(deadline=None, max_examples=25)
@given(
    article=some(Article, previous=st.none(), story=st.none(), returns=st.just(0)),
    keys=st.lists(TEXT, max_size=3),
)
def test_an_article_comes_back_equal(shared: Store, article: Article, keys: list[str]) -> None:
    with shared.writing() as unit:
        unit.save_article(article, keys)
        assert unit.find_article([f"id:{article.id}"]) == article
        assert all(unit.find_article([key]) == article for key in keys if key[:3] != "id:")


@settings(deadline=None, max_examples=25)
@given(story=STORIES)
def test_a_story_comes_back_equal(shared: Store, story: Story) -> None:
    with shared.writing() as unit:
        unit.save_story(story)
    assert shared.story(story.id) == story


@settings(deadline=None, max_examples=25)
@given(state=some(SourceState, id=TEXT.map("x{}".format), url=st.just("http://x.example/")))
def test_the_state_of_a_source_comes_back_equal(shared: Store, state: SourceState) -> None:
    with shared.writing() as unit:
        unit.save_source(state)
    assert shared.source_state(state.id) == state


@settings(deadline=None, max_examples=25)
@given(
    decision=some(
        Decision,
        spans=many(Span),
        story=st.none() | STORIES,
        new_facts=FACTS,
        known_facts=FACTS,
        gone_facts=FACTS,
    ),
    article=some(Article, previous=st.none()),
)
def test_a_decision_comes_back_with_all_its_reasons(
    shared: Store, decision: Decision, article: Article
) -> None:
    with shared.writing() as unit:
        unit.save_decision(decision, article, NOW, None)
    row = shared.ledger(limit=1)[0]
    for name in ("article", "verdict", "kind", "stage", "rule", "why", "relevance", "nearest"):
        assert getattr(row, name) == getattr(decision, name)
    for name in ("title", "url", "source", "outlet", "revision"):
        assert getattr(row, name) == getattr(article, name)
    assert row.topic == (decision.topic or None)
    assert row.spans == decision.spans
    assert row.score == decision.score
    assert row.story == (decision.story.id if decision.story else None)
    for name in ("new_facts", "known_facts", "gone_facts"):  # each sentence once
        said = map(sentence, getattr(decision, name))
        assert getattr(row, name) == tuple(dict.fromkeys(said))
    assert row.needs == decision.needs


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (Fact(act="close", text="shut the bridge"), "shut the bridge"),
        (Fact(actor="north", act="close", number=3.0, unit="lane"), "north close 3 lane"),
        (Fact(number=2.5), "2.5"),
        (Fact(number=0.0, unit="dead"), "0 dead"),
    ],
)
def test_a_fact_reads_as_its_own_words_or_its_parts(fact: Fact, words: str) -> None:
    assert sentence(fact) == words
