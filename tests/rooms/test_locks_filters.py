"""Every query of every room with its filters taken out: it may give too much of what is theirs, nothing of another’s."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import Enum
from importlib import import_module
from typing import Any, get_args, get_origin, get_type_hints

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.sql import visitors

import regulator
from regulator import ledger
from regulator.actors import PUBLIC, SYSTEM, Actor
from regulator.casework.models import CaseFile, Party, WallMember
from regulator.casework.queries import Asked, Whose
from regulator.casework.searching.queries import Wanted
from regulator.db import db, engine_role
from tests import make


def queries() -> dict[str, Callable[..., Any]]:
    """Every query that takes who asks, by its full name; a reader of any table is asked through those that use it."""
    found = {}
    for module in pkgutil.walk_packages(regulator.__path__, "regulator."):
        if ".queries" not in module.name:
            continue
        for name, thing in inspect.getmembers(import_module(module.name), inspect.isfunction):
            is_here = thing.__module__ == module.name and not name.startswith("_")
            asked = inspect.signature(thing).parameters
            reads_any = any(one.kind is inspect.Parameter.VAR_POSITIONAL for one in asked.values())
            if is_here and "by" in asked and not reads_any:
                found[f"{module.name}.{name}"] = thing
    return found


QUERIES = queries()


@dataclass
class World:
    """Four cases, each with a word that stands in everything told in it and nowhere else; and who asks."""

    cases: dict[str, int]
    references: dict[str, str]
    readers: dict[str, Actor]

    def marks(self, *names: str) -> set[str]:
        """The words by which these cases are known."""
        return {mark(name) for name in names} | {self.references[name] for name in names}


def mark(name: str) -> str:
    """The word that gives a case away."""
    return f"only-{name}"


def told(name: str, force: str) -> dict[str, Any]:
    """What a complainant answers, marked all over."""
    return {
        "body": make.body_id(force),
        "what_happened": f"It happened {mark(name)}.",
        "allegations": [f"They did {mark(name)}", f"They also did {mark(name)}"],
        "name": f"Ada {mark(name)}",
        "email": f"{mark(name)}@example.test",
        "happened_when": mark(name),
    }


@pytest.fixture(scope="module")
def world(kept_app: Flask) -> World:
    """A case of the north, one of the south, one of both, and one behind a wall."""
    with kept_app.app_context():
        north, south = make.cast("metropolitan"), make.cast("kent")
        cases = {}
        for name, force, people in (
            ("north", "metropolitan", north),
            ("south", "kent", south),
            ("both", "metropolitan", north),
            ("walled", "metropolitan", north),
        ):
            case, _ = make.complaint_at("closed", people, **told(name, force))
            cases[name] = case.case_id
            rename(case.case_id, name)
        join(cases["both"], make.body_id("kent"))
        wall(cases["walled"], north.manager)
        references = {name: reference_of(case) for name, case in cases.items()}
        readers = {
            "staff": north.caseworker,
            "north": north.contact,
            "south": south.approving_officer,
            "complainant": make.complainant(cases["north"]),
            "administrator": make.person("administrator"),
            "administrator of the north": make.person("body_administrator", body="metropolitan"),
            "public": PUBLIC,
        }
        return World(cases, references, readers)


def reference_of(case: int) -> str:
    with engine_role([case]):
        return db.session.scalars(sa.select(CaseFile.reference).where(CaseFile.id == case)).one()


def rename(case: int, name: str) -> None:
    with ledger.change("rename", by=SYSTEM, streams=[f"case:{case}"]):
        db.session.get_one(CaseFile, case).title = f"The case {mark(name)}"


def join(case: int, body: int) -> None:
    with ledger.change("join", by=SYSTEM, streams=[f"case:{case}"]):
        db.session.add(Party(case_id=case, body_id=body, sees=True))


def wall(case: int, inside: Actor) -> None:
    with ledger.change("restrict", by=SYSTEM, streams=[f"case:{case}"]):
        db.session.get_one(CaseFile, case).is_restricted = True
        db.session.add(WallMember(case_id=case, person_id=inside.person_id))


def without_filters(statement: sa.Select[Any]) -> sa.Select[Any]:
    """The same select with no WHERE and no LIMIT, at the top and in every part of it."""

    def bare(select: Any) -> None:
        select._where_criteria = ()
        select._limit_clause = select._offset_clause = select._fetch_clause = None

    return visitors.cloned_traverse(statement, {}, {"select": bare})


@pytest.fixture
def rows(kept_app: Flask) -> Iterator[list[str]]:
    """Everything the database gives while every query’s filters are taken out, as text."""
    found: list[str] = []

    def run_bare(call: ORMExecuteState) -> Any:
        if not call.is_select or not isinstance(call.statement, sa.Select):
            return None
        given = call.invoke_statement(statement=without_filters(call.statement)).freeze()
        found.extend(
            str([vars(cell) if isinstance(cell, CaseFile) else cell for cell in row]) for row in given().all()
        )
        return given()

    event.listen(Session, "do_orm_execute", run_bare)
    with kept_app.app_context():
        yield found
    event.remove(Session, "do_orm_execute", run_bare)


def given(name: str, kind: Any, world: World, case: str) -> Any:
    """What a query is given for an argument, about a case: by its name, else by its type."""
    about = {
        "reference": world.references[case],
        "stream": f"case:{world.cases[case]}",
        "seq": 1,
        "role": "contact",
        "body_id": None,
    }
    plain = {
        bool: True,
        int: world.cases[case],
        str: "",
        date: date(2026, 1, 1),
        Asked: Asked(Whose.everything),
        Wanted: Wanted("words"),
    }
    if name in about:
        return about[name]
    if kind in plain:
        return plain[kind]
    if type(None) in get_args(kind):
        return None
    if get_origin(kind) is Sequence:
        return []
    if get_origin(kind) is list:
        return list(get_args(kind)[0])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    raise LookupError(f"these tests do not know what to give for {name}: {kind}")


def arguments(query: Callable[..., Any], world: World, case: str) -> dict[str, Any]:
    """What a query needs, about a case by name."""
    kinds = get_type_hints(query)
    needed = inspect.signature(query).parameters.values()
    return {
        each.name: given(each.name, kinds[each.name], world, case)
        for each in needed
        if each.default is inspect.Parameter.empty and each.name != "by"
    }


@pytest.mark.parametrize("query", QUERIES)
def test_arguments_are_known(query: str):
    """These tests know what every query must be given."""
    arguments(QUERIES[query], World({"one": 1}, {"one": "CO-1"}, {}), "one")


# who -> the cases they see, and those they may not know of
SIGHT = {
    "staff": (("north", "south", "both"), ("walled",)),
    "north": (("north", "both", "walled"), ("south",)),
    "south": (("south", "both"), ("north", "walled")),
    "complainant": (("north",), ("south", "both", "walled")),
    "administrator": ((), ("north", "south", "both", "walled")),
    "administrator of the north": ((), ("north", "south", "both", "walled")),
    "public": ((), ("north", "south", "both", "walled")),
}


@pytest.mark.parametrize("who", SIGHT)
def test_no_filter(world: World, rows: list[str], who: str):
    """However many filters are forgotten, nobody is given a word or a reference of a case that is not theirs."""
    by = world.readers[who]
    for query in QUERIES.values():
        for name in world.cases:
            with suppress(Exception):  # many rows where one was meant, or a table that is not theirs
                query(**arguments(query, world, name), by=by)
            db.session.rollback()
    given = "\n".join(rows)
    theirs, others = SIGHT[who]

    assert [found for found in sorted(world.marks(*others)) if found in given] == []
    assert [found for found in sorted(world.marks(*theirs)) if found not in given] == []


@pytest.mark.parametrize("who", SIGHT)
def test_asking_for_another(world: World, kept_app: Flask, who: str):
    """With their filters, queries asked about a case that is not theirs give nothing of it either."""
    by = world.readers[who]
    _, others = SIGHT[who]
    with kept_app.app_context():
        for query in QUERIES.values():
            for name in others:
                answer = ""
                with suppress(Exception):
                    answer = repr(query(**arguments(query, world, name), by=by))
                db.session.rollback()

                assert [found for found in world.marks(name) if found in answer] == []
