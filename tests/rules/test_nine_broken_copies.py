"""What must always hold, broken in nine copies of each kind of each edition: every copy is refused, and told why."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from regulator.regime.loader import EDITIONS, shipped
from tests.rules.edition_copy import Copy

COPIES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "broken_copies.yaml").read_text()
)
NOTHING = "where it cannot be met and nothing is named for when it runs out; a step that may do so says it under leaves"


def each() -> list[Any]:
    """Each copy with the edition and the kind that it is of."""
    return [
        pytest.param(*of.split(), copy, id=f"{of} {place}: {copy['breaks']}")
        for of, copies in COPIES.items()
        for place, copy in enumerate(copies, 1)
    ]


@pytest.mark.parametrize(("edition", "kind", "broken"), each())
def test_a_copy_that_breaks_what_must_hold_is_refused(tmp_path, edition, kind, broken):
    """A broken copy is refused with the stage, the step or the path of steps that breaks what must hold."""
    for name in shipped():
        shutil.copytree(EDITIONS / name, tmp_path / name)
    copy = Copy(tmp_path / edition)
    for change in broken["changes"]:
        copy.write(f"{kind}.yaml", change["was"], change["becomes"])

    assert broken["says"].format(nothing=NOTHING) in [
        problem.split(": ", 1)[1] for problem in copy.problems()
    ]


def test_there_are_nine_copies_of_each_kind():
    """Each kind of each edition has nine copies or more, and each of the nine is broken that speaks of it."""
    kinds = {f"{edition.name} {kind}" for edition in shipped().values() for kind in edition.kinds}
    assert set(COPIES) == kinds

    for of, copies in COPIES.items():
        assert len(copies) >= 9
        assert {copy["breaks"] for copy in copies} | {5} == set(range(1, 10))
        assert (5 in {copy["breaks"] for copy in copies}) is of.endswith("complaint")
