"""The configuration that the demo writes for the service: real in every line, on loopback."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from monitor.config.place import find_config
from monitor.demo.news import Feed
from monitor.demo.servers import HOST
from monitor.errors import InputError

TOPIC = "liaison-office"
MAIL = "desk"  # names of the channels
SLACK = "room"

_MAIN = """\
# Written by `monitor demo` for its service; the next run writes it anew.
data: data
topics: [{topic}]
sources: [sources/demo.yaml]
polling:
  every: 2s
  timeout: 10s
  concurrent: 50
  per_host: 10
server:
  listen: {host}:{page}
channels:
  {mail_name}:
    url: mailto://{host}:{mail}?from=watch@monitor.example&to=desk@newsroom.example
  {slack_name}:
    url: slack+http://{host}:{slack}/services/T0000/B0000/demo
"""


def write_config(config: Path, feeds: Sequence[Feed], ports: Sequence[int]) -> None:
    """Write monitor.yaml at `config` with its sources, and copy the shipped topic.

    `ports` are those of the feed, mail and Slack servers and of the page. Raises InputError when
    the topic is not among the shipped ones.
    """
    web, mail, slack, page = ports
    folder = config.parent
    for name in ("sources", "topics"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    config.write_text(
        _MAIN.format(
            topic=TOPIC,
            host=HOST,
            page=page,
            mail=mail,
            slack=slack,
            mail_name=MAIL,
            slack_name=SLACK,
        ),
        encoding="utf-8",
    )
    lines = ["sources:", *(_source(feed, web) for feed in feeds)]
    (folder / "sources" / "demo.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    _copy_topic(folder / "topics" / f"{TOPIC}.yaml")


def _source(feed: Feed, port: int) -> str:
    row = {
        "id": feed.id,
        "url": f"http://{HOST}:{port}{feed.path}",
        "outlet": feed.outlet,
        "lang": feed.lang,
        "allow_private": True,
    }
    return f"  - {json.dumps(row, ensure_ascii=False)}"  # JSON is YAML, and quotes everything


def _copy_topic(to: Path) -> None:
    shipped = find_config(None, os.environ).parent / "topics" / to.name
    try:
        shutil.copyfile(shipped, to)
    except OSError as error:
        raise InputError(
            f"the topic that the demo shows cannot be read from {shipped}: {error.strerror}; "
            "start it where the shipped config/ is"
        ) from None
