"""One installation in a folder of its own with its servers, run again and again and killed."""

from __future__ import annotations

import os
import select
import shutil
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from pathlib import Path
from xml.sax.saxutils import escape

from tests.crash.launch import Job
from tests.crash.servers import HOST, MAIL, SLACK, Stage, serve_mail, serve_web
from tests.crash.zygote import Launcher

CANARY = "c4n4ry"  # a part of every secret
TOPICS = Path(__file__).parents[2] / "config" / "topics"
RECIPIENTS = ("desk@newsroom.example", "night@newsroom.example")
OLD = (
    "South Korea studies wider exchanges with the North",
    "The ministry in Seoul is studying exchanges. An inter-Korean liaison office was opened in the "
    "North Korean border city of Kaesong in September 2018.",
)
RAIN = ("Weather in Seoul", "Fine dust and a little rain is expected in the capital today.")
NEWS = (
    "North Korea pulls its staff out of the Kaesong liaison office",
    "North Korea on Friday withdrew all of its staff from the inter-Korean joint liaison office in "
    "Kaesong, the unification ministry in Seoul said. Pyongyang gave notice of the withdrawal in "
    "the morning.",
)
MATCHED = frozenset({NEWS[0]})  # of what is published after the first poll
ROUND = timedelta(minutes=65)  # longer than any wait between two tries

