"""The figures of a bench beside their goals: printed as they come, and kept for the last table."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

ROWS = "BENCH_ROWS"  # names the file in which the rows of all parts gather


@dataclass(frozen=True)
class Row:
    """One figure. `met` is None where there is no goal."""

    name: str
    measured: str
    goal: str = ""
    met: bool | None = None

    def line(self) -> str:
        """The row as it is printed."""
        verdict = {True: "met", False: "MISSED", None: ""}[self.met]
        return f"{self.name:44} {self.measured:>24}  {self.goal:>12}  {verdict}".rstrip()


def tell(row: Row) -> None:
    """Print the row, and add it to the file of this run if there is one."""
    print(row.line(), flush=True)
    if path := os.environ.get(ROWS):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(row)) + "\n")


def at_most(name: str, got: float, goal: float, unit: str = "") -> None:
    """A figure that is good when it is small."""
    tell(Row(name, f"{got:.3g} {unit}".strip(), f"<= {goal:g} {unit}".strip(), got <= goal))


def at_least(name: str, got: float, goal: float, unit: str = "") -> None:
    """A figure that is good when it is large."""
    tell(Row(name, f"{got:.3g} {unit}".strip(), f">= {goal:g} {unit}".strip(), got >= goal))


def ratio(name: str, ours: float, floor: float, goal: float) -> None:
    """CPU seconds of a round as a multiple of the reference pipeline's in the same run."""
    got = ours / floor
    measured = f"{ours:.2f} s / {floor:.2f} s = {got:.2f}"
    tell(Row(name, measured, f"<= {goal:g} F", got <= goal))


def kept(path: Path) -> list[Row]:
    """The rows that the parts of a run have written."""
    if not path.exists():
        return []
    return [Row(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
