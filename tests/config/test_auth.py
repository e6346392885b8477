"""Credentials of sources and of the proxy: filled in once, refused early, never shown. H1 to H3."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config.doubts import check
from monitor.config.load import load
from monitor.errors import ConfigError
from tests.config.conftest import MAIN, SOURCES, Tree

CANARY = "canary-7f3a"


def with_auth(text: str) -> str:
    return SOURCES + "    auth:\n" + "".join(f"      {line}\n" for line in text.splitlines())


def headers(file: Path, **environ: str) -> dict[str, str]:
    auth = load(file, environ).sources[0].auth
    assert auth is not None
    return auth.request_headers()


def problem(file: Path, **environ: str) -> str:
    with pytest.raises(ConfigError) as error:
        load(file, environ)
    assert CANARY not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("user: desk\npassword: ${PASS}", {"Authorization": "Basic ZGVzazpjYW5hcnktN2YzYQ=="}),
        ("token: ${PASS}", {"Authorization": "Bearer canary-7f3a"}),
        ("cookie: sid=${PASS}", {"Cookie": "sid=canary-7f3a"}),
        ("headers:\n  X-Api-Key: ${PASS}", {"X-Api-Key": "canary-7f3a"}),
    ],
)
def test_secrets_are_taken_from_the_environment(
    tree: Tree, text: str, sent: dict[str, str]
) -> None:
    file = tree(sources=with_auth(text))
    assert headers(file, PASS=CANARY + "\n") == sent
    assert CANARY not in repr(load(file, {"PASS": CANARY}))


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("user: desk\npassword_file: secret", {"Authorization": "Basic ZGVzazpjYW5hcnktN2YzYQ=="}),
        ("token_file: secret", {"Authorization": "Bearer canary-7f3a"}),
        ("cookie_file: secret", {"Cookie": "canary-7f3a"}),
    ],
)
def test_H3_secrets_are_read_from_a_file_without_its_line_end(
    tree: Tree, text: str, sent: dict[str, str]
) -> None:
    file = tree(sources=with_auth(text))
    (file.parent / "secret").write_text(CANARY + "\r\n", encoding="utf-8")
    assert headers(file) == sent


@pytest.mark.usefixtures("here")
def test_H3_a_missing_variable_or_file_is_told_with_its_line(tree: Tree) -> None:
    file = tree(sources=with_auth("token: ${NEWS_TOKEN}"))
    line = "config/sources/press.yaml:6: sources[0].auth.token"
    assert problem(file) == f"{line}: the environment variable NEWS_TOKEN is not set"
    file = tree(sources=with_auth("token_file: nowhere"))
    assert problem(file) == (
        "config/sources/press.yaml:6: sources[0].auth.token_file: the file cannot be read: "
        "No such file or directory"
    )
    (file.parent / "nowhere").write_bytes(b"\xff\xfe")
    assert "it is not UTF-8 text" in problem(file)
    (file.parent / "nowhere").write_bytes(b" \n")
    assert "sources[0].auth.token: is empty" in problem(file)


@pytest.mark.parametrize("secret", [f"a\r\nX-Other: {CANARY}", f"ключ{CANARY}"])
def test_C10_a_secret_cannot_bring_another_header(tree: Tree, secret: str) -> None:
    file = tree(sources=with_auth("headers:\n  X-Api-Key: ${KEY}"))
    assert "holds a line end or a character that no header can carry" in problem(file, KEY=secret)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("user: desk", "user and password belong together"),
        (f"password: {CANARY}", "user and password belong together"),
        (f"user: desk\npassword: {CANARY}\ntoken: x", "or a token, not both"),
        (f"token: {CANARY}\ntoken_file: x", "give token or token_file, not both"),
        ("headers: {}", "is empty: give user and password, token, cookie or headers"),
        (f"headers:\n  Host: {CANARY}", "the header Host is written by the program itself"),
        (f"headers:\n  'A B': {CANARY}", "auth.headers"),
        (f"user: 'a:b'\npassword: {CANARY}", "auth.user"),
        (f"tokn: {CANARY}", "did you mean 'token'?"),
    ],
)
def test_H1_an_auth_that_cannot_be_meant_is_refused(tree: Tree, text: str, told: str) -> None:
    assert told in problem(tree(sources=with_auth(text)))


def test_H2_a_password_in_an_address_is_refused_and_not_shown(tree: Tree) -> None:
    sources = SOURCES.replace("https://", f"https://desk:{CANARY}@")
    assert "holds a user name: write it under auth" in problem(tree(sources=sources))


PROXY = MAIN + "polling:\n  proxy: ${MONITOR_PROXY}\n"


def test_the_proxy_is_taken_from_the_environment_and_hidden(tree: Tree) -> None:
    environ = {"MONITOR_PROXY": f"http://desk:{CANARY}@proxy.example:3128"}
    config = load(tree(main=PROXY), environ)
    proxy = config.settings.polling.proxy
    assert proxy is not None
    assert proxy.get_secret_value() == environ["MONITOR_PROXY"]
    assert CANARY not in repr(config)
    assert check(config, environ) == ()


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "proxy", [f"socks5://{CANARY}:1", f"http://:{CANARY}", CANARY, "http://h:99999", "http://[::1"]
)
def test_H1_a_proxy_that_is_none_is_refused(tree: Tree, proxy: str) -> None:
    assert problem(tree(main=PROXY), MONITOR_PROXY=proxy) == (
        "config/monitor.yaml:6: polling.proxy: must be http://host:port, with user:password@ if "
        "need be"
    )
