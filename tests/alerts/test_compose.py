from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.alerts.compose import (
    FirstRead,
    alert_id,
    baseline_summary,
    compose,
    confirmation,
    digest,
    notice,
    still_watching,
    together,
)
from monitor.models import (
    Alert,
    Article,
    Citation,
    Decision,
    DiffPart,
    Dispute,
    Earlier,
    Fact,
    Kind,
    LedgerRow,
    Modality,
    Move,
    Relevance,
    SourceState,
    Stance,
    Story,
    Verdict,
)
from tests.alerts.examples import NOW, ORDINARY, later

STORY = Story(
    id="s1",
    topic="office",
    title="North leaves the office",
    opened=NOW,
    updated=NOW,
    articles=4,
    outlets=tuple(f"outlet {n}" for n in range(40)),
    origins=("wire",),
)
FACT = Fact(act="withdraw", actor="north", object="staff", modality=Modality.DONE)
ARTICLE = Article(
    id="a1",
    title="North pulls out",
    seen=NOW,
    summary="It left on Friday.",
    url="https://example.org/a",
    outlet="Harbour Wire",
    lang="en",
)
DECISION = Decision(
    article="a1",
    topic="office",
    verdict=Verdict.ALERT,
    kind=Kind.NEW_FACT,
    stage="gate",
    rule="new fact",
    why="It says something new.",
    relevance=Relevance.RELEVANT,
    story=STORY,
    new_facts=(FACT, FACT),
    known_facts=(replace(FACT, modality=Modality.THREATENED),),
    moves=(Move("staff", "Staff", "present", "gone"),),
    diff=(DiffPart("added", "x"),),
    major=True,
    headline="The North has left the office",
)


def composed(
    decision: Decision = DECISION,
    article: Article = ARTICLE,
    citations: tuple[Citation, ...] = (),
    root: str | None = "r1",
) -> Alert:
    return compose(
        decision, article, "The office", NOW, root=root, citations=citations, alert_id="id1"
    )


def test_an_alert_carries_what_was_decided() -> None:
    alert = composed()
    assert (alert.id, alert.kind, alert.created, alert.root) == ("id1", "new fact", NOW, "r1")
    assert (alert.topic, alert.topic_title, alert.story) == ("office", "The office", "s1")
    assert (alert.headline, alert.why) == ("The North has left the office", DECISION.why)
    assert (alert.moves, alert.diff, alert.major) == (DECISION.moves, DECISION.diff, True)
    assert alert.text == "It left on Friday."


def test_facts_are_sentences_and_each_is_said_once() -> None:
    assert composed().new_facts == ("The North: withdraws (staff)",)


def test_a_fact_that_stands_in_headline_or_lead_is_not_said_again() -> None:
    facts = (
        replace(FACT, text="The North has left the office."),
        replace(FACT, text="it left on  friday"),
        replace(FACT, text="SEOUL, June 3 (Wire) -- It left on Friday."),
        replace(FACT, text="(서울=Wire) It left on Friday."),
        replace(FACT, text="Some say -- it left on Friday, others that it stayed."),
        replace(FACT, text="Its staff took the files along."),
    )
    alert = composed(replace(DECISION, new_facts=facts))
    others = "Some say -- it left on Friday, others that it stayed."
    assert alert.new_facts == (others, "Its staff took the files along.")


def test_40_outlets_from_one_wire_count_as_one_origin() -> None:
    assert (composed().origins, composed().outlets) == (1, 40)


def test_an_article_without_a_story_stands_for_itself() -> None:
    alert = composed(replace(DECISION, story=None))
    assert (alert.origins, alert.outlets, alert.story, alert.earlier) == (1, 1, None, None)


def test_its_own_article_is_cited_first_and_none_twice() -> None:
    other = Citation("Le Courrier", "Le Nord part", "https://example.net/c", "fr")
    bare = Citation("Radio", "No link", None)
    again = Citation("Harbour Wire", "Same address", "https://example.org/a")
    cited = composed(citations=(again, other, bare, bare)).citations
    assert [c.outlet for c in cited] == ["Harbour Wire", "Le Courrier", "Radio"]
    assert cited[0].title == "North pulls out"


