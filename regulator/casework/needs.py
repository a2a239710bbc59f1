"""Facts that the steps of every kind need; each returns None when it holds, else the sentence to show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from regulator import moments, words
from regulator.actors import Actor
from regulator.casework import editions
from regulator.casework.facts import OVERSIGHT, SUBJECT, Facts
from regulator.casework.registry import need, relation
from regulator.deadlines.rule import Length
from regulator.errors import Invalid
from regulator.regime.events import Event, last_move
from regulator.regime.judge import AUDIENCE
from regulator.regime.model import GIVEN, Step
from regulator.regime.running import Running

BODY = "body"


@relation
def own_case(known: Facts, by: Actor) -> bool:
    """It is their complaint, or they act for the person whose complaint it is."""
    return by.case_id == known.case.id


@relation
def own_body(known: Facts, by: Actor) -> bool:
    """The case concerns the body they work for."""
    party = known.party_of(by)
    return by.body_id is not None and party is not None and party.capacity == SUBJECT


@relation
def overseen_body(known: Facts, by: Actor) -> bool:
    """The case concerns a body that theirs oversees."""
    party = known.party_of(by)
    return by.body_id is not None and party is not None and party.capacity == OVERSIGHT


@need
def no_owner(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Nobody has the case yet."""
    return None if known.case.owner_id is None else "Somebody has this case already: reassign it instead."


