"""A loaded database on a server of its own, the application on a port, and what both have used of the processor."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from regulator.devpg import DevPg

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / ".local" / "bench"
SET_UP = (("db", "set-up"), ("db", "migrate"), ("bodies", "load"), ("calendars", "load"))
BARE = (
    "create table bare_case as select id, reference, title, stage, due_on, is_open from case_file",
    "create index bare_case_due on bare_case (is_open, due_on, id)",
    "vacuum analyze bare_case",
)
"""The plain table of the bare view: made last, so that it also tells that the database was loaded to its end."""
SERVED_BY = (
    "--worker-class",
    "gthread",
    "--workers",
    "2",
    "--threads",
    "4",
    "--keep-alive",
    "120",
    "--log-level",
    "error",
)


@dataclass(frozen=True)
class Served:
    """The application being served. environ: what it was told; roots: its first process, and its database’s."""

    url: str
    environ: dict[str, str]
    roots: tuple[psutil.Process, ...]

    def used(self) -> float:
        """Seconds of processor that application and database have used so far, those that ended included."""
        total = 0.0
        for root in self.roots:
            ended = root.cpu_times()
            total += ended.children_user + ended.children_system
            for process in [root, *root.children(recursive=True)]:
                with suppress(psutil.NoSuchProcess):
                    times = process.cpu_times()
                    total += times.user + times.system
        return total

    @property
    def owner(self) -> str:
        """Address of the database for the owner of its tables."""
        return self.environ["OWNER_DATABASE_URL"]


@contextmanager
def database(port: int) -> Iterator[DevPg]:
    """A database server, ended with the block where the block started it."""
    server = DevPg(STATE, port=port)
    ours = server.start()
    try:
        yield server
    finally:
        if ours:
            server.stop()


@contextmanager
def served(server: DevPg, cases: int, port: int, *, keep: bool) -> Iterator[Served]:
    """The application over a database of so many cases, until the block ends; the database goes too, unless kept."""
    name = f"bench_{cases}"
    environ = _environ(server, name)
    if not (keep and _is_whole(server, name)):
        _drop(server, name)
        _load(environ, cases)
    try:
        with _web(environ, port) as web:
            postmaster = int((server.data / "postmaster.pid").read_text().split()[0])
            yield Served(f"http://127.0.0.1:{port}", environ, (web, psutil.Process(postmaster)))
    finally:
        if not keep:
            _drop(server, name)


@contextmanager
def _web(environ: dict[str, str], port: int) -> Iterator[psutil.Process]:
    command = [sys.executable, "-m", "gunicorn", "benchmarks.app:app", "--bind", f"127.0.0.1:{port}"]
    with (STATE / "web.log").open("w") as log:
        web = subprocess.Popen([*command, *SERVED_BY], cwd=ROOT, env=environ, stdout=log, stderr=log)
        try:
            _wait_for(f"http://127.0.0.1:{port}/bare/", web)
            yield psutil.Process(web.pid)
        finally:
            web.terminate()
            web.wait()


def _environ(server: DevPg, name: str) -> dict[str, str]:
    files = STATE / "files"
    files.mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        "ENVIRONMENT": "development",
        "DATABASE_URL": server.url(name, user="regulator_app"),
        "OWNER_DATABASE_URL": server.url(name),
        "FILES_DIR": str(files),
    }


def _is_whole(server: DevPg, name: str) -> bool:
    with suppress(psycopg.OperationalError), psycopg.connect(server.url(name)) as owner:
        return bool(owner.execute("select 1 from pg_class where relname = 'bare_case'").fetchone())
    return False


def _drop(server: DevPg, name: str) -> None:
    with psycopg.connect(server.url(), autocommit=True) as owner:
        owner.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _load(environ: dict[str, str], cases: int) -> None:
    for command in (*SET_UP, ("load", "--cases", str(cases))):
        subprocess.run([sys.executable, "-m", "regulator.cli", *command], cwd=ROOT, env=environ, check=True)
    with psycopg.connect(environ["OWNER_DATABASE_URL"], autocommit=True) as owner:
        for statement in BARE:
            owner.execute(statement)
        owner.execute("checkpoint")


def _wait_for(url: str, web: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        with suppress(OSError), urllib.request.urlopen(url, timeout=5):
            return
        if web.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"Nothing answers at {url}; see {STATE / 'web.log'}.")
