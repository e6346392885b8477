"""How a source is: what is wrong with it, judged from one read and from what it usually does. Pure.

Errors are found at once and told late (`TOLERANCE`): the net is full of short ones. A source that
answers and yet brings nothing is measured against its own rhythm.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

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
from monitor.sources.rhythm import Rhythm, Week


class Trouble(StrEnum):
    """What can be wrong with a source."""

    NETWORK = "not reached"
    NAME = "name not found"
    CERTIFICATE = "certificate refused"
    ADDRESS = "address not allowed"
    SERVER = "server error"
    REFUSED = "refused"
    GONE = "gone"
    CHALLENGE = "challenge page"
    LOGIN = "login page"
    NOT_A_FEED = "not a feed"
    BRIDGE = "bridge failure"
    TOO_LARGE = "too large"
    FAULT = "fault of this program"
    EMPTY = "empty"
    SHRUNK = "shrunk"
    CUT_OFF = "cut off"
    BRIDGE_SAYS = "bridge in trouble"
    LANGUAGE = "wrong language"
    STALE = "stale 304"
    FROZEN = "frozen"
    SILENT = "silent"
    CRASH = "ends the service"


ERRORS = frozenset(
    {
        Trouble.NETWORK, Trouble.NAME, Trouble.CERTIFICATE, Trouble.ADDRESS, Trouble.SERVER,
        Trouble.REFUSED, Trouble.GONE, Trouble.CHALLENGE, Trouble.LOGIN, Trouble.NOT_A_FEED,
        Trouble.BRIDGE, Trouble.TOO_LARGE, Trouble.FAULT,
    }
)  # fmt: skip
FAILURES = 3  # in a row before an error is told
TOLERANCE = {
    Trouble.EMPTY: timedelta(hours=6),
    Trouble.SHRUNK: timedelta(days=3),  # a list of the last day's items is short after a weekend
    Trouble.CUT_OFF: timedelta(hours=6),
    Trouble.BRIDGE_SAYS: timedelta(hours=6),  # a failure of one try is listed for a while
    Trouble.LANGUAGE: timedelta(hours=1),
    Trouble.STALE: timedelta(),
    Trouble.FROZEN: timedelta(),
    Trouble.SILENT: timedelta(),
    Trouble.CRASH: timedelta(),
} | dict.fromkeys(ERRORS, timedelta(hours=1))

_ADVICE = {
    Trouble.NETWORK: "Nothing to do if it passes. If it lasts, open the address in a browser.",
    Trouble.NAME: "Check this machine's network and name server, and the spelling of its url; a "
    "site that moved needs a new one.",
    Trouble.CERTIFICATE: "The publisher has to renew it; a wrong clock on this machine does the "
    "same.",
    Trouble.ADDRESS: "Set allow_private on this source if the address is meant, else correct it.",
    Trouble.SERVER: "Nothing to do if it passes. If it lasts, look for another feed of the outlet.",
    Trouble.REFUSED: "See whether the feed is still open to all, and whether it wants a password "
    "(auth).",
    Trouble.GONE: "Find the outlet's new feed and change the url, or set enabled: false.",
    Trouble.CHALLENGE: "A bot filter stands before the feed: ask the publisher to let this reader "
    "in, and name a contact (polling.contact).",
    Trouble.LOGIN: "A network that wants a login answers for every site; a feed that wants one "
    "needs auth.",
    Trouble.BRIDGE: "The program that makes this feed cannot read the site: whoever runs it has to "
    "mend that. The site may have a feed of its own (monitor sources add).",
    Trouble.TOO_LARGE: "Raise polling.max_body if the feed is meant to be so large.",
    Trouble.FAULT: "Please report it with the lines of the log; the others are read on.",
    Trouble.NOT_A_FEED: "Open the address in a browser: the feed may have moved.",
    Trouble.EMPTY: "Open the address in a browser: the outlet may have a new feed.",
    Trouble.SHRUNK: "See whether the feed was split or is broken; read it more often (every) if it "
    "stays so short.",
    Trouble.CUT_OFF: "The publisher's server breaks it off; what is whole in it is read.",
    Trouble.BRIDGE_SAYS: "The program that makes this feed cannot read the site at times: whoever "
    "runs it can mend that. The site may have a feed of its own (monitor sources add).",
    Trouble.LANGUAGE: "The address may lead to another edition now: correct the url, or lang.",
    Trouble.STALE: "Nothing to do: it is read whole each time, until its answers can be trusted.",
    Trouble.FROZEN: "See on the outlet's site whether it has news; if so, look for its new feed.",
    Trouble.SILENT: "See on the outlet's site whether it has news; if so, look for its new feed.",
    Trouble.CRASH: "It is left alone for an hour, and the others are read on. Please report it "
    "with the lines of the log; enabled: false keeps it off.",
}

_KINDS = (
    (NoName, Trouble.NAME),
    (BadCertificate, Trouble.CERTIFICATE),
    (BadAddress, Trouble.ADDRESS),
    (TooLarge, Trouble.TOO_LARGE),
    (FetchError, Trouble.NETWORK),
)
_PAGES = (
    (re.compile(r": the bridge that makes this feed"), Trouble.BRIDGE),
    (re.compile(r"challenge page|bot filter"), Trouble.CHALLENGE),
    (re.compile(r"may want a login"), Trouble.LOGIN),
)
_FEW = 6.0  # entries expected before a silence can mean anything
_LONGER = 3  # times the longest pause that the source ever made
_NEW_MONTH = timedelta(days=30)  # for a source whose rhythm is not known
_SHORT, _YOUNG = timedelta(hours=24), timedelta(days=4)  # a silence is longer than that
_LEARNING = 1.7  # weeks, faded as they are: two of the calendar, and a weekend is known as one
_A_QUARTER, _MANY = 4, 8
_TITLES, _LETTERS, _SHARE = 5, 60, 0.2


@dataclass(frozen=True, slots=True)
class Contents:
    """What matters here of a document that was read."""

    entries: int
    titles: Sequence[str] = ()
    cut_off: bool = False
    bridge_failure: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, and the cause in words."""

    trouble: Trouble
    cause: str


