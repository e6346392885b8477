"""Every bench of speed and memory, one after the other, and a last table: measured, goal, met.

    python bench/all.py --feeds FOLDER --arrivals FOLDER --shared FOLDER

A part that takes longer than its share is stopped and named; the whole takes at most 12 minutes on
a machine of its own. Folders that are missing leave their parts out, which the table says too.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from goals import ROWS, Row, kept

HERE = Path(__file__).parent
DECIDING = "--topics 1000 --entries 20000"  # its own sizes take minutes more


def parts(given: argparse.Namespace) -> list[tuple[str, list[str], float]]:
    """Each part: its script, its arguments, and the seconds after which it is stopped."""
    arrivals = [str(file) for file in sorted(given.arrivals.glob("*.jsonl"))]
    found = [
        ("parsing.py", [str(given.feeds)], 60.0, (given.feeds / "expected.jsonl").is_file()),
        ("starting.py", [], 60.0, True),
        ("deciding.py", given.deciding.split(), 90.0, True),
        ("cadence.py", arrivals, 60.0, bool(arrivals)),
        ("delivery.py", [], 180.0, (HERE / "delivery.py").is_file()),
        ("polling.py", [str(given.shared)], 420.0, (given.shared / "feedfarm.py").is_file()),
    ]
    for script, _, _, there in found:
        if not there:
            print(f"{script}: left out, what it reads is not there")
    slow = given.patience
    return [(name, words, limit * slow) for name, words, limit, there in found if there]


def run(script: str, words: list[str], limit: float) -> str | None:
    """Run one part with its output shown; what went wrong, None when nothing did."""
    print(f"\n--- {script}", flush=True)
    part = subprocess.Popen([sys.executable, str(HERE / script), *words])
    try:
        code = part.wait(limit)
    except subprocess.TimeoutExpired:
        part.send_signal(signal.SIGINT)  # it ends the servers that it started
        part.wait()
        return f"stopped after {limit:.0f} s"
    return f"ended with {code}" if code else None


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--feeds", type=Path, required=True, help="real feed documents")
    parser.add_argument(
        "--arrivals", type=Path, required=True, help="records of what feeds brought"
    )
    parser.add_argument("--shared", type=Path, required=True, help="the folder with feedfarm.py")
    parser.add_argument("--deciding", default=DECIDING, help="words for deciding.py")
    parser.add_argument(
        "--patience", type=float, default=1.0, help="times longer, on a busy machine"
    )
    given = parser.parse_args()
    start, load = time.monotonic(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "rows.jsonl"
        os.environ[ROWS] = str(rows)
        failed = [
            Row(script, wrong, "an end", False)
            for script, words, limit in parts(given)
            if (wrong := run(script, words, limit)) is not None
        ]
        table = [*kept(rows), *failed]
    took = time.monotonic() - start
    print(
        f"\n--- all of it: {took:.0f} s, load {load:.1f} before and {os.getloadavg()[0]:.1f} after"
    )
    for row in table:
        print(row.line())
    missed = sum(row.met is False for row in table)
    print(f"{sum(row.met is True for row in table)} goals met, {missed} missed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
