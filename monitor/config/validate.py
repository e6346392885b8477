"""From a document to a frozen model, with each problem in plain words on one line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from monitor.config.document import Document, Loc
from monitor.config.strict import Problems
from monitor.config.units import suggest
from monitor.errors import ConfigError

M = TypeVar("M", bound=BaseModel)

_MESSAGES = {
    "missing": "is missing",
    "string_type": "must be text: put it in quotes",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "tuple_type": "must be a list, one '- item' a line",
    "list_type": "must be a list, one '- item' a line",
    "dict_type": "must hold keys of its own, one a line",
    "model_type": "must hold keys of its own, one a line",  # and those that are needed
    "too_short": "is empty: name at least one",
    "string_too_short": "is empty or too short",
}

_PLAIN_NAME = "a name is lower-case letters and digits without spaces"


def validate(document: Document, model: type[M]) -> M:
    """The document as a model. ConfigError holds one line a problem and never a value."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        schema = model.model_json_schema()
        found = [each for detail in error.errors(include_url=False) for each in _apart(detail)]
        # A union tells the same problem once a branch; a list whose items all failed counts as
        # too short.
        nested = {detail["loc"][: len(detail["loc"]) - up] for detail in found for up in (1, 2)}
        told = [d for d in found if d["type"] != "too_short" or d["loc"] not in nested]
        told.sort(key=lambda detail: document.locate(detail["loc"])[0])
        lines = dict.fromkeys(_line(document, detail, schema) for detail in told)
        raise ConfigError(*lines) from None


def _apart(detail: ErrorDetails) -> Iterator[ErrorDetails]:
    """The problem, or those that a model found in itself, each at its own place."""
    cause = detail.get("ctx", {}).get("error")
    if not isinstance(cause, Problems):
        yield detail
        return
    for place, text in cause.found:
        yield {**detail, "loc": (*detail["loc"], *place), "msg": text}


def _line(document: Document, error: ErrorDetails, schema: dict[str, Any]) -> str:
    loc = error["loc"]
    _, path = document.locate(loc)
    if error["type"] == "missing":
        return document.problem((*document.locate(loc[:-1])[1], loc[-1]), _MESSAGES["missing"])
    if error["type"] == "extra_forbidden":
        known = sorted({key for level in _levels(schema, path[:-1]) for key in _keys(level)})
        return document.problem(path, f"unknown key{suggest(str(loc[-1]), known)}")
    text = error["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
    if error["type"] == "string_pattern_mismatch":
        key = loc[-1] == "[key]"
        text = f"does not fit: {_PLAIN_NAME if key else _described(schema, path)}"
    needed = _needed(schema, path) if error["type"] == "model_type" else ""
    return document.problem(path, _MESSAGES.get(error["type"], text) + needed)


def _needed(schema: dict[str, Any], path: Loc) -> str:
    """The keys that may not be missing there, as they are written."""
    keys = dict.fromkeys(
        key for level in _levels(schema, path) for key in level.get("required", ())
    )
    return f"; it needs {', '.join(f'{key}:' for key in keys)}" if keys else ""


def _described(schema: dict[str, Any], path: Loc) -> str:
    levels = list(_levels(schema, path))
    told = [level["description"] for level in levels if "description" in level]
    return told[0] if told else _PLAIN_NAME


def _levels(schema: dict[str, Any], path: Loc) -> list[dict[str, Any]]:
    """The parts of a JSON Schema that speak of the value at `path`; several for a union."""
    levels = list(_branches(schema, schema))
    for step in path:
        below = [child for level in levels for child in _below(level, step)]
        levels = [branch for child in below for branch in _branches(child, schema)]
    return levels


def _branches(part: dict[str, Any], schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield part
    if "$ref" in part:
        yield from _branches(schema["$defs"][part["$ref"].rpartition("/")[2]], schema)
    for branch in part.get("anyOf", ()):
        yield from _branches(branch, schema)


def _below(level: dict[str, Any], step: str | int) -> Iterator[dict[str, Any]]:
    if isinstance(step, int):
        places = [level.get("items")]
    elif step in level.get("properties", {}):
        places = [level["properties"][step]]
    else:
        places = [level.get("additionalProperties"), *level.get("patternProperties", {}).values()]
    yield from (place for place in places if isinstance(place, dict))


def _keys(level: dict[str, Any]) -> Iterator[str]:
    yield from level.get("properties", {})
