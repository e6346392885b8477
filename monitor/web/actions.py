"""What a reader can do about an alert: silence its story, acknowledge it, call it not relevant.

A link in a mail leads to a page that asks again. Only the form on that page changes anything: mail
scanners and previews follow links, and a form of another site must do nothing here. So a POST needs
a token that only our own page shows, and must come from our own page where the browser says whence.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from monitor.alerts.text import safe_text
from monitor.clock import Clock
from monitor.models import Alert
from monitor.service.answers import SPANS, answer
from monitor.store import Store
from monitor.web.words import count

Page = Callable[..., Response]

MOST = 4_096  # bytes of a form
QUESTIONS = {
    "silence": "Silence this story",
    "acknowledge": "Acknowledge this alert",
    "not-relevant": "This alert is not relevant",
}
_MEANS = {
    "silence": "Nothing more of it is pushed until then; these pages still show it. "
    "At the end one message lists what was kept back.",
    "acknowledge": "Somebody has seen it: it is not escalated to further channels.",
    "not-relevant": "Its story is silenced for a month, and the alert is marked for whoever tends "
    "the topic.",
}
_KEY = secrets.token_bytes(32)  # of this process: a page from before a restart asks again


def add_action_routes(
    app: FastAPI, store: Store, clock: Clock, page: Page, public: str | None
) -> None:
    """The page of each question, and the form behind it. `page` renders a template.

    `public` is the address that readers use, where a proxy asks us under another.
    """
    ours = {urlsplit(public).netloc} if public else set()

    @app.get("/alerts/{alert}/{question}", include_in_schema=False)
    def ask(alert: str, question: str) -> Response:
        found = _found(store, alert, question)
        return _asked(page, found, question)

    @app.post("/alerts/{alert}/{question}", include_in_schema=False)
    async def act(alert: str, question: str, request: Request) -> Response:
        form = await _form(request)
        if not _is_ours(request, ours) or not hmac.compare_digest(
            form.get("token", "").encode(), token(alert, question).encode()
        ):
            raise HTTPException(403, "This form is not from this page, or is old: open it again.")
        return await run_in_threadpool(_done, store, clock, page, alert, question, form)


def token(alert: str, question: str) -> str:
    """What the page of this question carries, and only it."""
    return hmac.new(_KEY, f"{question} {alert}".encode(), "sha256").hexdigest()


def _found(store: Store, alert: str, question: str) -> Alert:
    found = store.alert(alert) if question in QUESTIONS else None
    if found is None:
        raise HTTPException(404, "There is no alert of that name.")
    if question != "acknowledge" and found.story is None:
        raise HTTPException(404, "This message is of no story.")
    return found


def _asked(page: Page, alert: Alert, question: str, **more: Any) -> Response:
    values = {
        "alert": alert,
        "question": question,
        "asks": QUESTIONS[question],
        "means": _MEANS[question],
        "spans": {name: _named(span) for name, span in SPANS.items()},
        "token": token(alert.id, question),
        "done": "",
    }
    return page("ask.html", **(values | more))


def _named(span: timedelta) -> str:
    return count(span.days, "day") if span.days else count(span.seconds // 3600, "hour")


def _done(
    store: Store, clock: Clock, page: Page, alert: str, question: str, form: dict[str, str]
) -> Response:
    found = _found(store, alert, question)
    who = safe_text(form.get("who", ""), 60) or "the page"
    span = form.get("for", "1d")
    if question == "silence" and span not in SPANS:
        raise HTTPException(422, "Choose one of the times of the form.")
    reason = safe_text(form.get("reason", ""), 200)
    return _asked(
        page, found, question, done=answer(store, found, question, clock.now(), who, span, reason)
    )


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form, the first of each name; an oversized one is refused."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST:
            raise HTTPException(413, "This form is too large.")
    fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=10)
    return {name: values[0] for name, values in fields.items()}


def _is_ours(request: Request, ours: set[str]) -> bool:
    """Whether the browser, where it says so, came from a page of this host.

    "null" says nothing: our own pages are sent so, since they send no referrer.
    """
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin", "null")
    hosts = ours | {request.headers.get("host", "")}
    return site == "same-origin" and (origin == "null" or urlsplit(origin).netloc in hosts)
