"""Alert → message, one form for each kind of channel.

A form that fails is replaced by a plain one that shows the headline, the links and the id, so a
broken template never holds an alert back (G14).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, overload

from monitor.alerts.blocks import fallback_text, slack_blocks
from monitor.alerts.language import ENGLISH, Words
from monitor.alerts.parts import Templates
from monitor.alerts.terminal import console_runs
from monitor.alerts.text import escape_slack, safe_text, safe_url, unpaged
from monitor.alerts.view import View, subject, view
from monitor.models import Alert
from monitor.models.cutting import cut

log = logging.getLogger(__name__)

PLAIN_TITLE = 200
PLAIN_BODY = 20_000


@dataclass(frozen=True, slots=True)
class Email:
    """A mail without its addresses. `html` is None in the plain form."""

    subject: str
    text: str
    html: str | None = None


@dataclass(frozen=True, slots=True)
class Slack:
    """The fields of a Slack message. `text` is what a phone shows first; escaped already."""

    text: str
    blocks: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Plain:
    """A title and a body without markup, for every other service."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Console:
    """Runs of (text, style) for a terminal; the styles are rich's, and may be dropped."""

    runs: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The message without colours."""
        return "".join(text for text, _ in self.runs)


Message = Email | Slack | Plain | Console


@dataclass(frozen=True, slots=True)
class Forms:
    """How one channel's messages are laid out: in which words, with which templates.

    `page` is where its readers reach the status page; without one they are told commands.
    """

    words: Words = ENGLISH
    page: str | None = None
    templates: Templates = field(default_factory=Templates)


SHIPPED = Forms()


@overload
def render(alert: Alert, kind: Literal["email"], forms: Forms = ...) -> Email:
    """A mail."""


@overload
def render(alert: Alert, kind: Literal["slack"], forms: Forms = ...) -> Slack:
    """A message for Slack."""


@overload
def render(
    alert: Alert,
    kind: Literal["plain"],
    forms: Forms = ...,
    title_limit: int = ...,
    body_limit: int = ...,
) -> Plain:
    """A title and a body, each within its limit in characters."""


@overload
def render(alert: Alert, kind: Literal["console"], forms: Forms = ...) -> Console:
    """Runs of text for a terminal."""


def render(
    alert: Alert,
    kind: Literal["email", "slack", "plain", "console"],
    forms: Forms = SHIPPED,
    title_limit: int = PLAIN_TITLE,
    body_limit: int = PLAIN_BODY,
) -> Message:
    """The message for one kind of channel. Never raises; a failed form becomes the plain one.

    The limits, in characters, hold for the plain kind alone: services differ there.
    """
    try:
        shown = view(alert, forms.words, forms.page)
        return _form(shown, kind, forms, title_limit, body_limit)
    except Exception:
        log.exception("alert %s cannot be laid out as %s; sent in plain form", alert.id, kind)
        return _bare(alert, kind, title_limit, body_limit)


def _form(shown: View, kind: str, forms: Forms, title_limit: int, body_limit: int) -> Message:
    words, templates = forms.words, forms.templates
    if kind == "console":
        return Console(console_runs(shown, words))
    if kind == "slack":
        own = templates.own("slack.txt", shown, words)
        return Slack(fallback_text(shown, words), slack_blocks(shown, words, own))
    title = _title(shown, forms)
    if kind == "email":
        text = templates.render("alert.txt", shown, words, wide=True).strip() + "\n"
        return Email(title, text, html=templates.render("email.html", shown, words))
    body = unpaged(templates.render("alert.txt", shown, words, wide=False).strip())
    return Plain(cut(unpaged(title), title_limit), cut(body, body_limit))


def _title(shown: View, forms: Forms) -> str:
    own = forms.templates.own("subject.txt", shown, forms.words)
    return subject(shown) if own is None else cut(" ".join(own.split()), 200)


def _bare(alert: Alert, kind: str, title_limit: int, body_limit: int) -> Message:
    """Headline, links and id, without a template and without a look at anything else."""
    headline = safe_text(str(alert.headline), PLAIN_TITLE) or "(no headline)"
    links = [safe_url(str(getattr(citation, "url", ""))) for citation in alert.citations[:5]]
    text = "\n".join([headline, *filter(None, links), f"Alert {safe_text(str(alert.id), 64)}"])
    if kind == "email":
        return Email(subject=headline, text=text + "\n")
    if kind == "slack":
        return Slack(text=escape_slack(text))
    if kind == "plain":
        return Plain(title=cut(unpaged(headline), title_limit), body=cut(unpaged(text), body_limit))
    return Console(((text + "\n", ""),))