@need
def has_owner(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Somebody has the case."""
    return "Nobody has this case yet: assign it first." if known.case.owner_id is None else None


@need
def restricted(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The case is restricted to named people."""
    return None if known.case.is_restricted else "This case is not restricted."


@need
def body_sees_stage(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The body may see the case where it stands now."""
    seen = known.kind.stages[known.stage].seen_by(BODY) and any(party.sees for party in known.subjects)
    return None if seen else "No body can see this case yet, so there is nobody to write to."


@need
def another_kind_in_service(known: Facts, _step: Step, by: Actor) -> str | None:
    """The edition has another kind in service that this person may open."""
    kinds = editions.current().kinds.values()
    others = [kind for kind in kinds if kind.in_service and kind.name != known.kind.name]
    if not others:
        return "No other kind of case is in service under this edition yet."
    openings = (step for kind in others for step in kind.openings if step.to != GIVEN)
    if any(by.holds(*step.who) for step in openings):
        return None
    return "Other kinds of case are opened by people of other roles: ask one of them."


def _open(known: Facts, cause: str | None = None) -> bool:
    return any(pause.end is None for pause in known.intervals if cause in (None, pause.cause))


@need
def not_held(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The case is not on hold."""
    return "This case is on hold already." if _open(known, "hold") else None


@need
def held(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The case is on hold."""
    return None if _open(known, "hold") else "This case is not on hold."


@need
def no_pause(known: Facts, _step: Step, _by: Actor) -> str | None:
    """No pause is running, neither a hold nor an open question."""
    return "A pause is running: it must end first." if _open(known) else None


def extensible(known: Facts, step: Step, by: Actor | None = None) -> list[Running]:
    """The open clocks for which `step` asks or gives more time; for somebody outside, their own alone."""
    side = AUDIENCE.get(by.side) if by else None
    return [
        clock
        for clock in known.running
        if clock.is_open
        and (rule := clock.clock.extension)
        and step.name in (rule.asked_by, rule.decided_by)
        and (by is None or side == "staff" or (clock.owed_by == side and _theirs(known, clock, by)))
    ]


def _theirs(known: Facts, clock: Running, by: Actor) -> bool:
    """Whether a clock is about the part in the case of the body whose person this is; of none, for other people."""
    party = known.party_of(by) if by.body_id else None
    return party is None or clock.keys.get("party") in {party.id, *(p.id for p in known.overseen_by(party))}


def _chosen(known: Facts, step: Step, by: Actor | None) -> list[Running]:
    clocks = extensible(known, step, by)
    said = (known.answers or {}).get("clock")
    return [clock for clock in clocks if said in (None, clock.ref, clock.name)]


@need
def asked_before_expiry(known: Facts, step: Step, by: Actor) -> str | None:
    """The clock for which more time is asked runs and its last day has not passed."""
    if any(not clock.is_overdue(moments.now()) for clock in _chosen(known, step, by)):
        return None
    return "Nothing that is due from you can be given more time, or its last day has passed."


@need
def extension_left(known: Facts, step: Step, by: Actor) -> str | None:
    """That clock may be extended once more, and no request for it is waiting."""
    clocks = _chosen(known, step, by)
    if any(clock.pending is None and _left(clock) for clock in clocks):
        return None
    if any(clock.pending for clock in clocks):
        return "More time has been asked for already, and that is not decided yet."
    return "More time can be given only once, and it has been given."


def _left(clock: Running) -> bool:
    rule = clock.clock.extension
    return rule is not None and (rule.times is None or len(clock.result.derivation.extensions) < rule.times)


@need
def more_time_asked(known: Facts, step: Step, _by: Actor) -> str | None:
    """A request for more time, made in time, is waiting for an answer."""
    if any(clock.pending for clock in _chosen(known, step, None)):
        return None
    return "Nobody has asked for more time."


@need
def within_extension_limit(known: Facts, step: Step, _by: Actor) -> str | None:
    """The time given is no longer than the rule of that clock allows."""
    answers = known.answers or {}
    if not answers.get("granted"):
        return None
    for clock in _chosen(known, step, None):
        last = clock.result.last_day
        rule = clock.clock.extension
        most = rule.up_to if rule else None
        given = _days_more(answers, last)
        if given is None:
            return "Say how much more time is given, or until which day."
        if given < 1:
            return f"The new date must be later than {words.day(last)}."
        if most and given > most.days:
            return f"More time can be at most {most} after {words.day(last)}."
    return None


def _days_more(answers: Mapping[str, Any], last: date) -> int | None:
    """How many days the decision adds to a last day; None when it does not say."""
    until, length = answers.get("until"), answers.get("length")
    if isinstance(until, date):
        return (until - last).days
    try:
        return Length.parse(str(length)).days if length else None
    except ValueError as error:
        raise Invalid(str(error), "length") from None


@need
def entry_by_another(known: Facts, _step: Step, by: Actor) -> str | None:
    """There is an entry that somebody other than the person correcting it wrote, and it is the one chosen."""
    theirs = {event.seq for event in known.events if event.by_person != by.person_id}
    said = _number((known.answers or {}).get("entry"))
    if said is None:
        return None if theirs else "Every entry here is your own, and an entry is corrected by someone else."
    if said not in {event.seq for event in known.events}:
        return "There is no such entry on this case."
    return None if said in theirs else "You wrote that entry, so someone else must correct it."


def _number(value: Any) -> int | None:
    return int(value) if value not in (None, "") else None


@need
def last_move_reversible(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The last stage move is not the opening, was not signed, sent no letter and is not itself undone."""
    move = last_move(known.events)
    if move is None or move.from_stage is None:
        return "The case has not moved since it was opened."
    step = known.kind.steps.get(move.step)
    if step and (step.letters or step.name == "sign"):
        return "The last move was signed or sent a letter, so it cannot be reversed."
    return None


@need
def moved_by_another(known: Facts, _step: Step, by: Actor) -> str | None:
    """Somebody other than the person asking made the last stage move."""
    move: Event | None = last_move(known.events)
    mine = move is not None and by.person_id is not None and move.by_person == by.person_id
    return "You made the last move, so someone else must reverse it." if mine else None


@need
def not_in_force_unserved(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The stage it is brought to is not in force, or service is proved."""
    answers = known.answers or {}
    if answers.get("stage") == "in_force" and not answers.get("service_proved"):
        return "A notice cannot be brought over as in force unless its service is proved."
    return None


@need
def on_legal_hold(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The case is on legal hold."""
    return None if known.case.legal_hold else "This case is not on legal hold."


@need
def not_on_legal_hold(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The case is not on legal hold."""
    return "This case is on legal hold." if known.case.legal_hold else None