@pytest.mark.parametrize(
    ("outlet", "source", "shown"),
    [("Wire", "w", "Wire"), (None, "w", "w"), (None, None, "unknown outlet")],
)
def test_an_outlet_is_named_as_well_as_it_is_known(
    outlet: str | None, source: str | None, shown: str
) -> None:
    article = replace(ARTICLE, outlet=outlet, source=source)
    assert composed(article=article).citations[0].outlet == shown


def test_a_known_story_says_what_was_known() -> None:
    assert composed().earlier == Earlier(NOW, 3, "North leaves the office")
    quiet = replace(DECISION, known_facts=(), story=replace(STORY, articles=1))
    assert composed(quiet).earlier == Earlier(NOW, 1, "North leaves the office")


def test_a_new_story_had_nothing_before() -> None:
    assert composed(replace(DECISION, opens_story=True)).earlier is None


def test_without_a_headline_of_the_detector_the_title_leads() -> None:
    assert composed(replace(DECISION, headline="")).headline == "North pulls out"


def test_an_edit_says_how_the_article_stood() -> None:
    edit = replace(DECISION, kind=Kind.CORRECTION)
    other = replace(ARTICLE, title="North stays", seen=NOW)
    assert composed(edit, replace(ARTICLE, previous=other)).earlier == Earlier(
        NOW, 0, "North stays"
    )
    assert composed(edit, replace(ARTICLE, previous=ARTICLE)).earlier == Earlier(NOW)


def test_an_alert_carries_what_was_known_what_went_and_who_disagrees() -> None:
    gone = Fact(text="All of them stay.")
    dispute = Dispute("number|withdraw", "withdraw: number", (Stance("15", ("wire",)),))
    alert = composed(replace(DECISION, gone_facts=(gone,), contested=(dispute,)))
    assert alert.facts == (FACT, FACT)
    assert alert.known_facts == DECISION.known_facts
    assert (alert.gone_facts, alert.contested) == (("All of them stay.",), (dispute,))
    assert alert.origin_names == ("wire",)


def test_a_confirmation_is_told_once_under_the_first_alert() -> None:
    first = confirmation(composed(), "agency", "r1")
    assert (first.kind, first.root, first.confirmed_by) == ("confirmed", "r1", "agency")
    assert (first.major, first.moves, first.new_facts) == (False, (), ())
    assert first.id == confirmation(composed(replace(DECISION, diff=())), "other", "r1").id
    assert first.id != confirmation(composed(), "agency", "r2").id


@pytest.mark.parametrize(
    ("summary", "body", "lead"),
    [("S", "B", "S"), ("", "B", "B"), ("North pulls out", "", ""), ("", "b" * 900, None)],
)
def test_the_lead_is_the_summary_or_the_beginning_of_the_body(
    summary: str, body: str, lead: str | None
) -> None:
    text = composed(article=replace(ARTICLE, summary=summary, body=body)).text
    assert text == ("b" * 599 + "…" if lead is None else lead)


def test_alert_ids_are_the_same_for_ever_and_differ_by_each_part() -> None:
    assert alert_id("a1", 0, "office") == alert_id("a1", 0, "office")
    ids = {alert_id(a, r, t) for a in ("a1", "a") for r in (0, 1) for t in ("office", "1office")}
    assert len(ids) == 8
    assert all(len(i) == 24 and i.isalnum() for i in ids)


def test_A14_one_summary_tells_of_the_whole_first_round() -> None:
    reads = [
        FirstRead("Quiet Post", 1_200, 0),
        FirstRead("Han River Daily", 60, 4),
        FirstRead("Le Courrier", error="connection refused"),
    ]
    alert = baseline_summary(reads, "The office", NOW)
    assert alert.kind == "summary"
    assert alert.headline == (
        "Watching The office: 2 sources read for the first time, 1,260 entries, 4 about the "
        "topic, nothing pushed"
    )
    assert alert.text.split("\n\n")[1:] == [
        "Han River Daily: 60 entries, 4 about the topic\n"
        "Quiet Post: 1,200 entries, 0 about the topic",
        "Not read yet, and tried again by itself:",
        "Le Courrier: connection refused",
    ]
    assert alert.id != baseline_summary(reads[:1], "The office", NOW).id


