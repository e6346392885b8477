"""The shape of a topic pack, topics/NAME.yaml: what is watched, in several languages."""

from __future__ import annotations

from pydantic import Field

from monitor.config.settings import Strict


class TopicPack(Strict):
    """What is watched. The detector owns this shape."""

    title: str = Field(min_length=1, max_length=200)
    channels: tuple[str, ...] | None = Field(
        default=None, description="names of channels; all of them when left out"
    )
