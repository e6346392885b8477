"""From the outbox to the channels: claim, send, record.

deliver_one(channel)
  claim    what the next message holds becomes ours: attempt += 1, a lease   transaction 1
  send     rendered before any connection, then sent
  record   what came of it, fenced by the attempt number                     transaction 2

Mostly a message holds one alert. Alerts that waited for one recipient (for each other, for the end
of quiet hours, for a channel that takes so many an hour) go out as one that lists them all.

A crash after the claim: the lease ends and the delivery is claimed again; nothing was sent. A crash
after the send and before the record: it is sent once more, under the same Message-ID. Each crash or
lost answer adds at most one copy (research: mark-then-send loses, send-then-mark repeats).
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from monitor.alerts.channels import ChannelPort
from monitor.alerts.compose import channel_notice, template_notice, together
from monitor.alerts.policy import not_before
from monitor.alerts.retry import Outcome, after_send
from monitor.models import Alert, Delivery, DeliveryState, SendResult, TryLater
from monitor.service.outbox import owe, owe_to, wanted
from monitor.service.site import Site
from monitor.store import Unit

log = structlog.get_logger()

LEASE = timedelta(seconds=120)
DEADLINE = 60.0  # seconds for one send; well inside the lease
HOUR = timedelta(hours=1)
_LOST = (DeliveryState.REFUSED, DeliveryState.UNCONFIRMED, DeliveryState.EXPIRED)

Message = tuple[tuple[Delivery, Alert], ...]
"""What goes out at once to one recipient: mostly one alert."""


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
            if not claimed:
                return started
            self._busy.add(claimed[0][0].channel)
            task = asyncio.create_task(self._send(claimed))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            started += 1
        return started

    async def drain(self, seconds: float) -> None:
        """Let the sends under way end; what is still open after that stays claimed."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)

    def _claim(self) -> Message:
        site = self._site
        now = site.clock.now()
        due = site.store.next_delivery(now)
        if due is None or due > now:
            return ()
        with site.store.writing() as unit:
            self._keep_to_rates(unit, now)
            room = {name: channel.room for name, channel in site.channels.items()}
            return unit.claim_message(now, site.owner, LEASE, tuple(self._busy), room)

    def _keep_to_rates(self, unit: Unit, now: datetime) -> None:
        """What a channel may not send in this hour waits until the oldest of its messages is over.

        Only major alerts pass.
        """
        for name, rules in self._site.config.settings.channels.items():
            if rules.most is not None:
                times = unit.sent_times(name, now - HOUR)
                if len(times) >= rules.most:
                    unit.hold_back(name, now, times[-rules.most] + HOUR)

    async def _send(self, message: Message) -> None:
        name = message[0][0].channel
        channel = self._site.channels.get(name)
        try:
            result = await asyncio.to_thread(self._try, channel, message)
            await asyncio.to_thread(self._record, message, result)
            if channel is not None:
                await asyncio.sleep(channel.interval.total_seconds())
        finally:
            self._busy.discard(name)

    def _try(self, channel: ChannelPort | None, message: Message) -> SendResult:
        delivery, alert = message[0]
        if channel is None:
            return TryLater(f"channel {delivery.channel} is not configured any more")
        if len(message) > 1:
            alert = together([alert for _, alert in message], channel.forms.words)
        store, recipient = self._site.store, delivery.recipient
        thread = store.reference(alert.root, channel.name, recipient) if alert.root else None
        try:
            return channel.send(delivery, alert, time.monotonic() + DEADLINE, thread)
        except Exception as error:  # a bug in one channel must not stop the others
            log.exception("channel failed", channel=channel.name, alert=alert.id)
            return TryLater(f"{channel.name}: unexpected {type(error).__name__}")

    def _record(self, message: Message, result: SendResult) -> None:
        now = self._site.clock.now()
        with self._site.store.writing() as unit:
            ended = [(each, self._end(unit, each, result, now)) for each, _ in message]
            refused = [o for _, o in ended if o is not None and o.state in _LOST]
            name = message[0][0].channel
            if refused:
                self._tell_others(unit, name, refused[0].error or "refused", now)
            self._tell_templates(unit, name, now)
        for delivery, outcome in ended:
            if outcome is None:
                log.warning("late answer ignored", delivery=delivery.id, attempt=delivery.attempt)
            else:
                _tell(delivery, outcome.state, outcome.next_try, outcome.error)

    def _end(
        self, unit: Unit, delivery: Delivery, result: SendResult, now: datetime
    ) -> Outcome | None:
        """Record one delivery of the message; None when this word comes too late."""
        outcome = after_send(delivery, result, now)
        settings = self._site.config.settings
        rules, later = settings.channels.get(delivery.channel), outcome.next_try
        if rules is not None and later is not None:
            later = not_before(rules, settings.policy, later, urgent=delivery.urgent)
        outcome = replace(outcome, next_try=later)
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
        return outcome if current else None

    def _tell_others(self, unit: Unit, channel: str, why: str, now: datetime) -> None:
        """Say through the other channels, at most once an hour, that one takes no messages."""
        notice = channel_notice(channel, why, now, self._site.words)
        others = [target for target in wanted(self._site, notice) if target[0] != channel]
        owe_to(unit, self._site, notice, others)

    def _tell_templates(self, unit: Unit, channel: str, now: datetime) -> None:
        """Say, once a day, that an operator's template failed; the message went out without it."""
        open_channel = self._site.channels.get(channel)
        failed = open_channel.forms.templates.take_failures() if open_channel is not None else {}
        for file, why in failed.items():
            alert = template_notice(file, why, now, self._site.words)
            owe(unit, self._site, alert)
            log.error("template failed", file=file, cause=why)


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
