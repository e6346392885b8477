"""A feed cut into its items as they are written: to recognise them, not to read them."""

from __future__ import annotations

from dataclasses import dataclass

_PAIRS = ((b"<![CDATA[", b"]]>"), (b"<!--", b"-->"))


@dataclass(frozen=True, slots=True)
class Pieces:
    """What stands before the first item, the items in their order, and what stands after the last.

    Any choice of the items between head and tail is a document again.
    """

    head: bytes
    items: tuple[bytes, ...]
    tail: bytes

    def only(self, items: list[bytes]) -> bytes:
        """The document with these items alone."""
        return b"".join((self.head, *items, self.tail))


def pieces(body: bytes) -> Pieces | None:
    """The pieces of a feed; None where its bytes do not show plainly where each item ends.

    Plain is RSS or Atom in UTF-8, with nothing but space between the items, no item in another one
    or in a comment, and no entities of its own. No item is of a vocabulary of its own either: that
    of the first one holds for the others.
    """
    name = b"item" if b"</item>" in body else b"entry"
    opening, closing = b"<" + name, b"</" + name + b">"
    first, *rest, tail = body.split(closing) if closing in body else (b"", b"")
    start = first.find(opening)
    if start < 0 or not _is_utf8(body):
        return None
    head = first[:start]
    items = [(part.strip() + closing) for part in (first[start:], *rest)]
    if any(not item.startswith(opening) for item in items) or body.count(opening) != len(items):
        return None
    if any(b"xmlns=" in item[: item.find(b">")] for item in items):
        return None
    if b"<!DOCTYPE" in head or not _are_closed((head, *items, tail), body):
        return None
    return Pieces(head, tuple(items), tail)


def _are_closed(parts: tuple[bytes, ...], body: bytes) -> bool:
    """Whether each comment or verbatim text ends in the part in which it begins."""
    there = [pair for pair in _PAIRS if pair[0] in body]
    return all(part.rfind(start) <= part.rfind(end) for start, end in there for part in parts)


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
