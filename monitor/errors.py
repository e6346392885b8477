"""The one tree of errors. Each message names the thing, the cause and what to do; no secret in any.

MonitorError
├── ConfigError          the configuration cannot be used            exit 2
│   └── UnknownTopic     no topic of that name is configured         exit 2
├── InputError           a file given on the command line is unusable  exit 3
├── SourceError          one feed could not be read; its schedule goes on
│   ├── FetchError       the network or the server failed
│   │   ├── BadAddress   the address is not http(s), or is private and not allowed
│   │   ├── NoName       the name of the host cannot be resolved
│   │   ├── BadCertificate  the certificate of the host is not accepted
│   │   ├── TooLarge     the body is larger than the cap, on the wire or inflated
│   │   ├── TooSlow      the overall deadline passed
│   │   └── HttpStatus   the server answered with an error status
│   ├── ParseError       the body is not a feed
│   └── PageError        the page of an article cannot be used; the feed's own text is
├── StoreError           the database cannot be used                 exit 4
│   ├── StoreBusy        somebody else holds the write lock; the work is tried again
│   ├── StoreFull        no space is left; nothing was written
│   ├── StoreReadOnly    the file or its folder cannot be written
│   ├── StoreForeign     the file is not a database of ours, or is damaged
│   └── StoreNewer       a newer program wrote it; this one is too old
├── AlreadyRunning       another process holds the data folder        exit 5
└── ChannelError         a channel cannot be opened from its configuration  exit 2
"""

from __future__ import annotations

from datetime import timedelta


class MonitorError(Exception):
    """Something went wrong that a person can act on; `str()` is the one line to show."""

    exit_code = 1


class ConfigError(MonitorError):
    """The configuration cannot be used; each problem is one line with file, line and path."""

    exit_code = 2

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class UnknownTopic(ConfigError):
    """No topic of that name is configured."""


class InputError(MonitorError):
    """A file given on the command line cannot be used."""

    exit_code = 3


class SourceError(MonitorError):
    """One feed could not be read; the others go on and this one is tried again."""


class FetchError(SourceError):
    """The network or the server failed. `retry_after` is the server's own wish, already clamped."""

    def __init__(self, message: str, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class BadAddress(FetchError):
    """The address is not http(s), or it leads to a private network and that is not allowed."""


class NoName(FetchError):
    """The name of the host cannot be resolved."""


class BadCertificate(FetchError):
    """The certificate of the host is not accepted."""


class TooLarge(FetchError):
    """The body is larger than the cap, on the wire or inflated."""


class TooSlow(FetchError):
    """The overall deadline passed before the body was complete."""


class HttpStatus(FetchError):
    """The server answered with an error status, kept as `status`."""

    def __init__(self, status: int, message: str, retry_after: timedelta | None = None) -> None:
        super().__init__(message, retry_after)
        self.status = status


class ParseError(SourceError):
    """The body is not a feed; the message names what it looks like and how it begins."""


class PageError(SourceError):
    """The page of an article cannot be used, and why; the feed's own text stands.

    `lasting` is false where another try may help, at the earliest after `retry_after`.
    """

    def __init__(self, why: str, *, lasting: bool, retry_after: timedelta | None = None) -> None:
        super().__init__(why)
        self.lasting = lasting
        self.retry_after = retry_after


class StoreError(MonitorError):
    """The database cannot be used."""

    exit_code = 4


class StoreBusy(StoreError):
    """Somebody else holds the write lock; the work is tried again."""


class StoreFull(StoreError):
    """No space is left; nothing was written."""


class StoreReadOnly(StoreError):
    """The database file or its folder cannot be written."""


class StoreForeign(StoreError):
    """The file is not a database of ours, or it is damaged; it was left untouched."""


class StoreNewer(StoreError):
    """A newer program wrote this database; this one is too old for it."""


class AlreadyRunning(MonitorError):
    """Another process holds the data folder."""

    exit_code = 5


class ChannelError(ConfigError):
    """A channel cannot be opened from its configuration."""
