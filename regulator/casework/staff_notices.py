"""What falls due, told to whoever has the case: once each, at once or with the others of the day.

A notice is found, then put into a message together with the mark that it was: whatever crashes between, it is found
again and goes once. It is a message and no act, so the chain of the case says nothing of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.dialects.postgresql import insert

from config import Config
from regulator import moments, words
from regulator.accounts import mail
from regulator.accounts.commands import DAILY
from regulator.accounts.models import Person, RoleHeld
from regulator.actors import SYSTEM
from regulator.casework import editions
from regulator.casework.models import CaseFile, ClockRow, NoticeToStaff, WallMember
from regulator.db import ask_as, db
from regulator.deadlines.london import at_time
from regulator.regime.timing import STANDARD

SOON, OVERDUE, RAN_OUT = "soon", "overdue", "ran_out"
AHEAD = timedelta(days=3)
"""So long before its last day somebody is told that something falls due."""
DIGEST_AT = time(7)
"""The time in London from which the messages of the day go."""
MOST = 1000
SAYS: Mapping[str, str] = {
    SOON: "due on {day}",
    OVERDUE: "was due on {day} and is overdue",
    RAN_OUT: "somebody outside had until {day}, and the time is over",
}
CHANGE = """You are told once of each. Duties in law are told at once; how the rest is told is yours to choose:
{place}"""

_TABLE: sa.Table = NoticeToStaff.__table__  # type: ignore[assignment]
_NOW: sa.BindParameter[datetime] = sa.bindparam("now", type_=sa.DateTime(timezone=True))
_UNTIL: sa.BindParameter[date] = sa.bindparam("until", type_=sa.Date)
_OURS, _LATE = ClockRow.owed_by == "regulator", ClockRow.late_from <= _NOW
_WHY = sa.case((sa.not_(_OURS), RAN_OUT), (_LATE, OVERDUE), else_=SOON)
_REF = ClockRow.name + sa.cast(ClockRow.keys, sa.String)
_TOLD = (
    sa.select(NoticeToStaff.id)
    .where(
        NoticeToStaff.case_id == ClockRow.case_id,
        NoticeToStaff.clock == _REF,
        NoticeToStaff.due == ClockRow.last_day,
        NoticeToStaff.why == _WHY,
        NoticeToStaff.person_id == sa.func.coalesce(CaseFile.owner_id, NoticeToStaff.person_id),
    )
    .exists()
)
_FOUND = (
    sa.select(
        CaseFile.id,
        CaseFile.kind,
        CaseFile.edition,
        CaseFile.owner_id,
        CaseFile.team_id,
        CaseFile.is_restricted,
        ClockRow.name,
        _REF,
        ClockRow.label,
        ClockRow.last_day,
        _WHY,
    )
    .join(CaseFile, CaseFile.id == ClockRow.case_id)
    .where(
        ClockRow.is_open,
        ClockRow.last_day <= _UNTIL,
        sa.not_(ClockRow.is_held),
        ClockRow.paused_since.is_(None),
        sa.or_(_LATE, sa.and_(_OURS, ClockRow.started_on + 1 < ClockRow.last_day)),
        CaseFile.is_open,
        sa.not_(CaseFile.is_historic),
        sa.not_(_TOLD),
    )
    .order_by(ClockRow.last_day, ClockRow.id)
    .limit(MOST)
)
_STILL_SO = (
    sa.select(ClockRow.id)
    .where(
        ClockRow.case_id == NoticeToStaff.case_id,
        ClockRow.is_open,
        ClockRow.last_day == NoticeToStaff.due,
        NoticeToStaff.clock == _REF,
    )
    .exists()
)
_WAITING = (
    sa.select(
        NoticeToStaff.id,
        NoticeToStaff.person_id,
        NoticeToStaff.at_once,
        NoticeToStaff.label,
        NoticeToStaff.due,
        NoticeToStaff.why,
        CaseFile.reference,
        _STILL_SO,
    )
    .join(CaseFile, CaseFile.id == NoticeToStaff.case_id)
    .where(NoticeToStaff.sent_at.is_(None))
    .order_by(NoticeToStaff.due, NoticeToStaff.id)
    .with_for_update(of=NoticeToStaff, skip_locked=True)
)
_DIGESTED = sa.select(NoticeToStaff.person_id).where(
    sa.not_(NoticeToStaff.at_once), NoticeToStaff.sent_at >= sa.bindparam("since")
)


@dataclass(frozen=True)
class Staff:
    """Somebody who may be told: which team, whether they manage, and whether they want it once a day."""

    id: int
    name: str
    email: str
    team_id: int | None
    is_manager: bool
    daily: bool


@dataclass(frozen=True)
class Waiting:
    """A notice that is in no message yet."""

    id: int
    person_id: int
    at_once: bool
    label: str
    due: date
    why: str
    reference: str
    is_so: bool

    @property
    def line(self) -> str:
        """It, in a line."""
        said = SAYS[self.why].format(day=words.day(self.due))
        return f"{self.reference}: {self.label}, {said}."


def find() -> int:
    """Note everything that somebody is to be told of, and has not been; returns how much there was that is new."""
    ask_as(SYSTEM)
    asked = {"now": moments.now(), "until": moments.today() + AHEAD}
    found: Sequence[Any] = db.session.execute(_FOUND, asked).all()
    people = _people() if found else {}
    rows = [row for one in found for row in _rows(one, people)]
    if rows:
        db.session.execute(insert(_TABLE).on_conflict_do_nothing(), rows)
    db.session.commit()
    return len(rows)


def _rows(one: Any, people: Mapping[int, Staff]) -> list[dict[str, Any]]:
    case_id, kind, edition, owner, team, is_restricted, name, ref, label, due, why = one
    inside = _inside(case_id) if is_restricted else None
    duty = _is_duty_in_law(edition, kind, name)
    return [
        {
            "case_id": case_id,
            "person_id": who.id,
            "clock": ref,
            "label": label,
            "due": due,
            "why": why,
            "at_once": duty or not who.daily,
            "made_at": moments.now(),
        }
        for who in _responsible(people, owner, team)
        if inside is None or who.id in inside or who.id == owner
    ]


def _is_duty_in_law(edition: str, kind: str, clock: str) -> bool:
    """Whether more stands behind a date than a standard of our own; what the rules no longer name counts as such."""
    found = editions.kind_of(edition, kind).clocks.get(clock)
    return found is None or found.rule.source != STANDARD


def _responsible(people: Mapping[int, Staff], owner: int | None, team: int | None) -> list[Staff]:
    """Whoever has the case; where nobody has, the managers of its team, or else all of them."""
    if owner is not None and owner in people:
        return [people[owner]]
    managers = [one for one in people.values() if one.is_manager]
    return [one for one in managers if one.team_id == team] or managers


def _people() -> dict[int, Staff]:
    """Everyone of the regulator who is here today."""
    on = moments.today()
    manages = (
        sa.select(RoleHeld.id)
        .where(
            RoleHeld.person_id == Person.id,
            RoleHeld.role == "manager",
            RoleHeld.starts_on <= on,
            sa.or_(RoleHeld.ends_on.is_(None), RoleHeld.ends_on > on),
        )
        .exists()
    )
    daily = Person.reminders.is_not_distinct_from(DAILY)
    asked = sa.select(Person.id, Person.name, Person.email, Person.team_id, manages, daily).where(
        Person.body_id.is_(None), sa.or_(Person.left_on.is_(None), Person.left_on > on)
    )
    return {row[0]: Staff(*row) for row in db.session.execute(asked)}


def _inside(case_id: int) -> set[int]:
    asked = sa.select(WallMember.person_id).where(WallMember.case_id == case_id)
    return set(db.session.scalars(asked))


def tell() -> int:
    """Put what waits into messages, one for each person; returns how many. What is no longer so is left out."""
    ask_as(SYSTEM)
    waiting = [Waiting(*row) for row in db.session.execute(_WAITING)]
    people, told = (_people(), _told_today()) if waiting else ({}, set())
    sent, theirs = [], defaultdict(list)
    for one in waiting:
        if not one.is_so or one.person_id not in people:
            sent.append(one.id)
        elif one.at_once or (_is_time() and one.person_id not in told):
            theirs[one.person_id].append(one)
            sent.append(one.id)
    for person, notices in theirs.items():
        _post(people[person], notices)
    if sent:
        marked = sa.update(_TABLE).where(_TABLE.c.id.in_(sent)).values(sent_at=moments.now())
        db.session.execute(marked)
    db.session.commit()
    return len(theirs)


def _is_time() -> bool:
    return moments.now() >= at_time(moments.today(), DIGEST_AT)


def _told_today() -> set[int]:
    since = at_time(moments.today(), DIGEST_AT)
    return set(db.session.scalars(_DIGESTED, {"since": since}))


def _post(who: Staff, notices: Sequence[Waiting]) -> None:
    config: Config = current_app.extensions["regulator"]
    first = notices[0]
    subject = (
        f"{first.reference}: {first.label}" if len(notices) == 1 else f"{len(notices)} dates of your cases"
    )
    lines = [f"{one.line}\n{config.public_url}/cases/{one.reference}" for one in notices]
    last = CHANGE.format(place=f"{config.public_url}/account/reminders")
    mail.post(who.email, subject, "\n\n".join([f"Hello {who.name}", *lines, last, ""]))
