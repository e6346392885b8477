"""The model that all of the configuration is made of."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

Place = tuple[str | int, ...]


class Strict(BaseModel):
    """A frozen model that refuses unknown keys and never prints a value it was given."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True
    )


class Problems(ValueError):
    """What a model that is well-formed says wrong, each with its place inside the model."""

    def __init__(self, found: Sequence[tuple[Place, str]]) -> None:
        super().__init__("; ".join(text for _, text in found))
        self.found = tuple(found)
