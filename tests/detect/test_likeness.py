"""Without a watch an article is compared with each report of a story, by their whole texts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.backtest import run
from monitor.config.lexicon import read_common, read_lexicon
from monitor.detect import TopicState, everything
from monitor.detect.logistic import logit
from monitor.detect.story.likeness import WEIGHTS, likeness_evidence, usual
from monitor.detect.story.memory import _MEMBERS_KEPT, remembered
from monitor.detect.story.vectors import Features, features_of
from monitor.detect.words.reading import read
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
    return likeness_evidence(features, story, TopicState([story]), NOW)


def _state(*reports: Features) -> TopicState:
    """Each report is a story of its own."""
    stories = (remembered(report, [], False, "", NOW, None) for report in reports)
    return TopicState(
        Story(f"s{n}", TOPIC.name, "s", NOW, NOW, memory=memory) for n, memory in enumerate(stories)
    )


def test_a_second_report_is_more_like_a_story_than_another_event_is() -> None:
    story = _story(_features(*FERRY))
    same, other = _evidence(_features(*AGAIN), story), _evidence(_features(*ELECTION), story)
    for name in ("words", "rare_words", "title", "head", "names", "figures"):
        assert same[name] > other[name], name
    assert logit(same, WEIGHTS) > 0 > logit(other, WEIGHTS)


def test_the_nearest_report_counts_half_and_the_mean_of_all_the_other_half() -> None:
    again = _features(*AGAIN)
    near, far = (_evidence(again, _story(_features(*text))) for text in (FERRY, ELECTION))
    both = _evidence(again, _story(_features(*FERRY), _features(*ELECTION)))
    assert both["words"] == pytest.approx(0.75 * near["words"] + 0.25 * far["words"], abs=1e-3)
    assert near["words"] > both["words"] > far["words"]


def test_what_every_story_of_a_stream_tells_says_nothing() -> None:
    words = _features("Quillhaven harbour dredged").words
    towns = [_features(f"Quillhaven harbour {what}") for what in ("crowded", "sold", "painted")]
    assert words is not None
    assert usual(words, TopicState()) == usual(words, _state(towns[0])) == 0
    assert 0 < usual(words, _state(*towns[:2])) < usual(words, _state(*towns))


def test_where_a_title_is_missing_the_head_stands_in_for_it() -> None:
    untitled, story = _features("", FERRY[1]), _story(_features("", AGAIN[1]))
    found = _evidence(untitled, story)
    assert found["title"] == found["head"] > 0
    assert 0 < _evidence(untitled, _story(_features(*AGAIN)))["title"] <= 1


def test_figures_of_the_head_speak_for_a_story_that_tells_them_and_against_another() -> None:
    story = _story(_features("Quake of 6.1 hits Tarrowdale", "It struck at 16:20."))
    same = _evidence(_features("Tarrowdale quake of 6.1", "It struck at 16:20."), story)
    other = _evidence(_features("Tarrowdale quake of 5.3", "It struck at 11:45."), story)
    none = _evidence(_features("Tarrowdale quake"), _story(_features("Tarrowdale shaken")))
    assert same["figures"] > none["figures"] == 0 > other["figures"]


def test_another_day_speaks_against_and_the_same_day_for_a_story() -> None:
    story = _story(_features("Bridge reopens on 3 March 2026"))
    titles = ("Opened on 3 March 2026", "Opened on 5 March 2026", "It was opened")
    assert [_evidence(_features(title), story)["days"] for title in titles] == [1, -1, 0]


def test_the_day_of_a_report_and_the_one_before_say_no_more_than_when_it_was_written() -> None:
    story = _story(_features("Bridge reopens today"), _features("Ferry sank yesterday"))
    same_days = ("Mayor resigns today", "Strike ended yesterday", "Vote on 1 March 2026")
    assert [_evidence(_features(title), story)["days"] for title in same_days] == [0, 0, 0]


def test_texts_in_pairs_of_characters_have_to_share_more() -> None:
    korean = _features("여객선 전복돼 승객 구조", "여객선이 항구 앞바다에서 전복됐다.", "ko")
    assert _evidence(korean, _story(korean))["characters"] > 0.9
    assert _evidence(_features(*AGAIN), _story(_features(*FERRY)))["characters"] == 0


def test_another_language_is_compared_by_concepts_names_and_shared_words() -> None:
    korean = _features("브란트무어 여객선 전복, 14명 구조", "여객선이 월요일 전복됐다.", "ko")
    found = _evidence(korean, _story(_features(*FERRY)))
    assert (found["cross"], found["words"], found["title"], found["usual"]) == (1, 0, 0, 0)
    both = _story(_features(*FERRY), _features(*AGAIN), korean)
    assert 0 < _evidence(korean, both)["cross"] < 1


def test_an_article_without_a_word_is_like_nothing() -> None:
    found = _evidence(_features(""), _story(_features("")))
    assert (found["words"], found["title"], found["head"], found["concepts"]) == (0, 0, 0, 0)


def test_a_story_keeps_its_first_report_and_the_latest() -> None:
    titles = [f"Report number {number}" for number in range(_MEMBERS_KEPT + 3)]
    members = _story(*map(_features, titles)).memory["members"]
    kept = [*titles[:1], *titles[1 - _MEMBERS_KEPT :]]
    assert [set(member["said"]) for member in members] == [_features(t).said for t in kept]


def _rows(*texts: tuple[str, str]) -> list[dict[str, str]]:
    return [
        {
            "id": str(number),
            "title": title,
            "text": text,
            "lang": "en",
            "published": (NOW + timedelta(hours=number)).isoformat(),
        }
        for number, (title, text) in enumerate(texts)
    ]


def test_reports_of_one_event_are_one_story_and_another_event_is_told() -> None:
    told = list(run(_rows(FERRY, ELECTION, AGAIN), TOPIC))
    assert [row["alert"] for row in told] == [True, True, False]
    assert told[0]["story"] == told[2]["story"] != told[1]["story"]
    assert "belongs to" in told[2]["why"]


def test_words_of_one_family_are_the_same_word() -> None:
    story = _story(_features("Investigators of the Quillhaven wreck resign"))
    related = _evidence(_features("Quillhaven wreck investigation ends"), story)
    other = _evidence(_features("Quillhaven wreck auction ends"), story)
    assert related["words"] > other["words"]
    assert related["title"] > other["title"]


def test_a_story_that_was_told_long_ago_is_less_likely_told_again() -> None:
    story, again = _story(_features(*FERRY)), _features(*AGAIN)
    scores = [
        logit(
            likeness_evidence(again, story, TopicState([story]), NOW + timedelta(days=n)), WEIGHTS
        )
        for n in (0, 2, 30, 60, 90)
    ]
    assert scores[0] > scores[1] > scores[2] > scores[3] == scores[4]


def test_time_says_more_where_a_title_is_all_that_a_report_has() -> None:
    story, later = _story(_features(*FERRY)), NOW + timedelta(days=9)
    bare, whole = (
        likeness_evidence(report, story, TopicState([story]), later)
        for report in (_features(AGAIN[0]), _features(*AGAIN))
    )
    assert bare["idle"] == whole["idle"]
    assert bare["bare_idle"] == bare["idle"] > 4 * whole["bare_idle"] > 0


BANKER = (
    "Judge sends banker Ostrander to prison for fraud",
    "The judge in Tarrowdale sent the banker Piers Ostrander to prison for seven years. Ostrander "
    "had taken the savings of pensioners. The bank closed in March.",
)


def test_a_report_that_may_belong_is_told_if_its_title_names_somebody_new() -> None:
    another = (
        "Banker Fennimore is jailed",
        "In Tarrowdale the banker Lucy Fennimore was jailed for two years. Fennimore had lied to "
        "auditors of a shipyard.",
    )
    told = list(run(_rows(BANKER, another), TOPIC))
    assert told[0]["story"] == told[1]["story"]
    assert [row["alert"] for row in told] == [True, True]
    assert "its title names what no report of it names" in told[1]["why"]


def test_a_report_that_surely_belongs_is_a_repeat_though_its_title_names_somebody_new() -> None:
    again = (
        "Banker Ostrander sent to prison for fraud by judge Fennimore",
        "The judge Lucy Fennimore sent the banker Piers Ostrander to prison in Tarrowdale for "
        "seven years. Fennimore said that he had taken the savings of pensioners.",
    )
    told = list(run(_rows(BANKER, again), TOPIC))
    assert told[0]["story"] == told[1]["story"]
    assert [row["alert"] for row in told] == [True, False]
    assert "an event that was told" in told[1]["why"]
