from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.models import (
    Article,
    DeliveryState,
    Kind,
    LedgerRow,
    Move,
    PastStory,
    Relevance,
    Verdict,
)
from monitor.store import KnownEntry, Store
from tests.store.conftest import (
    ALERT,
    ARTICLE,
    DAY,
    DECISION,
    LEASE,
    MINOR,
    MINUTE,
    MOVE,
    NOW,
    STATE,
    STORY,
    fill,
    poll,
)

TWO = [("a", "http://a.example/"), ("b", "http://b.example/")]


# --- sources ---


def test_a_new_source_is_due_at_once_and_has_no_history(store: Store) -> None:
    with store.writing() as unit:
        unit.sync_sources(TWO, NOW)
    assert [s.id for s in store.source_states()] == ["a", "b"]
    assert store.source_state("a") == replace(STATE, id="a", url="http://a.example/")
    assert store.source_state("zzz") is None


def test_naming_the_same_sources_again_changes_nothing(store: Store) -> None:
    fill(store)
    before = store.source_states()
    with store.writing() as unit:
        unit.sync_sources([("feed", STATE.url)], NOW + DAY)
    assert store.source_states() == before
    assert before[0].etag == "etag"


def test_a_changed_url_keeps_the_state_but_for_what_the_old_server_said(store: Store) -> None:
    seen = replace(
        STATE, etag="e", last_modified="m", body_hash="h", baseline_done=True, failures=2
    )
    with store.writing() as unit:
        unit.sync_sources([("feed", STATE.url)], NOW)
        unit.save_source(replace(seen, next_due=NOW + DAY, last_polled=NOW))
        unit.sync_sources([("feed", "http://new.example/")], NOW + MINUTE)
    wanted = replace(STATE, url="http://new.example/", next_due=NOW + MINUTE)
    assert store.source_state("feed") == replace(wanted, baseline_done=True, failures=2)


def test_a_source_taken_out_is_not_polled_and_comes_back_with_a_new_baseline(store: Store) -> None:
    with store.writing() as unit:
        unit.sync_sources(TWO, NOW)
        for id_, url in TWO:
            unit.save_source(replace(STATE, id=id_, url=url, baseline_done=True, etag="e"))
        unit.sync_sources(TWO[:1], NOW)
        assert [s.id for s in unit.claim_due(NOW, 9, "me", LEASE)] == ["a"]
    assert [s.id for s in store.source_states()] == ["a"]
    away = store.source_state("b")
    assert away is not None
    assert away.etag == "e"
    with store.writing() as unit:
        unit.sync_sources(TWO, NOW + DAY)
        back = unit.claim_due(NOW + DAY, 9, "me", LEASE)
    assert [(s.id, s.baseline_done, s.etag) for s in back if s.id == "b"] == [("b", False, "e")]


def test_a_poll_that_ends_after_its_url_was_changed_only_frees_the_lease(store: Store) -> None:
    with store.writing() as unit:
        unit.sync_sources(TWO[:1], NOW)
        (old,) = unit.claim_due(NOW, 9, "me", LEASE)
        unit.sync_sources([("a", "http://new.example/")], NOW)
        unit.save_source(replace(old, etag="of the old url", next_due=NOW + DAY))
        (now_due,) = unit.claim_due(NOW, 9, "me", LEASE)
    assert (now_due.url, now_due.etag) == ("http://new.example/", None)


def test_a_source_that_was_never_named_can_be_saved_too(store: Store) -> None:
    with store.writing() as unit:
        unit.save_source(STATE)
    assert store.source_states() == (STATE,)


# --- entries and articles ---


def test_an_entry_is_known_by_its_source_and_key(store: Store) -> None:
    fill(store)
    with store.writing() as unit:
        unit.save_entry("feed", "e2", "h2", "a2", NOW)
        unit.save_entry("feed", "e2", "h3", "a3", NOW + MINUTE)
        assert unit.known_entries("feed", ["e1", "e2", "e3"]) == {
            "e1": KnownEntry("hash", "a1"),
            "e2": KnownEntry("h3", "a3"),
        }
        assert unit.known_entries("other", ["e1"]) == {}
        assert unit.known_entries("feed", []) == {}


def test_what_is_served_is_what_the_last_document_held(store: Store) -> None:
    with store.writing() as unit:
        for key in "abc":
            unit.save_entry("feed", key, f"hash of {key}", f"article {key}", NOW)
        unit.mark_served("feed", ["a", "c"], NOW)
        assert unit.served("feed") == {
            "a": KnownEntry("hash of a", "article a"),
            "c": KnownEntry("hash of c", "article c"),
        }
        assert unit.served("other") == {}


