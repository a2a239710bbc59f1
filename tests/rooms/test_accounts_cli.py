"""What the console does about people and bodies."""

import re
import sys

import pytest

import regulator
from regulator import cli
from regulator import create_app as make
from regulator.accounts import demonstration
from regulator.db import db
from tests.rooms.browsing import Browser, made


@pytest.fixture
def console(app, monkeypatch, capsys):
    """Runs the console over this test’s database; returns its exit code, and what it said."""
    config = app.extensions["regulator"]
    told = {
        **config.development_environ(),
        "DATABASE_URL": config.database_url,
        "OWNER_DATABASE_URL": config.owner_database_url,
        "ARGON2_MEMORY_KIB": "8192",
        "ARGON2_TIME": "1",
    }
    for name, text in told.items():
        monkeypatch.setenv(name, text)
    made_here = []
    monkeypatch.setattr(
        regulator, "create_app", lambda settings: made_here.append(make(settings)) or made_here[-1]
    )

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["regulator", *words])
        capsys.readouterr()
        try:
            cli.run()
            code = 0
        except SystemExit as end:
            code = end.code
        said = capsys.readouterr()
        return (1, code) if isinstance(code, str) else (code or 0, said.out + said.err)

    yield run
    for each in made_here:
        with each.app_context():
            db.session.remove()
            db.engine.dispose()


def production(monkeypatch):
    """Make the console believe that real people’s cases are kept here."""
    for name, text in {
        "ENVIRONMENT": "production",
        "SECRET_KEY": "s" * 40,
        "SMTP_URL": "smtp://mail.example.test",
        "CLAMD_SOCKET": "/run/clamd",
        "PUBLIC_URL": "https://regulator.example.test",
        "ARGON2_MEMORY_KIB": "19456",
        "ARGON2_TIME": "2",
    }.items():
        monkeypatch.setenv(name, text)


def test_loading_bodies_says_what_it_did(console):
    """Loading the shipped list a second time says that nothing had changed."""
    code, said = console("bodies", "load")

    assert code == 0
    assert "nothing had changed" in said


def test_a_list_that_is_not_there(console):
    """A list that cannot be read ends the command with one sentence and exit 1."""
    code, said = console("bodies", "load", "/nowhere/bodies.csv")

    assert code == 1
    assert said == "/nowhere/bodies.csv cannot be read as a list of bodies."


def test_bodies_are_renamed_and_merged(console):
    """The console records names and mergers; a body there is not gets one sentence."""
    assert console("bodies", "rename", "kent", "Kent Constabulary", "--on", "2026-06-01")[0] == 0
    assert console("bodies", "merge", "kent", "--into", "sussex", "--on", "2026-07-01")[0] == 0
    assert "\nkent " not in console("bodies", "list")[1]
    assert console("bodies", "rename", "atlantis", "X", "--on", "2026-06-01") == (1, "There is no such body.")


def test_the_first_administrator(app, console):
    """The console invites the first administrator with a link that works."""
    code, said = console("people", "invite", "ann@example.test", "Ann", "--role", "administrator")

    assert code == 0
    path = "/" + re.search(r"http://[^/]+/(\S+)", said)[1]
    assert Browser(app).get(path).status_code == 200


def test_an_unknown_role(console):
    """An invitation with a role there is not is refused with one sentence."""
    code, said = console("people", "invite", "ann@example.test", "Ann", "--role", "emperor")

    assert code == 1
    assert said == "There is no role called “emperor”."


def test_sign_ins_let_one_in(app, console):
    """What the console prints for a role signs that person in."""
    email, _ = made(app, "caseworker")

    code, said = console("people", "sign-ins")

    assert code == 0
    assert demonstration.PASSWORD in said
    line = next(line for line in said.splitlines() if email in line)
    browser = Browser(app)
    browser.give_password(email, demonstration.PASSWORD)
    assert browser.give_code(email, re.search(r"\b\d{6}\b", line)[0]).status_code == 302


def test_the_code_of_now(app, console):
    """The console prints the code that somebody of the demonstration enters now."""
    email, _ = made(app, "caseworker")

    code, said = console("people", "code", email)

    assert code == 0
    assert re.search(r"^\d{6}$", said, re.MULTILINE)


@pytest.mark.parametrize("words", [("people", "sign-ins"), ("people", "code", "a@example.test")])
def test_production_tells_no_sign_in(console, monkeypatch, words):
    """In production nobody’s way in is printed: one sentence, and exit 1."""
    production(monkeypatch)

    code, said = console(*words)

    assert code == 1
    assert said == "This is for demonstration and development only, and this is production."


def test_production_has_no_page_of_mail(app, monkeypatch):
    """The page that stands in for a mail server is there in development, and in production there is no such address."""
    from dataclasses import replace

    from config import Environment
    from regulator import create_app

    assert app.test_client().get("/development/mail").status_code == 200
    config = replace(app.extensions["regulator"], environment=Environment.PRODUCTION)
    assert "/development/mail" not in {rule.rule for rule in create_app(config).url_map.iter_rules()}
