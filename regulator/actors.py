"""Who is asking: one small value that every query and step is given as `by`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """The database role a person reads as: one per audience, and two that see people but no case.

    oversight: of a body that oversees others, on a case about one of them
    """

    staff = "staff"
    body = "body"
    oversight = "oversight"
    complainant = "complainant"
    public = "public"
    administration = "administration"
    body_administration = "body_administration"
    system = "system"


@dataclass(frozen=True)
class Actor:
    """A person, a claim on one case, the public or the clock, with the roles held at this moment.

    person_id: none for the public, a complainant with a code, and the system
    body_id:   the body whose person this is; none for the regulator’s own
    case_id:   the one case a complainant or representative holds a code for
    team_id:   the team of the regulator the person works in
    """

    name: str
    roles: frozenset[str]
    side: Side
    person_id: int | None = None
    body_id: int | None = None
    case_id: int | None = None
    team_id: int | None = None

    def holds(self, *roles: str) -> bool:
        """Whether any of `roles` is held."""
        return not self.roles.isdisjoint(roles)

    @property
    def reads_own(self) -> bool:
        """Whether they read what a body keeps to itself: its people do, and not staff who look at the page as one."""
        return self.side is Side.body and self.person_id != LOOKED_AT


LOOKED_AT = 0
"""The number of somebody who stands for anybody of a body while staff look at its page: no person has it."""
SYSTEM = Actor("The system", frozenset({"system"}), Side.system)
PUBLIC = Actor("A member of the public", frozenset({"complainant"}), Side.public)
