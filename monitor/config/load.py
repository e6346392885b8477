"""From files to one frozen Config. Every problem of every file is told at once, with its line.

Where things are: topics/ and sources/ lie beside monitor.yaml. A relative `data` folder lies beside
the folder config/ that holds monitor.yaml (so a checkout writes ./data), or beside monitor.yaml
itself when its folder has another name. $MONITOR_DATA, $MONITOR_LISTEN and $MONITOR_PASSWORD
overrule what the file says, for containers.
"""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from monitor.config.auth import (
    SecretProblem,
    open_address,
    open_auth,
    open_proxy,
    variables,
    written_in,
)
from monitor.config.document import Document, Loc, read, shown
from monitor.config.lexicon import act_ids
from monitor.config.place import data_of
from monitor.config.policy import Policy
from monitor.config.references import unknown_acts, unknown_channels, unknown_ids
from monitor.config.settings import (
    ONE_URL,
    Channel,
    Polling,
    Server,
    Settings,
    Source,
    SourcesFile,
)
from monitor.config.topic import TopicPack
from monitor.config.units import is_loopback, split_listen, suggest
from monitor.config.validate import validate
from monitor.errors import ConfigError, UnknownTopic

ENVIRONMENT = ("MONITOR_CONFIG", "MONITOR_DATA", "MONITOR_LISTEN", "MONITOR_PASSWORD")
SHORTEST_PASSWORD = 8
_SOURCES = ("sources/*.yaml",)


@dataclass(frozen=True, slots=True)
class Config:
    """Everything an operator wrote, validated. `data` is absolute; secrets hide in their repr."""

    path: Path
    settings: Settings
    sources: tuple[Source, ...]
    topics: Mapping[str, TopicPack]
    data: Path
    variables: frozenset[str] = frozenset()  # of the environment, that sources and proxy speak of

    @property
    def secrets(self) -> frozenset[str]:
        """What no log may hold of the sources."""
        return frozenset(secret for source in self.sources for secret in source.secrets)


def load_topic(path: Path) -> TopicPack:
    """One topic pack. UnknownTopic names the nearest pack of that folder when there is none."""
    if not path.is_file():
        raise UnknownTopic(f"{shown(path)}: {_no_topic(path.stem, path.parent)}")
    return pack_of(read(path))


def pack_of(document: Document, channels: Set[str] | None = None) -> TopicPack:
    """The topic pack of a file. ConfigError has all of its mistakes, by line: ids and acts that
    nobody has are told beside keys that are wrong; and channels, if those that there are are given.
    """
    data = document.data
    places = unknown_ids(data) + unknown_acts(data, act_ids())
    places += [] if channels is None else unknown_channels(data, channels)
    problems = [document.problem(place, text) for place, text in places]
    try:
        pack = validate(document, TopicPack)
    except ConfigError as error:
        problems += error.problems
    if problems:
        raise ConfigError(*sorted(dict.fromkeys(problems), key=_line_of))
    return pack


def _line_of(problem: str) -> int:
    """Where a problem stands, which begins with its file and line."""
    found = re.search(r":(\d+): ", problem)
    return int(found[1]) if found else 0


def load(
    path: Path, environ: Mapping[str, str] = os.environ, *, any_sources: bool = True
) -> Config:
    """Read monitor.yaml and all it names; ConfigError holds every problem of every file.

    Without `any_sources` it may be that no file of sources is there yet: the first is to be added.
    """
    path = path.absolute()
    document = read(path)
    found = _Findings(document, any_sources)
    settings = found.settings()
    found.sources()
    topics = found.topics(None if settings is None else settings.channels.keys())
    if settings is None:
        raise ConfigError(*found.problems)
    server = found.server(settings.server, environ)
    polling = found.polling(settings.polling, environ)
    policy = found.policy(settings.policy, environ)
    sources = found.open_sources(environ)
    if found.problems:
        raise ConfigError(*found.problems)
    channels = {name: _beside(channel, path.parent) for name, channel in settings.channels.items()}
    settings = settings.model_copy(
        update={"server": server, "polling": polling, "policy": policy, "channels": channels}
    )
    data = data_of(path, settings.data, environ)
    return Config(path, settings, sources, topics, data, frozenset(found.variables))


