from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from pydantic import BaseModel
from ruamel.yaml import YAML

from monitor.config.auth import Auth
from monitor.config.policy import Digest, Policy, Quiet, Takes
from monitor.config.schema import schema
from monitor.config.settings import Channel, Polling, Server, Settings, Source, SourcesFile

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "config"


@pytest.mark.parametrize("name", ["monitor", "sources", "topic"])
def test_the_shipped_schemas_are_current(name: str) -> None:
    shipped = json.loads((CONFIG / "schema" / f"{name}.json").read_text(encoding="utf-8"))
    renew = f"renew it: .venv/bin/monitor schema {name} > config/schema/{name}.json"
    assert shipped == schema()[name], renew


SHIPPED = [
    ("monitor", CONFIG / "monitor.yaml"),
    *(("sources", file) for file in sorted((CONFIG / "sources").glob("*.yaml"))),
    *(("topic", file) for file in sorted((CONFIG / "topics").glob("*.yaml"))),
]


@pytest.mark.parametrize(("name", "file"), SHIPPED, ids=lambda value: Path(value).name)
def test_every_shipped_file_fits_its_schema(name: str, file: Path) -> None:
    data = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema()[name]).validate(data)


def _properties(part: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(part, dict):
        yield from part.get("properties", {}).items()
        for below in part.values():
            yield from _properties(below)


@pytest.mark.parametrize("name", ["monitor", "sources"])
def test_every_key_has_a_description_for_editors(name: str) -> None:
    keys = list(_properties(schema()[name]))
    assert keys
    assert [key for key, value in keys if not value.get("description")] == []


def test_a_schema_refuses_what_the_program_refuses() -> None:
    validator = jsonschema.Draft202012Validator(schema()["monitor"])
    good = {"topics": ["x"], "channels": {"a": {"url": "console://"}}}
    assert validator.is_valid(good)
    assert not validator.is_valid({**good, "lgo": "text"})
    assert not validator.is_valid({**good, "polling": {"every": 15}})
    assert not validator.is_valid({**good, "topics": []})


MODELS: list[type[BaseModel]] = [
    Settings,
    Polling,
    Server,
    Channel,
    Takes,
    Quiet,
    Policy,
    Digest,
    SourcesFile,
    Source,
    Auth,
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_is_explained_in_the_documentation(model: type[BaseModel]) -> None:
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    keys = [field.alias or key for key, field in model.model_fields.items()]
    missing = [key for key in keys if f"`{key}`" not in text]
    assert missing == []
