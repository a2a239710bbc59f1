"""What the ledger hears: before and after of every row the session writes.

A flush with no intent open is an error, so forgetting to record is impossible rather than discouraged. What a flush
cannot hear is refused: statements in bulk and expressions here, raw SQL with no intent by the database’s trigger, and
inside an intent because the database counts the rows written and the ledger those it heard of.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import InstanceState, Mapper, ORMExecuteState, Session

from regulator.errors import UnrecordedWrite

if TYPE_CHECKING:
    from regulator.ledger.intent import Intent

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
    "used_code": "one-time codes already used, written at each sign-in",
    "notice_to_staff": "what the worker told somebody of their own case: a message, told once, and no act",
    "code_request": "a reference somebody typed, known or not, until the worker looks",
    "draft": "a complaint not sent yet, which is nobody’s but its writer’s",
    "house_mail": "a message of no case, which carries a secret and goes when it is sent",
}


MADE, GONE, KEPT_APART = "made", "gone", "personal"


@dataclass(frozen=True)
class Recorded:
    """One recorded column: its name in the facts, and the audience of its words where they are personal."""

    name: str
    column: sa.Column[Any]
    audience: str


def table_of(mapper: Mapper[Any]) -> sa.Table:
    """The table of a mapped class."""
    table = mapper.local_table
    if not isinstance(table, sa.Table):
        raise TypeError(f"{mapper.class_.__name__} is not mapped to a table")
    return table


def is_recorded(mapper: Mapper[Any]) -> bool:
    """Whether rows of this class leave an entry when they are written."""
    return table_of(mapper).name not in UNRECORDED


@cache
def columns(mapper: Mapper[Any]) -> tuple[Recorded, ...]:
    """The columns of a class that the ledger tells of: all but the key, which is the row’s name, and caches."""
    return tuple(
        Recorded(mapper.get_property_by_column(column).key, column, column.info.get("personal", ""))
        for column in table_of(mapper).columns
        if not column.primary_key and not column.info.get("cache")
    )


def plain(value: Any) -> Any:
    """A value as it stands in the ledger: JSON, with moments in UTC."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:
            return value


def _jsonable(value: Any) -> Any:
    if (told := plain(value)) is value:
        raise TypeError(f"the ledger cannot tell of a {type(value).__name__}")
    return told


def canonical(content: Any) -> str:
    """The one text of `content` that is hashed and kept."""
    return json.dumps(
        content,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
        default=_jsonable,
    )


def _changes(state: InstanceState[Any], event: str) -> Iterator[tuple[Recorded, Any, Any]]:
    """Each column that changed, with before and after; of a row made or gone, every column."""
    for each in columns(state.mapper):
        now = plain(state.dict.get(each.name))
        if event:
            yield (each, None, now) if event == MADE else (each, now, None)
            continue
        history = state.attrs[each.name].history
        before = plain(history.deleted[0]) if history.deleted else None
        if history.has_changes() and before != now:
            yield each, before, now


def _name(state: InstanceState[Any]) -> str:
    keys = [str(value) for value in state.mapper.primary_key_from_instance(state.obj())]
    return f"{table_of(state.mapper).name}:{'/'.join(keys)}"


def _homes(row: str, state: InstanceState[Any]) -> tuple[str, ...]:
    """The streams a row may belong to, the best first; of a case, only that case’s."""
    held = state.dict
    case = held.get("id" if row.startswith("case_file:") else "case_id")
    if case is not None:
        return (f"case:{case}",)
    return row, f"person:{held.get('person_id')}", f"body:{held.get('body_id')}"


def _note(intent: Intent, state: InstanceState[Any], event: str = "") -> None:
    """Add what a flush did to one row: the oldest before is kept, and the newest after."""
    row = _name(state)
    intent.heard += 1
    intent.homes[row] = _homes(row, state)
    facts = intent.facts.setdefault(row, {})
    for each, before, after in _changes(state, event):
        if each.audience:
            facts[each.name] = KEPT_APART
            intent.rows.setdefault(each.audience, {}).setdefault(row, {})[each.name] = after
        else:
            facts[each.name] = [facts[each.name][0] if each.name in facts else before, after]
    if event:
        _begin_or_end(intent, row, event)
    if not facts:
        del intent.facts[row]


def _begin_or_end(intent: Intent, row: str, event: str) -> None:
    """A row made and gone in one change was never there; one gone and made again was only changed."""
    facts = intent.facts[row]
    other = GONE if event == MADE else MADE
    if facts.pop(other, None) is None:
        facts[event] = [False, True]
    elif event == GONE:
        facts.clear()
        for rows in intent.rows.values():
            rows.pop(row, None)


def _refuse_unfit(row: object) -> None:
    """A value the database would change on its way in would make the fact a lie."""
    state = sa.inspect(row)
    for each in columns(state.mapper):
        value = state.dict.get(each.name)
        if value is not None and not _fits(value, each.column.type.python_type):
            kind = "an expression" if hasattr(value, "__clause_element__") else f"a {type(value).__name__}"
            raise UnrecordedWrite(f"{type(row).__name__}.{each.name} is {kind}: give the value itself")


def _fits(value: Any, kind: type) -> bool:
    match value:
        case bool():
            return kind is bool
        case datetime():
            return kind is datetime and value.tzinfo is not None
        case _:
            return isinstance(value, kind)


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
        _refuse_unfit(row)


@event.listens_for(Session, "after_flush")
def _collect(session: Session, _context: object) -> None:
    intent: Intent | None = session.info.get("intent")
    if intent is None:
        return
    dirty = (row for row in session.dirty if session.is_modified(row))
    for rows, what in ((session.new, MADE), (dirty, ""), (session.deleted, GONE)):
        for row in rows:
            state = sa.inspect(row)
            if is_recorded(state.mapper):
                _note(intent, state, what)


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk(call: ORMExecuteState) -> None:
    table = getattr(call.statement, "table", None)
    writes = call.is_insert or call.is_update or call.is_delete
    if writes and table is not None and table.name not in UNRECORDED:
        raise UnrecordedWrite(f"{table.name} written in bulk: the ledger would not hear it")