def test_what_keeps_many_sources_from_being_read_is_told_once() -> None:
    far = [
        FirstRead(
            name, error=f"{name.lower()} has no name", trouble="name not found", advice="Look."
        )
        for name in ("B", "A", "C")
    ]
    gone = FirstRead("D", error="410 Gone", trouble="gone", advice="Find its new feed.")
    paragraphs = baseline_summary([*far, gone], "The office", NOW).text.split("\n\n")
    assert paragraphs == [
        "Not read yet, and tried again by itself:",
        "3 sources, name not found: A; B; C.\nLook.",
        "D: 410 Gone\nFind its new feed.",
        "Where nobody answers, the likely cause is this machine's network, its name server or its "
        "proxy.",
    ]


def test_a_first_round_that_reached_nobody_says_so() -> None:
    reads = [FirstRead(name, error="no route") for name in ("A", "B")]
    alert = baseline_summary(reads, "The office", NOW)
    assert alert.headline == "Watching The office: none of 2 sources could be read yet"
    assert alert.text.split("\n\n")[1] == "2 sources, no route: A; B."
    assert not alert.why
    assert "known now" not in alert.text


def test_a_digest_lists_every_row_with_its_facts() -> None:
    rows = [
        LedgerRow(NOW, f"a{n}", 0, f"Title {n}", f"https://e.org/{n}", "src", outlet, "office",
                  "digest", "new fact", "gate", "r", "why", "relevant", new_facts=facts)
        for n, (outlet, facts) in enumerate([
            ("Wire", ("fact 1", "fact 2")), (None, ()), ("Post", ("title 2.", "fact 3"))
        ])
    ]  # fmt: skip
    alert = digest(rows, "office", "The office", NOW, "Still watching.")
    assert (alert.kind, alert.headline) == ("digest", "The office: 3 smaller developments")
    assert [(c.outlet, c.title) for c in alert.citations] == [
        ("Wire", "Title 0 (fact 1; fact 2)"),
        ("src", "Title 1"),
        ("Post", "Title 2 (fact 3)"),  # what the title says is not said twice
    ]
    assert alert.id == digest(rows, "office", "The office", later(hours=1), "Still watching.").id


def test_a_notice_with_a_key_is_told_once() -> None:
    assert notice("A", "text", NOW, key="k").id == notice("B", "", later(hours=9), key="k").id
    assert notice("A", "text", NOW).id != notice("A", "text", later(seconds=1)).id


def test_a_list_of_alerts_names_the_outlet_of_each_or_the_monitor_where_nobody_is_cited() -> None:
    endless = replace(ORDINARY.citations[0], url="https://example.org/" + "a" * 400)
    bare = replace(ORDINARY, id="b", citations=())
    long = replace(ORDINARY, id="c", citations=(endless,))
    listed = together([ORDINARY, bare, long]).citations
    assert [each.outlet for each in listed] == [
        "Han River Daily",
        "Liaison Monitor",
        "Han River Daily",
    ]
    assert [each.url for each in listed] == [ORDINARY.citations[0].url, None, None]


def test_still_watching_names_what_was_not_read_for_a_day() -> None:
    states = [SourceState(f"s{n}", "http://x.example/", NOW) for n in range(7)]
    said = still_watching(states[:2], NOW, outlets={"s0": "The Wire"})
    assert said == "Still watching: 0 of 2 sources read within a day. Not read: The Wire, s1"
    assert still_watching(states, NOW).endswith("Not read: s0, s1, s2, s3, s4, …")
    well = replace(states[0], last_success=NOW)
    assert "Not read" not in still_watching([well], NOW)


def test_still_watching_leaves_out_the_last_new_entry_where_there_was_none() -> None:
    read = SourceState("feed", "https://feed.example/", NOW, last_success=NOW)
    assert "1" in still_watching([read], NOW)
    assert still_watching([replace(read, last_new=NOW)], NOW) != still_watching([read], NOW)
