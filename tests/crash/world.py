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
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from pathlib import Path
from xml.sax.saxutils import escape

from monitor.demo.servers import free_ports
from tests.crash.around import Disk, can_mount, look
from tests.crash.launch import Job
from tests.crash.news import CROWD, LATE, NEWS, OLD, RAIN
from tests.crash.plan import Plan
from tests.crash.servers import HOST, MAIL, SLACK, Stage, serve_mail, serve_web
from tests.crash.zygote import Launcher

CANARY = "c4n4ry"  # a part of every secret
TOPICS = Path(__file__).parents[2] / "config" / "topics"
RECIPIENTS = ("desk@newsroom.example", "night@newsroom.example")
ROUND = timedelta(minutes=65)  # longer than any wait between two tries

_CONFIG = f"""\
topics: [liaison-office]
data: data
polling: {{{{every: 1s, timeout: 5s}}}}
server: {{{{enabled: {{enabled}}, listen: "127.0.0.1:{{page}}"}}}}
channels:
  {MAIL}:
    url: mailto://watch:{CANARY}-mail@{{host}}:{{mail}}?from=watch@monitor.example&to={{to}}
    wait: {{wait}}
  {SLACK}:
    url: slack+http://{{host}}:{{web}}/services/T0{CANARY}/B0{CANARY}/{CANARY}-slack
    wait: {{wait}}
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
        self.restored = 0  # the run that put a backup back
        self.titles: dict[str, tuple[str, ...]] = {}  # by ETag
        self.seen: list[tuple[str, int, bytes]] = []  # what pages said
        self._began = 0  # where in the log the latest process begins to speak
        self.backup = folder / "backups" / "monitor.db"
        self._disk = Disk(folder / "data")
        self.can_mount = can_mount(folder / "data")
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
        self._disk.unmount()
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
        """Begin anew with one of STARTS."""
        self._disk.unmount()
        for folder in (self.folder / "data", self.backup.parent):
            shutil.rmtree(folder, ignore_errors=True)
        self.log.unlink(missing_ok=True)
        self.killed.clear()
        self.restored = 0
        self.seen.clear()
        self.stage.clear()
        self.titles.clear()
        self.set_clock(0)
        self._settings(start)
        if start == "disk":
            self._disk.mount()
        if start != "new":
            shutil.copytree(self.folder / "known", self.folder / "data", dirs_exist_ok=True)
        self.migrations = str(self.folder / "migrations") if start == "older" else ""

    def set_clock(self, seconds: float) -> None:
        """Move the service's clock."""
        self.shift = seconds
        (self.folder / "shift").write_text(str(seconds))

    def _configure(self) -> None:
        web, config = self._servers[1].port, self.folder / "config"
        rows = "".join(
            _SOURCE.format(id=id_, canary=CANARY, host=self._host, web=web) for id_ in ("a", "b")
        )
        config.joinpath("sources", "all.yaml").write_text(f"sources:\n{rows}")
        config.joinpath("topics").symlink_to(TOPICS)

    def _settings(self, start: str) -> None:
        mail, web = (server.port for server in self._servers)
        self.page = free_ports(1)[0]
        text = _CONFIG.format(
            host=self._host,
            mail=mail,
            web=web,
            page=self.page,
            to=",".join(RECIPIENTS),
            enabled=str(start == "page").lower(),
            wait="1s" if start == "crowd" else "null",
        )
        self.folder.joinpath("config", "monitor.yaml").write_text(text)

    def _make_templates(self) -> None:
        """A database after the quiet first poll, and two migrations of a later release."""
        self.reset("new")
        self.publish("a", OLD)
        self.publish("b", RAIN)
        status = self.run(Plan())
        assert status == 0, self.log.read_text()
        shutil.copytree(self.folder / "data", self.folder / "known")
        self.alerting = self._undisturbed()
        from monitor.store import migrate
        from monitor.store.tables import SCHEMA

        scripts = self.folder / "migrations"
        shutil.copytree(migrate.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
        for new in (SCHEMA + 1, SCHEMA + 2):
            text = _MIGRATION.format(new=new, old=new - 1)
            (scripts / "versions" / f"v{new:04}.py").write_text(text)

    def _undisturbed(self) -> frozenset[str]:
        """What is alerted where nothing happens, so that a loss can be told."""
        self.publish("a", LATE, *CROWD, NEWS, OLD)
        assert self.run(Plan()) == 0, self.log.read_text()
        query = "SELECT json_extract(payload, '$.headline') FROM alerts"
        told = {str(row[0]) for row in self.ask(query)}
        owed = {head for head, _ in (NEWS, *CROWD, LATE)}
        assert owed <= told, f"the detector does not alert {owed - told}: choose other news"
        return frozenset(owed)

    # --- one process -----------------------------------------------------------------------------

    def run(self, plan: Plan) -> int:
        """Start the service and let the plan happen; its exit code, or minus the signal."""
        self.stage.run += 1
        if plan.clock and not plan.freeze_at:
            self.set_clock(self.shift + plan.clock)
        self.stage.on_step = lambda step, nth: self._step(plan, step, nth)
        self._began = self.log.stat().st_size if self.log.exists() else 0
        with self._locked(plan.lock), self._full(plan):
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
        if plan.command == "restore":
            self.restored = self.stage.run
        self._settle()
        return status

    def _job(self, plan: Plan) -> Job:
        argv = [plan.command, "--config", str(self.folder / "config" / "monitor.yaml")]
        if plan.command in ("backup", "restore"):
            argv.append(str(self.backup))
        else:
            argv += ["--clock-shift", str(self.folder / "shift")]
        files = (self.database, Path(f"{self.database}-wal"))
        size = max((file.stat().st_size for file in files if file.exists()), default=0)
        return Job(
            tuple(argv),
            str(self.log),
            kill_at=plan.kill_at,
            kill_at_file=plan.kill_at_file,
            folder=str(self.folder),
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
        elif plan.command == "run":
            ended = self._watched(plan) if plan.looks or plan.frees else self._ended(plan.lasts)
            if not ended:
                self.signal(signal.SIGTERM)

    def _watched(self, plan: Plan) -> bool:
        """Look at its pages, or until it has healed; whether it ended by itself meanwhile."""
        end = time.monotonic() + plan.lasts
        while time.monotonic() < end:
            if plan.looks:
                self.seen += [(page, *said) for page, said in look(self.page).items()]
            elif self.owed() == 0:
                return False
            if self._ended(0.2):
                return True
        return False

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
    def _full(self, plan: Plan) -> Iterator[None]:
        """The disk is nearly full."""
        if not plan.disk or not self._disk.mounted:
            yield
            return
        with self._disk.nearly_full(plan.disk, plan.frees):
            yield

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

    def said(self) -> str:
        """What the latest process said."""
        text = self.log.read_bytes() if self.log.exists() else b""
        return text[self._began :].decode(errors="replace")

    def owed(self) -> int | None:
        """How many deliveries wait; None before there are any."""
        with suppress(sqlite3.OperationalError):  # it is being made, or nothing fits on the disk
            rows = self.ask("SELECT count(*), coalesce(sum(state = 'pending'), 0) FROM deliveries")
            return int(str(rows[0][1])) if rows and rows[0][0] else None
        return None

    def counted(self) -> tuple[int, int]:
        """How many statements and files the latest process that ended well had."""
        statements, files = (self.folder / "statements").read_text().split()
        return int(statements), int(files)

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
