"""What recurs: a silence that lasts or comes again is no news, the deed told beside it is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.detect.news.moving import moves_told
from monitor.detect.news.routine import Told, as_usual, deeds_besides, going_on
from monitor.detect.sense.lasting import lasts
from monitor.detect.words.reading import Reading, read
from monitor.models import Verdict
from tests.detect.examples import Stream, article, office

DEAD = {"lines": "unanswered"}


def reading(title: str, lang: str | None = None) -> Reading:
    return read(article(title, lang=lang), office())


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Third week without a reply from the North on the hotline"),
        ("fr", "Pyongyang ne répond pas pour le cinquième jour"),
        ("fr", "Pyongyang ne répond pas aux appels de Séoul depuis trois semaines"),
        ("de", "Pjöngjang antwortet den vierten Tag in Folge nicht"),
        ("de", "Nordkorea antwortet seit zwei Wochen nicht auf Anrufe"),
        ("es", "Pyongyang no responde por tercera semana consecutiva"),
        ("es", "Corea del Norte lleva seis días sin respuesta"),
        ("ru", "Пхеньян пятый день не отвечает на звонки"),
        ("ru", "КНДР уже две недели не отвечает на звонки"),
        ("ar", "بيونغ يانغ لا ترد على الاتصالات لليوم الرابع على التوالي"),
        ("ar", "بيونغ يانغ لا ترد على الاتصالات منذ أسبوعين"),
    ],
)
def test_a_headline_that_counts_the_days_of_a_silence_tells_that_it_lasts(
    lang: str, title: str
) -> None:
    sentence = reading(title, lang).title
    assert sentence is not None
    acts = [hit for hit in sentence.hits if hit.kind == "act"]
    assert any(lasts(sentence, act, office().tongues[lang]) for act in acts)


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("fr", "Pyongyang répond pour la première fois depuis trois semaines"),
        ("de", "Pjöngjang antwortet zum ersten Mal seit zwei Wochen"),
        ("es", "Pyongyang responde por primera vez desde hace tres semanas"),
        ("ar", "بيونغ يانغ ترد على الاتصالات لأول مرة منذ أسبوعين"),
    ],
)
def test_for_the_first_time_since_is_no_going_on(lang: str, title: str) -> None:
    sentence = reading(title, lang).title
    assert sentence is not None
    acts = [hit for hit in sentence.hits if hit.kind == "act"]
    assert acts
    assert not any(lasts(sentence, act, office().tongues[lang]) for act in acts)


def days_ago(**days: float) -> Told:
    """Keys that were told so many days ago, by their last word."""
    return lambda key, limit: days.get(key.rpartition(":")[2], 1e9) <= limit


def always(key: str, days: float) -> bool:
    """Everything was told today."""
    return True


def never(key: str, days: float) -> bool:
    """Nothing was told."""
    return False


def test_a_silence_is_news_once_though_it_lasts_by_then() -> None:
    third = reading("Third week without an answer from the North on the hotline")
    assert not going_on(third, office(), {}, never)
    assert going_on(third, office(), {}, always)


def test_a_silence_is_known_of_its_thing_for_months_and_of_another_for_days() -> None:
    heads = reading("남북 소장회의 또 불발")
    assert going_on(heads, office(), {}, days_ago(head=50.0))
    assert going_on(heads, office(), {}, days_ago(missing=5.0))
    assert not going_on(heads, office(), {}, days_ago(head=70.0, missing=20.0))


def test_a_silence_once_more_is_a_failure_where_the_card_has_it_working() -> None:
    title = reading("North Korea again leaves hotlines with the South unanswered")
    assert not going_on(title, office(), {"lines": "restored"}, always)


def test_silence_is_going_on_where_the_card_has_it_whatever_is_not_answered() -> None:
    title = reading("North Korea does not respond, liaison office says")
    assert going_on(title, office(), DEAD, never)
    assert not going_on(title, office(), {"lines": "restored"}, never)
    assert not going_on(reading(""), office(), DEAD, never)


def test_counted_weeks_without_something_go_on_where_the_card_has_a_silence() -> None:
    weeks = reading("Tenth week without counterpart at the Kaesong liaison office")
    assert going_on(weeks, office(), DEAD, never)
    assert not going_on(weeks, office(), {"lines": "restored"}, never)


def test_what_was_not_answered_is_a_silence_as_well() -> None:
    title = reading("South's letter is without reply from the North")
    assert going_on(title, office(), DEAD, never) >= {"answer"}
    assert not going_on(title, office(), {"lines": "restored"}, never)


def test_another_state_goes_on_if_the_title_says_so_and_the_card_has_it() -> None:
    still = reading("Kaesong liaison office is still closed")
    assert going_on(still, office(), {"operation": "closed"}, never) == {"close"}
    assert not going_on(still, office(), {"operation": "open"}, never)
    assert not going_on(
        reading("Kaesong liaison office closed"), office(), {"operation": "closed"}, never
    )


def test_an_act_that_is_only_mentioned_is_no_deed_beside_the_silence() -> None:
    mentioned = reading("North Korea ignores calls as war games begin")
    told = reading("North Korea ignores calls, minister condemns it")
    assert deeds_besides(mentioned, office(), {"silence"}) == set()
    assert "f:blaming" in deeds_besides(told, office(), {"silence"})
    assert deeds_besides(reading(""), office(), set()) == set()


def told(*titles: str) -> list[Verdict]:
    """The verdicts on reports of a silence, each weeks after the one before."""
    stream = Stream()
    first = "North Korea did not answer the South's call on the liaison line, the ministry said."
    stream.tell("North Korea leaves call of the liaison office unanswered", first)
    body = "The ministry in Seoul said so of the line of the joint liaison office in Kaesong."
    return [stream.tell(title, body, after=timedelta(days=40)).verdict for title in titles]


def test_a_silence_is_pushed_once_and_not_after_weeks() -> None:
    assert Verdict.ALERT not in told(
        "No response by North Korea, neither to liaison office nor army",
        "North Korea once again ignores the call of the liaison office",
        "North Korea ignores liaison office as war games begin",
    )


def test_who_condemns_the_silence_is_news_beside_it() -> None:
    assert told("Minister condemns North Korea for ignoring calls of liaison office") == [
        Verdict.ALERT
    ]


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Kaesong liaison office closes as usual"),
        ("ko", "개성 연락사무소 평소처럼 문 닫아"),
        ("ja", "開城の連絡事務所、普段通り閉鎖"),
        ("zh", "开城联络办公室照例关闭"),
        ("fr", "Le bureau de liaison de Kaesong ferme comme d'habitude"),
        ("de", "Verbindungsbüro in Kaesong schließt wie gewohnt"),
        ("es", "La oficina de enlace de Kaesong cierra como de costumbre"),
        ("ru", "Бюро связи в Кэсоне закрылось как обычно"),
        ("ar", "إغلاق مكتب الاتصال في كايسونغ كالمعتاد"),
    ],
)
def test_what_is_done_as_usual_moves_no_card_and_is_no_news(lang: str, title: str) -> None:
    card = {"operation": "open"}
    assert as_usual(reading(title, lang))
    assert going_on(reading(title, lang), office(), card, never)
    assert not moves_told(reading(title, lang), office(), card, ())


def test_usual_in_another_clause_says_nothing_of_the_act() -> None:
    assert "close" not in as_usual(reading("Kaesong office closes; calls come in as usual"))
    assert not as_usual(reading(""))


def test_an_answer_as_usual_after_a_silence_ends_it() -> None:
    title = reading("North Korea answers hotline with the South as usual")
    assert [move.now for move in moves_told(title, office(), DEAD, ())] == ["restored"]


def test_an_answer_is_no_news_where_the_card_has_the_lines_working() -> None:
    title = reading("North Korea answers hotline with the South")
    assert going_on(title, office(), {"lines": "restored"}, never) == {"answer"}
    assert not going_on(title, office(), DEAD, never)


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "North Korea does not answer army hotline either"),
        ("ko", "북한, 서해 통신선도 무응답"),
        ("ja", "北朝鮮、別の回線も応答せず"),
        ("zh", "朝方另一条热线也无人接听"),
        ("fr", "Pyongyang ne répond pas non plus à l'armée"),
        ("de", "Pjöngjang schweigt auch am Nachmittag"),
        ("es", "Pyongyang tampoco responde por la tarde, sin respuesta"),
        ("ru", "Пхеньян не отвечает также военным"),
        ("ar", "بيونغ يانغ لا ترد أيضا على الجيش"),
    ],
)
def test_another_line_that_fails_too_is_no_going_on(lang: str, title: str) -> None:
    assert not going_on(reading(title, lang), office(), DEAD, never)


def test_another_line_that_is_answered_too_is_no_going_on() -> None:
    assert not going_on(reading("North answers radio, too"), office(), {"lines": "restored"}, never)


@pytest.mark.parametrize(
    ("title", "going"),
    [
        ('통일부 "연락사무소 기능은 유지돼야"', frozenset()),
        ("북측 인원, 연락사무소에 머물러", frozenset({"stay"})),
    ],
)
def test_that_a_thing_must_be_kept_up_is_no_going_on(title: str, going: frozenset[str]) -> None:
    assert going_on(reading(title, "ko"), office(), {}, lambda key, limit: True) == going
