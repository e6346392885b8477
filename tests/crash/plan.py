"""What happens to one process of the rig."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """What happens to one process. Without any of it, it runs to its end."""

    command: str = "once"
    kill_at: int = 0  # SIGKILL at this statement
    kill_at_file: int = 0  # SIGKILL when it opens, renames or removes its so many-th file
    step: str = ""  # SIGKILL when a server reaches this step the `nth` time
    nth: int = 1
    after: float = 0.0  # SIGKILL so many seconds after its start
    stop_at: str = ""  # a step at which SIGTERM is sent, and SIGKILL `after` seconds later
    freeze_at: str = ""  # a step at which it is stopped for `clock` seconds, then goes on
    slow_at: str = ""  # a step at which a server thinks for half a second
    no_names: bool = False
    room: int = 0  # bytes that the database's files may grow by
    disk: int = 0  # bytes that are free on the disk of the database
    frees: float = 0.0  # seconds until the disk has room again; 0 for when the process has ended
    looks: bool = False  # all pages are looked at while it runs
    lock: float = 0.0  # seconds for which another program holds the database
    clock: float = 0.0  # seconds by which the clock is moved before (or while frozen)
    lasts: float = 3.0  # seconds after which `run` is stopped by SIGTERM if nothing else ends it

    @property
    def kills(self) -> bool:
        """Whether SIGKILL is in the plan."""
        return bool(self.kill_at or self.kill_at_file or self.step or self.after)
