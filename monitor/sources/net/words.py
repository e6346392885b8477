"""What went wrong on the way, as a person would say it."""

from __future__ import annotations

import os

import aiohttp

from monitor.errors import BadAddress, BadCertificate, FetchError, NoName, TooSlow

_DISTRUST = (
    ("not yet valid", "it is not valid yet"),
    ("has expired", "it has expired"),
    ("mismatch", "it is for another name"),
    ("self-signed", "nobody whom this machine trusts has signed it"),
    ("self signed", "nobody whom this machine trusts has signed it"),
    ("local issuer", "nobody whom this machine trusts has signed it"),
)


def in_words(error: aiohttp.ClientError | TimeoutError, host: str) -> FetchError:
    """The error for people: it names the host and the cause, and never the whole address."""
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return TooSlow(f"no connection to {host} in time")
    if isinstance(error, TimeoutError):
        return TooSlow(f"{host} did not finish its answer in time")
    if isinstance(error, aiohttp.InvalidURL):
        return unusable(host)
    text = _of(error)
    if isinstance(error, (aiohttp.ClientHttpProxyError, aiohttp.ClientProxyConnectionError)):
        why = _cause(error) or _reason(text)
        return FetchError(f"the proxy (polling.proxy) did not let us to {host}: {why}")
    low = text.lower()
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        if low.startswith("no address"):
            return FetchError(f"{host} cannot be reached: no address for {host}")
        return NoName(f"the name {host} cannot be resolved; check the address or the network")
    if "certificate" in low:
        return BadCertificate(f"the certificate of {host} is not accepted: {_distrust(text)}")
    if "ssl" in low or "tls" in low:
        return FetchError(f"no secure connection to {host}: {_reason(text)}")
    if isinstance(error, aiohttp.ClientConnectorError):
        return FetchError(f"{host} cannot be reached: {_cause(error) or text}")
    return FetchError(f"{host} broke off its answer: {_reason(text)}")


def unanswered(host: str) -> NoName:
    """For a name server that says nothing, not even that there is no such name."""
    return NoName(f"no name server answered for {host} in time; check this machine's network")


def unusable(host: str) -> BadAddress:
    """For an address that only fails on use."""
    return BadAddress(f"the address of {host} cannot be used; check it")


def _of(error: aiohttp.ClientError) -> str:
    """The cause in the library's words, without the address it was about: it may hold a token."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return f"certificate: {error.certificate_error}"
    if isinstance(error, aiohttp.ClientConnectorError):
        return error.os_error.strerror or str(error.os_error)
    if isinstance(error, aiohttp.ClientResponseError):
        return error.message
    return str(error) or type(error).__name__


def _distrust(text: str) -> str:
    """Why a certificate is not trusted, without the words of the library that found it out."""
    low = text.lower()
    plain = (why for words, why in _DISTRUST if words in low)
    return next(plain, _reason(text))


def _reason(text: str) -> str:
    return " ".join(text.split())[:160]


def _cause(error: BaseException) -> str | None:
    """The operating system's word below the library's, for example "Connection refused"."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError) and (seen.errno or 0) > 0:
            return os.strerror(seen.errno or 0)
        seen = seen.__cause__ or seen.__context__
    return None
