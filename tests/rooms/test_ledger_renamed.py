"""Older entries call tables by older names, and stay as they were written."""

from __future__ import annotations

import pytest

from regulator.ledger.fold import RENAMED, Fold, tables


@pytest.mark.parametrize(("old", "new"), RENAMED.items())
def test_an_older_name_means_the_table_of_today(old, new):
    """A row that an older entry made under the old name of its table is the row that stands today."""
    fold = Fold()

    assert fold.take("entry 1", {f"{old}:5": {"made": True, "case_id": [None, 7]}}, {}) is None
    assert list(fold.differs({f"{new}:5": {"case_id": 7}})) == []
    assert new in tables()


def test_an_older_row_that_was_changed_since_is_seen():
    """A row recorded under an old name that stands otherwise today is told by its name of today."""
    fold = Fold()
    fold.take("entry 1", {"account_request:5": {"made": True, "number": [None, 1]}}, {})

    assert list(fold.differs({"evidence_request:5": {"number": 2}})) == [
        "evidence_request:5.number is “2”, and entry 1 left it “1”"
    ]


def test_an_older_row_that_is_gone_is_missed():
    """A row recorded under an old name that nobody took away and is not there is missed."""
    fold = Fold()
    fold.take("entry 1", {"view_comment:5": {"made": True, "side": [None, "body"]}}, {})

    assert list(fold.differs({})) == ["comment:5 is not there, and entry 1 left it there"]
