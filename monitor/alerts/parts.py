"""The templates of messages: those shipped, and an operator's in templates/ beside monitor.yaml.

An operator's file of the same name is used instead, and may take over a single block of the shipped
one with `{% extends "shipped/email.html" %}`. Templates run in Jinja's sandbox and see two names:
`v`, the alert made safe (monitor/alerts/view.py), and `w`, the words of the frame.
"""

from __future__ import annotations

import re
import threading
import traceback
from collections.abc import Sequence
from dataclasses import fields
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    select_autoescape,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from monitor.alerts import view
from monitor.alerts.blocks import LONGEST_LINK, SECTION
from monitor.alerts.language import Words
from monitor.alerts.text import escape_slack, safe_text
from monitor.alerts.view import View
from monitor.config.document import shown
from monitor.config.units import suggest
from monitor.errors import ConfigError

# What an operator may put into templates/, and what it is for.
PARTS = {
    "subject.txt": "the subject of a mail, the title of a push",
    "alert.txt": "the text of a mail, and of every service but Slack",
    "email.html": "the HTML of a mail",
    "slack.txt": "what stands in Slack between the first line and the links, in mrkdwn",
}
_UNSET = re.compile(
    r"'monitor\.alerts\.view\.(?P<of>View|Source|Link) object' has no attribute '(?P<name>\w+)'"
)
MOST = 100_000  # characters that a template may make


class Templates:
    """The templates of one configuration; `folder` is the operator's, None where there is none."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._failed: dict[str, str] = {}
        self._lock = threading.Lock()

    def own(self, name: str, shown: View, words: Words, **more: object) -> str | None:
        """The operator's text of a part; None where he has none, or it failed, which is noted."""
        if self._folder is None or not (self._folder / name).is_file():
            return None
        try:
            return self._rendered(name, shown, words, **more)
        except Exception as error:
            with self._lock:
                self._failed[self._place(name)] = self._cause(name, error)
            return None

    def render(self, name: str, shown: View, words: Words, **more: object) -> str:
        """The operator's text of a part, else the shipped one."""
        text = self.own(name, shown, words, **more)
        if text is not None:
            return text
        return _shipped().get_template(name).render(v=shown, w=words, **more)

    def take_failures(self) -> dict[str, str]:
        """The operator's templates that failed since the last look, with the cause in a line."""
        with self._lock:
            failed, self._failed = self._failed, {}
        return failed

    def check(self, samples: Sequence[View], words: Words) -> None:
        """Render every part with every sample; ConfigError names file and line of each problem."""
        problems = [
            problem for name in self._names() if (problem := self._wrong(name, samples, words))
        ]
        if problems:
            raise ConfigError(*problems)

    def _names(self) -> list[str]:
        """The operator's files; those that begin with "_" are only there to be included."""
        if self._folder is None or not self._folder.is_dir():
            return []
        names = sorted(file.name for file in self._folder.iterdir() if file.is_file())
        return [name for name in names if not name.startswith(("_", "."))]

    def _wrong(self, name: str, samples: Sequence[View], words: Words) -> str | None:
        if name not in PARTS:
            return f"{self._place(name)}: no message has this part{suggest(name, list(PARTS))}"
        try:
            for sample in samples:
                self._rendered(name, sample, words, wide=True)
        except Exception as error:
            return self._cause(name, error)
        return None

    def _rendered(self, name: str, shown: View, words: Words, **more: object) -> str:
        environment = self._slack if name == "slack.txt" else self._plain
        text = environment.get_template(name).render(v=shown, w=words, **more)
        if len(text) > MOST:
            raise ValueError(f"makes more than {MOST:,} characters")
        if name == "slack.txt":  # not made safe once more: that would join what was broken
            if max(map(len, text.split("\n"))) > SECTION:
                raise ValueError(f"makes a line of more than {SECTION:,} characters")
        elif name != "email.html":
            text = safe_text(text, lines=True)
        if not text.strip():
            raise ValueError("makes an empty text")
        return text

    @cached_property
    def _plain(self) -> ImmutableSandboxedEnvironment:
        return _sandbox(self._loader())

    @cached_property
    def _slack(self) -> ImmutableSandboxedEnvironment:
        return _sandbox(self._loader(), finalize=_escaped)

    def _loader(self) -> BaseLoader:
        assert self._folder is not None
        shipped = PackageLoader("monitor.alerts")
        return ChoiceLoader([FileSystemLoader(self._folder), PrefixLoader({"shipped": shipped})])

    def _place(self, name: str) -> str:
        assert self._folder is not None
        return shown(self._folder / name)

    def _cause(self, name: str, error: Exception) -> str:
        """The error as file:line: cause. A template's own text may stand in it, no secret does."""
        assert self._folder is not None
        file, line = str(self._folder / name), 0
        if isinstance(error, TemplateSyntaxError):
            file, line = error.filename or file, error.lineno
        else:
            frames = traceback.extract_tb(error.__traceback__)
            own = [f for f in frames if f.filename.endswith((".txt", ".html"))]
            file, line = (own[-1].filename, own[-1].lineno or 0) if own else (file, line)
        said = safe_text(_words_of(error), 200)
        return f"{shown(Path(file))}:{line or 1}: {said}"


def _words_of(error: Exception) -> str:
    unset = _UNSET.fullmatch(str(error))
    if unset is not None:
        known = [field.name for field in fields(getattr(view, unset["of"]))]
        return f"{unset['of'].lower()} has no '{unset['name']}'{suggest(unset['name'], known)}"
    if isinstance(error, TemplateNotFound):
        return f"there is no template {error.name}"
    if isinstance(error, TemplateError | ValueError):
        return str(error)
    return f"{type(error).__name__}: {error}"


def _sandbox(loader: BaseLoader, **more: Any) -> ImmutableSandboxedEnvironment:
    """Names that are not set are errors; values are escaped for HTML in .html."""
    environment = ImmutableSandboxedEnvironment(
        loader=loader,
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        **more,
    )
    environment.filters["slack_link"] = _slack_link
    return environment


class _Ready(str):
    """Text that is escaped for Slack already."""


def _escaped(value: object) -> str:
    return value if isinstance(value, _Ready) else escape_slack(str(value))


def _slack_link(url: str | None, label: str) -> _Ready:
    """A live link of Slack; the label alone where there is no address, or a very long one."""
    text = escape_slack(label).replace("|", "¦")
    where = (url or "").replace("|", "%7C").replace("&", "&amp;")
    return _Ready(f"<{where}|{text}>" if 0 < len(where) <= LONGEST_LINK else text)


@lru_cache(maxsize=1)
def _shipped() -> ImmutableSandboxedEnvironment:
    return _sandbox(PackageLoader("monitor.alerts"))
