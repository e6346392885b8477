"""What a story remembers of its reports, as plain JSON under names.

    reports   how many articles it has
    terms     the words and concepts of all of them, with their weights
    members   the first report and the latest ones, each as `_member` keeps it
    facts     for each key of a statement when it was told last, and by whom (`Told`)
    told      when it was last alerted; "" if never

Others are added where they are used: `origins` (told/origins.py), `moves` (card.py), `values`
(told/contested.py), `alerted` and `aside` (news/revisions.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from monitor.detect.story.vectors import Features, heaviest
from monitor.models import Story

_TERMS_KEPT = 140
_MEMBERS_KEPT = 8
_OUTLETS_KEPT = 4
_FACTS_KEPT = 1000  # of one story, those told last; the longest story of a labelled stream has 300


class Told(NamedTuple):
    """What is remembered of one fact."""

    last: str  # when it was told last, in ISO format
    outlets: list[str]  # that told it, the first one first
    alerted: int  # 1 if an alert told it, else 0

    @property
    def at(self) -> datetime:
        """When it was told last."""
        return datetime.fromisoformat(self.last)


def remembered(
    features: Features,
    keys: Iterable[str],
    told: bool,
    outlet: str,
    now: datetime,
    story: Story | None,
) -> dict[str, Any]:
    """The memory of a story after one more article, which states the facts of `keys` and, if it was
    `told`, was alerted.
    """
    memory: Mapping[str, Any] = story.memory if story is not None else {}
    terms = dict(memory.get("terms", {}))
    for term, weight in features.vector.items():
        terms[term] = round(terms.get(term, 0.0) + weight, 3)
    before: list[dict[str, Any]] = memory.get("members", [])
    members = _kept([*before, _member(features) | _whole(features)])
    return {
        "reports": memory.get("reports", 0) + 1,
        "terms": {term: terms[term] for term in heaviest(terms, _TERMS_KEPT)},
        "members": members,
        "facts": _facts(memory.get("facts", {}), keys, told, outlet, now),
        "told": now.isoformat() if told else memory.get("told", ""),
    }


def without(story: Story, features: Features, keys: Iterable[str], outlet: str) -> Story | None:
    """The story as it would be without one of its reports; None if nothing else tells it.

    Of the facts of `keys` those that only its outlet told go. The words of a report that is not
    among the members any more stay.
    """
    memory = dict(story.memory)
    members, facts, terms = list(memory["members"]), memory["facts"], memory["terms"]
    mine = _member(features)
    if mine in members:
        members.remove(mine)
    if story.articles <= 1 or not members:
        return None
    said, told_here = set(keys), {key for key, told in facts.items() if outlet in told[1]}
    alone = {key for key in said & told_here if facts[key][1] == [outlet]}
    memory["members"], memory["reports"] = members, memory["reports"] - 1
    memory["facts"] = {key: told for key, told in facts.items() if key not in alone}
    others = {term: round(w - features.vector.get(term, 0.0), 3) for term, w in terms.items()}
    memory["terms"] = {term: weight for term, weight in others.items() if weight > 0}
    told_before = told_here - said
    outlets = tuple(name for name in story.outlets if name != outlet or told_before)
    return replace(story, articles=story.articles - 1, outlets=outlets, memory=memory)


def _member(features: Features) -> dict[str, Any]:
    """What a report is compared by with later ones."""
    return {
        "title": sorted(features.title)[:40],
        "core": sorted(features.core),
        "sketch": list(features.sketch),
        "lang": features.lang,
        "acts": sorted(features.acts)[:12],
        "numbers": sorted(features.numbers)[:12],
        "days": sorted(features.days)[:6],
        "claims": sorted(features.claims)[:60],
        "turns": sorted(features.turns),
        "sentences": features.sentences,
    }


def _whole(features: Features) -> dict[str, Any]:
    """What the whole text of a report is compared by, where nothing is watched."""
    if features.words is None:
        return {}
    return {
        "words": dict(features.words),
        "concepts": dict(features.concepts),
        "said": dict.fromkeys(sorted(features.said), 1),
        "head": dict(features.head),
        "head_names": dict(features.head_names),
    }


def _kept(members: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first report and the latest ones."""
    if len(members) <= _MEMBERS_KEPT:
        return members
    return [members[0], *members[1 - _MEMBERS_KEPT :]]


def _facts(
    known: Mapping[str, Any], keys: Iterable[str], told: bool, outlet: str, now: datetime
) -> dict[str, Any]:
    """The known facts with those of one more report; the latest told are kept."""
    facts, said, moment = dict(known), frozenset(keys), now.isoformat()
    for key in said:
        last, outlets, was_told = facts.get(key, ["", [], 0])
        full = outlet in outlets or len(outlets) >= _OUTLETS_KEPT
        facts[key] = [
            max(last, moment),
            outlets if full else [*outlets, outlet],
            int(was_told or told),
        ]
    if len(facts) <= _FACTS_KEPT:
        return facts
    last = sorted(facts, key=lambda key: (str(facts[key][0]), key in said, key))[-_FACTS_KEPT:]
    return {key: facts[key] for key in last}
