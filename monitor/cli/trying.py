"""`monitor test-notify`: a message through each channel at once."""

from __future__ import annotations

import os
import time
from pathlib import Path

from monitor.alerts.compose import notice
from monitor.alerts.policy import not_before
from monitor.cli.show import line
from monitor.cli.where import config_at
from monitor.clock import SystemClock
from monitor.config.load import Config
from monitor.config.units import suggest
from monitor.errors import ConfigError, StoreError
from monitor.models import Delivery, DeliveryState, Sent
from monitor.service.channels import open_channels
from monitor.store import Store
from monitor.web.words import count


def send_test(path: Path | None, only: str | None) -> int:
    """`monitor test-notify`; 1 when a channel did not accept the message."""
    config = config_at(path)
    channels = open_channels(config, os.environ)
    if only is not None and only not in channels:
        raise ConfigError(f"there is no channel '{only}'{suggest(only, sorted(channels))}")
    now = SystemClock().now()
    alert = notice(
        "Test message from Liaison Monitor",
        "If you can read this, alerts on this channel arrive.",
        now,
    )
    failed = 0
    for name, channel in channels.items():
        for recipient in channel.recipients if only in (None, name) else ():
            delivery = Delivery(0, alert.id, name, recipient, DeliveryState.PENDING, now, 1)
            result = channel.send(delivery, alert, time.monotonic() + 30, None)
            arrived = isinstance(result, Sent)
            failed += not arrived
            said = getattr(result, "why", "no answer")
            if arrived:
                said = f"accepted{_waiting(config, name, recipient)}"
            line(f"{name} ({recipient}): {said}", None if arrived else "red")
    return 1 if failed else 0


def _waiting(config: Config, channel: str, recipient: str) -> str:
    """Words for what waited until its channel takes messages again: from now on it is due."""
    file, rules = config.data / "monitor.db", config.settings.channels[channel]
    at = not_before(rules, config.settings.policy, SystemClock().now(), urgent=False)
    try:
        with Store.open(file, create=False) as store, store.writing() as unit:
            waited = unit.try_again((channel, recipient), at)
    except StoreError:  # none yet, or of another version: nothing waits that could be sent
        return ""
    return f"; what waited is due: {count(waited, 'message')}" if waited else ""
