"""Words that every article has tell nothing of its subject; files without a topic keep all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.backtest import run
from monitor.config.lexicon import read_common, read_lexicon
from monitor.detect import everything
from monitor.detect.story.vectors import features_of
from monitor.detect.words.reading import read
from monitor.errors import ConfigError
from monitor.models import Article

TITLE = "Brantmoor harbour ferry capsizes in the morning"
TEXT = "The Brantmoor ferry capsized in the harbour, the coastguard said. Everybody was saved."


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    topic = everything(read_lexicon(), read_common())
    article = Article("a", TITLE, datetime(2026, 11, 20, tzinfo=UTC), body=TEXT, lang="en")
    vector = features_of(read(article, topic), topic).vector
    assert vector["brantmo"] > vector["morn"]
    assert topic.weights["morn"] < 1
    assert topic.weights["the"] == 0


def test_a_report_a_year_later_still_finds_its_story_without_a_topic() -> None:
    first = datetime(2026, 1, 1, tzinfo=UTC)
    text = f"{TEXT} Divers searched the hull, and the captain blamed a wave off Quillhaven."
    rows = [
        {"id": name, "title": TITLE, "text": text, "lang": "en", "published": when.isoformat()}
        for name, when in (("a", first), ("b", first + timedelta(days=365)))
    ]
    told = list(run(rows, everything(read_lexicon(), read_common())))
    assert told[0]["story"] == told[1]["story"]


def test_a_broken_table_of_common_words_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "common.txt"
    path.write_text("often the a of\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"common\.txt"):
        read_common(path)
    assert read_common(tmp_path / "none.txt") == {}
