"""Which channels do not take what is owed to them, why, and what a person can do about it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.config.load import Config
from monitor.config.settings import Channel
from monitor.errors import ConfigError
from monitor.models import Delivery, DeliveryState, Hold
from monitor.service.channels import open_channels
from monitor.store import Store

MOST = 1_000  # deliveries of one state that are looked at, the last ones made
LASTING = 5  # tries in vain after which a channel takes nothing: a quarter of an hour
LONG_AGO = timedelta(days=31)  # of what a channel lost and has made good since: for the list alone


class Block(StrEnum):
    """Why deliveries of a channel did not arrive, the gravest first."""

    UNKNOWN = "not configured"
    REFUSED = "refused"
    UNCONFIRMED = "unconfirmed"
    EXPIRED = "expired"
    FAILING = "failing"
    LIMITED = "limited"


_ADVICE = {
    Block.UNKNOWN: "Put the channel back into monitor.yaml, beside a new one if it was renamed, "
    "until they are sent; otherwise they are given up after 72 hours.",
    Block.REFUSED: "Mend its url or token, prove it with monitor test-notify {channel}, then: "
    "monitor deliveries resend --state refused",
    Block.UNCONFIRMED: "The answers were lost, so they may have arrived. Look there; to send them "
    "once more: monitor deliveries resend --state unconfirmed",
    Block.EXPIRED: "It took nothing for days. Prove it with monitor test-notify {channel}, then: "
    "monitor deliveries resend --state expired",
    Block.FAILING: "They are tried again by themselves for 72 hours, and come together. Once it is "
    "mended they go at once: restart the service, then monitor test-notify {channel}",
    Block.LIMITED: "Its messages of this hour are used up (most), so these come as one list. Raise "
    "most if that is too slow.",
}
Taken = dict[tuple[str, str], datetime]
"""When each reader, a recipient of a channel, was last sent a message."""

_DEAD = {
    DeliveryState.REFUSED: Block.REFUSED,
    DeliveryState.UNCONFIRMED: Block.UNCONFIRMED,
    DeliveryState.EXPIRED: Block.EXPIRED,
}


@dataclass(frozen=True, slots=True)
class Blocked:
    """Deliveries of one channel that wait or ended for one reason.

    `since` and `last` are when the oldest and the last of them were made, `cause` is what the last
    of them met, `tries` how often the one tried most was tried. `taken` is when the channel last
    took a message, None where it never did. `over` says that there is nothing to mend: the channel
    lost these and took another since, for each reader, or it is `gone` from the configuration.
    """

    channel: str
    block: Block
    deliveries: int
    since: datetime
    last: datetime
    next_try: datetime | None
    cause: str
    taken: datetime | None
    tries: int = 0
    over: bool = False
    gone: bool = False

    @property
    def advice(self) -> str:
        """What to do about it."""
        if not self.over:
            return _ADVICE[self.block].format(channel=self.channel)
        state = f"--state {self.block.value}"
        if self.gone:
            return f"It is not configured any more. What it held: monitor deliveries list {state}"
        again = "It takes messages again. To send these after all: monitor deliveries resend"
        return f"{again} {state}"


def blocked(
    deliveries: Iterable[Delivery], sent: Iterable[Delivery], channels: Collection[str]
) -> tuple[Blocked, ...]:
    """What did not arrive, by channel and reason; `channels` are those that are configured.

    `deliveries` are of any state and in any order; those that merely wait for their time are left
    out. `sent` are the last that arrived.
    """
    taken: Taken = {}
    for each in sent:
        if each.sent is not None:
            reader = each.channel, each.recipient
            taken[reader] = max(each.sent, taken.get(reader, each.sent))
    found: dict[tuple[str, Block], list[Delivery]] = {}
    for each in deliveries:
        if (block := _block(each, channels)) is not None:
            found.setdefault((each.channel, block), []).append(each)
    order = list(Block)
    places = sorted(found, key=lambda place: (place[0], order.index(place[1])))
    return tuple(
        _summed(channel, block, found[channel, block], taken, gone=channel not in channels)
        for channel, block in places
    )


def look(store: Store, config: Config) -> tuple[Blocked, ...]:
    """What did not arrive, as the store knows it now.

    What was lost a month ago by a channel that is well again, or gone, is left to
    `monitor deliveries list`.
    """
    states = (DeliveryState.PENDING, *_DEAD)
    owed = [each for state in states for each in store.deliveries(state, MOST)]
    sent = store.deliveries(DeliveryState.SENT, MOST)
    found = blocked(owed, sent, config.settings.channels)
    newest = max((each.sent for each in sent if each.sent is not None), default=None)
    old = newest - LONG_AGO if newest is not None else None
    return tuple(each for each in found if not (each.over and old is not None and each.last < old))


def nobody_told(owed: Iterable[Blocked], channels: Mapping[str, Channel]) -> str | None:
    """Why no message reaches anybody, None while one channel takes them.

    Those are asked that would tell of another's trouble: they carry notices and do not only
    escalate. Where there are none, all are.
    """
    telling = {name for name, one in channels.items() if one.notices and one.escalate is None}
    causes = {each.channel: each.cause for each in owed if _takes_nothing(each)}
    silent = (telling or set(channels)) - causes.keys()
    if silent or not causes:
        return None
    channel = min((telling or set(channels)) & causes.keys())
    return f"no channel takes messages, for example {channel}: {causes[channel]}"


def _takes_nothing(each: Blocked) -> bool:
    return (each.block in _DEAD.values() and not each.over) or (
        each.block is Block.FAILING and each.tries >= LASTING
    )


def turned_down(owed: Iterable[Blocked]) -> tuple[str, ...]:
    """A line for each channel that refused the last it was sent: its token has expired, say.

    For one that has taken nothing for a while, as with a password that was changed; and for one
    that is not configured any more while messages wait for it: it was renamed, say.
    """
    owed = tuple(owed)
    renamed = tuple(
        f"channel {each.channel} is not configured any more, and of its messages there wait "
        f"{each.deliveries}. {each.advice}"
        for each in owed
        if each.block is Block.UNKNOWN
    )
    failing = tuple(
        f"channel {each.channel} takes nothing at the moment: {each.cause}. {each.advice}"
        for each in owed
        if each.block is Block.FAILING and each.tries >= LASTING
    )
    return (
        renamed
        + failing
        + tuple(
            f"channel {each.channel} refused the last message: {each.cause}. {each.advice}"
            for each in owed
            if each.block is Block.REFUSED and not each.over
        )
    )


def unusable(config: Config, environ: Mapping[str, str] = os.environ) -> Sequence[str]:
    """What keeps channels from being opened, a line each: a mistyped URL, a missing secret."""
    try:
        open_channels(config, environ)
    except ConfigError as error:
        return error.problems
    return ()


def _block(delivery: Delivery, channels: Collection[str]) -> Block | None:
    if delivery.state is DeliveryState.EXPIRED and not delivery.attempt:
        return None  # somebody acknowledged the alert: it was called off
    if delivery.state in _DEAD:
        return _DEAD[delivery.state]
    if delivery.state is not DeliveryState.PENDING:
        return None
    if delivery.channel not in channels:
        return Block.UNKNOWN
    if delivery.attempt > 1 or (delivery.attempt and delivery.last_error):  # not the try under way
        return Block.FAILING
    return Block.LIMITED if delivery.hold is Hold.RATE else None


def _summed(
    channel: str, block: Block, deliveries: Sequence[Delivery], taken: Taken, *, gone: bool
) -> Blocked:
    last = max(deliveries, key=lambda each: each.id)
    cause = max(deliveries, key=lambda each: (bool(each.last_error), each.id)).last_error
    return Blocked(
        channel=channel,
        block=block,
        deliveries=len(deliveries),
        since=min(each.created for each in deliveries),
        last=last.created,
        next_try=min(_tries(deliveries), default=None),
        cause=cause or "",
        taken=max((at for (name, _), at in taken.items() if name == channel), default=None),
        over=block in _DEAD.values()
        and (gone or all(_made_good(each, taken) for each in deliveries)),
        gone=gone,
        tries=max(each.attempt for each in deliveries),
    )


def _made_good(lost: Delivery, taken: Taken) -> bool:
    at = taken.get((lost.channel, lost.recipient))
    return at is not None and at > lost.created


def _tries(deliveries: Iterable[Delivery]) -> Iterator[datetime]:
    return (each.next_try for each in deliveries if each.next_try is not None)
