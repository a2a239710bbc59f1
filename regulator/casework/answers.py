"""Answers as people read them, and as the ledger keeps them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, TypeAlias

import sqlalchemy as sa

from regulator import words
from regulator.accounts.models import BodyName, Person, Team
from regulator.casework import editions
from regulator.casework.facts import Facts
from regulator.db import db
from regulator.language import _
from regulator.regime.model import Field


def coded(value: Any) -> Any:
    """An answer as the ledger keeps it: days and moments as text, other cases by reference."""
    match value:
        case str() | bool() | int() | float() | None:
            return value
        case list() | tuple():
            return [coded(one) for one in value]
        case dict():
            return {str(key): coded(one) for key, one in value.items()}
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case _:
            return str(value)


def read(field: Field, value: Any, known: Facts) -> str:
    """An answer as a person told of it reads it; empty when there is none, as where a statement was not ticked."""
    if value is None or value in ("", []) or (field.kind == "confirm" and value is not True):
        return ""
    if field.choices:
        return _chosen(field, value, known)
    if field.kind in READERS:
        return READERS[field.kind](value, known)
    return _plainly(value)


def _plainly(value: Any) -> str:
    match value:
        case bool():
            return _("yes") if value else _("no")
        case datetime() | date():
            return words.when(value)
        case list() | tuple():
            return numbered(str(one) for one in value if not isinstance(one, dict))
        case _:
            return str(value)


def numbered(lines: Any) -> str:
    """Lines as a numbered list, a paragraph each."""
    return "\n\n".join(f"{number}. {one}" for number, one in enumerate(lines, 1))


def _chosen(field: Field, value: Any, known: Facts) -> str:
    choices = editions.editions()[known.case.edition].choices(field.choices or "")
    told = {choice.code: choice.told for choice in choices}
    codes = value if isinstance(value, list | tuple) else [value]
    return "\n\n".join(_(told.get(code, str(code))) for code in codes)


def _named(model: type[Person] | type[Team]) -> Callable[[Any, Facts], str]:
    def read_name(value: Any, _known: Facts) -> str:
        query = sa.select(model.name).where(model.id == int(value))
        return str(db.session.execute(query).scalar_one_or_none() or value)

    return read_name


def name_of(body_id: int) -> str:
    """What a body is called now; its number where it has no name any more."""
    query = sa.select(BodyName.name).where(BodyName.body_id == body_id, BodyName.ends_on.is_(None))
    return str(db.session.execute(query).scalar_one_or_none() or body_id)


def _body(value: Any, _known: Facts) -> str:
    return name_of(int(value))


def _bodies(value: Any, _known: Facts) -> str:
    return ", ".join(sorted(name_of(int(body)) for body in value))


def _party(value: Any, known: Facts) -> str:
    party = next((one for one in known.parties if one.id == int(value)), None)
    return known.names[party.body_id] if party else str(value)


def _stage(value: Any, known: Facts) -> str:
    return known.kind.stages[str(value)].label


def _clock(value: Any, known: Facts) -> str:
    found = next((clock for clock in known.running if value in (clock.ref, clock.name)), None)
    return _(found.clock.label) if found else str(value)


def _standard(value: Any, known: Facts) -> str:
    standard = editions.editions()[known.case.edition].standards.get(str(value))
    return standard.words if standard else str(value)


Reading: TypeAlias = "Callable[[Any, Facts], str]"
READERS: dict[str, Reading] = {
    "person": _named(Person),
    "colleague": _named(Person),
    "team": _named(Team),
    "body": _body,
    "bodies": _bodies,
    "party": _party,
    "stage": _stage,
    "clock": _clock,
    "standard": _standard,
}


def reads(kind: str) -> Callable[[Reading], Reading]:
    """Register how answers of a kind of field that is a room’s own are read: `(value, facts) -> words`."""

    def register(function: Reading) -> Reading:
        if kind in READERS:
            raise RuntimeError(f"how {kind} is read is registered twice")
        READERS[kind] = function
        return function

    return register
