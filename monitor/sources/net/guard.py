"""Which addresses may be connected to: names are resolved here, once, and every answer is checked.

Three belts, because no one of them sees everything: the host of each address as it is written
(literals and odd spellings never reach a resolver), all answers of the resolver, and the socket
address itself at the moment a socket is made for it.
"""

from __future__ import annotations

import asyncio
import errno
import re
import socket
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address

from aiohttp.abc import AbstractResolver, ResolveResult

from monitor.errors import BadAddress, TooSlow
from monitor.sources.addresses import is_public

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Host name and port to IP addresses, best first; raises OSError when there are none."""

AddressInfo = tuple[int, int, int, str, tuple[str | int, ...]]
_NUMBER = re.compile(r"(?:0[xX][0-9A-Fa-f]*|[0-9]+)\Z")
_MEANT = "set allow_private on this source if that is meant"


class SystemResolver:
    """The machine's resolver in threads of its own, so that a hanging one stalls nothing else."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(8, thread_name_prefix="resolve")

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """The addresses in the order the machine prefers; OSError when there are none."""
        found = await asyncio.get_running_loop().run_in_executor(
            self._threads, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        )
        return list(dict.fromkeys(str(item[4][0]) for item in found))

    def close(self) -> None:
        """Take no more questions; those under way end by themselves."""
        self._threads.shutdown(wait=False, cancel_futures=True)


class GuardedResolver(AbstractResolver):
    """The resolver that a connection pool asks; `private` lets every address pass."""

    def __init__(self, resolve: Resolver, *, private: bool) -> None:
        self._resolve = resolve
        self._private = private
        self._unanswered: set[str] = set()

    def is_waiting_for(self, host: str) -> bool:
        """Whether the last question for this name was given up without an answer."""
        return host in self._unanswered

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of a name; BadAddress unless all of them are public."""
        self._unanswered.discard(host)
        try:
            addresses = await self._resolve(host, port)
        except UnicodeError as error:
            raise OSError(None, "no name that can be asked for") from error
        except asyncio.CancelledError:
            self._unanswered.add(host)
            raise
        if not addresses:
            raise OSError(None, "no address")
        if not self._private:
            check_addresses(host, addresses)
        return [_result(host, address, port) for address in addresses]

    async def close(self) -> None:
        """Nothing is held here."""


def guarded_socket(info: AddressInfo) -> socket.socket:
    """A socket for a public address. PermissionError for any other, whatever let it through."""
    if not is_public(str(info[4][0])):
        raise PermissionError(errno.EACCES, "not a public address")
    return open_socket(info)


def open_socket(info: AddressInfo) -> socket.socket:
    """A socket for any address."""
    return socket.socket(info[0], info[1], info[2])


def check_addresses(host: str, addresses: Sequence[str]) -> None:
    """BadAddress unless every address of the name is public."""
    for address in addresses:
        if not is_public(address):
            raise BadAddress(f"{host} leads to {address}, which is not a public address; {_MEANT}")


def check_literal(host: str) -> None:
    """BadAddress for an address that is written out and not public, or is written oddly.

    A host whose last part is a number is an address to some reader and a name to another (127.1,
    2130706433, 0x7f.1); no public feed lives at one.
    """
    bare = host.strip("[]")
    try:
        ip_address(bare.partition("%")[0])
    except ValueError:
        if _NUMBER.match(bare.rstrip(".").rpartition(".")[2]):
            raise BadAddress(f"{host} is an odd spelling of an address; write it out") from None
        return
    if not is_public(bare):
        raise BadAddress(f"{host} is not a public address; {_MEANT}")


async def check_name(resolve: Resolver, host: str, port: int, deadline: float) -> None:
    """For a request through a proxy: BadAddress when the name leads to a private address here.

    The proxy asks a resolver of its own, and that answer nobody can check from here. A name that
    this machine cannot resolve is left to the proxy: behind many proxies there is no other way.
    """
    try:
        async with asyncio.timeout(max(0.0, deadline - time.monotonic())):
            addresses = await resolve(host, port)
    except TimeoutError:
        raise TooSlow(f"no connection to {host} in time") from None
    except (OSError, UnicodeError):
        return
    check_addresses(host, addresses)


def _result(host: str, address: str, port: int) -> ResolveResult:
    return ResolveResult(
        hostname=host,
        host=address,
        port=port,
        family=socket.AF_INET6 if ":" in address else socket.AF_INET,
        proto=socket.IPPROTO_TCP,
        flags=socket.AI_NUMERICHOST,
    )
