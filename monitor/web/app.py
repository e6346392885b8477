"""The status page: one FastAPI application over one store, without state of its own.

It reads; only the answers of readers (actions.py) and of hubs are written. Handlers are mostly
plain functions, which FastAPI runs in threads, because the store blocks. Every answer passes the
Guard.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from jinja2 import Environment
from starlette.exceptions import HTTPException

from monitor import __version__
from monitor.clock import Clock
from monitor.config.load import Config
from monitor.errors import StoreError
from monitor.models import DeliveryState, Verdict
from monitor.service import reach
from monitor.service.shown import shown_means
from monitor.service.websub import PATH, Hubs
from monitor.store import Store
from monitor.web import api, feeds, metrics, pages
from monitor.web.actions import add_action_routes
from monitor.web.guard import Guard
from monitor.web.hubs import add_hub_routes
from monitor.web.wording import environment

Health = Callable[[], tuple[bool, dict[str, Any]]]

REFRESH = 60  # seconds after which the pages that change read themselves again
HUB_CALLS = rf"{PATH}[A-Za-z0-9_-]{{43}}"  # no longer path: other answers are not for everybody
_HERE = Path(__file__).parent
_Limit = Annotated[int, Query(ge=1, le=500)]


def create_app(
    store: Store, config: Config, clock: Clock, health: Health, hubs: Hubs | None = None
) -> FastAPI:
    """The page over an open store.

    `health` says whether the service polls, with details for machines; its "why" is a sentence for
    people. It is called for every page, from a thread. `hubs` may call here, without a password.
    """
    app = FastAPI(
        title="Liaison Monitor",
        version=__version__,
        docs_url=None,  # both would load scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    password, calls = config.settings.server.password, HUB_CALLS if hubs is not None else None
    app.add_middleware(Guard, password=password, open_to=calls)
    view = _View(store, config, clock, health)
    _add_pages(app, view)
    add_action_routes(app, store, clock, view.page, config.settings.server.public_url)
    _add_machine_routes(app, view)
    if hubs is not None:
        add_hub_routes(app, hubs, config.settings.polling.max_body)
    _add_errors(app, view)
    app.include_router(api.router(store, config, clock))
    return app


class _View:
    """What the routes share: the store, the templates, and how a page is rendered."""

    def __init__(self, store: Store, config: Config, clock: Clock, health: Health) -> None:
        self.store = store
        self.config = config
        self.clock = clock
        self.health = health
        self.env: Environment = environment()

    def page(self, name: str, code: int = 200, /, **values: Any) -> HTMLResponse:
        """One page with what stands on all of them."""
        ok, why = self._state()
        html = self.env.get_template(name).render(
            now=self.clock.now(),
            version=__version__,
            working=ok,
            working_why=why,
            **({"refresh": None} | values),
        )
        return HTMLResponse(html, code)

    def _state(self) -> tuple[bool, str]:
        """Whether it polls and anybody can be told, and why (not). A store that fails is told by
        the page itself.
        """
        ok, details = self.health()
        try:
            owed = reach.look(self.store, self.config) if ok else ()
        except StoreError:
            owed = ()
        untold = reach.nobody_told(owed, self.config.settings.channels)
        return (False, untold) if untold else (ok, str(details.get("why", "")))


def _add_pages(app: FastAPI, view: _View) -> None:
    store, config = view.store, view.config

    @app.get("/", include_in_schema=False)
    def timeline(
        limit: _Limit = 100, before: Annotated[str | None, Query(max_length=64)] = None
    ) -> HTMLResponse:
        now = config.topics.items() if before is None else ()  # the card is of today
        cards = [pages.card(store, name, pack) for name, pack in now]
        found = store.alerts(limit, before=before)
        return view.page(
            "timeline.html",
            cards=cards,
            days=pages.days(found),
            before=before,
            older=found[-1].id if len(found) == limit else None,
            limit=limit,
            refresh=REFRESH if before is None else None,
        )

    @app.get("/stories/{story}", include_in_schema=False)
    def story(story: str) -> HTMLResponse:
        found = pages.story_page(store, story)
        if found is None:
            raise HTTPException(404, "There is no story of that name.")
        return view.page("story.html", found=found)

    @app.get("/ledger", include_in_schema=False)
    def ledger(
        q: Annotated[str, Query(max_length=2000)] = "", verdict: str = "", limit: _Limit = 100
    ) -> HTMLResponse:
        wanted = Verdict(verdict) if verdict in set(Verdict) else None
        rows = pages.decisions(store, q, wanted, limit)
        return view.page(
            "ledger.html",
            rows=rows,
            q=q,
            verdict=wanted,
            verdicts=list(Verdict),
            limit=limit,
            means=lambda span, row: shown_means(span, row.topic, config.topics),
        )

    @app.get("/sources", include_in_schema=False)
    def sources() -> HTMLResponse:
        lines = pages.source_lines(store, config.sources)
        return view.page(
            "sources.html", lines=lines, every=config.settings.polling.every, refresh=REFRESH
        )

    @app.get("/deliveries", include_in_schema=False)
    def deliveries(state: str = "", limit: _Limit = 100) -> HTMLResponse:
        wanted = DeliveryState(state) if state in set(DeliveryState) else None
        lines = pages.delivery_lines(store, store.deliveries(wanted, limit))
        states = store.counts().deliveries
        return view.page(
            "deliveries.html",
            lines=lines,
            state=wanted,
            states=states,
            owed=reach.look(store, config),
            refresh=REFRESH,
        )


def _add_machine_routes(app: FastAPI, view: _View) -> None:
    files = {"/page.css": "text/css; charset=utf-8", "/icon.svg": "image/svg+xml"}
    for path, kind in files.items():
        content = (_HERE / "static" / path[1:]).read_bytes()
        app.add_api_route(path, _static(content, kind), include_in_schema=False)

    @app.get("/healthz", tags=["monitor"], responses={503: {"description": "nothing polls"}})
    def healthz() -> JSONResponse:
        """200 while the service polls and its store answers, else 503; with the cause."""
        ok, details = view.health()
        details = {"ok": ok, "store": "ok", **details}
        try:
            view.store.next_delivery(view.clock.now())
        except StoreError as error:
            details |= {"ok": False, "store": str(error)}
        return JSONResponse(details, 200 if details["ok"] else 503)

    @app.get("/metrics", include_in_schema=False)
    def figures() -> Response:
        text = metrics.metrics(view.store, view.config, working=view.health()[0])
        return Response(text, media_type=metrics.TYPE)

    @app.get("/developments.atom", include_in_schema=False)
    def atom(request: Request) -> Response:
        found = pages.developments(view.store, 100)
        text = feeds.atom(view.env, found, str(request.base_url), view.clock.now())
        return Response(text, media_type="application/atom+xml; charset=utf-8")

    @app.get("/developments.json", include_in_schema=False)
    def json_feed(request: Request) -> JSONResponse:
        found = pages.developments(view.store, 100)
        document = feeds.json_feed(view.env, found, str(request.base_url))
        return JSONResponse(document, media_type="application/feed+json")


def _static(content: bytes, kind: str) -> Callable[[], Response]:
    def answer() -> Response:
        return Response(content, media_type=kind)

    return answer


def _add_errors(app: FastAPI, view: _View) -> None:
    def answer(request: Request, status: int, why: str) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"detail": why}, status)
        return view.page("error.html", status, status=status, why=why)

    @app.exception_handler(StoreError)
    def store_failed(request: Request, error: StoreError) -> Response:
        return answer(request, 503, str(error))

    @app.exception_handler(RequestValidationError)
    def bad_request(request: Request, error: RequestValidationError) -> Response:
        wrong = "; ".join(f"{e['loc'][-1]}: {e['msg']}" for e in error.errors())
        return answer(request, 422, wrong)

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        bare = error.status_code == 404 and error.detail == HTTPStatus.NOT_FOUND.phrase
        why = "There is no page at this address." if bare else error.detail
        response = answer(request, error.status_code, why)
        response.headers.update(error.headers or {})  # which methods there are, of a 405
        return response
