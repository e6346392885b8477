"""Of a document that was read before, only the items that changed are read.

Most documents that changed bring one new item and dozens that are there as they were. Each is known
by a fingerprint of its bytes; docs/decisions/0071 says what that leaves out, and when a document is
read whole all the same.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain

from monitor.config.settings import Source
from monitor.errors import ParseError
from monitor.models import Fetched, ParsedFeed, SourceState
from monitor.sources.cadence import wants_full_read
from monitor.sources.essence import undated
from monitor.sources.identity import Identified, identify
from monitor.sources.parse import NeedsWorker
from monitor.sources.pieces import Pieces, pieces
from monitor.sources.read import read as read_document

Names = tuple[int, int, int]
"""Hashes of an entry's key, its address and its title, 0 where it has none."""


class ReadWhole(Exception):
    """What is new in a document may be one of the items that were not read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as it was read. `marks` stand for its items, none where they are not plain.

    `known` are those of the marks whose items were not read, each with the names of its entry; all
    others are in `feed`, in their order, and as `entries` with their keys.
    """

    feed: ParsedFeed
    entries: Sequence[Identified]
    marks: Sequence[int] = ()
    head: int = 0
    known: Mapping[int, Names] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """The entries of the document, read or not."""
        return len(self.marks) or len(self.feed.entries)


@dataclass(frozen=True, slots=True)
class _Kept:
    """The document that a source's state tells of: 32 bytes an item, for thousands of sources."""

    body_hash: str
    head: int
    marks: array[int]
    names: array[int]  # three for each of the marks


class LastRead:
    """What each source served last, in this process. Its methods may be called from any thread."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}

    def read(
        self,
        source: Source,
        state: SourceState,
        got: Fetched,
        now: datetime,
        *,
        here: bool,
        whole: bool = False,
    ) -> Reading:
        """As `sources.read`, without the items that the last document had too unless `whole`."""
        cut = None if source.page or got.parts else pieces(got.body)
        if cut is None:
            return reading_of(source, read_document(source, got, now, here=here))
        marks, head = [hash(item) for item in cut.items], hash(undated(cut.head))
        known = {} if whole else self._known(state, marks, head, now)
        if known and (reading := _others(source, got, now, cut, marks, known)):
            return replace(reading, marks=marks, head=head, known=known)
        feed = read_document(source, got, now, here=here)
        plain = len(feed.entries) == len(marks) and not feed.warnings
        return replace(reading_of(source, feed), marks=marks if plain else (), head=head)

    def _known(
        self, state: SourceState, marks: list[int], head: int, now: datetime
    ) -> Mapping[int, Names]:
        kept = self._kept.get(state.id)
        if kept is None or (kept.body_hash, kept.head) != (state.body_hash, head):
            return {}
        if wants_full_read(state.last_full, state.failures, now):
            return {}
        three = iter(kept.names)
        before = dict(zip(kept.marks, zip(three, three, three, strict=True), strict=True))
        return {mark: before[mark] for mark in marks if mark in before}

    def keep(self, after: SourceState, reading: Reading) -> None:
        """Remember a document that was stored, unless anything in it was out of the ordinary."""
        fresh = reading.entries
        shared = any(one.names_are_shared for one in fresh[:1])  # they are of one document
        if not reading.marks or shared or after.flaw or after.body_hash is None:
            self._kept.pop(after.id, None)
            return
        known, read = reading.known, map(_names, fresh)
        each = (known[mark] if mark in known else next(read) for mark in reading.marks)
        marks, names = array("q", reading.marks), array("q", chain.from_iterable(each))
        self._kept[after.id] = _Kept(after.body_hash, reading.head, marks, names)


def reading_of(source: Source, feed: ParsedFeed) -> Reading:
    """The reading of a document that was read whole."""
    return Reading(feed, identify(feed.entries, source.id))


def _names(one: Identified) -> Names:
    address, title = one.names
    return hash(one.entry_key), hash(address), hash(title)


def _others(
    source: Source,
    got: Fetched,
    now: datetime,
    cut: Pieces,
    marks: list[int],
    known: Mapping[int, Names],
) -> Reading | None:
    """The items that are not known; None when anything about them is odd.

    What they share with one that is known is odd: then it names neither of them.
    """
    items = [item for mark, item in zip(marks, cut.items, strict=True) if mark not in known]
    with suppress(ParseError, NeedsWorker):
        feed = read_document(source, replace(got, body=cut.only(items)), now, here=True)
        if len(feed.entries) == len(items) and not feed.warnings:
            reading = reading_of(source, feed)
            taken = {name for names in known.values() for name in names if name}
            if taken.isdisjoint(name for one in reading.entries for name in _names(one)):
                return reading
    return None
