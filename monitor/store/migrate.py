"""Bringing an older database up to date. Imported only when there is something to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, delete, insert

from monitor import __version__
from monitor.store.tables import VERSION_TABLE, about

SCRIPTS = Path(__file__).with_name("migrations")


def migrate(connection: Connection) -> None:
    """Run what is missing, each migration in one transaction with its record.

    Killed at any point, the database has the schema before or after a migration, never between.
    """
    script = ScriptDirectory(str(SCRIPTS))

    def missing(revision: Any, _: Any) -> Any:
        return script._upgrade_revs("head", revision)

    with EnvironmentContext(Config(), script, fn=missing) as environment:
        environment.configure(
            connection=connection,
            version_table=VERSION_TABLE,
            transaction_per_migration=True,
            transactional_ddl=True,  # SQLite can, since the driver leaves BEGIN to us
            render_as_batch=True,
            on_version_apply=_sign,
        )
        with environment.begin_transaction():
            environment.run_migrations()


def _sign(ctx: MigrationContext, *_: Any, **__: Any) -> None:
    """Leave this program's version, in the transaction of the migration."""
    connection = ctx.connection
    assert connection is not None  # it is None only where SQL is printed instead of run
    connection.execute(delete(about))
    connection.execute(insert(about), {"program": __version__})
