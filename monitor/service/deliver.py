"""From the outbox to the channels: claim, send, record.

deliver_one(channel)
  claim    one pending delivery becomes ours: attempt += 1, a lease      transaction 1
  send     rendered before any connection, then sent
  record   what came of it, fenced by the attempt number                 transaction 2

A crash after the claim: the lease ends and the delivery is claimed again; nothing was sent. A crash
after the send and before the record: it is sent once more, under the same Message-ID. Each crash or
lost answer adds at most one copy (research: mark-then-send loses, send-then-mark repeats).
"""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta

import structlog

from monitor.alerts.channels import ChannelPort
from monitor.alerts.compose import channel_notice
from monitor.alerts.retry import after_send
from monitor.models import Alert, Delivery, DeliveryState, SendResult, TryLater
from monitor.service.site import Site
from monitor.store import Unit

log = structlog.get_logger()

LEASE = timedelta(seconds=120)
DEADLINE = 60.0  # seconds for one send; well inside the lease


class Deliverer:
    """Sends what is due, one message at a time per channel, channels side by side."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._busy: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.stopping = False

    async def deliver_due(self) -> int:
        """Start sending everything that is due on idle channels. Returns how many were started."""
        started = 0
        while not self.stopping:
            claimed = await asyncio.to_thread(self._claim)
            if claimed is None:
                return started
            delivery, alert = claimed
            self._busy.add(delivery.channel)
            task = asyncio.create_task(self._send(delivery, alert))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            started += 1
        return started

    async def drain(self, seconds: float) -> None:
        """Let the sends under way end; what is still open after that stays claimed."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)

    def _claim(self) -> tuple[Delivery, Alert] | None:
        site = self._site
        now = site.clock.now()
        due = site.store.next_delivery(now)
        if due is None or due > now:
            return None
        with site.store.writing() as unit:
            return unit.claim_delivery(now, site.owner, LEASE, tuple(self._busy))

    async def _send(self, delivery: Delivery, alert: Alert) -> None:
        channel = self._site.channels.get(delivery.channel)
        try:
            result = await asyncio.to_thread(self._try, channel, delivery, alert)
            await asyncio.to_thread(self._record, delivery, result)
            if channel is not None:
                await asyncio.sleep(channel.interval.total_seconds())
        finally:
            self._busy.discard(delivery.channel)

    def _try(self, channel: ChannelPort | None, delivery: Delivery, alert: Alert) -> SendResult:
        if channel is None:
            return TryLater(f"channel {delivery.channel} is not configured any more")
        store, recipient = self._site.store, delivery.recipient
        thread = store.reference(alert.root, channel.name, recipient) if alert.root else None
        try:
            return channel.send(delivery, alert, time.monotonic() + DEADLINE, thread)
        except Exception as error:  # a bug in one channel must not stop the others
            log.exception("channel failed", channel=channel.name, alert=alert.id)
            return TryLater(f"{channel.name}: unexpected {type(error).__name__}")

    def _record(self, delivery: Delivery, result: SendResult) -> None:
        now = self._site.clock.now()
        outcome = after_send(delivery, result, now)
        with self._site.store.writing() as unit:
            current = unit.record_delivery(
                delivery.id,
                delivery.attempt,
                outcome.state,
                now,
                next_try=outcome.next_try,
                error=outcome.error,
                reference=getattr(result, "reference", None),
                ambiguous=outcome.ambiguous > delivery.ambiguous,
            )
            if current and outcome.state is DeliveryState.REFUSED:
                self._tell_others(unit, delivery.channel, outcome.error or "refused", now)
        if not current:
            log.warning("late answer ignored", delivery=delivery.id, attempt=delivery.attempt)
        else:
            _tell(delivery, outcome.state, outcome.next_try, outcome.error)

    def _tell_others(self, unit: Unit, channel: str, why: str, now: datetime) -> None:
        """Say through the other channels, at most once an hour, that one takes no messages."""
        others = [target for target in self._site.targets(None) if target[0] != channel]
        unit.save_alert(channel_notice(channel, why, now), others)


def _tell(
    delivery: Delivery, state: DeliveryState, next_try: datetime | None, error: str | None
) -> None:
    """One log line for what became of a delivery."""
    facts = {"channel": delivery.channel, "alert": delivery.alert, "attempt": delivery.attempt}
    if state is DeliveryState.SENT:
        log.info("alert sent", **facts)
    elif state is DeliveryState.PENDING:
        log.warning("alert not sent yet", cause=error, next_try=str(next_try), **facts)
    else:
        log.error("alert not delivered", state=state.value, cause=error, **facts)
