"""The state card: what is known of the topic, moved by facts that are done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from monitor.config.topic import Attribute, CardMove
from monitor.detect.words.topic import Topic
from monitor.models import Fact, Modality, Move, Story

UNKNOWN = "unknown"  # what an attribute without a start goes back to
_KEPT = 8  # moves that a story remembers


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


def holds(fact: Fact, topic: Topic, card: Mapping[str, str]) -> bool:
    """The card says already what the fact would move it to."""
    return fact.act in topic.turning and any(
        move.to == card.get(attribute.id, attribute.start)
        and _fits(move, fact, move.was[0] if move.was else None)
        for attribute in topic.card
        for move in attribute.moves
    )


def leads_on(move: Move, facts: Iterable[Fact], topic: Topic) -> bool:
    """The state that the move leads on from is told beside it, so the move is another word for it:
    "no answer, cut off again". A way back is none: "dumb all morning, picks up at night".
    """
    before = [
        other
        for attribute in topic.card
        if attribute.id == move.attribute
        for other in attribute.moves
        if other.to == move.was and other.was and move.now not in other.was
    ]
    return any(_fits(other, fact, other.was[0]) for other in before for fact in facts)


def settled(fact: Fact, topic: Topic, card: Mapping[str, str]) -> bool:
    """The fact is of a kind that moves the card, but the card stands where it cannot any more."""
    turns = [
        move
        for attribute in topic.card
        for move in attribute.moves
        if _fits(move, fact, move.was[0] if move.was else None)
    ]
    return bool(turns) and fact.positive and not moves_of([fact], topic, card)


def is_final(fact: Fact, topic: Topic) -> bool:
    """The fact moves the card from wherever it is, and nothing moves it on: a thing is destroyed
    once, but opened again and again.
    """
    return fact.act in topic.turning and any(
        not move.was and _fits(move, fact, None) and not _goes_on_from(move.to, attribute)
        for attribute in topic.card
        for move in attribute.moves
    )


def _goes_on_from(value: str, attribute: Attribute) -> bool:
    return any(move.to != value and (not move.was or value in move.was) for move in attribute.moves)


def with_moves(story: Story | None, moves: Iterable[Move], article: str) -> list[list[Any]]:
    """The moves that a story remembers with the article that made each, as plain JSON."""
    known = list(story.memory.get("moves", ())) if story is not None else []
    known += [[m.attribute, m.label, m.was, m.now, article] for m in moves if not m.back]
    return known[-_KEPT:]


def moves_back(
    story: Story | None, article: str, card: Mapping[str, str], facts: Iterable[Fact], topic: Topic
) -> tuple[Move, ...]:
    """The moves that rested on an article alone which no longer says so.

    Not those that something moved on since, nor any while another origin tells the story too.
    `facts` is what its title says now.
    """
    if story is None or len(story.origins) > 1:
        return ()
    made: dict[str, list[Any]] = {m[0]: m for m in story.memory.get("moves", ()) if m[4] == article}
    told = list(facts)
    found = []
    for attribute, label, was, now, _ in made.values():
        before = {k: v for k, v in card.items() if k != attribute} | (
            {attribute: was} if was else {}
        )
        holds = any(
            m.attribute == attribute and m.now == now for m in moves_of(told, topic, before)
        )
        if card.get(attribute) == now and not holds:
            found.append(Move(attribute, label, now, was or UNKNOWN, back=True))
    return tuple(found)
