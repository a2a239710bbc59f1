"""The settings of one running regulator, read once from the environment and never changed.

Defaults are right for production. Everything missing or wrong is named at once, so an operator
mends a configuration in one go; nothing secret is ever shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from regulator.settings import Notify

ROOT = Path(__file__).resolve().parent
DEVELOPMENT_SECRET = "for-development-only-and-refused-in-production"  # noqa: S105 - no secret: see its words

T = TypeVar("T")


class ConfigError(Exception):
    """The regulator cannot start; says everything that is missing or wrong."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        count = "a problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__(f"The configuration has {count}:\n" + "\n".join(f"- {each}" for each in problems))


class Environment(StrEnum):
    """Where the regulator runs."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed over; `tls` is from the first byte, else STARTTLS where offered."""

    host: str
    port: int
    tls: bool
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PasswordCost:
    """What it costs to try one password with argon2id; memory in KiB."""

    memory: int
    time: int
    parallelism: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything the regulator is told from outside.

    Database addresses are plain `postgresql://`, good for SQLAlchemy and psycopg alike; `trusted_proxies` is how
    many stand in front and are believed about the client’s address, the scheme and the host.
    """

    environment: Environment
    secret_key: str = field(repr=False)
    database_url: str = field(repr=False)
    owner_url: str | None = field(repr=False)
    mail_server: MailServer | None
    mail_from: str
    public_url: str
    files_dir: Path
    files_store: str | None
    upload_limit_mb: int
    clamd_socket: str | None
    session_idle_minutes: int
    session_absolute_hours: int
    password_cost: PasswordCost
    regulator_name: str
    grace_days: int
    trusted_proxies: int
    notify: Notify | None = None

    @property
    def is_production(self) -> bool:
        """Whether real people’s cases are kept here."""
        return self.environment is Environment.PRODUCTION

    @property
    def owner_database_url(self) -> str:
        """Address for the commands that own the tables: set up, migrate, load, back up.

        Raises ConfigError where it was not given, as on a web server that needs no such power.
        """
        if self.owner_url is None:
            raise ConfigError(["OWNER_DATABASE_URL is missing: this command signs in as the tables’ owner."])
        return self.owner_url

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Config:
        """Settings from the environment; development has a default for each, production only for some.

        Raises ConfigError naming everything missing or wrong at once.
        """
        kind = environ.get("ENVIRONMENT", "").strip() or Environment.PRODUCTION
        given = {**cls.development_environ(), **environ} if kind == Environment.DEVELOPMENT else environ
        return _Reading(given).config()

    @classmethod
    def development(cls, root: Path = ROOT, **settings: str) -> Config:
        """Settings for a machine of one’s own, over the embedded database under `root`.

        settings: any setting by its environment name, to say otherwise
        """
        return _Reading(cls.development_environ(root) | settings).config()

    @staticmethod
    def development_environ(root: Path = ROOT) -> dict[str, str]:
        """What the environment would say on a machine of one’s own; for programs to be started there."""
        from regulator.devpg import DevPg  # noqa: PLC0415 - the package itself imports this module

        state = root.resolve() / ".local"
        database = DevPg(state)
        return {
            "ENVIRONMENT": Environment.DEVELOPMENT.value,
            "SECRET_KEY": DEVELOPMENT_SECRET,
            "DATABASE_URL": database.url("regulator", user="regulator_app"),
            "OWNER_DATABASE_URL": database.url("regulator"),
            "MAIL_FROM": "regulator@example.test",
            "PUBLIC_URL": "http://127.0.0.1:8000",
            "FILES_DIR": str(state / "files"),
        }


class _Reading:
    """One reading of the environment, which collects problems rather than stop at the first."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[str] = []

    def config(self) -> Config:
        from regulator import settings  # noqa: PLC0415 - the package itself imports this module

        kind = self.read("ENVIRONMENT", Environment, "production", "must be “development” or “production”")
        self.production = kind is not Environment.DEVELOPMENT
        config = Config(
            environment=kind or Environment.PRODUCTION,
            secret_key=self.secret(),
            database_url=self.read("DATABASE_URL", _database, None, _DATABASE) or "",
            owner_url=self.read("OWNER_DATABASE_URL", _database, "", _DATABASE) or None,
            mail_server=self.mail_server(),
            mail_from=self.read("MAIL_FROM", _address, None, "must be an e-mail address") or "",
            public_url=self.public_url(),
            files_dir=self.read("FILES_DIR", _folder, None, "must be an absolute path") or Path(),
            files_store=self.read("FILES_STORE", _bucket, "", _BUCKET),
            upload_limit_mb=self.number("UPLOAD_LIMIT_MB", 50, least=1, most=1024),
            clamd_socket=self.read("CLAMD_SOCKET", _socket, None if self.production else "", _SOCKET),
            session_idle_minutes=self.number("SESSION_IDLE_MINUTES", 30, least=1, most=480),
            session_absolute_hours=self.number("SESSION_ABSOLUTE_HOURS", 10, least=1, most=24),
            password_cost=self.password_cost(),
            regulator_name=self.read("REGULATOR_NAME", str, _NAME, "") or "",
            grace_days=self.number("GRACE_DAYS", 1, least=0, most=30),
            trusted_proxies=self.number("TRUSTED_PROXIES", 0, least=0, most=5),
            notify=settings.notify(self.read),
        )
        self.compare_logins(config)
        if self.problems:
            raise ConfigError(self.problems)
        return config

    def read(self, name: str, convert: Callable[[str], T], default: str | None, rule: str) -> T | None:
        """The setting converted; None, and a problem noted, where it is missing or breaks the rule."""
        text = self.environ.get(name, "").strip() or default
        if text is None:
            self.problems.append(f"{name} is missing.")
            return None
        try:
            return convert(text) if text else None
        except ValueError:
            self.problems.append(f"{name} {rule}.")
            return None

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        def within(text: str) -> int:
            if not least <= int(text) <= most:
                raise ValueError(text)
            return int(text)

        return self.read(name, within, str(default), f"must be a whole number from {least} to {most}") or 0

    def secret(self) -> str:
        key = self.read("SECRET_KEY", str, None, "") or ""
        if self.production and key == DEVELOPMENT_SECRET:
            self.problems.append("SECRET_KEY is the one for development: make one of your own.")
        elif self.production and 0 < len(key) < 32:
            self.problems.append("SECRET_KEY must be at least 32 characters long.")
        return key

    def mail_server(self) -> MailServer | None:
        # In development letters go to a page; with GOV.UK Notify they need no mail server.
        default = None if self.production and not self.environ.get("NOTIFY_API_KEY") else ""
        rule = "must look like smtp://user:password@host:port, or smtps:// for TLS from the start"
        return self.read("SMTP_URL", _mail_server, default, rule)

    def public_url(self) -> str:
        schemes = ("https",) if self.production else ("http", "https")
        rule = f"must be an address that starts with {' or '.join(f'{each}://' for each in schemes)}"

        def address(text: str) -> str:
            parts = urlsplit(text)
            if parts.scheme not in schemes or not parts.hostname or parts.path.strip("/"):
                raise ValueError(text)
            return text.rstrip("/")

        return self.read("PUBLIC_URL", address, None, f"{rule} and has no path") or ""

    def password_cost(self) -> PasswordCost:
        least_memory, least_time = (19456, 2) if self.production else (8, 1)  # the floor OWASP advises
        return PasswordCost(
            memory=self.number("ARGON2_MEMORY_KIB", 65536, least=least_memory, most=4194304),
            time=self.number("ARGON2_TIME", 3, least=least_time, most=100),
            parallelism=self.number("ARGON2_PARALLELISM", 1, least=1, most=64),
        )

    def compare_logins(self, config: Config) -> None:
        if (
            config.owner_url
            and config.database_url
            and _login(config.owner_url) == _login(config.database_url)
        ):
            self.problems.append(
                "DATABASE_URL and OWNER_DATABASE_URL sign in as the same user: "
                "the application must not own the tables."
            )


