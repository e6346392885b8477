"""What the gate sees in an article: what goes on, who is quoted, which day is set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.config.topic import Attribute
from monitor.detect import Topic, TopicState, judge
from monitor.detect.news.gate import Novelty, novelty_of
from monitor.detect.story.card import holds, is_final
from monitor.detect.story.match_story import best_match
from monitor.detect.story.vectors import features_of
from monitor.detect.words.reading import read
from monitor.models import Fact, Modality
from tests.detect.examples import START, Stream, article, office


def novelty(title: str, body: str = "", card: dict[str, str] | None = None) -> Novelty:
    new = article(title, body, lang="en")
    state = TopicState((), card or {})
    about = judge(new, office()).score
    return novelty_of(read(new, office()), office(), state, None, about, "Post", START)


@pytest.mark.parametrize(
    ("title", "card", "unchanged"),
    [
        ("North again does not answer inter-Korean hotline", "unanswered", True),
        ("North again does not answer inter-Korean hotline", "working", False),
        ("North does not answer inter-Korean hotline, sues South", "unanswered", False),
    ],
)
def test_what_the_card_says_is_no_news(title: str, card: str, unchanged: bool) -> None:
    found = novelty(title, card={"lines": card})
    assert found.evidence["unchanged"] == float(unchanged)
    assert not (unchanged and found.pushes)


def test_still_closed_is_no_news_while_the_card_says_so() -> None:
    title = "Kaesong liaison office still closed"
    assert novelty(title, card={"operation": "closed"}).evidence["unchanged"]
    assert not novelty(title, card={"operation": "open"}).evidence["unchanged"]


def test_still_no_answer_is_no_news_whatever_the_card_says() -> None:
    title = "North Korea still unresponsive on inter-Korean hotline"
    assert novelty(title, card={"lines": "cut"}).evidence["unchanged"]
    assert not novelty(title.replace("still ", ""), card={"lines": "cut"}).evidence["unchanged"]


def test_what_is_left_of_the_office_does_not_go_on() -> None:
    title = "North Korea tears down {} of Kaesong liaison office"
    assert not novelty(title.format("remains"), card={"building": "destroyed"}).evidence[
        "unchanged"
    ]


@pytest.mark.parametrize(
    ("about", "opens", "push", "pushes"),
    [
        (0.65, 1.0, 0.52, True),
        (0.55, 1.0, 0.58, False),
        (0.55, 1.0, 0.62, True),
        (0.55, 0.0, 0.78, False),
        (0.55, 0.0, 0.82, True),
    ],
)
def test_what_is_hardly_about_the_topic_needs_strong_evidence_more_so_in_a_story(
    about: float, opens: float, push: float, pushes: bool
) -> None:
    evidence = {"about": about, "opens": opens, "title_named": 0.0}
    evidence |= dict.fromkeys(("unchanged", "asks", "brief", "beside"), 0.0)
    assert Novelty((), {}, evidence, push, 0.0).pushes is pushes


def test_a_card_without_a_value_has_that_of_its_start() -> None:
    silent = Fact(act="silent", object="lines", modality=Modality.DONE)
    answer = replace(silent, act="answer")
    assert not holds(silent, office(), {})
    assert not holds(answer, office(), {"lines": "cut"})
    assert holds(answer, office(), {"lines": "restored"})


@pytest.mark.parametrize(
    ("title", "quoted"),
    [
        ('Unification ministry: liaison office "must be kept"', True),
        ('Poet: liaison office "must be kept"', False),
        ("Unification ministry says liaison office must be kept", False),
    ],
)
def test_a_quote_counts_beside_a_responsible_side(title: str, quoted: bool) -> None:
    assert novelty(title).evidence["quoted"] == float(quoted)


def test_a_day_to_come_in_the_title_counts() -> None:
    assert novelty("Liaison office to reopen on March 20").evidence["title_day"]
    assert not novelty("Liaison office reopens").evidence["title_day"]


def test_a_bare_figure_put_right_after_another_report_only_catches_up() -> None:
    stream = Stream()
    stream.tell(
        "Convoy of 14 lorries leaves Kaesong liaison office",
        "A convoy of 14 lorries left the inter-Korean liaison office in Kaesong, Seoul said.",
    )
    wrong = "Convoy of 17 lorries leaves Kaesong liaison office, {} counted"
    body = "A convoy of {} lorries left the inter-Korean liaison office in Kaesong, Seoul said."
    stream.tell(wrong.format(17), body.format(17), name="late")
    edit = stream.tell(
        wrong.format(17).replace("17", "14"),
        body.format(14),
        name="late",
        after=timedelta(hours=1),
    )
    assert edit.rule == "minor-addition"
    assert "as others had told" in edit.why


OPENED = "North Korea opened the joint liaison office in Kaesong on Thursday, state media said."


def after_a_report(title: str, outlet: str = "Post") -> Mapping[str, float]:
    """The evidence that a report has an hour after one of the same matter by the First Post."""
    stream = Stream()
    stream.tell("North Korea opens the liaison office in Kaesong", OPENED, outlet="First Post")
    return novelty_in(stream, title, OPENED, outlet)


def novelty_in(
    stream: Stream, title: str, body: str = "", outlet: str = "Post"
) -> Mapping[str, float]:
    """The evidence of an article an hour later that joins a story of the stream."""
    seen = article(title, body, lang="en", outlet=outlet, at=stream.now + timedelta(hours=1))
    reading, about = read(seen, office()), judge(seen, office()).score
    features = features_of(reading, office())
    match = best_match(features, stream.state, seen.seen, office())
    assert match is not None
    assert match.joins
    return novelty_of(reading, office(), stream.state, match, about, outlet, seen.seen).evidence


@pytest.mark.parametrize(("outlet", "again"), [("First Post", 1.0), ("Post", 0.0), ("", 0.0)])
def test_who_reported_already_reports_again(outlet: str, again: float) -> None:
    assert after_a_report("North Korea opens liaison office", outlet)["again"] == again


def test_a_side_that_no_report_named_is_a_newcomer() -> None:
    assert after_a_report("Unification ministry: liaison office in Kaesong is open")["newcomer"]
    assert not after_a_report("North Korea: liaison office in Kaesong is open")["newcomer"]


def test_where_both_sides_were_named_each_of_them_is_known_and_the_other_way_round() -> None:
    stream = Stream()
    stream.tell("Two Koreas repaint liaison office in Kaesong", "Painters came. It is blue now.")
    assert not novelty_in(stream, "South and North Korea repaint Kaesong office")["newcomer"]
    each = Stream()
    each.tell("South Korea and North Korea repaint liaison office in Kaesong", "It is blue now.")
    assert not novelty_in(each, "Koreas repaint shared office in Kaesong")["newcomer"]


def test_a_title_that_denies_counts_beside_a_story_that_did_not() -> None:
    assert after_a_report("North Korea: no visitors at open liaison office")["denies"]
    assert not after_a_report("North Korea: visitors at open liaison office")["denies"]


def test_what_goes_on_is_news_where_the_story_told_the_contrary() -> None:
    stream = Stream()
    answers = "North Korea answers inter-Korean hotline"
    stream.tell(answers, f"{answers}, the ministry said.", lang="en")
    silent = "North Korea does not answer inter-Korean hotline"
    stream.tell(silent, f"{silent}, the ministry said.", lang="en", after=timedelta(days=2))
    assert novelty_in(stream, f"{silent}, ministry says")["unchanged"]
    assert not novelty_in(stream, f"{answers}, silence of the morning unexplained")["unchanged"]


def test_what_is_near_to_no_story_stands_alone() -> None:
    evidence = novelty("Liaison office in Kaesong gets new roof").evidence
    assert evidence["alone"]
    assert not evidence["belongs"]
    near = after_a_report("North Korea opens liaison office in Kaesong")
    assert not near["alone"]
    assert near["belongs"] > 0.5


def test_a_deed_in_the_title_counts_and_a_plan_less() -> None:
    assert novelty("North Korea closes liaison office in Kaesong").evidence["title_done"]
    assert not novelty("North Korea to close liaison office in Kaesong").evidence["title_done"]


def test_a_family_that_the_title_only_mentions_is_no_news_of_it() -> None:
    beside = novelty("Quiet at Kaesong liaison office after opening of road")
    assert "f:founding" in beside.new
    assert not beside.evidence["title_news"]
    assert novelty("Kaesong liaison office opens after opening of road").evidence["title_news"]


@pytest.mark.parametrize(("act", "final"), [("demolish", True), ("resume", False)])
def test_final_is_what_nothing_moves_on(act: str, final: bool) -> None:
    pack = attribute(
        {"act": "demolish", "to": "gone"},
        {"act": "resume", "to": "open"},
        {"act": "close", "was": ["open"], "to": "closed"},
    )
    assert is_final(Fact(act=act), pack) is final


def attribute(*moves: dict[str, object]) -> Topic:
    """A topic with one attribute for each act that may be final, and one for the others."""
    last, *others = moves
    return replace(
        office(),
        card=(
            Attribute.model_validate({"id": "a", "label": "A", "moves": [last]}),
            Attribute.model_validate({"id": "b", "label": "B", "moves": others}),
        ),
    )


@pytest.mark.parametrize(
    ("title", "asks"),
    [
        ("Can Kaesong liaison office ever reopen?", True),
        ('Minister: "Who needs the Kaesong liaison office?"', True),
        ("هل يعود مكتب الاتصال في كيسونغ؟", True),
        ("Kaesong liaison office closes. What now?", False),
        ("Who needs a Kaesong liaison office? Seoul does", False),
        ("Under a shared roof: how the Kaesong liaison office works", True),
        ("Kaesong liaison office closes: what it means", False),  # it tells what was done, too
    ],
)
def test_a_title_that_only_asks_interrupts_nobody(title: str, asks: bool) -> None:
    found = novelty(title)
    assert found.evidence["asks"] == float(asks)
    assert not (asks and found.pushes)


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "The week in Korea: floods, a new tunnel, liaison office in Kaesong shut"),
        ("ko", "[주간 동향] 홍수에 개성 연락사무소 폐쇄, 새 터널 개통"),
        ("ja", "今週の動き：開城の連絡事務所閉鎖、新トンネル開通"),
        ("zh", "一周回顾：开城联络办公室关闭，新隧道开通"),
        ("fr", "La semaine en Corée : le bureau de liaison de Kaesong fermé, un tunnel ouvert"),
        ("de", "Wochenrückblick: Verbindungsbüro in Kaesong geschlossen, Tunnel eröffnet"),
        ("es", "La semana en Corea: cierra la oficina de enlace de Kaesong, abre un túnel"),
        ("ru", "Итоги недели: бюро связи в Кэсоне закрыто, открыт туннель"),
        ("ar", "حصاد الأسبوع: إغلاق مكتب الاتصال في كايسونغ وافتتاح نفق"),
    ],
)
def test_what_only_sums_up_the_week_interrupts_nobody(lang: str, title: str) -> None:
    seen = article(title, lang=lang)
    reading, about = read(seen, office()), 0.99
    found = novelty_of(reading, office(), TopicState(), None, about, "Post", seen.seen)
    assert found.evidence["brief"]
    assert not found.pushes


def test_a_day_to_come_that_a_report_names_in_passing_is_told() -> None:
    stream = Stream()
    body = "The Kaesong liaison office will open, the ministry said. It would be on March 17."
    stream.tell("Kaesong liaison office to open this month", body)
    title = "Kaesong liaison office to open on March 17"
    later = novelty_of(
        read(article(title), office()), office(), stream.state, None, 1.0, "Post", START
    )
    assert "d:2021-03-17" in novelty(title).new
    assert "d:2021-03-17" not in later.new


def test_a_text_without_a_day_at_its_head_is_seldom_news() -> None:
    title = "Kaesong liaison office waits"
    day, rest = f"{START:%d %B}", "Nobody picks up. The rooms are empty. Dust lies there."
    assert novelty(title, rest).evidence["undated"]
    assert not novelty(title, f"Staff left on {day}. {rest}").evidence["undated"]
    assert novelty(title, f"Staff left on 3 March 2015. {rest}").evidence["undated"]
    assert not novelty(title, "Nobody picks up.").evidence["undated"]
    assert not novelty(title).evidence["undated"]


def test_what_pictures_show_has_its_day_weeks_later() -> None:
    title = "Kaesong liaison office stands bare"
    rest = "The frame is gone. Two lorries wait beside it."
    shown = f"Images taken on {START - timedelta(days=20):%d %B} show the plot. {rest}"
    long_ago = f"Images taken on {START - timedelta(days=200):%d %B} show the plot. {rest}"
    assert not novelty(title, shown).evidence["undated"]
    assert novelty(title, long_ago).evidence["undated"]


def test_a_text_that_leaves_out_who_says_so_is_seldom_news() -> None:
    title = "Kaesong liaison office waits"
    assert novelty(title, "The rooms are empty.").evidence["unsourced"]
    assert not novelty(title, "The rooms are empty, a ministry said.").evidence["unsourced"]
    assert not novelty(title).evidence["unsourced"]


@pytest.mark.parametrize(
    "body",
    [
        "The rooms are empty, satellite pictures show.",
        "It has emerged that the rooms are empty.",
        "연락사무소가 비어 있는 것으로 확인됐다.",
        "連絡事務所が無人であることが分かった。",
        "卫星照片显示办公楼已空无一人。",
        "Les pièces sont vides, montrent des photos satellites.",
        "Die Räume sind leer, zeigen Satellitenbilder.",
        "Las salas están vacías, muestran fotos satelitales.",
        "Комнаты пусты, показали спутниковые снимки.",
        "اظهرت صور الاقمار الصناعية ان المكاتب خالية",
    ],
)
def test_what_shows_it_is_a_source_as_well_as_who_says_it(body: str) -> None:
    assert not novelty("Kaesong liaison office waits", body).evidence["unsourced"]
