"""Weighted evidence as a chance: what all models of the detector compute."""

from __future__ import annotations

import math
from collections.abc import Mapping


def probability(evidence: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The weighted evidence as a number between 0 and 1."""
    total = logit(evidence, weights)
    return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total)))), 4)


def logit(evidence: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The weighted evidence: above 0 where it speaks more for than against."""
    found = [weights.get(name, 0.0) * value for name, value in evidence.items() if value]
    return weights["bias"] + sum(found)
