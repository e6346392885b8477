"""What is watched, told by description: a plain word for it beside its place or its sides."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.detect.words.company import Company, company_of
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.topic import Topic

_COMPANY = frozenset({"subject", "context", "actor", "place"})


def described(reading: Reading, topic: Topic) -> list[Sentence]:
    """The sentences in which a short name stands near what tells that the watched thing is meant.

    Near is in the same sentence or in one beside it. A part ("the building") may keep the company
    that its whole needs: "a four-storey building in Kaesong" is no office by name, and yet it.
    """
    around = [
        {hit.id for hit in sentence.hits if hit.kind in _COMPANY} for sentence in reading.sentences
    ]
    everywhere: set[str] = set().union(*around)
    found = []
    for place, sentence in enumerate(reading.sentences):
        near: set[str] = set().union(*around[max(0, place - 1) : place + 2])
        wanted = {want for name in sentence.ids("short") for want in topic.vouched.get(name, ())}
        if any(_stands(company_of(want), near, everywhere) for want in wanted):
            found.append(sentence)
    return found


def strangers(vouched: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """What tells that another thing is meant."""
    wanted = (company_of(want) for ways in vouched.values() for want in ways)
    return frozenset(other for company in wanted for other in company.strangers)


def _stands(wanted: Company, near: set[str], everywhere: set[str]) -> bool:
    """The company stands near, and nowhere what tells of another thing."""
    return wanted.needed <= near and wanted.strangers.isdisjoint(everywhere)
