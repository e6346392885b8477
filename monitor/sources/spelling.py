"""Names of elements in capitals, as CDF has them and old programs wrote RSS."""

from __future__ import annotations

from typing import Any

_MOST_NAMES = 50  # attributes of one element that are looked at


def lowered(root: Any) -> bool:
    """Write every name of a tree in lower case, those of attributes too; False when all were."""
    changed = False
    for element in root.iter("{*}*"):
        if (low := _low(element.tag)) != element.tag:
            element.tag, changed = low, True
        # lxml looks a name up by walking: a hundred thousand of them would take minutes.
        for name in element.keys()[:_MOST_NAMES]:
            if (low := _low(name)) != name:
                element.set(low, element.attrib.pop(name))
                changed = True
    return changed


def _low(tag: str) -> str:
    """A name in lower case; its namespace stays, case counts there."""
    space, end, name = tag.rpartition("}")
    return space + end + name.lower()
