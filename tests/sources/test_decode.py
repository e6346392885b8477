"""Text from bytes. The sixteen charset cases that no parser in use reads all right, and A1, A2."""

from __future__ import annotations

import codecs
import gzip
import time

import pytest

from monitor.errors import ParseError
from monitor.sources.decode import decode, gunzip
from monitor.sources.parse import parse

KOREAN = "남북 공동연락사무소, 북측 인원 철수… 뷁"
JAPANESE = "南北連絡事務所①から北朝鮮が撤収しました"
CHINESE = "韩朝联络办公室恢复部分办公，镕"
RUSSIAN = "Северная Корея отозвала сотрудников бюро связи"
FRENCH = "La Corée du Nord s’est retirée du bureau – déjà"

SCATTERED = "café “x” – ² °"  # bytes that would be one letter of UTF-8 if they stood together


def feed(title: str, label: str | None = None) -> str:
    head = f'<?xml version="1.0" encoding="{label}"?>' if label else '<?xml version="1.0"?>'
    return f"{head}<rss version='2.0'><channel><item><title>{title}</title></item></channel></rss>"


CASES: dict[str, tuple[bytes, str, str | None, str | None]] = {
    "UTF-8 that says nothing": (feed(KOREAN).encode(), KOREAN, None, None),
    "UTF-8 with a mark": (codecs.BOM_UTF8 + feed(KOREAN).encode(), KOREAN, None, None),
    "UTF-8 labelled latin-1": (feed(KOREAN, "iso-8859-1").encode(), KOREAN, None, None),
    "UTF-8 that HTTP calls euc-kr": (
        feed(KOREAN).encode(), KOREAN, "text/xml; charset=euc-kr", None,
    ),
    "UTF-8 spelt utf8": (feed(KOREAN, "utf8").encode(), KOREAN, None, None),
    "UTF-16 with a mark": (feed(KOREAN, "utf-16").encode("utf-16"), KOREAN, None, None),
    "UTF-16 without a mark": (feed(KOREAN, "utf-8").encode("utf-16-be"), KOREAN, None, None),
    "cp949 letters labelled euc-kr": (
        feed(KOREAN, "euc-kr").encode("cp949"), KOREAN, None, None,
    ),
    "cp949 labelled ks_c_5601-1987": (
        feed(KOREAN, "ks_c_5601-1987").encode("cp949"), KOREAN, None, None,
    ),
    "cp949 that says nothing": (feed(KOREAN).encode("cp949"), KOREAN, None, "ko"),
    "cp932 letters labelled Shift_JIS": (
        feed(JAPANESE, "Shift_JIS").encode("cp932"), JAPANESE, None, None,
    ),
    "ISO-2022-JP": (
        feed(JAPANESE.replace("①", ""), "iso-2022-jp").encode("iso2022_jp"),
        JAPANESE.replace("①", ""), None, None,
    ),
    "gb18030 letters labelled gb2312": (
        feed(CHINESE, "gb2312").encode("gb18030"), CHINESE, None, None,
    ),
    "windows-1251 that only HTTP names": (
        feed(RUSSIAN).encode("cp1251"), RUSSIAN, 'text/xml; charset="windows-1251"', None,
    ),
    "cp1252 letters labelled latin-1": (
        feed(FRENCH, "iso-8859-1").encode("cp1252"), FRENCH, None, None,
    ),
    "cp1252 that says nothing": (feed(FRENCH).encode("cp1252"), FRENCH, None, None),
}  # fmt: skip


def test_the_table_has_sixteen_cases() -> None:
    assert len(CASES) == 16


@pytest.mark.parametrize("name", CASES)
def test_A2_the_title_is_right_through_the_whole_reader(name: str) -> None:
    body, title, content_type, lang = CASES[name]
    parsed = parse(body, content_type=content_type, lang=lang)
    assert parsed.entries[0].title == title


def test_A1_one_bad_byte_leaves_all_titles_right_and_is_told() -> None:
    body = feed(KOREAN).encode().replace("뷁".encode(), "뷁".encode() + b"\xff")
    parsed = parse(body)
    assert parsed.entries[0].title.startswith(KOREAN)
    assert "charset repaired" in parsed.warnings


def test_A1_one_bad_byte_in_labelled_korean_leaves_the_rest_right() -> None:
    body = feed(KOREAN * 5 + "끝", "euc-kr").encode("cp949").replace("끝".encode("cp949"), b"\xff")
    decoded = decode(body)
    assert KOREAN in decoded.text
    assert (decoded.encoding, decoded.warnings) == ("cp949", ("charset repaired",))


@pytest.mark.parametrize(
    ("text", "encoding", "lang"),
    [
        (JAPANESE, "cp932", "ja"),
        (JAPANESE.replace("①", ""), "euc_jp", "ja"),
        (CHINESE, "gb18030", "zh"),
        ("兩韓聯絡辦公室恢復部分辦公", "big5hkscs", "zh"),
        (RUSSIAN, "cp1251", "ru"),
        (RUSSIAN, "cp1251", None),
        (KOREAN, "cp949", None),
        ("انسحبت كوريا الشمالية من مكتب الاتصال", "cp1256", "ar"),
        (FRENCH, "cp1252", "fr"),
    ],
)
def test_without_a_label_the_sources_language_leads_the_guess(
    text: str, encoding: str, lang: str | None
) -> None:
    decoded = decode(text.encode(encoding), lang=lang)
    assert decoded.text == text
    assert decoded.warnings == ("charset guessed",)


