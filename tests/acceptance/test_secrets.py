"""The key of a feed is sent to its server and seen by nobody else, whatever is looked at."""

from __future__ import annotations

import json
import urllib.request

import pytest

from monitor.demo.servers import free_ports
from tests.acceptance.test_service import OLD, WALKOUT, alerts, summaries
from tests.acceptance.world import World, eventually

pytestmark = [pytest.mark.slow, pytest.mark.unmeasured]

KEY, ECHOED, FILLED = "canary-key-1", "canary-token-2", "canary-path-3"
PAGES = (
    "/", "/sources", "/ledger", "/deliveries", "/healthz", "/developments.atom",
    "/developments.json", "/api/sources", "/api/alerts", "/api/ledger", "/api/status", "/metrics",
)  # fmt: skip
COMMANDS = (
    ("check",), ("sources", "list"), ("sources", "list", "--json"), ("sources", "export"),
    ("sources", "export", "--opml"), ("status",), ("status", "--json"), ("why", "Kaesong"),
    ("why", "Kaesong", "--json"), ("deliveries", "list", "--json"), ("preview", "keyed"),
    ("preview", "refused"),
)  # fmt: skip


def configure(world: World, port: int) -> None:
    """Three feeds with keys: one that is read, one that repeats its key, one in its path."""
    world.configure("/keyed", server=f"  listen: 127.0.0.1:{port}\n")
    rows = {
        "keyed": f"/keyed?api_key={KEY}",
        "refused": f"/refused?access_token={ECHOED}",
        "filled": "/${FEED_KEY}/feed",
    }
    text = "".join(
        f"  - {{id: {id_}, url: '{world.web.url}{path}', outlet: {id_}, lang: en,"
        " allow_private: true}\n"
        for id_, path in rows.items()
    )
    (world.folder / "config" / "sources" / "all.yaml").write_text(f"sources:\n{text}")
    world.web.pages[f"/refused?access_token={ECHOED}"] = (200, {}, f"bad: {ECHOED}".encode())
    world.web.pages[f"/{FILLED}/feed"] = (200, {}, f"<html>no {FILLED} here</html>".encode())


def serve(world: World, *items: tuple[str, str]) -> None:
    """The feed that is read; its links lead back to itself, which resolves them against the key."""
    world.web.feed("/keyed", *items)
    status, headers, body = world.web.pages["/keyed"]
    plain = body.decode().replace(f"<link>{world.web.url}/keyed/", "<link>#")
    world.web.pages[f"/keyed?api_key={KEY}"] = (status, headers, plain.encode())


def test_no_log_page_alert_or_command_shows_the_key_of_a_feed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEED_KEY", FILLED)
    (port,) = free_ports(1)
    configure(world, port)
    serve(world, OLD)
    with world.running():
        eventually(lambda: summaries(world), world)
        serve(world, WALKOUT, OLD)
        eventually(lambda: alerts(world), world)
        shown = [get(f"http://127.0.0.1:{port}{page}") for page in PAGES]
        done = [world.monitor(*command) for command in COMMANDS]
    shown += [one.stdout + one.stderr for one in done] + [json.dumps(world.web.posted), world.log]
    assert f"{world.web.url}/keyed?api_key=***" in "".join(shown)
    assert "/${FEED_KEY}/feed" in "".join(shown)
    assert "bad: ***" in "".join(shown)
    for secret in (KEY, ECHOED, FILLED):
        assert [text for text in shown if secret in text] == []
    assert {f"/keyed?api_key={KEY}", f"/{FILLED}/feed"} <= set(world.web.asked)
    assert KEY in world.monitor("sources", "export", "--opml", "--with-keys").stdout


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return str(answer.read().decode())
