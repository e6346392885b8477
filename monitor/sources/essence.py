"""What counts when a document is compared with what was read before: docs/decisions/0025."""

from __future__ import annotations

import hashlib
import re

_FIRST = re.compile(rb"<(?:\w{1,20}:)?(?:item|entry)[\s>]")
_MADE = re.compile(rb"<((?:\w{1,20}:)?(?:lastBuildDate|pubDate|date|updated|modified))>[^<]*</\1>")


def essence(body: bytes) -> str:
    """A hash of a document, without what says only when it was made.

    Many servers build a feed anew for every request. Left out are the dates before its first item
    and the comment of a cache at its end. A document that shows no item, or
    not in ASCII, counts as a whole.
    """
    first = _FIRST.search(body)
    if first is None:
        return hashlib.sha256(body).hexdigest()
    found = hashlib.sha256(undated(body[: first.start()]))
    comment = body.find(b"<!--", max(body.rfind(b"</"), first.start()))
    found.update(memoryview(body)[first.start() : comment if comment != -1 else None])
    return found.hexdigest()


def undated(head: bytes) -> bytes:
    """What stands before the first item, without the dates."""
    return _MADE.sub(b"", head)