@pytest.mark.parametrize("label", ["no-such-charset", "base64", "utf-16", "utf-8"])
def test_a_label_that_cannot_be_true_is_ignored(label: str) -> None:
    assert decode(feed(FRENCH, label).encode("cp1252")).encoding == "cp1252"


def test_a_label_that_is_plainly_wrong_gives_way_to_the_guess() -> None:
    assert decode(feed(FRENCH, "euc-jp").encode("cp1252")).encoding == "cp1252"


def test_the_label_of_an_html_page_counts() -> None:
    page = f'<html><head><meta charset="euc-kr"></head>{KOREAN}</html>'
    assert KOREAN in decode(page.encode("cp949")).text


def test_bytes_of_no_known_charset_are_replaced() -> None:
    decoded = decode(b"<rss>" + b"x\xa4" * 5 + b"</rss>")
    assert decoded.warnings == ("charset repaired",)


def test_half_a_letter_of_utf16_is_repaired() -> None:
    decoded = decode(codecs.BOM_UTF16_LE + "<rss>남북</rss>".encode("utf-16-le") + b"\x00")
    assert decoded.text.startswith("<rss>남북</rss>")
    assert decoded.warnings == ("charset repaired",)


def test_gzip_without_a_header_is_unpacked() -> None:
    assert parse(gzip.compress(feed(KOREAN).encode())).entries[0].title == KOREAN


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (gzip.compress(bytes(5000), mtime=0), "unpacks to more than"),
        (gzip.compress(b"feed", mtime=0)[:-6], "gzip that was cut off"),
        (b"\x1f\x8b\x08 none", "damaged gzip"),
    ],
    ids=["too large", "cut off", "damaged"],
)
def test_gzip_that_cannot_be_unpacked_is_named(body: bytes, why: str) -> None:
    with pytest.raises(ParseError, match=why):
        gunzip(body, 1000)


@pytest.mark.parametrize("said", ["utf-8", "iso-8859-1", "ISO-8859-15", "us-ascii"])
@pytest.mark.parametrize(
    ("text", "label", "encoding"),
    [(KOREAN, "euc-kr", "cp949"), (JAPANESE, "Shift_JIS", "cp932"), (RUSSIAN, "koi8-r", "koi8_r")],
)
def test_A2_a_wrong_charset_in_the_header_makes_no_mojibake(
    said: str, text: str, label: str, encoding: str
) -> None:
    # Servers send the charset of their own configuration with every file.
    parsed = parse(feed(text, label).encode(encoding), content_type=f"text/xml; charset={said}")
    assert parsed.entries[0].title == text


def test_A2_a_utf8_mark_is_only_a_label() -> None:
    mark = b"\xef\xbb\xbf"
    assert decode(mark + mark + "북한".encode()).text == "북한"
    text = "<?xml version='1.0' encoding='iso-8859-1'?><t>Grüße aus Köln</t>"
    assert decode(mark + text.encode("latin-1")).text == text


@pytest.mark.parametrize("label", [b"", b"<?xml version='1.0' encoding='utf-8'?>"])
def test_A1_a_few_bad_bytes_beside_a_few_good_letters_stay_utf8(label: bytes) -> None:
    body = label + "<t>It’s".encode() + b" x\xa0y\xff</t>"
    assert "It’s x" in decode(body).text


def test_A1_in_a_document_of_another_label_good_letters_must_outweigh_bad_ones() -> None:
    body = b"<?xml version='1.0' encoding='iso-8859-1'?><t>\xc3\xa9 \xe9\xe9</t>"
    assert decode(body).encoding == "cp1252"


def test_A17_a_million_marks_cost_what_their_bytes_cost() -> None:
    start = time.process_time()
    assert decode(codecs.BOM_UTF8 * 1_000_000 + b"<rss/>").text == "<rss/>"
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("text", "label", "encoding", "lang"),
    [
        (SCATTERED, "iso-8859-1", "cp1252", None),
        (RUSSIAN, "x-mac-cyrillic", "mac_cyrillic", None),
        ("閉鎖 発表", "EUC-JP", "euc_jp", None),  # three bytes of four look like UTF-8
        ("统一部", "gb2312", "gb18030", None),
        ("Größe", None, "cp1252", "de"),
        ("«ici» où", None, "cp1252", "fr"),
        ("três ação", None, "cp1252", "pt"),
    ],
)
def test_A1_little_text_is_read_by_its_label_or_its_language(
    text: str, label: str | None, encoding: str, lang: str | None
) -> None:
    assert decode(feed(text, label).encode(encoding), None, lang).text == feed(text, label)


def test_A1_utf_8_with_a_bad_byte_stays_utf_8_whatever_its_label() -> None:
    for label in (None, "iso-8859-1", "euc-kr"):
        body = feed(KOREAN, label).encode() + b"\xff"
        assert KOREAN in decode(body).text
