"""What the regulator must be told before it starts, and what it refuses."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from config import DEVELOPMENT_SECRET, Config, ConfigError, MailServer

PRODUCTION = {
    "SECRET_KEY": "k" * 32,
    "DATABASE_URL": "postgresql://app:pa%24s@db.example.test/regulator",
    "OWNER_DATABASE_URL": "postgresql://owner:owner-pass@db.example.test/regulator",
    "SMTP_URL": "smtp://post:mail%40pass@mail.example.test:2525",
    "MAIL_FROM": "no-reply@example.test",
    "PUBLIC_URL": "https://regulator.example.test/",
    "FILES_DIR": "/var/lib/regulator",
    "CLAMD_SOCKET": "/run/clamav/clamd.ctl",
}


def problems(**changes):
    with pytest.raises(ConfigError) as refusal:
        Config.from_env({name: text for name, text in (PRODUCTION | changes).items() if text is not None})
    return refusal.value.problems


def test_a_whole_configuration_is_read():
    """In production every setting given is used, and the rest have defaults fit for production."""
    config = Config.from_env(PRODUCTION)

    assert config.is_production
    assert config.public_url == "https://regulator.example.test"
    assert config.files_dir == Path("/var/lib/regulator")
    assert config.mail_server == MailServer("mail.example.test", 2525, False, "post", "mail@pass")
    assert (config.session_idle_minutes, config.session_absolute_hours, config.grace_days) == (30, 10, 1)
    assert (config.password_cost.memory, config.password_cost.time) == (65536, 3)


def test_everything_missing_is_named_at_once():
    """With nothing given, one refusal names each setting that production needs."""
    with pytest.raises(ConfigError) as refusal:
        Config.from_env({})

    assert refusal.value.problems == (
        "SECRET_KEY is missing.",
        "DATABASE_URL is missing.",
        "SMTP_URL is missing.",
        "MAIL_FROM is missing.",
        "PUBLIC_URL is missing.",
        "FILES_DIR is missing.",
        "CLAMD_SOCKET is missing.",
    )
    assert str(refusal.value).startswith("The configuration has 7 problems:\n- SECRET_KEY is missing.\n")


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("ENVIRONMENT", "test", "ENVIRONMENT must be “development” or “production”."),
        ("SECRET_KEY", "k" * 31, "SECRET_KEY must be at least 32 characters long."),
        ("SECRET_KEY", DEVELOPMENT_SECRET, "SECRET_KEY is the one for development: make one of your own."),
        ("DATABASE_URL", "sqlite:///x.db", "DATABASE_URL must look like postgresql://user:password@host/database."),
        ("DATABASE_URL", "postgresql://host", "DATABASE_URL must look like postgresql://user:password@host/database."),
        ("DATABASE_URL", "postgresql://u:p@[::1/db", "DATABASE_URL must look like postgresql://user:password@host/database."),
        ("SMTP_URL", "mail.example.test", "SMTP_URL must look like smtp://user:password@host:port, or smtps:// for TLS from the start."),
        ("MAIL_FROM", "a@b.test\nBcc: c@d.test", "MAIL_FROM must be an e-mail address."),
        ("PUBLIC_URL", "http://regulator.example.test", "PUBLIC_URL must be an address that starts with https:// and has no path."),
        ("FILES_DIR", "files", "FILES_DIR must be an absolute path."),
        (
            "FILES_STORE",
            "https://files.example.test/bucket",
            "FILES_STORE must look like s3://bucket/prefix?endpoint=https://host&region=name.",
        ),
        ("CLAMD_SOCKET", "clamd", "CLAMD_SOCKET must be the path of clamd’s socket, or host:port."),
        ("CLAMD_SOCKET", "scanner.example.test:0", "CLAMD_SOCKET must be the path of clamd’s socket, or host:port."),
        ("UPLOAD_LIMIT_MB", "0", "UPLOAD_LIMIT_MB must be a whole number from 1 to 1024."),
        ("SESSION_IDLE_MINUTES", "half", "SESSION_IDLE_MINUTES must be a whole number from 1 to 480."),
        ("SESSION_ABSOLUTE_HOURS", "25", "SESSION_ABSOLUTE_HOURS must be a whole number from 1 to 24."),
        ("ARGON2_MEMORY_KIB", "1024", "ARGON2_MEMORY_KIB must be a whole number from 19456 to 4194304."),
        ("GRACE_DAYS", "-1", "GRACE_DAYS must be a whole number from 0 to 30."),
        ("TRUSTED_PROXIES", "6", "TRUSTED_PROXIES must be a whole number from 0 to 5."),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_refused(name, text, problem):
    """A setting that cannot be right is refused in one sentence that names it and says what is."""
    assert problems(**{name: text}) == (problem,)


def test_a_blank_setting_is_a_missing_one():
    """A setting left blank in a file of settings counts as not given."""
    assert problems(SECRET_KEY="  ", MAIL_FROM="") == ("SECRET_KEY is missing.", "MAIL_FROM is missing.")


def test_the_application_may_not_sign_in_as_the_owner():
    """The application’s login owns no table, so both addresses may not name the same user."""
    (problem,) = problems(DATABASE_URL="postgresql://owner@db.example.test/regulator")

    assert problem.endswith("the application must not own the tables.")


def test_the_owner_is_needed_only_by_the_owners_commands():
    """A web server starts without the owner’s address; a command that needs it says so."""
    config = Config.from_env({name: PRODUCTION[name] for name in PRODUCTION if name != "OWNER_DATABASE_URL"})

    with pytest.raises(ConfigError, match="OWNER_DATABASE_URL is missing"):
        _ = config.owner_database_url


def test_no_grace_is_a_choice():
    """Nought days of grace is kept, not mistaken for none given."""
    assert Config.from_env(PRODUCTION | {"GRACE_DAYS": "0"}).grace_days == 0


def test_no_proxy_is_believed_unless_told():
    """Unless an operator says how many proxies stand in front, none is believed."""
    assert Config.from_env(PRODUCTION).trusted_proxies == 0
    assert Config.from_env(PRODUCTION | {"TRUSTED_PROXIES": "2"}).trusted_proxies == 2


def test_each_spelling_of_a_database_address_becomes_one():
    """An address that names a driver, or has the older name, is read as the plain one that every tool takes."""
    spellings = ("postgres", "postgresql", "postgresql+psycopg")

    read = {
        Config.from_env(PRODUCTION | {"DATABASE_URL": f"{each}://app@/db?host=/tmp"}).database_url
        for each in spellings
    }

    assert read == {"postgresql://app@/db?host=/tmp"}


def test_mail_over_tls_has_its_own_port():
    """Without a port, smtps means 465 and smtp 587."""
    servers = [
        Config.from_env(PRODUCTION | {"SMTP_URL": f"{each}://mail.example.test"}).mail_server
        for each in ("smtps", "smtp")
    ]

    assert servers == [
        MailServer("mail.example.test", 465, True),
        MailServer("mail.example.test", 587, False),
    ]


def test_no_secret_is_shown():
    """Neither a configuration shown nor a refusal tells a secret."""
    shown = repr(Config.from_env(PRODUCTION)) + str(problems(PUBLIC_URL="x", SECRET_KEY="short-secret"))

    for secret in ("kkkk", "pa%24s", "owner-pass", "mail%40pass", "mail@pass", "short-secret"):
        assert secret not in shown


def test_settings_never_change():
    """A configuration once read stays as it is."""
    with pytest.raises(FrozenInstanceError):
        Config.from_env(PRODUCTION).grace_days = 9


def test_development_needs_nothing():
    """On a machine of one’s own nothing need be set: the database is the private one, and letters go to a page."""
    config = Config.from_env({"ENVIRONMENT": "development"})

    assert not config.is_production
    assert config.mail_server is None
    assert "postgres@/regulator?" in config.owner_database_url
    assert "regulator_app@/regulator?" in config.database_url
    assert config.files_dir.is_absolute()


def test_development_keeps_to_its_folder(tmp_path):
    """A second development copy keeps its database and files under its own folder, and takes any setting."""
    config = Config.development(tmp_path, ARGON2_MEMORY_KIB="8", ARGON2_TIME="1", GRACE_DAYS="0")

    assert config.files_dir == tmp_path / ".local" / "files"
    assert config.password_cost.memory == 8
    assert config.grace_days == 0
    assert config.database_url != Config.development().database_url
