from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.alerts.language import ENGLISH, open_words
from monitor.alerts.lead import fact_sentence, gist_of, lead
from monitor.models import Alert, Citation, DiffPart, Dispute, Fact, Modality, Move, Stance
from tests.alerts.examples import EDIT, NOW, ORDINARY

KOREAN = open_words("ko")
FACT = Fact(act="withdraw", actor="north", object="staff", modality=Modality.DONE)
QUIET = replace(ORDINARY, moves=(), facts=(), citations=(Citation("Wire", "t", None, "en"),))


def test_what_the_state_card_became_leads() -> None:
    assert lead(ORDINARY, ENGLISH) == f"North's staff now withdrawn: {ORDINARY.headline}"
    moves = tuple(Move("a", f"Line {n}", None, "cut") for n in range(3))
    assert lead(replace(ORDINARY, moves=moves), ENGLISH) == (
        f"Line 0 now cut, Line 1 now cut: {ORDINARY.headline}"
    )


def test_a_headline_in_another_language_is_told_in_the_readers_words_first() -> None:
    foreign = replace(
        QUIET,
        headline="북한, 연락사무소 철수",
        facts=(Fact(place="korea"), replace(FACT, place="kaesong", text="북한이 철수했다")),
        citations=(Citation("Daily", "t", None, "ko-KR"),),
    )
    assert lead(foreign, ENGLISH) == (
        "The North: withdraws (staff, Kaesong): “북한, 연락사무소 철수”"
    )
    assert lead(foreign, KOREAN).startswith("북한, 연락사무소 철수; 새 내용: ")
    assert lead(replace(foreign, facts=()), ENGLISH) == "북한, 연락사무소 철수"


def test_a_new_fact_that_the_headline_does_not_say_is_added() -> None:
    fact = replace(FACT, text="Fifteen officials left with the files.")
    assert lead(replace(QUIET, facts=(FACT, fact)), ENGLISH) == (
        f"{ORDINARY.headline}; new: Fifteen officials left with the files"
    )
    longer = f"{ORDINARY.headline}, and it left on Friday, said a ministry of the South's capital."
    assert lead(replace(QUIET, facts=(replace(FACT, text=longer),)), ENGLISH) == ORDINARY.headline
    said = replace(FACT, text="North Korea withdraws its staff")
    assert lead(replace(QUIET, facts=(said,)), ENGLISH) == ORDINARY.headline
    assert lead(replace(QUIET, citations=()), ENGLISH) == ORDINARY.headline


@pytest.mark.parametrize(
    ("kind", "ops", "first"),
    [
        ("correction", ("removed", "added"), "Wire corrects “old” to “new”: "),
        ("factual edit", ("removed", "added"), "Wire now says “new” instead of “old”: "),
        ("factual edit", ("added",), "Wire adds “new”: "),
        ("factual edit", ("removed",), "Wire no longer says “old”: "),
        ("correction", (), "Correction: "),
        ("retraction", ("removed",), "Wire takes back its report: "),
    ],
)
def test_an_edit_says_who_changed_what(kind: str, ops: tuple[str, ...], first: str) -> None:
    words = {"removed": "old", "added": "new"}
    diff = (DiffPart("same", "kept"), *(DiffPart(op, words[op]) for op in ops))
    alert = replace(EDIT, kind=kind, diff=diff, citations=QUIET.citations)
    assert lead(alert, ENGLISH) == first + ORDINARY.headline


def test_what_an_edit_exchanged_is_quoted_without_the_commas_at_its_ends() -> None:
    diff = (DiffPart("removed", "on Friday, "), DiffPart("added", " on Saturday, "))
    assert lead(replace(EDIT, diff=diff), ENGLISH).startswith(
        "Han River Daily corrects “on Friday” to “on Saturday”: "
    )


def test_an_edit_of_nobody_known_has_a_first_line_too() -> None:
    assert lead(replace(EDIT, citations=()), ENGLISH).startswith("unknown outlet corrects “15”")


def test_values_that_stand_against_each_other_are_in_the_first_line() -> None:
    dispute = Dispute("r", "withdraw: number", (Stance("15", ("Wire", "Daily")), Stance("12", ())))
    assert lead(replace(QUIET, contested=(dispute,)), ENGLISH) == (
        f"{ORDINARY.headline}; sources differ: “15” (Wire, Daily) or “12”"
    )


def test_where_sources_differ_the_values_are_what_is_new() -> None:
    fact = replace(FACT, text="Fifteen officials left with the files.")
    dispute = Dispute("number", "How many", (Stance("15", ()), Stance("12", ("Wire",))))
    assert lead(replace(QUIET, facts=(fact,), contested=(dispute,)), ENGLISH) == (
        f"{ORDINARY.headline}; sources differ: “15” or “12” (Wire)"
    )


def test_a_confirmation_names_the_second_origin() -> None:
    assert lead(replace(QUIET, confirmed_by="Agency"), ENGLISH) == (
        f"A second independent origin, Agency, reports it too: {ORDINARY.headline}"
    )


def test_the_services_own_messages_lead_with_their_headline() -> None:
    assert lead(Alert("i", "notice", NOW, "Only this"), ENGLISH) == "Only this"


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        (FACT, "The North: withdraws (staff)"),
        (replace(FACT, modality=Modality.PLANNED), "The North: withdraws (staff, planned)"),
        (replace(FACT, text="pulled out"), "pulled out"),
        (Fact(text="only words"), "only words"),
        (Fact(), ""),
        (Fact(actor="south"), "the South"),
        (Fact(act="shut_down", positive=False), "Not: shut down"),
        (Fact(act="meet", place="kaesong", date="2019-03-25"), "Meets (Kaesong, 25 March 2019)"),
        (Fact(number=44_700_000_000, unit="won", said_by="ministry"),
         "44,700,000,000 won, says the ministry"),
        (Fact(number=12.5), "12.5"),
        (Fact(act="open", date="soon"), "Opens (soon)"),
    ],
)  # fmt: skip
def test_a_fact_becomes_a_sentence(fact: Fact, sentence: str) -> None:
    assert fact_sentence(fact) == sentence


def test_a_fact_is_told_in_the_readers_language() -> None:
    fact = replace(FACT, number=15, unit="person", date="2019-03-22", place="kaesong")
    assert gist_of(fact, KOREAN) == "북측: 철수 (인원, 15 명, 개성, 2019년 3월 22일)"
