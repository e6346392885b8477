"""How wires and ministries put it: passive clips, phrasal verbs and nouns for the deed."""

from __future__ import annotations

import pytest

from monitor.detect.facts import act_key, facts_of
from monitor.detect.reading import read
from tests.detect.examples import article, office

TOLD = [
    ("en", "Liaison office calls go through on second try", "answer"),
    ("en", "Seoul pours cold water on liaison office offer", "reject"),
    ("en", "North gives Kaesong liaison office go-ahead", "accept"),
    ("en", "Pyongyang reneges on liaison office", "cancel"),
    ("en", "Seoul bankrolls Kaesong liaison office", "fund"),
]


@pytest.mark.parametrize(("lang", "title", "act"), TOLD)
def test_a_headline_clip_tells_the_act(lang: str, title: str, act: str) -> None:
    reading = read(article(title, lang=lang), office())
    assert reading.title is not None
    found = {act_key(fact) for _, fact in facts_of(reading.title, reading, office())}
    assert f"a:{act}" in found
