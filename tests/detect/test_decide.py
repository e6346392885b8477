"""What is pushed, told in a digest or kept quiet, on an invented stream."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor import demo
from monitor.detect import TopicState, decide, judge
from monitor.detect.story import match_story
from monitor.models import Decision, Kind, Verdict
from tests.detect.examples import START, Stream, all_news, article, office

LEAVE = (
    "North Korea withdraws from Kaesong liaison office",
    "North Korea withdrew all its staff from the joint liaison office in Kaesong on Thursday, the "
    "unification ministry said. The ministry called the step regrettable.",
)
ONE_TOKEN = [
    (
        "en",
        "N. Korea to withdraw staff from inter-Korean liaison office",
        "N. Korea withdraws staff from inter-Korean liaison office",
    ),
    (
        "en",
        "12th meeting held at inter-Korean liaison office",
        "13th meeting held at inter-Korean liaison office",
    ),
    (
        "en",
        "Inter-Korean liaison office reopened, Seoul says",
        "Inter-Korean liaison office not reopened, Seoul says",
    ),
    (
        "en",
        "3 North Korean officials return to inter-Korean liaison office",
        "5 North Korean officials return to inter-Korean liaison office",
    ),
    (
        "en",
        "Inter-Korean liaison office to reopen on May 3",
        "Inter-Korean liaison office to reopen on May 10",
    ),
    (
        "en",
        "North Korea withdraws staff from inter-Korean liaison office",
        "South Korea withdraws staff from inter-Korean liaison office",
    ),
    ("ko", "북한, 남북공동연락사무소 인원 철수 예정", "북한, 남북공동연락사무소 인원 철수"),
    ("ko", "남북공동연락사무소서 제12차 회의 열려", "남북공동연락사무소서 제13차 회의 열려"),
    ("ko", "남북공동연락사무소 재가동했다", "남북공동연락사무소 재가동하지 않았다"),
    ("ko", "북측 인원 3명 남북공동연락사무소 복귀", "북측 인원 5명 남북공동연락사무소 복귀"),
    ("ja", "北朝鮮、南北共同連絡事務所から撤収へ", "北朝鮮、南北共同連絡事務所から撤収"),
    ("ja", "南北共同連絡事務所で第12回会議", "南北共同連絡事務所で第13回会議"),
    ("ja", "南北共同連絡事務所を再開した", "南北共同連絡事務所を再開していない"),
    ("ja", "北側職員3人が南北共同連絡事務所に復帰", "北側職員5人が南北共同連絡事務所に復帰"),
    ("zh", "朝方将撤出韩朝共同联络事务所", "朝方已撤出韩朝共同联络事务所"),
    ("zh", "韩朝共同联络事务所举行第12次会议", "韩朝共同联络事务所举行第13次会议"),
    ("zh", "韩朝共同联络事务所恢复运行", "韩朝共同联络事务所未恢复运行"),
    ("zh", "3名朝方人员返回韩朝共同联络事务所", "5名朝方人员返回韩朝共同联络事务所"),
]


@pytest.mark.parametrize(("lang", "first", "second"), ONE_TOKEN)
def test_one_token_that_matters_is_pushed(lang: str, first: str, second: str) -> None:
    stream = Stream()
    assert stream.tell(first, lang=lang).verdict is Verdict.ALERT
    assert stream.tell(first, lang=lang).verdict is Verdict.SILENT
    changed = stream.tell(second, lang=lang, after=timedelta(hours=3))
    assert changed.verdict is Verdict.ALERT
    assert changed.rule.startswith("guard-") or changed.new_facts


def test_forty_rewrites_of_one_report_are_one_push() -> None:
    stream = Stream()
    openings = (
        "Seoul:",
        "Ministry:",
        "Update:",
        "Breaking:",
        "Report:",
        "Now:",
        "Just in:",
        "Live:",
    )
    verbs = ("withdraws from", "pulls out of", "walks out of", "quits", "leaves")
    pushed = 0
    for number in range(40):
        title = f"{openings[number % 8]} North Korea {verbs[number % 5]} Kaesong liaison office"
        body = LEAVE[1].replace("regrettable", ("sad", "regrettable")[number % 2])
        pushed += stream.tell(title, body).verdict is Verdict.ALERT
    assert pushed == 1
    assert len(stream.stories) == 1


def test_a_korean_flash_and_an_english_wire_are_one_story() -> None:
    stream = Stream()
    flash = stream.tell("[속보] 북한, 개성 남북공동연락사무소 폭파", lang="ko")
    wire = stream.tell(
        "North Korea blows up the Kaesong liaison office, Seoul says",
        "North Korea blew up the joint liaison office in Kaesong on Thursday, the unification "
        "ministry said.",
        lang="en",
    )
    assert flash.verdict is Verdict.ALERT
    assert flash.story is not None
    assert wire.story is not None
    assert wire.story.id == flash.story.id
    assert wire.verdict is not Verdict.ALERT


def test_an_anniversary_is_kept_and_not_pushed() -> None:
    decision = Stream().tell(
        "On this day: the Kaesong liaison office opened",
        "Years ago today the Koreas opened their joint liaison office in Kaesong in September "
        "2018. Looking back, few believed it would last.",
    )
    assert decision.verdict is not Verdict.ALERT


def test_the_card_leads_with_was_and_now() -> None:
    stream = Stream()
    stream.tell("Koreas open joint liaison office in Kaesong", "The Koreas opened it on Thursday.")
    decision = stream.tell(*LEAVE, after=timedelta(days=5))
    moved = {move.attribute: (move.was, move.now) for move in decision.moves}
    assert moved == {"north_staff": ("present", "withdrawn")}
    assert decision.major
    assert decision.headline == LEAVE[0]


def test_copies_add_no_origin() -> None:
    stream = Stream()
    for outlet in ("One", "Two", "Three"):
        last = stream.tell(LEAVE[0], LEAVE[1] * 2, outlet=outlet)
    assert last.kind is Kind.COPY
    assert last.story is not None
    assert len(last.story.outlets) == 3
    assert len(last.story.origins) == 1


def test_a_wire_in_the_byline_is_the_origin() -> None:
    decision = Stream().tell(LEAVE[0], f"SEOUL (Reuters) - {LEAVE[1]}", outlet="Village Paper")
    assert decision.story is not None
    assert decision.story.origins == ("Reuters",)


@pytest.mark.parametrize(
    ("added", "kind", "verdict"),
    [
        ("", Kind.COSMETIC_EDIT, Verdict.SILENT),
        (
            " Its envoys handed over a letter and 40 workers will leave on Friday as well.",
            Kind.FACTUAL_EDIT,
            Verdict.ALERT,
        ),
    ],
)
def test_an_edit_is_graded(added: str, kind: Kind, verdict: Verdict) -> None:
    stream = Stream()
    stream.tell(*LEAVE, name="page")
    body = LEAVE[1].replace("called the step regrettable", "said the step was regrettable")
    edit = stream.tell(LEAVE[0], body + added, name="page")
    assert (edit.kind, edit.verdict) == (kind, verdict)
    assert any(part.op == "added" for part in edit.diff)


def test_a_corrected_figure_and_a_retraction_are_pushed_as_what_they_are() -> None:
    stream = Stream()
    title = "20 North Koreans leave the Kaesong liaison office"
    stream.tell(title, "North Korea withdrew 20 officials from the liaison office.", name="page")
    corrected = stream.tell(
        title.replace("20", "25"),
        "North Korea withdrew 25 officials from the liaison office.",
        name="page",
    )
    assert (corrected.kind, corrected.verdict) == (Kind.CORRECTION, Verdict.ALERT)
    taken = stream.tell(
        "Story is withdrawn: North Koreans leave the Kaesong liaison office",
        "This story was wrongly reported. North Korea did not withdraw from the liaison office.",
        name="page",
    )
    assert (taken.kind, taken.verdict) == (Kind.RETRACTION, Verdict.ALERT)


def test_every_decision_says_why_in_a_sentence() -> None:
    stream = Stream()
    for number in range(3):
        decision = stream.tell(*LEAVE, outlet=f"O{number}")
        assert decision.why.endswith((".", "”."))
        assert decision.stage
        assert decision.rule
    off = stream.tell("A cat show in Bern")
    assert (off.kind, off.story) == (Kind.OFF_TOPIC, None)


TITLES = st.sampled_from(
    [LEAVE[0], *(title for _, one, two in ONE_TOKEN for title in (one, two)), "A cat show in Bern"]
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(TITLES, st.sampled_from(["", LEAVE[1]])), max_size=8))
def test_the_same_history_gives_the_same_decisions_from_memory_and_from_store(
    history: list[tuple[str, str]],
) -> None:
    memory, store = Stream(), Stream(stored=True)
    for title, body in history:
        assert memory.tell(title, body) == store.tell(title, body)
    assert memory.card == store.card


def test_deciding_changes_none_of_its_arguments() -> None:
    state = TopicState()
    new = article(*LEAVE)
    judgement = judge(new, office())
    first = decide(new, judgement, office(), state, START)
    assert decide(new, judgement, office(), state, START) == first
    assert state.card == {}


def test_stories_past_the_horizon_are_let_go() -> None:
    stream = Stream()
    first = stream.tell(*LEAVE)
    later = stream.tell(*LEAVE, after=timedelta(days=200))
    assert first.story is not None
    assert later.story is not None
    assert later.opens_story
    assert later.verdict is Verdict.ALERT


HOSTILE = st.text(
    alphabet=st.one_of(
        st.characters(), st.sampled_from("0123456789.,:/-년월일억만~\u202e\u200f\x00\x1b🙂ﷺ北")
    ),
    max_size=300,
)


@settings(max_examples=150, deadline=None)
@given(title=HOSTILE, body=HOSTILE, again=HOSTILE)
def test_no_text_breaks_the_detector(title: str, body: str, again: str) -> None:
    stream = Stream()
    name = "Kaesong liaison office "
    decisions: list[Decision] = [
        stream.tell(name + title, body, name="a"),
        stream.tell(name + again, body + title, name="a"),
        stream.tell(title, name + again),
    ]
    assert all(decision.why for decision in decisions)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("", ""),
        ("liaison office " * 400, "Kaesong " * 20),
        ("Kaesong liaison office", "withdrew 1,000 tons of fuel on March 3. " * 26_000),
        ("Kaesong liaison office", "9" * 1_000_000),
        ("개성 연락사무소", "억" * 300_000),
        ("Kaesong liaison office", "(" * 200_000 + "a " * 100_000),
        ("Kaesong liaison office", "31.02.9999 00:00 2월 31일 -1년 99999년 " * 2000),
    ],
)
def test_no_text_is_a_slow_path(title: str, body: str) -> None:
    stream = Stream()
    started = time.process_time()
    stream.tell(title, body, name="x")
    stream.tell(title, body + " more", name="x")
    # Half a second of CPU, eight times as much where coverage is traced; a slow path takes minutes.
    assert time.process_time() - started < 15.0


def test_without_a_topic_stories_alone_are_told() -> None:
    stream = Stream(all_news())
    first = stream.tell("Ferry sinks off Elba with 30 aboard", "A ferry sank off Elba on Thursday.")
    same = stream.tell("Ferry sinks off Elba, 30 aboard", "A ferry sank off Elba on Thursday.")
    other = stream.tell("Bern opens a new zoo", "A zoo was opened in Bern by the mayor.")
    assert [d.verdict for d in (first, same, other)] == [
        Verdict.ALERT,
        Verdict.SILENT,
        Verdict.ALERT,
    ]
    assert first.story is not None
    assert same.story is not None
    assert first.story.id == same.story.id


def test_a_story_id_follows_from_the_article_and_the_topic() -> None:
    one = Stream().tell(*LEAVE, name="x").story
    two = Stream().tell(*LEAVE, name="x").story
    assert one is not None
    assert two is not None
    assert one.id == two.id
    new = replace(article(*LEAVE), id="y")
    other = decide(new, judge(new, office()), office(), TopicState(), START).story
    assert other is not None
    assert other.id != one.id


def test_a_sentence_that_tells_something_new_is_not_shown_as_known_before() -> None:
    stream = Stream()
    stream.tell(*LEAVE)
    back = "North Korean officials return to the Kaesong liaison office"
    both = "The officials whom North Korea withdrew on Friday returned to the office on Monday."
    decision = stream.tell(back, both, after=timedelta(days=3))
    assert both in {fact.text for fact in decision.new_facts}
    assert both not in {fact.text for fact in decision.known_facts}


def test_what_nobody_told_before_is_not_shown_as_known() -> None:
    wish = "The union wants 400,000 crowns for the lost days at the inter-Korean liaison office."
    stream = Stream()
    rejects = "North Korea rejects offer over inter-Korean liaison office"
    assert stream.tell(rejects, wish).known_facts == ()
    again = stream.tell(rejects, "It rejects the offer over the inter-Korean liaison office.")
    assert again.known_facts
    assert all("first told by" in fact.told_by for fact in again.known_facts)


def test_a_very_long_title_is_told_with_a_cut_that_is_seen() -> None:
    title = "North Korea withdraws staff from the inter-Korean liaison office " + "on and on " * 90
    decision = Stream().tell(title)
    assert decision.verdict is Verdict.ALERT
    assert decision.story is not None
    assert decision.headline == decision.story.title
    assert len(decision.headline) <= 300
    assert decision.headline.endswith("…")


def test_what_shares_a_text_but_not_its_head_is_no_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stock paragraphs fill the short reports of an outlet."""
    monkeypatch.setattr(match_story, "copied", lambda sketch, members: 0.9)
    stream = Stream()
    stream.tell(*LEAVE)
    other = "Engineers in Munsan turned electricity for the liaison office in Kaesong off at 3:40."
    assert stream.tell("Lights go out in Kaesong", other).rule != "copied-text"
    assert stream.tell("North Korea leaves Kaesong office", LEAVE[1]).rule == "copied-text"


def test_a_copy_that_still_has_the_figure_its_source_corrected_is_quiet() -> None:
    news = Path(demo.__file__).with_name("news.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in news.splitlines()]
    day = [row for row in rows if "2019-03-22T07" <= row["fetched"] < "2019-03-22T08:41"]
    copy = next(row for row in day if row["title"].startswith("N. Korea pulls out"))
    stream = Stream()
    for row in (*(row for row in day if row is not copy), copy):
        text = row["body"] or row["summary"]
        last = stream.tell(row["title"], text, name=row["url"], outlet=row["feed"])
    assert "seven months" in copy["body"]
    assert any("(ATTN: CORRECTS number of months" in row["body"] for row in day)
    assert (last.verdict, last.rule) == (Verdict.SILENT, "copied-text")
