"""What a poll came to."""

from __future__ import annotations

from dataclasses import dataclass, field

from monitor.config.settings import Source
from monitor.models import SourceState


@dataclass(frozen=True, slots=True)
class PollResult:
    """What one poll came to, for the log, the progress bar and the baseline summary."""

    source: Source
    after: SourceState
    error: str | None = None
    unchanged: bool = False
    baseline: bool = False
    new: int = 0
    relevant: int = 0
    alerts: int = 0


@dataclass
class Tally:
    """Counts of one poll while it runs."""

    new: int = 0
    relevant: int = 0
    alerts: int = 0
    served: list[str] = field(default_factory=list)
