"""What makes two entries the same item, and what makes them different ones. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

from monitor.models import Entry

# Parameters that tell where a reader came from, never what is read.
_TRACKING = re.compile(
    r"(?:utm_\w+|at_(?:medium|campaign|custom\d|link\w*|ptr\w*|bbc\w*|format)|mc_[ce]id|pk_\w+"
    r"|mtm_\w+|hsa_\w+|_hs\w+|fb_\w+|_ga|_gl|(?:fb|g|d|tt|tw|y|ms)clid|gclsrc|wbraid|gbraid|msclkid|yclid|twclid"
    r"|igsh(?:id)?|ocid|cmpid|ito|xtor|ncid|smid|smtyp|sref|cmp|ns_(?:mchannel|campaign|source"
    r"|linkname|fee)|wt\.\w+|spm|scm|share|shared|__twitter_impression|trk|trkcampaign|rss"
    r"|outputtype|amp|mobile)$",
    re.IGNORECASE,
)
# Parameters that often tell the same, but on some sites choose what is read; they go only where
# the path itself names one article.
_WEAK = re.compile(
    r"(?:ref|referrer|from|source|src|via|site|section|input|partner|feed|guccounter)$"
)
_NAMES_ONE = re.compile(r"\d{6,}|[^/]{24,}|[^/]+-[^/]+-[^/]+-[^/]+")
_HOST_VARIANT = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.[^.]+)")
_AMP_PATH = re.compile(r"(?:/amp(?:\.html)?|\.amp)/?$|\.amp(?=\.html$)|^/amp(?=/.)", re.IGNORECASE)
# An address without a query, an escape or a capital in its host: most of them.
_SIMPLE = re.compile(r"https?://([a-z0-9][a-z0-9.-]*)((?:/(?!\.)[A-Za-z0-9._~-]+)*/?)$")
_WORDS = re.compile(r"[\W_]+")
_ASCII = {code: None for code in range(128) if not chr(code).isalnum()}
_ENOUGH = 40  # letters and digits that are not met twice by chance


@dataclass(frozen=True)
class Identified:
    """An entry with the names it can be recognised by.

    `entry_key` answers "have we seen this item" within its source. `content_hash` covers what is
    read, not the dates.
    """

    entry: Entry
    entry_key: str
    content_hash: str
    _document: _Document

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The names of the article, most trusted first.

        "url:..." holds over all sources, "guid:SOURCE:..." and "text:SOURCE:..." within one. Worked
        out when asked for: nearly all entries of a document are known by `entry_key` alone.
        """
        return self._document.keys_of(self.entry)

    @property
    def names(self) -> tuple[str, str]:
        """Its address and title as another item of its document might have them, "" for none."""
        return _page(self.entry) or "", squeezed(self.entry.title)

    @property
    def names_are_shared(self) -> bool:
        """Whether several different items of its document have one GUID, address or title."""
        return self._document.names_are_shared


def canonical_url(url: str) -> str:
    """One form for the many addresses of one page: for comparing, not for opening."""
    url = url.strip()
    if simple := _SIMPLE.match(url):  # the same at a tenth of the cost
        host, path = simple.groups()
        return _joined(host, path, "")
    return _canonical(url)


@lru_cache(maxsize=2_000)
def _canonical(url: str) -> str:
    try:
        parts = urlsplit(canonicalize_url(url))
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return url
    return _joined(parts.hostname or "", parts.path, parts.query, port)


def _joined(host: str, path: str, query: str, port: str = "") -> str:
    host = _HOST_VARIANT.sub("", host.rstrip("."))
    path = _AMP_PATH.sub("", path).rstrip("/")
    kept = urlencode(_kept(parse_qsl(query, keep_blank_values=True), path)) if query else ""
    return (
        urlunsplit(("https", host + port, path, kept, ""))
        if kept
        else f"https://{host}{port}{path}"
    )


def _kept(pairs: list[tuple[str, str]], path: str) -> list[tuple[str, str]]:
    """The parameters that choose what is read."""
    strong = [(name, value) for name, value in pairs if not _TRACKING.match(name)]
    if _NAMES_ONE.search(path):
        return [(name, value) for name, value in strong if not _WEAK.match(name.lower())]
    return strong


