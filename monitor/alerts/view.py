"""An alert made safe once, in the shape that every form of message is laid out from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.alerts.text import cut, safe_text, safe_url, short_diff
from monitor.models import Alert, Citation, DiffPart, Move

# The service's own messages, told from developments by their colour and label.
OWN_KINDS = {"notice", "summary", "digest", "together"}
_HEADLINE = 300
_LANGUAGES = {
    "ko": "Korean",
    "ja": "Japanese",
    "zh": "Chinese",
    "fr": "French",
    "de": "German",
    "es": "Spanish",
    "ru": "Russian",
    "ar": "Arabic",
}
_MAX_FACTS = 12
_MAX_MOVES = 12
_MAX_CITATIONS = 12
_MAX_LISTED = 500  # in a digest, which must name everything
_MAX_BODY = 20_000


@dataclass(frozen=True, slots=True)
class Source:
    """One line of "who says so"."""

    outlet: str
    title: str
    url: str | None
    note: str  # language and time, or ""


@dataclass(frozen=True, slots=True)
class View:
    """What every form shows of an alert: each text safe and cut, each link http(s) or None."""

    id: str
    label: str  # "New story", "Correction", ...
    topic: str
    time: str
    headline: str
    own: bool
    major: bool
    follow_up: bool
    moves: tuple[Move, ...]
    facts: tuple[str, ...]
    diff: tuple[DiffPart, ...]
    body: str  # may hold line ends
    before: str
    voices: str  # "1 origin, 40 outlets", or ""
    sources: tuple[Source, ...]
    more_sources: int
    why: str


def view(alert: Alert) -> View:
    """`alert` made safe. Raises nothing for any text; a wrong type is for the caller to catch."""
    own = alert.kind in OWN_KINDS
    cited = alert.citations[: _MAX_LISTED if own else _MAX_CITATIONS]
    return View(
        id=safe_text(alert.id, 64),
        label=safe_text(alert.kind, 40).capitalize(),
        topic=safe_text(alert.topic_title or alert.topic or "", 100),
        time=stamp(alert.created),
        headline=safe_text(alert.headline, _HEADLINE) or "(no headline)",
        own=own,
        major=alert.major,
        follow_up=alert.root is not None and alert.root != alert.id,
        moves=tuple(_move(move) for move in alert.moves[:_MAX_MOVES]),
        facts=_facts(alert),
        diff=short_diff(alert.diff),
        body=_body(alert, own=own),
        before=safe_text(alert.before, 500),
        voices=_voices(alert) if alert.citations and not own else "",
        sources=tuple(_source(citation) for citation in cited),
        more_sources=max(len(alert.citations) - len(cited), _unnamed(alert, cited), 0),
        why=safe_text(alert.why, 600),
    )


def stamp(moment: datetime) -> str:
    """A moment as people write it, "22 March 2019, 09:05 UTC"."""
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"


def _unnamed(alert: Alert, cited: tuple[Citation, ...]) -> int:
    """How many outlets carry the story without standing among the sources."""
    return alert.outlets - len({citation.outlet for citation in cited})


def _move(move: Move) -> Move:
    return Move(
        attribute=safe_text(move.attribute, 80),
        label=safe_text(move.label or move.attribute, 80),
        was=safe_text(move.was, 160) if move.was is not None else None,
        now=safe_text(move.now, 160),
    )


def _facts(alert: Alert) -> tuple[str, ...]:
    """The new facts that the headline does not already say word for word."""
    facts = tuple(safe_text(fact, 300) for fact in alert.new_facts)
    kept = [fact for fact in facts if fact and fact != safe_text(alert.headline)]
    if len(kept) > _MAX_FACTS:
        kept[_MAX_FACTS - 1 :] = [f"… and {len(kept) - _MAX_FACTS + 1} more"]
    return tuple(kept)


def _body(alert: Alert, *, own: bool) -> str:
    if own:
        return safe_text(alert.text, _MAX_BODY, lines=True)
    lead = safe_text(alert.text, 600)
    return "" if lead == safe_text(alert.headline) else lead


def _voices(alert: Alert) -> str:
    origins, outlets = max(alert.origins, 1), max(alert.outlets, 1)
    one = "1 origin" if origins == 1 else f"{origins:,} origins"
    return f"{one}, 1 outlet" if outlets == 1 else f"{one}, {outlets:,} outlets"


def _source(citation: Citation) -> Source:
    lang = safe_text(citation.lang or "", 8)
    note = [
        "" if lang == "en" else _LANGUAGES.get(lang, lang),
        stamp(citation.published) if citation.published else "",
    ]
    return Source(
        outlet=safe_text(citation.outlet, 80) or "unknown outlet",
        title=safe_text(citation.title, 300) or "(no title)",
        url=safe_url(citation.url),
        note=", ".join(filter(None, note)),
    )


def subject(shown: View) -> str:
    """The subject line of a mail, the title of a push: what is new, in one line."""
    return cut(shown.headline, 200)
