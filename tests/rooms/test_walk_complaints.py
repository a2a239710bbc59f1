"""Complaints walked at random."""

from __future__ import annotations

import make
import pytest
from flask import Flask
from walking.openings import complains, complains_with_question, imports
from walking.tour import toured

from regulator.casework.models import CaseFile
from regulator.db import db, engine_role
from tests.rooms import bare

OPENINGS = (
    complains(),
    complains_with_question(),
    complains(representative_name="Rae Solicitor", authority="solicitor"),
    complains(contact_by="page", email=None),
    complains(),
    imports("screening"),
)


def test_complaints(in_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step of a complaint is taken by one to whom it is offered, every stage reached, and the record is whole."""
    monkeypatch.setitem(in_app.config, "WTF_CSRF_ENABLED", False)

    walk = toured(in_app, "complaint", OPENINGS)

    assert not walk.never_taken, walk.report
    assert not walk.never_reached, walk.report
    assert bare.sentences(bare.proved(in_app)) == []


def test_every_stage(in_app: Flask) -> None:
    """Every stage of the complaint is reached by steps."""
    for stage in make.PATHS:
        case, _ = make.complaint_at(stage)

        with engine_role([case.case_id]):
            assert db.session.get_one(CaseFile, case.case_id).stage == stage