def squeezed(text: str) -> str:
    """Letters and digits alone, case and compatibility forms made one."""
    if text.isascii():  # the same at a fifth of the cost
        return text.lower().translate(_ASCII)
    return _WORDS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def fingerprint(title: str, text: str) -> str:
    """A digest that survives changes of case, punctuation and white space, and nothing else."""
    return _digest(squeezed(title), squeezed(text))


def identify(entries: Sequence[Entry], source_id: str) -> tuple[Identified, ...]:
    """Each entry of one document with its keys, in the same order.

    A GUID or an address that several different items of the document share names none of them.
    """
    document = _Document(entries, source_id)
    return tuple(document.identified(entry) for entry in entries)


class _Document:
    """The entries of one document, and which of their names stand for several of them."""

    def __init__(self, entries: Sequence[Entry], source_id: str) -> None:
        self._entries = entries
        self._source = source_id
        self._guids = _shared(entries, lambda entry: entry.guid, _looks)

    @cached_property
    def _urls(self) -> frozenset[str]:
        return _shared(self._entries, _page, _looks)

    @cached_property
    def _titles(self) -> frozenset[str]:
        return _shared(self._entries, lambda entry: squeezed(entry.title), _text)

    @property
    def names_are_shared(self) -> bool:
        """See `Identified.names_are_shared`."""
        return bool(self._guids or self._urls or self._titles)

    def identified(self, entry: Entry) -> Identified:
        """One of the entries with its keys."""
        key = self._guid_key(entry) or self.keys_of(entry)[0]
        return Identified(entry, key, _digest(entry.title, entry.summary, entry.content), self)

    def keys_of(self, entry: Entry) -> tuple[str, ...]:
        """See `Identified.keys`."""
        url, keys = _page(entry), []
        if url and url not in self._urls:
            keys.append(f"url:{url}")
        if guid := self._guid_key(entry):
            keys.append(guid)
        if not keys or len(squeezed(entry.title + _text(entry))) >= _ENOUGH:
            keys.append(self._text_key(entry))
        return tuple(keys)

    def _guid_key(self, entry: Entry) -> str | None:
        usable = entry.guid and entry.guid not in self._guids
        return f"guid:{self._source}:{entry.guid}" if usable else None

    def _text_key(self, entry: Entry) -> str:
        """By the title alone, which outlives an edit; with the text where titles repeat."""
        title = squeezed(entry.title)
        alone = len(title) >= _ENOUGH // 2 and title not in self._titles
        return f"text:{self._source}:{fingerprint(entry.title, '' if alone else _text(entry))}"


def _shared(
    entries: Sequence[Entry], name: Callable[[Entry], str | None], what: Callable[[Entry], str]
) -> frozenset[str]:
    """The names that stand for several different items, told apart by `what`."""
    having: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if value := name(entry):
            having[value].append(entry)
    return frozenset(
        value
        for value, those in having.items()
        if len(those) > 1 and len({what(entry) for entry in those}) > 1
    )


def _looks(entry: Entry) -> str:
    return squeezed(entry.title) or squeezed(_text(entry))


def _text(entry: Entry) -> str:
    return entry.summary or entry.content


def _page(entry: Entry) -> str | None:
    """The address of the entry's own page; a site's front page is nobody's."""
    if not entry.link or not entry.link.lower().startswith(("http://", "https://")):
        return None
    url = canonical_url(entry.link)
    below = url.partition("://")[2].rstrip("/")
    return url if "/" in below or "?" in below else None


def same_article(known_title: str, known_text: str, entry: Entry) -> bool:
    """Whether an entry that carries a known article's key really is that article.

    False only when both title and text are plainly others: then the key was used again for a
    different item.
    """
    known_title, known_text = squeezed(known_title), squeezed(known_text)
    title, text = squeezed(entry.title), squeezed(_text(entry))
    if not title or not known_title or _alike(known_title, title) >= 0.3:
        return True
    if min(len(text), len(known_text)) < _ENOUGH:
        return _alike(known_title, title + text) >= 0.5 or _alike(title, known_text) >= 0.5
    return _alike(known_text, text) >= 0.3


def _alike(one: str, other: str) -> float:
    """The share of the shorter text's letter triples that the other has too, 0 to 1."""
    a, b = _triples(one), _triples(other)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _triples(text: str) -> set[str]:
    return {text[at : at + 3] for at in range(min(len(text), 4000) - 2)} or ({text} - {""})
