"""Who is who. A4 to A7 of the fault catalogue."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.models import Entry
from monitor.sources import identity
from monitor.sources.identity import canonical_url, fingerprint, identify, same_article

TITLE = "North Korea pulls its staff out of the liaison office"
TEXT = "Seoul said on Friday that the North had withdrawn its officials from the office in Kaesong."


def entry(
    guid: str | None = None, link: str | None = None, title: str = TITLE, text: str = TEXT
) -> Entry:
    return Entry(guid, link, title, summary=text)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://WWW.News.test:80/a/", "https://news.test/a"),
        ("https://news.test:443/a#part", "https://news.test/a"),
        ("https://news.test:8443/a", "https://news.test:8443/a"),
        ("https://me:pw@news.test/a", "https://news.test/a"),
        ("https://m.news.test/a?utm_source=x&id=3&fbclid=9", "https://news.test/a?id=3"),
        ("https://news.test/a?b=2&a=1", "https://news.test/a?a=1&b=2"),
        ("https://news.test/story/amp/", "https://news.test/story"),
        ("https://amp.news.test/story.amp.html", "https://news.test/story.html"),
        ("https://news.test/amp/story", "https://news.test/story"),
        ("https://news.test/story?outputType=amp", "https://news.test/story"),
        ("https://news.test/view/123456789?section=nk/all", "https://news.test/view/123456789"),
        ("https://news.test/view?section=nk", "https://news.test/view?section=nk"),
        ("https://news.test/a?q=", "https://news.test/a?q="),
        ("https://m.test/a", "https://m.test/a"),
        ("https://en.news.test/a", "https://en.news.test/a"),
        ("https://news.test/a/../b", "https://news.test/b"),
        ("https://news.test/camp", "https://news.test/camp"),
        ("http://[::1", "http://[::1"),
    ],
)
def test_one_page_has_one_canonical_address(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@given(st.text(alphabet="abc012/.?&=#%-_", max_size=40))
def test_a_canonical_address_is_its_own(path: str) -> None:
    once = canonical_url("https://news.test/" + path)
    assert canonical_url(once) == once


def test_a_fingerprint_ignores_case_marks_and_space() -> None:
    assert fingerprint("Talks, again!", "x") == fingerprint("talks  again", "X.")
    assert fingerprint("Talks again", "x") != fingerprint("Talks again", "y")
    assert fingerprint("a", "b") != fingerprint("ab", "")


def test_keys_come_in_the_order_of_trust() -> None:
    (found,) = identify([entry("g1", "http://www.news.test/a/?utm_source=rss")], "desk")
    assert found.keys[:2] == ("url:https://news.test/a", "guid:desk:g1")
    assert found.keys[2].startswith("text:desk:")
    assert found.entry_key == "guid:desk:g1"


def test_A4_an_item_whose_guid_changed_keeps_its_other_keys() -> None:
    (before,) = identify([entry("http://news.test/?p=1", "http://news.test/a")], "desk")
    (after,) = identify([entry("https://news.test/?p=1", "https://news.test/a")], "desk")
    assert before.entry_key != after.entry_key
    assert set(before.keys) & set(after.keys) >= {"url:https://news.test/a"}
    (moved,) = identify([entry("new", "https://news.test/moved")], "desk")
    assert set(before.keys) & set(moved.keys) == {before.keys[-1]}


def test_A5_a_guid_of_two_items_names_neither() -> None:
    one, two = identify(
        [entry("1", "http://news.test/a"), entry("1", "http://news.test/b", title="Talks resume")],
        "desk",
    )
    assert not any(key.startswith("guid:") for key in one.keys + two.keys)
    assert one.entry_key == "url:https://news.test/a"
    assert two.entry_key == "url:https://news.test/b"


def test_A5_a_link_of_two_items_names_neither() -> None:
    one, two = identify(
        [entry("1", "http://news.test/live#a"), entry("2", "http://news.test/live#b", "Other")],
        "desk",
    )
    assert not any(key.startswith("url:") for key in one.keys + two.keys)
    assert (one.entry_key, two.entry_key) == ("guid:desk:1", "guid:desk:2")


def test_an_item_served_twice_keeps_its_keys() -> None:
    one, two = identify([entry("1", "http://news.test/a")] * 2, "desk")
    assert one == two
    assert one.entry_key == "guid:desk:1"


def test_A6_without_guid_and_link_the_key_is_stable() -> None:
    (first,) = identify([entry()], "desk")
    second, other = identify([entry(text="Edited since."), entry(title="Talks resume")], "desk")
    assert first.entry_key == second.entry_key
    assert first.entry_key != other.entry_key
    assert first.keys == (first.entry_key,)


def test_A6_items_with_one_title_are_told_apart_by_their_text() -> None:
    one, two = identify([entry(text="First."), entry(text="Second.")], "desk")
    assert one.entry_key != two.entry_key


def test_A6_items_with_no_title_are_told_apart_by_their_text() -> None:
    one, two = identify([entry(title="", text="First."), entry(title="", text="Second.")], "desk")
    assert one.entry_key != two.entry_key


def test_A7_the_address_is_one_key_over_all_sources() -> None:
    (one,) = identify([entry("1", "https://www.news.test/a?utm_medium=rss")], "desk")
    (two,) = identify([entry("2", "http://m.news.test/a/")], "other")
    assert one.keys[0] == two.keys[0]
    assert set(one.keys[1:]).isdisjoint(two.keys[1:])


@pytest.mark.parametrize("link", ["https://news.test/", "ftp://news.test/a", "relative/a", None])
def test_a_front_page_or_no_web_address_is_no_key(link: str | None) -> None:
    (found,) = identify([entry("1", link)], "desk")
    assert found.keys[0] == "guid:desk:1"


def test_a_short_text_is_no_key_beside_a_better_one() -> None:
    (found,) = identify([entry("1", None, title="Weather", text="")], "desk")
    assert found.keys == ("guid:desk:1",)


def test_the_content_hash_covers_what_is_read_and_no_dates() -> None:
    plain, dated, edited = (
        identify([item], "desk")[0].content_hash
        for item in (
            entry("1"),
            Entry("1", None, TITLE, summary=TEXT, published=datetime(2019, 3, 22, tzinfo=UTC)),
            entry("1", text=TEXT + " It gave no reason."),
        )
    )
    assert plain == dated != edited


@pytest.mark.parametrize(
    ("title", "text", "same"),
    [
        (TITLE, TEXT, True),
        ("North Korea withdraws its staff from liaison office", "", True),
        ("Kaesong: what we know", TEXT + " It gave no reason.", True),
        ("Typhoon nears Jeju with rain", "Ferries stay in port and schools are closed.", False),
        ("Typhoon nears Jeju", "", False),
        ("", "", True),
    ],
)  # fmt: skip
def test_A5_a_key_used_for_another_item_is_noticed(title: str, text: str, same: bool) -> None:
    assert same_article(TITLE, TEXT, entry(title=title, text=text)) is same


def test_A5_korean_flashes_that_grow_stay_one_article() -> None:
    flash = Entry("1", None, "[속보] 북한, 개성 연락사무소 철수")
    assert same_article("북한, 개성 연락사무소서 인원 전원 철수…정부 유감", "", flash)
    assert not same_article("제주에 태풍 접근…항공편 결항", "", flash)


def test_same_article_reads_two_letters_too() -> None:
    assert same_article("Go", "", Entry("1", None, "Go"))
    assert not same_article("Go", "", Entry("1", None, "No"))


@given(
    st.from_regex(r"[a-z0-9][a-z0-9.-]{0,12}", fullmatch=True),
    st.lists(
        st.sampled_from(["a", "amp", "x.amp", "A_b~1", "..", ".", "x.amp.html", "2020", "b."])
    ),
    st.sampled_from(["www.", "m.", "amp.", "xn--", ""]),
    st.sampled_from(["", "/"]),
)
def test_a_simple_address_gets_the_same_form_by_the_short_way(
    host: str, path: list[str], front: str, slash: str
) -> None:
    url = "/".join([f"http://{front}{host}", *path]) + slash
    assert canonical_url(url) == identity._canonical(url)
