from __future__ import annotations

import base64
from typing import Any

from monitor.web.guard import Guard
from tests.web.conftest import Page, Start, configuration
from tests.web.test_app import FILES, HTML_PAGES, JSON_ROUTES

PASSWORD = "correct horse"


def basic(text: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(text.encode()).decode()}


def test_every_answer_forbids_loading_from_elsewhere(page: Page) -> None:
    for path in [*HTML_PAGES, *JSON_ROUTES, *FILES, "/nothing"]:
        headers = page.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "script-src" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert "server" not in headers


def test_I1_a_page_without_a_password_answers_only_to_names_of_this_machine(page: Page) -> None:
    for host in ("localhost", "localhost:8750", "127.0.0.1", "127.0.0.2:1", "[::1]:8750"):
        assert page.get("/", headers={"Host": host}).status_code == 200
    for host in (
        "evil.example",
        "localhost.evil.example",
        "10.0.0.1",
        "[::1",
        "user@evil",
        "a:b:c",
    ):
        answer = page.get("/", headers={"Host": host})
        assert answer.status_code == 421
        assert "password" in answer.text


def test_I4_headers_of_a_proxy_are_not_believed(page: Page) -> None:
    forged = {
        "X-Forwarded-For": "127.0.0.1",
        "X-Forwarded-Host": "localhost",
        "Host": "evil.example",
    }
    assert page.get("/", headers=forged).status_code == 421
    feed = page.get("/developments.json", headers={"X-Forwarded-Host": "evil.example"}).json()
    assert feed["home_page_url"] == page.url


STRANGERS: list[dict[str, str]] = [
    {},
    basic("monitor:wrong"),
    basic(f"other:{PASSWORD}"),
    basic(f"monitor:{PASSWORD} "),
    {"Authorization": "Basic %%%"},
    {"Authorization": "Basic é"},
    {"Authorization": f"Bearer {PASSWORD}"},
    {"X-Forwarded-For": "127.0.0.1"},
]


def test_I3_with_a_password_every_route_asks_for_it(start: Start) -> None:
    page = start(configuration(PASSWORD))
    paths = [*HTML_PAGES, *JSON_ROUTES, *FILES, "/nothing"]
    for path, headers in [*((path, {}) for path in paths), *(("/", h) for h in STRANGERS)]:
        sent = {name: value.encode("latin-1") for name, value in headers.items()}
        answer = page.get(path, headers=sent)
        assert answer.status_code == 401, path
        assert answer.headers["www-authenticate"].startswith("Basic ")
        assert "content-security-policy" in answer.headers
        assert PASSWORD not in answer.text


def test_the_password_opens_every_route_under_any_name(start: Start) -> None:
    page = start(configuration(PASSWORD))
    for path in [*HTML_PAGES, *JSON_ROUTES, *FILES]:
        headers = basic(f"monitor:{PASSWORD}") | {"Host": "monitor.example"}
        assert page.get(path, headers=headers).status_code == 200


def test_a_password_may_hold_any_letter(start: Start) -> None:
    page = start(configuration("пароль:비밀번호"))
    assert page.get("/", headers=basic("monitor:пароль:비밀번호")).status_code == 200


async def test_what_is_no_request_passes_through() -> None:
    seen: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    async def nothing(*_: Any) -> Any: ...

    await Guard(app, None)({"type": "lifespan"}, nothing, nothing)
    assert seen == ["lifespan"]
