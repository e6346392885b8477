from __future__ import annotations

import ssl
import time
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult

from monitor.alerts.channels.smtp import Account, Envelope, deliver
from monitor.models import Refused, SendResult, Sent, TryLater, Unknown
from tests.alerts.examples import CANARY
from tests.alerts.servers import DRIP, DROP, HANG, real_smtp, scripted_smtp

DATA = b"Subject: x\r\n\r\nhello\r\n"


def send(
    port: int,
    mode: str = "opportunistic",
    *,
    host: str = "127.0.0.1",
    data: bytes = DATA,
    recipient: str = "desk@example.org",
    password: str | None = None,
    seconds: float = 5,
    utf8: bool = False,
) -> SendResult:
    account = Account(host, port, mode, user="watch" if password else None, password=password)
    envelope = Envelope("watch@example.org", recipient, data, "<id@x>", utf8=utf8)
    return deliver(account, envelope, time.monotonic() + seconds)


def test_a_message_is_handed_over_as_it_was_written() -> None:
    body = b"Subject: x\r\n\r\n.hidden\r\n..two\nbare\rend"
    with real_smtp() as box:
        assert send(box.port, data=body) == Sent()
    assert box.mails == [
        ("desk@example.org", b"Subject: x\r\n\r\n.hidden\r\n..two\r\nbare\r\nend\r\n")
    ]


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", ".", "connect", "EHLO"])
def test_G1_a_451_means_later_and_a_250_then_makes_one_copy(verb: str) -> None:
    helo = {"HELO": ["451 busy"]} if verb == "EHLO" else {}
    answers = {verb: ["451 busy", "220 test" if verb == "connect" else ""], **helo}
    with scripted_smtp(answers=answers) as server:
        first = send(server.port)
        assert isinstance(first, TryLater)
        assert "451 busy" in first.why
        server.answers.clear()
        kept = len(server.accepted)
        assert send(server.port) == Sent()
        assert len(server.accepted) - kept == 1


@pytest.mark.parametrize(
    ("verb", "answer"),
    [
        ("connect", "554 go away"),
        ("MAIL", "550 no"),
        ("RCPT", "550 no such user"),
        ("DATA", "554 no"),
        (".", "552 too big"),
    ],
)
def test_G2_a_5xx_is_for_good(verb: str, answer: str) -> None:
    with scripted_smtp(answers={verb: [answer]}) as server:
        result = send(server.port)
    assert isinstance(result, Refused)
    assert f"127.0.0.1:{server.port}" in result.why
    assert answer in result.why


@pytest.mark.parametrize("verb", ["connect", "EHLO", "MAIL", "RCPT", "DATA"])
def test_a_connection_lost_before_the_message_is_tried_later(verb: str) -> None:
    answers = {verb: [DROP], **({"HELO": [DROP]} if verb == "EHLO" else {})}
    with scripted_smtp(answers=answers) as server:
        result = send(server.port)
    assert isinstance(result, TryLater)
    assert "ended the conversation" in result.why


def test_G3_accepted_and_then_dropped_is_an_open_question() -> None:
    with scripted_smtp(answers={".": [DROP]}) as server:
        result = send(server.port)
    assert result == Unknown(f"127.0.0.1:{server.port} had the whole message but gave no answer")


@pytest.mark.parametrize("silence", [HANG, DRIP])
def test_G3_silence_after_the_final_dot_ends_at_the_deadline(silence: str) -> None:
    with scripted_smtp(answers={".": [silence]}) as server:
        before = time.monotonic()
        result = send(server.port, seconds=0.4)
        assert time.monotonic() - before < 3
    assert isinstance(result, Unknown)


@pytest.mark.parametrize("verb", ["connect", "EHLO", "RCPT"])
@pytest.mark.parametrize("silence", [HANG, DRIP])
def test_silence_before_the_message_ends_at_the_deadline(verb: str, silence: str) -> None:
    with scripted_smtp(answers={verb: [silence]}) as server:
        before = time.monotonic()
        result = send(server.port, seconds=0.4)
        assert time.monotonic() - before < 3
    assert result == TryLater(f"127.0.0.1:{server.port}: no answer in time")


def test_a_farewell_that_is_not_answered_changes_nothing() -> None:
    with scripted_smtp(answers={"QUIT": [DROP]}) as server:
        assert send(server.port) == Sent()


def test_a_deadline_that_has_passed_connects_to_nobody() -> None:
    with scripted_smtp() as server:
        result = send(server.port, seconds=-1)
    assert isinstance(result, TryLater)
    assert not server.spoken


def test_nobody_listening_is_tried_later() -> None:
    with scripted_smtp() as server:
        pass
    result = send(server.port)
    assert isinstance(result, TryLater)
    assert "Connection refused" in result.why


def test_an_unknown_host_is_tried_later() -> None:
    result = send(25, host="no-such-host.invalid")
    assert isinstance(result, TryLater)
    assert "no-such-host.invalid:25: no connection" in result.why


class Doorman:
    """Knows one password and remembers who came."""

    def __init__(self) -> None:
        self.tried: list[bytes] = []

    def __call__(
        self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any
    ) -> AuthResult:
        self.tried.append(data.password)
        return AuthResult(success=data.password == CANARY.encode())


