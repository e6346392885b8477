"""A decision put into words: what is new, what it was, who says so, why. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.alerts.language import ENGLISH, Words
from monitor.alerts.lead import EDITS, fact_sentence, lead
from monitor.models import (
    UNTIL_READ,
    Alert,
    Article,
    Citation,
    Decision,
    Earlier,
    Fact,
    LedgerRow,
    Silence,
    SourceState,
)
from monitor.models.cutting import cut

_UNREAD = 5  # sources that a digest names as not read
_DAY = timedelta(days=1)
_LINK = 400  # characters of a link in a list, which must hold many
_DATELINE = re.compile(r"(?:\([^)]{1,40}\)|.{1,60}?(?:--|[–—]))\s*")  # "SEOUL, May 3 (Wire) -- "
_KEPT = 6  # facts of each sort that an alert keeps
_LEAD = 600  # characters of an article's text kept in an alert; the rest is behind the link


@dataclass(frozen=True, slots=True)
class FirstRead:
    """What the first poll of one source brought; `error` is set where it could not be read.

    `trouble` is the cause in a word or two, the same for all that fail alike; `advice` is what a
    person can do about it.
    """

    outlet: str
    entries: int = 0
    relevant: int = 0
    error: str | None = None
    trouble: str = ""
    advice: str = ""


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
    headline = decision.headline or article.title
    text = _text(article)
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
        text=text,
        moves=decision.moves,
        new_facts=_unsaid(decision.new_facts, headline, text),
        gone_facts=_unsaid(decision.gone_facts, headline),
        facts=decision.new_facts[:_KEPT],
        known_facts=decision.known_facts[:_KEPT],
        contested=decision.contested,
        diff=decision.diff,
        citations=_unique((own, *citations)),
        outlets=max(len(story.outlets), 1) if story else 1,
        origins=max(len(story.origins), 1) if story else 1,
        origin_names=story.origins if story else (),
        earlier=_earlier(decision, article),
        why=decision.why,
    )


def confirmation(composed: Alert, origin: str, root: str) -> Alert:
    """`composed` as the update of `root`: a second independent origin reports the same.

    One id a story's first alert, so that it is told once.
    """
    return replace(
        composed,
        id=_digest("confirmed", root),
        kind="confirmed",
        root=root,
        major=False,
        moves=(),
        new_facts=(),
        facts=(),
        confirmed_by=origin,
    )


def baseline_summary(
    reads: Sequence[FirstRead], topic_title: str, now: datetime, words: Words = ENGLISH
) -> Alert:
    """The one message about the first poll of `reads`: what was read quietly, what failed."""
    good = [read for read in reads if read.error is None]
    bad = [read for read in reads if read.error is not None]
    entries = sum(read.entries for read in good)
    headline = words.say(
        "first_read",
        topic=words.text(topic_title),
        sources=words.say("sources", n=len(good)),
        entries=words.say("entries", n=entries),
        relevant=f"{sum(read.relevant for read in good):,}",
    )
    if not good:
        failed = words.say("sources", n=len(bad))
        headline = words.say("first_none", topic=words.text(topic_title), sources=failed)
    parts = [words.say("first_known"), _read_well(good, words)] if good else []
    if bad:
        parts += [words.say("first_failed"), *_failures(bad, words)]
    if not good and len(bad) > 1:
        parts.append(words.say("first_network"))
    return Alert(
        id=_digest("summary", topic_title, now.isoformat(), *sorted(r.outlet for r in reads)),
        kind="summary",
        created=now,
        headline=headline,
        topic_title=topic_title,
        text="\n\n".join(parts),
        why=words.say("first_why") if good else "",
    )


def _read_well(good: Sequence[FirstRead], words: Words) -> str:
    """A line a source, those with most about the topic first."""
    return "\n".join(
        words.say(
            "first_line",
            outlet=read.outlet,
            entries=words.say("entries", n=read.entries),
            relevant=f"{read.relevant:,}",
        )
        for read in sorted(good, key=lambda read: (-read.relevant, read.outlet))
    )


def _failures(bad: Sequence[FirstRead], words: Words) -> list[str]:
    """One paragraph a cause, however many sources it keeps from being read."""
    causes: dict[str, list[FirstRead]] = {}
    for read in bad:
        causes.setdefault(read.trouble or read.error or "", []).append(read)
    return [_failure(cause, reads, words) for cause, reads in causes.items()]


def _failure(cause: str, reads: Sequence[FirstRead], words: Words) -> str:
    first = reads[0]
    if len(reads) == 1:
        return f"{first.outlet}: {first.error}\n{first.advice}".strip()
    sources = words.say("sources", n=len(reads))
    outlets = "; ".join(sorted(read.outlet for read in reads))
    said = words.say("first_cause", cause=cause, sources=sources, outlets=outlets)
    return f"{said}\n{first.advice}".strip()


def digest(
    rows: Sequence[LedgerRow],
    topic: str,
    topic_title: str,
    now: datetime,
    watch: str,
    words: Words = ENGLISH,
) -> Alert:
    """One message about smaller developments, `rows` in the order they were seen.

    `watch` says how the watch itself is doing, so that silence has a meaning.
    """
    return Alert(
        id=_digest("digest", topic, *(f"{row.article} {row.revision}" for row in rows)),
        kind="digest",
        created=now,
        headline=words.say("digest", topic=words.text(topic_title), n=len(rows)),
        topic=topic,
        topic_title=topic_title,
        text=watch,
        citations=tuple(_listed(row) for row in rows),
        outlets=len({row.outlet for row in rows}),
        why=words.say("digest_why"),
    )


def empty_digest(
    topic: str,
    topic_title: str,
    slot: datetime,
    now: datetime,
    watch: str,
    words: Words = ENGLISH,
) -> Alert:
    """The digest of an hour with nothing to tell; one id for each `slot`."""
    return Alert(
        id=_digest("digest", topic, slot.isoformat()),
        kind="digest",
        created=now,
        headline=words.say("nothing_new", topic=words.text(topic_title)),
        topic=topic,
        topic_title=topic_title,
        text=watch,
    )


def still_watching(
    states: Sequence[SourceState],
    now: datetime,
    words: Words = ENGLISH,
    outlets: Mapping[str, str] | None = None,
) -> str:
    """How many sources could be read in the last day, which not, and when the last new entry came.

    The sources go by their `outlets`, else by their ids.
    """
    unread = [s for s in states if s.last_success is None or now - s.last_success >= _DAY]
    fresh = max((s.last_new for s in states if s.last_new is not None), default=None)
    read = f"{len(states) - len(unread):,}"
    counts = {"read": read, "sources": words.say("sources", n=len(states))}
    if fresh is None:
        said = words.say("watching", **counts)
    else:
        said = words.say("watching_new", at=words.moment(fresh), **counts)
    if not unread:
        return said
    named = [(outlets or {}).get(s.id, s.id) for s in unread[:_UNREAD]]
    more = ["…"] if len(unread) > _UNREAD else []
    return f"{said} {words.say('unread', names=', '.join([*named, *more]))}"


def together(alerts: Sequence[Alert], words: Words = ENGLISH) -> Alert:
    """One message that lists alerts which waited for the same recipient, each with its link.

    `alerts` are in the order they were made, at least one. Where one topic is spoken of, the
    message bears its name.
    """
    topics = {alert.topic_title for alert in alerts}
    first, last = alerts[0], alerts[-1]
    title = first.topic_title if len(topics) == 1 else ""
    told = words.say("developments", n=len(alerts))
    on = words.say("developments_on", topic=words.text(title), told=told)
    return Alert(
        id=_digest("together", *(alert.id for alert in alerts)),
        kind="together",
        created=last.created,
        headline=on if title else told,
        topic=first.topic if len(topics) == 1 else None,
        topic_title=title,
        citations=tuple(_told_short(alert, words) for alert in alerts),
        outlets=len({citation.outlet for alert in alerts for citation in alert.citations[:1]}),
        why=words.say("waited", first=words.moment(first.created), last=words.moment(last.created)),
    )


def silence_over(
    silence: Silence, kept: Sequence[Alert], now: datetime, words: Words = ENGLISH
) -> Alert:
    """The list of what a silence kept back on one topic, now that it has ended.

    `kept` holds at least one alert, all of one topic. The major ones come first, each part oldest
    first.
    """
    restored = silence.until == UNTIL_READ
    held = words.say(
        "silence_held",
        first=words.moment(silence.created),
        last=words.moment(min(silence.until, now)),
        reason=silence.reason,
    )
    return Alert(
        id=_digest("silence", str(silence.id), kept[0].topic or ""),
        kind="together",
        created=now,
        headline=words.say("restored" if restored else "silence_over", n=len(kept)),
        topic=kept[0].topic,
        topic_title=kept[0].topic_title,
        text=words.say("restored_from", reason=silence.reason) if restored else held,
        citations=tuple(
            _told_short(alert, words) for alert in sorted(kept, key=lambda alert: not alert.major)
        ),
        outlets=len({citation.outlet for alert in kept for citation in alert.citations[:1]}),
    )


def _told_short(alert: Alert, words: Words) -> Citation:
    """An alert as one line of a longer message."""
    title = lead(alert, words)
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


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]


def _listed(row: LedgerRow) -> Citation:
    title = _folded(row.title)
    said = (fact.rstrip(".。 ") for fact in row.new_facts)
    facts = "; ".join([fact for fact in said if _folded(fact) not in title][:2])
    title = f"{row.title} ({facts})" if facts else row.title
    return Citation(row.outlet or row.source or "unknown outlet", title, row.url, None, row.at)


def _text(article: Article) -> str:
    text = article.summary or article.body
    return "" if text == article.title else cut(text, _LEAD)


def _earlier(decision: Decision, article: Article) -> Earlier | None:
    previous, story = article.previous, decision.story
    if decision.kind in EDITS and previous is not None:
        return Earlier(
            previous.seen, title=previous.title if previous.title != article.title else ""
        )
    if story is None or decision.opens_story:
        return None
    return Earlier(story.opened, max(story.articles - 1, 1), story.title)


def _unsaid(facts: Sequence[Fact], *shown: str) -> tuple[str, ...]:
    """The facts as sentences, each once, without those that stand in what is shown anyway, also
    if they bear a dateline there is none of.
    """
    seen = _folded(" ".join(shown))
    sentences = dict.fromkeys(filter(None, map(fact_sentence, facts)))
    return tuple(each for each in sentences if not _is_in(seen, _folded(each).rstrip(".。 ")))


def _is_in(seen: str, fact: str) -> bool:
    dateline = _DATELINE.match(fact)
    return fact in seen or (dateline is not None and fact[dateline.end() :] in seen)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _unique(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    first: dict[object, Citation] = {}
    for citation in citations:
        first.setdefault(citation.url or (citation.outlet, citation.title), citation)
    return tuple(first.values())
