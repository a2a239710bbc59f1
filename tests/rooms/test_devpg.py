"""The private database: one server, however many ask, that outlives a crash and never listens outside."""

import os
import pwd
import shutil
import signal
import stat
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from regulator.devpg import DevPg, DevPgError


@pytest.fixture
def root():
    """A folder that also the user PostgreSQL runs as may enter, which pytest’s own are not."""
    folder = Path(tempfile.mkdtemp(prefix="it's one "))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(DevPg(folder).socket, ignore_errors=True)
    shutil.rmtree(folder)


@pytest.fixture
def database(root):
    database = DevPg(root, fast=True)
    yield database
    database.stop()


def ask(database, question):
    with psycopg.connect(database.url()) as connection:
        return connection.execute(question).fetchone()[0]


def test_many_may_ask_at_once(database):
    """Of several processes that want it at the same time one starts it, and all find it ready."""
    with ThreadPoolExecutor() as pool:
        started = list(pool.map(lambda _: DevPg(database.root, fast=True).start(), range(4)))

    assert sorted(started) == [False, False, False, True]
    assert database.ready()


def test_only_its_owner_may_enter(database):
    """It asks no password, so it is not on the network and its folders are closed to other users."""
    database.start()

    assert ask(database, "show listen_addresses") == ""
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (database.socket, database.data)] == [
        0o700,
        0o700,
    ]


def test_what_was_kept_survives_a_crash(database):
    """Killed without warning, it comes back with every row that was committed, unless told to be fast."""
    database.fast = False
    database.start()
    with psycopg.connect(database.url(), autocommit=True) as connection:
        connection.execute("create table page as select 'still here' as words")
    os.kill(int((database.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    database.start()

    assert ask(database, "select words from page") == "still here"


def test_a_deep_folder_still_has_a_socket(root):
    """A checkout so deep that a socket’s path would be too long is served from a short one."""
    database = DevPg(root / ("deep" * 25), fast=True)
    try:
        database.start()

        assert ask(database, "select 1") == 1
        assert len(str(database.socket)) <= 80
    finally:
        database.stop()
        shutil.rmtree(database.socket)


def test_what_was_cut_short_is_made_again(database):
    """A database whose making was cut short is made anew rather than trusted."""
    (database.root / "pgdata.new").mkdir()

    assert database.start()


def test_a_wrong_folder_of_programs_is_named(database, monkeypatch):
    """A PG_BINDIR without PostgreSQL gets one sentence that names it."""
    monkeypatch.setenv("PG_BINDIR", "/nowhere")

    with pytest.raises(
        DevPgError, match="There is no PostgreSQL in PG_BINDIR, /nowhere: run “make install”, or"
    ):
        database.start()
    monkeypatch.undo()


def test_trouble_is_one_sentence(database):
    """When PostgreSQL will not start, one sentence gives its own reason and where its log is."""
    database.start()
    database.stop()
    with (database.data / "postgresql.conf").open("a") as settings:
        settings.write("shared_buffers = nonsense\n")

    with pytest.raises(DevPgError, match=r"could not start: .*errors.* \(its log is .*postgresql\.log\)\.$"):
        database.start()


def test_root_is_told_of_a_closed_folder(root):
    """Where root must give way to a user who may not enter, it says who and where, and changes no permissions."""
    closed = root / "closed"
    closed.mkdir(mode=0o700)
    database = DevPg(closed)
    database.owner = pwd.getpwnam("nobody")

    with pytest.raises(
        DevPgError, match=f"never runs as root, and nobody, .* may not enter {closed}: work in a"
    ):
        database.start()

    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
