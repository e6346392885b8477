"""Reading a mail or Slack URL as Apprise reads it, without keeping Apprise in memory.

What Apprise loads to read one URL is 9 MB, and is of no use afterwards: mail and Slack are sent by
us. So `Apart` asks this file, run as a program of its own: a line of JSON for each URL, a line for
what it says. As such it imports nothing of ours.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib import import_module
from os import environ, pathsep
from types import SimpleNamespace
from typing import Any, Self

SENDER = "Liaison Monitor"
Reader = Callable[[str, str], Any]  # as `read_here`
_SAID = {  # what is asked of Apprise's object for a URL, and of what was written in it
    "email": (
        "cc bcc from_addr headers password pgp_mode port reply_to secure_mode smtp_host targets "
        "user",
        "bcc cc port secure_mode targets",
    ),
    "slack": ("access_token channels mode token_a token_b token_c", ""),
}


class Apart:
    """Reads URLs in a process of its own from the first one to the end of the `with` block.

    Where there can be none, and where Apprise is in memory anyway, it is done here: no answer ever
    depends on that.
    """

    def __init__(self) -> None:
        self._child: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._child is not None:
            self._child.communicate()

    def __call__(self, url: str, service: str) -> Any:
        """As `read_here`."""
        if "apprise" not in sys.modules:
            with suppress(OSError, ValueError):
                return _named(json.loads(self._answer(json.dumps([url, service]))))
        return read_here(url, service)

    def _answer(self, question: str) -> str:
        if self._child is None:
            self._child = subprocess.Popen(  # noqa: S603 - this file, and no shell
                [sys.executable, "-P", "-W", "ignore", __file__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                env={**environ, "PYTHONPATH": pathsep.join(filter(None, sys.path))},
            )
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.write(question + "\n")
        self._child.stdin.flush()
        return self._child.stdout.readline()


def read_here(url: str, service: str) -> Any:
    """What Apprise makes of the URL of "email" or "slack"; None where it does not take it.

    It has the attributes of Apprise's object that we ask for, and `asked`: those of the URL itself,
    since the object does not tell a default from a wish.
    """
    return _named(_read(url, service))


def _named(said: dict[str, Any] | None) -> Any:
    return None if said is None else SimpleNamespace(**said)


def _read(url: str, service: str) -> dict[str, Any] | None:
    from apprise import AppriseAsset

    asset = AppriseAsset(app_id=SENDER, app_desc=SENDER, async_mode=False)
    with unheard():
        made, written = _made(plugin(service), url, asset)
    if made is None:
        return None
    of_object, of_url = _SAID[service]
    said = {name: _plain(getattr(made, name, None)) for name in of_object.split()}
    return said | {"asked": {name: _plain(written.get(name)) for name in of_url.split()}}


def _made(plugin: Any, url: str, asset: Any) -> tuple[Any, Mapping[str, Any]]:
    """As Apprise does it: the address that a service gives its users is taken as well."""
    native = url.lower().startswith("https://")
    try:
        parts = (plugin.parse_native_url if native else plugin.parse_url)(url.replace("/#", "/%23"))
        written = {} if native else plugin.parse_url(url) or {}
        return (plugin(**parts, asset=asset) if parts else None), written
    except Exception:  # Apprise's own rule too: what cannot be made of a URL is a mistake in it
        return None, {}


def _plain(value: Any) -> Any:
    """A value as JSON knows it, the same in both ways of reading."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, bool | int) else str(value)


@lru_cache(maxsize=4)
def plugin(service: str) -> Any:
    """One plugin of Apprise alone: all of them take 17 MB more."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return getattr(import_module(f"apprise.plugins.{service}"), f"Notify{service.capitalize()}")


@contextmanager
def unheard() -> Iterator[None]:
    """Apprise logs a URL that it cannot read, tokens and all, so it is not heard meanwhile."""
    logger = logging.getLogger("apprise")
    logger.addFilter(_nothing)
    try:
        yield
    finally:
        logger.removeFilter(_nothing)


def _nothing(_: logging.LogRecord) -> bool:
    return False


def main() -> None:
    """Answer each line of stdin."""
    for question in sys.stdin:
        url, service = json.loads(question)
        print(json.dumps(_read(url, service)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