_NAME = "Biometrics and Facial Recognition Regulator"
_BUCKET = "must look like s3://bucket/prefix?endpoint=https://host&region=name"
_SOCKET = "must be the path of clamd’s socket, or host:port"
_DATABASE = "must look like postgresql://user:password@host/database"


def _database(text: str) -> str:
    scheme, _, rest = text.partition("://")
    parts = urlsplit(f"postgresql://{rest}")
    if scheme not in {"postgres", "postgresql", "postgresql+psycopg"} or not parts.path.strip("/"):
        raise ValueError(text)
    return f"postgresql://{rest}"


def _bucket(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme != "s3" or not parts.hostname or {*parse_qs(parts.query)} - {"endpoint", "region"}:
        raise ValueError(text)
    return text


def _socket(text: str) -> str:
    host, _, port = text.rpartition(":")
    if not text.startswith("/") and not (host and port.isdecimal() and 0 < int(port) < 65536):
        raise ValueError(text)
    return text


def _login(url: str) -> str | None:
    return urlsplit(url).username


def _mail_server(text: str) -> MailServer:
    parts = urlsplit(text)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError(text)
    tls = parts.scheme == "smtps"
    user = unquote(parts.username) if parts.username else None
    password = unquote(parts.password) if parts.password else None
    return MailServer(parts.hostname, parts.port or (465 if tls else 587), tls, user, password)


def _address(text: str) -> str:
    name, _, host = text.rpartition("@")
    if not name or not host or any(mark.isspace() for mark in text):
        raise ValueError(text)
    return text


def _folder(text: str) -> Path:
    path = Path(text)
    if not path.is_absolute():
        raise ValueError(text)
    return path
