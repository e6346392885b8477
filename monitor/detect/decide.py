"""One decision for one revision of one article on one topic. Pure: it changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from monitor.detect.card import moves_back, with_moves
from monitor.detect.contested import claims_in, fresh_disputes, guard_of, sentence_of, weighed
from monitor.detect.facts import facts_of
from monitor.detect.gate import Novelty, novelty_of
from monitor.detect.judge import UNNAMED
from monitor.detect.match_story import Match, best_match, compare, guarded, near_stories
from monitor.detect.moving import moves_told
from monitor.detect.onward import carried_on
from monitor.detect.origins import names_of, with_origin
from monitor.detect.reading import Reading, read
from monitor.detect.reasons import RULES, lacking, meaning, nearness, told_by, told_otherwise
from monitor.detect.revisions import Grade, grade, with_alert, with_aside
from monitor.detect.running import UNDER_WAY, is_settled, may_be_about, weighed_anew
from monitor.detect.stories import TopicState, remembered
from monitor.detect.text import hashed, one_line
from monitor.detect.topic import Topic
from monitor.detect.turns import looks_back
from monitor.detect.vectors import Features, with_claims, words_of
from monitor.models import (
    Article,
    Decision,
    Dispute,
    Fact,
    Judgement,
    Kind,
    Move,
    Relevance,
    Story,
    Verdict,
)

_COPIED = 0.7  # of 82 reports from there to 0.8, 82 were copies; below it stock paragraphs reach
_SAME_ORIGIN = 0.8  # what both quote at length takes two reports of their own below it
_CLOSE = 0.3  # chance from which a story not joined is one that the article may change
_COPY_GUARDS = frozenset(
    {"figure", "negation", "date", "actor", "name", "where"}
)  # heard over a copied text too
_MINOR_GUARDS = frozenset(
    {"undone", "party", "place", "thing", "extent", "cause", "not", "undenied", "ordered"}
)  # for the digest in any words
_TURNS = frozenset({"done", "negation", "date"})  # a plan carried out, undone, or on another day:
_TURNED = 0.3  # that is news by itself, so that weaker evidence is enough
_STRONG = 0.6  # evidence from which the same acts are heard once more: with new things and people
_SHOWN = 6  # facts that a decision carries
_DAY = timedelta(hours=18)
_SOON = timedelta(days=2)  # later reports confirm nothing
_NO_WITNESS = frozenset({"old", "retro", "analysis", "brief"})  # they report what others did


@dataclass(frozen=True)
class _Case:
    """Everything that one decision looks at."""

    article: Article
    judgement: Judgement
    topic: Topic
    state: TopicState
    now: datetime
    reading: Reading
    features: Features
    match: Match | None  # the nearest story, joined or not
    joins: bool

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """What the title tells that moves the state card."""
        return moves_told(self.reading, self.topic, self.state.card, self.reports)

    @property
    def reports(self) -> list[list[str]]:
        """The claims of the reports of its story, none for a new story."""
        match = self.match if self.joins else None
        reports = match.story.memory["members"] if match is not None else ()
        return [report["claims"] for report in reports]


def decide(
    article: Article, judgement: Judgement, topic: Topic, state: TopicState, now: datetime
) -> Decision:
    """What to do about an article, and the story as it stands afterwards.

    Depends on its arguments only and changes none of them, so the live service, the backtest and
    `monitor why` say the same. `Decision.story.memory` is plain JSON.
    """
    if not topic.everything:  # a file without a topic is judged as a whole
        state.expire(now)
    aside = judgement.relevance is not Relevance.RELEVANT
    settled = topic.everything or _taken_back(article, topic, state)
    if aside and not settled and not may_be_about(article, topic, state, now):
        return _left_aside(article, judgement, topic.name)
    reading = read(article, topic)
    words, near = words_of(reading, topic), None
    if not (settled or is_settled(judgement, reading, topic)):
        near = near_stories(words, state, now, topic, UNDER_WAY if aside else timedelta.max)
        judgement = weighed_anew(judgement, reading, words, topic, state, near, now)
        if judgement.relevance is not Relevance.RELEVANT:
            return _left_aside(article, judgement, topic.name)
    features = with_claims(words, reading, topic)
    own = state.get(article.story)
    match, joins = best_match(features, state, now, topic, None if aside else near)
    if match is not None and not joins and _is_close(match, topic, now):
        match = guarded(match, features, state, topic)
    if own is not None:
        match = guarded(compare(features, own, state, now, topic), features, state, topic)
        joins = True
    case = _Case(article, judgement, topic, state, now, reading, features, match, joins)
    if article.previous is not None:
        return _revision(case)
    return _fresh(case)


def _is_close(match: Match, topic: Topic, now: datetime) -> bool:
    """A story of the day that an article all but belongs to: it may tell it otherwise."""
    if topic.everything:
        return False
    return match.score >= _CLOSE and now - match.story.updated <= _DAY


def _taken_back(article: Article, topic: Topic, state: TopicState) -> bool:
    """A report that was told is withdrawn: what stands there now need not name the topic."""
    known = article.previous is not None and state.get(article.story) is not None
    return known and "retraction" in read(article, topic).cues


def unnamed(article: Article) -> Decision:
    """On an article that concerns no topic: what `decide` says of it, for none in particular."""
    return _left_aside(article, UNNAMED, "")


def _left_aside(article: Article, judgement: Judgement, topic: str) -> Decision:
    passing = judgement.relevance is Relevance.PASSING
    return Decision(
        article=article.id,
        topic=topic,
        verdict=Verdict.SILENT,
        kind=Kind.BACKGROUND if passing else Kind.OFF_TOPIC,
        stage="judge",
        rule="passing-mention" if passing else "off-topic",
        why=judgement.why,
        relevance=judgement.relevance,
        spans=judgement.spans,
        score=judgement.score,
        needs=RULES["passing-mention" if passing else "off-topic"][1],
    )


def _fresh(case: _Case) -> Decision:
    """An article on first sight: what is new in it decides, in a known story or a new one."""
    novelty = _novelty(case)
    kind = Kind.NEW_FACT if case.joins else Kind.NEW_STORY
    guard = case.match.changed if case.match and not case.topic.everything else ""
    copied = case.match is not None and case.match.copied >= _COPIED
    twin = case.match is not None and case.joins and (case.match.twin or guard == "who")
    twin = twin and guard not in _MINOR_GUARDS
    if guard and twin and (not copied or guard in _COPY_GUARDS):
        return _decision(case, Verdict.ALERT, Kind.NEW_FACT, f"guard-{guard}", novelty)
    if case.joins and copied:
        return _decision(case, Verdict.SILENT, Kind.COPY, "copied-text", novelty)
    if case.topic.everything:
        return _untold(case, novelty)
    if "retro" in case.reading.cues:
        return _decision(case, Verdict.SILENT, Kind.OLD_NEWS, "retrospective", novelty)
    if looks_back(case.reading, case.topic, case.state.card):
        if guard and case.joins and "T|anniversary" in case.features.claims:  # held, or not
            return _told_otherwise(case, kind, f"guard-{guard}", novelty)
        return _decision(case, Verdict.SILENT, Kind.OLD_NEWS, "years-later", novelty)
    if case.moves:
        return _decision(case, Verdict.ALERT, kind, "card-moved", novelty)
    if onward := carried_on(case.features.claims, case.reports, case.topic.kin):
        return _decision(case, Verdict.ALERT, kind, onward, novelty)
    if novelty.push < _STRONG and _retold(case):
        return _decision(case, Verdict.SILENT, Kind.REPEAT, "same-claims", novelty)
    return by_gate(case, kind, guard, novelty)


def by_gate(case: _Case, kind: Kind, guard: str, novelty: Novelty) -> Decision:
    """Where no rule speaks, by the weight of what is new (`bench/fit.py` learns it from these)."""
    if novelty.pushes:
        return _decision(case, Verdict.ALERT, kind, "new-statement", novelty)
    if guard in _TURNS and case.joins and novelty.push >= _TURNED:
        return _decision(case, Verdict.ALERT, kind, f"guard-{guard}", novelty)
    if guard:
        return _told_otherwise(case, kind, f"guard-{guard}", novelty)
    if novelty.digests:
        return _decision(case, Verdict.DIGEST, kind, "minor-statement", novelty)
    if novelty.old:
        return _decision(case, Verdict.SILENT, Kind.OLD_NEWS, "retrospective", novelty)
    return _decision(case, Verdict.SILENT, Kind.REPEAT, "nothing-new", novelty)


def _untold(case: _Case, novelty: Novelty) -> Decision:
    """Without a topic: what opens a story is news, and what may have had to open one."""
    if not case.joins or case.match is None:
        return _decision(case, Verdict.ALERT, Kind.NEW_STORY, "no-story-like-it", novelty)
    if case.match.doubtful:
        return _decision(case, Verdict.ALERT, Kind.NEW_FACT, "somebody-new", novelty)
    return _decision(case, Verdict.SILENT, Kind.REPEAT, "same-story", novelty)


def _told_otherwise(case: _Case, kind: Kind, rule: str, novelty: Novelty) -> Decision:
    """For the digest, unless sources stand by different values of what is told otherwise: both
    are pushed together.
    """
    minor = _decision(case, Verdict.DIGEST, kind, rule, novelty)
    contested = any(guard_of(dispute) == rule.removeprefix("guard-") for dispute in minor.contested)
    return _decision(case, Verdict.ALERT, kind, rule, novelty) if contested else minor


def _retold(case: _Case) -> bool:
    """Within the day, all that the head claims was claimed in its story."""
    match = case.match
    if match is None or not case.joins or not match.restates:
        return False
    return case.now - match.story.updated <= _DAY


_EDITS = {
    Grade.COSMETIC: (Verdict.SILENT, Kind.COSMETIC_EDIT, "wording-only"),
    Grade.MINOR: (Verdict.DIGEST, Kind.FACTUAL_EDIT, "minor-addition"),
    Grade.FACTUAL: (Verdict.ALERT, Kind.FACTUAL_EDIT, "new-fact-in-edit"),
    Grade.CORRECTION: (Verdict.ALERT, Kind.CORRECTION, "token-exchanged"),
    Grade.RETRACTION: (Verdict.ALERT, Kind.RETRACTION, "taken-back"),
}


def _filled(case: _Case) -> Decision:
    """The article's own page was read at last: more of the same article, and no edit.

    What the page adds to all that was told is news; that it repeats its own summary is not.
    """
    if case.state.get(case.article.story) is None:
        return _fresh(replace(case, article=replace(case.article, previous=None)))
    novelty = _novelty(case)
    looking_back = "retro" in case.reading.cues or looks_back(
        case.reading, case.topic, case.state.card
    )
    if case.topic.everything or looking_back:
        return _decision(case, Verdict.SILENT, Kind.REPEAT, "full-text", novelty)
    if novelty.pushes or case.moves:
        return _decision(case, Verdict.ALERT, Kind.NEW_FACT, "full-text", novelty)
    if novelty.digests:
        return _decision(case, Verdict.DIGEST, Kind.NEW_FACT, "full-text", novelty)
    return _decision(case, Verdict.SILENT, Kind.REPEAT, "full-text", novelty)


def _revision(case: _Case) -> Decision:
    previous = case.article.previous
    assert previous is not None
    if case.article.full and not previous.full:
        return _filled(case)
    edit = grade(previous, case.article, case.topic, case.state, case.now)
    verdict, kind, rule = _EDITS[edit.grade]
    if case.article.returns and edit.grade is not Grade.RETRACTION:
        minor = case.article.returns > 1 or edit.grade is Grade.COSMETIC
        verdict = Verdict.SILENT if minor else Verdict.DIGEST
        kind, rule = Kind.FLAPPING, "back-and-forth"
    if case.topic.everything and verdict is Verdict.DIGEST:
        verdict = Verdict.SILENT
    made = _decision(case, verdict, kind, rule, _novelty(case), edit.words)
    made = replace(made, diff=edit.parts, gone_facts=edit.went)
    if edit.grade is not Grade.COSMETIC:
        made = replace(made, new_facts=edit.came, known_facts=())
    return made if edit.grade not in _MAY_UNDO else _undone(case, made)


def _undone(case: _Case, made: Decision) -> Decision:
    """With the moves of the card that rested on what the article no longer says."""
    title = case.reading.title
    facts = [fact for _, fact in facts_of(title, case.reading, case.topic)] if title else []
    if made.kind is Kind.RETRACTION:
        facts = []
    own = case.state.get(case.article.story)
    back = moves_back(own, case.article.id, case.state.card, facts, case.topic)
    if not back:
        return made
    said = "; ".join(f"{move.label} is “{move.now}” again" for move in back)
    why = f"{made.why} It had moved the state card, which goes back: {said}."
    kept = tuple(move for move in made.moves if move.attribute not in {m.attribute for m in back})
    return replace(made, moves=(*back, *kept), major=True, why=why)


_MAY_UNDO = frozenset({Grade.CORRECTION, Grade.RETRACTION})


def _novelty(case: _Case) -> Novelty:
    about, outlet = case.judgement.score, case.article.outlet or case.article.source or ""
    return novelty_of(
        case.reading, case.topic, case.state, case.match, case.joins, about, outlet, case.now
    )


def _decision(
    case: _Case, verdict: Verdict, kind: Kind, rule: str, novelty: Novelty, edited: str = ""
) -> Decision:
    moves = case.moves if verdict is Verdict.ALERT else ()
    story = _story(case, novelty, verdict is Verdict.ALERT, moves)
    facts = _facts(case)
    opens, fresh = not case.joins, set(novelty.new)
    news = {fact.text for key, fact in facts if key in fresh}
    # A sentence that tells something new too was told by nobody before.
    known = [(key, fact) for key, fact in facts if key not in fresh and fact.text not in news]
    before = case.match.story if case.match and case.joins else None
    contested = fresh_disputes(before, story, case.topic)
    return Decision(
        article=case.article.id,
        topic=case.topic.name,
        verdict=verdict,
        kind=kind,
        stage="revision" if case.article.previous is not None else "novelty",
        rule=rule,
        why=_why(case, rule, verdict, novelty, edited) + _contested(contested),
        relevance=case.judgement.relevance,
        spans=case.judgement.spans,
        story=story,
        opens_story=opens,
        nearest=case.match.story.id if case.match else None,
        score=case.match.score if case.match else 0.0,
        new_facts=tuple(fact for key, fact in facts if key in fresh)[:_SHOWN],
        known_facts=tuple(
            replace(fact, told_by=told_by(case.state, before, key)) for key, fact in known[:_SHOWN]
        ),
        needs=lacking(rule, novelty, verdict is Verdict.ALERT),
        moves=moves,
        major=bool(moves),
        contested=contested,
        confirmed_by=_confirmed_by(case, before, story, verdict),
        headline=one_line(case.article.title) if verdict is Verdict.ALERT else "",
    )


def _facts(case: _Case) -> list[tuple[str, Fact]]:
    found: list[tuple[str, Fact]] = []
    for sentence in case.reading.sentences:
        if sentence.subjects and not sentence.old:
            found += facts_of(sentence, case.reading, case.topic)
    return found


def _story(case: _Case, novelty: Novelty, told: bool, moves: tuple[Move, ...]) -> Story:
    article, old = case.article, case.match.story if case.match and case.joins else None
    outlet = article.outlet or article.source or "unknown"
    memory = remembered(case.features, novelty.keys, told, outlet, case.now, old)
    memory["origins"], origin = _origins(case, old)
    memory["moves"] = with_moves(old, moves, article.id)
    memory["alerted"] = with_alert(old, article.id, told)
    memory["aside"] = with_aside(old, case.reading, case.topic)
    memory["values"] = weighed(article, claims_in(case.reading, case.topic), origin, old)
    origins = names_of(memory["origins"])
    if old is None:
        name = f"{case.topic.name}-{hashed(article.id + '|' + case.topic.name):08x}"
        title, now = one_line(article.title), case.now
        return Story(name, case.topic.name, title, now, now, 1, (outlet,), origins, memory)
    return replace(
        old,
        updated=max(case.now, old.updated),
        articles=old.articles + (article.previous is None),
        outlets=old.outlets if outlet in old.outlets else (*old.outlets, outlet),
        origins=origins,
        memory=memory,
    )


def _origins(case: _Case, old: Story | None) -> tuple[list[dict[str, Any]], str]:
    copied = old is not None and case.match is not None and case.match.copied >= _SAME_ORIGIN
    return with_origin(case.article, case.reading, case.topic, old, copied)


def _contested(disputes: tuple[Dispute, ...]) -> str:
    return f" Contested: {'; '.join(map(sentence_of, disputes))}." if disputes else ""


def _confirmed_by(case: _Case, before: Story | None, after: Story, verdict: Verdict) -> str | None:
    """The second origin, if it repeats soon what one alone had told. It is no push of its own."""
    if before is None or verdict is Verdict.ALERT or case.article.previous is not None:
        return None
    soon = case.now - before.opened <= _SOON
    first_hand = not case.reading.cues & _NO_WITNESS
    if not (soon and first_hand and before.memory["told"]):
        return None
    return after.origins[1] if (len(before.origins), len(after.origins)) == (1, 2) else None


def _why(case: _Case, rule: str, verdict: Verdict, novelty: Novelty, edited: str) -> str:
    """Sentences for people: what the rule says, what is new, and the nearest story."""
    words = ", ".join(dict.fromkeys(novelty.words))
    label = "Of little weight" if verdict is Verdict.SILENT else "New"
    new = f" {label}: {words}." if words and not edited else ""
    change = f" {edited[:1].upper()}{edited[1:].rstrip('.')}." if edited else ""
    if rule.startswith("guard-") and case.match is not None:
        change = told_otherwise(case.match.differs, case.topic)
    return f"{meaning(rule)}{change}{new}{nearness(case.match, case.joins)}"
