"""Without a watch an article is measured by how like the reports of a story are to each other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor.backtest import run
from monitor.config.lexicon import read_common, read_lexicon
from monitor.detect import TopicState, everything
from monitor.detect.likeness import cohesion, likeness_evidence
from monitor.detect.reading import read
from monitor.detect.stories import _MEMBERS_KEPT, remembered
from monitor.detect.vectors import Features, features_of
from monitor.models import Article, Story

NOW = datetime(2026, 3, 1, tzinfo=UTC)
FERRY = (
    "Brantmoor ferry capsizes off Quillhaven",
    "The Brantmoor ferry capsized off Quillhaven on Monday and 14 passengers were rescued. "
    "The coastguard of Quillhaven sent helicopters. Captain Ostrander told the harbour radio that "
    "a wave had struck the bow. Engineers will examine the hull at the Brantmoor shipyard. "
    "Relatives waited at the terminal while divers searched the cabins below the waterline.",
)
AGAIN = (
    "Passengers rescued as ferry goes down near Quillhaven",
    "Helicopters rescued 14 passengers after the Brantmoor ferry capsized near Quillhaven. "
    "A wave struck the bow, captain Ostrander said on harbour radio. Divers searched the cabins. "
    "The coastguard praised its crews, and the shipyard said engineers would examine the hull.",
)
ELECTION = (
    "Voters in Tarrowdale choose a mayor",
    "Tarrowdale elects a mayor today. The ballot has 5 candidates, among them baker Ingleby and "
    "the teacher Fennimore. Polling stations opened at dawn in schools and chapels. Turnout was "
    "brisk, the clerk reported, and results are expected after midnight in the guildhall.",
)
TOPIC = everything(read_lexicon(), read_common())


def _features(title: str, body: str = "", lang: str = "en") -> Features:
    return features_of(read(Article("a", title, NOW, body=body, lang=lang), TOPIC), TOPIC)


def _story(*reports: Features) -> Story:
    story = None
    for report in reports:
        memory = remembered(report, [], False, "", NOW, story)
        story = Story("s", TOPIC.name, "s", NOW, NOW, memory=memory)
    assert story is not None
    return story


def _evidence(features: Features, story: Story) -> dict[str, float]:
    return likeness_evidence(features, story, TopicState([story]), NOW, TOPIC)


def test_a_second_report_is_more_like_a_story_than_another_event_is() -> None:
    story = _story(_features(*FERRY))
    same, other = _evidence(_features(*AGAIN), story), _evidence(_features(*ELECTION), story)
    for name in ("likeness", "names", "title", "numbers", "nearest", "full_likeness"):
        assert same[name] > other[name], name
    assert other["clash"] == 0 or other["numbers"] == 0


def test_the_same_cosine_says_more_in_a_story_whose_reports_share_little() -> None:
    loose: list[dict[str, Any]] = [{"alike": [0.1] * n} for n in range(8)]
    tight: list[dict[str, Any]] = [{"alike": [0.8] * n} for n in range(8)]
    alone = cohesion([{"alike": []}])
    assert alone == pytest.approx(0.4)
    assert cohesion(loose) < alone < cohesion(tight)


def test_evidence_of_full_texts_is_no_evidence_where_one_is_a_bare_title() -> None:
    bare = _evidence(_features(AGAIN[0]), _story(_features(*FERRY)))
    assert (bare["full"], bare["full_likeness"], bare["full_names"]) == (0, 0, 0)
    assert bare["bare_words"] > 0


def test_another_language_is_compared_by_concepts_names_and_shared_words() -> None:
    korean = _features("브란트무어 여객선 전복, 14명 구조", "여객선이 월요일 전복됐다.", "ko")
    found = _evidence(korean, _story(_features(*FERRY)))
    assert (found["cross"], found["likeness"], found["bare_words"]) == (1, 0, 0)


def test_an_article_without_a_word_is_like_nothing() -> None:
    found = _evidence(_features(""), _story(_features("")))
    assert (found["likeness"], found["concepts"], found["title"], found["nearest"]) == (0, 0, 0, 0)


def test_a_story_forgets_how_like_it_was_to_reports_that_it_no_longer_keeps() -> None:
    reports = [_features(*FERRY), *(_features(*AGAIN) for _ in range(_MEMBERS_KEPT + 2))]
    members = _story(*reports).memory["members"]
    assert [len(member["alike"]) for member in members] == list(range(_MEMBERS_KEPT))
    assert members[1]["alike"] == members[7]["alike"][:1]
    assert members[7]["alike"][1:] == [pytest.approx(1.0, abs=0.01)] * 6


def test_reports_of_one_event_are_one_story_and_another_event_is_told() -> None:
    texts = (FERRY, ELECTION, AGAIN)
    rows = [
        {
            "id": str(number),
            "title": title,
            "text": text,
            "lang": "en",
            "published": (NOW + timedelta(hours=number)).isoformat(),
        }
        for number, (title, text) in enumerate(texts)
    ]
    told = list(run(rows, TOPIC))
    assert [row["alert"] for row in told] == [True, True, False]
    assert told[0]["story"] == told[2]["story"] != told[1]["story"]
    assert "belongs to" in told[2]["why"]
