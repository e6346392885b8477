from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from monitor.alerts.channels.http import Answer, Failure, _Watch, post_json, retry_after
from tests.alerts.servers import Reply, scripted_http


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("30", 30), ("0", 1), ("-5", 1), ("1.5", 1.5), ("315360000", 86_400), ("1e400", 86_400)],
)
def test_B7_a_wish_in_seconds_is_clamped(value: str, seconds: float) -> None:
    assert retry_after({"retry-after": value}) == timedelta(seconds=seconds)


def test_B7_a_wish_may_be_a_date() -> None:
    then = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)
    wish = retry_after({"retry-after": then})
    assert wish is not None
    assert timedelta(minutes=9) < wish <= timedelta(minutes=10)
    assert retry_after({"retry-after": "Mon, 01 Jan 2001 00:00:00 -0000"}) == timedelta(seconds=1)


@pytest.mark.parametrize("value", ["", "soon", "nan"])
def test_a_wish_that_is_none_is_none(value: str) -> None:
    assert retry_after({"retry-after": value}) is None


def test_a_huge_answer_is_read_no_further_than_needed() -> None:
    with scripted_http(Reply(500, b"x" * 3_000_000)) as server:
        answer = post_json(f"http://127.0.0.1:{server.port}/", {}, time.monotonic() + 5)
    assert isinstance(answer, Answer)
    assert len(answer.body) == 65_536


@contextmanager
def dripping(first: bytes) -> Iterator[int]:
    """A server that reads the request, answers `first` and then a byte now and then."""
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65_536)
                try:
                    connection.sendall(first)
                    while not stop.wait(0.05):
                        connection.sendall(b"x")
                except OSError:
                    pass

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            stop.set()
            thread.join()


@pytest.mark.parametrize("first", [b"HTTP/1.1 200 OK\r\nX-", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_G3_an_answer_that_drips_is_cut_at_the_deadline(first: bytes) -> None:
    before = time.monotonic()
    with dripping(first) as port:
        answer = post_json(f"http://127.0.0.1:{port}/", {}, time.monotonic() + 0.4)
    assert time.monotonic() - before < 3
    assert answer == Failure("no answer in time", sent=True)


def test_a_deadline_that_has_passed_sends_nothing() -> None:
    with scripted_http() as server:
        answer = post_json(f"http://127.0.0.1:{server.port}/", {}, time.monotonic() - 1)
    assert isinstance(answer, Failure)
    assert not answer.sent


def test_an_address_that_cannot_be_one_is_a_failure_and_no_exception() -> None:
    answer = post_json("http://exa\x00mple:99/", {}, time.monotonic() + 5)
    assert isinstance(answer, Failure)
    assert not answer.sent


def test_a_deadline_that_passes_while_connecting_ends_the_connection() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:

        class Stream:
            def get_extra_info(self, _: str) -> socket.socket:
                return ours

        watch = _Watch()
        watch.hang_up()
        watch("connection.connect_tcp.complete", {"return_value": Stream()})
        assert theirs.recv(1) == b""
