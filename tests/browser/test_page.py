"""The page as a reader sees it and uses it: a real browser, the real application, a real store."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from monitor.alerts.channels.email import open_email
from monitor.alerts.render import Forms
from tests.alerts.examples import HOSTILE
from tests.browser.conftest import Open
from tests.browser.looking import asked_for, hard_to_read, hard_to_tap, too_wide
from tests.web.conftest import NOW, Page, Start

PATHS = {
    "developments": "/",
    "why": "/ledger",
    "sources": "/sources",
    "deliveries": "/deliveries",
    "story": "/stories/s1",
    "silence": "/alerts/alert-1/silence",
    "nothing": "/nowhere",
}
every_page = pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
both_widths = pytest.mark.parametrize("width", ["phone", "desktop"])
both_schemes = pytest.mark.parametrize("scheme", ["light", "dark"])


@pytest.fixture(scope="module")
def site(sites: Start) -> Page:
    return sites()


@pytest.fixture(scope="module")
def hostile(sites: Start) -> Page:
    return sites(text=f"{HOSTILE.headline[:400]} {'x' * 300}")


def go(seen: Tab, site: Page, path: str) -> None:
    """Open a page, which must be there."""
    answer = seen.goto(site.url.rstrip("/") + path)
    assert answer is not None
    assert answer.status == (404 if path == "/nowhere" else 200)


@every_page
@both_widths
@both_schemes
def test_a_page_fits_its_window_is_legible_and_asks_nobody_else(
    tab: Open, site: Page, path: str, width: str, scheme: str
) -> None:
    seen = tab(width, scheme)
    asked = asked_for(seen)
    go(seen, site, path)
    for summary in seen.locator("summary").all():
        summary.click()
    assert too_wide(seen) == []
    assert hard_to_read(seen) == []
    assert {address for address in asked if not address.startswith(site.url)} == set()


@every_page
@both_widths
def test_a_hostile_headline_neither_runs_nor_widens_a_page(
    tab: Open, hostile: Page, path: str, width: str
) -> None:
    seen = tab(width, "light")
    asked = asked_for(seen)
    seen.on("dialog", lambda dialog: pytest.fail(f"a headline said {dialog.message}"))
    go(seen, hostile, path)
    assert too_wide(seen) == []
    assert {address for address in asked if not address.startswith(hostile.url)} == set()


@every_page
def test_what_can_be_tapped_on_a_page_is_large_enough(tab: Open, site: Page, path: str) -> None:
    seen = tab("phone", "light")
    go(seen, site, path)
    assert hard_to_tap(seen, "nav a, .pick a, summary, button, input:visible, select") == []


def test_a_page_is_read_aloud_by_its_heading_and_its_regions(tab: Open, site: Page) -> None:
    page = tab("desktop", "light")
    go(page, site, "/")
    expect(page.get_by_role("heading", level=1, name="Developments")).to_be_attached()
    expect(page.get_by_role("region", name="State card: ")).to_have_count(1)


def test_the_name_of_a_source_is_not_broken_where_there_is_room(tab: Open, site: Page) -> None:
    page = tab("desktop", "light")
    go(page, site, "/sources")
    cell = page.locator("tbody td").first
    assert (cell.bounding_box() or {"width": 0})["width"] >= 160


def test_the_pages_are_a_click_apart(tab: Open, site: Page) -> None:
    seen = tab("phone", "light")
    go(seen, site, "/")
    seen.get_by_role("link", name="North withdraws its staff from the liaison office").click()
    expect(seen.get_by_role("heading", name="What was new, in order")).to_be_visible()
    for name in ("Why", "Sources", "Deliveries", "Developments"):
        seen.get_by_role("navigation").get_by_role("link", name=name).click()
        current = seen.get_by_role("navigation").locator("[aria-current]")
        expect(current).to_have_text(name)


def test_a_story_is_silenced_with_a_few_clicks(tab: Open, sites: Start) -> None:
    site = sites()
    seen = tab("phone", "light")
    go(seen, site, "/alerts/alert-1/silence")
    seen.get_by_label("For").select_option("8 hours")
    seen.get_by_label("Your name").fill("Kim")
    seen.get_by_label("Why").fill("seen it")
    seen.get_by_role("button", name="Silence this story").click()
    expect(seen.get_by_role("status")).to_contain_text("Silenced until 25 March 2019, 20:00 UTC")
    (silence,) = site.store.silences()
    assert (silence.story, silence.reason) == ("s1", "asked by Kim: seen it")
    assert silence.until - NOW == timedelta(hours=8)


def test_what_is_not_relevant_is_said_with_one_click_on_its_page(tab: Open, sites: Start) -> None:
    site = sites()
    seen = tab("phone", "dark")
    go(seen, site, "/alerts/alert-1/not-relevant")
    assert site.store.silences() == ()
    seen.get_by_role("button", name="This alert is not relevant").click()
    expect(seen.get_by_role("status")).to_contain_text("Silenced until 25 April 2019")
    (silence,) = site.store.silences()
    assert silence.reason == "not relevant, says the page"


def test_an_alert_is_acknowledged(tab: Open, sites: Start) -> None:
    site = sites()
    seen = tab("desktop", "light")
    go(seen, site, "/alerts/alert-1/acknowledge")
    seen.get_by_label("Your name").fill("Kim")
    seen.get_by_role("button", name="Acknowledge this alert").click()
    expect(seen.get_by_role("status")).to_have_text("Acknowledged by Kim: it is not escalated.")
    assert site.store.silences() == ()


def test_the_address_for_unsubscribing_in_a_mail_leads_to_a_form_that_works(
    tab: Open, sites: Start
) -> None:
    site = sites()
    alert = site.store.alert("alert-1")
    assert alert is not None
    url = "mailto://127.0.0.1:25?from=w@x.org&to=d@x.org"
    channel = open_email("desk", url, notices=True, forms=Forms(page=site.url))
    seen = tab("phone", "light")
    seen.goto(channel.message(alert, "d@x.org")["List-Unsubscribe"].strip("<>"))
    seen.get_by_role("button").click()
    expect(seen.get_by_role("status")).to_contain_text("Silenced until")
    assert len(site.store.silences()) == 1
