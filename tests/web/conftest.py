from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from pydantic import SecretStr

from monitor.config.load import Config
from monitor.config.settings import Channel, Server, Settings, Source
from monitor.config.topic import TopicPack
from monitor.models import (
    Alert,
    Article,
    Citation,
    Decision,
    DeliveryState,
    DiffPart,
    Earlier,
    Kind,
    Move,
    Relevance,
    SourceState,
    Span,
    Story,
    Verdict,
)
from monitor.store import Store
from monitor.web.app import Health, create_app
from monitor.web.server import serve

NOW = datetime(2019, 3, 25, 12, 0, tzinfo=UTC)


class Still:
    def now(self) -> datetime:
        return NOW


class Pulse:
    """A sign of life that a test can stop."""

    def __init__(self) -> None:
        self.ok = True
        self.why = "looked for due sources 0 s ago"

    def __call__(self) -> tuple[bool, dict[str, Any]]:
        return self.ok, {"why": self.why}


def configuration(password: str | None = None, outlet: str = "The Wire") -> Config:
    pack = TopicPack.model_validate(
        {
            "title": "The office",
            "subjects": [{"id": "office", "label": "Office", "names": {"en": ["liaison office"]}}],
            "card": [
                {
                    "id": "staff",
                    "label": "North's staff",
                    "start": "present",
                    "moves": [{"act": "withdraw", "to": "withdrawn"}],
                },
                {
                    "id": "lines",
                    "label": "Phone lines",
                    "moves": [{"act": "cut", "to": "cut"}],
                },
            ],
        }
    )
    sources = (
        Source(id="wire", url="https://wire.example/feed", outlet=outlet, lang="en"),
        Source(id="daily", url="https://daily.example/feed", outlet="The Daily"),
        Source(id="late", url="https://late.example/feed", outlet="The Late"),
        Source(id="spare", url="https://spare.example/feed", outlet="The Spare", enabled=False),
    )
    settings = Settings(
        topics=("office",),
        channels={"console": Channel(url=SecretStr("console://"))},
        server=Server(listen="127.0.0.1:0", password=SecretStr(password) if password else None),
    )
    return Config(Path("monitor.yaml"), settings, sources, {"office": pack}, Path("data"))


def seed(store: Store, text: str = "North withdraws its staff from the liaison office") -> None:
    """One story with an alert, an edit, a repeat, and a source that fails; `text` is untrusted."""
    at = NOW - timedelta(hours=3)
    story = Story("s1", "office", text, at, NOW, 2, ("The Wire", "The Daily"), (text,))
    first = Article(
        "a1", text, at, text, text, "https://wire.example/1", "wire", text, text, "en", at
    )
    edited = Article(
        "a1", "Other words", NOW, "shorter", "", "https://wire.example/1", "wire", revision=1
    )
    second = Article("a2", f"Again: {text}", NOW, url="javascript:alert(1)", source="daily")
    move = Move("staff", "North's staff", "present", "withdrawn")
    alert = Alert(
        "alert-1",
        "new story",
        at,
        text,
        "office",
        "The office",
        "s1",
        major=True,
        text=f"Lead: {text}",
        moves=(move,),
        new_facts=(f"fact: {text}",),
        diff=(DiffPart("removed", text), DiffPart("added", "new words")),
        citations=(
            Citation(text, text, "https://wire.example/1", "en", at),
            Citation("Bad", "Bad link", "javascript:alert(1)"),
        ),
        outlets=2,
        origins=1,
        earlier=Earlier(at, 2, text),
        why=text,
    )
    decision = Decision(
        "a1",
        "office",
        Verdict.ALERT,
        Kind.NEW_STORY,
        "decide",
        "new-story",
        text,
        Relevance.RELEVANT,
        (Span("title", 0, 5, text, "office"),),
        story,
        nearest="s0",
        score=0.5,
        moves=(move,),
    )
    repeat = Decision(
        "a2", "office", Verdict.SILENT, Kind.REPEAT, "decide", "same-facts", f"Same: {text}",
        Relevance.RELEVANT, nearest="s1",
    )  # fmt: skip
    linked = Decision(
        "a2", "office", Verdict.SILENT, Kind.COPY, "decide", "copy", "Copy.", Relevance.RELEVANT,
        story=story,
    )  # fmt: skip
    reading = SourceState(
        "wire", "https://wire.example/feed", NOW + timedelta(minutes=5), last_polled=NOW,
        last_success=NOW, last_new=at, entries=30, baseline_done=True,
    )  # fmt: skip
    failing = SourceState(
        "daily", "https://daily.example/feed", NOW + timedelta(hours=2), failures=3,
        last_error=text, last_polled=NOW, trouble="certificate refused", cause=text, since=at,
    )  # fmt: skip
    with store.writing() as unit:
        unit.sync_sources([(s, f"https://{s}.example/feed") for s in ("wire", "daily", "late")], at)
        for state in (reading, failing):
            unit.save_source(state)
        unit.save_article(first, ["url:https://wire.example/1"])
        unit.save_article(edited, ["url:https://wire.example/1"])
        unit.save_article(second, ["text:daily:2"])
        unit.save_story(story)
        unit.save_moves("office", [move], "a1", at)
        unit.save_decision(decision, first, at, alert.id)
        unit.save_decision(repeat, second, NOW, None)
        unit.save_decision(linked, second, NOW, None)
        unit.save_alert(alert, [("console", "terminal"), ("mail", "desk@example.org")])
        unit.save_alert(
            Alert("notice-1", "notice", NOW, f"Cannot read {text}", text="line\nline"),
            [("console", "terminal")],
        )
        (claimed,) = unit.claim_message(NOW, "test", timedelta(minutes=1))
        assert claimed
        unit.record_delivery(
            claimed[0].id, claimed[0].attempt, DeliveryState.REFUSED, NOW, error=text
        )


class Page:
    """A running server over a real store."""

    def __init__(self, url: str, store: Store, pulse: Pulse) -> None:
        self.url = url
        self.store = store
        self.pulse = pulse
        self.client = httpx.Client(base_url=url, timeout=20, trust_env=False)

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.client.get(path, **more)


Start = Callable[..., Page]


def running(folder: Path) -> Iterator[Start]:
    """Starts real servers on ephemeral ports; all of them stop at the end."""
    stops: list[Callable[[], None]] = []

    def go(config: Config | None = None, text: str | None = None, seeded: bool = True) -> Page:
        store = Store.open(folder / f"{len(stops)}.db")
        if seeded:
            seed(store, *([text] if text else []))
        pulse = Pulse()
        health: Health = pulse
        server = serve(create_app(store, config or configuration(), Still(), health), "127.0.0.1:0")
        thread = threading.Thread(target=server.run)
        thread.start()
        page = Page(server.url, store, pulse)

        def stop() -> None:
            page.client.close()
            server.should_exit = True
            thread.join(10)
            assert not thread.is_alive()
            store.close()

        stops.append(stop)
        return page

    yield go
    for stop in stops:
        stop()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """A starter of servers for tests that need one of their own."""
    yield from running(tmp_path)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """One server for all tests of a module that only look."""
    starts = running(tmp_path_factory.mktemp("page"))
    yield next(starts)()
    next(starts, None)
