"""Slack: incoming webhooks and bot tokens, and servers that speak the same.

Understood are Apprise's `slack://T.../B.../TOKEN` and `slack://xoxb-.../#channel`, the address
`https://hooks.slack.com/...` as Slack shows it, and for servers with Slack's protocol (Mattermost,
a proxy, a test) `slack+https://host/path` and `slack+https://xoxb-...@host/?to=channel`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from monitor.alerts.channels.apprised import Reader, read_here
from monitor.alerts.channels.http import Answer, Failure, post_json
from monitor.alerts.channels.port import said
from monitor.alerts.render import SHIPPED, Forms, render
from monitor.errors import ChannelError
from monitor.models import Alert, Delivery, Refused, SendResult, Sent, TryLater, Unknown

_API = "https://slack.com/api/chat.postMessage"
_HOOK = "webhook"
_PAUSE = timedelta(seconds=30)  # after a 429 that names no time
# What Slack answers on a bad moment; any other error of the API is a lasting one.
_PASSING = {
    "ratelimited",
    "rate_limited",
    "internal_error",
    "fatal_error",
    "service_unavailable",
    "request_timeout",
    "team_added_to_org",
    "accesslimited",
}
_NO_THREAD = (
    "thread_not_found",
    "message_not_found",
    "cannot_reply_to_message",
    "thread_locked",
)


@dataclass(frozen=True, slots=True)
class Target:
    """Where to post. `token` is None for a webhook, whose address is the secret then."""

    url: str = field(repr=False)
    host: str
    recipients: tuple[str, ...]
    token: str | None = field(default=None, repr=False)


def open_slack(
    name: str, url: str, *, notices: bool, forms: Forms = SHIPPED, read: Reader = read_here
) -> SlackChannel:
    """The channel for a Slack URL. Raises ChannelError where a part of it is missing."""
    scheme = url.partition("://")[0].lower()
    if scheme.startswith("slack+"):
        target = _from_address(name, url, scheme.removeprefix("slack+"))
    else:
        target = _from_apprise(name, read(url, "slack"))
    return SlackChannel(name, target, notices=notices, forms=forms)


class SlackChannel:
    """Posts Block Kit messages, at most one a second, and none while Slack asks for a pause."""

    kind = "slack"
    room = 50
    interval = timedelta(seconds=1)

    def __init__(self, name: str, target: Target, *, notices: bool, forms: Forms = SHIPPED) -> None:
        self.name = name
        self.notices = notices
        self.forms = forms
        self.updates = target.token is not None  # a reply in the thread of the first message
        self.recipients = target.recipients
        self._target = target
        self._paused_until = 0.0  # of time.monotonic()

    def __repr__(self) -> str:
        return f"SlackChannel({self.name!r}, {self._target.host!r})"

    def send(
        self, delivery: Delivery, alert: Alert, deadline: float, thread: str | None = None
    ) -> SendResult:
        """Post the alert; in a bot's channel under the story's first message."""
        pause = self._paused_until - monotonic()
        if pause > 0:
            return TryLater(f"{self._target.host} asked for a pause", timedelta(seconds=pause))
        payload = _payload(alert, self.forms)
        if delivery.recipient != _HOOK:  # a webhook of today ignores it, older ones go there
            payload["channel"] = delivery.recipient
        result = self._post(payload | {"thread_ts": thread} if thread else payload, deadline)
        if thread and isinstance(result, Refused) and result.why.endswith(_NO_THREAD):
            result = self._post(payload, deadline)  # better a loose message than none
        if isinstance(result, TryLater | Unknown) and result.after is not None:
            self._paused_until = monotonic() + result.after.total_seconds()
        return result

    def describe(self) -> str:
        """Host and conversations."""
        how = "webhook" if self._target.token is None else "bot in " + ", ".join(self.recipients)
        return f"Slack {how} at {self._target.host}"

    def _post(self, payload: Mapping[str, Any], deadline: float) -> SendResult:
        answer = post_json(self._target.url, payload, deadline, token=self._target.token)
        if isinstance(answer, Failure):
            words = f"{self._target.host}: {answer.why}"
            return Unknown(words) if answer.sent else TryLater(words)
        if answer.status != 200:
            return self._turned_down(answer)
        if self._target.token is not None:
            return self._bot_said(answer)
        return Sent() if answer.body.strip() == b"ok" else self._not_slack(answer)

    def _bot_said(self, answer: Answer) -> SendResult:
        said_back = answer.json()
        if said_back.get("ok") is True:
            return Sent(reference=str(said_back["ts"]) if said_back.get("ts") else None)
        error = said_back.get("error")
        if not isinstance(error, str):
            return self._not_slack(answer)
        words = f"{self._target.host} says {said(error, *self._secrets())}"
        return TryLater(words, answer.retry_after) if error in _PASSING else Refused(words)

    def _turned_down(self, answer: Answer) -> SendResult:
        words = f"{self._target.host} answered {answer.status}"
        if 300 <= answer.status < 400:
            return TryLater(f"{words}; redirects are not followed")
        words = f"{words}: {self._words(answer)}"
        if answer.status == 429:
            # Slack has answered so to messages that it did post: three times, then a person looks.
            return Unknown(f"{words} (it may be there all the same)", answer.retry_after or _PAUSE)
        if 400 <= answer.status < 500 and answer.status not in {408, 425}:
            return Refused(words)
        return TryLater(words, answer.retry_after)

    def _not_slack(self, answer: Answer) -> TryLater:
        return TryLater(f"{self._target.host} answered 200, but not ok: {self._words(answer)}")

    def _words(self, answer: Answer) -> str:
        return said(answer.body, *self._secrets()) or "nothing"

    def _secrets(self) -> tuple[str | None, ...]:
        # A page that echoes the address must not put a token into an error.
        path = urlsplit(self._target.url).path
        return (self._target.url, path, path.rsplit("/", 1)[-1], self._target.token)


def _payload(alert: Alert, forms: Forms) -> dict[str, Any]:
    message = render(alert, "slack", forms)
    blocks = {"blocks": list(message.blocks)} if message.blocks else {}
    return {"text": message.text, **blocks, "unfurl_links": False, "unfurl_media": False}


def _from_apprise(name: str, parsed: Any) -> Target:
    if parsed is None or parsed.mode not in {"hook", "bot"}:
        raise ChannelError(
            f"channel {name}: the slack:// URL needs slack://T.../B.../TOKEN of a webhook, or "
            f"slack://xoxb-.../#channel of a bot"
        )
    channels = tuple(str(channel) for channel in parsed.channels if channel)
    if parsed.mode == "bot":
        return _bot_target(name, _API, "slack.com", channels, str(parsed.access_token))
    path = f"{parsed.token_a}/{parsed.token_b}/{parsed.token_c}"
    url = f"https://hooks.slack.com/services/{path}"
    return Target(url, "hooks.slack.com", channels or (_HOOK,))


def _from_address(name: str, url: str, scheme: str) -> Target:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host:
        raise ChannelError(f"channel {name}: the slack+{scheme}:// URL names no host and port")
    place = f"[{host}]" if ":" in host else host
    place = f"{place}:{port}" if port else place
    if parts.username is None:
        query = f"?{parts.query}" if parts.query else ""
        return Target(f"{scheme}://{place}{parts.path}{query}", place, (_HOOK,))
    channels = [*parse_qs(parts.query).get("to", []), unquote(parts.fragment)]
    named = tuple(one.strip() for some in channels for one in some.split(",") if one.strip())
    api = f"{scheme}://{place}{parts.path.rstrip('/')}/api/chat.postMessage"
    return _bot_target(name, api, place, named, unquote(parts.username))


def _bot_target(name: str, url: str, host: str, channels: tuple[str, ...], token: str) -> Target:
    if not channels:
        raise ChannelError(f"channel {name}: a Slack bot needs a #channel in its URL")
    return Target(url, host, tuple(dict.fromkeys(channels)), token)
