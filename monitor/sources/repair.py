"""Mends the usual damage of feeds before a strict parser sees them, without losing text.

A recovering parser deletes what it does not understand ("AT&T & R&D" becomes "AT  R"), so bare
ampersands, HTML's entities, undeclared prefixes and forbidden characters are put right first.
"""

from __future__ import annotations

import html.entities
import re

ROOTS = ("rss", "rdf", "feed", "channel", "urlset", "sitemapindex", "entry")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,300}\?>", re.IGNORECASE)
_FEED_START = re.compile(
    r"<\?xml\s|<!DOCTYPE\s|<(?:[A-Za-z][\w.-]{0,30}:)?(?:rss|rdf|feed|channel|urlset|sitemapindex|entry)"
    r"(?=[\s>/])",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_AMPERSAND = re.compile(r"&(?:#(\d{1,9});|#[xX]([0-9a-fA-F]{1,8});|([A-Za-z][\w.-]{0,40});)?")
_SAFE = {"amp", "lt", "gt", "quot", "apos"}
_DECLARED = re.compile(r"<!ENTITY\s+([\w.-]{1,60})\s")
_PREFIX = re.compile(r"</?([A-Za-z_][\w.-]{0,40}):[A-Za-z_]")
_ATTRIBUTE_PREFIX = re.compile(r"\s([A-Za-z_][\w.-]{0,40}):[A-Za-z_][\w.-]{0,40}\s*=\s*[\"']")
_BOUND = re.compile(r"xmlns:([A-Za-z_][\w.-]{0,40})\s*=")
_TAG_START = re.compile(r"<[A-Za-z_][\w.-]{0,40}(?::[A-Za-z_][\w.-]{0,40})?")
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


def trim(text: str) -> str:
    """The document from its root on, without declaration, junk around it, or an empty DOCTYPE.

    A DOCTYPE that declares entities stays; any other one only hides that entities are undeclared.
    """
    start = _FEED_START.search(text, 0, 20_000)
    text = text[start.start() :] if start else text.lstrip()
    while found := _DECLARATION.match(text):
        text = text[found.end() :]
    text = text.lstrip()
    if text[:9].upper() == "<!DOCTYPE":
        end, subset = text.find(">"), text.find("[")
        if end != -1 and not -1 < subset < end:
            text = text[end + 1 :].lstrip()
    return text


def root_name(text: str) -> str:
    """The local name of the first element, in lower case; "" when there is none near the start."""
    for found in re.finditer(r"<!--|<\?|<!|<([A-Za-z_][\w.:-]{0,80})", text[:20_000]):
        if found[1] and not _inside_prolog(text, found.start()):
            return found[1].rpartition(":")[2].lower()
    return ""


def _inside_prolog(text: str, at: int) -> bool:
    """Whether a tag stands in a comment or in the subset of a DOCTYPE."""
    before = text[:at]
    if before.count("<!--") > before.count("-->"):
        return True
    doctype = before.upper().rfind("<!DOCTYPE")
    return doctype != -1 and "[" in before[doctype:] and "]" not in before[doctype:]


def ends(text: str) -> str | None:
    """The document up to the end of its root element; None when that end is missing."""
    name = _TAG_START.search(text)
    if name is None:
        return None
    closing = "</" + name[0][1:]
    at = text.rfind(closing)
    if at == -1:
        return None
    stop = text.find(">", at)
    return text[: stop + 1] if stop != -1 else None


def repair(text: str) -> str:
    """The document with its usual damage mended. CDATA sections and comments stay as they are."""
    text = _FORBIDDEN.sub("", text)
    declared = frozenset(_DECLARED.findall(text[:20_000])) | _SAFE
    pieces, at = [], 0
    while at < len(text):
        opened = _next(text, at)
        pieces.append(_ampersands(text[at : opened[0]], declared))
        pieces.append(text[opened[0] : opened[1]])
        at = opened[1]
    return _bind("".join(pieces))


def _next(text: str, at: int) -> tuple[int, int]:
    """Where the next CDATA section or comment begins and ends, else the end of the text twice."""
    best = (len(text), len(text))
    for start, stop in (("<![CDATA[", "]]>"), ("<!--", "-->")):
        begin = text.find(start, at, best[0])
        if begin != -1:
            end = text.find(stop, begin)
            best = (begin, end + 3 if end != -1 else len(text))
    return best


def _ampersands(text: str, declared: frozenset[str] | set[str]) -> str:
    if "&" not in text:
        return text

    def mend(found: re.Match[str]) -> str:
        decimal, hexadecimal, name = found.groups()
        if decimal or hexadecimal:
            return _character(int(decimal) if decimal else int(hexadecimal, 16))
        if name in declared:
            return found[0]
        letters = html.entities.html5.get(f"{name};")
        return letters if letters else "&amp;" + found[0][1:]

    return _AMPERSAND.sub(mend, text)


def _character(code: int) -> str:
    """A numeric reference, or nothing where XML forbids the character."""
    allowed = code in (9, 10, 13) or 32 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD
    return f"&#{code};" if allowed or 0x10000 <= code <= 0x10FFFF else ""


def _bind(text: str) -> str:
    """Declares prefixes at the root that the document uses without declaring them."""
    used = set(_PREFIX.findall(text)) | set(_ATTRIBUTE_PREFIX.findall(text))
    missing = used - set(_BOUND.findall(text)) - {"xml", "xmlns"}
    start = _TAG_START.search(text)
    if not missing or start is None:
        return text
    spaces = "".join(
        f' xmlns:{name}="{_USUAL.get(name.lower(), name + ":")}"' for name in sorted(missing)
    )
    return text[: start.end()] + spaces + text[start.end() :]
