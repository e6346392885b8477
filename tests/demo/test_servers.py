from __future__ import annotations

import http.client
import json
import smtplib
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from monitor.demo.feeds import Document
from monitor.demo.ledger import Ledger
from monitor.demo.servers import HOST, MailServer, feed_server, free_ports, slack_server

PAGE = Document(b"<rss/>", "application/rss+xml", '"abc"', "Fri, 22 Mar 2019 07:00:00 GMT")
ALERT = "0123456789abcdef01234567"


class Slack:
    def __init__(self, tmp_path: Path) -> None:
        self.ledger = Ledger(tmp_path / "slack.jsonl")
        self.told: list[dict[str, Any]] = []
        self.server = slack_server(0, self.ledger, self.told.append)

    def post(self, body: bytes, content_type: str = "application/json") -> tuple[int, bytes]:
        return ask(
            self.server.port, "POST", "/services/T/B/x", body, {"Content-Type": content_type}
        )


def ask(
    port: int,
    method: str,
    path: str,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


@pytest.fixture
def feeds() -> Iterator[int]:
    server = feed_server(0, {"/a/rss.xml": PAGE}.get)
    server.start()
    yield server.port
    server.stop()


@pytest.fixture
def slack(tmp_path: Path) -> Iterator[Slack]:
    stub = Slack(tmp_path)
    stub.server.start()
    yield stub
    stub.server.stop()


class Mail:
    def __init__(self, tmp_path: Path) -> None:
        self.folder = tmp_path / "mail"
        self.folder.mkdir()
        self.ledger = Ledger(tmp_path / "mail.jsonl")
        self.told: list[dict[str, Any]] = []
        self.server = MailServer(0, self.folder, self.ledger, self.told.append)


@pytest.fixture
def mail(tmp_path: Path) -> Iterator[Mail]:
    stub = Mail(tmp_path)
    stub.server.start()
    yield stub
    stub.server.stop()


def test_a_feed_is_served_with_its_marks(feeds: int) -> None:
    connection = http.client.HTTPConnection(HOST, feeds, timeout=5)
    connection.request("GET", "/a/rss.xml")
    response = connection.getresponse()
    assert (response.status, response.read()) == (200, PAGE.body)
    assert response.headers["ETag"] == PAGE.etag
    assert response.headers["Last-Modified"] == PAGE.last_modified
    assert response.headers["Content-Type"] == PAGE.content_type
    connection.request("GET", "/none")  # the same connection serves again
    assert connection.getresponse().status == 404
    connection.close()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If-None-Match": '"abc"'}, 304),
        ({"If-None-Match": '"old", "abc"'}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": '"old"'}, 200),
        ({"If-None-Match": '"old"', "If-Modified-Since": PAGE.last_modified}, 200),
        ({"If-Modified-Since": PAGE.last_modified}, 304),
        ({"If-Modified-Since": "Fri, 22 Mar 2019 06:59:59 GMT"}, 200),
        ({"If-Modified-Since": "last week"}, 200),
    ],
)
def test_what_the_reader_holds_is_not_sent_again(
    feeds: int, headers: dict[str, str], status: int
) -> None:
    got = ask(feeds, "GET", "/a/rss.xml", headers=headers)
    assert got == (status, PAGE.body if status == 200 else b"")


@pytest.mark.parametrize("as_form", [False, True])
def test_slack_says_ok_once_the_message_is_on_the_disk(slack: Slack, as_form: bool) -> None:
    message = {"text": "hello", "blocks": [{"text": f"Why: so\nAlert {ALERT}"}]}
    body, kind = json.dumps(message).encode(), "application/json"
    if as_form:
        body = b"payload=" + quote(body).encode()
        kind = "application/x-www-form-urlencoded"
    assert slack.post(body, kind) == (200, b"ok")
    assert [row["alert"] for row in slack.ledger.rows()] == [ALERT]
    assert slack.ledger.rows()[0]["payload"] == message
    wait_for(slack.told, 1)


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        (b"not json", b"invalid_payload"),
        (b"[1]", b"invalid_payload"),
        (b"\xff\xfe", b"invalid_payload"),
        (b"", b"invalid_payload"),
        (b"{}", b"no_text"),
        (b'"' + b"x" * 1_000_001 + b'"', b"invalid_payload"),
    ],
)
def test_slack_refuses_what_is_no_message(slack: Slack, body: bytes, answer: bytes) -> None:
    try:
        assert slack.post(body) == (400, answer)
    except OSError:  # the server answered and closed before it had read the whole flood
        assert len(body) > 1_000_000
    assert slack.ledger.rows() == []


def test_slack_refuses_a_form_without_payload(slack: Slack) -> None:
    assert slack.post(b"a=b", "application/x-www-form-urlencoded") == (400, b"invalid_payload")


def test_a_mail_is_on_the_disk_before_it_is_accepted(mail: Mail) -> None:
    head = f"Message-ID: <{ALERT}.desk@demo.example>\r\nSubject: =?utf-8?q?caf=C3=A9?="
    text = f"{head}\r\n\r\nHello\r\n"
    with smtplib.SMTP(HOST, mail.server.port, timeout=5) as smtp:
        smtp.sendmail("a@demo.example", ["b@demo.example", "c@demo.example"], text)
        rows = mail.ledger.rows()
    assert [row["recipient"] for row in rows] == ["b@demo.example", "c@demo.example"]
    assert {row["alert"] for row in rows} == {ALERT}
    assert {row["subject"] for row in rows} == {"café"}
    assert (mail.folder / rows[0]["file"]).read_bytes().endswith(b"Hello\r\n")
    wait_for(mail.told, 2)


def test_a_mail_without_an_alert_is_taken_as_well(mail: Mail) -> None:
    with smtplib.SMTP(HOST, mail.server.port, timeout=5) as smtp:
        smtp.sendmail("a@demo.example", ["b@demo.example"], "Subject: hi\r\n\r\n")
    assert mail.ledger.rows()[0]["alert"] == ""


def test_a_mail_server_stops_while_a_client_is_talking(tmp_path: Path) -> None:
    stub = Mail(tmp_path)
    stub.server.start()
    with ExitStack() as stack:
        client = stack.enter_context(socket.create_connection((HOST, stub.server.port), 5))
        client.recv(100)
        stub.server.stop()
        assert client.recv(100) == b""


def test_a_taken_port_is_told(tmp_path: Path, mail: Mail) -> None:
    other = MailServer(mail.server.port, mail.folder, mail.ledger, mail.told.append)
    with pytest.raises(OSError, match="in use"):
        other.start()


def test_free_ports_differ() -> None:
    ports = free_ports(5)
    assert len(set(ports)) == 5
    assert all(port > 1000 for port in ports)


def wait_for(rows: list[Any], count: int) -> None:
    until = time.monotonic() + 5
    while len(rows) < count and time.monotonic() < until:
        time.sleep(0.01)
    assert len(rows) == count
