"""What is remembered: the only SQL of the service."""

from monitor.store.records import (
    CardChange,
    Counts,
    HealthEvent,
    HubState,
    KnownEntry,
    Subscription,
    Told,
)
from monitor.store.store import Store
from monitor.store.unit import Unit

__all__ = [
    "CardChange",
    "Counts",
    "HealthEvent",
    "HubState",
    "KnownEntry",
    "Store",
    "Subscription",
    "Told",
    "Unit",
]
