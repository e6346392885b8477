"""A report of long ago that runs again, with a new date or address, interrupts nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.detect.news.rerun import ran_before
from monitor.detect.story.imprints import binary, imprints_in
from monitor.detect.story.stories import IDLE
from monitor.models import Article, Decision, Kind, PastStory, Relevance, Verdict
from tests.detect.examples import Stream, all_news, article

YEARS = timedelta(days=700)  # a whole number of weeks
CLERKS = (
    "North Korea calls its clerks home from Kaesong liaison office",
    "North Korea called its clerks home from the inter-Korean liaison office in Kaesong on Friday, "
    "the unification ministry in Seoul said. A note handed over at breakfast named nine clerks and "
    "two drivers. The ministry asked the North to send them back, and said that its own 11 people "
    "would keep the office open over the weekend.",
)
IN_KOREAN = (
    "북, 개성 연락사무소 당직자 전원 철수",
    "북한이 금요일 개성 남북공동연락사무소의 당직자 9명을 모두 철수시켰다고 통일부가 밝혔다. "
    "아침 식사 때 건네진 쪽지에는 운전사 2명의 이름도 적혀 있었다. "
    "통일부는 이들을 돌려보내라고 요구하면서 남측 직원 11명은 주말에도 사무소를 지킨다고 말했다.",
)
IN_JAPANESE = (
    "北朝鮮、開城の南北連絡事務所から当直員を撤収",
    "北朝鮮は金曜日、開城の南北共同連絡事務所から当直員9人を全員撤収させたと韓国統一省が明らかにした。"
    "朝食の席で渡された紙には運転手2人の名前も書かれていた。"
    "統一省は当直員を戻すよう求め、韓国側の職員11人は週末も事務所に残ると述べた。",
)
IN_FRENCH = (
    "La Corée du Nord rappelle ses employés du bureau de liaison de Kaesong",
    "La Corée du Nord a retiré vendredi ses employés du bureau de liaison intercoréen de Kaesong, "
    "a annoncé le ministère de l'Unification à Séoul. Une note remise au petit déjeuner nommait "
    "neuf employés et deux chauffeurs. Le ministère a demandé leur retour et dit que ses 11 agents "
    "garderaient le bureau ouvert pendant le week-end.",
)
TONGUES = [CLERKS, IN_KOREAN, IN_JAPANESE, IN_FRENCH]


def again(*told: tuple[str, str], after: timedelta = YEARS, stored: bool = False) -> Decision:
    """What is decided on the last of some reports, told so long after the others."""
    *before, last = told
    stream = Stream(stored=stored)
    for one in before:
        assert stream.tell(*one).verdict is Verdict.ALERT
    stream.card.clear()
    stream.state.card.clear()  # years went by; what moved is as it was
    return stream.tell(*last, after=after)


def runs_again(made: Decision) -> bool:
    return made.rule == "run-again"


@pytest.mark.parametrize("stored", [False, True])
@pytest.mark.parametrize("report", TONGUES)
def test_it_is_silent_and_says_what_ran_before_and_when(
    report: tuple[str, str], stored: bool
) -> None:
    made = again(report, report, stored=stored)
    assert (made.verdict, made.kind, made.rule) == (Verdict.SILENT, Kind.OLD_NEWS, "run-again")
    assert f"“{report[0]}”, first told on 4 March 2021." in made.why
    assert made.needs
    assert made.relevance is Relevance.RELEVANT


@pytest.mark.parametrize("report", TONGUES)
def test_it_neither_moves_the_card_nor_makes_the_news_of_today_known(
    report: tuple[str, str],
) -> None:
    made = again(report, report)
    assert (made.moves, made.story, made.new_facts) == ((), None, ())


def test_what_truly_happens_after_it_is_pushed() -> None:
    stream = Stream()
    stream.tell(*CLERKS)
    stream.state.card.clear()
    assert runs_again(stream.tell(*CLERKS, after=YEARS))
    made = stream.tell(
        "North Korea pulls its staff out of Kaesong liaison office",
        "The North withdrew everybody from the liaison office at noon on Friday, Seoul said.",
    )
    assert made.verdict is Verdict.ALERT


def test_a_part_of_it_runs_again_under_another_address_without_its_last_sentence() -> None:
    title, body = CLERKS
    assert runs_again(again(CLERKS, (title, body.rpartition(" The ministry")[0])))


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("on Friday", "on Sunday"),
        ("nine clerks", "five clerks"),
        ("its own 11 people", "its own 14 people"),
        ("at breakfast", "at 4 p.m."),
        ("North Korea called its clerks home", "North Korea sent its clerks back"),
        ("A note", "On June 8 a note"),
    ],
)
def test_another_figure_day_hour_or_deed_in_the_same_words_is_news(was: str, now: str) -> None:
    title, body = CLERKS
    assert was in body
    assert not runs_again(again(CLERKS, (title, body.replace(was, now))))


def test_another_deed_over_the_same_text_is_news() -> None:
    made = again(CLERKS, ("North Korea blows up Kaesong liaison office", CLERKS[1]))
    assert made.verdict is Verdict.ALERT


STOCK = (
    " The Koreas share the liaison office in Kaesong, a house of glass beside the river. Staff of "
    "the liaison office sleep in the town and walk to work along the embankment. Before the "
    "liaison office there were only faxes, carried over by a runner with a red bag and a whistle."
)


def test_the_paragraphs_that_an_outlet_puts_under_every_report_are_no_report() -> None:
    one = ("Liaison office in Kaesong gets a doctor", "A doctor starts at the office, Seoul said.")
    two = ("Kaesong liaison office loses its cook", "A cook quit the liaison office, Seoul said.")
    assert not runs_again(again((CLERKS[0], CLERKS[1] + STOCK), (two[0], two[1] + STOCK)))
    assert not runs_again(again((CLERKS[0], one[1] + STOCK * 2), (CLERKS[0], two[1] + STOCK * 2)))


def test_a_longer_report_that_holds_an_old_one_is_not_that_one() -> None:
    title, body = CLERKS
    assert not runs_again(again(CLERKS, (title, body + STOCK)))


FLASH = (
    "North Korea does not answer morning call through liaison office",
    "North Korea did not answer the morning call through the joint liaison office in Kaesong, the "
    "unification ministry said.",
)


@pytest.mark.parametrize("flash", [FLASH, (FLASH[0], ""), ("통일부 북 연락사무소 통화 불응", "")])
def test_a_flash_that_recurs_word_for_word_stays_news(flash: tuple[str, str]) -> None:
    assert again(flash, flash).verdict is Verdict.ALERT


def test_a_report_of_an_open_story_runs_again_once_that_was_told_last_days_ago() -> None:
    stream = Stream()
    story = stream.tell(*CLERKS).story
    assert story is not None
    (mine,) = imprints_in(binary(story.imprints))
    told, state = stream.now, stream.state
    state.expire(told + IDLE)
    assert ran_before(mine, state, told + IDLE, None) is None
    later = told + 4 * IDLE
    state.expire(later)
    assert ran_before(mine, state, later, None) == PastStory(story.id, CLERKS[0], story.opened)
    assert ran_before(mine, state, later, story) is None  # that it joins is decided elsewhere
    assert ran_before(None, state, later, None) is None
    # What a first poll finds is decided on as of its own day.
    assert ran_before(mine, state, told + IDLE, None) is None


def test_a_story_that_is_told_on_is_not_over() -> None:
    stream = Stream()
    story = stream.tell(*CLERKS).story
    assert story is not None
    (mine,) = imprints_in(binary(story.imprints))
    for _ in range(3):
        copy = stream.tell(*CLERKS, after=timedelta(days=4))
        assert copy.rule == "copied-text"
        assert ran_before(mine, stream.state, stream.now, None) is None
    stream.state.expire(stream.now + 2 * IDLE)
    assert ran_before(mine, stream.state, stream.now + 2 * IDLE, None)


def test_the_copies_of_today_are_copies_and_no_old_report() -> None:
    stream = Stream()
    stream.tell(*CLERKS)
    assert stream.tell(*CLERKS).rule == "copied-text"


def test_a_report_is_known_that_was_one_of_many_in_its_story() -> None:
    stream = Stream()
    stream.tell("North Korea leaves Kaesong liaison office", "All left, Seoul said on Friday.")
    story = stream.tell(*CLERKS).story
    for number in range(12):
        made = stream.tell(
            f"North Korea leaves liaison office, says paper no. {number}",
            f"North Korea left the liaison office in Kaesong, paper no. {number} says.",
        )
        story = made.story if made.story and story and made.story.id == story.id else story
    assert story is not None
    assert story.articles > 9  # so it is among the reports that are compared no more
    stream.state.card.clear()
    assert runs_again(stream.tell(*CLERKS, after=YEARS))


def test_an_edit_is_decided_by_what_it_changes() -> None:
    stream = Stream()
    stream.tell(*CLERKS)
    stream.state.card.clear()
    assert runs_again(stream.tell(*CLERKS, after=YEARS, name="b"))
    made = stream.tell(CLERKS[0], CLERKS[1].replace("its own 11", "its own 14"), name="b")
    assert made.stage == "revision"
    assert not runs_again(made)


def _read_later(stream: Stream, feed: Article, body: str) -> Decision:
    """The page of an article, of which the feed had shown less, is read within the hour."""
    first = stream.take(feed)
    stream.now += timedelta(minutes=40)
    story = first.story.id if first.story is not None else None
    page = replace(feed, body=body, full=True, revision=1, previous=feed, seen=stream.now)
    return stream.take(replace(page, story=story))


def test_it_is_known_when_its_page_is_read_later() -> None:
    stream = Stream()
    stream.tell(*CLERKS)
    stream.state.card.clear()
    stream.now += YEARS
    title, body = CLERKS
    feed = article(title, summary=body.partition(". ")[0] + "...", at=stream.now)
    made = _read_later(stream, feed, body)
    assert runs_again(made)
    assert "first told on 4 March 2021" in made.why


def test_a_page_that_says_what_its_feed_said_did_not_run_before() -> None:
    stream = Stream()
    title, body = CLERKS
    stream.tell(title, "All of them left, Seoul said.")
    stream.now += timedelta(days=6)
    made = _read_later(stream, article(title, summary=body, at=stream.now), body)
    assert not runs_again(made)


@pytest.mark.parametrize(
    "report", [("", ""), ("Kaesong", ""), ("", "Kaesong"), ("Liaison office", "\n\n"), ("-", "-")]
)
def test_next_to_nothing_is_no_old_report(report: tuple[str, str]) -> None:
    stream = Stream()
    stream.tell(*CLERKS)
    stream.tell(*report)
    assert not runs_again(stream.tell(*report, after=YEARS))


WORDS = [*CLERKS[1].split(), "11", "Sunday", "not", "", "\n", "사무소", "9명"]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_of_any_text_memory_and_store_say_the_same(words: list[str]) -> None:
    memory, store = Stream(), Stream(stored=True)
    for stream in (memory, store):
        stream.tell(*CLERKS)
    text = " ".join(words)
    for body in (text, CLERKS[1], text):
        made = memory.tell(CLERKS[0], body, after=YEARS)
        assert made == store.tell(CLERKS[0], body, after=YEARS)


def test_where_nothing_is_watched_stories_are_never_let_go_and_need_no_imprints() -> None:
    stream = Stream(all_news())
    first = stream.tell(*CLERKS)
    assert first.story is not None
    assert first.story.imprints == ""
    assert not runs_again(stream.tell(*CLERKS, after=YEARS))
