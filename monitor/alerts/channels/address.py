"""From a channel's configuration to its URL, without ever showing it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import quote

from monitor.config.settings import Channel
from monitor.errors import ChannelError

_NAME = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_LOGIN = re.compile(r"[^:/?#]+://[^/?#]*@")  # of the URL before anything is filled in
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,30}):(?://|$)", re.IGNORECASE)
OWN_SCHEMES = ("console", "slack+http", "slack+https", "signed+http", "signed+https")


def resolve(name: str, config: Channel, environ: Mapping[str, str]) -> str:
    """The URL of channel `name` with `${NAME}` filled in, from `url` or from `url_file`.

    Line ends around a value from the environment or a file are dropped: editors leave them. A user
    name or password that is filled in before the "@" may hold "@", "/" and the like as they are.
    """
    if (config.url is None) == (config.url_file is None):
        wrong = "neither url nor url_file" if config.url is None else "both url and url_file"
        raise ChannelError(f"channel {name}: {wrong} given; give one of them")
    if config.url is not None:
        text = config.url.get_secret_value()
    else:
        text = _read(name, str(config.url_file))
    url = _filled(name, text, environ).strip()
    if not url:
        raise ChannelError(f"channel {name}: the URL is empty; write an Apprise URL")
    _no_control_characters(name, url)
    return url


def scheme_of(name: str, url: str) -> str:
    """The part before "://", in lower case."""
    found = _SCHEME.match(url)
    if not found:
        raise ChannelError(
            f"channel {name}: the URL does not begin with a service and ://, such as mailtos:// "
            f"or slack://"
        )
    return found[1].lower()


def unknown_scheme(name: str, scheme: str, known: Iterable[str]) -> ChannelError:
    """The error for a service nobody knows, with the nearest known one."""
    near = get_close_matches(scheme, [*known, *OWN_SCHEMES], n=1, cutoff=0.6)
    hint = f"; did you mean {near[0]}://" if near else "; Apprise lists the services it knows"
    return ChannelError(f"channel {name}: no service is called {scheme}://{hint}")


def _read(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        cause = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise ChannelError(f"channel {name}: url_file {path} cannot be read: {cause}") from None


def _filled(name: str, text: str, environ: Mapping[str, str]) -> str:
    """The URL with each ${NAME} replaced; before its "@" nothing that is filled in ends that part.

    "%" stays, since the value may be percent-encoded already, and ":" where it alone is the login,
    since it may be user and password in one.
    """
    found = _LOGIN.match(text)
    end = found.end() if found else 0
    safe = "%" if ":" in text[:end].partition("://")[2] else "%:"
    login = _NAME.sub(lambda each: quote(_variable(name, each[1], environ), safe=safe), text[:end])
    return login + _NAME.sub(lambda each: _variable(name, each[1], environ), text[end:])


def _variable(name: str, variable: str, environ: Mapping[str, str]) -> str:
    value = environ.get(variable, "").strip("\r\n")
    if not value:
        raise ChannelError(
            f"channel {name}: the environment variable {variable} is not set; set it or change url"
        )
    _no_control_characters(name, value)  # percent-encoded they would pass
    return value


def _no_control_characters(name: str, text: str) -> None:
    if any(ord(char) < 32 for char in text):
        raise ChannelError(f"channel {name}: the URL holds a line end or a control character")
