"""A source that cannot be reached for long: no port, no name, no certificate that is accepted."""

from __future__ import annotations

import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import trustme

from monitor.config.settings import Polling
from monitor.demo.servers import free_ports
from monitor.service.poll import Poller
from monitor.sources.net import open_client
from tests.service.conftest import StillClock
from tests.service.newsroom import Newsroom, Opened
from tests.sources.webserver import Web, serving

HOUR = timedelta(hours=1)


async def known_already(room: Newsroom) -> None:
    """As if the source had been read before."""
    with room.site.store.writing() as unit:
        unit.save_source(replace(room.state(), baseline_done=True, last_success=room.clock.now()))


async def closed(host: str, port: int) -> list[str]:
    """A resolver of a machine whose port nobody listens on."""
    return ["127.0.0.1"]


async def unknown(host: str, port: int) -> list[str]:
    raise socket.gaierror(-2, "Name or service not known")


@pytest.mark.parametrize(("names", "word"), [(closed, "not reached"), (unknown, "name not found")])
async def test_B1_three_days_without_a_port_or_a_name_are_one_notice_too(
    opened: Opened, clock: StillClock, net: Web, names: Any, word: str
) -> None:
    (port,) = free_ports(1)
    async with open_client(Polling(), "1.0", resolver=names) as client:
        site = opened("/a", every="15m", address=f"http://gone.test:{port}")
        room = Newsroom(site, client, clock, net, Poller(site, client))
        await known_already(room)
        pauses = [(await room.poll(minutes=66)).after.next_due - clock.now() for _ in range(66)]
        (broke,) = room.notices()
        room.poller.close()
    assert max(pauses) <= 1.1 * HOUR
    assert room.state().failures == 66
    assert broke.headline.endswith(word)


@pytest.mark.parametrize(
    ("trusted", "name", "ended", "why"),
    [
        (True, "127.0.0.1", True, "expired"),
        (True, "127.0.0.2", False, "it is for another name"),
        (False, "127.0.0.1", False, "nobody whom this machine trusts"),
    ],
)
async def test_B9_an_expired_or_wrong_certificate_is_told_as_one(
    opened: Opened, clock: StillClock, trusted: bool, name: str, ended: bool, why: str
) -> None:
    server, ca = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), trustme.CA()
    until = datetime(2024, 1, 1, tzinfo=UTC) if ended else None
    ca.issue_cert(
        name, not_before=datetime(2023, 1, 1, tzinfo=UTC), not_after=until
    ).configure_cert(server)
    own = ssl.create_default_context()
    if trusted:
        ca.configure_trust(own)
    async with serving(server) as net, open_client(Polling(), "1.0", tls=own) as client:
        site = opened("/a", address=net.url("").rstrip("/"))
        room = Newsroom(site, client, clock, net, Poller(site, client))
        await known_already(room)
        for _ in range(4):
            await room.poll(minutes=31)
        (broke,) = room.notices()
        room.poller.close()
    assert broke.headline.endswith("certificate refused")
    assert "The certificate of 127.0.0.1 is not accepted" in broke.text
    assert why in broke.text
    assert "The publisher has to renew it" in broke.text
