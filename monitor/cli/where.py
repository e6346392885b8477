"""Where the configuration is; kept apart so that light commands stay light."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from monitor.config.auth import SecretProblem
from monitor.config.load import Config, load
from monitor.config.place import find_config
from monitor.config.settings import Source
from monitor.errors import ConfigError


def config_at(path: Path | None, *, to_write: bool = False, any_sources: bool = True) -> Config:
    """The configuration, found and checked; one's own when it is `to_write`. Raises ConfigError."""
    file = find_config(path, os.environ, to_write=to_write)
    return load(file, os.environ, any_sources=any_sources)


def source_of(entry: Mapping[str, Any]) -> Source:
    """The source that a command line speaks of, as it would be read from a file.

    ConfigError is one line that names the option.
    """
    try:
        return Source.model_validate(entry).with_address(os.environ)
    except SecretProblem as error:
        raise ConfigError(f"the address: {error}") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        name = str(first["loc"][0]) if first["loc"] else "source"
        option = "the address" if name == "url" else f"--{name.replace('_', '-')}:"
        if first["type"] == "string_pattern_mismatch":  # of an id alone
            raise ConfigError(
                f"{option} use lower-case letters, digits, '.', '_' and '-'"
            ) from None
        raise ConfigError(f"{option} {first['msg'].removeprefix('Value error, ')}") from None
