"""Where alerts go: one sender for each kind of channel, all opened from Apprise URLs."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.alerts.channels.address import resolve, scheme_of, unknown_scheme
from monitor.alerts.channels.apprised import Apart, Reader, read_here
from monitor.alerts.channels.port import ChannelPort, apprise_schemes, quiet_loggers
from monitor.alerts.render import SHIPPED, Forms
from monitor.config.settings import Channel

__all__ = ["Apart", "ChannelPort", "open_channel"]


def open_channel(
    name: str,
    config: Channel,
    environ: Mapping[str, str],
    forms: Forms = SHIPPED,
    read: Reader = read_here,
) -> ChannelPort:
    """The channel `name`, ready to send in these forms; nothing is connected to.

    `read` reads mail and Slack URLs: an `Apart`, if what that takes is not to stay in memory.

    Raises ChannelError where the URL is missing, names an unset variable or an unreadable file,
    or is not understood; the message never holds the URL or a part of it.
    """
    quiet_loggers()
    url = resolve(name, config, environ)
    scheme = scheme_of(name, url)
    # Each sender is imported when it is used: Apprise alone costs half a second.
    if scheme == "console":
        from monitor.alerts.channels.console import ConsoleChannel

        return ConsoleChannel(name, notices=config.notices, forms=forms)
    if scheme in {"mailto", "mailtos"}:
        from monitor.alerts.channels.email import open_email

        return open_email(name, url, notices=config.notices, forms=forms, read=read)
    if scheme in {"slack", "slack+http", "slack+https"} or _is_slack_hook(url):
        from monitor.alerts.channels.slack import open_slack

        return open_slack(name, url, notices=config.notices, forms=forms, read=read)
    if scheme in {"signed+http", "signed+https"}:
        from monitor.alerts.channels.signed import open_signed

        return open_signed(name, url, notices=config.notices, forms=forms)
    from monitor.alerts.channels.other import open_other

    if scheme not in apprise_schemes():
        raise unknown_scheme(name, scheme, apprise_schemes())
    return open_other(name, url, notices=config.notices, forms=forms)


def _is_slack_hook(url: str) -> bool:
    return url.startswith("https://hooks.slack.com/")
