"""Where the configuration is, and where its data: known without checking what it says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from monitor.config.document import read, shown
from monitor.errors import ConfigError

DATA = "data"


def find_config(path: Path | None, environ: Mapping[str, str], *, to_write: bool = False) -> Path:
    """Where monitor.yaml is: `path`, else $MONITOR_CONFIG, else ./config/, else ./, else the
    checkout's, which is nobody's own: not where something is to be written beside it.

    A folder stands for the monitor.yaml inside it. A place that was named must exist: nothing
    else is tried then. ConfigError lists where was looked.
    """
    named = path or (Path(environ["MONITOR_CONFIG"]) if environ.get("MONITOR_CONFIG") else None)
    checkout = Path(__file__).parents[2]
    shipped = [] if to_write else [checkout / "config"]
    places = [named] if named else [Path("config/monitor.yaml"), Path("monitor.yaml"), *shipped]
    files = [place / "monitor.yaml" if place.is_dir() else place for place in places]
    for file in files:
        if file.is_file():
            return file.absolute()
    looked = ", ".join(dict.fromkeys(shown(file) for file in files))
    raise ConfigError(
        f"no configuration found at {looked}: name one with --config or $MONITOR_CONFIG"
    )


def data_folder(path: Path | None, environ: Mapping[str, str]) -> Path:
    """Where the database is, whatever else is wrong with the configuration.

    A mistake that was just saved says nothing about the service that runs. ConfigError where the
    file cannot be found, or is no YAML at all.
    """
    if environ.get("MONITOR_DATA"):  # as in a container: the file is not even opened
        return data_of(Path(), "", environ)
    path = find_config(path, environ).absolute()
    written = read(path).data
    data = written.get("data") if isinstance(written, dict) else None
    return data_of(path, data if isinstance(data, str) else DATA, environ)


def data_of(path: Path, data: str, environ: Mapping[str, str]) -> Path:
    """What the `data` of the file at `path` means."""
    if environ.get("MONITOR_DATA"):
        return Path(environ["MONITOR_DATA"]).absolute()
    home = path.parent.parent if path.parent.name == "config" else path.parent
    return home / data
