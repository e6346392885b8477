"""What one decision looks at (`Case`), and how it is written down (`decision`): with the story as
it stands afterwards, the facts, and the reasons for people.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from monitor.detect.about.judge import UNNAMED
from monitor.detect.compare.claims import Claims, Guard, parsed
from monitor.detect.news.gate import Novelty, novelty_of
from monitor.detect.news.moving import moves_told
from monitor.detect.news.revisions import with_alert, with_aside
from monitor.detect.sense.facts import facts_of
from monitor.detect.story.card import with_moves
from monitor.detect.story.imprints import Imprint, imprint_of, stands_in, with_imprint
from monitor.detect.story.match_story import Match
from monitor.detect.story.memory import remembered
from monitor.detect.story.stories import TopicState
from monitor.detect.story.vectors import Features
from monitor.detect.told.contested import fresh_disputes, sentence_of, values_in, with_values
from monitor.detect.told.newly import newly
from monitor.detect.told.origins import names_of, outlet_of, with_origin
from monitor.detect.told.reasons import (
    GUARDS,
    RULES,
    lacking,
    meaning,
    nearness,
    told_by,
    told_otherwise,
)
from monitor.detect.words.reading import Reading
from monitor.detect.words.text import hashed, one_line
from monitor.detect.words.topic import Topic
from monitor.models import (
    Article,
    Decision,
    Dispute,
    Fact,
    Judgement,
    Kind,
    Move,
    PastStory,
    Relevance,
    Story,
    Verdict,
)

_SAME_ORIGIN = 0.8  # of a text; less may stand in two reports of their own that quote at length
_SHOWN = 6  # new and known facts that a decision carries
_SOON = timedelta(days=2)  # in which a second origin confirms what one told
RUN_AGAIN = "run-again"
_NO_WITNESS = frozenset({"old", "retro", "analysis", "brief"})  # cues of reports of reports


@dataclass(frozen=True)
class Case:
    """Everything that one decision looks at, and what is worked out of it when it is asked for."""

    article: Article
    judgement: Judgement
    topic: Topic
    state: TopicState
    now: datetime
    reading: Reading
    features: Features
    match: Match | None  # the nearest story, joined or not

    @property
    def joined(self) -> Match | None:
        """The nearest story if the article belongs to it, None if it opens a new one."""
        return self.match if self.match is not None and self.match.joins else None

    @property
    def story(self) -> Story | None:
        """The story that the article belongs to, None if it opens a new one."""
        return self.joined.story if self.joined is not None else None

    @property
    def claims(self) -> Claims:
        """What the head of the article claims."""
        return parsed(self.features.claims)

    @property
    def reports(self) -> list[Claims]:
        """What the reports of its story claim, each by itself; none for a new story."""
        reports = self.story.memory["members"] if self.story is not None else ()
        return [parsed(report["claims"]) for report in reports]

    @cached_property
    def imprint(self) -> Imprint | None:
        """By what the article is known when it runs again; None if it is too short for that."""
        return imprint_of(self.reading, self.features)

    @property
    def guard(self) -> Guard | None:
        """What it changes in a report of the nearest story, None if nothing."""
        if self.match is None or self.topic.everything:
            return None
        idle = self.match.changed is Guard.ABLE and not self._acts_itself()
        return Guard.UNDENIED if idle else self.match.changed

    def _acts_itself(self) -> bool:
        """A responsible side does something, by the title."""
        acts = (act for act in self.claims.acts if act.title and act.real and act.positive)
        return any(act.actor in self.topic.responsible for act in acts)

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """What the title tells that moves the state card."""
        return self._moves(likely=False)

    @property
    def hinted(self) -> tuple[Move, ...]:
        """What would move the card if the deed of the title were more than likely."""
        return self._moves(likely=True)

    @property
    def confirms(self) -> bool:
        """What reports of the story told only as likely is told as done, and moves the card."""
        return any(report.hedged for report in self.reports) and bool(self.moves)

    def _moves(self, *, likely: bool) -> tuple[Move, ...]:
        made = self.story.memory.get("moves", ()) if self.story is not None else ()
        moved = {attribute: was for attribute, _, was, *_ in made}
        card = self.state.card
        return moves_told(self.reading, self.topic, card, self.reports, moved, likely=likely)

    @cached_property
    def novelty(self) -> Novelty:
        """What the article says that nobody said before."""
        about, outlet = self.judgement.score, self.article.outlet or self.article.source or ""
        return novelty_of(self.reading, self.topic, self.state, self.match, about, outlet, self.now)


def unnamed(article: Article) -> Decision:
    """The decision on an article that concerns no topic at all, for none in particular."""
    return left_aside(article, UNNAMED, "")


def left_aside(article: Article, judgement: Judgement, topic: str) -> Decision:
    """The decision on an article that is not about the topic."""
    passing = judgement.relevance is Relevance.PASSING
    rule = "passing-mention" if passing else "off-topic"
    return Decision(
        article=article.id,
        topic=topic,
        verdict=Verdict.SILENT,
        kind=Kind.BACKGROUND if passing else Kind.OFF_TOPIC,
        stage="judge",
        rule=rule,
        why=judgement.why,
        relevance=judgement.relevance,
        spans=judgement.spans,
        score=judgement.score,
        needs=RULES[rule][1],
    )


def run_again(case: Case, past: PastStory) -> Decision:
    """The decision on an article that ran before, as a report of this story.

    It is put in no story: nothing that it says was told today, so it shall not make news of today
    known.
    """
    day = f"{past.opened.day} {past.opened:%B %Y}"
    return Decision(
        article=case.article.id,
        topic=case.topic.name,
        verdict=Verdict.SILENT,
        kind=Kind.OLD_NEWS,
        stage="novelty",
        rule=RUN_AGAIN,
        why=f"{meaning(RUN_AGAIN)} It stood in “{past.title}”, first told on {day}.",
        relevance=case.judgement.relevance,
        spans=case.judgement.spans,
        nearest=past.id,
        score=1.0,
        needs=RULES[RUN_AGAIN][1],
    )


def decision(case: Case, verdict: Verdict, kind: Kind, rule: str, edited: str = "") -> Decision:
    """A verdict by a rule, with all that goes with it; `edited` says what an edit changed."""
    told = verdict is Verdict.ALERT
    moves = case.moves if told else ()
    story = story_after(case, told, moves)
    new, known = _facts(case)
    contested = fresh_disputes(case.story, story, case.topic)
    return Decision(
        article=case.article.id,
        topic=case.topic.name,
        verdict=verdict,
        kind=kind,
        stage="revision" if case.article.previous is not None else "novelty",
        rule=rule,
        why=_why(case, rule, verdict, edited) + _contested(contested),
        relevance=case.judgement.relevance,
        spans=case.judgement.spans,
        story=story,
        opens_story=case.joined is None,
        nearest=case.match.story.id if case.match else None,
        score=case.match.score if case.match else 0.0,
        new_facts=new,
        known_facts=known,
        needs=lacking(rule, case.novelty, told),
        moves=moves,
        major=bool(moves) or rule == "likely-deed",
        contested=contested,
        confirmed_by=_confirmed_by(case, story, verdict),
        headline=one_line(case.article.title) if told else "",
    )


def _facts(case: Case) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """The first facts of the sentences that name what is watched: new ones, and those that were
    known, with who told them. What is neither (a bystander's wish) is left out.
    """
    found: list[tuple[str, Fact]] = []
    for sentence in case.reading.sentences:
        if sentence.subjects and not sentence.old:
            found += facts_of(sentence, case.reading, case.topic)
    new = [fact for key, fact in found if key in case.novelty.new]
    news = {fact.text for fact in new}  # nobody told a sentence with anything new in it
    known = [
        (key, fact) for key, fact in found if key not in case.novelty.new and fact.text not in news
    ]
    named = [
        replace(fact, told_by=teller)
        for key, fact in known
        if (teller := told_by(case.state, case.story, key))
    ]
    return tuple(new[:_SHOWN]), tuple(named[:_SHOWN])


def story_after(case: Case, told: bool, moves: tuple[Move, ...]) -> Story:
    """The story with the article in it, a new one if it belongs to none."""
    article, old = case.article, case.story
    outlet = outlet_of(article)
    memory = remembered(case.features, case.novelty.keys, told, outlet, case.now, old)
    memory["origins"], origin = _origins(case, old)
    memory["moves"] = with_moves(old, moves, article.id)
    memory["alerted"] = with_alert(old, article.id, told)
    memory["aside"] = with_aside(old, case.reading, case.topic)
    memory["values"] = with_values(article, values_in(case.reading, case.topic), origin, old)
    origins = names_of(memory["origins"])
    if old is None:
        name = f"{case.topic.name}-{hashed(article.id + '|' + case.topic.name):08x}"
        title, now = one_line(article.title), case.now
        known = (outlet,), origins, memory, _imprints(case)
        return Story(name, case.topic.name, title, now, now, 1, *known)
    return replace(
        old,
        opened=min(case.now, old.opened),
        updated=max(case.now, old.updated),
        articles=old.articles + (article.previous is None),
        outlets=old.outlets if outlet in old.outlets else (*old.outlets, outlet),
        origins=origins,
        memory=memory,
        imprints=_imprints(case),
    )


def _imprints(case: Case) -> str:
    """Those of its story with the article's, unless all of it stands in a report of the story.

    Where nothing is watched none are kept: there no story is ever let go.
    """
    if case.topic.everything:
        return ""
    if case.joined is None:
        return with_imprint("", case.imprint)
    story, mine = case.joined.story, case.features.sketch
    copied = case.joined.copied >= _SAME_ORIGIN and any(
        stands_in(mine, member["sketch"]) for member in story.memory["members"]
    )
    return story.imprints if copied else with_imprint(story.imprints, case.imprint)


def _origins(case: Case, old: Story | None) -> tuple[list[dict[str, Any]], str]:
    copied = old is not None and case.match is not None and case.match.copied >= _SAME_ORIGIN
    return with_origin(case.article, case.reading, case.topic, old, copied)


def _contested(disputes: tuple[Dispute, ...]) -> str:
    return f" Contested: {'; '.join(map(sentence_of, disputes))}." if disputes else ""


def _confirmed_by(case: Case, after: Story, verdict: Verdict) -> str | None:
    """The second origin, if it repeats soon what one alone had told. That is no push of its own."""
    before = case.story
    if before is None or verdict is Verdict.ALERT or case.article.previous is not None:
        return None
    soon = case.now - before.opened <= _SOON
    first_hand = not case.reading.cues & _NO_WITNESS
    if not (soon and first_hand and before.memory["told"]):
        return None
    return after.origins[1] if (len(before.origins), len(after.origins)) == (1, 2) else None


def _why(case: Case, rule: str, verdict: Verdict, edited: str) -> str:
    """Sentences for people: what the rule says, what changed or is new, and the nearest story."""
    words = ", ".join(newly(case.novelty.new, case.reading, case.topic))
    label = "Of little weight" if verdict is Verdict.SILENT else "New"
    new = f" {label}: {words}." if words and not edited else ""
    change = f" {edited[:1].upper()}{edited[1:].rstrip('.')}." if edited else ""
    if rule in GUARDS and case.match is not None:
        change = told_otherwise(case.match.differs, case.topic)
    return f"{meaning(rule)}{change}{new}{nearness(case.match)}"
