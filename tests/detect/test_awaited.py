"""A noun for an act whose adjective says that it is to come tells no deed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.detect.sense.facts import facts_of
from monitor.detect.words.reading import read
from monitor.models import Modality, Verdict
from tests.detect.examples import Stream, all_news, article


def told(title: str, lang: str, lead: str = "") -> set[Modality]:
    """How the acts of a headline, or of a first sentence, are told."""
    reading = read(article(title, lead, lang=lang), all_news())
    return {
        fact.modality
        for sentence in reading.sentences
        for _, fact in facts_of(sentence, reading, all_news())
        if fact.number is None and fact.act not in ("congratulate", "threaten")
    }


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Expected reopening of Trieste harbour"),
        ("en", "Imminent closure of consulate in Jaffna"),
        ("en", "Consulate's forthcoming opening"),
        ("en", "Looming withdrawal of peacekeepers"),
        ("en", "Trieste harbour nears reopening"),
        ("en", "Reopening of Trieste harbour in sight"),
        ("en", "Possible demolition of viaduct"),
        ("fr", "Réouverture attendue du port de Trieste"),
        ("fr", "La future ouverture du consulat"),
        ("fr", "Ouverture prévue du consulat de Jaffna"),
        ("fr", "Fermeture possible du consulat"),
        ("de", "Geplante Öffnung des Konsulats"),
        ("de", "Drohende Schließung des Konsulats"),
        ("de", "Baldige Wiedereröffnung des Hafens von Triest"),
        ("de", "Abriss der Talbrücke droht"),
        ("de", "Eröffnung des Konsulats steht kurz bevor"),
        ("es", "La reapertura prevista del puerto de Trieste"),
        ("es", "Se acerca la reapertura del puerto"),
        ("es", "Posible cierre del consulado"),
        ("ru", "Скорое закрытие консульства в Яффе"),
        ("ru", "Возможное закрытие консульства"),
        ("ru", "Близится открытие порта Триеста"),
        ("ar", "الافتتاح المرتقب للقنصلية في يافا"),
        ("ar", "إعادة فتح مرتقبة لميناء تريستا"),
        ("ar", "إغلاق القنصلية بات وشيكا"),
        ("ar", "الانسحاب المحتمل لقوات حفظ السلام"),
        ("ar", "قرب إعادة فتح الميناء"),
        ("ja", "閉鎖予定の領事館"),
        ("zh", "即将重开的港口"),
        ("ko", "재개 앞둔 항구"),
    ],
)
def test_what_is_awaited_was_not_done(lang: str, title: str) -> None:
    found = told(title, lang)
    assert found
    assert found <= {Modality.PLANNED, Modality.UNKNOWN}


@pytest.mark.parametrize(
    ("lang", "lead"),
    [
        ("en", "Traders welcomed the expected reopening of the harbour."),
        ("de", "Die Händler sprachen über die drohende Schließung des Konsulats."),
        ("fr", "Les marchands saluent la réouverture attendue du port."),
        ("ar", "رحب التجار بإعادة الفتح المرتقبة للميناء."),
    ],
)
def test_in_a_text_it_was_not_done_either(lang: str, lead: str) -> None:
    found = told("", lang, lead)
    assert found
    assert Modality.DONE not in found


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Trieste harbour reopens, earlier than expected"),
        ("en", "Reopening of harbour welcomed as expected"),
        ("fr", "Réouverture du port de Trieste"),
        ("de", "Konsulat geschlossen, Abzug der Truppen erwartet"),
        ("ru", "Порт Триеста открыт, как и ожидалось"),
        ("ar", "إغلاق الميناء في موعده المقرر"),
        ("zh", "港口重开"),
    ],
)
def test_words_of_waiting_elsewhere_make_no_plan_of_a_deed(lang: str, title: str) -> None:
    assert Modality.DONE in told(title, lang)


def test_the_deed_is_news_after_it_was_awaited() -> None:
    stream = Stream()
    stream.state.card["operation"] = "closed"
    awaited = stream.tell(
        "Expected reopening of liaison office in Kaesong",
        "Seoul spoke of the expected reopening of the liaison office in Kaesong.",
    )
    done = stream.tell(
        "Liaison office in Kaesong reopened",
        "The two Koreas reopened the liaison office in Kaesong, Seoul said.",
        after=timedelta(hours=9),
    )
    assert awaited.moves == ()
    assert done.verdict is Verdict.ALERT
    assert [move.now for move in done.moves] == ["open"]