class _Findings:
    """Reads the files that one monitor.yaml names, and keeps every problem on the way."""

    def __init__(self, document: Document, any_sources: bool) -> None:
        self.problems: list[str] = []
        self.variables: set[str] = set()
        self._sources: list[tuple[Document, int, Source]] = []
        self._main = document
        self._any_sources = any_sources
        self._folder = document.path.parent

    def settings(self) -> Settings | None:
        try:
            return validate(self._main, Settings)
        except ConfigError as error:
            told = dict.fromkeys([*error.problems, *_without_address(self._main)])
            self.problems += sorted(told, key=_line_of)
            return None

    def sources(self) -> None:
        """Read the sources of all files; the same id twice is a problem."""
        first: dict[str, str] = {}
        for file in self._source_files():
            try:
                document = read(file)
                read_here = validate(document, SourcesFile).sources
            except ConfigError as error:
                self.problems += error.problems
                continue
            for number, source in enumerate(read_here):
                loc = ("sources", number, "id")
                place = f"{shown(file)}:{document.locate(loc)[0]}"
                if source.id in first:
                    text = f"'{source.id}' is taken by {first[source.id]}: ids are unique"
                    self.problems.append(document.problem(loc, text))
                first.setdefault(source.id, place)
                self._sources.append((document, number, source))

    def open_sources(self, environ: Mapping[str, str]) -> tuple[Source, ...]:
        """The sources with their secrets filled in; one that is missing is told."""
        opened = []
        for document, number, source in self._sources:
            loc: Loc = ("sources", number)
            self.variables.update(variables([SecretStr(source.url)]))
            try:
                source = source.with_address(environ)
                if source.auth is not None:
                    loc = (*loc, "auth")
                    self.variables.update(variables(written_in(source.auth)))
                    auth = open_auth(source.auth, self._folder, environ)
                    source = source.model_copy(update={"auth": auth})
            except SecretProblem as error:
                self.problems.append(document.problem((*loc, error.key), str(error)))
            opened.append(source)
        return tuple(opened)

    def polling(self, polling: Polling, environ: Mapping[str, str]) -> Polling:
        """The same with the proxy's address filled in."""
        if polling.proxy is None:
            return polling
        self.variables.update(variables([polling.proxy]))
        try:
            return polling.model_copy(update={"proxy": open_proxy(polling.proxy, environ)})
        except SecretProblem as error:
            self.problems.append(self._main.problem(("polling", error.key), str(error)))
            return polling

    def policy(self, policy: Policy, environ: Mapping[str, str]) -> Policy:
        """The same with the ping's address filled in."""
        if policy.ping is None:
            return policy
        self.variables.update(variables([policy.ping]))
        try:
            wanted = "must be an address, http:// or https://"
            return policy.model_copy(
                update={"ping": open_address("ping", policy.ping, wanted, environ)}
            )
        except SecretProblem as error:
            self.problems.append(self._main.problem(("policy", error.key), str(error)))
            return policy

    def topics(self, channels: Set[str] | None) -> dict[str, TopicPack]:
        """The packs by name, which may only name these channels; one that does not exist is told
        with the nearest that does.
        """
        packs: dict[str, TopicPack] = {}
        for number, name in enumerate(self._words("topics", ())):
            file = self._folder / "topics" / f"{name}.yaml"
            try:
                if not re.fullmatch(r"[\w-]+", name) or not file.is_file():
                    text = _no_topic(name, self._folder / "topics")
                    self.problems.append(self._main.problem(("topics", number), text))
                else:
                    packs[name] = pack_of(read(file), channels)
            except ConfigError as error:
                self.problems += error.problems
        return packs

    def server(self, server: Server, environ: Mapping[str, str]) -> Server:
        """The page's settings after the environment; open to a network only with a password."""
        listen = environ.get("MONITOR_LISTEN") or server.listen
        where = ("server", "listen")
        try:
            split_listen(listen)
        except ValueError as error:
            self.problems.append(f"$MONITOR_LISTEN: {error}")
            return server
        try:
            password = _password(server, self._folder, environ)
        except ConfigError as error:
            self.problems.append(self._main.problem(("server", "password_file"), str(error)))
            return server
        if server.enabled and password is None and not is_loopback(listen):
            text = "opens the page to a network: set server.password_file or $MONITOR_PASSWORD"
            self.problems.append(self._main.problem(where, text))
        return server.model_copy(update={"listen": listen, "password": password})

    def _source_files(self) -> list[Path]:
        files: dict[Path, None] = {}
        for number, pattern in enumerate(self._words("sources", _SOURCES)):
            matched = sorted(glob.glob(pattern, root_dir=self._folder, recursive=True))
            files.update((self._folder / name, None) for name in matched)
            if not matched and (self._any_sources or "*" not in pattern):
                first = "; `monitor sources add URL` makes the first" if pattern in _SOURCES else ""
                text = f"no file matches '{pattern}' in {shown(self._folder)}{first}"
                self.problems.append(self._main.problem(("sources", number), text))
        return list(files)

    def _words(self, key: str, default: Sequence[str]) -> list[str]:
        """A list of monitor.yaml even where the rest of it is wrong, to read all files anyway."""
        data = self._main.data
        words = data.get(key, default) if isinstance(data, dict) else default
        return [word for word in words if isinstance(word, str)] if _is_list(words) else []


def _without_address(document: Document) -> Iterator[str]:
    """A problem for each channel that has no address: an unknown key beside it may be meant so."""
    data = document.data.get("channels") if isinstance(document.data, dict) else None
    for name, channel in data.items() if isinstance(data, dict) else ():
        if isinstance(channel, dict) and not channel.keys() & {"url", "url_file"}:
            yield document.problem(("channels", name), ONE_URL)


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _no_topic(name: str, folder: Path) -> str:
    known = sorted(file.stem for file in folder.glob("*.yaml"))
    return f"no topic is named '{name}'{suggest(name, known)}"


def _password(server: Server, folder: Path, environ: Mapping[str, str]) -> SecretStr | None:
    if environ.get("MONITOR_PASSWORD"):
        return _long_enough(environ["MONITOR_PASSWORD"], "$MONITOR_PASSWORD")
    if server.password_file is None:
        return server.password
    try:
        text = (folder / server.password_file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        cause = getattr(error, "strerror", None) or "is not UTF-8 text"
        raise ConfigError(f"the file cannot be read: {cause}") from None
    return _long_enough(text, "the file")


def _long_enough(password: str, place: str) -> SecretStr:
    if len(password) < SHORTEST_PASSWORD:
        raise ConfigError(f"{place} holds fewer than {SHORTEST_PASSWORD} characters")
    return SecretStr(password)


def _beside(channel: Channel, folder: Path) -> Channel:
    """The channel with its file's place made absolute: it is read later, from anywhere."""
    if channel.url_file is None:
        return channel
    return channel.model_copy(update={"url_file": str(folder / channel.url_file)})
