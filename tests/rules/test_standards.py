"""Standards as data: dated, in versions, and refused where their days cannot be."""

from datetime import date

import pytest

from regulator.regime.parts import Standard
from regulator.regime.standards import in_force
from tests.rules.edition_copy import copy_to

OLD = Standard("A", "Told", "1", "Tell people.", "The code", "2020", "2023")
NEW = Standard("A-2", "Told", "1", "Tell people in time.", "The code", "2024-02-01", follows="A")
EVERY = {one.code: one for one in (OLD, NEW)}


@pytest.mark.parametrize(
    ("first", "last", "codes"),
    [
        ("2019-12-31", "2019-12-31", []),
        ("2020-01-01", "2020-01-01", ["A"]),
        ("2023-12-31", "2023-12-31", ["A"]),
        ("2024-01-15", "2024-01-15", []),
        ("2024-02-01", "2024-02-01", ["A-2"]),
        ("2023-06-01", "2026-01-01", ["A", "A-2"]),
    ],
)
def test_what_was_in_force(first, last, codes):
    """On each day the version in force then is found, a year counting from its first day to its last."""
    found = in_force(EVERY, date.fromisoformat(first), date.fromisoformat(last))

    assert [one.code for one in found] == codes


ROW = """
  LFR-WHERE-2:
    title: Where it may be deployed
    clause: the “where” question
    text: Worded anew.
    source: A code
    in_force_from: {begins}
    follows: {follows}
"""


def said(tmp_path, **row):
    """What is wrong with an edition that has one standard more."""
    edition = copy_to(tmp_path)
    words = "a policy" if row.pop("untouched", None) else "standards:\n"
    edition.write("standards.yaml", words, words + ROW.format(**row).lstrip("\n"))
    return [problem.split(": ", 1)[1] for problem in edition.problems()]


def test_a_day_that_is_none(tmp_path):
    """A standard that begins on something that is no day is refused with the ways to write it."""
    assert said(tmp_path, begins="in the spring", follows="LFR-WHERE") == [
        "the standard “LFR-WHERE-2”: “in the spring” is neither a day nor a year: write it like 2026-04-21 or 2026."
    ]


def test_it_follows_one_that_is_there(tmp_path):
    """A version that follows a standard which is not there is refused."""
    assert said(tmp_path, begins="2026-05-01", follows="LFR-WHEN") == [
        "the standard “LFR-WHERE-2”: it follows “LFR-WHEN”, and there is no such standard."
    ]


def test_two_versions_are_never_in_force_together(tmp_path):
    """A version that follows one still in force is refused: each day has one wording."""
    assert said(tmp_path, begins="2026-05-01", follows="LFR-WHERE") == [
        "the standard “LFR-WHERE-2”: it follows “LFR-WHERE”, which must say that it ended before 2026-05-01."
    ]
