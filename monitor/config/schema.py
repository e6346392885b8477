"""JSON Schemas of what operators write, for editors and for `monitor schema`."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from monitor.config.settings import Settings, SourcesFile
from monitor.config.topic import TopicPack

_MODELS: dict[str, type[BaseModel]] = {
    "monitor": Settings,
    "sources": SourcesFile,
    "topic": TopicPack,
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, dict[str, Any]]:
    """The schema of monitor.yaml ("monitor"), of sources/*.yaml and of topics/*.yaml."""
    return {
        name: {"$schema": _DIALECT, **model.model_json_schema()} for name, model in _MODELS.items()
    }
