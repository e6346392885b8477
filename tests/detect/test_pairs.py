"""The pairs "reworded" against "one token changed": the shape of the set, and how many go wrong."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", "ko", "ja", "zh")
KEYS = {"id", "lang", "at", "first", "second", "label", "kind", "token"}

# A little above what was measured: 0.021 and 0.015 on the set that was developed on, 0.038 and
# 0.062 on pairs-held, whose sentences were read by now, 0.25 and 0.25 on pairs-held2, whose
# sentences were not. The goal of both rates is 0.03.
CEILING = {"false_alarm_rate": 0.03, "swallowed_rate": 0.03}
HELD_CEILING = {"false_alarm_rate": 0.05, "swallowed_rate": 0.075}
HELD2_CEILING = {"false_alarm_rate": 0.28, "swallowed_rate": 0.26}


def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_pairs", ROOT / "bench" / "pairs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=["pairs", "pairs-held", "pairs-held2"])
def pairs(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = bench().read_pairs(Path(__file__).parent / request.param)
    return rows


def words(pair: dict[str, Any], which: str) -> str:
    return f"{pair[which]['title']} {pair[which]['text']}".lower()


def test_there_are_enough_pairs_in_each_language(pairs: list[dict[str, Any]]) -> None:
    counts = Counter(pair["lang"] for pair in pairs)
    held = pairs[0]["id"].startswith("held")
    assert len(pairs) >= (96 if held else 320)
    assert all(counts[language] >= (24 if held else 80) for language in LANGUAGES)
    assert held or sum(count for lang, count in counts.items() if ">" in lang) >= 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_half_of_them_are_changed(pairs: list[dict[str, Any]], language: str) -> None:
    labels = Counter(pair["label"] for pair in pairs if pair["lang"] == language)
    assert set(labels) == {"reworded", "changed"}
    assert labels["reworded"] == labels["changed"]


def test_each_pair_has_its_own_id_and_the_same_keys(pairs: list[dict[str, Any]]) -> None:
    assert max(Counter(pair["id"] for pair in pairs).values()) == 1
    assert all(set(pair) - {"topic"} == KEYS for pair in pairs)
    assert all(datetime.fromisoformat(pair["at"]).tzinfo for pair in pairs)


def test_both_articles_of_a_pair_are_told_in_other_words(pairs: list[dict[str, Any]]) -> None:
    for pair in pairs:
        assert pair["first"]["title"] != pair["second"]["title"], pair["id"]
        assert pair["first"]["text"] != pair["second"]["text"], pair["id"]
    seconds = Counter(words(pair, "second") for pair in pairs)
    assert max(seconds.values()) == 1


def test_what_changed_stands_in_the_second_article_alone(pairs: list[dict[str, Any]]) -> None:
    for pair in pairs:
        assert (pair["token"] is None) is (pair["label"] == "reworded"), pair["id"]
        assert (pair["kind"] is None) is (pair["label"] == "reworded"), pair["id"]
        if pair["token"]:
            assert pair["token"].lower() in words(pair, "second"), pair["id"]
            assert pair["token"].lower() not in words(pair, "first"), pair["id"]


@pytest.mark.unmeasured
@pytest.mark.slow
@pytest.mark.parametrize(
    ("folder", "ceiling"),
    [("pairs", CEILING), ("pairs-held", HELD_CEILING), ("pairs-held2", HELD2_CEILING)],
)
def test_no_more_pairs_go_wrong_than_were_measured(folder: str, ceiling: dict[str, float]) -> None:
    measured = bench().measure(Path(__file__).parent / folder)
    assert measured["reworded"] == measured["changed"]
    assert measured["false_alarm_rate"] <= ceiling["false_alarm_rate"]
    assert measured["swallowed_rate"] <= ceiling["swallowed_rate"]
