"""The demonstration: a whole regulator on one machine, started and ended by one command.

It stays in the foreground with a web server and a job worker under it; Ctrl-C, or the end of the terminal,
ends both and the database it started. What was done in it is kept for the next time.
"""

from __future__ import annotations

import fcntl
import os
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from config import ROOT, Config, ConfigError
from regulator.devpg import DevPg, DevPgError
from regulator.port import PortError, free_port
from regulator.services import Failed, Programs, Stopped, deafen, listen, unhurried

CASES = ROOT / "regulator" / "cases"


@dataclass(frozen=True)
class Plan:
    """What is done: stages in their order, then services side by side, then the sign-ins are shown.

    stages:   what a person reads while a command runs, and the command
    services: name of the log, and a command that runs until it is ended
    """

    stages: Mapping[str, tuple[str, ...]]
    services: Mapping[str, tuple[str, ...]]
    ways_in: Sequence[tuple[str, ...]]


def the_regulator(port: int) -> Plan:
    """The whole regulator, served on `port`; every stage may be repeated and does only what is not yet done."""
    python = sys.executable
    regulator = str(Path(python).with_name("regulator"))
    cases = map(str, sorted(CASES.glob("*.yaml")))
    return Plan(
        stages={
            "Setting up the database": (regulator, "db", "set-up"),
            "Bringing its tables up to date": (regulator, "db", "migrate"),
            "Loading the bodies": (regulator, "bodies", "load"),
            "Loading the calendars": (regulator, "calendars", "load"),
            "Telling the seed story": (regulator, "seed", "--if-empty"),
            "Replaying documented cases": (regulator, "replay", "--once", *cases),
        },
        services={
            "web": (
                *(python, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}"),
                *("--worker-class", "gthread", "--workers", "2", "--threads", "4"),
                *("--graceful-timeout", "5", "--log-level", "warning", "--no-control-socket"),
            ),
            "worker": (regulator, "worker"),
        },
        ways_in=((regulator, "people", "sign-ins"), (regulator, "seed", "--codes")),
    )


def main() -> None:
    """Run the demonstration on PORT, which is 8000 unless told otherwise."""
    try:
        port = free_port(os.environ.get("PORT") or "8000")
    except PortError as refusal:
        sys.exit(str(refusal))
    attend(the_regulator(port), port, ROOT)


def attend(plan: Plan, port: int, root: Path) -> None:
    """Do what the plan says until the person ends it or something fails, then end whatever was started.

    Exits with 1 and a sentence where it cannot go on.
    """
    listen()
    try:
        with ExitStack() as ending:
            try:
                _run(plan, port, root, ending)
            finally:
                deafen()
    except Stopped:
        print("\nStopped. What was done is kept for the next time.", flush=True)
    except (ConfigError, DevPgError, Failed) as refusal:
        sys.exit(str(refusal))


def _run(plan: Plan, port: int, root: Path, ending: ExitStack) -> NoReturn:
    logs = root / ".local"
    _be_alone(logs, ending)
    programs = Programs(_environ(port, root, ending), ROOT, logs, ending)
    for title, command in plan.stages.items():
        print(f"{title} …", flush=True)
        programs.do(title, command)
    for name, command in plan.services.items():
        programs.serve(name, command)
    programs.wait_for_answer(port, "/health")
    print(f"\nThe regulator is at http://127.0.0.1:{port}\n", flush=True)
    for command in plan.ways_in:
        programs.show(command)
    unsent = f"http://127.0.0.1:{port}/development"
    print(f"\nWhat would have gone by mail is at {unsent}/letters, and about accounts at {unsent}/mail.")
    print(f"\nIts logs are in {logs}. Press Ctrl-C to stop.", flush=True)
    while True:
        programs.check()
        time.sleep(0.5)


def _be_alone(state: Path, ending: ExitStack) -> None:
    try:
        state.mkdir(parents=True, exist_ok=True)
        lock = ending.enter_context((state / "demo.lock").open("w"))
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as why:
        raise Failed("A demonstration already runs from this folder: stop it first.") from why
    except OSError as why:
        raise Failed(f"{state} cannot be written to: {why.strerror}.") from why


def _environ(port: int, root: Path, ending: ExitStack) -> dict[str, str]:
    """What the commands are told, with the private database running unless another was given."""
    told = {name: text for name, text in os.environ.items() if text}
    if told.get("ENVIRONMENT") == "production":
        raise Failed("ENVIRONMENT is production, and made-up cases do not belong there.")
    given = {"DATABASE_URL", "OWNER_DATABASE_URL"} & told.keys()
    if len(given) == 1:
        raise Failed("Give both DATABASE_URL and OWNER_DATABASE_URL, or neither.")
    if not given:
        _start_database(root, ending)
    address = {"PUBLIC_URL": f"http://127.0.0.1:{port}"}
    environ = Config.development_environ(root) | address | told
    Config.from_env(environ)  # everything wrong is said now, not by the first command
    return environ


def _start_database(root: Path, ending: ExitStack) -> None:
    database = DevPg(root / ".local")
    if not database.ready():
        print("Starting the database …", flush=True)
        ending.callback(database.stop)
        with unhurried():
            database.start()


if __name__ == "__main__":
    main()
