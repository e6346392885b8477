"""robots.txt as RFC 9309 has it, against a real server."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import pytest

from monitor.config.settings import Polling
from monitor.sources import robots
from monitor.sources.net import Client
from monitor.sources.robots import KEEP, KEEP_FAILURE, Leave, Robots
from tests.sources.conftest import NOW
from tests.sources.webserver import Web, response


@pytest.fixture
def asked(client: Client, web: Web) -> Asked:
    return Asked(client, web)


class Asked:
    def __init__(self, client: Client, web: Web) -> None:
        self.robots = Robots(client, Polling())
        self.web = web
        self.now = NOW

    async def __call__(self, path: str = "/news/1", seconds: float = 5) -> Leave:
        url = self.web.url(path)
        return await self.robots.leave(url, private=True, seconds=seconds, now=self.now)

    def serve(self, text: str | bytes) -> None:
        body = text if isinstance(text, bytes) else text.encode()
        self.web.answers["/robots.txt"] = response(body, Content_Type="text/plain")


async def test_a_rule_for_everybody_and_a_rule_for_us(asked: Asked) -> None:
    asked.serve("User-agent: *\nDisallow: /private/*/x$\n")
    assert (await asked()).granted
    refused = await asked("/private/1/x")
    assert not refused.granted
    assert refused.why == "robots.txt of 127.0.0.1 asks programs not to read it"
    assert not refused.trouble
    asked.robots = Robots(asked.robots._client, Polling())
    asked.serve("User-agent: *\nDisallow: /\n\nUser-agent: LiaisonMonitor\nAllow: /news/\n")
    assert (await asked()).granted


async def test_it_is_asked_for_once_a_day_however_many_ask_at_once(asked: Asked) -> None:
    asked.serve("User-agent: *\nCrawl-delay: 900\n")
    leaves = await asyncio.gather(*(asked(f"/{n}") for n in range(5)))
    assert {leave.delay for leave in leaves} == {robots.LONGEST_DELAY}
    assert len(asked.web.seen) == 1
    asked.now += KEEP
    await asked()
    assert len(asked.web.seen) == 2
    asked.now -= timedelta(days=3)  # the clock was set back
    await asked()
    assert len(asked.web.seen) == 3


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "410 Gone"])
async def test_a_site_without_the_file_grants_all(asked: Asked, status: str) -> None:
    asked.web.answers["/robots.txt"] = response(status=status)
    assert (await asked()).granted


@pytest.mark.parametrize("status", ["500 Oops", "503 Busy", "429 Slow down"])
async def test_a_server_in_trouble_grants_nothing_for_an_hour(asked: Asked, status: str) -> None:
    asked.web.answers["/robots.txt"] = response(status=status)
    leave = await asked()
    assert not leave.granted
    assert leave.trouble
    assert leave.again == KEEP_FAILURE
    assert "the server answered" in leave.why
    asked.serve("")
    asked.now += KEEP_FAILURE
    assert (await asked()).granted


async def test_a_server_that_does_not_answer_grants_nothing(asked: Asked) -> None:
    asked.web.answers["/robots.txt"] = b""  # then the connection waits
    start = time.monotonic()
    leave = await asked(seconds=0.5)
    assert not leave.granted
    assert "did not finish its answer in time" in leave.why
    assert time.monotonic() - start < 4


async def test_a_file_without_end_grants_nothing_and_costs_its_cap(asked: Asked) -> None:
    asked.serve(b"User-agent: *\nAllow: /\n" + b"#" * (robots._LARGEST + 1))
    assert not (await asked()).granted


async def test_what_stands_behind_the_first_half_megabyte_is_not_read(asked: Asked) -> None:
    asked.serve(b"User-agent: *\nAllow: /\n" + b"#" * robots.MOST_BYTES + b"\nDisallow: /news/")
    assert (await asked()).granted


async def test_a_thousand_programs_above_ten_thousand_rules_cost_no_time(asked: Asked) -> None:
    agents = "\n".join(f"User-agent: a{n}\nUser-agent: *" for n in range(9000))
    rules = "\n".join(f"Disallow: /x{n}" for n in range(9000))
    asked.serve(f"{agents}\n{rules}\n")
    start = time.monotonic()
    assert (await asked()).granted
    assert not (await asked("/x8999")).granted
    assert time.monotonic() - start < 5


async def test_the_least_lately_asked_site_is_forgotten(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(robots, "MOST_SITES", 1)
    asked.serve("")
    await asked()
    other = asked.web.url("/1").replace("127.0.0.1", "localhost")
    await asked.robots.leave(other, private=True, seconds=5, now=NOW)
    await asked()
    assert len(asked.web.seen) == 3
