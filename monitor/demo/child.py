"""The service as a process of its own: started, restarted when it dies, killed, stopped."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from monitor.errors import AlreadyRunning, MonitorError

STOP_WITHIN = 20.0  # seconds; the service promises to end within fewer
_PATIENCE = 30  # seconds for which an older service may still hold the data folder
_FAILURE = 10  # of that patience are used up by any other end


class DemoFailed(MonitorError):
    """The demo cannot go on."""


class Service:
    """`monitor run`, as anybody would start it, on the demo's configuration and clock."""

    def __init__(self, config: Path, shift: Path, log: Path) -> None:
        self._command = [sys.executable, "-m", "monitor", "run"]
        self._command += ["--config", str(config), "--clock-shift", str(shift)]
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self._patience = _PATIENCE

    @property
    def pid(self) -> int:
        """The process, 0 while there is none."""
        return self._process.pid if self._process else 0

    def start(self) -> None:
        """Start it; what it says goes to the log file."""
        leash = [sys.executable, "-m", "monitor.demo.leash", str(os.getpid())]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own words
                [*leash, *self._command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=_environment(),
                start_new_session=True,  # Ctrl-C is for the demo, which then stops it in order
            )

    def revive(self) -> bool:
        """Start it again if it has ended. True if a signal had ended it.

        Raises DemoFailed with the service's own last words when it ends by itself again and again.
        """
        if self._process is None or self._process.poll() is None:
            return False
        killed = self._process.returncode < 0
        if not killed:
            waits = self._process.returncode == AlreadyRunning.exit_code
            self._patience -= 1 if waits else _FAILURE
            if self._patience <= 0:
                raise DemoFailed(f"the service does not run: {_last_line(self._log)}")
            time.sleep(1)
        self.start()
        return killed

    def kill(self) -> None:
        """SIGKILL, as a power cut or the out-of-memory killer would end it."""
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def stop(self) -> int:
        """SIGTERM, as an operator would; the exit code. Killed if it does not end in time."""
        if self._process is None:
            return 0
        self._process.terminate()
        try:
            return self._process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()


def _environment() -> dict[str, str]:
    """This environment without what would overrule the demo's configuration, or its loopback."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("MONITOR_") and not name.lower().endswith("_proxy")
    }


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return f"{lines[-1]} (see {log})" if lines else f"it said nothing (see {log})"
