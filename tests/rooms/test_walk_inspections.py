"""Inspections walked at random: announced and not, of one force and of two, with those who oversee them."""

from __future__ import annotations

import pytest
from flask import Flask
from walking.company import KENT, MET
from walking.openings import imports, inspects
from walking.tour import toured

from tests.rooms import bare

OPENINGS = (
    inspects(MET, KENT),
    inspects(MET, unannounced=True),
    inspects(KENT, commission="commissioned", commissioned_by="The Home Secretary"),
    imports("fieldwork"),
)


def test_inspections(in_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step of an inspection is taken by one to whom it is offered, every stage reached, and the record is whole."""
    monkeypatch.setitem(in_app.config, "WTF_CSRF_ENABLED", False)

    walk = toured(in_app, "inspection", OPENINGS)

    assert not walk.never_taken, walk.report
    assert not walk.never_reached, walk.report
    assert bare.sentences(bare.proved(in_app)) == []
