"""Naming a thing to say that nobody spoke of it is no news of it."""

from __future__ import annotations

import pytest

from monitor.detect.words.reading import read
from tests.detect.examples import article, office


def named(body: str, lang: str, title: str = "A speech") -> bool:
    reading = read(article(title, body, lang=lang), office())
    return any("office" in sentence.subjects for sentence in reading.body)


@pytest.mark.parametrize(
    ("lang", "body"),
    [
        ("en", "The minister did not mention the inter-Korean liaison office."),
        ("en", "He spoke for an hour without referring to the Kaesong liaison office."),
        ("en", "She said nothing about the joint liaison office."),
        ("fr", "Il a parlé sans évoquer le bureau de liaison intercoréen."),
        ("de", "Das innerkoreanische Verbindungsbüro wurde mit keinem Wort erwähnt."),
        ("es", "El ministro no mencionó la oficina de enlace intercoreana."),
        ("ru", "Министр не упомянул межкорейское бюро связи."),
        ("ko", "장관은 남북공동연락사무소는 언급하지 않았다."),
        ("ja", "演説は南北共同連絡事務所には触れなかった。"),
        ("zh", "讲话没有提及韩朝联络办公室。"),
    ],
)
def test_is_unsaid_what_nobody_spoke_of_is_not_named(lang: str, body: str) -> None:
    assert not named(body, lang)


@pytest.mark.parametrize(
    ("lang", "body"),
    [
        ("en", "The minister mentioned the inter-Korean liaison office."),
        ("en", "There was no word on when the inter-Korean liaison office would reopen."),
        ("ko", "남북공동연락사무소 통화에서도 언급이 없었다."),
        ("zh", "讲话没有提到韩朝联络办公室的启用时间。"),
        ("ar", "تحدث الوزير عن مكتب الاتصال بين الكوريتين"),
    ],
)
def test_is_unsaid_what_is_spoken_of_or_asked_after_is_named(lang: str, body: str) -> None:
    assert named(body, lang)


def test_is_unsaid_in_a_title_the_silence_is_the_news() -> None:
    title = "Speech does not mention inter-Korean liaison office"
    reading = read(article(title, "", lang="en"), office())
    assert reading.title is not None
    assert "office" in reading.title.subjects
