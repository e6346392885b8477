"""Where the configuration is; kept apart so that light commands stay light."""

from __future__ import annotations

import os
from pathlib import Path

from monitor.config.load import Config, find_config, load


def config_at(path: Path | None) -> Config:
    """The configuration, found and checked. Raises ConfigError."""
    return load(find_config(path, os.environ), os.environ)
