"""What has to stand beside a short name, so that it is taken for what is watched.

"The building" is the office beside "kaesong" (the place), or beside "north+south" (both sides), or
beside "north-us" (the first without the second): so a pack writes the company of a short name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_SIGNED = re.compile(r"([+-]?)([^+-]+)")


class Company(NamedTuple):
    """Ids that have to stand in a text together, and ids that may not stand in it."""

    needed: frozenset[str]
    strangers: frozenset[str]

    @property
    def is_plain(self) -> bool:
        """One id is enough, whatever else stands there."""
        return len(self.needed) == 1 and not self.strangers


@lru_cache(maxsize=4096)  # all that the packs of many topics give
def company_of(written: str) -> Company:
    """The company that a pack writes as "north+south-us"."""
    signed = _SIGNED.findall(written)
    return Company(
        frozenset(name for sign, name in signed if sign != "-"),
        frozenset(name for sign, name in signed if sign == "-"),
    )
