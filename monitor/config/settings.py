"""The shape of monitor.yaml and of the files in sources/. Unknown keys are refused.

The descriptions are what editors show: `monitor schema` exports them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import (
    Field,
    PrivateAttr,
    SecretStr,
    model_validator,
)

from monitor.config.auth import Auth, open_url, written_in
from monitor.config.hidden import long_enough, secrets_in, without, without_secrets
from monitor.config.listpage import ListPage
from monitor.config.place import DATA
from monitor.config.policy import Policy, Rules
from monitor.config.strict import Strict
from monitor.config.units import Duration, FeedUrl, Fulltext, Lang, Listen, Size, Zone


class Polling(Strict):
    """How sources are read unless a source says otherwise."""

    every: Duration = Field(
        default=timedelta(minutes=15),
        description="how often a source is read in the mean, for example 15m; its own rhythm is "
        "learned, so it is read more often when it publishes and less often when it sleeps",
        json_schema_extra={"default": "15m"},
    )
    fastest: Duration = Field(
        default=timedelta(minutes=3),
        description="shortest pause that a learned rhythm may lead to",
        json_schema_extra={"default": "3m"},
    )
    slowest: Duration = Field(
        default=timedelta(hours=1),
        description="longest pause that a learned rhythm may lead to",
        json_schema_extra={"default": "1h"},
    )
    timeout: Duration = Field(
        default=timedelta(seconds=30),
        description="longest time one read may take in all",
        json_schema_extra={"default": "30s"},
    )
    max_body: Size = Field(
        default=10_000_000,
        description="largest document that is read, for example 10MB",
        json_schema_extra={"default": "10MB"},
    )
    concurrent: int = Field(
        default=20, ge=1, le=500, description="how many sources are read at the same time"
    )
    per_host: int = Field(default=2, ge=1, le=10, description="how many of them may be on one host")
    fulltext: Fulltext = Field(
        default="never",
        description="whether the pages of articles are read too: never, only of articles that "
        "speak of a topic (relevant), or all of them (always)",
    )
    contact: str | None = Field(
        default=None,
        min_length=1,
        max_length=200,
        pattern=r"^[\x20-\x7e]*$",
        description="an address or page of yours, named in the User-Agent so that publishers can "
        "reach you; plain ASCII",
    )
    proxy: SecretStr | None = Field(
        default=None,
        min_length=1,
        description="all sources are read through this proxy, http://host:port; ${NAME} is taken "
        "from the environment",
    )


class Server(Strict):
    """The status page."""

    enabled: bool = Field(default=True, description="whether the page is served at all")
    listen: Listen = Field(
        default="127.0.0.1:8750",
        description="host:port of the page; any address but loopback needs a password",
    )
    public_url: FeedUrl | None = Field(
        default=None,
        max_length=500,
        description="where readers and hubs reach this page; with it alerts have links to it, and "
        "feeds that announce a hub are subscribed to (WebSub)",
    )
    password: SecretStr | None = Field(
        default=None,
        min_length=8,
        description="asked for by the page (user name: monitor); better in password_file",
    )
    password_file: str | None = Field(
        default=None, min_length=1, description="a file that holds the password, beside the config"
    )

    @model_validator(mode="after")
    def _one_password(self) -> Self:
        if self.password is not None and self.password_file is not None:
            raise ValueError("give password or password_file, not both")
        return self


ONE_URL = "give url or url_file, one of the two, such as url: console://"


class Channel(Rules):
    """One place where alerts go: an Apprise URL, written here, or read from a file."""

    url: SecretStr | None = Field(
        default=None,
        min_length=1,
        description="an Apprise URL; ${NAME} is taken from the environment",
    )
    url_file: str | None = Field(
        default=None, min_length=1, description="a file that holds the URL, beside the config"
    )
    notices: bool = Field(default=True, description="also carry the service's own notices")
    language: Lang | None = Field(
        default=None, description="of the words around the news on this channel; else language"
    )

    @model_validator(mode="after")
    def _one_url(self) -> Self:
        if (self.url is None) == (self.url_file is None):
            raise ValueError(ONE_URL)
        return self


class Source(Strict):
    """A feed that is polled. Its id is its identity: the name and the address may change."""

    id: str = Field(
        pattern=r"^[a-z0-9][a-z0-9._-]*$",
        max_length=80,
        description="the lasting name in the database: lower-case letters, digits, '.', '_', '-'",
    )
    url: FeedUrl = Field(
        max_length=2000,
        description="address of the feed, http or https; ${NAME} is taken from the environment",
    )
    outlet: str = Field(min_length=1, max_length=120, description="the name people know")
    family: str | None = Field(
        default=None,
        min_length=1,
        max_length=120,
        description="the publisher behind several outlets; they count as one origin",
    )
    lang: Lang | None = Field(default=None, description="language of the feed, for example ko")
    zone: Zone | None = Field(
        default=None,
        description="time zone of dates that name none, and of what its articles call today",
    )
    every: Duration | None = Field(
        default=None,
        description="how often this source is read, always; without it polling.every and the "
        "rhythm that is learned",
    )
    enabled: bool = Field(default=True, description="false keeps it listed and never reads it")
    allow_private: bool = Field(default=False, description="may live in a private network")
    fulltext: Fulltext | None = Field(
        default=None, description="whether pages of its articles are read; else as the topic says"
    )
    page: ListPage | None = Field(
        default=None, description="for a web page with a list of articles: how its items are found"
    )
    auth: Auth | None = Field(default=None, description="what the server asks for, kept hidden")
    proxy: bool = Field(default=True, description="false reads it directly, past polling.proxy")
    _written: str | None = PrivateAttr(None)  # the address before it was filled in
    _filled: tuple[str, ...] = PrivateAttr(())  # the address, and then what its ${NAME} stood for

    def with_address(self, environ: Mapping[str, str]) -> Source:
        """The source with `${NAME}` of its address filled in. SecretProblem when that fails."""
        url, values = open_url(self.url, environ)
        if not values:
            return self
        source = self.model_copy(update={"url": url})
        source._written, source._filled = self.url, (url, *values)
        return source

    @property
    def address(self) -> str:
        """Where it is read, for people: without passwords and keys."""
        filled = self._written is not None and self.url == self._filled[0]
        return self.hide((self._written or "") if filled else self.url)

    @property
    def secrets(self) -> frozenset[str]:
        """What nobody is to see: of its address and of what is shown to its server."""
        own = (one.get_secret_value() for one in written_in(self.auth)) if self.auth else ()
        return frozenset([*secrets_in(self.url), *long_enough([*self._filled[1:], *own])])

    def hide(self, text: str) -> str:
        """A text about it, as people may see it: whatever its server repeats to us."""
        return without_secrets(without(text, self.secrets))


class SourcesFile(Strict):
    """One file of sources/."""

    sources: tuple[Source, ...] = Field(min_length=1, description="the feeds of this file")


ChannelName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=80)]


class Settings(Strict):
    """monitor.yaml."""

    data: str = Field(
        default=DATA,
        min_length=1,
        description="folder of the database; taken beside the folder config/ that holds this file",
    )
    topics: tuple[str, ...] = Field(min_length=1, description="names of files in topics/")
    sources: tuple[str, ...] = Field(
        default=("sources/*.yaml",), min_length=1, description="files of sources, beside this file"
    )
    polling: Polling = Field(default_factory=Polling, description="how sources are read")
    server: Server = Field(default_factory=Server, description="the status page")
    channels: dict[ChannelName, Channel] = Field(
        min_length=1, description="where alerts go, each under a name of your own"
    )
    policy: Policy = Field(
        default_factory=Policy, description="whose clock, and when digests are sent"
    )
    language: Lang = Field(
        default="en",
        description="of the words around the news: en, ko, or a file of yours in words/; headlines "
        "stay as published",
    )
    log: Literal["text", "json"] = Field(
        default="text", description="log lines for people, or one JSON object a line"
    )
