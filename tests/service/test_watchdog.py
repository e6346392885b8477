from __future__ import annotations

import signal
import time

import pytest

from monitor.service import run, watchdog
from monitor.service.heartbeat import FILE
from monitor.service.run import Service
from monitor.service.watchdog import LIMIT, LOOK, Watchdog
from monitor.sources.net import Client
from tests.service.newsroom import Opened

LOOKS = int(LIMIT / LOOK)


def test_D4_a_sign_that_stands_still_too_long_is_named() -> None:
    dog = Watchdog({"moves": time.monotonic_ns, "stands": lambda: 1})
    assert [dog.look() for _ in range(LOOKS)] == [None] * LOOKS
    assert dog.look() == "stands"


def test_a_sign_that_has_nothing_to_do_is_no_hang() -> None:
    dog = Watchdog({"idle": lambda: None})
    assert [dog.look() for _ in range(LOOKS * 3)] == [None] * LOOKS * 3


def test_a_move_begins_the_count_anew() -> None:
    values = [1]
    dog = Watchdog({"slow": lambda: values[-1]})
    for value in (2, 3, 4):
        values.append(value)
        assert [dog.look() for _ in range(LOOKS)] == [None] * LOOKS


def test_D2_a_process_that_was_stopped_for_long_has_not_hung(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Looks are counted; a stop of any length lies between two of them."""
    dog = Watchdog({"stands": lambda: 1})
    dog.look()
    monkeypatch.setattr(time, "monotonic", lambda: 1e9)
    assert dog.look() is None


def test_it_watches_from_start_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "LOOK", 0.01)
    monkeypatch.setattr(watchdog, "LIMIT", 0.05)
    ended: list[str] = []
    dog = Watchdog({"stands": lambda: 1}, ended.append)
    monkeypatch.setattr(signal, "setitimer", lambda *_: None)  # would end the tests
    dog.start()
    end = time.monotonic() + 10
    while not ended and time.monotonic() < end:
        time.sleep(0.01)
    dog.stop()
    assert ended[0] == "stands"


async def test_D4_while_a_document_holds_a_thread_too_long_there_is_no_sign_of_life(
    opened: Opened, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = opened("/a")
    service = Service(site, client)
    monkeypatch.setattr(run, "STALE", 0)
    with service._poller.underway.on("a"):
        await service.tick()
    assert not (site.config.data / FILE).exists()
    monkeypatch.setattr(run, "STALE", 60)
    await service.tick()
    assert (site.config.data / FILE).exists()
    service._poller.close()