def advice(trouble: str) -> str:
    """What a person can do about it; "" for a word that is no Trouble."""
    return _ADVICE[Trouble(trouble)] if trouble in set(Trouble) else ""


def is_error(state: SourceState) -> bool:
    """Whether the source cannot be read, in contrast to one that brings nothing."""
    return state.trouble in ERRORS


def of_error(error: SourceError) -> Finding:
    """What a failed read means. The cause is the error's own line without the source's id."""
    return Finding(_kind(error), str(error).partition(": ")[2] or str(error))


def _kind(error: SourceError) -> Trouble:
    if isinstance(error, HttpStatus):
        if error.status == 410:
            return Trouble.GONE
        busy = error.status >= 500 or error.status in (408, 425, 429)
        return Trouble.SERVER if busy else Trouble.REFUSED
    if isinstance(error, ParseError):
        page = (kind for words, kind in _PAGES if words.search(str(error)))
        return next(page, Trouble.NOT_A_FEED)
    return next((kind for cls, kind in _KINDS if isinstance(error, cls)), Trouble.FAULT)


def flaw_of(document: Contents, usual: int, lang: str | None) -> Trouble | None:
    """What is wrong with a document in itself, measured against the `usual` number of entries."""
    if document.entries == 0:
        return Trouble.EMPTY
    if document.cut_off:
        return Trouble.CUT_OFF
    if document.bridge_failure:
        return Trouble.BRIDGE_SAYS
    if usual >= _MANY and document.entries * _A_QUARTER <= usual:
        return Trouble.SHRUNK
    return Trouble.LANGUAGE if lang and not speaks(lang, document.titles) else None


