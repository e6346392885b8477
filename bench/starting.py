"""What a start of each command costs, as a ratio to an import of SQLAlchemy in the same run.

    python bench/starting.py [--rounds 5]

Half of the commands ask the database, and most of what is left of their start is that library: a
ratio of 2 is a command that costs as much again. Each figure is the CPU of user and system of a
process from its start to its end, the least of all rounds; a round takes every command once, so
that a busy machine is busy for all. They run on the default topic, one source on a port of loopback
where nobody listens, and a database in which nothing is yet. `once` is what `run` does until it
reads: words compiled, channels opened.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from goals import Row, tell

SHIPPED = Path(__file__).parents[1] / "config"
MAIN = """
topics: [liaison-office]
channels:
  screen: {url: "console://"}
"""
SOURCES = """
sources:
  - {id: none, url: "http://127.0.0.1:9/feed", outlet: Nobody, allow_private: true}
"""
MEASURE = ("-c", "import sqlalchemy")
COMMANDS = {  # how each ends, and how many imports of SQLAlchemy it may cost
    "--help": (0, 0.5),
    "health": (1, 1.0),  # nothing has run there yet
    "sources list": (0, 2.5),
    "deliveries list": (0, 2.0),
    "status": (0, 2.5),
    "why http://127.0.0.1:9/a": (1, 2.5),  # never seen
    "check": (0, 4.0),
    "once": (6, 8.0),  # its only source answers nothing
}


def configured(folder: Path) -> dict[str, str]:
    """A configuration that reads nothing from a network, and the environment that names it."""
    config = folder / "config"
    (config / "sources").mkdir(parents=True)
    shutil.copytree(SHIPPED / "topics", config / "topics")
    (config / "monitor.yaml").write_text(MAIN, encoding="utf-8")
    (config / "sources" / "none.yaml").write_text(SOURCES, encoding="utf-8")
    written = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    return written | {"MONITOR_CONFIG": str(config), "MONITOR_DATA": str(folder / "data")}


def cpu(words: tuple[str, ...], environ: dict[str, str], ends: int = 0) -> float:
    """CPU seconds of a process of this interpreter, which has to end with this code."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run([sys.executable, *words], env=environ, capture_output=True, text=True)
    if run.returncode != ends:
        raise SystemExit(f"{' '.join(words)} ended with {run.returncode}: {run.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        environ = configured(Path(temporary))

        def start(name: str) -> float:
            return cpu(("-m", "monitor", *name.split()), environ, COMMANDS[name][0])

        for name in ("once", *COMMANDS):  # files are compiled, and a database made
            start(name)
        rounds = [
            {"": cpu(MEASURE, environ)} | {name: start(name) for name in COMMANDS}
            for _ in range(given.rounds)
        ]
    least = {name: min(each[name] for each in rounds) for name in rounds[0]}
    for name, (_, goal) in COMMANDS.items():
        got = least[name] / least[""]
        measured = f"{least[name]:.2f} s / {least['']:.2f} s = {got:.2f}"
        tell(Row(f"monitor {name.split('http')[0].strip()}", measured, f"<= {goal:g}", got <= goal))


if __name__ == "__main__":
    main()
