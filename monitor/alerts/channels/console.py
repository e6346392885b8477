"""Alerts on the terminal, `console://`."""

from __future__ import annotations

import threading
from datetime import timedelta

from monitor.alerts.channels.port import NO_GAP
from monitor.alerts.render import SHIPPED, Forms, render
from monitor.models import Alert, Delivery, SendResult, Sent, TryLater

# Two channels or threads must not write into each other's lines.
_WRITING = threading.Lock()


class ConsoleChannel:
    """Prints each alert on standard output, with colours where that is a terminal."""

    kind = "console"
    room = 200
    interval: timedelta = NO_GAP
    recipients = ("console",)
    updates = False

    def __init__(self, name: str, *, notices: bool, forms: Forms = SHIPPED) -> None:
        self.name = name
        self.notices = notices
        self.forms = forms

    def send(
        self, delivery: Delivery, alert: Alert, deadline: float, thread: str | None = None
    ) -> SendResult:
        """Print the alert; a closed output is tried again later."""
        from rich.console import Console
        from rich.text import Text

        runs = render(alert, "console", self.forms).runs
        try:
            with _WRITING:
                console = Console(highlight=False, soft_wrap=True)
                shown = [(_showable(text, console.encoding), style) for text, style in runs]
                console.print(Text.assemble(*shown), end="")
                console.file.flush()
        except (OSError, ValueError) as error:
            return TryLater(f"standard output cannot be written: {error}")
        return Sent()

    def describe(self) -> str:
        """What the channel is."""
        return "console: standard output of this process"


def _showable(text: str, encoding: str) -> str:
    """`text` with a "?" for each letter that the output has no code for."""
    return text.encode(encoding, "replace").decode(encoding)
