"""What carries a story on though its acts were told: later hours of the day, who owns to a deed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.detect.compare.claims import Claims, parsed
from monitor.detect.compare.heads import claims_of
from monitor.detect.news.onward import next_hour, owned_to, told_in_full
from monitor.detect.words.reading import read
from monitor.models import Story, Verdict
from tests.detect.examples import Stream, article, office

HOURS = timedelta(hours=4)
MOMENT = datetime(2026, 11, 27, tzinfo=UTC)
TOLD_AT = MOMENT.isoformat()
NEW = ["n:item:45", "n:item:12", "act:agree"]


def claims(title: str, body: str = "", lang: str = "en") -> Claims:
    return parsed(claims_of(read(article(title, body, lang=lang), office()), office()))


MORNING = claims(
    "North leaves the hotline ringing",
    "Pyongyang did not answer the hotline call at 9 a.m. on Thursday, Seoul said.",
)
EVENING = claims(
    "Nor does the North pick up later",
    "Pyongyang did not answer the hotline call at 5 p.m. on Thursday, Seoul said.",
)


def is_next(mine: Claims, *told: Claims) -> bool:
    return next_hour(mine, told, office().kin)


def test_a_call_that_fails_in_the_evening_too_is_the_next_hour() -> None:
    assert is_next(EVENING, MORNING)


def test_an_hour_that_was_told_is_not_the_next_one() -> None:
    assert not is_next(EVENING, MORNING, EVENING)
    assert not is_next(MORNING, EVENING)


def test_a_part_of_the_day_holds_its_hours() -> None:
    broad = claims(
        "Silence on the hotline", "Pyongyang did not answer the hotline call on Thursday afternoon."
    )
    assert is_next(broad, MORNING)
    assert not is_next(EVENING, MORNING, broad)


def test_another_day_has_hours_of_its_own() -> None:
    day_before = claims(
        "No reply on the hotline", "Pyongyang did not answer the hotline call at 9 a.m. on March 3."
    )
    assert not is_next(EVENING, day_before)


def test_what_was_done_in_the_evening_is_no_later_failure() -> None:
    works = claims(
        "North on the line again", "Pyongyang answered the hotline call at 5 p.m. on Thursday."
    )
    assert not is_next(works, MORNING)


def test_an_hour_that_was_only_waited_for_is_not_told() -> None:
    waiting = claims(
        "Hotline dumb ahead of the deadline",
        "Pyongyang did not answer the hotline call at 9 a.m. on Thursday, ahead of noon.",
    )
    assert is_next(EVENING, waiting)
    noon = claims(
        "Hotline dumb at noon", "Pyongyang did not answer the hotline call at noon on Thursday."
    )
    assert is_next(noon, waiting)


@pytest.mark.parametrize(
    ("lang", "body"),
    [
        ("ko", "북측은 정오를 세 시간 앞둔 4일 오전 9시 연락사무소 전화에 응답하지 않았다."),
        ("ja", "北朝鮮は正午を前に4日午前9時、連絡事務所の電話に応答しなかった。"),
    ],
)
def test_what_lies_ahead_is_read_in_languages_without_prepositions(lang: str, body: str) -> None:
    hours = claims("", body, lang).hours
    assert {(hour.first, hour.last, hour.told) for hour in hours} == {(540, 540, True)}


def test_two_hours_with_contrary_ends_are_not_told_apart() -> None:
    mixed = claims(
        "Mixed signals on the hotline",
        "Pyongyang did not answer at 9 a.m. but answered the hotline call at 5 p.m. on Thursday.",
    )
    assert not is_next(mixed, MORNING)


def test_a_failure_beside_a_return_does_not_say_which_hour_was_which() -> None:
    back = claims(
        "Hotline between the Koreas works again",
        "Calls went unanswered on Thursday morning; the hotline was restored at 5 p.m., it said.",
    )
    assert not is_next(back, MORNING)


def test_the_hour_that_was_announced_is_news_when_it_has_come() -> None:
    plan = claims(
        "North to cut hotline at noon",
        "Pyongyang said it will cut the hotline at noon on Thursday.",
    )
    noon = claims(
        "Nobody picks up", "Pyongyang did not answer the hotline call at noon on Thursday."
    )
    assert is_next(noon, plan)
    assert not is_next(EVENING, plan)


def test_the_evening_of_a_first_silence_is_pushed_once() -> None:
    stream = Stream()
    opening = stream.tell(
        "North does not answer morning call on hotline",
        "Pyongyang did not answer the liaison office's hotline call at 9 a.m. on Thursday.",
    )
    evening = stream.tell(
        "Hotline dumb in the evening as well",
        "Pyongyang did not answer the liaison office's hotline call at 5 p.m. on Thursday either.",
        after=HOURS,
    )
    again = stream.tell(
        "A day without a word on the hotline",
        "Pyongyang did not answer the liaison office's hotline calls at 9 a.m. and 5 p.m.",
        after=timedelta(minutes=30),
    )
    assert opening.verdict is Verdict.ALERT
    assert (evening.verdict, evening.rule) == (Verdict.ALERT, "next-hour")
    assert again.verdict is not Verdict.ALERT


TOLD = claims(
    "North tears down the liaison office",
    "North Korea demolished the inter-Korean liaison office in Kaesong, Seoul's ministry said.",
)


def test_a_side_that_owns_to_a_deed_in_its_own_media_confirms_it() -> None:
    own = claims(
        "KCNA: liaison office has been demolished",
        "KCNA said on Thursday that the liaison office in Kaesong had been demolished.",
    )
    assert owned_to(own, [TOLD], office().sides)
    assert not owned_to(own, [TOLD, own], office().sides)


def test_a_deed_that_nobody_laid_at_its_door_is_not_owned_to() -> None:
    own = claims("KCNA: liaison office has been demolished")
    fire = claims("Liaison office demolished in Kaesong")
    assert not owned_to(own, [fire], office().sides)
    assert not owned_to(own, [], office().sides)


def test_a_threat_in_a_sides_media_owns_to_nothing() -> None:
    threat = claims("KCNA: North will demolish the liaison office")
    assert not owned_to(threat, [TOLD], office().sides)


def test_whoever_else_confirms_it_is_one_more_voice() -> None:
    ministry = claims("Unification ministry: liaison office has been demolished")
    assert not owned_to(ministry, [TOLD], office().sides)


def test_the_word_of_the_side_itself_is_pushed() -> None:
    stream = Stream()
    stream.tell(
        "North Korea demolishes inter-Korean liaison office",
        "North Korea demolished the inter-Korean liaison office in Kaesong, the ministry said.",
    )
    own = stream.tell(
        "KCNA says liaison office demolished",
        "KCNA said on Thursday that the inter-Korean liaison office in Kaesong was demolished.",
        after=timedelta(hours=2),
    )
    assert (own.verdict, own.rule) == (Verdict.ALERT, "owned-to")


FLASH = "[Breaking] North and South agree to repair liaison office in Kaesong"
IN_FULL = (
    "The two Koreas agreed on Thursday to repair the liaison office in Kaesong, the ministry said. "
    "Repairs of the liaison office are to begin on May 2. "
    "The South will send 45 engineers and 12 trucks to the liaison office. "
    "It will spend 3.4 billion won on the liaison office. "
    "The North proposed to reopen the liaison office in June. "
    "Both will inspect the liaison office next week."
)
SOON = timedelta(minutes=20)


def test_the_first_full_report_after_a_flash_is_pushed() -> None:
    stream = Stream()
    assert stream.tell(FLASH).verdict is Verdict.ALERT
    full = stream.tell(
        "North and South agree to repair Kaesong liaison office", IN_FULL, after=SOON
    )
    assert (full.verdict, full.rule) == (Verdict.ALERT, "told-in-full")
    assert "the first full report" in full.why


def test_the_second_full_report_is_one_more() -> None:
    stream = Stream()
    stream.tell(FLASH)
    stream.tell("North and South agree to repair Kaesong liaison office", IN_FULL, after=SOON)
    second = stream.tell(
        "Kaesong liaison office to be repaired, North and South agree",
        IN_FULL.replace("Both will meet again next week.", "Rain is expected in Kaesong."),
        after=2 * SOON,
    )
    assert second.verdict is not Verdict.ALERT


def test_a_short_report_after_a_flash_is_not_in_full() -> None:
    stream = Stream()
    stream.tell(FLASH)
    short = stream.tell(
        "North and South agree to repair Kaesong liaison office", IN_FULL[:150], after=SOON
    )
    assert short.rule != "told-in-full"


def story(told: str, *sentences: int, reports: int | None = None) -> Story:
    members = [{"sentences": count} for count in sentences]
    memory = {"members": members, "reports": reports or len(members), "told": told}
    return Story("s", "t", "A flash", MOMENT, MOMENT, memory=memory)


def test_only_what_was_alerted_is_told_in_full() -> None:
    assert told_in_full(story(TOLD_AT, 0, 1), 5, NEW)
    assert not told_in_full(story("", 0, 1), 5, NEW)
    assert not told_in_full(story(TOLD_AT, 0, 2), 5, NEW)
    assert not told_in_full(story(TOLD_AT, 0), 4, NEW)
    assert not told_in_full(story(TOLD_AT, 0), 5, NEW[:2])


def test_of_reports_that_are_forgotten_nothing_is_known() -> None:
    assert not told_in_full(story(TOLD_AT, 0, 1, reports=3), 5, NEW)
    old = story(TOLD_AT, 0)
    del old.memory["members"][0]["sentences"]
    assert not told_in_full(old, 5, NEW)
