"""Addresses inside a document: resolved against its base; web addresses and harmless names only."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_WEB = re.compile(r"https?://[a-zA-Z0-9][a-zA-Z0-9.-]*(?:[/?#][!-~]*)?$")
# A line that was folded; what is left of white space is part of the address, as in browsers.
_FOLDED = re.compile(r"[^\S\n\r]*[\n\r\t\x00-\x08\x0b\x0c\x0e-\x1f]\s*")
_SPACE = re.compile(r"\s")
MAX_LINK = 2000
# Names of a thing, kept as the feed wrote them: no program opens them, and no alert links to them.
_NAMES = ("tag", "urn")


def resolve(link: str | None, *bases: str | None) -> str | None:
    """The absolute form of a link; None when it is empty or of another scheme.

    `bases` go from the outermost to the innermost and may be relative to each other. Without an
    absolute base a relative link stays as written.
    """
    link = (link or "").strip()
    if _WEB.match(link) and len(link) <= MAX_LINK and "&amp;" not in link:  # nearly all of them
        return link
    link = _SPACE.sub("%20", _FOLDED.sub("", link)).replace("&amp;", "&")
    if not link or len(link) > MAX_LINK:
        return None
    if not _SCHEME.match(link):
        base = ""
        for inner in bases:
            base = _join(base, (inner or "").strip())
        link = _join(base, link)
        if not _SCHEME.match(link):
            return link
    return link if _is_harmless(link) else None


def _join(base: str, link: str) -> str:
    try:
        return urljoin(base, link) if base else link
    except ValueError:
        return link


def _is_harmless(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    if parts.scheme in _NAMES:
        return bool(parts.path)
    return parts.scheme in ("http", "https", "ftp") and bool(parts.netloc)
