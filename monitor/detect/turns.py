"""Turns, the deeds of a title that move the state card."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.detect.facts import facts_of
from monitor.detect.reading import Reading
from monitor.detect.topic import Topic
from monitor.models import Modality


def turns_of(reading: Reading, topic: Topic) -> frozenset[str]:
    """What the title says was done and moves the card, each as "act:side", the side maybe empty.

    Such a deed is one of a kind within days, so two reports of it are one story in any language.
    """
    if reading.title is None:
        return frozenset()
    turning = {move.act for attribute in topic.card for move in attribute.moves}
    return frozenset(
        f"{fact.act}:{fact.actor or ''}"
        for _, fact in facts_of(reading.title, reading, topic)
        if fact.act in turning and fact.positive and fact.modality is Modality.DONE
    )


def same_turn(mine: Iterable[str], other: Iterable[str]) -> bool:
    """They have a deed in common; a side that is not named agrees with each."""
    there = [turn.partition(":") for turn in other]
    return any(
        act == theirs and (side == his or not side or not his)
        for act, _, side in (turn.partition(":") for turn in mine)
        for theirs, _, his in there
    )
