from __future__ import annotations

from datetime import timedelta

import pytest
from pydantic import ValidationError

from monitor.config.settings import Polling, Server
from monitor.config.units import is_loopback, split_listen, suggest


def test_durations_and_sizes_may_be_given_as_numbers_of_python() -> None:
    polling = Polling(every=timedelta(seconds=1), max_body=1000)
    assert (polling.every, polling.max_body) == (timedelta(seconds=1), 1000)


def test_durations_and_sizes_are_written_with_their_unit() -> None:
    polling = Polling.model_validate({"every": "90 s", "timeout": "2h", "max_body": "1 mB"})
    assert polling.every == timedelta(seconds=90)
    assert polling.timeout == timedelta(hours=2)
    assert polling.max_body == 1_000_000


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        Server().enabled = False


def test_listen_addresses_come_apart() -> None:
    assert split_listen("[::1]:80") == ("::1", 80)
    assert split_listen("localhost:0") == ("localhost", 0)
    for bad in ("", "80", "::1:80", "[::1]", "a b:80", "http://x:80", "x:-1", "x:123456"):
        with pytest.raises(ValueError, match="write host:port"):
            split_listen(bad)


def test_only_this_machine_is_loopback() -> None:
    assert all(map(is_loopback, ("127.0.0.1:1", "127.1.2.3:1", "[::1]:1", "localhost:1")))
    assert not any(map(is_loopback, ("0.0.0.0:1", "[::]:1", "10.0.0.1:1", "localhost.evil:1")))


def test_a_suggestion_is_the_nearest_word_or_all_of_a_short_list() -> None:
    assert suggest("evry", ["every", "log"]) == " (did you mean 'every'?)"
    assert suggest("zzz", ["every", "log"]) == " (known: every, log)"
    assert suggest("zzz", []) == ""
    assert suggest("zzz", [f"word{i}" for i in range(21)]) == ""
