"""A second subject, from its pack alone: nothing in the detector knows of the default topic."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.config.lexicon import read_lexicon
from monitor.config.load import load_topic
from monitor.detect import Topic, TopicState, compile_topic, decide, judge
from monitor.detect.words.reading import read
from monitor.models import Article, Decision, Relevance, Verdict
from tests.detect.examples import article

PACK = Path(__file__).parents[2] / "config" / "topics" / "rafah-crossing.yaml"
START = datetime(2024, 5, 7, 8, tzinfo=UTC)

SEIZED = (
    "Israeli army seizes Gaza side of Rafah crossing",
    "Israeli troops took control of the Gaza side of the Rafah crossing with Egypt on Tuesday, "
    "the military said. Tanks stood beside the terminal.",
)
SEIZED_AGAIN = (
    "Gaza side of Rafah crossing seized by Israel's army",
    "The military said Israeli troops had taken control of the Rafah crossing's Gaza side on "
    "Tuesday.",
)


@pytest.fixture(scope="module")
def topic() -> Topic:
    return compile_topic("rafah-crossing", load_topic(PACK), read_lexicon())


class Watch:
    """Feeds articles to the topic, an hour apart and each from another outlet."""

    def __init__(self, topic: Topic) -> None:
        self.topic, self.state, self.count = topic, TopicState(), 0

    def read(self, title: str, body: str, lang: str = "en", days: float = 0.0) -> Decision:
        now = START + timedelta(days=days, hours=self.count)
        self.count += 1
        name = f"article-{self.count}"
        article = Article(
            id=name, title=title, body=body, seen=now, published=now, outlet=name, lang=lang
        )
        decision = decide(article, judge(article, self.topic), self.topic, self.state, now)
        self.state.apply(decision)
        return decision


@pytest.fixture
def watch(topic: Topic) -> Watch:
    return Watch(topic)


def moves(decision: Decision) -> set[tuple[str, str | None, str]]:
    return {(move.label, move.was, move.now) for move in decision.moves}


def test_an_act_alerts_once_and_a_rewrite_is_silent(watch: Watch) -> None:
    first, again = watch.read(*SEIZED), watch.read(*SEIZED_AGAIN)
    assert first.verdict is Verdict.ALERT
    assert again.verdict is Verdict.SILENT
    assert again.story is not None
    assert first.story is not None
    assert again.story.id == first.story.id


def test_the_next_act_is_told_as_well(watch: Watch) -> None:
    watch.read(*SEIZED)
    told = watch.read(
        "Egypt and Israel agree to reopen Rafah crossing",
        "Egypt and Israel agreed on Sunday to reopen the Rafah crossing under European monitors, "
        "Egyptian officials said.",
        days=12,
    )
    assert told.verdict is Verdict.ALERT


def test_the_card_moves_from_what_was_to_what_is(watch: Watch) -> None:
    opened = watch.read(
        "Egypt opens Rafah crossing for wounded",
        "Egypt opened the Rafah crossing on Tuesday so that wounded people can leave Gaza.",
    )
    assert ("Crossing", "closed", "open") in moves(opened)
    seized = watch.read(*SEIZED, days=20)
    assert ("Gaza side held by", "Hamas", "Israel") in moves(seized)
    closed = watch.read(
        "Rafah crossing closed after fighting",
        "The Rafah crossing was closed on Friday after fighting nearby, Egyptian officials said.",
        days=24,
    )
    assert ("Crossing", "open", "closed") in moves(closed)
    assert watch.state.card == {"operation": "closed", "gaza_side": "Israel"}


def test_control_is_taken_in_more_than_two_words(watch: Watch) -> None:
    taken = watch.read(
        "Israel takes full operational control of Rafah crossing",
        "Israel's army said that it held the Rafah crossing since the morning.",
    )
    assert ("Gaza side held by", "Hamas", "Israel") in moves(taken)


def test_a_plan_moves_no_card(watch: Watch) -> None:
    plan = watch.read(
        "Egypt will open Rafah crossing on Saturday",
        "Egypt plans to open the Rafah crossing on Saturday, officials in Cairo said.",
    )
    assert moves(plan) == set()


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (
            "Ceasefire talks end in Doha without result",
            "Negotiators left Doha on Monday without a deal on hostages. Mediators blamed both "
            "delegations. Families of the hostages marched in Tel Aviv. Oil prices rose. "
            "Gaza has been cut off since last year, when the Rafah crossing was closed.",
        ),
        (
            "Profile: the doctor who treats Gaza's children in Al-Arish",
            "Every morning he walks the wards. His family has run a clinic for three generations. "
            "He studied in Alexandria and plays the lute. He writes poems. Colleagues love him. "
            "Years ago he volunteered at the Rafah crossing.",
        ),
    ],
)
def test_a_mention_in_the_background_is_silent(watch: Watch, title: str, body: str) -> None:
    decision = watch.read(title, body)
    assert decision.verdict is Verdict.SILENT
    assert decision.relevance is not Relevance.RELEVANT


@pytest.mark.parametrize(
    ("lang", "title", "body"),
    [
        (
            "en",
            "Israel reopens Kerem Shalom crossing",
            "Israel reopened the Kerem Shalom crossing on Tuesday, days after rockets had been "
            "fired at the crossing from the Rafah area.",
        ),
        (
            "en",
            "Israel widens Rafah offensive",
            "Tanks moved deeper into Rafah on Tuesday as Israel widened its offensive in the town.",
        ),
        ("ar", "فتح معبر كرم أبو سالم", "أعلنت إسرائيل اليوم فتح معبر كرم أبو سالم أمام الشاحنات."),
        (
            "de",
            "Grenzübergang Erez wieder geöffnet",
            "Der Grenzübergang Erez ist am Dienstag wieder geöffnet worden, teilte Israel mit.",
        ),
    ],
)
def test_another_crossing_or_the_town_is_silent(
    watch: Watch, lang: str, title: str, body: str
) -> None:
    decision = watch.read(title, body, lang)
    assert decision.relevance is Relevance.OFF_TOPIC, decision.why


@pytest.mark.parametrize(
    ("lang", "title", "body"),
    [
        (
            "ar",
            "مصر تعلن إغلاق معبر رفح",
            "أعلنت مصر اليوم الثلاثاء إغلاق معبر رفح البري مع قطاع غزة.",
        ),
        (
            "fr",
            "L'Égypte ferme le poste-frontière de Rafah",
            "L'Égypte a fermé mardi le poste-frontière de Rafah avec la bande de Gaza.",
        ),
        (
            "de",
            "Ägypten schließt Grenzübergang Rafah",
            "Ägypten hat am Dienstag den Grenzübergang Rafah zum Gazastreifen geschlossen.",
        ),
    ],
)
def test_the_same_act_alerts_in_other_languages(
    watch: Watch, lang: str, title: str, body: str
) -> None:
    assert watch.read(title, body, lang).verdict is Verdict.ALERT


def test_the_default_topic_does_not_know_it(topic: Topic) -> None:
    other = compile_topic(
        "liaison-office", load_topic(PACK.with_name("liaison-office.yaml")), read_lexicon()
    )
    assert Watch(other).read(*SEIZED).relevance is Relevance.OFF_TOPIC
    office = "Koreas open joint liaison office", "The Koreas opened their joint liaison office."
    assert Watch(topic).read(*office).relevance is Relevance.OFF_TOPIC


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Students leave Gaza through Rafah"),
        ("ar", "الطلاب غادروا غزة عبر معبر رفح"),
        ("fr", "Des étudiants quittent Gaza par Rafah"),
        ("de", "Studenten verlassen Gaza über Rafah"),
        ("es", "Unos estudiantes salen de Gaza por Rafah"),
        ("ru", "Студенты покинули сектор Газа через Рафах"),
        ("ja", "学生ら、ラファからガザを出る"),
        ("zh", "学生经拉法口岸离开加沙"),
        ("ko", "학생들, 라파로 가자지구를 떠나"),
    ],
)
def test_who_leaves_the_strip_crosses(topic: Topic, lang: str, title: str) -> None:
    sentence = read(article(title, lang=lang), topic).title
    assert sentence is not None
    assert "cross" in sentence.ids("act")
