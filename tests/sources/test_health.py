"""What is wrong with a source, judged from one read and from what it usually does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.errors import (
    BadAddress,
    BadCertificate,
    FetchError,
    HttpStatus,
    NoName,
    ParseError,
    SourceError,
    TooLarge,
)
from monitor.models import SourceState
from monitor.sources.health import (
    ERRORS,
    TOLERANCE,
    Contents,
    Finding,
    Trouble,
    advice,
    flaw_finding,
    flaw_of,
    is_error,
    of_error,
    silence,
    speaks,
    stale,
    usual_after,
    with_finding,
)
from monitor.sources.rhythm import Rhythm, learned, week_of

NOW = datetime(2026, 3, 30, 12, tzinfo=UTC)  # a Monday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STATE = SourceState("desk", "http://desk.example/", NOW, baseline_done=True, usual=20, entries=20)


def hourly(days: int, end: datetime = NOW) -> Rhythm:
    """One entry an hour for some days, up to `end`."""
    rhythm: Rhythm | None = None
    for hour in range(days * 24, -1, -1):
        rhythm = learned(rhythm, [end - hour * HOUR], end - hour * HOUR)
    assert rhythm is not None
    return rhythm


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (NoName("desk: the name news.test is not known"), Trouble.NAME),
        (BadCertificate("desk: expired"), Trouble.CERTIFICATE),
        (BadAddress("desk: private"), Trouble.ADDRESS),
        (TooLarge("desk: 20 MB"), Trouble.TOO_LARGE),
        (FetchError("desk: refused"), Trouble.NETWORK),
        (HttpStatus(410, "desk: gone"), Trouble.GONE),
        (HttpStatus(404, "desk: not there"), Trouble.REFUSED),
        (HttpStatus(401, "desk: password"), Trouble.REFUSED),
        (HttpStatus(429, "desk: slower"), Trouble.SERVER),
        (HttpStatus(503, "desk: down"), Trouble.SERVER),
        (ParseError("desk: this is a challenge page of a bot filter"), Trouble.CHALLENGE),
        (ParseError("desk: a web page; the site may want a login"), Trouble.LOGIN),
        (
            ParseError("desk: the bridge that makes this feed reports a failure: bot filter"),
            Trouble.BRIDGE,
        ),
        (ParseError("desk: the document is empty"), Trouble.NOT_A_FEED),
        (SourceError("desk: a fault in the program"), Trouble.FAULT),
    ],
)
def test_each_error_has_its_kind_its_words_and_advice(error: SourceError, trouble: Trouble) -> None:
    found = of_error(error)
    assert found.trouble is trouble
    assert found.cause == str(error).removeprefix("desk: ")
    assert trouble in ERRORS
    assert is_error(replace(STATE, trouble=trouble.value))


def test_every_trouble_has_advice_and_a_tolerance() -> None:
    assert all(advice(trouble.value) for trouble in Trouble)
    assert set(TOLERANCE) == set(Trouble)
    assert advice("a word of an older version") == ""
    assert of_error(FetchError("no id")).cause == "no id"


@pytest.mark.parametrize(
    ("entries", "cut_off", "flaw"),
    [
        (20, False, None),
        (6, False, None),
        (5, False, Trouble.SHRUNK),
        (20, True, Trouble.CUT_OFF),
        (0, True, Trouble.EMPTY),
    ],
)
def test_a_document_is_measured_against_what_the_source_usually_serves(
    entries: int, cut_off: bool, flaw: Trouble | None
) -> None:
    assert flaw_of(Contents(entries, cut_off=cut_off), 20, None) is flaw


def test_a_short_list_cannot_shrink() -> None:
    assert flaw_of(Contents(1), 7, None) is None


def test_the_usual_number_grows_at_once_and_fades_slowly() -> None:
    assert usual_after(10, 50) == 50
    assert usual_after(50, 0) == 50
    assert 48 <= usual_after(50, 10) < 50
    usual = 50
    for _ in range(500):
        usual = usual_after(usual, 10)
    assert usual == 10  # a list that stays short is usual in the end


KO = ["개성 남북공동연락사무소 재가동", "통일부 남북 공동연락사무소 발표"] * 5
EN = ["North Korea closes the liaison office", "Seoul answers the statement of the North"] * 5
JA = ["南北共同連絡事務所から北朝鮮の人員が撤収した", "韓国の統一省が記者会見で明らかにした"] * 5
ZH = ["朝鲜从南北共同联络事务所撤出全部人员", "韩国统一部在记者会上宣布了这一消息"] * 5


@pytest.mark.parametrize(
    ("lang", "titles", "right"),
    [
        ("ko", KO, True),
        ("ko", EN, False),
        ("en", EN, True),
        ("en", KO, False),
        ("ja", JA, True),
        ("ja", ZH, False),
        ("zh", ZH, True),
        ("zh", JA, False),
        ("fr", EN, True),  # languages that share their letters are not told apart
        ("ko", ["KCTU, FKTU"] * 5, True),  # too little to tell
        ("ko", EN[:4], True),
        ("xx", KO, True),
    ],
)
def test_the_letters_of_the_titles_are_those_of_the_language(
    lang: str, titles: list[str], right: bool
) -> None:
    assert speaks(lang, titles) is right
    flaw = flaw_of(Contents(len(titles), titles), 10, lang)
    assert flaw is (None if right else Trouble.LANGUAGE)


@pytest.mark.parametrize(
    ("flaw", "entries", "words"),
    [
        (Trouble.EMPTY, 0, "The feed is well-formed and holds no entry. It usually holds 20."),
        (Trouble.SHRUNK, 3, "The feed holds only 3 entries. It usually holds 20."),
        (Trouble.CUT_OFF, 9, "The document breaks off before its end."),
        (Trouble.LANGUAGE, 9, "Its titles are not written in the letters of its language (ko)."),
    ],
)
def test_a_flaw_is_told_in_words(flaw: Trouble, entries: int, words: str) -> None:
    state = replace(STATE, flaw=flaw.value, entries=entries)
    assert flaw_finding(state, "ko") == Finding(flaw, words)
    assert flaw_finding(STATE, "ko") is None


def test_a_source_of_one_entry_an_hour_is_silent_after_a_day() -> None:
    rhythm = hourly(21)
    week = week_of(rhythm)
    assert silence(rhythm, week, STATE, NOW + 23 * HOUR, same_body=False) is None
    found = silence(rhythm, week, STATE, NOW + 25 * HOUR, same_body=False)
    assert found is not None
    assert found.trouble is Trouble.SILENT
    assert "its last new entry is of 2026-03-30 12:00 UTC" in found.cause
    assert "about 24 entries were to be expected" in found.cause or "about 25" in found.cause
    frozen = silence(rhythm, week, STATE, NOW + 25 * HOUR, same_body=True)
    assert frozen is not None
    assert frozen.trouble is Trouble.FROZEN
    assert "sends the same document" in frozen.cause


def test_a_source_that_was_watched_for_days_gets_four_of_them() -> None:
    rhythm = hourly(5)
    week = week_of(rhythm)
    assert silence(rhythm, week, STATE, NOW + 3 * DAY, same_body=False) is None
    assert silence(rhythm, week, STATE, NOW + 5 * DAY, same_body=False) is not None


def test_a_weekend_is_no_silence_for_a_source_that_rests_then() -> None:
    rhythm: Rhythm | None = None
    for day in range(28, 2, -1):
        if (NOW - day * DAY).weekday() < 5:
            for hour in range(8):
                moment = NOW - day * DAY + hour * HOUR
                rhythm = learned(rhythm, [moment], moment)
    assert rhythm is not None
    assert rhythm.last is not None
    assert rhythm.last.weekday() == 4
    assert silence(rhythm, week_of(rhythm), STATE, NOW - 4 * HOUR, same_body=False) is None


def test_six_entries_have_to_be_missing_before_a_rare_source_is_silent() -> None:
    rhythm: Rhythm | None = None
    for day in range(60, -1, -3):
        rhythm = learned(rhythm, [NOW - day * DAY], NOW - day * DAY)
    assert rhythm is not None
    week = week_of(rhythm)
    assert silence(rhythm, week, STATE, NOW + 12 * DAY, same_body=False) is None
    assert silence(rhythm, week, STATE, NOW + 24 * DAY, same_body=False) is not None


def test_without_a_rhythm_it_is_a_month_without_anything_new() -> None:
    state = replace(STATE, last_new=NOW)
    week = week_of(Rhythm(NOW))
    assert silence(None, week, state, NOW + 29 * DAY, same_body=False) is None
    found = silence(None, week, state, NOW + 31 * DAY, same_body=False)
    assert found is not None
    assert "expected" not in found.cause
    assert silence(None, week, STATE, NOW + 31 * DAY, same_body=False) is None
    assert silence(None, week, state, NOW - DAY, same_body=False) is None


def test_one_wrong_304_may_be_an_accident_and_two_are_none() -> None:
    assert stale(replace(STATE, lies=1)) is None
    found = stale(replace(STATE, lies=2))
    assert found is not None
    assert found.trouble is Trouble.STALE
    assert '"not modified" 2 times in a row' in found.cause


def test_a_trouble_that_turns_into_another_goes_on_and_an_end_has_its_time() -> None:
    first = with_finding(STATE, Finding(Trouble.NETWORK, "refused"), NOW)
    assert (first.trouble, first.cause, first.since) == ("not reached", "refused", NOW)
    second = with_finding(first, Finding(Trouble.NAME, "unknown"), NOW + HOUR)
    assert (second.trouble, second.since) == ("name not found", NOW)
    well = with_finding(second, None, NOW + DAY)
    assert (well.trouble, well.cause, well.since) == (None, None, NOW + DAY)
    assert with_finding(well, None, NOW + 2 * DAY) is well
    again = with_finding(well, Finding(Trouble.EMPTY, "none"), NOW + 3 * DAY)
    assert again.since == NOW + 3 * DAY
