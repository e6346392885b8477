"""What is remembered: the only SQL of the service."""

from monitor.store.lock import hold
from monitor.store.records import CardChange, Counts, HealthEvent, KnownEntry, Told
from monitor.store.store import Store
from monitor.store.unit import Unit

__all__ = [
    "CardChange",
    "Counts",
    "HealthEvent",
    "KnownEntry",
    "Store",
    "Told",
    "Unit",
    "hold",
]
