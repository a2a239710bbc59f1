"""The worker: does the jobs of the queue, and each minute what falls due by itself, until it is told to end.

Each job is done inside the application, in a session of its own that begins as the system. The jobs of a worker that
died are found by its silence and done again.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

import psycopg
from flask import Flask
from procrastinate import App, PsycopgConnector, RetryStrategy
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import DeleteJobCondition, Job, Status

from config import Config
from regulator import jobs
from regulator.actors import SYSTEM
from regulator.db import ask_as, end_read
from regulator.dbroles import plain
from regulator.errors import RegulatorError

SIDE_BY_SIDE = 2
PATIENCE = 5
"""Seconds the database is given to answer when the worker starts."""
SILENCE = 30.0
"""Seconds without a sign of life after which a worker counts as dead."""
KEPT_HOURS = 30 * 24
"""How long a job that failed for good is kept for whoever looks into it."""
AGAIN = RetryStrategy(max_attempts=8, exponential_wait=3)
"""A task that failed unexpectedly is tried again after 3, 9, 27, ... seconds."""

_log = logging.getLogger("regulator.job")


class Lost(RegulatorError):
    """The worker ended without being told to; whatever keeps it running starts it again."""


def work(app: Flask, *, once: bool = False, silence: float = SILENCE) -> None:
    """Do jobs until Ctrl-C or a polite kill, finishing those begun; with `once`, until none is left.

    silence: seconds after which another worker counts as dead
    Raises:  psycopg.OperationalError where the database cannot be reached, Lost where it no longer can
    """
    jobs.load()
    config: Config = app.extensions["regulator"]
    psycopg.connect(plain(config.database_url), connect_timeout=PATIENCE).close()
    try:
        asyncio.run(_work(app, once=once, silence=silence))
    except ConnectorException as error:
        raise Lost("The worker lost the database: start it again once that can be reached.") from error


async def _work(app: Flask, *, once: bool, silence: float) -> None:
    queue = _queue(app, once=once)
    async with queue.open_async():
        await queue.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS, include_failed=True)
        await _mend(queue, silence)
        mending = asyncio.create_task(_keep_mending(queue, silence))
        try:
            await (_until_done(queue) if once else _until_told(queue))
        finally:
            mending.cancel()
            with suppress(asyncio.CancelledError):
                await mending


async def _until_done(queue: App) -> None:
    """A job may wait for another, or be asked for by one: go on until nothing more begins."""
    begun = 1

    async def count(job: Callable[[], Awaitable[object]], *_of_worker: object) -> object:
        nonlocal begun
        begun += 1
        return await job()

    while begun:
        begun = 0
        await queue.run_worker_async(
            wait=False, listen_notify=False, install_signal_handlers=False, worker_middleware=[count]
        )


async def _until_told(queue: App) -> None:
    running = asyncio.ensure_future(queue.run_worker_async(install_signal_handlers=False))
    told = asyncio.Event()

    def end() -> None:
        told.set()
        running.cancel()  # which finishes the jobs that are begun

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, end)
    with suppress(asyncio.CancelledError):
        await running
    if not told.is_set():
        raise Lost("The worker ended because something it stands on failed: the log says what.")


def _queue(app: Flask, *, once: bool) -> App:
    config: Config = app.extensions["regulator"]
    connector = PsycopgConnector(
        conninfo=plain(config.database_url),
        kwargs={"options": "-c role=regulator_system -c search_path=jobs,public"},
        min_size=1,
        max_size=SIDE_BY_SIDE + 2,
    )
    queue = App(
        connector=connector,
        worker_defaults={"concurrency": SIDE_BY_SIDE, "delete_jobs": DeleteJobCondition.SUCCESSFUL},
    )
    for name, function in jobs.TASKS.items():
        queue.task(name=name, retry=AGAIN)(_done_in(app, name, function))
    for name, duty in jobs.DUTIES.items():
        done = queue.task(name=name, lock=name, queueing_lock=name)(_done_in(app, name, duty, is_duty=True))
        if not once:
            queue.periodic(cron="* * * * *")(done)
    return queue


def _done_in(
    app: Flask, name: str, work: Callable[..., object], *, is_duty: bool = False
) -> Callable[..., None]:
    def done(**ids: int) -> None:
        began = time.perf_counter()
        with app.app_context():  # leaving it ends the session, and with it whom it worked as
            ask_as(SYSTEM)
            work(**({} if is_duty else ids))
            end_read()
        ms = round((time.perf_counter() - began) * 1000, 1)
        _log.info("done", extra={"facts": {"job": name, **ids, "outcome": "done", "ms": ms}})

    return done


async def _mend(queue: App, silence: float) -> None:
    """Put back the jobs of workers that died over them."""
    for job in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=silence):
        facts = {"job": job.task_name, **job.task_kwargs}
        try:
            await _put_back(queue, job)
            _log.warning("put back", extra={"facts": {**facts, "outcome": "put back"}})
        except ConnectorException:  # it was ended, or put back by another worker, a moment ago
            _log.info("not put back", extra={"facts": {**facts, "outcome": "not put back"}})


async def _put_back(queue: App, job: Job) -> None:
    try:
        await queue.job_manager.retry_job(job)
    except UniqueViolation:  # a duty that is queued anew already
        await queue.job_manager.finish_job(job, Status.FAILED, delete_job=True)


async def _keep_mending(queue: App, silence: float) -> None:
    while True:
        await asyncio.sleep(max(silence, 1))
        try:
            await _mend(queue, silence)
        except ConnectorException:
            _log.exception("looking for undone jobs failed")
