"""What each kind of case shows on the pages of a body and of whoever oversees one; a kind registers its own.

    BODY_PANELS["audit"] = panels_of        # (case, by, known) -> panels, as for staff; drawn in this order
    ABOUT["audit"] = About(a scalar select of the title, correlated with CaseFile)

`known` are all the facts of the case: a panel shows of them only what its reader may know.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import sqlalchemy as sa

from regulator.actors import Actor, Side
from regulator.casework.case_page import Panel
from regulator.casework.facts import Facts
from regulator.casework.queries import CaseRow
from regulator.regime.model import Edition


class BesidePanel(NamedTuple):
    """A panel that stands beside the page, with the facts of the case."""

    title: str
    component: str
    context: Mapping[str, Any]


AnyPanel: TypeAlias = "Panel | BesidePanel"
BodyPanels: TypeAlias = "Callable[[CaseRow, Actor, Facts], Sequence[AnyPanel]]"
BODY_PANELS: dict[str, BodyPanels] = {}

BodyFacts: TypeAlias = "Callable[[CaseRow, Actor], Sequence[tuple[str, str]]]"
BODY_FACTS: dict[str, BodyFacts] = {}
"""What a body may know of a case of a kind in a few lines, after its reference."""

TITLES: dict[str, str] = {}
"""What a case of a kind is called on its page, where that is not what it is about."""


def as_it_stands(words: str, _edition: Edition) -> str:
    """What a case is about, in the words that are kept."""
    return words


@dataclass(frozen=True)
class About:
    """What a case of one kind is about, in a line of a list.

    words: a scalar select, correlated with CaseFile
    many:  how many such things there are, where the first alone is told
    sides: who may read it; read: how what is kept is said
    """

    words: sa.ScalarSelect[Any]
    many: sa.ScalarSelect[Any] | None = None
    sides: Collection[Side] = (Side.body,)
    read: Callable[[str, Edition], str] = as_it_stands


ABOUT: dict[str, About] = {}