_CONFIG = f"""\
topics: [liaison-office]
data: data
polling: {{{{every: 1s, timeout: 5s}}}}
server: {{{{enabled: false}}}}
channels:
  {MAIL}:
    url: mailto://watch:{CANARY}-mail@{{host}}:{{mail}}?from=watch@monitor.example&to={{to}}
  {SLACK}:
    url: slack+http://{{host}}:{{web}}/services/T0{CANARY}/B0{CANARY}/{CANARY}-slack
"""
_SOURCE = """\
  - id: {id}
    url: http://{host}:{web}/{id}
    outlet: Outlet {id}
    lang: en
    allow_private: true
    auth: {{token: {canary}-feed}}
"""
# What a later release brings; see tests/store/test_migrate.py.
_MIGRATION = """\
from alembic import op
import sqlalchemy as sa
revision, down_revision = "{new:04}", "{old:04}"
def upgrade():
    op.add_column("stories", sa.Column("extra_{new}", sa.Text))
    with op.batch_alter_table("articles") as batch:
        batch.add_column(sa.Column("note_{new}", sa.Text, server_default="kept"))
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """What happens to one process. Without any of it, it runs to its end."""

    command: str = "once"
    kill_at: int = 0  # SIGKILL at this statement
    step: str = ""  # SIGKILL when a server reaches this step the `nth` time
    nth: int = 1
    after: float = 0.0  # SIGKILL so many seconds after its start
    stop_at: str = ""  # a step at which SIGTERM is sent, and SIGKILL `after` seconds later
    freeze_at: str = ""  # a step at which it is stopped for `clock` seconds, then goes on
    slow_at: str = ""  # a step at which a server thinks for half a second
    no_names: bool = False
    room: int = 0  # bytes that the database's files may grow by
    lock: float = 0.0  # seconds for which another program holds the database
    clock: float = 0.0  # seconds by which the clock is moved before (or while frozen)
    lasts: float = 3.0  # seconds after which `run` is stopped by SIGTERM if nothing else ends it

    @property
    def kills(self) -> bool:
        """Whether SIGKILL is in the plan."""
        return bool(self.kill_at or self.step or self.after)


class World:
    """Feeds, mail, webhook, configuration and database; `launcher` starts the processes."""

    def __init__(self, folder: Path, launcher: Launcher, host: str = HOST) -> None:
        self.folder = folder
        self.launcher = launcher
        (folder / "config" / "sources").mkdir(parents=True)
        self.stage = Stage(folder)
        self._servers = serve_mail(self.stage), serve_web(self.stage)
        self._host = host
        self._child = -1
        self.killed: set[int] = set()
        self.titles: dict[str, tuple[str, ...]] = {}  # by ETag
        self.statements = 0
        self._configure()
        self._make_templates()

    @property
    def database(self) -> Path:
        """The service's database."""
        return self.folder / "data" / "monitor.db"

    @property
    def log(self) -> Path:
        """What all processes said."""
        return self.folder / "log.txt"

    def close(self) -> None:
        """Stop the servers."""
        for server in self._servers:
            server.close()

    # --- what is served and remembered -----------------------------------------------------------

    def publish(self, source: str, *items: tuple[str, str]) -> None:
        """Serve these (headline, text) pairs, newest first."""
        now = datetime.now(UTC)
        rows = "".join(
            f"<item><title>{escape(head)}</title><description>{escape(text)}</description>"
            f"<link>http://{HOST}/{source}/{sha256(head.encode()).hexdigest()[:12]}</link>"
            f"<pubDate>{format_datetime(now - timedelta(minutes=n))}</pubDate></item>"
            for n, (head, text) in enumerate(items)
        )
        body = f'<rss version="2.0"><channel><title>{source}</title>{rows}</channel></rss>'.encode()
        etag = f'"{sha256(body).hexdigest()[:16]}"'
        self.titles[etag] = tuple(head for head, _ in items)
        self.stage.documents[f"/{source}"] = etag, body

    def reset(self, start: str) -> None:
        """Begin anew: `known` knows the old news, `older` has an older schema, `new` is empty."""
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        self.log.unlink(missing_ok=True)
        self.killed.clear()
        self.stage.clear()
        self.titles.clear()
        self.set_clock(0)
        if start != "new":
            shutil.copytree(self.folder / "known", self.folder / "data")
        self.migrations = str(self.folder / "migrations") if start == "older" else ""

    def set_clock(self, seconds: float) -> None:
        """Move the service's clock."""
        self.shift = seconds
        (self.folder / "shift").write_text(str(seconds))

    def _configure(self) -> None:
        mail, web = (server.port for server in self._servers)
        places = {"host": self._host, "mail": mail, "web": web, "to": ",".join(RECIPIENTS)}
        config = self.folder / "config"
        config.joinpath("monitor.yaml").write_text(_CONFIG.format(**places))
        rows = "".join(_SOURCE.format(id=id_, canary=CANARY, **places) for id_ in ("a", "b"))
        config.joinpath("sources", "all.yaml").write_text(f"sources:\n{rows}")
        config.joinpath("topics").symlink_to(TOPICS)

    def _make_templates(self) -> None:
        """A database after the quiet first poll, and two migrations of a later release."""
        self.migrations = ""
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        self.set_clock(0)
        self.publish("a", OLD)
        self.publish("b", RAIN)
        status = self.run(Plan())
        assert status == 0, self.log.read_text()
        shutil.copytree(self.folder / "data", self.folder / "known")
        from monitor.store import migrate
        from monitor.store.tables import SCHEMA

        scripts = self.folder / "migrations"
        shutil.copytree(migrate.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
        for new in (SCHEMA + 1, SCHEMA + 2):
            text = _MIGRATION.format(new=new, old=new - 1)
            (scripts / "versions" / f"v{new:04}.py").write_text(text)

    # --- one process -----------------------------------------------------------------------------

    def run(self, plan: Plan) -> int:
        """Start the service and let the plan happen; its exit code, or minus the signal."""
        self.stage.run += 1
        if plan.clock and not plan.freeze_at:
            self.set_clock(self.shift + plan.clock)
        self.stage.on_step = lambda step, nth: self._step(plan, step, nth)
        with self._locked(plan.lock):
            pid = self.launcher.start(self._job(plan))
            self._child = os.pidfd_open(pid)
            try:
                self._accompany(plan)
                status = self.launcher.wait()
            finally:
                os.close(self._child)
                self._child = -1
        if status == -signal.SIGKILL:
            self.killed.add(self.stage.run)
        self._settle()
        return status

    def _job(self, plan: Plan) -> Job:
        config, shift = self.folder / "config" / "monitor.yaml", self.folder / "shift"
        argv = [plan.command, "--config", str(config), "--clock-shift", str(shift)]
        files = (self.database, Path(f"{self.database}-wal"))
        size = max((file.stat().st_size for file in files if file.exists()), default=0)
        return Job(
            tuple(argv),
            str(self.log),
            kill_at=plan.kill_at,
            count=str(self.folder / "statements"),
            largest_file=size + plan.room if plan.room else 0,
            no_names=plan.no_names,
            migrations=self.migrations,
        )

    def _accompany(self, plan: Plan) -> None:
        """Do to the child what comes from outside, in time."""
        if plan.after and not plan.stop_at:
            if not self._ended(plan.after):
                self.signal(signal.SIGKILL)
        elif plan.command == "run" and not self._ended(plan.lasts):
            self.signal(signal.SIGTERM)

    def _ended(self, within: float) -> bool:
        """Whether the child ends within so many seconds."""
        return bool(select.select([self._child], [], [], within)[0])

    def signal(self, number: int) -> None:
        """Send the child a signal; nothing once it has ended."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._child, number)

    def _step(self, plan: Plan, step: str, nth: int) -> None:
        """A server has reached a step of its protocol."""
        if plan.slow_at == step:
            time.sleep(0.5)
        if plan.step == step and plan.nth == nth:
            self.signal(signal.SIGKILL)
        elif plan.stop_at == step:
            self.signal(signal.SIGTERM)
            time.sleep(plan.after)
            if plan.after:
                self.signal(signal.SIGKILL)
        elif plan.freeze_at == step and nth == 1:
            self.signal(signal.SIGSTOP)
            self.set_clock(self.shift + plan.clock)
            time.sleep(0.2)
            self.signal(signal.SIGCONT)

    @contextmanager
    def _locked(self, seconds: float) -> Iterator[None]:
        """Another program holds the write lock for a while."""
        if not seconds:
            yield
            return
        other = sqlite3.connect(self.database, isolation_level=None, check_same_thread=False)
        with closing(other):
            other.execute("BEGIN IMMEDIATE")
            timer = threading.Timer(seconds, lambda: other.execute("ROLLBACK"))
            timer.start()
            yield
            timer.join()

    def _settle(self) -> None:
        """Wait until no server talks with a process that is gone."""
        end = time.monotonic() + 10
        while not self.stage.quiet and time.monotonic() < end:
            time.sleep(0.005)

    # --- looking ---------------------------------------------------------------------------------

    def copy(self, to: Path) -> Path:
        """The database's files as they are, without touching them."""
        shutil.rmtree(to, ignore_errors=True)
        to.mkdir()
        for file in self.database.parent.glob("monitor.db*"):
            if "-shm" not in file.name:
                shutil.copy(file, to)
        return to / "monitor.db"

    def ask(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """Read the database beside the running service; empty where there is none yet."""
        if not self.database.exists():
            return []
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=5)) as raw:
            return raw.execute(query, values).fetchall()
