"""Small logistic models in plain Python: Newton steps, with the signs evidence can only have."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable
from dataclasses import dataclass

FREE = frozenset({"size", "same_lang", "age", "opens"})  # evidence of either sign


@dataclass(frozen=True)
class Sample:
    """One labelled piece of evidence; `group` keeps a story whole in cross-validation."""

    evidence: dict[str, float]
    label: int
    group: str
    weight: float = 1.0


def fit(samples: list[Sample], names: list[str], ridge: float) -> dict[str, float]:
    """Logistic weights of the named evidence by Newton steps."""
    size = len(names) + 1
    rows = [[1.0, *(sample.evidence.get(name, 0.0) for name in names)] for sample in samples]
    weights = [0.0] * size
    for _ in range(25):
        slope = [0.0, *(ridge * weight for weight in weights[1:])]
        curve = [[0.0] * size for _ in range(size)]
        for i in range(size):
            curve[i][i] = ridge if i else 1e-6
        for row, sample in zip(rows, samples, strict=True):
            chance = logistic(sum(w * x for w, x in zip(weights, row, strict=True)))
            error = (chance - sample.label) * sample.weight
            bend = max(chance * (1 - chance), 1e-6) * sample.weight
            used = [i for i, x in enumerate(row) if x]
            for i in used:
                slope[i] += error * row[i]
                for j in used:
                    curve[i][j] += bend * row[i] * row[j]
        step = solve(curve, slope)
        weights = [w - s for w, s in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-6:
            break
    return {"bias": weights[0], **dict(zip(names, weights[1:], strict=True))}


def logistic(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, value))))


def solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss-Jordan with pivots."""
    size = len(right)
    table = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(table[k][i]))
        table[i], table[pivot] = table[pivot], table[i]
        for k in range(size):
            if k != i and table[k][i]:
                share = table[k][i] / table[i][i]
                table[k] = [a - share * b for a, b in zip(table[k], table[i], strict=True)]
    return [table[i][size] / table[i][i] for i in range(size)]


def signed(
    samples: list[Sample],
    falling: frozenset[str],
    ridge: float,
    left_out: frozenset[str],
    free: frozenset[str] | None = FREE,
) -> dict[str, float]:
    """Fit, and leave out the worst weight of a wrong sign until none is left.

    `free` is the evidence that may have either sign, None all of it.
    """
    names = sorted({name for sample in samples for name in sample.evidence} - left_out)
    while True:
        weights = fit(samples, names, ridge)
        wrong = {
            name: abs(weights[name])
            for name in names
            if free is not None
            and name not in free
            and weights[name] * (-1 if name in falling else 1) < 0
        }
        if not wrong:
            return weights
        names.remove(max(wrong, key=lambda name: (wrong[name], name)))


def chance(weights: dict[str, float], sample: Sample) -> float:
    total = sum(weights.get(name, 0.0) * value for name, value in sample.evidence.items())
    return logistic(weights["bias"] + total)


def crossed_figures(
    samples: list[Sample], again: Callable[[list[Sample]], dict[str, float]]
) -> str:
    """Precision and recall at one half, each sixth judged by weights that never saw it."""
    hits = said = true = 0
    for part in range(6):
        held = [s for s in samples if zlib.crc32(s.group.encode()) % 6 == part]
        weights = again([s for s in samples if zlib.crc32(s.group.encode()) % 6 != part])
        for sample in held:
            yes = chance(weights, sample) >= 0.5
            hits += yes and sample.label
            said += yes
            true += sample.label
    return f"cross-validated precision {hits / max(1, said):.3f} recall {hits / max(1, true):.3f}"
