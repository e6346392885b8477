"""Every other service, through Apprise."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import Any

from monitor.alerts.channels.port import made_by_apprise, remaining
from monitor.alerts.render import SHIPPED, Forms, Plain, render
from monitor.errors import ChannelError
from monitor.models import Alert, Delivery, SendResult, Sent, TryLater, Unknown

_LEAST_BODY = 40
_LISTED = 800  # characters of one alert in a list: outlet, headline, link


def open_other(name: str, url: str, *, notices: bool, forms: Forms = SHIPPED) -> AppriseChannel:
    """The channel for any Apprise URL. Raises ChannelError where Apprise does not take it."""
    service = made_by_apprise(url)
    if service is None:
        raise ChannelError(
            f"channel {name}: the {url.partition('://')[0].lower()}:// URL is incomplete or "
            f"mistyped; compare it with the page of that service in Apprise's manual"
        )
    return AppriseChannel(name, service, notices=notices, forms=forms)


class AppriseChannel:
    """Sends plain text. Apprise tells success from failure and no more, so every failure is
    taken for one that may pass.
    """

    kind = "apprise"
    interval = timedelta(seconds=1)
    recipients = ("all",)
    updates = False

    def __init__(self, name: str, service: Any, *, notices: bool, forms: Forms = SHIPPED) -> None:
        self.name = name
        self.notices = notices
        self.forms = forms
        self._service = service
        self._label = str(service.service_name)

    @property
    def room(self) -> int:
        """As many alerts as its longest message names with their links."""
        return max(1, min(int(self._service.body_maxlen) // _LISTED, 20))

    def __repr__(self) -> str:
        return f"AppriseChannel({self.name!r}, {self._label!r})"

    def send(
        self, delivery: Delivery, alert: Alert, deadline: float, thread: str | None = None
    ) -> SendResult:
        """Hand the alert to Apprise and wait no longer than `deadline`."""
        if deadline <= time.monotonic():
            return TryLater(f"{self._label}: no time left")
        message = self._message(alert)
        accepted: list[bool] = []
        # A thread of its own, so that a service that hangs does not hold ours; daemon, so that
        # it does not hold the end of the process either.
        worker = threading.Thread(
            target=lambda: accepted.append(self._notify(message)),
            name=f"apprise {self.name}",
            daemon=True,
        )
        worker.start()
        worker.join(remaining(deadline, at_most=600))
        if worker.is_alive():
            return Unknown(f"{self._label} did not answer in time")
        if accepted and accepted[0]:
            return Sent()
        return TryLater(f"{self._label} did not take the message; Apprise names no cause")

    def describe(self) -> str:
        """The service by Apprise's name for it."""
        return f"{self._label} through Apprise"

    def _message(self, alert: Alert) -> Plain:
        title = max(int(self._service.title_maxlen), 0)
        # Where a service has no title, or counts it with the body, Apprise puts it in front.
        body = max(int(self._service.body_maxlen) - (title or 250) - 10, _LEAST_BODY)
        return render(alert, "plain", self.forms, title or 200, min(body, 20_000))

    def _notify(self, message: Plain) -> bool:
        from apprise import Apprise, NotifyFormat

        sender = Apprise()
        sender.add(self._service)
        return bool(
            sender.notify(title=message.title, body=message.body, body_format=NotifyFormat.TEXT)
        )
