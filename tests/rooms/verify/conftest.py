"""A case whose record can be verified."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.rooms import bare


@pytest.fixture
def case(in_app: Flask) -> int:
    """A case with four entries: opened, moved, noted, moved."""
    number = bare.new_case(bare.new_body())
    bare.move(number, "screening")
    bare.note(number, "Rang the force.")
    bare.move(number, "investigating")
    return number
