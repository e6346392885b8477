"""Log lines on stderr: for people, or as JSON. One event is one line, whatever a feed says."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Collection, MutableMapping
from datetime import datetime
from typing import Any

from monitor.config.hidden import without, without_secrets
from monitor.models.cutting import cut

if "rich" not in sys.modules:
    # structlog loads rich, where it is installed, for tracebacks in colour, which we do not write:
    # 4 MB in a service that goes on for months. For a None there, an import finds no rich.
    sys.modules["rich"] = None  # type: ignore[assignment]
    import structlog

    del sys.modules["rich"]
else:
    import structlog

get_logger = structlog.get_logger
"""The logger of a room; who asks here for it has loaded structlog as above."""

# Control characters, line separators and bidi overrides of a hostile title (fault C12).
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
LONGEST = 1000


def tidy(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Make every text one line of bounded length, without control characters."""
    for key, value in event.items():
        if isinstance(value, str) and key != "exception":
            event[key] = cut(_UNSAFE.sub(" ", value), LONGEST)
    return event


def set_up(style: str, secrets: Collection[str] = ()) -> None:
    """Send structlog's events to stderr as `text` or `json`; libraries from warnings upwards.

    None of the secrets is written, nor what looks like one in any address.
    """

    def hiding(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        for key, value in event.items():
            if isinstance(value, str):
                event[key] = without_secrets(without(value, secrets))
        return event

    colours = sys.stderr.isatty()
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=colours, pad_event_to=22)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%SZ", utc=True),
            structlog.processors.format_exc_info,
            hiding,
            tidy,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # told by our own listener


def short(when: datetime) -> str:
    """A time as logs show it."""
    return f"{when:%Y-%m-%d %H:%M:%SZ}"
