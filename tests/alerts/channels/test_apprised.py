"""What Apprise says of a URL is the same whoever asks it: this process, or one that ends."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from monitor.alerts.channels import Apart, open_channel
from monitor.alerts.channels.apprised import read_here
from monitor.config.settings import Channel
from monitor.errors import ChannelError
from tests.alerts.examples import CANARY

URLS = [
    ("email", f"mailtos://u:{CANARY}@mail.example.org?from=w@example.org&to=a@x.org,B <b@x.org>"),
    ("email", f"mailto://u:{CANARY}@example.org:465?cc=é@x.org&bcc=c@x.org&reply=r@x.org"),
    ("email", f"mailtos://u:{CANARY}@gmail.com?+X-Team=Düsseldorf&mode=ssl&name=Desk"),
    ("email", "mailto://127.0.0.1?from=nobody"),
    ("email", f"mailto://u:{CANARY}@h.example?mode={CANARY}"),
    ("slack", "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#desk"),
    ("slack", "slack://xoxb-1234-1234-abc124/#ops/#desk"),
    ("slack", "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"),
    ("slack", f"https://hooks.slack.com/services/{CANARY}"),
    ("slack", f"slack://{CANARY}"),
]


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> Iterator[Apart]:
    """As in a service that has not loaded Apprise."""
    read_here(*reversed(URLS[0]))  # so that Apprise itself is whole, whatever ran before
    monkeypatch.delitem(sys.modules, "apprise")
    with Apart() as read:
        yield read


def said(read: Callable[[str, str], Any]) -> list[Any]:
    found = (read(url, service) for service, url in URLS)
    return [each and vars(each) for each in found]


def test_it_says_the_same_in_a_process_of_its_own(apart: Apart) -> None:
    found = said(apart)
    assert apart._child is not None
    assert apart._child.poll() is None  # one for all
    assert found == said(read_here)
    assert found[0]["targets"] == [[False, "a@x.org"], ["B", "b@x.org"]]
    assert found[0]["asked"]["port"] is None
    assert found[-1] is None


def test_H2_the_password_is_on_no_command_line(apart: Apart) -> None:
    apart(URLS[0][1], "email")
    assert apart._child is not None
    assert CANARY not in str(apart._child.args)


def test_a_mistyped_url_is_refused_in_the_same_words(apart: Apart) -> None:
    for _, url in (URLS[3], URLS[4], URLS[9]):
        refused = []
        for read in (apart, read_here):
            with pytest.raises(ChannelError) as caught:
                open_channel("desk", Channel(url=url), {}, read=read)  # type: ignore[arg-type]
            refused.append(str(caught.value))
        assert refused[0] == refused[1]
        assert CANARY not in refused[0]


def test_where_no_process_can_be_started_it_is_asked_here(
    apart: Apart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert said(apart) == said(read_here)
    assert apart._child is None


def test_where_the_process_dies_it_is_asked_here(apart: Apart) -> None:
    apart(URLS[0][1], "email")
    assert apart._child is not None
    apart._child.kill()
    apart._child.wait()
    assert said(apart) == said(read_here)


def test_where_apprise_is_in_memory_anyway_nothing_is_started() -> None:
    read_here(*reversed(URLS[0]))
    with Apart() as read:
        assert said(read) == said(read_here)
        assert read._child is None