def test_keys_lead_to_their_articles(store: Store) -> None:
    with store.writing() as unit:
        unit.save_article(ARTICLE, ["k1", "k2"])
        unit.save_article(replace(ARTICLE, id="a2"), ["k2", "k3"])
        assert unit.articles_of(["k1", "k9"]) == {"a1"}
        assert unit.articles_of(["k1", "k2", "k3"]) == {"a1", "a2"}


def test_a_document_of_any_length_can_be_asked_for_and_marked(store: Store) -> None:
    keys = [f"e{n}" for n in range(40_000)]  # more than SQLite takes in one statement
    with store.writing() as unit:
        unit.save_entry("feed", "e39999", "h", "a", NOW)
        unit.mark_served("feed", keys, NOW)
        assert set(unit.known_entries("feed", keys)) == {"e39999"}


def test_the_first_known_key_decides_which_article_it_is(store: Store) -> None:
    other = replace(ARTICLE, id="a2", body="")
    with store.writing() as unit:
        unit.save_article(ARTICLE, ["k1", "k2"])
        unit.save_article(other, ["k3"])
        assert unit.find_article(["nobody", "k3", "k1"]) == other
        assert unit.find_article(["k2", "k3"]) == ARTICLE
        assert unit.find_article(["k3", "id:a1"]) == other
        assert unit.find_article(["id:a1", "k3"]) == ARTICLE
        assert unit.find_article(["id:nobody", "nobody"]) is None
        assert unit.find_article([]) is None


def test_a_key_that_is_used_for_another_article_leads_there(store: Store) -> None:
    other = replace(ARTICLE, id="a2")
    with store.writing() as unit:
        unit.save_article(ARTICLE, ["k1"])
        unit.save_article(other, ["k1"])
    assert store.find_article(["k1"]) == other


def test_revisions_are_kept_and_the_latest_is_found(store: Store) -> None:
    edited = replace(ARTICLE, revision=1, title="Bridge open", body="", seen=NOW + MINUTE)
    with store.writing() as unit:
        unit.save_article(ARTICLE, ["k1"])
        unit.save_article(replace(edited, previous=ARTICLE, story="s1"), [])
    assert store.find_article(["k1"]) == edited
    assert store.revisions("a1") == (ARTICLE, edited)
    assert store.revisions("nobody") == ()


def test_a_revision_that_is_saved_again_is_what_was_saved_last(store: Store) -> None:
    shorter = replace(ARTICLE, body="", summary="Other")
    with store.writing() as unit:
        unit.save_article(ARTICLE, ["k1"])
        unit.save_article(shorter, ["k1"])
    assert store.revisions("a1") == (shorter,)


# --- topics, stories, the state card ---


def test_every_change_of_a_topic_raises_its_version(store: Store) -> None:
    with store.writing() as unit:
        assert unit.topic_version("bridges") == 0
        unit.save_story(STORY)
        unit.save_moves("bridges", [MOVE], "a1", NOW)
        assert unit.topic_version("bridges") == 2
        unit.save_moves("bridges", [], "a1", NOW)
        assert unit.topic_version("bridges") == 2
        assert unit.topic_version("tunnels") == 0


def test_stories_are_given_by_topic_and_time_of_their_last_update(store: Store) -> None:
    old = replace(STORY, id="s0", opened=NOW - DAY, updated=NOW - DAY)
    grown = replace(
        STORY, articles=2, updated=NOW + MINUTE, memory={"z": None, "a": {"deep": [1.5]}}
    )
    with store.writing() as unit:
        for story in (STORY, old, replace(STORY, id="s9", topic="tunnels"), grown):
            unit.save_story(story)
        assert unit.stories_since("bridges", NOW - DAY) == (old, grown)
        assert unit.stories_since("bridges", NOW) == (grown,)
        assert unit.told_since(["bridges", "tunnels"], grown.updated) == {"bridges"}
        assert unit.told_since(["bridges"], grown.updated + MINUTE) == set()
        assert unit.told_since([], NOW - DAY) == set()
        assert list(unit.stories_since("bridges", NOW)[0].memory) == ["z", "a"]

    assert [s.id for s in store.stories()] == ["s1", "s9", "s0"]
    assert [s.id for s in store.stories("bridges", limit=1)] == ["s1"]
    assert store.story("s1") == grown
    assert store.story("nobody") is None


def test_of_old_stories_only_what_they_are_known_by_is_read(store: Store) -> None:
    old = replace(STORY, id="s0", updated=NOW - DAY, imprints="one two")
    short = replace(STORY, id="s2", updated=NOW - DAY)
    other = replace(old, id="s3", topic="tunnels")
    with store.writing() as unit:
        for story in (replace(STORY, imprints="three"), old, short, other):
            unit.save_story(story)
        (past,) = unit.stories_before("bridges", NOW)
        assert unit.stories_before("bridges", NOW - DAY) == ()
        assert {s.imprints for s in unit.stories_since("bridges", NOW - DAY)} == {
            "one two",
            "three",
            "",
        }
    assert past == PastStory("s0", "Bridge closed", NOW, "one two")