def locked(tls: ssl.SSLContext, doorman: Doorman) -> dict[str, Any]:
    return {
        "tls_context": tls,
        "require_starttls": True,
        "authenticator": doorman,
        "auth_required": True,
    }


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("mode", ["starttls", "opportunistic"])
def test_a_server_with_starttls_and_a_password_takes_the_message(
    mode: str, server_tls: ssl.SSLContext
) -> None:
    doorman = Doorman()
    with real_smtp(**locked(server_tls, doorman)) as box:
        assert send(box.port, mode, password=CANARY) == Sent()
    assert (box.secured, doorman.tried) == ([True], [CANARY.encode()])


@pytest.mark.usefixtures("trusted")
def test_a_server_with_tls_from_the_first_byte_takes_the_message(
    server_tls: ssl.SSLContext,
) -> None:
    with real_smtp(tls=server_tls) as box:
        assert send(box.port, "ssl") == Sent()
    assert len(box.mails) == 1


@pytest.mark.parametrize("mode", ["starttls", "ssl", "opportunistic"])
def test_B9_a_certificate_that_is_not_trusted_gets_neither_password_nor_mail(
    mode: str, server_tls: ssl.SSLContext
) -> None:
    doorman = Doorman()
    options = {} if mode == "ssl" else locked(server_tls, doorman)
    with real_smtp(tls=server_tls if mode == "ssl" else None, **options) as box:
        result = send(box.port, mode, password=CANARY)
    assert isinstance(result, TryLater)
    assert "its certificate is not trusted" in result.why
    assert not doorman.tried
    assert not box.mails


LOGIN = ("AUTH PLAIN", "8BITMIME")


def test_G2_a_wrong_password_is_said_in_clear_words_and_tried_on_until_it_is_mended() -> None:
    answers = {"AUTH": [f"535 wrong: {CANARY}"]}
    with scripted_smtp(answers=answers, extensions=LOGIN) as server:
        result = send(server.port, password=CANARY)
    assert isinstance(result, TryLater)
    assert "does not accept the user name or password: wrong: ***" in result.why


def test_a_login_that_fails_for_now_is_tried_later() -> None:
    answers = {"AUTH": [f"454 not now, {CANARY}"]}
    with scripted_smtp(answers=answers, extensions=LOGIN) as server:
        result = send(server.port, password=CANARY)
    assert isinstance(result, TryLater)
    assert "cannot log in now" in result.why
    assert CANARY not in result.why


def test_a_server_without_login_says_what_to_leave_out() -> None:
    with scripted_smtp() as server:
        result = send(server.port, password=CANARY)
    assert isinstance(result, Refused)
    assert "offers no log-in" in result.why


def test_a_login_by_unknown_means_is_a_clear_failure() -> None:
    with scripted_smtp(extensions=("AUTH SOMETHING-ELSE",)) as server:
        result = send(server.port, password=CANARY)
    assert isinstance(result, TryLater)
    assert "authentication" in result.why


def test_G15_no_starttls_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    for mode in ("starttls", "opportunistic"):
        with scripted_smtp(extensions=LOGIN) as server:
            # The server is on this machine, as every test's is; the product must think it is not.
            monkeypatch.setattr("monitor.alerts.channels.smtp._Talk._is_loopback", lambda _: False)
            result = send(server.port, mode, password=CANARY)
        assert isinstance(result, TryLater)
        assert "offers no STARTTLS" in result.why
        assert not [line for line in server.spoken if line.startswith(("AUTH", "MAIL"))]


def test_G15_starttls_that_was_asked_for_is_needed_even_without_a_password() -> None:
    with scripted_smtp() as server:
        result = send(server.port, "starttls")
    assert isinstance(result, TryLater)
    assert not server.accepted


@pytest.mark.parametrize("mode", ["insecure", "opportunistic"])
def test_G15_a_password_goes_in_the_clear_only_to_this_machine_or_when_told_so(mode: str) -> None:
    with scripted_smtp(extensions=LOGIN, answers={"AUTH": ["235 welcome"]}) as server:
        assert send(server.port, mode, password=CANARY) == Sent()
    assert any(line.startswith("AUTH PLAIN") for line in server.spoken)


def test_a_starttls_that_is_offered_and_refused_sends_nothing() -> None:
    script = {"extensions": ("STARTTLS",), "answers": {"STARTTLS": ["454 not now"]}}
    with scripted_smtp(**script) as server:
        result = send(server.port)
    assert isinstance(result, TryLater)
    assert "454" in result.why
    assert not server.accepted


def test_an_address_beyond_ascii_needs_a_server_that_takes_it() -> None:
    with scripted_smtp(extensions=("SMTPUTF8", "8BITMIME", "SIZE 9")) as server:
        assert send(server.port, recipient="데스크@example.org", utf8=True) == Sent()
    assert server.accepted[0][0] == "데스크@example.org"
    mail = next(line for line in server.spoken if line.startswith("mail"))
    assert "SMTPUTF8" in mail
    assert f"SIZE={len(DATA)}" in mail
    with scripted_smtp() as server:
        result = send(server.port, recipient="데스크@example.org", utf8=True)
    assert isinstance(result, Refused)
    assert "SMTPUTF8" in result.why


def test_an_account_shows_no_password() -> None:
    assert CANARY not in repr(Account("h", 25, "ssl", user=CANARY, password=CANARY))
