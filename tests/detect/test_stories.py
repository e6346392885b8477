"""`TopicState`: what it finds does not depend on how it came to be, nor its cost on its size."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.detect.story.memory import _FACTS_KEPT, Told, remembered, without
from monitor.detect.story.stories import _POOL, HORIZON, TopicState, apart
from monitor.detect.story.vectors import Features
from monitor.models import Story

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def _features(*words: str) -> Features:
    nothing: frozenset[str] = frozenset()
    vector = dict.fromkeys(words, 1.0)
    core = frozenset(words)
    return Features(
        vector=vector,
        title=core,
        core=core,
        acts=nothing,
        numbers=nothing,
        days=nothing,
        claims=nothing,
        turns=nothing,
        sketch=(),
        lang="en",
    )


def _story(name: str, words: tuple[str, ...], key: str, at: datetime, outlet: str = "a") -> Story:
    memory = remembered(_features(*words), [key], True, outlet, at, None)
    return Story(name, "office", name, at, at, 1, (outlet,), (), memory)


def test_latest_is_of_the_story_that_told_a_key_last_and_of_the_first_id_at_one_instant() -> None:
    hour = timedelta(hours=1)
    stories = [
        _story("s3", ("x",), "a:open", NOW - hour, "old"),
        _story("s2", ("x",), "a:open", NOW, "second"),
        _story("s1", ("x",), "a:open", NOW, "first"),
    ]
    grown = TopicState()
    for story in stories:
        grown._put(story)
        grown.latest("a:open")
    loaded = TopicState(reversed(stories))
    assert grown.latest("a:open") == loaded.latest("a:open") == Told(NOW.isoformat(), ["first"], 1)
    grown._put(_story("s3", ("x",), "a:open", NOW + hour, "new"))
    assert grown.latest("a:open") == Told((NOW + hour).isoformat(), ["new"], 1)
    assert grown.latest("a:close") is None


@given(
    st.lists(
        st.tuples(st.sampled_from(["s1", "s2", "s3"]), st.integers(0, 3), st.booleans()), max_size=9
    )
)
def test_latest_is_the_same_grown_or_loaded_whatever_came_in_what_order(
    told: list[tuple[str, int, bool]],
) -> None:
    grown, stories = TopicState(), {}
    for name, hours, asked in told:
        at = NOW + timedelta(hours=hours)
        stories[name] = _story(name, ("x",), "a:open", at, f"{name} at {hours}")
        grown._put(stories[name])
        assert not asked or grown.latest("a:open")
    loaded = TopicState(stories.values())
    assert grown.latest("a:open") == loaded.latest("a:open")


def test_told_since_knows_the_last_story_alone() -> None:
    state = TopicState([_story("s1", ("x",), "a:open", NOW)])
    assert state.told_since(NOW)
    assert not state.told_since(NOW + timedelta(minutes=1))
    assert not TopicState().told_since(NOW)


def test_a_story_is_as_far_away_as_its_nearer_end() -> None:
    hour = timedelta(hours=1)
    story = replace(_story("s1", ("x",), "a:open", NOW), opened=NOW - 5 * hour)
    assert apart(story, NOW + 2 * hour) == 2 * hour
    assert apart(story, NOW - 3 * hour) == timedelta(0)
    assert apart(story, NOW - 9 * hour) == 4 * hour


def test_expire_forgets_the_facts_and_figures_of_the_stories_that_leave() -> None:
    state = TopicState(
        [
            _story("s1", ("x",), "n:day:5", NOW - HORIZON, "old"),
            _story("s2", ("x",), "n:day:6", NOW),
        ]
    )
    assert state.latest("n:day:5")
    assert state.is_figure_known("n:day:5~9")
    assert state.is_figure_known("n:day:6")
    assert not state.is_figure_known("n:hour:6")
    state.expire(NOW + timedelta(days=1))
    assert state.latest("n:day:5") is None
    assert not state.is_figure_known("n:day:5")
    assert state.is_figure_known("n:day:4~6")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["s1", "s2"]),
            st.sets(st.sampled_from(["a:x", "n:day:1", "n:day:2~4", "n:day:3"]), max_size=3),
            st.sets(st.sampled_from("xyz"), max_size=2),
            st.integers(0, 2),
        ),
        max_size=8,
    )
)
def test_a_state_is_the_same_grown_or_loaded_whatever_a_story_gained_and_lost(
    told: list[tuple[str, set[str], set[str], int]],
) -> None:
    grown, stories = TopicState(), {}
    for name, keys, words, hours in told:
        at = NOW + timedelta(hours=hours)
        memory = remembered(_features(*words), keys, True, f"{name}{hours}", at, None)
        stories[name] = Story(name, "office", name, at, at, 1, ("a",), (), memory)
        grown._put(stories[name])
    loaded = TopicState(stories.values())
    for key in ("a:x", "n:day:1", "n:day:3", "n:day:2~4", "n:day:9"):
        assert grown.latest(key) == loaded.latest(key)
        assert key[0] == "a" or grown.is_figure_known(key) == loaded.is_figure_known(key)
    assert [grown.holders(word) for word in "xyz"] == [loaded.holders(word) for word in "xyz"]


def test_a_story_that_never_ends_remembers_the_facts_told_last_and_costs_no_more() -> None:
    story = _story("s1", ("x",), "a:open", NOW)
    for hour in range(1, 9):
        keys = [f"n:day:{hour}{number}" for number in range(300)]
        at = NOW + timedelta(hours=hour)
        memory = remembered(_features("x"), keys, True, "a", at, story)
        story = replace(story, updated=at, memory=memory)
    facts = story.memory["facts"]
    assert len(facts) == _FACTS_KEPT
    assert {"n:day:80", "n:day:8299", "n:day:60"} <= facts.keys()
    assert facts.keys().isdisjoint({"a:open", "n:day:10", "n:day:4299"})


def test_candidates_look_at_the_holders_of_rare_terms_when_the_others_are_everywhere() -> None:
    many = [_story(f"s{i:04}", ("common",), "a:x", NOW) for i in range(_POOL)]
    rare = _story("zz", ("common", "rare"), "a:x", NOW - timedelta(days=9))
    state = TopicState([*many, rare])
    assert state.candidates({"common": 1.0, "rare": 1.0}, NOW) == [rare]
    assert len(state.candidates({"common": 1.0}, NOW)) == 5


def test_a_story_without_one_of_its_reports_is_what_it_was_before() -> None:
    first = _story("s", ("river", "bridge"), "a:close", NOW)
    later, words = NOW + timedelta(hours=1), _features("bridge", "ferry")
    memory = remembered(words, ["a:close", "a:open"], False, "b", later, first)
    both = replace(first, articles=2, outlets=("a", "b"), memory=memory)
    left = without(both, words, ["a:close", "a:open"], "b")
    assert left is not None
    assert (left.articles, left.outlets) == (1, ("a",))
    for part in ("reports", "terms", "members"):
        assert left.memory[part] == first.memory[part]
    assert left.memory["facts"].keys() == {"a:close"}
    assert without(first, _features("river", "bridge"), ["a:close"], "a") is None


def test_an_outlet_that_told_more_than_the_report_stays_in_the_story() -> None:
    first = _story("s", ("river",), "a:close", NOW)
    memory = remembered(_features("ferry"), ["a:open"], False, "a", NOW, first)
    both = replace(first, articles=2, memory=memory)
    left = without(both, _features("harbour"), ["a:open"], "a")
    assert left is not None
    assert left.outlets == ("a",)
    assert left.memory["members"] == both.memory["members"]


def test_a_story_stands_as_another_only_while_it_is_asked_for() -> None:
    story, other = _story("s", ("river",), "a:close", NOW), _story("s", ("ferry",), "a:open", NOW)
    state = TopicState([story])
    with state.as_if(story, other):
        assert (state.get("s"), state.latest("a:close")) == (other, None)
    with state.as_if(story, None):
        assert (state.get("s"), state.size, state.holders("river")) == (None, 0, 0)
    with state.as_if(None, None):
        assert state.get("s") is story
    assert (state.holders("river"), state.holders("ferry")) == (1, 0)
    assert state.latest("a:close") is not None
