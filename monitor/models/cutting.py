"""Text cut to a length, so that people see that something is missing."""

from __future__ import annotations

import unicodedata


def cut(text: str, limit: int) -> str:
    """`text` in at most `limit` characters, ending in "…" where something is missing.

    The cut falls between characters as people see them: never before a combining mark, a joiner
    or a variation selector (looking back over 16 characters at most).
    """
    if len(text) <= limit:
        return text
    end = max(limit - 1, 0)
    for back in range(min(16, end)):
        if not _is_one(text, end - back):
            return text[: end - back].rstrip() + "…"
    return text[:end].rstrip() + "…" if limit > 0 else ""


def _is_one(text: str, at: int) -> bool:
    """Whether the characters on both sides of a place are seen as one."""
    if _clings(text[at]) or text[at - 1] == "\u200d":
        return True
    flags = 0  # a flag is a pair of letters
    while flags < at and _is_flag(text[at - 1 - flags]):
        flags += 1
    return flags % 2 == 1 and _is_flag(text[at])


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _clings(char: str) -> bool:
    return (
        unicodedata.category(char) in {"Mn", "Me", "Mc"}
        or char == "\u200d"
        or "\U0001f3fb" <= char <= "\U0001f3ff"  # skin tones
        or "\u1160" <= char <= "\u11ff"  # vowels and finals of a decomposed Korean syllable
    )
