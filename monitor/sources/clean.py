"""Clean plain text from what feeds put into titles, summaries and content.

Nothing of the markup survives: tags are dropped, entities resolved, scripts and styles left out,
white space collapsed, control and text-direction characters stripped.
"""

from __future__ import annotations

import html
import re

MAX_MARKUP = 65_536  # characters of markup that are read
_TAG = r"(?:[/!?]?[a-zA-Z-]|!\[CDATA)[^<>]*>"
_MARKUP = re.compile("<" + _TAG)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,31});")
# A tag with its name; no quantifier gives anything back, so that hostile input costs linear time.
_TAGS = re.compile(
    r"""<(/?[a-zA-Z][^\s<>"'/]*+)"""
    r"""(?:>|[^<>"']*+(?:>|(?:(?:"[^"<]*+"|'[^'<]*+')[^<>"']*+)*+>))"""
)
# A word must not grow together with its neighbour when the tag between them goes.
_BLOCKS = frozenset(
    slash + spelling
    for name in [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "td",
        "th",
        "table",
        "blockquote",
        "section",
        "article",
        "header",
        "footer",
        "figure",
        "figcaption",
        "dt",
        "dd",
        "dl",
        "pre",
        "hr",
        "img",
        "option",
        "main",
        "aside",
        "nav",
        "address",
        "form",
    ]
    for slash in ("", "/")
    for spelling in (name, name.upper(), name.capitalize())
)
# Invisible: C0 and C1 controls, soft hyphen, zero-width space, direction marks, BOM, noncharacters.
# Zero-width joiners stay: Persian and Indic words and emoji need them.
_INVISIBLE = re.compile(
    "[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069"
    "\ufeff\ufffe\uffff]"
)
_SPACES = re.compile("  +")
# What numeric references to C1 controls mean in practice (HTML standard).
_C1 = {chr(code): bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_ANY_C1 = re.compile("[\x80-\x9f]")
# What is no text at all, by how it begins and ends; CDATA is text in a wrapping.
_HIDDEN = (
    (re.compile("<!--"), re.compile("-->")),
    (re.compile("<script", re.IGNORECASE), re.compile("</script[^<>]*>", re.IGNORECASE)),
    (re.compile("<style", re.IGNORECASE), re.compile("</style[^<>]*>", re.IGNORECASE)),
    (re.compile("<head[ >]", re.IGNORECASE), re.compile("</head[^<>]*>", re.IGNORECASE)),
)
# Coarse, and twice as fast for it.
_HIDING = re.compile("<(?:!|[sShH](?i:cript|tyle|ead[ >]))")


def text_of(markup: str | None) -> str:
    """The plain text of a string that may hold markup or entities, however often escaped."""
    if not markup:
        return ""
    if "<" in markup and _MARKUP.search(markup):
        markup = _strip(markup)
    if "&" in markup and _ENTITY.search(markup):
        markup = _unescape(markup)
    return plain(markup)


def plain(text: str) -> str:
    """Text without invisible characters and with single spaces."""
    if text.isprintable() and "  " not in text:  # nothing invisible, and single spaces
        return text.strip(" ")
    # Twice as fast as to split at every word, and right where no other white space is left.
    spaced = text.replace("\n", " ").replace("\t", " ").replace("\r", " ").replace("\xa0", " ")
    single = _SPACES.sub(" ", spaced) if "  " in spaced else spaced
    if single.isprintable():
        return single.strip(" ")
    text = " ".join(text.split())
    text = _ANY_C1.sub(lambda found: _C1[found[0]], text)  # str.translate takes ten times as long
    return " ".join(_INVISIBLE.sub("", text).split())


def begins(text: str) -> str:
    """The first 80 characters, on one line, for an error."""
    line = " ".join(text[:400].split())
    return "".join(letter if letter.isprintable() else "?" for letter in line)[:80]


def _strip(markup: str) -> str:
    """The text of HTML. Patterns instead of a parser: linear, and kind to broken quotes."""
    if len(markup) > MAX_MARKUP:
        markup = markup[:MAX_MARKUP]
        if (tag := markup.rfind("<")) > markup.rfind(">"):
            markup = markup[:tag]  # half a tag is no text
    if _HIDING.search(markup):
        markup = markup.replace("<![CDATA[", "").replace("]]>", "")
        for start, stop in _HIDDEN:
            markup = _without(markup, start, stop)
    pieces = _TAGS.split(markup)  # text, name, text, name, ...
    pieces[1::2] = [" " if name in _BLOCKS else "" for name in pieces[1::2]]
    text = "".join(pieces)
    if "<" in text:
        text = _MARKUP.sub("", text)  # tags with broken quotes, declarations
    return html.unescape(text) if "&" in text else text


def _without(text: str, start: re.Pattern[str], stop: re.Pattern[str]) -> str:
    """The text without what stands between; what does not end hides the rest."""
    kept, at = [], 0
    while begin := start.search(text, at):
        kept.append(text[at : begin.start()])
        end = stop.search(text, begin.end())
        at = end.end() if end else len(text)
    return "".join(kept) + text[at:] if kept else text


def _unescape(text: str) -> str:
    """Entities that publishers escaped twice; a tag that appears by it is markup too."""
    once = html.unescape(text)
    if "<" in once and _MARKUP.search(once):
        once = _strip(once)
    return html.unescape(once) if _ENTITY.search(once) else once
