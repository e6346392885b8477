"""Untrusted text made harmless, and cut to size. The only place that strips or escapes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlsplit

from monitor.models import DiffPart
from monitor.models.cutting import cut

# Terminal control sequences go as a whole, so that no "[31m" is left over.
_ANSI = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?")
# Characters that turn the reading direction round or hide text: bidi embeddings, overrides and
# isolates, zero-width space, soft hyphen, word joiner and byte order mark, tags. Joiners (U+200C,
# U+200D) and the plain direction marks stay: Persian, Hindi, Arabic and emoji need them.
_HIDDEN = re.compile(
    "[\u00ad\u200b\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_SPACES = re.compile(r"\s+")
_BLANK_LINES = re.compile(r"\n{3,}")
# A name that pages everybody in Slack, Mattermost, Discord or Telegram when it follows an "@".
_MENTION = re.compile(r"@(?=(?:channel|here|all|everyone|group)\b)", re.IGNORECASE)
_MAX_INPUT = 100_000
_MAX_URL = 2_000


def safe_text(text: str, limit: int | None = None, *, lines: bool = False) -> str:
    """`text` as printable characters in reading order, at most `limit` of them.

    Control and terminal sequences, bidi overrides, invisible and unpaired characters go; white
    space collapses to single spaces, except that `lines` keeps line ends (at most two in a row).
    """
    text = _HIDDEN.sub("", _ANSI.sub("", text[:_MAX_INPUT]))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub("[\u0085\u2028\u2029\v\f]", "\n", text)
    text = "".join(map(_printable, text))
    if lines:
        kept = "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n"))
        text = _BLANK_LINES.sub("\n\n", kept).strip()
    else:
        text = _SPACES.sub(" ", text).strip()
    return text if limit is None else cut(text, limit)


def _printable(char: str) -> str:
    if char in "\n\t" or char.isprintable():
        return char
    category = unicodedata.category(char)
    if category in {"Cc", "Cs", "Cn", "Co"}:
        return ""
    return char if category == "Cf" else " "


def unpaged(text: str) -> str:
    """`text` with names such as @channel broken by a word joiner, so that nobody is paged."""
    return _MENTION.sub("@\u2060", text)


def safe_url(url: str | None) -> str | None:
    """`url` if it may become a link: http or https, a host, no user name, no odd characters."""
    if not url or len(url) > _MAX_URL or safe_text(url) != url or " " in url or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port  # raises on a port that is no number
    except ValueError:
        return None
    if (
        parts.scheme not in {"http", "https"}
        or not parts.hostname
        or port == 0
        or "@" in parts.netloc
    ):
        return None
    return quote(url, safe="%/:?#[]@!$&'()*+,;=~-._")


def short_diff(
    diff: Sequence[DiffPart], keep: int = 60, limit: int = 1_200
) -> tuple[DiffPart, ...]:
    """The changes of a word diff with at most `keep` unchanged characters on either side.

    At most `limit` characters in all; what is left out shows as "…".
    """
    short: list[DiffPart] = []
    room = limit
    for at, part in enumerate(diff):
        text = safe_text(part.text)
        if part.op == "same":
            text = _context(text, keep, first=at == 0, last=at == len(diff) - 1)
        if not text:
            continue
        short.append(DiffPart(part.op, cut(text, room)))
        room -= len(text) + 1
        if room <= 1:
            break
    return tuple(short)


def _context(text: str, keep: int, *, first: bool, last: bool) -> str:
    room = keep if first or last else 2 * keep
    if len(text) <= room:
        return text
    head = "" if first else _whole_words(text, keep)
    tail = "" if last else "… " + text[-keep:].split(" ", 1)[-1]
    return f"{head.rstrip('…')}{tail}" if head and tail else head or tail


def _whole_words(text: str, limit: int) -> str:
    """`text` cut as by `cut`, before the word that would be halved; a very long one is."""
    head, space, half = text[:limit].rpartition(" ")
    return f"{head}…" if space and len(half) < limit // 2 else cut(text, limit)


def escape_slack(text: str) -> str:
    """`text` as Slack's mrkdwn shows it literally: the three entities, and no live formatting.

    Slack has no escape for its marks, so look-alikes stand in for them.
    """
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return unpaged(text.translate({ord("*"): "∗", ord("~"): "∼", ord("`"): "ˋ"}))


def slack_text(text: str, limit: int) -> str:
    """Safe and escaped `text` in at most `limit` characters as sent, no entity cut in half."""
    clean = safe_text(text, limit)
    while len(escaped := escape_slack(clean)) > limit:
        over = len(escaped) - limit
        clean = cut(clean, max(len(clean) - max(over // 4, 1) - 1, 0))
    return escaped


def fill(lines: Iterable[str], limit: int, more: str = "… and {n} more") -> str:
    """As many whole `lines` as fit in `limit` characters, then `more` naming how many are left."""
    all_lines = list(lines)
    room = limit - len(more) - 6
    kept: list[str] = []
    for line in all_lines:
        if room < len(line) + 1:
            break
        kept.append(line)
        room -= len(line) + 1
    left = len(all_lines) - len(kept)
    return "\n".join([*kept, more.format(n=left)] if left else kept)
