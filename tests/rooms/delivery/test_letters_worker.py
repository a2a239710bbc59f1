"""A letter goes once, whenever a worker dies or a job vanishes."""

import signal

from regulator import moments
from regulator.letters import delivery
from tests.rooms import ground
from tests.rooms.delivery_ground import deliver, later


def test_letter_is_not_tried_again_at_once(in_app, owner, post, case):
    """A mail server that is busy is left in peace for longer each time, for an hour at most."""
    now = moments.now()

    waits = [delivery.due("queued", attempts, now) - now for attempts in (1, 2, 3, 7, 500)]

    assert [wait.total_seconds() / 60 for wait in waits] == [1, 2, 4, 60, 60]


def test_worker_dies_before_sending(in_app, owner, post, case):
    """A worker that dies with a letter’s job in hand, before it began to send, loses nothing: the letter goes."""
    number = ground.letter(case)
    owner.execute("set search_path = public, jobs")
    owner.execute("update jobs.procrastinate_jobs set status = 'doing'")

    deliver(in_app)

    assert ground.state_of(owner, number) == "sent"
    assert len(post.taken) == 1


def test_job_that_vanished(in_app, owner, post, case):
    """A letter whose job is gone, however that came, is found within the minute and goes."""
    number = ground.letter(case)
    owner.execute("set search_path = public, jobs")
    owner.execute("delete from jobs.procrastinate_jobs")

    with later(minutes=2):
        delivery.look_after()
        delivery.look_after()
    assert ground.jobs_of(owner, "deliver") == [{"letter": number}]
    deliver(in_app)

    assert ground.state_of(owner, number) == "sent"
    assert len(post.taken) == 1


def test_worker_dies_while_sending(in_app, owner, post, case):
    """A worker killed while the mail server reads the letter leaves it unknown; nothing sends it again."""
    number = ground.letter(case)
    post.may_answer.clear()
    program = ground.start_worker(in_app)
    assert post.arrived.wait(20)

    kill(program)
    post.may_answer.set()
    deliver(in_app)
    with later(days=1):
        delivery.look_after()
        deliver(in_app)

    assert ground.state_of(owner, number) == "unknown"
    assert "may or may not have arrived" in ground.problem_of(owner, number)
    assert len(post.taken) == 1


def test_worker_dies_after_sending(in_app, owner, post, case):
    """A worker killed after the mail server took the letter, before it wrote so, leaves it unknown and sends it once."""
    number = ground.letter(case)
    post.may_answer.clear()
    program = ground.start_worker(in_app)
    assert post.arrived.wait(20)
    owner.autocommit = False  # from here on the worker cannot write down that it was taken
    owner.execute("select 1 from outbox where letter_id = %s for update", (number,))
    post.may_answer.set()
    assert post.done.wait(20)

    kill(program)
    owner.rollback()
    owner.autocommit = True
    deliver(in_app)

    assert ground.state_of(owner, number) == "unknown"
    assert len(post.taken) == 1


def test_lost_attempt_that_was_not(in_app, owner, post, case):
    """An attempt that was taken for lost may still say that the letter was sent: the truth wins."""
    number = ground.letter(case)
    post.may_answer.clear()
    program = ground.start_worker(in_app)
    assert post.arrived.wait(20)
    deliver(in_app)
    assert ground.state_of(owner, number) == "unknown"

    post.may_answer.set()
    program.send_signal(signal.SIGTERM)
    program.communicate(timeout=20)

    assert ground.state_of(owner, number) == "sent"
    assert len(post.taken) == 1


def test_worker_told_to_end_finishes_its_letter(in_app, owner, post, case):
    """A worker told to end while it sends a letter finishes it first."""
    number = ground.letter(case)
    post.may_answer.clear()
    program = ground.start_worker(in_app)
    assert post.arrived.wait(20)

    program.send_signal(signal.SIGTERM)
    post.may_answer.set()
    program.communicate(timeout=20)

    assert program.returncode == 0
    assert ground.state_of(owner, number) == "sent"
    assert len(post.taken) == 1


def kill(program) -> None:
    """End a program as a power cut would."""
    program.kill()
    program.communicate(timeout=20)
