"""Reads a broken document item by item: what is broken between or inside items costs no other item.

One tag that nobody closed makes a whole document unreadable to a strict parser. Cut into its
items, nearly all of them are fine. The work is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase

from lxml import etree

from monitor.sources.entries import MAX_ITEMS, RawFeed
from monitor.sources.feedxml import ITEMS, NotXml, read_xml
from monitor.sources.repair import bind, local_name, root_tag

_HIDDEN = {"<![CDATA[": "]]>", "<!--": "-->"}
_CHILD = re.compile(r"<([A-Za-z_][\w.-]{0,60}(?::[A-Za-z_][\w.-]{0,60})?)(?=[\s/>])")
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)  # some other letters become longer
_LONGEST_TAG = 5_000
_BUDGET = 60_000_000  # characters that are tried in all, about two seconds
_A_TRY = 1_000  # what trying the smallest piece costs, in characters
_TITLE = re.compile(
    r"<(?:[\w.-]{1,40}:)?title(?:\s[^>]{0,200})?>\s*"
    r"([^<]{1,500}|<!\[CDATA\[[^<\]]{1,500}\]\]>)\s*</"
)


def salvage(text: str, *, whole: bool) -> RawFeed | None:
    """The items of a repaired document, each read for itself.

    None when an item cannot be mended, or when a `whole` document does not close all its items:
    then nobody can say where one ends.
    """
    root = root_tag(text)
    name = ITEMS.get(local_name(root), "")
    if root is None or not name or name == local_name(root):
        return None
    end = text.find(">", root.end(), root.end() + _LONGEST_TAG)
    if end == -1:
        return None
    head, tail = text[root.start() : end + 1], f"</{root[1]}>"
    chunks = list(_chunks(text, name, whole=whole))
    if not chunks or chunks[-1] is None:
        return None
    frame = _Frame(head, tail)
    try:
        mended = [_mended(chunk, frame) for chunk in chunks if chunk is not None]
    except _TooMuch:
        return None
    if None in mended:
        return None
    title = _TITLE.search(text, end, max(text.find(chunks[0] or "", end), end))
    kept = f"<title>{title[1]}</title>" if title else ""
    try:
        return read_xml(bind(head + kept + "".join(filter(None, mended)) + tail).encode())
    except NotXml:
        return None


def _chunks(text: str, name: str, *, whole: bool) -> Iterator[str | None]:
    """The outermost items of the document as text; None at its end when one is left open."""
    marks = re.compile(rf"<!\[CDATA\[|<!--|<(/?)(?:[\w.-]{{1,40}}:)?{name}(?=[\s/>])")
    at, depth, start, count = 0, 0, 0, 0
    while (mark := marks.search(text, at)) and count <= MAX_ITEMS:
        if closer := _HIDDEN.get(mark[0]):
            end = text.find(closer, mark.end())
        else:
            end = text.find(">", mark.end(), mark.end() + _LONGEST_TAG)
        if end == -1:
            break
        at = end + 1
        if closer:
            continue
        if text[end - 1] == "/":
            if not depth:
                yield text[mark.start() : at]
            continue
        if not mark[1]:
            start, depth = (mark.start(), 1) if not depth else (start, depth + 1)
        elif depth:
            depth -= 1
            if not depth:
                count += 1
                yield text[start:at]
    if whole and depth:
        yield None


class _TooMuch(Exception):
    """The document is so broken that trying its pieces costs more than it is worth."""


@dataclass(slots=True)
class _Frame:
    """The root's tags, in which pieces are tried, and how much may still be tried."""

    head: str
    tail: str
    left: int = _BUDGET

    def takes(self, markup: str) -> bool:
        """Whether the piece is well-formed. Raises _TooMuch when the budget is used up."""
        self.left -= len(self.head) + len(markup) + _A_TRY
        if self.left < 0:
            raise _TooMuch
        try:
            etree.fromstring(
                bind(self.head + markup + self.tail).encode("utf-8", "replace"),
                etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False),
            )
        except etree.XMLSyntaxError:
            return False
        return True


def _mended(chunk: str, frame: _Frame) -> str | None:
    """The item as it is when it is well-formed, else with its broken fields as plain markup."""
    if frame.takes(chunk):
        return chunk
    start, stop = chunk.find(">") + 1, chunk.rfind("</")
    chunk = chunk[:start] + "".join(_fields(chunk[start:stop], frame)) + chunk[stop:]
    return chunk if frame.takes(chunk) else None


def _fields(inner: str, frame: _Frame) -> Iterator[str]:
    """The elements directly inside an item; tags that nothing closes or opened are left out."""
    at = 0
    low = inner.translate(_SMALL)  # <title>...</Title> is one element to whoever wrote it
    never: set[str] = set()  # names without a closing tag from here on
    while child := _CHILD.search(inner, at):
        end = inner.find(">", child.end() - 1, child.end() + _LONGEST_TAG)
        if end == -1:
            return
        name, at = child[1], end + 1
        if inner[end - 1] == "/":
            yield inner[child.start() : at]
            continue
        close = low.find(f"</{name.lower()}", at) if name not in never else -1
        if close == -1:
            never.add(name)
            continue
        content = inner[at:close]
        if "<" in content and not frame.takes(content):
            content = "<![CDATA[" + content.replace("]]>", "]]&gt;") + "]]>"
        yield f"{inner[child.start() : at]}{content}</{name}>"
        at = max(inner.find(">", close) + 1, close + 2)
