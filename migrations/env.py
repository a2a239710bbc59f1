"""Runs the migrations as the owner, with timeouts, one process at a time."""

import sqlalchemy as sa
from alembic import context

from regulator.tables import metadata


def run() -> None:
    """Apply over the connection given, or over the address in the settings."""
    connection = context.config.attributes.get("connection")
    if connection is not None:
        migrate(connection)
        return
    engine = sa.create_engine(context.config.get_main_option("sqlalchemy.url") or "", poolclass=sa.NullPool)
    with engine.connect() as fresh:
        migrate(fresh)
        fresh.commit()


def migrate(connection: sa.Connection) -> None:
    """Bring the schema forward: a lock that cannot be had in five seconds fails rather than stopping the service."""
    connection.execute(sa.text("set lock_timeout = '5s'"))
    connection.execute(sa.text("set statement_timeout = '10min'"))
    connection.execute(sa.text("select pg_advisory_xact_lock(7202)"))
    context.configure(connection=connection, target_metadata=metadata, compare_server_default=False)
    with context.begin_transaction():
        context.run_migrations()


run()
