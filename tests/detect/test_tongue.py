import pytest

from monitor.config.lexicon import read_lexicon
from monitor.detect.words.text import fold
from monitor.detect.words.tongue import language_of, tongues

TONGUES = tongues(read_lexicon())


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The envoys were said to have left by the evening train"),
        ("ko", "특사단은 저녁 기차로 떠난 것으로 알려졌다"),
        ("ja", "特使団は夜の列車で出発したという"),
        ("zh", "特使团据说已乘晚间列车离开"),
        ("fr", "Les émissaires sont partis avec le train du soir"),
        ("de", "Die Gesandten sind mit dem Abendzug nach Hause gefahren"),
        ("es", "Los enviados se fueron en el tren de la noche"),
        ("ru", "Посланники уехали вечерним поездом"),
        ("ar", "غادر المبعوثون في قطار المساء"),
    ],
)
def test_the_language_is_read_off_the_text(lang: str, text: str) -> None:
    assert language_of(fold(text), None, TONGUES) == lang


def test_a_wrong_hint_gives_way_and_a_right_one_helps_out() -> None:
    assert language_of(fold("The bridge was closed by the police"), "de", TONGUES) == "en"
    assert language_of(fold("東京電力会長辞任"), "ja", TONGUES) == "ja"
    assert language_of("ok", "fr", TONGUES) == "fr"
    assert language_of("", None, TONGUES) is None
    assert language_of("zzz qqq", "xx", TONGUES) is None


def test_a_hint_at_an_unknown_language_is_believed_unless_the_text_is_plainly_another() -> None:
    polish = "Rada miasta zatwierdza budowę mostu do portu, a otwarcie ma nastąpić dopiero latem"
    assert language_of(fold(polish), None, TONGUES) is not None
    assert language_of(fold(polish), "pl", TONGUES) is None
    assert language_of(fold("The bridge was closed by the police"), "pl", TONGUES) == "en"
