"""One decision for one revision of one article on one topic.

`decide` asks, from top to bottom:

1. Is the article about the topic, by its own words and by what is under way (`_case`)?
2. Which story is nearest, and does the article belong to it (`_placed`)?
3. Is there news in it? An article on first sight is decided by the first rule that speaks, and else
   by the weight of what is new in it (`_fresh`, `_by_gate`); an edit by its grade (`_revision`); a
   page that was read later as if the article had come with it (`_filled`).

`outcome.decision` writes each verdict down, with the story as it stands afterwards and the reasons.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from monitor.detect.about.running import judged_again
from monitor.detect.compare.claims import Guard
from monitor.detect.filled import filled, is_filled, without_first_sight
from monitor.detect.news.onward import carried_on, told_in_full
from monitor.detect.news.rerun import ran_before
from monitor.detect.news.revisions import Grade, grade
from monitor.detect.outcome import RUN_AGAIN, Case, decision, left_aside, run_again
from monitor.detect.sense.facts import facts_of
from monitor.detect.sense.keys import FIGURE
from monitor.detect.story.card import moves_back
from monitor.detect.story.match_story import CLOSE, Match, best_match, compare, guarded
from monitor.detect.story.stories import TopicState, is_of_the_day
from monitor.detect.story.turns import looks_back
from monitor.detect.story.vectors import Features, features_of
from monitor.detect.told.contested import guard_of
from monitor.detect.words.reading import read
from monitor.detect.words.topic import Topic
from monitor.models import Article, Decision, Judgement, Kind, Relevance, Verdict

_COPIED = 0.7  # of 82 reports from there to 0.8, 82 were copies; below it stock paragraphs reach
_STRONG = 0.6  # chance of a push from which the same acts are heard again, for what else is new
_TURNED = 0.3  # chance of a push that is enough for one of `_TURNS`
# Guards by what follows from them: heard over a copied text too; for the digest only; that a plan
# was carried out, undone or moved, which mostly is news.
_COPY_GUARDS = frozenset(
    {Guard.FIGURE, Guard.NEGATION, Guard.DATE, Guard.ACTOR, Guard.NAME, Guard.WHERE, Guard.ABLE}
)
_MINOR_GUARDS = frozenset(
    {Guard.UNDONE, Guard.PARTY, Guard.PLACE, Guard.THING, Guard.NOT, Guard.UNDENIED}
)
_TURNS = frozenset({Guard.DONE, Guard.NEGATION, Guard.DATE, Guard.ABLE})


def decide(
    article: Article, judgement: Judgement, topic: Topic, state: TopicState, now: datetime
) -> Decision:
    """What to do about an article, and the story as it stands afterwards.

    It depends on its arguments alone, so the live service, the backtest and `monitor why` say the
    same. Nothing is remembered until `state.apply` takes the decision over; only stories past the
    horizon are let go. `Decision.story.memory` is plain JSON.
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
    """All that a decision looks at; or the decision that the article is not about the topic."""
    near = None
    if not (topic.everything or _taken_back(article, topic, state)):
        judgement, near = judged_again(article, judgement, topic, state, now)
        if judgement.relevance is not Relevance.RELEVANT:
            return left_aside(article, judgement, topic.name)
    reading = read(article, topic)
    features = features_of(reading, topic)
    match = _placed(article, features, topic, state, near, now)
    return Case(article, judgement, topic, state, now, reading, features, match)


def _taken_back(article: Article, topic: Topic, state: TopicState) -> bool:
    """An edit withdraws a report of a known story. What stands there now may not name the topic."""
    known = article.previous is not None and state.get(article.story) is not None
    return known and "retraction" in read(article, topic).cues


def _placed(
    article: Article,
    features: Features,
    topic: Topic,
    state: TopicState,
    near: list[Match] | None,
    now: datetime,
) -> Match | None:
    """The nearest story, and whether the article belongs to it; None if there is none.

    `near` are the stories that were found near already, None if nobody looked. An article that is
    in a story stays there.
    """
    own = state.get(article.story)
    if own is not None:
        there = guarded(compare(features, own, state, now, topic), features, state, topic)
        return replace(there, joins=True)
    match = best_match(features, state, now, topic, near)
    if match is None or match.joins or topic.everything:
        return match
    # It may still tell the story of the day otherwise that it all but joined.
    told_today = match.score >= CLOSE and is_of_the_day(match.story, now)
    return guarded(match, features, state, topic) if told_today else match


def _fresh(case: Case) -> Decision:
    """An article on first sight. Whatever there is to tell, it is not told if it ran before."""
    made = _ruled(case)
    if made.verdict is Verdict.SILENT or case.topic.everything:
        return made
    past = ran_before(case.imprint, case.state, case.now, case.story)
    return made if past is None else run_again(case, past)


