"""A decision put into words: what is new, what it was, who says so, why. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from monitor.alerts.text import cut
from monitor.models import (
    Alert,
    Article,
    Citation,
    Decision,
    Fact,
    Kind,
    LedgerRow,
    Modality,
    Silence,
    SourceState,
)

EDITS = {Kind.CORRECTION, Kind.RETRACTION, Kind.FACTUAL_EDIT, Kind.COSMETIC_EDIT}
_EDIT_WORD = {
    Kind.CORRECTION: "Correction",
    Kind.RETRACTION: "Retracted",
    Kind.FACTUAL_EDIT: "Changed",
    Kind.COSMETIC_EDIT: "Reworded",
}
_DAY = timedelta(days=1)
_LINK = 400  # characters of a link in a list, which must hold many
_LEAD = 600  # characters of an article's text kept in an alert; the rest is behind the link


@dataclass(frozen=True, slots=True)
class FirstRead:
    """What the first poll of one source brought; `error` is set where it could not be read."""

    outlet: str
    entries: int = 0
    relevant: int = 0
    error: str | None = None


def alert_id(article: str, revision: int, topic: str) -> str:
    """The id of the alert for one revision of an article on a topic; the same for ever."""
    return _digest("alert", article, str(revision), topic)


def compose(
    decision: Decision,
    article: Article,
    topic_title: str,
    now: datetime,
    *,
    root: str | None,
    citations: Sequence[Citation],
    alert_id: str,
) -> Alert:
    """The alert for `decision` on `article`.

    `citations` are the other articles of the story in any order; this article is named first and
    no article twice. `root` is the first alert of the story, None where this is the first.
    """
    story = decision.story
    headline = decision.headline or _headline(decision.kind, article)
    lead = _lead(article)
    own = Citation(
        outlet=article.outlet or article.source or "unknown outlet",
        title=article.title,
        url=article.url,
        lang=article.lang,
        published=article.published,
    )
    return Alert(
        id=alert_id,
        kind=decision.kind.value,
        created=now,
        headline=headline,
        topic=decision.topic,
        topic_title=topic_title,
        story=story.id if story else None,
        root=root,
        major=decision.major,
        text=lead,
        moves=decision.moves,
        new_facts=_unsaid(decision.new_facts, headline, lead),
        diff=decision.diff,
        citations=_unique((own, *citations)),
        outlets=max(len(story.outlets), 1) if story else 1,
        origins=max(len(story.origins), 1) if story else 1,
        before=_before(decision, article),
        why=decision.why,
    )


def baseline_summary(reads: Sequence[FirstRead], topic_title: str, now: datetime) -> Alert:
    """The one message about the first poll of `reads`: what was read quietly, what failed."""
    good = [read for read in reads if read.error is None]
    bad = [read for read in reads if read.error is not None]
    entries = sum(read.entries for read in good)
    relevant = sum(read.relevant for read in good)
    headline = (
        f"Watching {topic_title}: {_count(len(good), 'source')} read for the first time, "
        f"{_count(entries, 'entry', 'entries')}, {relevant:,} about the topic, nothing pushed"
    )
    if not good:
        headline = f"Watching {topic_title}: none of {_count(len(bad), 'source')} could be read yet"
    lines = ["What was already there is known now. From here on you hear only what is new.", ""]
    lines += [
        f"{read.outlet}: {_count(read.entries, 'entry', 'entries')}, "
        f"{read.relevant:,} about the topic"
        for read in sorted(good, key=lambda read: (-read.relevant, read.outlet))
    ]
    lines += [f"{read.outlet}: not read yet, will be tried again: {read.error}" for read in bad]
    return Alert(
        id=_digest("summary", topic_title, now.isoformat(), *sorted(r.outlet for r in reads)),
        kind="summary",
        created=now,
        headline=headline,
        topic_title=topic_title,
        text="\n".join(lines),
        why="The first poll of a source is a baseline; it pushes nothing.",
    )


def digest(
    rows: Sequence[LedgerRow], topic: str, topic_title: str, now: datetime, watch: str
) -> Alert:
    """One message about smaller developments, `rows` in the order they were seen.

    `watch` says how the watch itself is doing, so that silence has a meaning.
    """
    return Alert(
        id=_digest("digest", topic, *(f"{row.article} {row.revision}" for row in rows)),
        kind="digest",
        created=now,
        headline=f"{topic_title}: {_count(len(rows), 'smaller development')}",
        topic=topic,
        topic_title=topic_title,
        text=watch,
        citations=tuple(_listed(row) for row in rows),
        outlets=len({row.outlet for row in rows}),
        why="Each adds a detail to a known story; none was worth a push of its own.",
    )


def empty_digest(topic: str, topic_title: str, slot: datetime, now: datetime, watch: str) -> Alert:
    """The digest of an hour with nothing to tell; one id for each `slot`."""
    return Alert(
        id=_digest("digest", topic, slot.isoformat()),
        kind="digest",
        created=now,
        headline=f"{topic_title}: nothing new",
        topic=topic,
        topic_title=topic_title,
        text=watch,
    )


def still_watching(states: Sequence[SourceState], now: datetime) -> str:
    """How many sources could be read in the last day, and when the last new entry came."""
    read = sum(s.last_success is not None and now - s.last_success < _DAY for s in states)
    fresh = max((s.last_new for s in states if s.last_new is not None), default=None)
    newest = f"; the last new entry came {_at(fresh)}" if fresh else ""
    return f"Still watching: {read:,} of {_count(len(states), 'source')} read within a day{newest}."


def together(alerts: Sequence[Alert]) -> Alert:
    """One message that lists alerts which waited for the same recipient, each with its link.

    `alerts` are in the order they were made, at least one. Where one topic is spoken of, the
    message bears its name.
    """
    topics = {alert.topic_title for alert in alerts}
    first, last = alerts[0], alerts[-1]
    title = first.topic_title if len(topics) == 1 else ""
    told = _count(len(alerts), "development")
    return Alert(
        id=_digest("together", *(alert.id for alert in alerts)),
        kind="together",
        created=last.created,
        headline=f"{title}: {told}" if title else told,
        topic=first.topic if len(topics) == 1 else None,
        topic_title=title,
        citations=tuple(_told_short(alert) for alert in alerts),
        outlets=len({citation.outlet for alert in alerts for citation in alert.citations[:1]}),
        why=f"They came up between {_at(first.created)} and {_at(last.created)} and waited for "
        "each other.",
    )


def silence_over(silence: Silence, kept: Sequence[Alert], now: datetime) -> Alert:
    """The list of what a silence kept back, oldest first, now that it has ended."""
    return Alert(
        id=_digest("silence", str(silence.id)),
        kind="digest",
        created=now,
        headline=f"A silence has ended; it kept back {_count(len(kept), 'alert')}",
        topic=kept[0].topic,
        topic_title=kept[0].topic_title,
        text=f"It held from {_at(silence.created)} to {_at(silence.until)}: {silence.reason}",
        citations=tuple(_told_short(alert) for alert in kept),
        outlets=len({citation.outlet for alert in kept for citation in alert.citations[:1]}),
    )


def _told_short(alert: Alert) -> Citation:
    """An alert as one line of a longer message."""
    moves = "; ".join(f"{move.label}: {move.was or 'unknown'} → {move.now}" for move in alert.moves)
    title = f"{alert.headline} ({moves})" if moves else alert.headline
    own = alert.citations[0] if alert.citations else None
    if own is None:
        return Citation("Liaison Monitor", title, None, None, alert.created)
    link = own.url if own.url is not None and len(own.url) <= _LINK else None
    return Citation(own.outlet, title, link, own.lang, alert.created)


def notice(headline: str, text: str, now: datetime, *, key: str | None = None) -> Alert:
    """A message of the service about itself. The same `key` gives the same id, so it is told once.

    Without a key the headline and the moment make the id.
    """
    return Alert(
        id=_digest("notice", key if key is not None else f"{headline} {now.isoformat()}"),
        kind="notice",
        created=now,
        headline=headline,
        topic_title="Liaison Monitor",
        text=text,
    )


def channel_notice(channel: str, why: str, now: datetime) -> Alert:
    """The news that `channel` takes no messages; one id a channel and hour, so never a storm."""
    return notice(
        f"Channel {channel} does not take alerts: {why}",
        f"What could not be sent there stands in: monitor deliveries list\n"
        f"Prove the channel after mending it with: monitor test-notify {channel}",
        now,
        key=f"channel {channel} {now:%Y-%m-%dT%H}",
    )


def fact_sentence(fact: Fact) -> str:
    """The fact in the article's own words or, where it has none, in those of the lexicons."""
    if fact.text:
        return fact.text
    core = " ".join(filter(None, (_word(fact.act), _word(fact.object), _amount(fact))))
    if fact.place:
        core = f"{core} at {_word(fact.place)}".strip()
    if not fact.positive:
        core = f"not: {core}"
    if fact.actor:
        core = f"{_word(fact.actor)}: {core}" if core else _word(fact.actor)
    details = [
        "" if fact.modality is Modality.UNKNOWN else fact.modality.value,
        _day(fact.date),
        f"says {_word(fact.said_by)}" if fact.said_by else "",
    ]
    if any(details):
        core = f"{core} ({', '.join(filter(None, details))})".strip()
    return core[:1].upper() + core[1:]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]


