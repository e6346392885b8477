"""Stories that were told last days, or years, ago, by the imprints of their reports."""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from monitor.detect.story.imprints import Imprint, binary, imprints_in
from monitor.models import PastStory

_KEYS = 6  # smallest hashes of each text by which it is found
_COMMON = 200  # reports that share a run, from which it finds none: a stock paragraph has it
_LOOKED_AT = 16  # stories that are compared, those that share most of the runs
_SHIFT = 32  # bits of a hash
_FEW = 200  # entries that are put in their places one by one; more are sorted in


class Archive:
    """Old stories by the texts of their reports; of those past the horizon nothing else is left.

    An index of hashes finds them, so that a look-up costs the same however many there are.
    """

    def __init__(self, stories: Iterable[PastStory] = ()) -> None:
        self._stories: dict[str, tuple[str, datetime, bytes]] = {}
        self._names: list[str] = []  # by their number in the index
        self._index = array("Q")  # each a hash, then the number of a story that has it; in order
        self.add(stories)

    def __len__(self) -> int:
        return len(self._stories)

    def add(self, stories: Iterable[PastStory]) -> None:
        """Take old stories in; of one that is known nothing is changed."""
        found = [entry for story in stories for entry in self._entries(story)]
        if len(found) > _FEW:
            self._index = array("Q", sorted([*self._index, *found]))
            return
        for entry in found:
            insort(self._index, entry)

    def drop(self, story: str) -> None:
        """Forget a story, which was told again."""
        left = self._stories.pop(story, None)
        for key in _keys(left[2]) if left is not None else ():
            first, last = self._range(key)
            place = next(i for i in range(first, last) if self._name(self._index[i]) == story)
            del self._index[place]

    def repeated(self, imprint: Imprint) -> Iterator[PastStory]:
        """The stories of which a report runs again."""
        for name in self._near(imprint) if self._stories else ():
            title, opened, packed = self._stories[name]
            if any(map(imprint.repeats, imprints_in(packed))):
                yield PastStory(name, title, opened)

    def _near(self, imprint: Imprint) -> list[str]:
        """The stories that share most of the runs, of which not too many have any."""
        shared: Counter[str] = Counter()
        for value in imprint.text:
            first, last = self._range(value)
            if last - first <= _COMMON:
                shared.update(map(self._name, self._index[first:last]))
        return sorted(shared, key=lambda name: (-shared[name], name))[:_LOOKED_AT]

    def _range(self, key: int) -> tuple[int, int]:
        """Where the entries of a hash begin and end in the index."""
        first = bisect_left(self._index, key << _SHIFT)
        return first, bisect_left(self._index, key + 1 << _SHIFT, first)

    def _name(self, entry: int) -> str:
        return self._names[entry & 0xFFFFFFFF]

    def _entries(self, story: PastStory) -> list[int]:
        """Take the story in, but for its entries in the index, which are given."""
        if story.id in self._stories or not story.imprints:
            return []
        packed, number = binary(story.imprints), len(self._names)
        self._stories[story.id] = story.title, story.opened, packed
        self._names.append(story.id)
        return [key << _SHIFT | number for key in _keys(packed)]


def _keys(packed: bytes) -> set[int]:
    """The hashes by which the reports of a story are found."""
    return {key for imprint in imprints_in(packed) for key in imprint.text[:_KEYS]}