def test_equal_strings_of_stories_that_are_read_together_are_one_object(store: Store) -> None:
    memory = {"terms": {"harbour": 1.5}, "members": [{"title": ["harbour", "town"], "reports": 2}]}
    with store.writing() as unit:
        for name in ("s1", "s2"):
            unit.save_story(replace(STORY, id=name, memory=memory))
    with store.writing() as unit:
        one, two = unit.stories_since("bridges", NOW - DAY)
    assert one.memory == two.memory == memory
    assert one.memory["members"][0]["title"][0] is next(iter(two.memory["terms"]))


def test_the_card_has_the_last_value_and_its_history_every_move(store: Store) -> None:
    back = Move("bridge", "Bridge", "closed", "open")
    with store.writing() as unit:
        unit.save_moves("bridges", [MOVE], "a1", NOW)
        unit.save_moves("bridges", [back], "a2", NOW + MINUTE)
        assert unit.card("bridges") == {"bridge": "open"}
        assert unit.card_moved("bridges") == {"bridge": NOW + MINUTE}
        assert unit.card_moved("tunnels") == {}
    assert store.card("bridges") == {"bridge": "open"}
    assert store.card("tunnels") == {}
    changes = [(c.at, c.article, c.move) for c in store.card_history("bridges")]
    assert changes == [(NOW, "a1", MOVE), (NOW + MINUTE, "a2", back)]


def test_a_story_threads_under_its_first_alert(store: Store) -> None:
    with store.writing() as unit:
        assert unit.story_root("s1") is None
        unit.save_alert(replace(ALERT, id="z-first"), [])
        unit.save_alert(replace(ALERT, id="a-second"), [])
        assert unit.story_root("s1") == "z-first"


def test_the_articles_of_a_story_come_newest_first_and_in_their_latest_text(store: Store) -> None:
    other = Article("a2", "Other", NOW + MINUTE)
    edited = replace(ARTICLE, revision=1, title="Edited")
    with store.writing() as unit:
        for article in (ARTICLE, edited, other):
            unit.save_article(article, [])
            unit.save_decision(replace(DECISION, article=article.id), article, NOW, None)
        assert unit.story_articles("s1", 1) == (other,)
    assert store.story_articles("s1") == (other, edited)


# --- the ledger ---


def test_a_decision_is_remembered_with_its_reasons(store: Store) -> None:
    fill(store)
    wanted = LedgerRow(
        at=NOW,
        article="a1",
        revision=0,
        title="Bridge 橋 closed",
        url="http://feed.example/1",
        source="feed",
        outlet="Gazette",
        topic="bridges",
        verdict="alert",
        kind="new story",
        stage="story",
        rule="opens",
        why="Nothing like it was known.",
        relevance="relevant",
        spans=DECISION.spans,
        story="s1",
        story_title="Bridge closed",
        nearest="s0",
        score=0.5,
        new_facts=("closed the bridge",),
        known_facts=("build",),
        alert="alert-1",
    )
    assert store.ledger(verdict=Verdict.ALERT) == (wanted,)
    assert len(store.ledger()) == 2
    assert len(store.ledger(limit=1)) == 1
    assert store.ledger(topic="tunnels") == ()


def test_an_article_keeps_its_story_through_a_decision_that_names_none(store: Store) -> None:
    fill(store)
    with store.writing() as unit:
        unit.save_decision(replace(DECISION, story=None), ARTICLE, NOW, None)
        assert unit.article_stories("a1") == {"bridges": "s1"}
        unit.save_decision(replace(DECISION, topic="roads", story=None), ARTICLE, NOW, None)
        later = replace(STORY, id="s2")
        unit.save_decision(replace(DECISION, story=later), ARTICLE, NOW, None)
        assert unit.article_stories("a1") == {"bridges": "s2"}


def test_an_entry_that_no_topic_matched_stands_in_the_ledger_alone(store: Store) -> None:
    off = replace(DECISION, topic="", relevance=Relevance.OFF_TOPIC, story=None)
    off = replace(off, kind=Kind.OFF_TOPIC, verdict=Verdict.SILENT)
    with store.writing() as unit:
        unit.save_decision(off, ARTICLE, NOW, None)
        assert unit.article_stories("a1") == {}
    (row,) = store.ledger()
    assert (row.topic, row.kind, row.story) == (None, "off topic", None)


