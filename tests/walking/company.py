"""Everybody who may have a part in a case, and some who have none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import make

from regulator.actors import PUBLIC, Actor, Side
from regulator.casework import queries
from regulator.casework.facts import Facts
from regulator.errors import Missing

MET, KENT, WALES = "metropolitan", "kent", "south-wales"
MOPAC, OF_KENT = "mayors-office-for-policing-and-crime-mopac", "police-and-crime-commissioner-for-kent"
STAFF = [
    "intake_officer",
    "caseworker",
    "auditor",
    "inspector",
    "enforcement_officer",
    "lawyer",
    "manager",
    "reviewer",
    "commissioner",
    "publisher",
    "records_manager",
]
ANOTHER_CASE = 2**31
FORCE = ("contact", "contributor", "approving_officer")


@dataclass
class Company:
    """Two people for each part of the regulator’s, so that somebody else can always act; people of three forces, and of
    those that oversee two of them.
    """

    staff: Sequence[Actor]
    forces: Sequence[Actor]
    overseers: Sequence[Actor]

    @classmethod
    def made(cls) -> Company:
        """Everybody, made through the ledger."""
        make.team("Casework")
        staff = [make.person(role) for role in STAFF for _ in range(2)]
        forces = [make.person(role, body=slug) for slug in (MET, KENT, WALES) for role in FORCE]
        overseers = [
            replace(make.person("oversight_contact", body=slug), side=Side.oversight)
            for slug in (MOPAC, OF_KENT)
        ]
        return cls(staff, forces, overseers)

    def everyone(self, known: Facts) -> list[Actor]:
        """All who may act on a case, if the rules let them."""
        return [*self.staff, *self.forces, *self.overseers, complainant(known)]

    def outside(self, known: Facts) -> list[Actor]:
        """One of each who is not the regulator’s: of each force and overseer, a complainant and the public."""
        forces = {person.body_id: person for person in self.forces}
        return [*forces.values(), *self.overseers, complainant(known), PUBLIC]

    def holding(self, role: str) -> Actor:
        """The first who holds a role of the regulator’s."""
        return next(person for person in self.staff if person.holds(role))


def complainant(known: Facts) -> Actor:
    """Whoever holds the code of a complaint; of any other case nobody does, so whoever holds that of another."""
    return make.complainant(known.case.id if "complainant" in known.kind.seen_by else ANOTHER_CASE)


def sees(known: Facts, by: Actor) -> bool:
    """Whether somebody finds the case by its reference."""
    try:
        queries.get(known.case.reference, by=by)
    except Missing:
        return False
    return True
