"""Rows of one case, read as somebody: the columns that a dataclass names, and no other."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

import sqlalchemy as sa

from regulator.actors import Actor
from regulator.db import Base, ask_as, db

Row = TypeVar("Row")
CASE: sa.BindParameter[int] = sa.bindparam("case")


def read_rows(row: type[Row], model: type[Base], case_id: int, by: Actor, *where: Any) -> list[Row]:
    """The rows of a case that `by` may read, in their order; `where` says which of them."""
    ask_as(by)
    table = sa.inspect(model).local_table
    order = table.c.number if "number" in table.c else next(iter(table.primary_key))
    columns = [getattr(model, field.name) for field in fields(row)]  # type: ignore[arg-type]
    query = sa.select(*columns).where(table.c.case_id == CASE, *where).order_by(order)
    return [row(*found) for found in db.session.execute(query, {"case": case_id})]
