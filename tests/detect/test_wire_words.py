"""How wires and ministries put it: passive clips, phrasal verbs and nouns for the deed."""

from __future__ import annotations

import pytest

from monitor.detect.sense.facts import facts_of
from monitor.detect.sense.keys import act_key
from monitor.detect.words.reading import read
from tests.detect.examples import article, office

TOLD = [
    ("en", "Liaison office calls go through on second try", "answer"),
    ("en", "Seoul pours cold water on liaison office offer", "reject"),
    ("en", "North gives Kaesong liaison office go-ahead", "accept"),
    ("en", "Pyongyang reneges on liaison office", "cancel"),
    ("en", "Seoul bankrolls Kaesong liaison office", "fund"),
    ("fr", "Pyongyang fait la sourde oreille au bureau de liaison", "reject"),
    ("fr", "Bureau de liaison : le personnel plie bagage", "withdraw"),
    ("de", "Verbindungsbüro: Nordkoreas Leute packen die Koffer", "withdraw"),
    ("de", "Verbindungsbüro in Schutt und Asche", "demolish"),
    ("es", "Oficina de enlace: el Norte hace las maletas", "withdraw"),
    ("ru", "КНДР дала добро на бюро связи с Югом", "accept"),
    ("ar", "سيول ترفع دعوى بشأن مكتب الاتصال مع الجنوب", "sue"),
    ("ar", "مكتب الاتصال مع الجنوب تحول إلى ركام", "demolish"),
]


@pytest.mark.parametrize(("lang", "title", "act"), TOLD)
def test_a_headline_clip_tells_the_act(lang: str, title: str, act: str) -> None:
    reading = read(article(title, lang=lang), office())
    assert reading.title is not None
    found = {act_key(fact) for _, fact in facts_of(reading.title, reading, office())}
    assert f"a:{act}" in found
