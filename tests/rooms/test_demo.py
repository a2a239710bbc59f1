"""The demonstration ends whatever it started, however it ends, and says in a sentence why it cannot go on."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from regulator.devpg import DevPg

ROOT = Path(__file__).parents[2]
RUN = """
import sys
from pathlib import Path
from regulator import services
from regulator.demo import Plan, attend
services.END_SECONDS = 2
port, root, stage, worker = sys.argv[1:]
attend(Plan(
    stages={"First stage": (sys.executable, "-c", stage)},
    services={
        "web": (sys.executable, "-m", "http.server", "--bind", "127.0.0.1", port),
        "worker": (sys.executable, "-c", worker),
    },
    ways_in=[("echo", "caseworker: cw@example.test")],
), int(port), Path(root))
"""
ENDLESS = "import subprocess, time; subprocess.Popen(['sleep', '987']); time.sleep(987)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(987)"


@pytest.fixture
def root():
    """A folder that also the user PostgreSQL runs as may enter, which pytest’s own are not."""
    folder = Path(tempfile.mkdtemp(prefix="demo-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture
def demo(root, port):
    """Starts demonstrations with a stage and a worker of the test’s own; ends those that are left."""
    started = []

    def start(stage="", worker=ENDLESS, **environ):
        clean = {name: text for name, text in os.environ.items() if not name.endswith("DATABASE_URL")}
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, str(port), root, stage, worker],
            cwd=ROOT, env=clean | environ, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        started.append(process)
        return process

    yield start
    for process in started:
        process.terminate()
        process.communicate(timeout=30)


def read_until(process, words):
    said = ""
    while words not in said:
        line = process.stdout.readline()
        assert line, said + process.stderr.read()
        said += line
    return said


def below(process):
    """Every process that descends from this one."""
    return psutil.Process(process.pid).children(recursive=True)


def begun(process, number):
    """The programs below a process, once there are at least so many or patience is over."""
    until = time.monotonic() + 20
    while len(found := below(process)) < number and time.monotonic() < until:
        time.sleep(0.1)
    return found


def alive(programs):
    return [each for each in programs if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_end_ends_everything(demo, root, port, number):
    """Ctrl-C, a polite kill and a closed terminal each end the services, what they started, and the database."""
    process = demo()
    said = read_until(process, "Press Ctrl-C to stop.")
    programs = begun(process, 3)

    process.send_signal(number)
    said += process.communicate(timeout=30)[0]

    assert process.returncode == 0
    assert f"http://127.0.0.1:{port}\n" in said
    assert "caseworker: cw@example.test" in said
    assert said.endswith("Stopped. What was done is kept for the next time.\n")
    assert len(programs) >= 3
    assert not alive(programs)
    assert not DevPg(root / ".local").ready()


def test_impatience_leaves_nothing_behind(demo, root):
    """Pressing Ctrl-C again and again, with a worker that will not listen, still ends everything."""
    process = demo(worker=STUBBORN)
    read_until(process, "Press Ctrl-C to stop.")
    programs = below(process)

    for _ in range(5):
        process.send_signal(signal.SIGINT)
        time.sleep(0.1)
    process.communicate(timeout=30)

    assert process.returncode == 0
    assert not alive(programs)
    assert not DevPg(root / ".local").ready()


def test_it_may_be_ended_while_it_sets_up(demo, root):
    """Ended in the middle of a stage, it ends the stage and the database, and the next run carries on."""
    process = demo(stage="import time; time.sleep(987)")
    read_until(process, "First stage …")
    programs = below(process)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)

    assert process.returncode == 0
    assert not alive(programs)
    assert not DevPg(root / ".local").ready()
    read_until(demo(), "Press Ctrl-C to stop.")


def test_a_stage_that_fails_is_named(demo, root):
    """A stage that fails ends the demonstration with its name, its last words and exit 1."""
    process = demo(stage="print('x ' * 9); raise SystemExit('No body has this name.')")

    said = process.communicate(timeout=30)[1]

    assert process.returncode == 1
    assert said.startswith("First stage failed. It said:\n")
    assert "No body has this name." in said
    assert not DevPg(root / ".local").ready()


def test_a_service_that_ends_is_named(demo, root):
    """A service that ends by itself ends the demonstration with its name, its last words and exit 1."""
    process = demo(worker="raise SystemExit('The queue is gone.')")

    said = process.communicate(timeout=30)[1]

    assert process.returncode == 1
    assert said == "The worker ended by itself. It said:\nThe queue is gone.\n"
    assert not DevPg(root / ".local").ready()


def test_one_folder_has_one_demonstration(demo):
    """A second demonstration from the same folder is refused, and the first goes on."""
    first = demo()
    read_until(first, "Press Ctrl-C to stop.")

    second = demo()

    assert (
        second.communicate(timeout=30)[1] == "A demonstration already runs from this folder: stop it first.\n"
    )
    assert (first.poll(), second.returncode) == (None, 1)


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"ENVIRONMENT": "production"}, "ENVIRONMENT is production, and made-up cases do not belong there.\n"),
        ({"DATABASE_URL": "postgresql://app@/x"}, "Give both DATABASE_URL and OWNER_DATABASE_URL, or neither.\n"),
        ({"GRACE_DAYS": "many"}, "The configuration has a problem:\n- GRACE_DAYS must be a whole number from 0 to 30.\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_once(demo, environ, sentence):
    """Settings that cannot serve a demonstration get a sentence and exit 1 before any stage."""
    process = demo(**environ)

    said, refusal = process.communicate(timeout=30)

    assert (process.returncode, refusal) == (1, sentence)
    assert "First stage" not in said


def test_a_busy_port_is_said_first(port):
    """A busy port gets one sentence and exit 1 before anything else is done."""
    with socket.create_server(("127.0.0.1", port)):
        done = subprocess.run(
            [sys.executable, "-m", "regulator.demo"],
            cwd=ROOT, env=os.environ | {"PORT": str(port)}, capture_output=True, text=True, check=False,
        )  # fmt: skip

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"Port {port} is in use: stop what uses it")
    assert done.stderr.count("\n") == 1