def _listed(row: LedgerRow) -> Citation:
    facts = "; ".join(row.new_facts[:2])
    title = f"{row.title} ({facts})" if facts else row.title
    return Citation(row.outlet or row.source or "unknown outlet", title, row.url, None, row.at)


def _headline(kind: Kind, article: Article) -> str:
    word = _EDIT_WORD.get(kind)
    return f"{word}: {article.title}" if word else article.title


def _lead(article: Article) -> str:
    lead = article.summary or article.body
    return "" if lead == article.title else cut(lead, _LEAD)


def _before(decision: Decision, article: Article) -> str:
    if decision.kind in EDITS and article.previous is not None:
        if article.previous.title != article.title:
            return f"The headline was “{article.previous.title}”."
        return (
            f"The same article stood without the marked changes, seen {_at(article.previous.seen)}."
        )
    story = decision.story
    if story is None or decision.opens_story:
        return ""
    earlier = _count(max(story.articles - 1, 1), "earlier article")
    return f"Known since {_at(story.opened)} from {earlier}: “{story.title}”."


def _unsaid(facts: Sequence[Fact], *shown: str) -> tuple[str, ...]:
    """The facts as sentences, each once, without those that stand in what is shown anyway."""
    seen = _folded(" ".join(shown))
    sentences = dict.fromkeys(filter(None, map(fact_sentence, facts)))
    return tuple(each for each in sentences if _folded(each).rstrip(".。 ") not in seen)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _unique(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    first: dict[object, Citation] = {}
    for citation in citations:
        first.setdefault(citation.url or (citation.outlet, citation.title), citation)
    return tuple(first.values())


def _word(identifier: str | None) -> str:
    return (identifier or "").replace("_", " ").replace("-", " ").strip()


def _amount(fact: Fact) -> str:
    if fact.number is None:
        return ""
    return f"{fact.number:,.15g} {_word(fact.unit)}".strip()


def _day(iso: str | None) -> str:
    try:
        day = date.fromisoformat(iso or "")
    except ValueError:
        return iso or ""
    return f"{day.day} {day:%B %Y}"


def _at(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
