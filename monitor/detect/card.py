"""The state card: what is known of the topic, moved by facts that are done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from monitor.config.topic import CardMove
from monitor.detect.topic import Topic
from monitor.models import Fact, Modality, Move


def moves_of(facts: Iterable[Fact], topic: Topic, card: Mapping[str, str]) -> tuple[Move, ...]:
    """The attributes that done facts move to a value they do not have yet."""
    done = [f for f in facts if f.modality is Modality.DONE and f.positive and f.act]
    found = []
    for attribute in topic.card:
        was = card.get(attribute.id, attribute.start)
        for fact in done:
            to = next((move.to for move in attribute.moves if _fits(move, fact, was)), None)
            if to is not None and to != was:
                found.append(Move(attribute.id, attribute.label, was, to))
                break
    return tuple(found)


def _fits(move: CardMove, fact: Fact, was: str | None) -> bool:
    return (
        (not move.was or was in move.was)
        and move.act == fact.act
        and (move.actor is None or move.actor == fact.actor)
        and (move.object is None or move.object == fact.object)
    )
