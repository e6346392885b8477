"""An alert made safe once, in the shape that every form of message is laid out from."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from monitor.alerts.language import ENGLISH, Words
from monitor.alerts.lead import lead, stance_of
from monitor.alerts.text import safe_text, safe_url, short_diff
from monitor.models import Alert, Citation, DiffPart, Dispute, Move
from monitor.models.cutting import cut

# The service's own messages, told from developments by their colour and label.
OWN_KINDS = {"notice", "summary", "digest", "together"}
_HEADLINE = 300
_MAX_FACTS = 12
_MAX_KNOWN = 3
_MAX_MOVES = 12
_MAX_DISPUTES = 4
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
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Something the reader can do: an address of the status page, or a command."""

    label: str
    url: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """What every form shows of an alert: each text safe and cut, each link http(s) or None."""

    id: str
    label: str  # "New story", "Correction", ...
    topic: str
    time: str
    lead: str  # the first line: what is new, in one sentence
    headline: str  # as published
    lang: str  # of the headline, "" where it is the frame's
    own: bool
    major: bool
    follow_up: bool
    moves: tuple[Move, ...]
    facts: tuple[str, ...]
    gone: tuple[str, ...]
    contested: tuple[str, ...]
    diff: tuple[DiffPart, ...]
    body: str  # may hold line ends
    before: str
    known: tuple[str, ...]
    voices: str  # "1 independent origin, 40 outlets", or ""
    sources: tuple[Source, ...]
    more_sources: int
    why: str
    links: tuple[Link, ...]


def view(alert: Alert, words: Words = ENGLISH, page: str | None = None) -> View:
    """`alert` made safe, framed in `words`. Raises nothing for any text; a wrong type may.

    `page` is where readers reach the status page; without one they are told commands.
    """
    own = alert.kind in OWN_KINDS
    cited = alert.citations[: _MAX_LISTED if own else _MAX_CITATIONS]
    return View(
        id=safe_text(alert.id, 64),
        label=safe_text(words.kind(alert.kind), 40),
        topic=safe_text(words.text(alert.topic_title or alert.topic or ""), 100),
        time=words.moment(alert.created),
        lead=safe_text(lead(alert, words), _HEADLINE) or words.say("no_headline"),
        headline=safe_text(alert.headline, _HEADLINE) or words.say("no_headline"),
        lang=_lang(alert, words),
        own=own,
        major=alert.major,
        follow_up=alert.root is not None and alert.root != alert.id,
        moves=tuple(_move(move, words) for move in alert.moves[:_MAX_MOVES]),
        facts=_facts(alert, words),
        gone=tuple(safe_text(fact, 300) for fact in alert.gone_facts[:_MAX_FACTS]),
        contested=tuple(_dispute(each, words) for each in alert.contested[:_MAX_DISPUTES]),
        diff=short_diff(alert.diff),
        body=_body(alert, own=own),
        before=safe_text(_before(alert, words), 500),
        known=_known(alert),
        voices=safe_text(_voices(alert, words), 200) if alert.citations and not own else "",
        sources=tuple(_source(citation, words) for citation in cited),
        more_sources=max(len(alert.citations) - len(cited), _unnamed(alert, cited), 0),
        why=safe_text(alert.why, 600),
        links=() if own else tuple(_links(alert, words, page)),
    )


def _links(alert: Alert, words: Words, page: str | None) -> list[Link]:
    """What the reader can do about it. Each page asks again before it changes anything."""
    story = quote(alert.story or "", safe="", errors="replace")
    id_ = quote(alert.id, safe="", errors="replace")
    keys = ("silence", "acknowledge", "not_relevant")
    if page is None:
        return [Link(words.say(key), command=line) for key, line in _commands(alert).items()]
    root = page.rstrip("/")
    links = [Link(words.say("story_page"), f"{root}/stories/{story}")] if story else []
    return links + [
        Link(words.say(key), f"{root}/alerts/{id_}/{key.replace('_', '-')}") for key in keys
    ]


def _commands(alert: Alert) -> dict[str, str]:
    """Only of ids that no shell reads as more than a word."""
    commands = {}
    if alert.story and _is_word(alert.story):
        commands["silence"] = f"monitor silence add --story {alert.story} --for 1d --reason seen"
    if _is_word(alert.id):
        commands["acknowledge"] = f"monitor ack {alert.id}"
        commands["not_relevant"] = f"monitor not-relevant {alert.id}"
    return commands


