"""The house rules that a machine can hold: imports go one way, and each edge has one room."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import monitor
from monitor.config.lexicon import read_lexicon

ROOT = Path(monitor.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))

LEAVES = {"models", "errors", "config", "clock"}
MIDDLE = {"sources", "detect", "store", "alerts"}
TOP = {"web", "cli", "backtest", "demo", "__main__"}


def room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the room"
            yield node.module or ""
            if node.module == "monitor":
                yield from (f"monitor.{alias.name}" for alias in node.names)


def allowed(origin: str) -> set[str]:
    if origin in LEAVES:
        return LEAVES
    if origin in MIDDLE:
        return LEAVES | {origin}
    if origin == "service":
        return LEAVES | MIDDLE | {"service"}
    return LEAVES | MIDDLE | TOP | {"service"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    if room(path) == "__init__":
        return
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "monitor" and len(parts) > 1 and parts[1] != "__version__":
            assert parts[1] in allowed(room(path)), f"{path} may not import {name}"


HOMES = {
    "httpx": ("sources/net/", "alerts/channels/"),
    "aiohttp": ("sources/net/",),
    "sqlalchemy": ("store/",),
    "sqlite3": ("store/",),
    "alembic": ("store/",),
    "apscheduler": ("service/schedule.py",),
    "apprise": ("alerts/channels/",),
    "feedparser": ("sources/",),
    "bs4": ("sources/",),
}
IO = {"os", "socket", "pathlib", "subprocess", "httpx", "asyncio", "sqlite3", "requests", "random"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_each_edge_has_one_room(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    for name in imports(path):
        homes = HOMES.get(name.split(".")[0])
        assert homes is None or place.startswith(homes), f"{place} may not import {name}"
        if place.startswith("detect/"):
            assert name.split(".")[0] not in IO, f"{place} must stay pure, yet imports {name}"


DETECT = ("words", "sense", "compare", "story", "about", "news", "told")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_room_of_the_detector_knows_only_those_before_it(path: Path) -> None:
    place = path.relative_to(ROOT).parts
    if place[0] != "detect" or place[1] not in DETECT:
        return
    known = {*DETECT[: DETECT.index(place[1]) + 1], "logistic", "weights"}
    for name in imports(path):
        inside = name.removeprefix("monitor.detect")
        assert inside == name or inside.lstrip(".").split(".")[0] in known, f"{place}: {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_and_its_functions_can_be_read_at_a_sitting(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 80, node.name


def test_the_way_of_an_entry_is_one_file_of_two_hundred_lines() -> None:
    way = ROOT / "service" / "poll.py"
    assert len(way.read_text(encoding="utf-8").splitlines()) <= 200


def test_the_lock_files_name_no_index_host() -> None:
    for lock in ROOT.parent.glob("requirements*.lock"):
        assert "://" not in lock.read_text(encoding="utf-8")


KINDS = {"both", "expert", "elsewhere"}  # two sides in one word, a speaker, the name of an evidence


def ids_of_topics_and_of_who_and_where() -> set[str]:
    packs = [YAML(typ="safe").load(path) for path in (ROOT.parent / "config/topics").glob("*.yaml")]
    parts = ("subjects", "context", "actors", "card")
    found = {thing["id"] for pack in packs for part in parts for thing in pack.get(part, ())}
    languages = read_lexicon().languages
    return found.union(*(lang.actors.keys() | lang.places.keys() for lang in languages))


def literals(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_the_detector_names_no_side_no_place_and_nothing_that_a_topic_watches() -> None:
    known = ids_of_topics_and_of_who_and_where() - KINDS
    for path in FILES:
        if room(path) == "detect":
            wired = known & literals(path)
            assert not wired, f"{path} knows {wired}: that belongs in a pack or the lexicon"


MAPS = ["", *(f".{path.parent.name}" for path in sorted(ROOT.glob("detect/*/__init__.py")))]


@pytest.mark.parametrize("name", MAPS)
def test_the_map_of_a_room_names_every_module(name: str) -> None:
    package = import_module(f"monitor.detect{name}")
    folder = Path(package.__file__ or "").parent
    inside = {path.stem for path in folder.glob("*.py")}
    inside |= {path.parent.name for path in folder.glob("*/__init__.py")}
    assert inside - {"__init__"} <= set(re.findall(r"[a-z_]+", package.__doc__ or ""))