def test_why_asks_by_key_then_by_id_then_by_the_words_of_the_title(store: Store) -> None:
    fill(store)
    other = Article("a2", "BRÜCKE 100% open_now", NOW)
    with store.writing() as unit:
        unit.save_article(other, ["k9"])
        unit.save_decision(replace(DECISION, article="a2"), other, NOW, None)
    assert [r.article for r in store.why(["k9"], "a1")] == ["a2"]
    assert [r.article for r in store.why([], "a1")] == ["a1", "a1"]
    assert [r.article for r in store.why([], "brücke 100%")] == ["a2"]
    assert [r.article for r in store.why([], "橋 bridge", limit=1)] == ["a1"]
    assert store.why([], "0%0") == ()
    assert store.why([], "openXnow") == ()
    assert store.why(["nobody"], " ") == ()


def test_a_row_for_the_digest_is_told_once(store: Store) -> None:
    fill(store)
    second = replace(ARTICLE, id="a2")
    with store.writing() as unit:
        unit.save_decision(replace(MINOR, article="a2"), second, NOW + MINUTE, None)
        rows = unit.untold("bridges", 10)
        assert [row.article for row in rows] == ["a1", "a2"]
        assert unit.untold("bridges", 1) == rows[:1]
        unit.mark_told("bridges", rows[:1], "digest-1")
        assert unit.untold("bridges", 10) == rows[1:]
        assert unit.untold("tunnels", 10) == ()
        assert unit.with_untold(["bridges", "tunnels"]) == {"bridges"}
    told = {row.article: row.alert for row in store.ledger(verdict=Verdict.DIGEST)}
    assert told == {"a1": "digest-1", "a2": None}
    assert [row.alert for row in store.ledger(verdict=Verdict.ALERT)] == ["alert-1"]


# --- the unit itself ---


def test_all_of_a_unit_is_kept_or_nothing(store: Store) -> None:
    def fail_at_the_end() -> None:
        with store.writing() as unit:
            unit.sync_sources([("feed", STATE.url)], NOW)
            poll(unit)
            raise KeyError("a bug in the service")

    with pytest.raises(KeyError):
        fail_at_the_end()
    counts = store.counts()
    assert (counts.sources, counts.articles, counts.alerts, counts.ledger) == (0, 0, 0, 0)
    fill(store)
    counts = store.counts()
    assert (counts.sources, counts.articles, counts.entries, counts.stories) == (1, 1, 1, 1)
    assert (counts.alerts, counts.ledger, counts.deliveries[DeliveryState.PENDING]) == (1, 2, 2)
    assert set(counts.deliveries) == set(DeliveryState)
    assert counts.database_bytes > 0


def test_a_time_without_a_zone_is_a_bug_that_is_heard(store: Store) -> None:
    with pytest.raises(Exception, match="without a zone"), store.writing() as unit:
        unit.save_source(replace(STATE, next_due=NOW.replace(tzinfo=None)))


def test_a_move_of_several_attributes_is_kept_in_order(store: Store) -> None:
    moves = (MOVE, Move("toll", "Toll", "1", "2"))
    with store.writing() as unit:
        unit.save_moves("bridges", moves, "a1", NOW)
    assert [c.move for c in store.card_history("bridges")] == list(moves)


def test_a_first_read_is_owed_a_summary_once_and_again_after_it_was_away(store: Store) -> None:
    with store.writing() as unit:
        unit.sync_sources([("a", "http://a/"), ("b", "http://b/")], NOW)
        unit.save_source(replace(STATE, id="a", url="http://a/", baseline_done=True, relevant=3))
        assert [(s.id, s.relevant) for s in unit.first_reads()] == [("a", 3)]
        unit.mark_summarised(["a"])
        assert unit.first_reads() == ()
        unit.save_source(replace(STATE, id="a", url="http://a/", baseline_done=True))
        assert unit.first_reads() == ()
        unit.sync_sources([("b", "http://b/")], NOW)
        unit.sync_sources([("a", "http://a/"), ("b", "http://b/")], NOW)
        unit.save_source(replace(STATE, id="a", url="http://a/", baseline_done=True))
        assert [s.id for s in unit.first_reads()] == ["a"]


def test_a_new_topic_begins_with_a_card_and_a_known_one_keeps_its_own(store: Store) -> None:
    with store.writing() as unit:
        unit.seed_card("roads", {"state": "closed"})
        assert unit.card("roads") == {"state": "closed"}
        unit.seed_card("roads", {"state": "open"})
        assert unit.card("roads") == {"state": "closed"}
        assert unit.topic_version("roads") == 1


def test_states_that_are_saved_together_are_each_saved_as_one_alone(store: Store) -> None:
    with store.writing() as unit:
        unit.save_sources([])
        unit.sync_sources(TWO, NOW)
        old = unit.claim_due(NOW, 9, "me", LEASE)
        unit.sync_sources([("a", "http://new.example/"), TWO[1]], NOW)
        unit.save_sources([replace(state, etag="e", next_due=NOW + DAY) for state in old])
    a, b = store.source_states()
    assert (a.url, a.etag, a.next_due) == ("http://new.example/", None, NOW)
    assert (b.etag, b.next_due) == ("e", NOW + DAY)
