"""What is owed to channels and did not arrive: `deliveries list`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from monitor.alerts.text import safe_text
from monitor.cli.show import as_json, line, table
from monitor.clock import SystemClock
from monitor.config.place import data_folder
from monitor.config.units import suggest
from monitor.errors import ConfigError
from monitor.models import Delivery, DeliveryState, Hold
from monitor.store import Store
from monitor.web.words import ago

_HEADLINE = 60
_WAITS = {
    Hold.NOTHING: "",
    Hold.OTHERS: "waits for others on its topic (wait, pause)",
    Hold.QUIET: "waits for the end of quiet hours",
    Hold.RATE: "waits until the channel may send again (most)",
    Hold.ACKNOWLEDGED: "goes if nobody acknowledges it (escalate)",
    Hold.ALONE: "waits for its time",
}


def show_deliveries(path: Path | None, state: str | None, limit: int, want_json: bool) -> None:
    """`monitor deliveries list`. ConfigError for a state that there is not."""
    known = [known.value for known in DeliveryState]
    if state is not None and state not in known:
        raise ConfigError(f"there is no state '{state}'{suggest(state, known)}")
    store = Store.open(data_folder(path, os.environ) / "monitor.db", create=False)
    try:
        rows = store.deliveries(DeliveryState(state) if state else None, limit)
        if want_json:
            as_json(rows)
        else:
            _print(store, rows, state, limit)
    finally:
        store.close()


def _print(store: Store, rows: Sequence[Delivery], state: str | None, limit: int) -> None:
    if not rows:
        line(f"nothing is {state}" if state else "nothing was owed to anybody yet")
        return
    now = SystemClock().now()
    headlines = {alert: _headline(store, alert) for alert in {row.alert for row in rows}}
    table(
        ("id", "state", "made", "to", "what", "tries", "next", "cause"),
        (
            (
                row.id,
                row.state.value,
                ago(row.created, now),
                f"{row.channel}: {row.recipient}",
                headlines[row.alert],
                row.attempt or "",
                ago(row.next_try, now) if row.next_try else "",
                _cause(row),
            )
            for row in rows
        ),
    )
    if len(rows) == limit:
        line(f"The last {limit} are shown; --limit shows more.", "dim")
    lost = {row.state.value for row in rows} & {"refused", "unconfirmed", "expired"}
    if lost:
        line(
            "To send again what did not arrive: monitor deliveries resend ID ..., or all of them "
            f"with --state {' or '.join(sorted(lost))}"
        )


def _headline(store: Store, id_: str) -> str:
    alert = store.alert(id_)
    return safe_text(alert.headline, _HEADLINE) if alert else f"(forgotten: {id_})"


def _cause(row: Delivery) -> str:
    """What the last try met; of one that was not tried yet, what it waits for."""
    if row.last_error:
        return row.last_error
    return _WAITS[row.hold] if row.state is DeliveryState.PENDING else ""
