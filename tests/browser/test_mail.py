"""The mail as a reader sees it: in a real browser, on a phone and a desk, by day and by night."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Open
from tests.browser.letters import FORMS, letters, mail
from tests.browser.looking import asked_for, hard_to_read, hard_to_tap, too_wide

NAMES = tuple(letters(FORMS["en"].words))
every_letter = pytest.mark.parametrize("name", NAMES)
both_languages = pytest.mark.parametrize("code", tuple(FORMS))
both_widths = pytest.mark.parametrize("width", ["phone", "desktop"])
both_schemes = pytest.mark.parametrize("scheme", ["light", "dark"])


@every_letter
@both_languages
@both_widths
def test_a_mail_fits_its_window_and_loads_nothing(
    tab: Open, name: str, code: str, width: str
) -> None:
    page = tab(width, "light")
    asked = asked_for(page)
    page.set_content(mail(name, code))
    assert too_wide(page) == []
    assert asked == []


@every_letter
@both_schemes
def test_every_word_of_a_mail_can_be_read_by_day_and_by_night(
    tab: Open, name: str, scheme: str
) -> None:
    page = tab("phone", scheme)
    page.set_content(mail(name))
    assert hard_to_read(page) == []
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(238, 241, 245)", "dark": "rgb(20, 23, 28)"}[scheme]


@every_letter
@both_languages
def test_the_first_line_of_a_mail_is_what_is_new(tab: Open, name: str, code: str) -> None:
    page = tab("phone", "light")
    page.set_content(mail(name, code))
    first, heading = page.locator("body").inner_text().split("\n")[0], page.locator("h1")
    assert first == heading.inner_text()
    box = heading.bounding_box()
    assert box is not None
    assert box["y"] < 40
    size = heading.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
    assert size >= 20


def test_what_a_reader_can_do_is_large_enough_for_a_thumb(tab: Open) -> None:
    page = tab("phone", "light")
    page.set_content(mail("fact"))
    assert page.locator("a.button").all_inner_texts() == [
        "Story page",
        "Silence this story",
        "Acknowledge",
        "Not relevant",
    ]
    assert hard_to_tap(page, "a.button", least=40) == []


def test_the_links_of_a_mail_lead_to_the_articles_and_to_our_own_page(tab: Open) -> None:
    page = tab("desktop", "light")
    page.set_content(mail("fact"))
    links = page.locator("a").evaluate_all("all => all.map((each) => each.href)")
    assert links[0] == "https://harbour.example.org/world/korea/liaison-office"
    assert "https://monitor.example.org/stories/s-1a2b3c" in links
    assert {link.partition("://")[0] for link in links} == {"https"}


def test_an_edit_strikes_what_was_and_marks_what_is(tab: Open) -> None:
    page = tab("phone", "light")
    page.set_content(mail("correction"))
    was, now = page.locator("del"), page.locator("ins")
    assert (was.inner_text(), now.inner_text()) == ("Friday afternoon,", "Thursday evening,")
    assert "line-through" in was.evaluate("each => getComputedStyle(each).textDecorationLine")
    assert "line-through" not in now.evaluate("each => getComputedStyle(each).textDecorationLine")
    assert (
        page.locator("h1")
        .inner_text()
        .startswith("Harbour Wire corrects “Friday afternoon” to “Thursday evening”: ")
    )


def test_a_hostile_headline_is_text_and_nothing_of_it_runs(tab: Open) -> None:
    page = tab("phone", "light")
    asked = asked_for(page)
    page.set_content(mail("hostile"))
    assert page.locator("script, img, iframe, link, object").count() == 0
    assert "<script>alert(1)</script>" in page.locator("h1").inner_text()
    assert asked == []
