"""Notices, warnings and reprimands walked at random: each instrument, urgent and not."""

from __future__ import annotations

import pytest
from flask import Flask
from walking.company import KENT, MET
from walking.openings import HASTY, imports, proposes
from walking.tour import toured

from tests.rooms import bare

OPENINGS = (
    proposes("compliance"),
    proposes("information"),
    proposes("compliance", **HASTY),
    proposes("audit", KENT),
    proposes("warning"),
    proposes("audit", MET, **HASTY),
    proposes("reprimand", KENT),
    proposes("information", **HASTY),
    imports("proposed"),
)


def test_enforcement(in_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step of enforcement is taken by one to whom it is offered, every stage reached, and the record is whole."""
    monkeypatch.setitem(in_app.config, "WTF_CSRF_ENABLED", False)

    walk = toured(in_app, "enforcement", OPENINGS)

    assert not walk.never_taken, walk.report
    assert not walk.never_reached, walk.report
    assert bare.sentences(bare.proved(in_app)) == []
