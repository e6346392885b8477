"""Mends the usual damage of feeds before a strict parser sees them, without losing text.

A recovering parser deletes what it does not understand ("AT&T & R&D" becomes "AT  R"), so bare
ampersands, HTML's entities, undeclared prefixes and forbidden characters are put right first.
"""

from __future__ import annotations

import html.entities
import re

ROOTS = ("rss", "rdf", "feed", "channel", "urlset", "sitemapindex", "entry")
_TAG = re.compile(r"<([A-Za-z_][\w.-]{0,40}(?::[A-Za-z_][\w.-]{0,40})?)")
_DOCTYPE = re.compile("<!DOCTYPE", re.IGNORECASE)
_SUBSET_END = re.compile(r"\]\s*>")
# Feeds that stand behind something else: a PHP warning, a page's frame.
_LATER_ROOT = re.compile(
    r"<(?:[A-Za-z][\w.-]{0,30}:)?(?:rss|rdf|feed|urlset)(?=[\s>])", re.IGNORECASE
)
_BARE_VALUE = re.compile(r"(\s[\w.:-]{1,60})=([^\s\"'<>]{1,200})(?=[\s>/])")
_HEAD = 20_000  # characters in which a root element is looked for
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BARE = re.compile(r"&(?!#\d{1,9};|#[xX][0-9a-fA-F]{1,8};|[A-Za-z][\w.-]{0,40};)")
_REFERENCE = re.compile(r"&(?:#(\d{1,9})|#[xX]([0-9a-fA-F]{1,8})|([A-Za-z][\w.-]{0,40}));")
_UNTOUCHED = re.compile(r"<!\[CDATA\[|<!--")
_CLOSERS = {"<![CDATA[": "]]>", "<!--": "-->"}
_SAFE = frozenset({"amp", "lt", "gt", "quot", "apos"})
_DECLARED = re.compile(r"<!ENTITY\s+([\w.-]{1,60})\s")
_PREFIX = re.compile(r"</?([A-Za-z_][\w.-]{0,40}):[A-Za-z_]")
_ATTRIBUTE_PREFIX = re.compile(r"\s([A-Za-z_][\w.-]{0,40}):[A-Za-z_][\w.-]{0,40}\s*=\s*[\"']")
_BOUND = re.compile(r"xmlns:([A-Za-z_][\w.-]{0,40})\s*=")
# What an undeclared prefix was surely meant to be.
_USUAL = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "media": "http://search.yahoo.com/mrss/",
    "atom": "http://www.w3.org/2005/Atom",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}


def root_tag(text: str) -> re.Match[str] | None:
    """The first start tag outside of comments, instructions and the DOCTYPE; group 1 its name."""
    at = text.find("<", 0, _HEAD)
    while at != -1:
        if found := _TAG.match(text, at):
            return found
        at = text.find("<", max(_after(text, at), at + 1), _HEAD)
    return None


def _after(text: str, at: int) -> int:
    """Where to look on after the "<" at `at`: past a comment, an instruction or a declaration."""
    if text.startswith("<!--", at):
        end = text.find("-->", at)
        return end + 3 if end != -1 else len(text)
    if not text.startswith(("<!", "<?"), at):
        return at + 1
    end = text.find(">", at, at + _HEAD) + 1
    if text[at + 1] == "!" and -1 < text.find("[", at, at + _HEAD) < end:
        subset = _SUBSET_END.search(text, at, at + _HEAD)
        return subset.end() if subset else at + 1
    return end


def local_name(tag: re.Match[str] | None) -> str:
    """The name of a tag without its prefix, in lower case; "" for none."""
    return tag[1].rpartition(":")[2].lower() if tag else ""


def trim(text: str) -> str:
    """The document from its root on, without declaration, junk before it, or an empty DOCTYPE.

    A DOCTYPE that declares entities stays; any other one only hides that entities are undeclared.
    """
    root = root_tag(text)
    if local_name(root) not in ROOTS:
        root = _LATER_ROOT.search(text, 0, _HEAD) or root
    if root is None:
        return text
    head = text[: root.start()]
    if "<!ENTITY" in head and (doctype := _DOCTYPE.search(head)):
        return text[doctype.start() :]
    return text[root.start() :]


def ends(text: str) -> str | None:
    """The document up to the end of its root element; None when that end is missing."""
    root = root_tag(text)
    if root is None:
        return None
    at = text.rfind("</" + root[1])
    stop = text.find(">", at)
    if at == -1:  # no closing tag at all; an empty root closes itself
        close = text.find(">", root.end())
        return text[: close + 1] if close != -1 and text[close - 1] == "/" else None
    return text[: stop + 1] if stop != -1 else None


def repair(text: str) -> str:
    """The document with its usual damage mended. CDATA sections and comments stay as they are."""
    text = _FORBIDDEN.sub("", text)
    declared = _SAFE | frozenset(_DECLARED.findall(text[:_HEAD]))
    pieces, at = [], 0
    while opened := _UNTOUCHED.search(text, at):
        end = text.find(_CLOSERS[opened[0]], opened.end())
        stop = end if end != -1 else len(text)
        pieces += [_ampersands(text[at : opened.start()], declared), text[opened.start() : stop]]
        at = stop
    pieces.append(_ampersands(text[at:], declared))
    return bind(_quote("".join(pieces)))


def _ampersands(text: str, declared: frozenset[str]) -> str:
    if "&" not in text:
        return text

    def mend(found: re.Match[str]) -> str:
        decimal, hexadecimal, name = found.groups()
        if name is None:
            return _character(int(decimal) if decimal else int(hexadecimal, 16))
        if name in declared:
            return found[0]
        return html.entities.html5.get(f"{name};") or f"&amp;{name};"

    return _REFERENCE.sub(mend, _BARE.sub("&amp;", text))


def _character(code: int) -> str:
    """A numeric reference, or nothing where XML forbids the character."""
    allowed = code in (9, 10, 13) or 32 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD
    return f"&#{code};" if allowed or 0x10000 <= code <= 0x10FFFF else ""


def _quote(text: str) -> str:
    """Puts quotes around bare attribute values of the root element."""
    root = root_tag(text)
    end = text.find(">", root.end()) + 1 if root else 0
    if root is None or not end:
        return text
    return text[: root.end()] + _BARE_VALUE.sub(r'\1="\2"', text[root.end() : end]) + text[end:]


def bind(text: str) -> str:
    """Declares prefixes at the root that the document uses without declaring them."""
    used = set(_PREFIX.findall(text)) | set(_ATTRIBUTE_PREFIX.findall(text))
    missing = used - set(_BOUND.findall(text)) - {"xml", "xmlns"}
    root = root_tag(text)
    if not missing or root is None:
        return text
    spaces = "".join(
        f' xmlns:{name}="{_USUAL.get(name.lower(), name + ":")}"' for name in sorted(missing)
    )
    return text[: root.end()] + spaces + text[root.end() :]
