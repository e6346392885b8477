"""What a source asks for before it is read: a password, a token, headers or a cookie.

Secrets are written as `${NAME}`, taken from the environment, or in a file beside the configuration.
They are filled in once, when the configuration is loaded, and hide in every repr.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator

from monitor.config.strict import Strict
from monitor.config.units import feed_url

_NAME = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
# What the program itself says in a request; the User-Agent stays honest.
_OURS = {
    "accept-encoding", "authorization", "connection", "content-length", "cookie", "host",
    "if-modified-since", "if-none-match", "proxy-authorization", "transfer-encoding", "user-agent",
}  # fmt: skip
_SECRETS = ("password", "token", "cookie")

HeaderName = Annotated[str, Field(pattern=r"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$", max_length=80)]


class Auth(Strict):
    """What is shown to a source, and to no other origin that it redirects to."""

    user: str | None = Field(
        default=None,
        min_length=1,
        pattern=r"^[^:\x00-\x1f]*$",
        description="user name for HTTP Basic, with a password; it holds no colon",
    )
    password: SecretStr | None = Field(
        default=None,
        min_length=1,
        description="its password; ${NAME} is taken from the environment",
    )
    password_file: str | None = Field(
        default=None, min_length=1, description="a file that holds the password, beside the config"
    )
    token: SecretStr | None = Field(
        default=None,
        min_length=1,
        description="sent as Authorization: Bearer; ${NAME} is taken from the environment",
    )
    token_file: str | None = Field(
        default=None, min_length=1, description="a file that holds the token, beside the config"
    )
    cookie: SecretStr | None = Field(
        default=None,
        min_length=1,
        description="sent as Cookie, name=value; ${NAME} is taken from the environment",
    )
    cookie_file: str | None = Field(
        default=None, min_length=1, description="a file that holds the cookie, beside the config"
    )
    headers: dict[HeaderName, SecretStr] = Field(
        default_factory=dict,
        description="further headers, such as X-Api-Key; ${NAME} is taken from the environment",
    )

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        for name in _SECRETS:
            if getattr(self, name) is not None and getattr(self, f"{name}_file") is not None:
                raise ValueError(f"give {name} or {name}_file, not both")
        password = self.password is not None or self.password_file is not None
        token = self.token is not None or self.token_file is not None
        if (self.user is not None) != password:
            raise ValueError("user and password belong together; give both or neither")
        if password and token:
            raise ValueError("give user and password, or a token, not both")
        cookie = self.cookie is not None or self.cookie_file is not None
        if not (password or token or cookie or self.headers):
            raise ValueError("is empty: give user and password, token, cookie or headers")
        for name in self.headers:
            if name.lower() in _OURS:
                raise ValueError(f"the header {name} is written by the program itself")
        return self

    def request_headers(self) -> dict[str, str]:
        """What is sent, in the clear: for the request alone, never to be logged."""
        sent = {name: value.get_secret_value() for name, value in self.headers.items()}
        if self.user is not None and self.password is not None:
            pair = f"{self.user}:{self.password.get_secret_value()}"
            sent["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        if self.token is not None:
            sent["Authorization"] = f"Bearer {self.token.get_secret_value()}"
        if self.cookie is not None:
            sent["Cookie"] = self.cookie.get_secret_value()
        return sent


class SecretProblem(ValueError):
    """A secret that cannot be filled in: which key, and why. It never holds a value."""

    def __init__(self, key: str, text: str) -> None:
        super().__init__(text)
        self.key = key


def open_auth(auth: Auth, folder: Path, environ: Mapping[str, str]) -> Auth:
    """The same with every secret filled in. SecretProblem names the first that cannot be."""
    changes: dict[str, object] = {}
    for name in _SECRETS:
        file = getattr(auth, f"{name}_file")
        written = getattr(auth, name)
        if file is not None:
            changes |= {name: _sound(name, _read(name, folder / file)), f"{name}_file": None}
        elif written is not None:
            changes[name] = _sound(name, _filled(name, written, environ))
    changes["headers"] = {
        name: _sound("headers", _filled("headers", value, environ))
        for name, value in auth.headers.items()
    }
    return auth.model_copy(update=changes)


def open_proxy(proxy: SecretStr, environ: Mapping[str, str]) -> SecretStr:
    """The proxy's address with `${NAME}` filled in. SecretProblem when it is none."""
    wanted = "must be http://host:port, with user:password@ if need be"
    return open_address("proxy", proxy, wanted, environ)


def open_address(
    key: str, address: SecretStr, wanted: str, environ: Mapping[str, str]
) -> SecretStr:
    """A secret address with `${NAME}` filled in. SecretProblem says what is `wanted` instead."""
    filled = _sound(key, _filled(key, address, environ))
    try:
        parts = urlsplit(filled.get_secret_value())
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise SecretProblem(key, wanted)
    return filled


def open_url(url: str, environ: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The address of a feed with `${NAME}` filled in, and what was filled in."""
    names = _NAME.findall(url)
    filled = _filled("url", SecretStr(url), environ)
    try:
        values = tuple(_variable("url", name, environ) for name in names)
        return feed_url(filled), values
    except ValueError as error:
        raise SecretProblem("url", str(error)) from None


def literal(url: str) -> str:
    """An address that a stranger wrote, as it goes into the configuration: nothing is filled in.

    Else a page could ask for any secret of the environment.
    """
    return url.replace("${", "$%7B")


def variables(secrets: Iterable[SecretStr]) -> Iterator[str]:
    """The names of the environment's variables that these secrets speak of."""
    for secret in secrets:
        yield from _NAME.findall(secret.get_secret_value())


def written_in(auth: Auth) -> Iterator[SecretStr]:
    """Every secret that stands in the configuration itself."""
    yield from (getattr(auth, name) for name in _SECRETS if getattr(auth, name) is not None)
    yield from auth.headers.values()


def _filled(key: str, secret: SecretStr, environ: Mapping[str, str]) -> str:
    text = secret.get_secret_value()
    return _NAME.sub(lambda found: _variable(key, found[1], environ), text).strip()


def _sound(key: str, value: str) -> SecretStr:
    if not value:
        raise SecretProblem(key, "is empty")
    if key != "password" and not (value.isascii() and value.isprintable()):
        raise SecretProblem(key, "holds a line end or a character that no header can carry")
    return SecretStr(value)


def _variable(key: str, name: str, environ: Mapping[str, str]) -> str:
    value = environ.get(name, "").strip("\r\n")
    if not value:
        raise SecretProblem(key, f"the environment variable {name} is not set")
    return value


def _read(key: str, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        cause = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise SecretProblem(f"{key}_file", f"the file cannot be read: {cause}") from None
