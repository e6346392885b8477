"""Words that begin like an act, a mood or a cue, or share its letters, in five languages."""

from __future__ import annotations

import pytest

from monitor.detect.words.reading import read
from tests.detect.examples import article, office

MISREAD = [
    ("fr", "Trois pays voisins attendent au sommet", "pay"),
    ("fr", "Le restaurant près du bureau de liaison", "restore"),
    ("fr", "Un sommet sur le bureau de liaison", "order"),
    ("fr", "Le terminal de bus devant le bureau de liaison", "complete"),
    ("fr", "Des étudiants devant le bureau de liaison", "review"),
    ("de", "Einige Beamte im Verbindungsbüro", "agree"),
    ("de", "Drohnen über dem Verbindungsbüro", "threaten"),
    ("de", "Schließlich blieb vom Verbindungsbüro nichts", "close"),
    ("de", "Sanktionen und das Verbindungsbüro", "reduce"),
    ("de", "Der Beamte reist aus dem Verbindungsbüro ab", "demolish"),
    ("es", "Un abril sin oficina de enlace", "open"),
    ("es", "La página sobre la oficina de enlace", "pay"),
    ("es", "El material de la oficina de enlace", "kill"),
    ("es", "El siguiente submarino y la oficina de enlace", "increase"),
    ("es", "Los estudiantes ante la oficina de enlace", "review"),
    ("ru", "Остальные сотрудники бюро связи с Югом", "stay"),
    ("ru", "Перекрёсток у бюро связи с Югом", "cut"),
    ("ru", "Начальник бюро связи с Югом", "begin"),
    ("ru", "Ответственность за бюро связи с Югом", "answer"),
    ("ru", "Показатели бюро связи с Югом", "reveal"),
    ("ar", "بيان وزارة التوحيد عن مكتب الاتصال", "visit"),
    ("ar", "عند فجر الثلاثاء قرب مكتب الاتصال", "demolish"),
    ("ar", "الغرب ومكتب الاتصال مع الجنوب", "cancel"),
    ("ar", "مكتب الاتصال بقيادة المدير", "stay"),
]
MEANT = [
    ("fr", "Séoul paie le bureau de liaison", "pay"),
    ("de", "Der Norden droht mit dem Ende des Verbindungsbüros", "threaten"),
    ("es", "Abren la oficina de enlace", "open"),
    ("ru", "Север перекрыл линию связи", "cut"),
    ("ar", "الوزير زار مكتب الاتصال", "visit"),
]
MOODS = [
    ("fr", "Bureau de liaison : un accueil plus court que prévu", "planned"),
    ("de", "Am Morgen klingelte das Verbindungsbüro", "planned"),
    ("es", "La oficina de enlace calló por la mañana", "planned"),
    ("es", "Las instalaciones de la oficina de enlace", "wished"),
    ("ru", "Надёжность линии бюро связи с Югом", "wished"),
    ("ar", "الرئيس الأمريكي ومكتب الاتصال", "ordered"),
    ("ar", "تنفيذ الاتفاق على مكتب الاتصال", "denied"),
]
CUES = [
    ("de", "Der Norden hat sein Personal aus dem Verbindungsbüro zurückgezogen", "retraction"),
    ("es", "Cerraron por error la oficina de enlace", "correction"),
    ("ru", "Поправка к закону о бюро связи с Югом", "correction"),
    ("fr", "Une maladie chronique au bureau de liaison", "analysis"),
]


def found(kind: str, lang: str, title: str) -> set[str]:
    """The ids of one kind of word in a title."""
    sentence = read(article(title, lang=lang), office()).sentences[0]
    return {hit.id for hit in sentence.hits if hit.kind == kind}


@pytest.mark.parametrize(("lang", "title", "act"), MISREAD)
def test_a_word_that_begins_like_the_act_is_not_the_act(lang: str, title: str, act: str) -> None:
    assert act not in found("act", lang, title)


@pytest.mark.parametrize(("lang", "title", "act"), MEANT)
def test_the_act_itself_is_still_read(lang: str, title: str, act: str) -> None:
    assert act in found("act", lang, title)


@pytest.mark.parametrize(("lang", "title", "mood"), MOODS)
def test_an_everyday_word_is_no_mood(lang: str, title: str, mood: str) -> None:
    assert mood not in found("mood", lang, title)


@pytest.mark.parametrize(("lang", "title", "cue"), CUES)
def test_an_everyday_word_is_no_cue(lang: str, title: str, cue: str) -> None:
    assert cue not in found("cue", lang, title)
