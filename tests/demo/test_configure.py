from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config.load import load
from monitor.demo.configure import write_config
from monitor.demo.news import load_feeds
from monitor.errors import InputError

PORTS = (1001, 1002, 1003, 1004)


def test_the_service_can_load_what_the_demo_writes(tmp_path: Path) -> None:
    path = tmp_path / "config" / "monitor.yaml"
    write_config(path, load_feeds(), PORTS)
    config = load(path, {})
    assert config.data == tmp_path / "data"
    assert len(config.sources) == 40
    assert all(source.url.startswith("http://127.0.0.1:1001/") for source in config.sources)
    assert all(source.allow_private for source in config.sources)
    assert set(config.settings.channels) == {"desk", "room"}
    assert list(config.topics) == ["liaison-office"]
    assert config.settings.server.listen == "127.0.0.1:1004"


def test_a_missing_topic_is_told_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "monitor.yaml").touch()
    monkeypatch.setenv("MONITOR_CONFIG", str(tmp_path))
    with pytest.raises(InputError, match=r"topics/liaison-office\.yaml: No such file"):
        write_config(tmp_path / "config" / "monitor.yaml", (), PORTS)
