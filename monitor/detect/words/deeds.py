"""Kinds of acts, by their ids in the lexicon, that more than one reader tells apart."""

from __future__ import annotations

# What is said or settled, not done: a plan in the sentence is what it is about.
SPEECH = frozenset(
    {"agree", "decide", "propose", "urge", "order", "threaten", "deny", "reject", "accept"}
    | {"notify"}
)
KNOWN_BY = frozenset({"report", "reveal"})  # how it became known
ANSWERS = {"answer": "silent", "meet": "absent"}  # the silence each ends, and is if not done
SILENCES = {silence: act for act, silence in ANSWERS.items()}  # say themselves that it was not done
UNMOVED = frozenset({*SILENCES, "stay"})  # say themselves that nothing happens, as before
# Each says of the other act that it was not done: a refusal is no acceptance.
CONTRARIES = SILENCES | {"reject": "accept"}


def contrary_of(act: str) -> str:
    """The act that says of this one that it was not done, "" if there is none."""
    return next((name for name, other in CONTRARIES.items() if other == act), "")
