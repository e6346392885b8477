"""A real Chromium. Where there is none, these tests are skipped and say so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as Tab

from tests.web.conftest import Start, running

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
WIDTHS = {"phone": 390, "desktop": 1280}

Open = Callable[[str, str], Tab]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium of $CHROMIUM, else of the path.

    Not for the whole session: playwright's loop, while it lasts, keeps tests of other modules from
    running one of their own.
    """
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no Chromium found: install one, or name it in CHROMIUM")
    with sync_playwright() as playwright:
        # Containers let no process make the namespaces that Chromium's own sandbox wants.
        running = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Starts servers of the page, each over a store of its own."""
    yield from running(tmp_path_factory.mktemp("sites"))


@pytest.fixture
def tab(browser: Browser) -> Iterator[Open]:
    """Opens a tab of a width and colour scheme by their names; all are closed at the end."""
    tabs: list[Tab] = []

    def opened(width: str, scheme: str) -> Tab:
        size = {"width": WIDTHS[width], "height": 800}
        page = browser.new_page(
            viewport=size,  # type: ignore[arg-type]
            color_scheme="dark" if scheme == "dark" else "light",
        )
        page.set_default_timeout(10_000)
        tabs.append(page)
        return page

    yield opened
    for page in tabs:
        page.close()
