"""What the ledger hears: before and after of every row the session writes.

A flush with no intent open is an error, so forgetting to record is impossible rather than discouraged. What a flush
cannot hear (statements in bulk, expressions computed by the database) is refused here; raw SQL is refused by the
database’s own trigger.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import InstanceState, Mapper, ORMExecuteState, Session

from regulator.errors import UnrecordedWrite

if TYPE_CHECKING:
    from regulator.ledger.writing import Intent

UNRECORDED = {
    "chain": "the ledger’s own heads",
    "entry": "the ledger itself",
    "entry_words": "the ledger’s words, committed to by the entry",
    "answered": "keys of forms already acted on",
    "reading": "looks at a record, append-only",
    "web_session": "sessions come and go with every page",
    "throttle": "counts of attempts",
    "clock": "a cache of what events and the edition say",
    "outbox": "the state of a job: delivery attempts of a letter that is itself recorded",
    "search_row": "a cache of words recorded elsewhere",
}


def is_recorded(mapper: Mapper[Any]) -> bool:
    """Whether rows of this class leave an entry when they are written."""
    return mapper.local_table.name not in UNRECORDED  # type: ignore[attr-defined]


def plain(value: Any) -> Any:
    """A value as it stands in the ledger: JSON, with moments in UTC."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:
            return value


def canonical(content: Any) -> str:
    """The one text of `content` that is hashed and kept."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=plain)


def _changes(state: InstanceState[Any], *, gone: bool) -> Iterator[tuple[str, Any, Any, str]]:
    for column in state.mapper.columns:
        if column.info.get("cache"):
            continue
        name = state.mapper.get_property_by_column(column).key
        history = state.attrs[name].history
        now = plain(state.dict.get(name))
        if gone:
            yield name, now, None, column.info.get("personal", "")
        elif history.has_changes():
            before = plain(history.deleted[0]) if history.deleted else None
            if before != now:
                yield name, before, now, column.info.get("personal", "")


def _name(state: InstanceState[Any]) -> str:
    keys = [str(value) for value in state.mapper.primary_key_from_instance(state.obj())]
    return f"{state.mapper.local_table.name}:{'/'.join(keys)}"  # type: ignore[attr-defined]


def _note(intent: Intent, state: InstanceState[Any], *, gone: bool = False) -> None:
    row = _name(state)
    case = "id" if state.mapper.local_table.name == "case_file" else "case_id"  # type: ignore[attr-defined]
    intent.cases[row] = state.dict.get(case)
    for column, before, after, audience in _changes(state, gone=gone):
        if audience:
            intent.facts.setdefault(row, {})[column] = "personal"
            intent.rows.setdefault(audience, {}).setdefault(row, {})[column] = after
        else:
            seen = intent.facts.setdefault(row, {}).get(column)
            intent.facts[row][column] = [seen[0] if seen else before, after]
    if gone:
        intent.facts.setdefault(row, {})["gone"] = [False, True]


@event.listens_for(Session, "before_flush")
def _refuse_unrecorded(session: Session, _context: object, _instances: object) -> None:
    touched = [*session.new, *session.deleted, *(row for row in session.dirty if session.is_modified(row))]
    recorded = [row for row in touched if is_recorded(sa.inspect(row).mapper)]
    if not recorded or session.info.get("owner"):
        return
    intent: Intent | None = session.info.get("intent")
    if intent is None or intent.is_written:
        names = ", ".join(sorted({type(row).__name__ for row in recorded}))
        raise UnrecordedWrite(f"{names} written with no intent open")
    for row in recorded:
        for attribute in sa.inspect(row).attrs:
            if isinstance(attribute.loaded_value, sa.ClauseElement):
                raise UnrecordedWrite(f"{type(row).__name__}.{attribute.key} is an expression: give a value")


@event.listens_for(Session, "after_flush")
def _collect(session: Session, _context: object) -> None:
    intent: Intent | None = session.info.get("intent")
    if intent is None:
        return
    for rows, gone in ((session.new, False), (session.dirty, False), (session.deleted, True)):
        for row in rows:
            state = sa.inspect(row)
            if is_recorded(state.mapper):
                _note(intent, state, gone=gone)


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk(call: ORMExecuteState) -> None:
    writes = call.is_insert or call.is_update or call.is_delete
    if writes and call.bind_mapper is not None and is_recorded(call.bind_mapper):
        raise UnrecordedWrite(f"{call.bind_mapper.class_.__name__} written in bulk: the ledger would not hear it")
