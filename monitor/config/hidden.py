"""Addresses as people may see them: what opens a feed to whoever knows it is not shown.

The address of a feed can hold a password, a key or a signature. Logs, pages, messages and lists
show it without; only the configuration and the request have it whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

HIDDEN = "***"
_USER = re.compile(r"(?<=//)[^/?#\s]+@")
_PARAMETER = re.compile(r"(?<=[?&;#])([^=&;#?\s]{1,200})=([^&#\s\"<>]+)")
_WITHIN = re.compile(r"[?&;#]([^=&;#?\s]{1,200})=([^&;#?\s]+)")
_ENDINGS = (
    "key", "keyid", "token", "sig", "signature", "auth", "authorization", "password", "passwd",
    "passwort", "pwd", "pass", "secret", "credential", "credentials", "jwt", "hmac", "session",
    "sessionid",
)  # fmt: skip
_NAMES = frozenset({"sid", "hash", "pin", "pw"})
_DIGEST = re.compile(r"[0-9a-fA-F]{32,}")  # nobody calls a page that
_VARIABLE = re.compile(r"(?:\$\{\w+\})+")
_SHORTEST = 4  # characters of a secret that can be told from any other text


def without_secrets(text: str) -> str:
    """The address, or a text with addresses in it, with *** for user names, passwords and keys.

    A `${NAME}` of the configuration stays: it says where the secret is.
    """
    return _PARAMETER.sub(_shown, _USER.sub(f"{HIDDEN}@", text))


def without(text: str, secrets: Iterable[str]) -> str:
    """The text without these very secrets, whoever repeats them; nor with half of one at its end,
    where a long text was cut."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
        for length in range(len(secret) - 1, _SHORTEST - 1, -1):
            if text.endswith(secret[:length]):
                text = text[:-length] + HIDDEN
                break
    return text


def secrets_in(url: str) -> Iterator[str]:
    """The keys and passwords of an address, as they are written and as they are meant."""
    for name, value in _PARAMETER.findall(url):
        if _is_secret(name, value):
            yield from long_enough({value, unquote(value)})


def long_enough(secrets: Iterable[str]) -> Iterator[str]:
    """Those that are not by chance a part of other words."""
    return (secret for secret in secrets if len(secret) >= _SHORTEST)


def _shown(found: re.Match[str]) -> str:
    name, value = found.groups()
    if not _is_secret(name, value) or _VARIABLE.fullmatch(value):
        return found.group()
    return f"{name}={HIDDEN}"


def _is_secret(name: str, value: str) -> bool:
    if _names_secret(name) or _DIGEST.fullmatch(value):
        return True
    inner = unquote(unquote(value))  # the address of a feed that another service reads for us
    return bool(_USER.search(inner)) or any(
        _names_secret(name) for name, _ in _WITHIN.findall(inner)
    )


def _names_secret(name: str) -> bool:
    plain = re.sub("[^a-z]", "", unquote(name).lower())
    return plain in _NAMES or plain.endswith(_ENDINGS)
