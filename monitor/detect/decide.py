"""One decision for one revision of one article on one topic. Pure: it changes nothing.

From top to bottom: is it about the topic, with what is under way? Which story does it belong to?
A first sight is told by the first rule that speaks and else by the weight of what is new in it; an
edit by its grade. A page that is read later is looked at as if the article had come whole.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.detect.about.running import judged_again
from monitor.detect.filled import filled, is_filled, without_first_sight
from monitor.detect.news.onward import carried_on, told_in_full
from monitor.detect.news.revisions import Grade, grade
from monitor.detect.outcome import Case, decision, left_aside
from monitor.detect.sense.facts import facts_of
from monitor.detect.sense.keys import FIGURE
from monitor.detect.story.card import moves_back
from monitor.detect.story.match_story import Match, best_match, compare, guarded
from monitor.detect.story.stories import TopicState, apart
from monitor.detect.story.turns import looks_back
from monitor.detect.story.vectors import Features, features_of
from monitor.detect.told.contested import guard_of
from monitor.detect.words.reading import read
from monitor.detect.words.topic import Topic
from monitor.models import Article, Decision, Judgement, Kind, Relevance, Verdict

_COPIED = 0.7  # of 82 reports from there to 0.8, 82 were copies; below it stock paragraphs reach
_CLOSE = 0.3  # chance from which a story not joined is one that the article may change
# Heard over a copied text too; and those that are for the digest in any words.
_COPY_GUARDS = frozenset({"figure", "negation", "date", "actor", "name", "where", "able"})
_MINOR_GUARDS = frozenset({"undone", "party", "place", "thing", "not", "undenied"})
_TURNS = frozenset(
    {"done", "negation", "date", "able"}
)  # a plan carried out, undone, or on another day:
_TURNED = 0.3  # that is news by itself, so that weaker evidence is enough
_STRONG = 0.6  # evidence from which the same acts are heard once more: with new things and people
_DAY = timedelta(hours=18)


def decide(
    article: Article, judgement: Judgement, topic: Topic, state: TopicState, now: datetime
) -> Decision:
    """What to do about an article, and the story as it stands afterwards.

    Depends on its arguments only and changes none of them, so the live service, the backtest and
    `monitor why` say the same. `Decision.story.memory` is plain JSON.
    """
    if not topic.everything:
        state.expire(now)
    if is_filled(article) and not _taken_back(article, topic, state):
        return _filled(article, judgement, topic, state, now)
    case = _case(article, judgement, topic, state, now)
    if isinstance(case, Decision):
        return case
    return _fresh(case) if article.previous is None else _revision(case)


def _case(
    article: Article, judgement: Judgement, topic: Topic, state: TopicState, now: datetime
) -> Case | Decision:
    """What is looked at; or the decision that the article is not about the topic."""
    near = None
    # A file without a topic is judged as a whole.
    if not (topic.everything or _taken_back(article, topic, state)):
        judgement, near = judged_again(article, judgement, topic, state, now)
        if judgement.relevance is not Relevance.RELEVANT:
            return left_aside(article, judgement, topic.name)
    reading = read(article, topic)
    features = features_of(reading, topic)
    match, joins = _placed(article, features, topic, state, near, now)
    return Case(article, judgement, topic, state, now, reading, features, match, joins)


def _taken_back(article: Article, topic: Topic, state: TopicState) -> bool:
    """A report that was told is withdrawn: what stands there now need not name the topic."""
    known = article.previous is not None and state.get(article.story) is not None
    return known and "retraction" in read(article, topic).cues


def _placed(
    article: Article,
    features: Features,
    topic: Topic,
    state: TopicState,
    near: list[Match] | None,
    now: datetime,
) -> tuple[Match | None, bool]:
    """The nearest story, of `near` if that is known, and whether the article belongs to it: what
    was once in a story stays there.
    """
    own = state.get(article.story)
    if own is not None:
        return guarded(compare(features, own, state, now, topic), features, state, topic), True
    match, joins = best_match(features, state, now, topic, near)
    if match is not None and not joins and _is_close(match, topic, now):
        match = guarded(match, features, state, topic)
    return match, joins


def _is_close(match: Match, topic: Topic, now: datetime) -> bool:
    """A story of the day that an article all but belongs to: it may tell it otherwise."""
    if topic.everything:
        return False
    return match.score >= _CLOSE and apart(match.story, now) <= _DAY


def _fresh(case: Case) -> Decision:
    """An article on first sight: what is new in it decides, in a known story or a new one."""
    kind = Kind.NEW_FACT if case.joins else Kind.NEW_STORY
    copied = case.match is not None and case.match.copied >= _COPIED
    if _changes_a_report(case, copied):
        return decision(case, Verdict.ALERT, Kind.NEW_FACT, f"guard-{case.guard}")
    if case.joins and copied:
        return decision(case, Verdict.SILENT, Kind.COPY, "copied-text")
    if case.topic.everything:
        return _untold(case)
    if "retro" in case.reading.cues:
        return decision(case, Verdict.SILENT, Kind.OLD_NEWS, "retrospective")
    if looks_back(case.reading, case.topic, case.state.card):
        if case.guard and case.joins and "anniversary" in case.claims.title_things:  # held, or not
            return _told_otherwise(case, kind)
        return decision(case, Verdict.SILENT, Kind.OLD_NEWS, "years-later")
    if case.moves:
        return decision(case, Verdict.ALERT, kind, "card-moved")
    if onward := carried_on(case.claims, case.reports, case.topic.kin):
        return decision(case, Verdict.ALERT, kind, onward)
    if _is_first_in_full(case):
        return decision(case, Verdict.ALERT, kind, "told-in-full")
    if case.novelty.push < _STRONG and _retold(case):
        return decision(case, Verdict.SILENT, Kind.REPEAT, "same-claims")
    return by_gate(case, kind)


def _is_first_in_full(case: Case) -> bool:
    """What was alerted by a flash is told at length for the first time."""
    if case.story is None:
        return False
    return told_in_full(case.story, case.features.sentences, case.novelty.new)


def _changes_a_report(case: Case, copied: bool) -> bool:
    """It is a report of its story over again but for one thing that matters."""
    if case.match is None or not case.joins or not case.guard or case.guard in _MINOR_GUARDS:
        return False
    twin = case.match.twin or case.guard == "who"
    return twin and (not copied or (case.guard in _COPY_GUARDS and not _is_uncorrected(case.match)))


def _is_uncorrected(match: Match) -> bool:
    """A copy with the figure that its source corrected since: the story was told that one too."""
    differs = match.differs
    if differs is None or differs.guard != "figure":
        return False
    return f"{FIGURE}:{differs.now}" in match.story.memory["facts"]


def _untold(case: Case) -> Decision:
    """Without a topic: what opens a story is news, and what may have had to open one."""
    if not case.joins or case.match is None:
        return decision(case, Verdict.ALERT, Kind.NEW_STORY, "no-story-like-it")
    if case.match.doubtful:
        return decision(case, Verdict.ALERT, Kind.NEW_FACT, "somebody-new")
    return decision(case, Verdict.SILENT, Kind.REPEAT, "same-story")


def _retold(case: Case) -> bool:
    """Within the day, all that the head claims was claimed in its story."""
    match = case.match
    if match is None or not case.joins or not match.restates:
        return False
    return apart(match.story, case.now) <= _DAY


def by_gate(case: Case, kind: Kind) -> Decision:
    """Where no rule speaks, by the weight of what is new (`bench/fit.py` learns it from these)."""
    novelty = case.novelty
    if novelty.pushes:
        return decision(case, Verdict.ALERT, kind, "new-statement")
    if case.guard in _TURNS and case.joins and novelty.push >= _TURNED:
        return decision(case, Verdict.ALERT, kind, f"guard-{case.guard}")
    if case.guard:
        return _told_otherwise(case, kind)
    if novelty.digests:
        return decision(case, Verdict.DIGEST, kind, "minor-statement")
    if novelty.old:
        return decision(case, Verdict.SILENT, Kind.OLD_NEWS, "retrospective")
    return decision(case, Verdict.SILENT, Kind.REPEAT, "nothing-new")


def _told_otherwise(case: Case, kind: Kind) -> Decision:
    """For the digest, unless sources stand by different values of what is told otherwise: both
    are pushed together.
    """
    minor = decision(case, Verdict.DIGEST, kind, f"guard-{case.guard}")
    contested = any(guard_of(dispute) == case.guard for dispute in minor.contested)
    return decision(case, Verdict.ALERT, kind, f"guard-{case.guard}") if contested else minor


def _filled(
    article: Article, judgement: Judgement, topic: Topic, state: TopicState, now: datetime
) -> Decision:
    """The article's own page was read at last: it is decided on as if it had come whole, and not
    before; in its story it stays.
    """
    story = state.get(article.story)
    with state.as_if(story, without_first_sight(story, article, topic)):
        case = _case(replace(article, previous=None, story=None), judgement, topic, state, now)
        made = case if isinstance(case, Decision) else _fresh(case)
    if story is None or isinstance(case, Decision):
        return made
    match, joins = _placed(article, case.features, topic, state, None, now)
    return filled(replace(case, article=article, match=match, joins=joins), story, made)


_EDITS = {
    Grade.COSMETIC: (Verdict.SILENT, Kind.COSMETIC_EDIT, "wording-only"),
    Grade.MINOR: (Verdict.DIGEST, Kind.FACTUAL_EDIT, "minor-addition"),
    Grade.FACTUAL: (Verdict.ALERT, Kind.FACTUAL_EDIT, "new-fact-in-edit"),
    Grade.CORRECTION: (Verdict.ALERT, Kind.CORRECTION, "token-exchanged"),
    Grade.RETRACTION: (Verdict.ALERT, Kind.RETRACTION, "taken-back"),
}
_MAY_UNDO = frozenset({Grade.CORRECTION, Grade.RETRACTION})


def _revision(case: Case) -> Decision:
    """A further revision of an article, by the grade of the edit."""
    previous = case.article.previous
    assert previous is not None
    edit = grade(previous, case.article, case.topic, case.state, case.now)
    verdict, kind, rule = _EDITS[edit.grade]
    if case.article.returns and edit.grade is not Grade.RETRACTION:
        minor = case.article.returns > 1 or edit.grade is Grade.COSMETIC
        verdict = Verdict.SILENT if minor else Verdict.DIGEST
        kind, rule = Kind.FLAPPING, "back-and-forth"
    if case.topic.everything and verdict is Verdict.DIGEST:
        verdict = Verdict.SILENT
    made = decision(case, verdict, kind, rule, edit.words)
    made = replace(made, diff=edit.parts, gone_facts=edit.went)
    if edit.grade is not Grade.COSMETIC:
        made = replace(made, new_facts=edit.came, known_facts=())
    return made if edit.grade not in _MAY_UNDO else _undone(case, made)


def _undone(case: Case, made: Decision) -> Decision:
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