def usual_after(usual: int, entries: int) -> int:
    """The usual number of entries once a document with so many was read; grows at once."""
    if entries >= usual:
        return entries
    return usual if entries == 0 else usual - max((usual - entries) // 50, 1)


def flaw_finding(state: SourceState, lang: str | None) -> Finding | None:
    """The flaw of the last readable document in words."""
    if state.flaw is None:
        return None
    flaw = Trouble(state.flaw)
    usually = f" It usually holds {state.usual}." if state.usual else ""
    words = {
        Trouble.EMPTY: f"The feed is well-formed and holds no entry.{usually}",
        Trouble.SHRUNK: f"The feed holds only {state.entries} entries.{usually}",
        Trouble.CUT_OFF: "The document breaks off before its end.",
        Trouble.BRIDGE_SAYS: "Among its news the bridge that makes the feed tells of a failure.",
        Trouble.LANGUAGE: f"Its titles are not written in the letters of its language ({lang}).",
    }
    return Finding(flaw, words[flaw])


def silence(
    rhythm: Rhythm | None, week: Week, state: SourceState, now: datetime, *, same_body: bool
) -> Finding | None:
    """Whether the source has been quiet too long against its own rhythm.

    Too long is longer than three times its longest pause, a day, and the time in which six entries
    were to be expected; a source that was watched for less than two weeks gets four days. Without
    a rhythm it is a month without anything new.
    """
    last = rhythm.last if rhythm is not None and rhythm.known else state.last_new
    if last is None or now <= last:
        return None
    expected = 0.0
    if rhythm is None or not rhythm.known:
        longest = _NEW_MONTH
    else:
        least = _SHORT if rhythm.weeks >= _LEARNING else _YOUNG
        longest = max(least, _LONGER * rhythm.longest)
    if now - last <= longest:
        return None
    if rhythm is not None and rhythm.known:
        expected = week.expected(last, now)
        if expected < _FEW:
            return None
    how = "sends the same document" if same_body else "answers, but with nothing new"
    about = f"; about {expected:,.0f} entries were to be expected" if expected else ""
    cause = f"It {how}: its last new entry is of {last:%Y-%m-%d %H:%M} UTC{about}."
    return Finding(Trouble.FROZEN if same_body else Trouble.SILENT, cause)


def stale(state: SourceState) -> Finding | None:
    """Whether the server says "not modified" while there is news; one lie may be an accident."""
    if state.lies < 2:
        return None
    return Finding(
        Trouble.STALE,
        f'Its server said "not modified" {state.lies} times in a row while there was news.',
    )


def with_finding(state: SourceState, finding: Finding | None, now: datetime) -> SourceState:
    """The state with what was found. A trouble that turns into another goes on."""
    if finding is None:
        if state.trouble is None:
            return state
        return replace(state, trouble=None, cause=None, since=now)
    begun = state.since if state.trouble is not None and state.since is not None else now
    return replace(state, trouble=finding.trouble.value, cause=finding.cause, since=begun)


_LETTERS_OF = {
    "ko": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3",
    "ja": "\u3040-\u30ff\u4e00-\u9fff",
    "zh": "\u4e00-\u9fff\u3400-\u4dbf",
    "ru": "\u0400-\u04ff",
    "uk": "\u0400-\u04ff",
    "bg": "\u0400-\u04ff",
    "ar": "\u0600-\u06ff",
    "fa": "\u0600-\u06ff",
    "ur": "\u0600-\u06ff",
    "he": "\u0590-\u05ff",
    "el": "\u0370-\u03ff",
    "th": "\u0e00-\u0e7f",
    "hi": "\u0900-\u097f",
}
_LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_LATIN_TONGUES = {"en", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "pl", "cs",
                  "hu", "ro", "tr", "id", "vi"}  # fmt: skip
_KANA = re.compile("[\u3040-\u30ff]")


def speaks(lang: str, titles: Sequence[str]) -> bool:
    """Whether enough of the titles' letters are those of the language.

    True where there is too little to tell, and for languages whose letters are not known here.
    Languages that share their letters are not told apart, but for Japanese and Chinese.
    """
    letters = _LETTERS_OF.get(lang) or (_LATIN if lang in _LATIN_TONGUES else None)
    text = "".join(char for title in titles for char in title if char.isalpha())
    if letters is None or len(titles) < _TITLES or len(text) < _LETTERS:
        return True
    kana = len(_KANA.findall(text)) / len(text)
    if (lang == "zh" and kana > _SHARE) or (lang == "ja" and kana < _SHARE / 10):
        return False
    return len(re.findall(f"[{letters}]", text)) / len(text) >= _SHARE
