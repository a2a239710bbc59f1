"""The database, and who is asking it.

Every transaction tells PostgreSQL which role it acts in and for whom (`after_begin`), so a forgotten filter shows
nothing rather than everything. The identity lives on the session, which lives as long as the request: a new one is
nobody. The application’s login owns nothing; each identity enters one role per audience.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    MappedColumn,
    QueryableAttribute,
    Session,
    SessionTransaction,
    mapped_column,
)

from regulator.actors import Actor


class Base(DeclarativeBase):
    """Every table’s model; constraint names follow one convention so migrations can name them."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


@event.listens_for(Base, "attribute_instrument", propagate=True)
def _remember_before(_model: type, _key: str, attribute: QueryableAttribute[Any]) -> None:
    """What a column said before it is changed is loaded first, so that the ledger can tell it."""
    event.listen(attribute, "set", lambda *_: None, active_history=True)


@dataclass(frozen=True)
class Identity:
    """What the database is told at the start of each transaction: the role, and whose claim it is.

    cases: the one case a complainant may see, or the cases the engine is pinned to
    """

    role: str
    person: int | None = None
    body: int | None = None
    cases: tuple[int, ...] = ()

    @classmethod
    def of(cls, by: Actor) -> Identity:
        """The identity `by` reads as."""
        return cls(by.side.value, by.person_id, by.body_id, (by.case_id,) if by.case_id else ())


NOBODY = Identity("public")
_TELL = sa.text(
    "select set_config('role', :role, true), set_config('app.person', :person, true),"
    " set_config('app.body', :body, true), set_config('app.case', :cases, true),"
    " set_config('app.intent', :intent, true)"
)


@event.listens_for(Session, "after_begin")
def _tell_database(session: Session, _transaction: object, connection: sa.Connection) -> None:
    if session.info.get("owner"):
        return
    _tell(session, connection, session.info.get("identity", NOBODY))


def _tell(session: Session, connection: sa.Connection, who: Identity) -> None:
    intent = session.info.get("intent")
    connection.execute(
        _TELL,
        {
            "role": f"regulator_{who.role}",
            "person": str(who.person or ""),
            "body": str(who.body or ""),
            "cases": ",".join(map(str, who.cases)),
            "intent": intent.action if intent else "",
        },
    )


def asking() -> Identity:
    """Who the present session asks as."""
    identity: Identity = db.session.info.get("identity", NOBODY)
    return identity


def ask_as(by: Actor | Identity) -> None:
    """From here on, read as `by`: ends the open transaction and forgets every row loaded as somebody else."""
    identity = Identity.of(by) if isinstance(by, Actor) else by
    if identity == asking():
        return
    end_read()
    db.session.expunge_all()
    db.session.info["identity"] = identity


_PLAN_AFRESH = sa.text("select set_config('plan_cache_mode', 'force_custom_plan', true)")


def plan_afresh() -> None:
    """Have what is asked next in this transaction planned for its own values.

    A prepared statement is planned once for any values after it was asked five times; where days and owners narrow a big
    table to little, that plan reads all of it.
    """
    session = db.session()
    if (begun := session.get_transaction()) is None or session.info.get("planned afresh") is not begun:
        session.execute(_PLAN_AFRESH)
        session.info["planned afresh"] = session.get_transaction()


def end_read() -> None:
    """End a transaction that only read with a commit, which keeps the driver’s prepared statements."""
    if db.session().in_transaction():
        db.session.commit()


@contextmanager
def engine_role(cases: Sequence[int], person: int | None = None) -> Iterator[None]:
    """Work as the engine, pinned to `cases`, then as before. Only the ledger and the steps enter here."""
    before = asking()
    ask_as(Identity("engine", person=person, cases=tuple(sorted(cases))))
    try:
        yield
        end_read()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        db.session.expunge_all()
        db.session.info["identity"] = before


@contextmanager
def reading_as(who: Identity) -> Iterator[None]:
    """Read rows, not objects, as somebody else in the transaction that is open, then go on as before.

    What the block raises ends the transaction, so nothing is told after it.
    """
    session = db.session()
    _tell(session, session.connection(), who)
    yield
    _tell(session, session.connection(), asking())


def pin(case: int) -> None:
    """Let the engine’s open transaction see one more case: the one it is about to open."""
    who = asking()
    cases = tuple(sorted({*who.cases, case}))
    db.session.info["identity"] = Identity(who.role, who.person, who.body, cases)
    db.session.execute(
        sa.text("select set_config('app.case', :cases, true)"), {"cases": ",".join(map(str, cases))}
    )


@contextmanager
def in_one_go() -> Iterator[sa.RootTransaction]:
    """Let everything committed in the block stay together, or, where it raises or rolls back what it is given, nothing.

    For commands alone: what a step commits is a savepoint here, so the locks it takes are held to the end.
    """
    db.session.remove()
    with db.engine.connect() as connection, connection.begin() as whole:
        session = Session(connection, join_transaction_mode="create_savepoint")
        event.listen(session, "after_begin", _count_anew)
        db.session.registry.set(session)  # type: ignore[arg-type]
        try:
            yield whole
        finally:
            db.session.remove()


def _count_anew(_session: Session, transaction: SessionTransaction, connection: sa.Connection) -> None:
    """A change counts the rows it wrote from nothing, though the transaction it is a part of goes on."""
    if not transaction.nested:
        connection.execute(sa.text("select set_config('app.written', '', true)"))


def personal(*args: Any, audience: str = "internal", **kwargs: Any) -> MappedColumn[Any]:
    """A column whose words may name or describe a person: kept out of facts, erasable, read by `audience`."""
    return mapped_column(*args, info={"personal": audience}, **kwargs)


def secret(*args: Any, **kwargs: Any) -> MappedColumn[Any]:
    """A column that proves somebody: never in the ledger, neither as a fact nor as words kept apart."""
    return mapped_column(*args, info={"cache": True}, **kwargs)


def cache(*args: Any, **kwargs: Any) -> MappedColumn[Any]:
    """A column derived from events and kept only for sorting: never a fact."""
    return mapped_column(*args, info={"cache": True}, **kwargs)


def key() -> Mapped[int]:
    """An identity column as primary key."""
    return mapped_column(sa.BigInteger, sa.Identity(always=False), primary_key=True)
