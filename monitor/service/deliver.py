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
import contextlib
import time
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.alerts.channels import ChannelPort
from monitor.alerts.compose import together
from monitor.alerts.notices import channel_notice, failing_notice, template_notice
from monitor.alerts.policy import not_before
from monitor.alerts.retry import Outcome, after_send
from monitor.errors import StoreError
from monitor.models import Alert, Delivery, DeliveryState, SendResult, TryLater
from monitor.models.cutting import cut
from monitor.service.log import get_logger, short
from monitor.service.outbox import owe, owe_to, wanted
from monitor.service.site import Site
from monitor.store import Unit

log = get_logger()

LEASE = timedelta(seconds=120)
DEADLINE = 60.0  # seconds for one send; well inside the lease
HOUR = timedelta(hours=1)
_LOST = (DeliveryState.REFUSED, DeliveryState.UNCONFIRMED, DeliveryState.EXPIRED)

HEADLINE = 80  # characters of it in a log line
TOLD_AT = 5  # the try whose failure others hear of: a quarter of an hour after the first

Message = tuple[tuple[Delivery, Alert], ...]
"""What goes out at once to one recipient: mostly one alert."""

Ended = list[tuple[Delivery, Outcome | None]]
"""What came of each delivery of a message; None where that word came too late."""


class Deliverer:
    """Sends what is due, one message at a time per channel, channels side by side."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._busy: set[str] = set()
        self._claiming = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Claim nothing any more; what is being sent goes on."""
        self._stopping.set()

    async def deliver_due(self) -> int:
        """Start sending everything that is due on idle channels. Returns how many were started.

        A channel that has sent takes what is due next by itself. Raises StoreError.
        """
        started = 0
        while message := await self._take():
            task = asyncio.create_task(self._send(message))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            started += 1
        return started

    async def drain(self, seconds: float) -> None:
        """Let the sends under way end; what is still open after that stays claimed."""
        end = time.monotonic() + seconds
        while self._tasks and (left := end - time.monotonic()) > 0:
            await asyncio.wait(self._tasks, timeout=left)

    async def _take(self) -> Message:
        """Claim the next message and its channel; one claim at a time, so that none is doubled."""
        async with self._claiming:
            message = () if self._stopping.is_set() else await asyncio.to_thread(self._claim)
            if message:
                self._busy.add(message[0][0].channel)
            return message

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
        """Send it; its channel is free again an interval after the answer.

        Counted from the answer, not from the send: a server counts what arrives, and a request may
        be long on its way.
        """
        name = message[0][0].channel
        channel = self._site.channels.get(name)
        try:
            result = await asyncio.to_thread(self._try, channel, message)
            await self._keep(message, result)
            if channel is not None:
                await self._pause(channel.interval.total_seconds())
        finally:
            # A claim that is under way when it all stops must not take the pause for over.
            if not self._stopping.is_set():
                self._busy.discard(name)
        with contextlib.suppress(StoreError):  # the next tick tells of it
            await self.deliver_due()

    async def _pause(self, seconds: float) -> None:
        """Wait, or until there is nothing to wait for because it all stops."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    async def _keep(self, message: Message, result: SendResult) -> None:
        """Record what came of a send, also on a disk that is full or locked for a while.

        Were it left, the message would go out once more. After the lease that is what happens.
        """
        end = time.monotonic() + LEASE.total_seconds()
        while True:
            try:
                return await asyncio.to_thread(self._record, message, result)
            except StoreError as error:
                log.error(
                    "outcome not stored, it is tried again",
                    channel=message[0][0].channel,
                    alert=message[0][1].id,
                    cause=str(error),
                )
            if time.monotonic() > end:
                return None
            await asyncio.sleep(1)

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
            name = message[0][0].channel
            self._tell_others(unit, name, ended, now)
            self._tell_templates(unit, name, now)
        alerts = {alert.id: alert for _, alert in message}
        for delivery, outcome in ended:
            if outcome is None:
                log.warning("late answer ignored", delivery=delivery.id, attempt=delivery.attempt)
            else:
                _tell(delivery, alerts[delivery.alert], outcome)

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

    def _tell_others(self, unit: Unit, channel: str, ended: Ended, now: datetime) -> None:
        """Say through the other channels that one takes no messages.

        At most once an hour that it lost one for good, and once a day that it takes none for now;
        the latter not to channels that fail as well, where it would arrive when all is over.
        """
        words, failing = self._site.words, frozenset[str]()
        lost = [outcome for _, outcome in ended if outcome and outcome.state in _LOST]
        waits = [outcome for each, outcome in ended if outcome and each.attempt == TOLD_AT]
        if lost:
            notice = channel_notice(channel, lost[0].error or "refused", now, words)
        elif waits and waits[0].error:
            notice = failing_notice(channel, waits[0].error, now, words)
            failing = unit.failing_channels()
        else:
            return
        others = wanted(self._site, notice)
        owe_to(unit, self._site, notice, [to for to in others if to[0] not in {channel, *failing}])

    def _tell_templates(self, unit: Unit, channel: str, now: datetime) -> None:
        """Say, once a day, that an operator's template failed; the message went out without it."""
        open_channel = self._site.channels.get(channel)
        failed = open_channel.forms.templates.take_failures() if open_channel is not None else {}
        for file, why in failed.items():
            alert = template_notice(file, why, now, self._site.words)
            owe(unit, self._site, alert)
            log.error("template failed", file=file, cause=why)


def _tell(delivery: Delivery, alert: Alert, outcome: Outcome) -> None:
    """One log line for what became of a delivery; a log of months is read by its headlines."""
    facts: dict[str, object] = {"channel": delivery.channel, "alert": delivery.alert}
    facts |= {"attempt": delivery.attempt, "what": cut(alert.headline, HEADLINE)}
    if outcome.state is DeliveryState.SENT:
        log.info("alert sent", **facts)
    elif outcome.next_try is not None:
        again = short(outcome.next_try)
        log.warning("alert not sent yet", cause=outcome.error, next_try=again, **facts)
    else:
        log.error("alert not delivered", state=outcome.state.value, cause=outcome.error, **facts)
