"""The seed story is not told into somebody’s work."""

from __future__ import annotations

import make
import psycopg
import pytest
from click.testing import CliRunner
from flask import Flask

from regulator.cli import main


def test_if_empty(app: Flask, owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is any case the story is not told, if that was asked."""
    with app.app_context():
        case = make.complaint()
    monkeypatch.setenv("ENVIRONMENT", "development")
    monkeypatch.setattr("regulator.create_app", lambda _config: app)

    answered = CliRunner().invoke(main, ["seed", "--if-empty"])

    assert answered.exit_code == 0
    assert owner.execute("select reference from case_file").fetchall() == [(case.reference,)]
