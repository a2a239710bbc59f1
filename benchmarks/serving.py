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

from regulator.devpg import DevPg

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / ".local" / "bench"
SET_UP = (("db", "set-up"), ("db", "migrate"), ("bodies", "load"), ("calendars", "load"))
BARE = (
    "create table if not exists bare_case as select id, reference, title, stage, due_on, is_open from case_file",
    "create index if not exists bare_case_due on bare_case (is_open, due_on, id)",
    "vacuum analyze bare_case",
)


@dataclass(frozen=True)
class Served:
    """The application being served. url: where; environ: what it was told; processes: of it and of its database."""

    url: str
    environ: dict[str, str]
    owner: str
    roots: tuple[psutil.Process, ...]

    def used(self) -> float:
        """Seconds of processor that application and database have used so far."""
        total = 0.0
        for root in self.roots:
            for process in [root, *root.children(recursive=True)]:
                with suppress(psutil.NoSuchProcess):
                    times = process.cpu_times()
                    total += times.user + times.system
        return total


@contextmanager
def served(cases: int, port: int) -> Iterator[Served]:
    """The application over a database of so many cases, loaded where it is not there yet, until the block ends."""
    server = DevPg(STATE, port=55439)
    server.start()
    environ = _environ(server, f"bench_{cases}")
    _load(server, environ, cases)
    command = [sys.executable, "-m", "gunicorn", "benchmarks.app:app", "--bind", f"127.0.0.1:{port}"]
    options = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "error"]
    with (STATE / "web.log").open("w") as log:
        web = subprocess.Popen([*command, *options], cwd=ROOT, env=environ, stdout=log, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(f"{url}/bare/")
            postmaster = int((server.data / "postmaster.pid").read_text().split()[0])
            roots = (psutil.Process(web.pid), psutil.Process(postmaster))
            yield Served(url, environ, environ["OWNER_DATABASE_URL"], roots)
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


def _load(server: DevPg, environ: dict[str, str], cases: int) -> None:
    name = f"bench_{cases}"
    with psycopg.connect(server.url(), autocommit=True) as owner:
        if owner.execute("select 1 from pg_database where datname = %s", (name,)).fetchone():
            return
    for command in (*SET_UP, ("load", "--cases", str(cases))):
        subprocess.run([sys.executable, "-m", "regulator.cli", *command], cwd=ROOT, env=environ, check=True)
    with psycopg.connect(environ["OWNER_DATABASE_URL"], autocommit=True) as owner:
        for statement in BARE:
            owner.execute(statement)


def _wait_for(url: str) -> None:
    for _ in range(300):
        with suppress(OSError), urllib.request.urlopen(url, timeout=5):
            return
        time.sleep(0.1)
    raise RuntimeError(f"Nothing answers at {url}; see {STATE / 'web.log'}.")
