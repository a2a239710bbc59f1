"""What holds of every case after every step, whoever took it and whatever was answered."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from regulator import moments
from regulator.actors import Actor, Side
from regulator.casework import clocks, facts, queries
from regulator.casework.facts import OVERSIGHT, SUBJECT, Facts
from regulator.casework.forms import RowsField, StepForm
from regulator.casework.models import ClockRow, Party
from regulator.casework.queries.timeline import Told
from regulator.casework.questions import YesNo
from regulator.casework.steps import NOT_ASKED
from regulator.db import ask_as, db, engine_role
from regulator.desk.queries.desk import line_of
from regulator.fields.asked import Asked
from regulator.fields.choices import Radios
from regulator.letters.models import Letter
from regulator.regime.duties import next_actions
from regulator.regime.events import Event, stage_after
from regulator.regime.model import THEM, Step
from walking.company import Company, sees

CAPACITY = {Side.body: SUBJECT, Side.oversight: OVERSIGHT}
AUDIENCE = {
    Side.body: "body",
    Side.oversight: "oversight",
    Side.complainant: "complainant",
    Side.public: "public",
}
NOT_KEPT = {"id", "next_look"}


def check(case_id: int, company: Company, written: set[int], some: slice = slice(None)) -> Facts:
    """See that everything holds of a case that was just looked at or acted on; returns its facts.

    written: the letters seen before; those that are new are looked at and added
    some:    those outside whose sight is looked at; what one of them sees too much stays to be seen later
    """
    with engine_role([case_id]):
        known = facts.load(case_id)
        _check_case(known)
        _check_clocks(known)
        _check_letters(known, written)
        db.session.expunge_all()
    for by in company.outside(known)[some]:
        _check_sight(known, by)
    return known


def unanswerable(form: StepForm) -> list[str]:
    """The questions of a form that must be answered and cannot be: there is nothing to choose, or they are not asked."""
    asked = {one.short_name: one for one in form.asked}
    own = bool(form.step.form)
    needed = [one.name for one in form.step.fields if one.required and one.kind not in NOT_ASKED]
    bare = [name for name, one in asked.items() if one.is_required and _is_bare(one)]
    return bare + ([] if own else [name for name in needed if name not in asked])


def _is_bare(asked: Asked) -> bool:
    if isinstance(asked, RowsField):
        return not asked.rows
    return isinstance(asked, Radios) and not isinstance(asked, YesNo) and not asked.choices


def _check_case(known: Facts) -> None:
    """The stage follows from the entries, and whatever is open waits for somebody."""
    assert stage_after(known.events) == known.stage
    assert known.case.is_open is not known.kind.stages[known.stage].is_end
    actions = next_actions(known.kind, known.running, known.stage, moments.now())
    assert actions or not known.case.is_open, f"nobody has to act next at {known.stage}"


def _check_clocks(known: Facts) -> None:
    """The clocks that are kept are those that are derived, and so are the days by which lists are sorted."""
    kept = db.session.scalars(sa.select(ClockRow).where(ClockRow.case_id == known.case.id)).all()
    columns = [column.key for column in sa.inspect(ClockRow).columns if column.key not in NOT_KEPT]
    found = {str([_plain(getattr(row, name)) for name in columns]) for row in kept}
    rows = [clocks._row(known, clock) for clock in known.running]
    derived = {str([_plain(row[name]) for name in columns]) for row in rows}
    assert not found ^ derived, "\n".join(
        ["kept", *sorted(found - derived), "derived", *sorted(derived - found)]
    )
    ours = [one.last_day for one in known.running if one.is_open and one.owed_by == "regulator"]
    due = min(ours, default=clocks.NEVER)
    assert known.case.due_on == due, (
        f"{known.case.due_on} is kept, {due} derived: {[e.step for e in known.events]}"
    )


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return str(sorted(value.items()))
    return str(value.astimezone(UTC)) if isinstance(value, datetime) else str(value)


def _check_letters(known: Facts, written: set[int]) -> None:
    """A letter goes only to somebody who sees the case by then."""
    query = sa.select(Letter).where(Letter.case_id == known.case.id, Letter.id.not_in(written))
    parties = {party.id: party for party in known.parties}
    for letter in db.session.scalars(query):
        written.add(letter.id)
        if letter.to_side in ("body", "oversight"):
            party = parties[letter.party_id or 0]
            assert party.sees, f"{letter.template} went to one who does not see the case"
            assert party.capacity == {"body": SUBJECT, "oversight": OVERSIGHT}[letter.to_side]
        else:
            assert letter.to_side == "staff" or letter.to_side in known.kind.seen_by


def _check_sight(known: Facts, by: Actor) -> None:
    """Somebody outside sees the case only where the rules show it to them, and of it only what is told to them."""
    party = _part(known, by)
    shown = sees(known, by)
    audience = AUDIENCE[by.side]
    if by.side in CAPACITY:
        assert shown is bool(party and party.sees)
        assert (line_of(known.case.id, by=by) is not None) is shown
    if shown:
        assert audience in known.kind.seen_by, f"{audience} sees a case of a kind that it may not see"
        before = [(e.step, e.to_stage) for e in known.events]
        assert known.kind.shows(audience, {name for one in before for name in one}), (
            f"{by.name} sees {before}"
        )
    told = queries.timeline(known.case.id, by=by, limit=queries.MANY)
    assert shown or not told, f"{by.name} is told of a case out of sight"
    for one in told:
        _check_told(known, one, by, party)
    _check_their_clocks(known, by, party, shown=shown)


def _part(known: Facts, by: Actor) -> Party | None:
    return known.party_of(by) if by.side in CAPACITY else None


def _check_told(known: Facts, one: Told, by: Actor, party: Party | None) -> None:
    event, step = known.events[one.seq - 1], known.kind.steps[one.step]
    audience = AUDIENCE[by.side]
    assert _is_told(step, event, audience), f"{audience} is told of {step.name}"
    if party:
        whose = {party.id, *(overseen.id for overseen in known.overseen_by(party))}
        about = event.keys.get("party")
        named = set(event.about("party")) if not isinstance(about, dict) else set()
        assert not named or named & whose, f"{by.name} is told of {step.name}, which is about another body"
    readable = {field.name for field in step.answers if audience in field.audience}
    assert one.is_theirs or set(one.fields) <= readable, f"{set(one.fields) - readable} of {step.name}"


def _is_told(step: Step, event: Event, audience: str) -> bool:
    if step.tells and audience not in (event.data.get(step.tells) or ()):
        return False
    return audience in step.says or (THEM in step.says and audience != "public")


def _check_their_clocks(known: Facts, by: Actor, party: Party | None, *, shown: bool) -> None:
    """Of the clocks somebody outside reads only those that are anything to them, and of their own part."""
    ask_as(by)
    query = sa.select(ClockRow).where(ClockRow.case_id == known.case.id)
    whose = {party.id, *(one.id for one in known.overseen_by(party))} if party else set()
    for row in db.session.scalars(query):
        assert shown
        assert getattr(row, f"for_{AUDIENCE[by.side]}")
        assert not whose or row.party_id is None or row.party_id in whose
