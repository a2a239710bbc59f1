"""Audits walked at random: of one body and two, by agreement and under a notice, and of a body’s own return."""

from __future__ import annotations

import pytest
from flask import Flask
from walking.company import KENT, MET
from walking.openings import audits, imports
from walking.tour import toured

from tests.rooms import bare

OPENINGS = (
    audits(MET, KENT),
    audits(MET),
    audits(KENT, audit_basis="compulsory"),
    audits(MET, own_return=True),
    imports("gathering"),
)


def test_audits(in_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step of an audit is taken by somebody to whom it is offered, every stage reached, and the record is whole."""
    monkeypatch.setitem(in_app.config, "WTF_CSRF_ENABLED", False)

    walk = toured(in_app, "audit", OPENINGS)

    assert not walk.never_taken, walk.report
    assert not walk.never_reached, walk.report
    assert bare.sentences(bare.proved(in_app)) == []
