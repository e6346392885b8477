"""What a poll came to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from monitor.config.settings import Source
from monitor.models import Fetched, ParsedFeed, SourceState
from monitor.service.identify import Pages, Sighting
from monitor.service.lastread import Reading


@dataclass(frozen=True, slots=True)
class PollResult:
    """What one poll came to, for the log, the progress bar and the baseline summary.

    `after` of an `unchanged` poll is stored by `Writer.keep`, of any other it is stored already.
    """

    source: Source
    after: SourceState
    error: str | None = None
    unchanged: bool = False
    baseline: bool = False
    new: int = 0
    relevant: int = 0
    alerts: int = 0
    renamed: int = 0  # entries that came under other names than before (fault A4)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One document as it was read, with all that is needed to decide on its entries."""

    source: Source
    state: SourceState  # before the poll
    got: Fetched
    reading: Reading
    pages: Pages
    now: datetime

    @property
    def feed(self) -> ParsedFeed:
        """What was read of it, which may be only what is new."""
        return self.reading.feed

    @property
    def first(self) -> bool:
        """Whether this is the first poll of the source, which is quiet."""
        return not self.state.baseline_done


@dataclass
class Tally:
    """Counts of one poll while it runs."""

    new: int = 0
    relevant: int = 0
    alerts: int = 0
    served: list[str] = field(default_factory=list)
    came: list[datetime | None] = field(default_factory=list)  # dates of the entries new to us
    known: int = 0  # entries that this source has served before, edited or not
    renamed: int = 0  # those of them that came under another name than before

    def pass_over(self, keys: Collection[str]) -> None:
        """Count entries that were not read again."""
        self.served += keys
        self.known += len(keys)

    def meet(self, sighting: Sighting, source_id: str) -> None:
        """Count one entry of the document."""
        self.served.append(sighting.entry_key)
        article = sighting.article
        if article is None or (article.source == source_id and (sighting.copy or article.revision)):
            self.known += 1
            self.renamed += sighting.copy
        else:
            self.came.append(article.published)

    def result(self, document: Document, after: SourceState, rest: Collection[str]) -> PollResult:
        """What the poll of a document came to; `rest` are warnings beside those of its feed."""
        return PollResult(
            document.source,
            after,
            baseline=document.first,
            new=self.new,
            relevant=self.relevant,
            alerts=self.alerts,
            renamed=self.renamed,
            warnings=(*document.feed.warnings, *rest),
        )