def _is_word(text: str) -> bool:
    return len(text) <= 80 and text.isascii() and text.replace("-", "").replace("_", "").isalnum()


def _lang(alert: Alert, words: Words) -> str:
    lang = safe_text((alert.citations[0].lang if alert.citations else None) or "", 8)
    return "" if lang == words.code or not lang.isalpha() else lang


def _unnamed(alert: Alert, cited: tuple[Citation, ...]) -> int:
    """How many outlets carry the story without standing among the sources."""
    return alert.outlets - len({citation.outlet for citation in cited})


def _move(move: Move, words: Words) -> Move:
    return Move(
        attribute=safe_text(move.attribute, 80),
        label=safe_text(words.text(move.label or move.attribute), 80),
        was=safe_text(words.text(move.was), 160) if move.was is not None else None,
        now=safe_text(words.text(move.now), 160),
    )


def _facts(alert: Alert, words: Words) -> tuple[str, ...]:
    """The new facts that the headline does not already say word for word."""
    facts = tuple(safe_text(fact, 300) for fact in alert.new_facts)
    kept = [fact for fact in facts if fact and fact != safe_text(alert.headline)]
    if len(kept) > _MAX_FACTS:
        kept[_MAX_FACTS - 1 :] = [words.say("more", n=len(kept) - _MAX_FACTS + 1)]
    return tuple(kept)


def _dispute(dispute: Dispute, words: Words) -> str:
    """All values for one fact, side by side."""
    sides = (stance_of(stance.value, stance.origins[:4]) for stance in dispute.stances[:6])
    either = f" {words.say('or')} "
    return safe_text(f"{dispute.about}: {either.join(sides)}", 400)


def _body(alert: Alert, *, own: bool) -> str:
    if own:
        return safe_text(alert.text, _MAX_BODY, lines=True)
    text = safe_text(alert.text, 600)
    return "" if text == safe_text(alert.headline) else text


def _before(alert: Alert, words: Words) -> str:
    """What was known, in a sentence; "" of a story that begins."""
    was = alert.earlier
    if was is None:
        return ""
    if was.articles:
        at = words.moment(was.since)
        return words.say("known_since", at=at, n=was.articles, title=was.title)
    if was.title:
        return words.say("was_titled", title=was.title)
    return words.say("stood", at=words.moment(was.since))


def _known(alert: Alert) -> tuple[str, ...]:
    """The known facts that it repeats, each with who told it first."""
    said = (
        safe_text(f"{fact.text} ({fact.told_by})" if fact.told_by else fact.text, 300)
        for fact in alert.known_facts
        if fact.text
    )
    return tuple(dict.fromkeys(said))[:_MAX_KNOWN]


def _voices(alert: Alert, words: Words) -> str:
    origins = words.say("origins", n=max(alert.origins, 1))
    if alert.origin_names:
        more = words.say("more", n=len(alert.origin_names) - 3)
        names = [*alert.origin_names[:3], *([more] if len(alert.origin_names) > 3 else [])]
        origins = f"{origins} ({', '.join(names)})"
    all_ = f"{origins}, {words.say('outlets', n=max(alert.outlets, 1))}"
    if alert.earlier is None or alert.confirmed_by or alert.origins < 2:
        return all_
    # What is new here one outlet tells; the others told what came before.
    return words.say("voices_before", outlet=alert.citations[0].outlet, voices=all_)


def _source(citation: Citation, words: Words) -> Source:
    lang = safe_text(citation.lang or "", 8)
    note = [
        "" if lang == words.code else words.language(lang),
        words.moment(citation.published) if citation.published else "",
    ]
    return Source(
        outlet=safe_text(citation.outlet, 80) or words.say("unknown_outlet"),
        title=safe_text(citation.title, 300) or words.say("no_title"),
        url=safe_url(citation.url),
        note=", ".join(filter(None, note)),
        lang=lang if lang.isalpha() else "",
    )


def subject(shown: View) -> str:
    """The subject line of a mail, the title of a push: what is new, in one line."""
    return cut(shown.lead, 200)
