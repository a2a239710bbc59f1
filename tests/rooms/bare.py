"""Cases made with the ledger alone, for tests of the ground the rooms stand on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from flask import Flask

from regulator import ledger
from regulator.accounts.models import Body, Person
from regulator.actors import SYSTEM, Actor, Side
from regulator.casework.models import CaseFile, Participant, Party, WallMember
from regulator.db import db, pin
from regulator.dbroles import plain
from regulator.ledger import anchors
from regulator.ledger.verify import Report, verify

OPENED = date(2026, 3, 2)


def new_body(slug: str = "northshire") -> int:
    """A body, through the ledger."""
    with ledger.change("load_body", by=SYSTEM, streams=["house"]):
        body = Body(slug=slug, kind="force", nation="England", calendar="england-and-wales")
        db.session.add(body)
        db.session.flush()
        return body.id


def new_person(name: str, body: int | None = None) -> int:
    """Somebody, through the ledger, in a stream of their own."""
    with ledger.change("invite_person", by=SYSTEM, streams=[]) as intent:
        number = _next("person")
        intent.join(f"person:{number}")
        email = f"{name.lower()}@example.test"
        db.session.add(Person(id=number, name=name, email=email, body_id=body, joined_on=OPENED))
    return number


def new_case(*bodies: int, title: str = "A camera in the square", inside: Sequence[int] = ()) -> int:
    """A case with parties that see it and a complainant; restricted to `inside` where somebody is named."""
    with ledger.change("open", by=SYSTEM, streams=[]) as intent:
        number = _next("case_file")
        pin(number)
        db.session.add(file(number, title=title, is_restricted=bool(inside)))
        db.session.flush()
        intent.join(f"case:{number}")
        db.session.add_all(Party(case_id=number, body_id=body, sees=True) for body in bodies)
        db.session.add_all(WallMember(case_id=number, person_id=person) for person in inside)
        db.session.add(
            Participant(case_id=number, capacity="complainant", name="Ada Byron", contact_by="email")
        )
        for audience in ("internal", "body", "complainant"):
            intent.tell(audience, f"The case was opened, {audience} is told.")
    return number


def file(number: int, **more: Any) -> CaseFile:
    """The row of a case, not yet written."""
    row = {
        "reference": f"CO-{number:08}",
        "kind": "complaint",
        "edition": "2026-draft",
        "edition_digest": "0" * 64,
        "stage": "received",
        "title": "A camera in the square",
        "opened_on": OPENED,
    }
    return CaseFile(id=number, **row | more)


def note(case: int, words: str, by: Actor = SYSTEM) -> None:
    """An entry that changes nothing, told to staff."""
    with ledger.change("note", by=by, streams=[f"case:{case}"]) as intent:
        intent.tell("internal", words)


def move(case: int, stage: str, by: Actor = SYSTEM) -> None:
    """An entry that moves a case to a stage."""
    with ledger.change("move", by=by, streams=[f"case:{case}"]) as intent:
        row = db.session.get_one(CaseFile, case)
        row.stage, row.stage_moves = stage, row.stage_moves + 1
        intent.tell("internal", "The case was moved.")


def staff(person: int) -> Actor:
    """A caseworker."""
    return Actor("Carys", frozenset({"caseworker"}), Side.staff, person_id=person)


def officer(body: int, person: int | None = None) -> Actor:
    """A contact of a body."""
    return Actor("Owen", frozenset({"contact"}), Side.body, person_id=person, body_id=body)


def complainant(case: int) -> Actor:
    """Whoever holds the code of a case."""
    return Actor("Ada", frozenset({"complainant"}), Side.complainant, case_id=case)


def administrator(person: int) -> Actor:
    """An administrator."""
    return Actor("Rhys", frozenset({"administrator"}), Side.administration, person_id=person)


def proved(app: Flask, folder: Path | None = None) -> Report:
    """What verify says of the test’s own database."""
    found = anchors.read(folder) if folder else anchors.Anchors()
    return verify(plain(app.extensions["regulator"].owner_database_url), found)


def sentences(report: Report) -> list[str]:
    """The faults of a report, as they are read."""
    return [fault.sentence for fault in report.faults]


def tamper(owner: psycopg.Connection, *statements: str) -> None:
    """Change rows as only the owner can: past the triggers that refuse rewriting."""
    owner.execute("set session_replication_role = replica")
    for statement in statements:
        owner.execute(statement)
    owner.execute("reset session_replication_role")


def _next(table: str) -> int:
    number = db.session.execute(sa.text("select nextval(pg_get_serial_sequence(:t, 'id'))"), {"t": table})
    return int(number.scalar_one())
