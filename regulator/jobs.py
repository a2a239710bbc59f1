"""Work done after a page has answered: queued on the same transaction as whatever asks for it, done by the worker.

A job is a name and ids, never words: what it is about is read when it is done. A worker may die at any moment, so a
job may be done twice, and every task looks first at what is done already. A room’s tasks are in its `tasks` module.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TypeVar

import click
import sqlalchemy as sa
from flask import current_app
from procrastinate import App
from procrastinate.sync_psycopg_connector import SyncPsycopgConnector

from regulator.cli import in_app
from regulator.db import db
from regulator.rooms import ROOMS

Work = TypeVar("Work", bound=Callable[..., object])

TASKS: dict[str, Callable[..., object]] = {}
DUTIES: dict[str, Callable[..., object]] = {}

_QUEUE = App(connector=SyncPsycopgConnector())
_WAITING = sa.text(
    "select args from jobs.procrastinate_jobs where task_name = :name and status in ('todo', 'doing')"
)


def task(work: Work) -> Work:
    """Register what a job of this name does; it is given the job’s ids, and begins as the system."""
    return _register(TASKS, work)


def every_minute(work: Work) -> Work:
    """Register what the worker does each minute, never twice at once; a page in a hurry may ask for it as well."""
    return _register(DUTIES, work)


def _register(table: dict[str, Callable[..., object]], work: Work) -> Work:
    name = work.__name__
    if name in TASKS or name in DUTIES:
        raise RuntimeError(f"{name} is registered twice")
    table[name] = work
    return work


@cache
def load() -> None:
    """Let every room register its tasks."""
    for room in ROOMS:
        if find_spec(f"regulator.{room}.tasks"):
            import_module(f"regulator.{room}.tasks")


def defer(name: str, **ids: int) -> None:
    """Queue a job in the open transaction: gone with it if that is undone, done soon after if it is not.

    Jobs of the same name and ids are never done side by side.
    Raises: LookupError for a job that no room does, TypeError for anything but numbers
    """
    load()
    if not all(isinstance(number, int) for number in ids.values()):
        raise TypeError(f"“{name}” was given more than ids: what it is about is read when it is done")
    if name not in TASKS and name not in DUTIES:
        raise LookupError(f"no room does “{name}”")
    lock = "/".join([name, *(f"{key}={number}" for key, number in sorted(ids.items()))])
    connection = db.session.connection().connection.driver_connection
    _QUEUE.configure_task(name, lock=lock, connection=connection).defer(**ids)


def waiting(name: str) -> Sequence[Mapping[str, int]]:
    """The ids of each job of this name that is still to be done, or being done."""
    return db.session.execute(_WAITING, {"name": name}).scalars().all()


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is queued now, then end.")
@in_app
def worker_command(once: bool) -> None:
    """Do the jobs that pages leave: letters, and what falls due by itself."""
    from regulator import worker  # noqa: PLC0415 - only this command needs it

    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - Flask’s own way
    worker.work(app, once=once)
