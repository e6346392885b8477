from __future__ import annotations

from pathlib import Path

import pytest

from monitor.errors import ConfigError
from monitor.service.topics import open_topic

PACK = """\
title: The bridge
subjects:
  - {id: bridge, label: the bridge, names: {en: [the bridge]}}
acts:
  painted: {en: [painted]}
push: [open, painted, opeen]
card:
  - id: state
    label: State
    moves:
      - {act: open, to: open}
      - {act: paintd, to: fresh}
      - {act: zzzzzz, to: odd}
"""


def test_an_act_that_nobody_defines_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "bridge.yaml"
    file.write_text(PACK)
    with pytest.raises(ConfigError) as caught:
        open_topic(file)
    unknown = "no act is called"
    ways = "; give it words under acts, or see monitor topic acts"
    assert [problem.removeprefix(f"{tmp_path}/") for problem in caught.value.problems] == [
        f"bridge.yaml:6: push[2]: {unknown} 'opeen' (did you mean 'open'?){ways} opeen",
        f"bridge.yaml:12: card[0].moves[1].act: {unknown} 'paintd' (did you mean 'painted'?)"
        f"{ways} paintd",
        f"bridge.yaml:13: card[0].moves[2].act: {unknown} 'zzzzzz'{ways} zzzzzz",
    ]
    good = PACK.replace(", opeen", "").replace("paintd", "painted").replace("zzzzzz", "close")
    file.write_text(good)
    assert open_topic(file).name == "bridge"
