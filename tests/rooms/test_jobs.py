"""Jobs: queued with what asks for them, done after it, found again when a worker dies."""

import signal
import subprocess
import sys
import threading
import time

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from regulator import jobs, ledger, worker
from regulator.actors import SYSTEM
from regulator.db import asking, db
from regulator.errors import NotNow
from tests.rooms import ground


@pytest.fixture
def done(monkeypatch):
    """What a task called `probe` was given, each time it was done."""
    seen = []
    jobs.load()
    monkeypatch.setitem(jobs.TASKS, "probe", lambda *, case: seen.append(case))
    return seen


def ask(case: int, name: str = "probe") -> None:
    """Ask for a job in a change of the house."""
    with ledger.change("ask", by=SYSTEM, streams=["house"]):
        jobs.defer(name, case=case)


def test_job_is_done_after_its_step(in_app, done):
    """A job asked for in a step is done once the step is committed."""
    ask(7)

    worker.work(in_app, once=True)

    assert done == [7]


def test_step_undone_leaves_no_job(in_app, owner, done):
    """A step that is refused takes the job it asked for with it."""

    def refused() -> None:
        with ledger.change("ask", by=SYSTEM, streams=["house"]):
            jobs.defer("probe", case=7)
            raise NotNow("The rules changed their mind.")

    with pytest.raises(NotNow):
        refused()

    worker.work(in_app, once=True)

    assert ground.jobs_of(owner, "probe") == []
    assert done == []


def test_unknown_job_is_refused(in_app, done):
    """A job that no room does is refused in the step that asks for it."""
    with pytest.raises(LookupError, match="no room does “frobe”"):
        ask(7, "frobe")


def test_words_are_refused(in_app, owner, done):
    """A job is given ids and never words, for its arguments are erased with nothing."""
    with pytest.raises(TypeError, match="more than ids"), ledger.change("a", by=SYSTEM, streams=["house"]):
        jobs.defer("probe", case="Ada Example")

    assert ground.jobs_of(owner, "probe") == []


def test_job_begins_as_the_system(in_app, monkeypatch):
    """Each job works as the system, in a session that knows nothing of the one before."""
    seen = []
    jobs.load()

    def probe(case: int) -> None:
        role = db.session.execute(sa.text("select current_user")).scalar()
        seen.append((asking().role, role, db.session.info.get("left")))
        db.session.info["left"] = case

    monkeypatch.setitem(jobs.TASKS, "probe", probe)
    ask(1)
    ask(2)

    worker.work(in_app, once=True)

    assert seen == [("system", "regulator_system", None)] * 2


def test_failing_job_stops_no_other(in_app, owner, monkeypatch, done):
    """A job that fails is put back for later, and the others are done."""

    def fail(case: int) -> None:
        raise RuntimeError("out of ink")

    monkeypatch.setitem(jobs.TASKS, "fail", fail)
    ask(1, "fail")
    ask(2)

    worker.work(in_app, once=True)

    assert done == [2]
    assert ground.jobs_of(owner, "fail") == [{"case": 1}]


def test_failed_jobs_are_kept_for_a_month(in_app, owner, done):
    """A job that failed for good is kept for thirty days, then forgotten when a worker starts."""
    owner.execute("set search_path = public, jobs")
    for days in (29, 31):
        owner.execute(
            "with j as (insert into jobs.procrastinate_jobs (queue_name, task_name, args, status)"
            " values ('default', 'probe', jsonb_build_object('case', %s::int), 'failed') returning id),"
            " k as (insert into jobs.procrastinate_events (job_id, type, at)"
            " select id, 'failed', now() - %s * interval '1 day' from j)"
            " select 1",
            (days, days),
        )
    owner.execute("delete from jobs.procrastinate_events where type = 'deferred'")

    worker.work(in_app, once=True)

    assert ground.jobs_of(owner, "probe") == [{"case": 29}]


def test_same_job_never_side_by_side(in_app, monkeypatch):
    """Two jobs about the same thing are done one after the other, though the worker does two at once."""
    inside, most = set(), []
    jobs.load()

    def probe(case: int) -> None:
        inside.add(threading.get_ident())
        most.append(len(inside))
        time.sleep(0.2)
        inside.discard(threading.get_ident())

    monkeypatch.setitem(jobs.TASKS, "probe", probe)
    ask(7)
    ask(7)

    worker.work(in_app, once=True)

    assert most == [1, 1]


def test_job_of_dead_worker_is_done_again(in_app, owner, done):
    """A job that a worker died over is found by the worker’s silence, and done."""
    ask(7)
    owner.execute("set search_path = public, jobs")
    owner.execute("update jobs.procrastinate_jobs set status = 'doing' where task_name = 'probe'")

    worker.work(in_app, once=True)

    assert done == [7]


def test_job_of_live_worker_is_left_alone(in_app, owner, done):
    """A job that another worker is at is left to it."""
    ask(7)
    owner.execute("set search_path = public, jobs")
    owner.execute(
        "with w as (insert into jobs.procrastinate_workers default values returning id)"
        " update jobs.procrastinate_jobs set status = 'doing', worker_id = (select id from w)"
    )

    worker.work(in_app, once=True)

    assert done == []


def test_duty_left_and_queued_again(in_app, owner, monkeypatch):
    """What is done each minute goes on after a worker died over it, even where it is queued anew already."""
    seen = []
    jobs.load()
    monkeypatch.setitem(jobs.DUTIES, "sweep", lambda: seen.append("swept"))
    owner.execute("set search_path = public, jobs")
    for status in ("doing", "todo"):
        owner.execute(
            "insert into jobs.procrastinate_jobs (queue_name, task_name, args, lock, queueing_lock, status)"
            " values ('default', 'sweep', '{\"timestamp\": 1}', 'sweep', 'sweep', %s)",
            (status,),
        )

    worker.work(in_app, once=True)

    assert seen == ["swept"]


def test_name_is_registered_once():
    """Two tasks of one name are refused at start."""
    jobs.load()

    with pytest.raises(RuntimeError, match="deliver is registered twice"):
        jobs.task(jobs.TASKS["deliver"])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_worker_ends_cleanly(app, owner, number):
    """Ctrl-C and a polite kill end the worker with a good word for whoever started it."""
    program = ground.start_worker(app)
    wait_until(lambda: owner.execute("select 1 from jobs.procrastinate_workers").fetchone())
    program.send_signal(number)

    _, said = program.communicate(timeout=20)

    assert program.returncode == 0, said
    assert not owner.execute("select 1 from jobs.procrastinate_workers").fetchone()


def test_worker_once_ends_by_itself(app):
    """The console can do what is queued and end."""
    program = ground.start_worker(app, "--once")

    _, said = program.communicate(timeout=30)

    assert program.returncode == 0, said


def test_worker_without_database(app, database):
    """A worker that cannot reach the database says so in one sentence, and does not pretend to work."""
    environ = {**ground.environ_of(app)}
    environ["DATABASE_URL"] = environ["DATABASE_URL"].replace(database, "nowhere")
    command = [sys.executable, "-c", "from regulator.cli import run; run()", "worker"]

    ended = subprocess.run(command, cwd=ground.ROOT, env=environ, capture_output=True, text=True, check=False)

    assert ended.returncode == 1
    assert ended.stderr.startswith("The database cannot be reached: ")
    assert ended.stderr.count("\n") == 1


def test_worker_is_a_command():
    """The console says what the worker is for."""
    told = CliRunner().invoke(jobs.worker_command, ["--help"])

    assert "Do the jobs that pages leave" in told.output


def wait_until(holds, seconds: float = 20) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