def _ruled(case: Case) -> Decision:
    """An article on first sight, in a known story or a new one: the first rule that speaks."""
    kind, joined = Kind.NEW_STORY if case.joined is None else Kind.NEW_FACT, case.joined
    copied = case.match is not None and case.match.copied >= _COPIED
    guard = case.guard
    if joined is not None and guard and _changes_a_report(guard, joined, copied):
        return decision(case, Verdict.ALERT, kind, guard.rule)
    if joined is not None and copied and not case.confirms:
        return decision(case, Verdict.SILENT, Kind.COPY, "copied-text")
    if case.topic.everything:
        return _without_a_topic(case)
    if "retro" in case.reading.cues:
        return decision(case, Verdict.SILENT, Kind.OLD_NEWS, "retrospective")
    if looks_back(case.reading, case.topic, case.state.card):
        # The day itself is news of the story: held as announced, or told otherwise.
        if joined is not None and guard and "anniversary" in case.claims.title_things:
            return _told_otherwise(case, guard, kind)
        return decision(case, Verdict.SILENT, Kind.OLD_NEWS, "years-later")
    if case.moves:
        return decision(case, Verdict.ALERT, kind, "card-moved")
    if case.hinted:
        return decision(case, Verdict.ALERT, kind, "likely-deed")
    if onward := carried_on(case.claims, case.reports, case.topic):
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


def _changes_a_report(guard: Guard, joined: Match, copied: bool) -> bool:
    """It is a report of its story over again, but for one thing that matters."""
    if guard in _MINOR_GUARDS:
        return False
    if copied and (guard not in _COPY_GUARDS or _is_uncorrected(joined)):
        return False
    return joined.twin or guard is Guard.WHO


def _is_uncorrected(joined: Match) -> bool:
    """It copies a text as it stood before its source corrected a figure, which was told then."""
    differs = joined.differs
    if differs is None or differs.guard is not Guard.FIGURE:
        return False
    return f"{FIGURE}:{differs.now}" in joined.story.memory["facts"]


def _without_a_topic(case: Case) -> Decision:
    """Where everything is relevant, what opens a story is news, and so is an article whose story is
    in doubt.
    """
    if case.joined is None:
        return decision(case, Verdict.ALERT, Kind.NEW_STORY, "no-story-like-it")
    if case.joined.doubtful:
        return decision(case, Verdict.ALERT, Kind.NEW_FACT, "somebody-new")
    return decision(case, Verdict.SILENT, Kind.REPEAT, "same-story")


def _retold(case: Case) -> bool:
    """All that its head claims was claimed in its story on the same day."""
    joined = case.joined
    return joined is not None and joined.restates and is_of_the_day(joined.story, case.now)


def by_gate(case: Case, kind: Kind) -> Decision:
    """Where no rule speaks, the weight of what is new decides.

    `bench/fit.py` learns the weights from the articles that come here.
    """
    novelty = case.novelty
    if novelty.pushes:
        return decision(case, Verdict.ALERT, kind, "new-statement")
    guard = case.guard
    if case.joined is not None and guard in _TURNS and novelty.push >= _TURNED:
        return decision(case, Verdict.ALERT, kind, guard.rule)
    if guard:
        return _told_otherwise(case, guard, kind)
    if novelty.digests:
        return decision(case, Verdict.DIGEST, kind, "minor-statement")
    if novelty.old:
        return decision(case, Verdict.SILENT, Kind.OLD_NEWS, "retrospective")
    return decision(case, Verdict.SILENT, Kind.REPEAT, "nothing-new")


def _told_otherwise(case: Case, guard: Guard, kind: Kind) -> Decision:
    """What a guard found is for the digest. Where two sources stand by different values of it, both
    are pushed together.
    """
    minor = decision(case, Verdict.DIGEST, kind, guard.rule)
    contested = any(guard_of(dispute) is guard for dispute in minor.contested)
    return decision(case, Verdict.ALERT, kind, guard.rule) if contested else minor


def _filled(
    article: Article, judgement: Judgement, topic: Topic, state: TopicState, now: datetime
) -> Decision:
    """The article's own page was read, some time after its feed brought title and summary.

    It is decided on as if it had come with its page, and not before; but it stays in its story.
    """
    story = state.get(article.story)
    with state.as_if(story, without_first_sight(story, article, topic)):
        case = _case(replace(article, previous=None, story=None), judgement, topic, state, now)
        made = case if isinstance(case, Decision) else _fresh(case)
    if story is None or isinstance(case, Decision) or made.rule == RUN_AGAIN:
        return made
    match = _placed(article, case.features, topic, state, None, now)
    return filled(replace(case, article=article, match=match), story, made)


_EDITS = {
    Grade.COSMETIC: (Verdict.SILENT, Kind.COSMETIC_EDIT, "wording-only"),
    Grade.MINOR: (Verdict.DIGEST, Kind.FACTUAL_EDIT, "minor-addition"),
    Grade.FACTUAL: (Verdict.ALERT, Kind.FACTUAL_EDIT, "new-fact-in-edit"),
    Grade.CORRECTION: (Verdict.ALERT, Kind.CORRECTION, "token-exchanged"),
    Grade.RETRACTION: (Verdict.ALERT, Kind.RETRACTION, "taken-back"),
}
_MAY_UNDO = frozenset({Grade.CORRECTION, Grade.RETRACTION})


def _revision(case: Case) -> Decision:
    """A further revision of an article is decided by the grade of the edit.

    A text that comes back is told once more, in the digest, and then never again.
    """
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
    """The decision with the card moved back, where it rested on what the article no longer says."""
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
