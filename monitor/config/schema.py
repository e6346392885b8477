"""JSON Schemas of what operators write, for editors and for `monitor schema`."""

from __future__ import annotations

import json
from pathlib import Path
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


def write_schema(folder: Path) -> tuple[Path, ...]:
    """Write NAME.json for each schema into a folder that exists; the files written."""
    files = []
    for name, content in schema().items():
        file = folder / f"{name}.json"
        text = json.dumps(content, ensure_ascii=False, indent=2)
        file.write_text(f"{text}\n", encoding="utf-8")
        files.append(file)
    return tuple(files)
