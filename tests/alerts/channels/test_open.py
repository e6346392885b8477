from __future__ import annotations

import logging
import traceback
from datetime import timedelta

import pytest

from monitor.alerts.channels import ChannelPort, open_channel
from monitor.config.settings import Channel
from monitor.errors import ChannelError
from tests.alerts.examples import CANARY

SLACK = "TIiajkdnlazkcOXrIdevi7FQ"  # the shape of a token, of none that ever was


def opened(url: str, **options: bool) -> ChannelPort:
    return open_channel("desk", Channel(url=url, **options), {})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("url", "kind", "recipients", "shown"),
    [
        ("console://", "console", ("console",), "console: standard output of this process"),
        (
            f"mailtos://u:{CANARY}@mail.example.org?from=w@example.org&to=a@x.org,B <b@x.org>"
            "&cc=c@x.org&bcc=a@x.org",
            "email",
            ("a@x.org", "b@x.org", "c@x.org"),
            "e-mail to 3 recipients by mail.example.org:587 (starttls)",
        ),
        (
            f"mailto://u:{CANARY}@example.org",
            "email",
            ("u@example.org",),
            "e-mail to 1 recipient by example.org:25 (opportunistic)",
        ),
        (
            f"mailtos://u:{CANARY}@example.org:465",
            "email",
            ("u@example.org",),
            "e-mail to 1 recipient by example.org:465 (ssl)",
        ),
        (
            f"mailtos://u:{CANARY}@gmail.com",
            "email",
            ("u@gmail.com",),
            "e-mail to 1 recipient by smtp.gmail.com:587 (starttls)",
        ),
        (
            f"slack://T1JJ3T3L2/A1BRTD4JD/{SLACK}",
            "slack",
            ("webhook",),
            "Slack webhook at hooks.slack.com",
        ),
        (
            f"https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/{SLACK}",
            "slack",
            ("webhook",),
            "Slack webhook at hooks.slack.com",
        ),
        (
            f"slack://T1JJ3T3L2/A1BRTD4JD/{SLACK}/#desk",
            "slack",
            ("#desk",),
            "Slack webhook at hooks.slack.com",
        ),
        (
            "slack://xoxb-1234-1234-abc124/#ops/#desk",
            "slack",
            ("#desk", "#ops"),
            "Slack bot in #desk, #ops at slack.com",
        ),
        (
            f"slack+https://chat.example.org:8443/hooks/{CANARY}?x={CANARY}",
            "slack",
            ("webhook",),
            "Slack webhook at chat.example.org:8443",
        ),
        (f"slack+http://[::1]:80/{CANARY}", "slack", ("webhook",), "Slack webhook at [::1]:80"),
        (
            f"slack+https://{CANARY}@chat.example.org/?to=a,b,a#c",
            "slack",
            ("a", "b", "c"),
            "Slack bot in a, b, c at chat.example.org",
        ),
        (f"ntfys://ntfy.example.org/{CANARY}", "apprise", ("all",), "ntfy through Apprise"),
    ],
)
def test_H2_a_channel_opens_and_shows_no_secret(
    url: str, kind: str, recipients: tuple[str, ...], shown: str
) -> None:
    channel = opened(url)
    assert (channel.name, channel.kind, channel.notices) == ("desk", kind, True)
    assert channel.recipients == recipients
    assert channel.describe() == shown
    assert opened(url).recipients == recipients
    for text in (repr(channel), str(vars(channel)), *recipients, channel.describe()):
        assert CANARY not in text
        assert SLACK not in text
        assert "xoxb" not in text


def test_a_channel_may_be_spared_the_services_own_notices() -> None:
    assert opened("console://", notices=False).notices is False


def test_slack_takes_a_message_a_second_and_mail_as_fast_as_it_comes() -> None:
    assert opened(f"slack+http://h/{CANARY}").interval == timedelta(seconds=1)
    assert opened("mailto://u:p@example.org").interval == timedelta(0)


BAD = [
    (f"slak://{CANARY}", "no service is called slak://; did you mean slack://"),
    (f"mailtox://{CANARY}", "did you mean mailto"),
    (f"jsno://{CANARY}", "did you mean json"),
    (f"https://{CANARY}/", "no service is called https://"),
    (f"slack://{CANARY}", "the slack:// URL needs"),
    (f"slack://T1JJ3T3L2/{CANARY}", "the slack:// URL needs"),
    (f"https://hooks.slack.com/services/{CANARY}", "the slack:// URL needs"),
    (f"slack+http:///{CANARY}", "names no host"),
    (f"slack+http://h:port/{CANARY}", "names no host"),
    (f"slack+http://{CANARY}@h/", "needs a #channel"),
    (f"mailto://127.0.0.1?from={CANARY}", "the mail URL is incomplete or mistyped"),
    (f"mailto://u:{CANARY}@h.example?to=a@x.org,nobody", "1 of the addresses in to=, cc= or bcc="),
    (f"mailto://u:{CANARY}@h.example?cc={CANARY}", "cannot be read"),
    (f"mailto://u:{CANARY}@h.example?mode={CANARY}", "the mail URL is incomplete or mistyped"),
    (f"mailto://u:{CANARY}@h.example?pgp=sign", "pgp= is not supported"),
    (f"mailto://u:{CANARY}@h.example?+Message-ID={CANARY}", "a +Header= of the URL"),
    (f"mailto://u:{CANARY}@h.example?+Bad%20Name={CANARY}", "a +Header= of the URL"),
    (f"ntfys:///{CANARY}?mode=nonsense", "the ntfys:// URL is incomplete or mistyped"),
    (CANARY, "does not begin with a service"),
]


@pytest.mark.parametrize(("url", "words"), BAD)
def test_H1_H2_a_mistyped_url_is_refused_in_one_line_without_being_shown(
    url: str, words: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(ChannelError) as caught:
        opened(url)
    message = str(caught.value)
    assert message.startswith("channel desk: ")
    assert words in message
    assert "\n" not in message
    error = caught.value
    shown = "".join(traceback.format_exception(error)) + caplog.text + "".join(capfd.readouterr())
    assert CANARY not in shown
