"""Which acts are read in headlines and first sentences of our own, in as many wordings as we know.

The lines were written before the words were looked at. `held` halves are only measured: who adds
words reads the other half. By hand, `python -m tests.detect.test_acts_read` lists what is not read.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import ge
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from monitor.detect.words.reading import Sentence, read
from tests.detect.examples import all_news, article

LINES = Path(__file__).parent / "acts"
TODAY = datetime(2026, 3, 10, 3, 0, tzinfo=UTC)
# Of the lines, those whose act is read in the headline, and in it or the first sentence.
FLOORS = {
    "en": (0.94, 0.97),
    "en-held": (0.90, 0.98),
    "fr": (0.77, 1.0),
    "fr-held": (0.60, 0.90),
    "fr-news": (0.97, 1.0),
    "fr-news-held": (0.93, 1.0),
    "de": (0.77, 0.90),
    "de-held": (0.65, 0.82),
    "de-news": (0.92, 1.0),
    "de-news-held": (0.92, 0.97),
    "es": (0.70, 0.95),
    "es-held": (0.67, 0.85),
    "es-news": (0.94, 1.0),
    "es-news-held": (0.94, 1.0),
    "ru": (0.70, 0.95),
    "ru-held": (0.72, 0.97),
    "ru-news": (0.93, 1.0),
    "ru-news-held": (0.96, 0.98),
    "ar": (0.78, 0.95),
    "ar-held": (0.80, 1.0),
    "ar-news": (0.97, 1.0),
    "ar-news-held": (0.92, 0.98),
    "ko": (0.96, 0.99),
    "ko-held": (0.96, 0.98),
    "ja": (0.83, 0.97),
    "ja-held": (0.83, 0.95),
    "ja-wide": (0.91, 0.98),
    "ja-wide-held": (0.78, 0.97),
    "zh": (0.87, 0.94),
    "zh-held": (0.89, 0.96),
    "zh-wide": (0.95, 0.98),
    "zh-wide-held": (0.90, 0.98),
}


@dataclass(frozen=True)
class Read:
    """One item: the acts it tells, and those read in its headline and in its first sentence."""

    title: str
    lead: str
    told: frozenset[str]
    in_title: frozenset[str]
    in_lead: frozenset[str]

    @property
    def wrong(self) -> frozenset[str]:
        return self.in_title - self.told


def families(acts: list[str]) -> frozenset[str]:
    return frozenset(all_news().families.get(act, act) for act in acts)


def read_lines(name: str) -> list[Read]:
    """Every item of a file of acts, read; acts of one family are the same."""
    lines = YAML(typ="safe", pure=True).load(LINES / f"{name}.yaml")
    return [_read(line, name[:2]) for line in lines]


def _read(line: dict[str, str], lang: str) -> Read:
    reading = read(article(line["t"], line["l"], lang=lang, at=TODAY), all_news())
    title, body = reading.title, reading.body
    assert title is not None
    lead = frozenset().union(*(_acts(sentence) for sentence in body))
    return Read(line["t"], line["l"], families(line["act"].split("|")), _acts(title), lead)


def _acts(sentence: Sentence) -> frozenset[str]:
    return families(sentence.ids("act"))


def rates(lines: list[Read]) -> tuple[float, float]:
    """The shares whose act is read in the headline, and in the headline or the first sentence."""
    title = sum(bool(line.told & line.in_title) for line in lines)
    head = sum(bool(line.told & (line.in_title | line.in_lead)) for line in lines)
    return round(title / len(lines), 3), round(head / len(lines), 3)


@pytest.mark.parametrize("name", FLOORS)
def test_acts_are_read_in_as_many_wordings_as_measured(name: str) -> None:
    figures = rates(read_lines(name))
    assert all(map(ge, figures, FLOORS[name])), figures


def listing(name: str) -> str:
    """How well a file is read and, unless it is held, each item whose act is not."""
    lines = read_lines(name)
    title, head = rates(lines)
    lead = sum(bool(line.told & line.in_lead) for line in lines) / len(lines)
    wrong = sum(bool(line.wrong) for line in lines) / len(lines)
    first = f"{name}: headline {title:.3f}, first sentence {lead:.3f}, either {head:.3f}; "
    rows = [first + f"headline with an act that is none of these {wrong:.3f}"]
    if not name.endswith("held"):
        for line in lines:
            missed = f"{'' if line.told & line.in_title else 'T'}"
            missed += f"{'' if line.told & line.in_lead else 'L'}"
            if missed or line.wrong:
                rows.append(f"  {missed:2} {line.title} @ {line.lead} @ {'|'.join(line.told)}")
                rows.append(f"       {sorted(line.in_title)} {sorted(line.in_lead)}")
    return "\n".join([*rows, ""])


if __name__ == "__main__":
    for listed in FLOORS:
        sys.stdout.write(listing(listed))
