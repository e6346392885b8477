"""One SMTP conversation: connect, secure, log in, hand over one message to one recipient.

smtplib's own sendmail() cannot tell a message that was never sent from one whose answer was lost,
so the steps are taken one by one.
"""

from __future__ import annotations

import ipaddress
import re
import smtplib
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field

from monitor.alerts.channels.port import remaining, said, tls_context
from monitor.models import Refused, SendResult, Sent, TryLater, Unknown

_STEP = 30.0  # seconds for one command and its answer


@dataclass(frozen=True, slots=True)
class Account:
    """A mail server and how to talk to it.

    `mode`: "ssl" (TLS from the first byte), "starttls" (TLS or nothing), "opportunistic" (TLS
    where offered, and never a password without), "insecure" (never TLS; the operator said so).
    """

    host: str
    port: int
    mode: str
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message for one recipient, ready for the wire (CR LF line ends)."""

    sender: str
    recipient: str
    data: bytes = field(repr=False)
    id: str = ""
    utf8: bool = False


class _Stop(Exception):
    """The conversation cannot go on; carries what to report."""

    def __init__(self, result: SendResult) -> None:
        super().__init__()
        self.result = result


def deliver(account: Account, envelope: Envelope, deadline: float) -> SendResult:
    """Hand `envelope` over, ending by `deadline` (time.monotonic()) whatever the server does."""
    if deadline <= time.monotonic():
        return TryLater(f"{account.host}:{account.port}: no time left")
    talk = _Talk(account, deadline)
    try:
        talk.open()
        talk.secure()
        talk.log_in()
        talk.address(envelope)
        return talk.hand_over(envelope)
    except _Stop as stop:
        return stop.result
    except smtplib.SMTPResponseException as error:
        return talk.judged(error.smtp_code, error.smtp_error, "refused the conversation")
    except ssl.SSLCertVerificationError as error:
        return TryLater(f"{talk.place}: its certificate is not trusted: {error.verify_message}")
    except (OSError, smtplib.SMTPException) as error:
        return TryLater(f"{talk.place}: {talk.cause(error)}")
    finally:
        talk.close()


class _Talk:
    """The state of one conversation. Up to `hand_over` nothing has been sent for good."""

    def __init__(self, account: Account, deadline: float) -> None:
        self.place = f"{account.host}:{account.port}"
        self._account = account
        self._deadline = deadline
        # Made before it connects, so that a greeting that drips can be ended, too.
        kind = smtplib.SMTP_SSL if account.mode == "ssl" else smtplib.SMTP
        self._smtp = kind.__new__(kind)
        self._late = False
        self._done = threading.Event()

    def open(self) -> None:
        """Connect, with TLS at once in mode "ssl", and say EHLO."""
        threading.Thread(target=self._watch, daemon=True).start()
        host, port = self._account.host, self._account.port
        name, wait = _own_name(), remaining(self._deadline, _STEP)
        if isinstance(self._smtp, smtplib.SMTP_SSL):
            tls = tls_context()
            smtplib.SMTP_SSL.__init__(self._smtp, host, port, name, timeout=wait, context=tls)
        else:
            smtplib.SMTP.__init__(self._smtp, host, port, name, wait)
        self._smtp.ehlo_or_helo_if_needed()

    def secure(self) -> None:
        """STARTTLS as the mode asks for it."""
        mode = self._account.mode
        if mode in {"ssl", "insecure"}:
            return
        if self._smtp.has_extn("starttls"):
            self._smtp.starttls(context=tls_context())
            self._smtp.ehlo()
        elif mode == "starttls" or (self._account.password and not self._is_loopback()):
            # Not "refused": somebody on the way may have stripped the offer for a while.
            raise _Stop(
                TryLater(
                    f"{self.place} offers no STARTTLS, so nothing was sent; if it really has "
                    f"none, say mode=insecure"
                )
            )

    def log_in(self) -> None:
        """AUTH where a user and a password are configured."""
        account = self._account
        if not account.user or not account.password:
            return
        try:
            self._smtp.login(account.user, account.password)
        except smtplib.SMTPAuthenticationError as error:
            # Never for good: it is the account that is refused, not the message.
            passing = 400 <= error.smtp_code < 500
            why = "cannot log in now" if passing else "does not accept the user name or password"
            words = said(error.smtp_error, account.password)
            raise _Stop(TryLater(f"{self.place} {why}: {words}")) from None
        except smtplib.SMTPNotSupportedError:
            raise _Stop(Refused(f"{self.place} offers no log-in; leave out the password")) from None

    def address(self, envelope: Envelope) -> None:
        """MAIL FROM and RCPT TO."""
        options = []
        if envelope.utf8:
            if not self._smtp.has_extn("smtputf8"):
                raise _Stop(Refused(f"{self.place} takes no addresses beyond ASCII (SMTPUTF8)"))
            self._smtp.command_encoding = "utf-8"
            options += ["SMTPUTF8", "BODY=8BITMIME"]
        if self._smtp.has_extn("size"):
            options.append(f"SIZE={len(envelope.data)}")
        self._expect(*self._smtp.mail(envelope.sender, options), "did not take the sender")
        answer = self._smtp.rcpt(envelope.recipient)
        self._expect(*answer, f"did not take the recipient {envelope.recipient}")

    def hand_over(self, envelope: Envelope) -> SendResult:
        """DATA. From the moment the final dot is out, a lost answer is an open question."""
        code, words = self._smtp.docmd("DATA")
        if code != 354:
            return self.judged(code, words, "did not take the message")
        # If this raises, the final dot has not gone out and the server must drop the message.
        self._smtp.send(_dotted(envelope.data))
        try:
            code, words = self._smtp.getreply()
        except (OSError, smtplib.SMTPException):
            return Unknown(f"{self.place} had the whole message but gave no answer")
        if self._late or not 200 <= code < 600:  # half a line that ended with the connection
            return Unknown(f"{self.place} had the whole message but gave no clear answer")
        if code < 300:
            return Sent()
        return self.judged(code, words, "did not take the message")

    def judged(self, code: int, words: str | bytes, what: str) -> SendResult:
        """An error reply: 5xx is for good, everything else may pass."""
        if self._late:
            return TryLater(f"{self.place}: no answer in time")
        text = f"{self.place} {what}: {code} {said(words, self._account.password)}"
        return Refused(text) if 500 <= code < 600 else TryLater(text)

    def cause(self, error: Exception) -> str:
        """A failure of the connection in words."""
        if self._late or TimeoutError in {type(error), type(error.__context__)}:
            return "no answer in time"
        if isinstance(error, smtplib.SMTPServerDisconnected):
            return "the server ended the conversation"
        if isinstance(error, OSError) and error.strerror:
            return f"no connection: {error.strerror}"
        return said(str(error), self._account.password) or type(error).__name__

    def close(self) -> None:
        """QUIT, without waiting long: the message is settled by now."""
        self._done.set()
        with suppress(OSError, smtplib.SMTPException):
            if self._smtp.sock is not None:
                self._smtp.sock.settimeout(remaining(self._deadline, 2.0))
            self._smtp.quit()
        self._smtp.close()

    def _expect(self, code: int, words: bytes, what: str) -> None:
        if code not in {250, 251, 252}:
            raise _Stop(self.judged(code, words, what))

    def _is_loopback(self) -> bool:
        """Whether the other end is this machine, by the address really connected to."""
        sock = self._smtp.sock
        return sock is not None and ipaddress.ip_address(sock.getpeername()[0]).is_loopback

    def _watch(self) -> None:
        """End the conversation at the deadline, in whatever state it is."""
        if self._done.wait(remaining(self._deadline, 600)):
            return
        self._late = True
        while not self._done.wait(0.05):
            sock = self._smtp.sock
            if sock is not None:  # pragma: no branch - smtplib may have closed it meanwhile
                with suppress(OSError):
                    # Not the method of a TLS socket: that one is not made for another thread.
                    socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _dotted(data: bytes) -> bytes:
    """The message as DATA wants it: CR LF line ends, leading dots doubled, a final dot."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", data)
    if not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", lines) + b".\r\n"


def _own_name() -> str:
    """What to call this machine in EHLO, without a look-up in the network."""
    name = socket.gethostname()
    return name if "." in name and name.isascii() else "[127.0.0.1]"
