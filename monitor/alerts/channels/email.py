"""E-mail, `mailto://` and `mailtos://` in Apprise's syntax, one message for each recipient."""

from __future__ import annotations

import email.policy
import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, getaddresses, parseaddr
from typing import Any
from urllib.parse import quote, unquote

from monitor.alerts.channels.apprised import SENDER, Reader, read_here
from monitor.alerts.channels.port import NO_GAP
from monitor.alerts.channels.smtp import Account, Envelope, deliver
from monitor.alerts.render import SHIPPED, Email, Forms, render
from monitor.alerts.text import safe_text
from monitor.errors import ChannelError
from monitor.models import Alert, Delivery, Refused, SendResult, Sent

_ADDRESS = re.compile(r"[^\s@<>,;:()\[\]\\\"]+@[^\s@<>,;:()\[\]\\\"]+")
_FROM = re.compile(r"([?&]from=)([^&]*)", re.IGNORECASE)
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_OWN_HEADERS = re.compile(
    r"from|to|cc|bcc|subject|date|message-id|in-reply-to|references|list-id|auto-submitted"
    r"|list-unsubscribe|mime-version|content-.*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who the mail is from, and what the operator adds to each."""

    name: str
    address: str
    reply_to: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def domain(self) -> str:
        """The domain of ids that this sender makes."""
        return _ascii_domain(self.address.rpartition("@")[2])


def open_email(
    name: str, url: str, *, notices: bool, forms: Forms = SHIPPED, read: Reader = read_here
) -> EmailChannel:
    """The channel for a mail URL. Raises ChannelError where Apprise does not understand it."""
    url, own = _without_sender(url)
    parsed = read(url, "email")
    if parsed is None:
        raise ChannelError(
            f"channel {name}: the mail URL is incomplete or mistyped; write "
            f"mailtos://USER:PASSWORD@HOST:PORT?from=ADDRESS&to=ADDRESS,ADDRESS, "
            f"with @ / # in a name or password as %40 %2F %23"
        )
    recipients = _recipients(name, parsed)
    if str(parsed.pgp_mode) != "no":
        raise ChannelError(f"channel {name}: pgp= is not supported; leave it out")
    bad = [header for header in parsed.headers if _OWN_HEADERS.fullmatch(header)]
    if bad or not all(re.fullmatch(r"[!-9;-~]+", header) for header in parsed.headers):
        raise ChannelError(f"channel {name}: a +Header= of the URL is the service's own; drop it")
    sender = Sender(
        name=safe_text(str(parsed.from_addr[0] or ""), 100) or SENDER,
        address=own or parsed.from_addr[1],
        reply_to=tuple(sorted(parsed.reply_to)),
        headers={key: safe_text(value) for key, value in parsed.headers.items()},
    )
    account = _account(parsed)
    return EmailChannel(name, account, sender, recipients, notices=notices, forms=forms)


class EmailChannel:
    """Mails each recipient apart, so that one who is refused costs the others nothing."""

    kind = "email"
    room = 200
    interval: timedelta = NO_GAP
    updates = False

    def __init__(
        self,
        name: str,
        account: Account,
        sender: Sender,
        recipients: tuple[str, ...],
        *,
        notices: bool,
        forms: Forms = SHIPPED,
    ) -> None:
        self.name = name
        self.notices = notices
        self.forms = forms
        self.recipients = recipients
        self._account = account
        self._sender = sender

    def __repr__(self) -> str:
        return f"EmailChannel({self.name!r}, {self._account.host!r})"

    def send(
        self, delivery: Delivery, alert: Alert, deadline: float, thread: str | None = None
    ) -> SendResult:
        """Mail the alert to one recipient. The same delivery always has the same Message-ID."""
        if not _ADDRESS.fullmatch(delivery.recipient):
            return Refused(f"{safe_text(delivery.recipient, 80)} is no e-mail address")
        try:
            message = self.message(alert, delivery.recipient, thread)
            sender, recipient = _wire(self._sender.address), _wire(delivery.recipient)
            utf8 = not (sender + recipient).isascii()
            policy = email.policy.SMTPUTF8 if utf8 else email.policy.SMTP
            data = message.as_bytes(policy=policy.clone(cte_type="7bit"))
        except (ValueError, LookupError, MessageError) as error:
            return Refused(f"the mail cannot be written: {safe_text(str(error), 160)}")
        envelope = Envelope(sender, recipient, data, message["Message-ID"], utf8=utf8)
        result = deliver(self._account, envelope, deadline)
        return Sent(reference=envelope.id) if isinstance(result, Sent) else result

    def message(self, alert: Alert, recipient: str, thread: str | None = None) -> EmailMessage:
        """The mail with text and HTML parts; `thread` is the Message-ID to answer, if known."""
        written = render(alert, "email", self.forms)
        mail = EmailMessage(policy=email.policy.SMTP.clone(cte_type="7bit"))
        mail["From"] = _address(self._sender.address, self._sender.name)
        mail["To"] = _address(recipient)
        if self._sender.reply_to:
            mail["Reply-To"] = ", ".join(self._sender.reply_to)
        mail["Subject"] = written.subject
        mail["Date"] = format_datetime(alert.created)
        mail["Message-ID"] = self._id(alert.id, recipient)
        if alert.root and alert.root != alert.id:
            first = thread or self._id(alert.root, recipient)
            mail["In-Reply-To"] = first
            mail["References"] = first
        self._bulk_headers(mail, alert)
        _fill(mail, written)
        return mail

    def describe(self) -> str:
        """Server and number of recipients."""
        count = len(self.recipients)
        people = "1 recipient" if count == 1 else f"{count} recipients"
        server = f"{self._account.host}:{self._account.port}"
        return f"e-mail to {people} by {server} ({self._account.mode})"

    def _id(self, alert: str, recipient: str) -> str:
        who = _digest(recipient.lower())[:12]
        what = alert if _ID.fullmatch(alert) else _digest(alert)[:24]
        return f"<{what}.{who}@{self._sender.domain}>"

    def _bulk_headers(self, mail: EmailMessage, alert: Alert) -> None:
        topic = re.sub(r"[^a-z0-9]+", "-", (alert.topic or "service").lower())[:40].strip("-")
        mail["List-Id"] = f"{SENDER} <{topic or 'topic'}.liaison-monitor.{self._sender.domain}>"
        if (place := self._unsubscribe(alert, mail["To"])) is not None:
            mail["List-Unsubscribe"] = f"<{place}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"  # the same, for Exchange
        for key, value in self._sender.headers.items():
            mail[key] = value

    def _unsubscribe(self, alert: Alert, recipient: str) -> str | None:
        """Where a reader asks for no more mail (RFC 2369): the page, else whom he may answer.

        The page silences stories, so a message of none is not for it. Not with one click (RFC
        8058): a mail scanner that follows links must not end the watch.
        """
        if self.forms.page is not None and alert.story is not None and _ID.fullmatch(alert.id):
            return f"{self.forms.page.rstrip('/')}/alerts/{alert.id}/silence"
        if self._sender.reply_to and str(recipient).isascii():
            who = quote(str(recipient), safe="@")
            return f"mailto:{_wire(self._sender.reply_to[0])}?subject=unsubscribe%20{who}"
        return None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _fill(mail: EmailMessage, written: Email) -> None:
    mail.set_content(written.text)
    if written.html is not None:
        mail.add_alternative(written.html, subtype="html")


def _recipients(name: str, parsed: Any) -> tuple[str, ...]:
    """Every To, Cc and Bcc address once.

    Apprise drops a mistyped one with a mere warning, and every one that holds a letter beyond ASCII
    (RFC 6531).
    """
    written = parsed.asked
    asked = [*(written["targets"] or ()), written["cc"] or "", written["bcc"] or ""]
    read = {each: None for _, each in getaddresses([text.replace(";", ",") for text in asked])}
    found = [address for _, address in parsed.targets] + sorted(parsed.cc) + sorted(parsed.bcc)
    beyond = [each for each in read if not each.isascii() and _ADDRESS.fullmatch(each)]
    wrong = len(read.keys() - {"", *found, *beyond})
    if wrong or not (found or beyond):
        raise ChannelError(
            f"channel {name}: {max(wrong, 1)} of the addresses in to=, cc= or bcc= cannot be "
            f"read; write ADDRESS,ADDRESS"
        )
    return tuple(dict.fromkeys([*found, *beyond]))


def _without_sender(url: str) -> tuple[str, str | None]:
    """The URL as Apprise can read it, and the sender's address that it cannot.

    A from= with a letter beyond ASCII (RFC 6531) it takes for a name, or fails on; so it reads
    another one of the same name.
    """
    found = _FROM.search(url)
    name, address = parseaddr(unquote(found[2])) if found else ("", "")
    if found is None or address.isascii() or not _ADDRESS.fullmatch(address):
        return url, None
    plain = f"sender@{_ascii_domain(address.rpartition('@')[2])}"
    shown = quote(f"{name} <{plain}>" if name else plain)
    return f"{url[: found.start()]}{found[1]}{shown}{url[found.end() :]}", address


def _account(parsed: Any) -> Account:
    """How to reach the server. Without mode=, mailto:// takes STARTTLS where it is offered."""
    mode = str(parsed.secure_mode)
    explicit = bool(parsed.asked["secure_mode"])
    if not explicit and mode == "insecure":
        mode = "opportunistic"
    if not explicit and parsed.asked["port"] == 465:
        mode = "ssl"
    return Account(
        host=str(parsed.smtp_host),
        port=int(parsed.port),
        mode=mode,
        user=parsed.user if parsed.password else None,
        password=parsed.password,
    )


def _address(address: str, name: str = "") -> Address:
    local, _, domain = _wire(address).rpartition("@")
    return Address(display_name=name, username=local, domain=domain)


def _wire(address: str) -> str:
    """The address with its domain in ASCII; the part before the "@" stays as it is."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{_ascii_domain(domain)}"


def _ascii_domain(domain: str) -> str:
    with suppress(UnicodeError):
        return domain.encode("idna").decode("ascii")
    return domain
