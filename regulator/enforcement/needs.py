"""Facts that proposing, deciding and signing need; each returns None when it holds, else the sentence to show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from regulator import moments, words
from regulator.actors import Actor
from regulator.casework import editions
from regulator.casework.facts import Facts
from regulator.casework.needs import extensible
from regulator.casework.registry import need
from regulator.deadlines.rule import Length, Unit
from regulator.enforcement.facts import LESSER_FIRST, WITH_STEPS, haste_of, notice_of, of
from regulator.enforcement.foreseeing import too_soon
from regulator.errors import Invalid
from regulator.evidence.facts import ran_out
from regulator.regime.model import Step

LEAST_DAYS = 21


@need
def body_may_be_given_it(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The body is not a Crown body, or what is proposed is a warning or a reprimand."""
    instrument = (known.answers or {}).get("instrument")
    crown = [one for one in known.subjects if known.bodies[one.body_id].is_crown]
    if not crown or instrument not in WITH_STEPS:
        return None
    name = known.names[crown[0].body_id]
    return (
        f"{words.sentence(name).rstrip('.')} is a Crown body, and a Crown body cannot be given a notice under"
        " these rules. It can be given a warning or a reprimand."
    )


@need
def preconditions_answered(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Every precondition has an answer, and the power is the one for what is proposed."""
    answers = known.answers
    if answers is None:
        return None
    given = {str(row["test"]): row for row in answers.get("preconditions") or () if row.get("answer")}
    for test in editions.editions()[known.case.edition].choices("preconditions"):
        if test.code not in given:
            return f"Answer every precondition: “{test.label}” has no answer."
        if given[test.code]["answer"] == "fails" and not given[test.code].get("note"):
            return f"Say why it is proposed although the answer to “{test.label}” is no."
    if answers.get("power") != answers.get("instrument"):
        return "The power is not the one for what is proposed: choose the power that belongs to it."
    return None


@need
def each_step_has_its_date(known: Facts, _step: Step, _by: Actor) -> str | None:
    """A notice has at least one step and each has its day; a warning or a reprimand has none; one that is urgent says why."""
    answers = known.answers
    if answers is None:
        return None
    if answers.get("is_urgent") and not answers.get("urgency"):
        return "Say why it is urgent: the reasons go into the notice."
    asked = asked_steps(answers)
    return wrong_steps(str(answers.get("instrument")), asked, is_urgent=bool(answers.get("is_urgent")))


def asked_steps(answers: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The rows in which something is asked."""
    return [row for row in answers.get("notice_steps_asked") or () if any(row.values())]


def wrong_steps(instrument: str, asked: Sequence[Mapping[str, Any]], *, is_urgent: bool) -> str | None:
    """What is wrong with the steps of an instrument; None when nothing is."""
    if instrument not in WITH_STEPS:
        return "A warning or a reprimand has no steps: take them out, or propose a notice." if asked else None
    if not asked:
        return "A notice needs at least one step: say what must be done, and by when."
    return next((wrong for wrong in _wrong(asked, is_urgent=is_urgent)), None)


def _wrong(asked: Sequence[Mapping[str, Any]], *, is_urgent: bool) -> Iterator[str]:
    for number, row in enumerate(asked, 1):
        day, hours = row.get("done_by"), row.get("hours")
        if not row.get("words"):
            yield f"Say what step {number} requires."
        if not day and not hours:
            yield f"Say by which day step {number} must be done."
        if day and hours:
            yield f"Give step {number} a day or a number of hours, and not both."
        if hours and not is_urgent:
            yield f"Only a notice that is urgent sets hours: give step {number} a day."
        if isinstance(day, date) and day <= moments.today():
            yield f"The day of step {number} must be in the future."


@need
def something_proposed(known: Facts, _step: Step, _by: Actor) -> str | None:
    """It is written down what is proposed."""
    return None if of(known).notice else "Nothing is proposed in this case yet: amend the proposal first."


@need
def not_under_21_days(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The body has 21 days or more to make representations."""
    given = (known.answers or {}).get("answer_within")
    if not given:
        return None
    try:
        length = Length.parse(str(given))
    except ValueError as error:
        raise Invalid(str(error), "answer_within") from None
    if length.unit not in {Unit.DAYS, Unit.WEEKS, Unit.MONTHS}:
        return "Give the time for representations in days, weeks or months."
    if length.unit is not Unit.MONTHS and length.days < LEAST_DAYS:
        return f"The body has {LEAST_DAYS} days or more to make representations: {length} is too short."
    return None


@need
def urgent_or_information_or_audit_notice(known: Facts, _step: Step, _by: Actor) -> str | None:
    """It is urgent, with reasons, or an information or an audit notice."""
    notice = of(known).notice
    if notice and (notice.instrument in {"information", "audit"} or (notice.is_urgent and notice.urgency)):
        return None
    return "It is not urgent, so the body must be told first what is intended."


@need
def more_time_asked_or_agreed(known: Facts, step: Step, _by: Actor) -> str | None:
    """A request for more time, made in time, waits for an answer, or more time was agreed and that is written down."""
    answers = known.answers
    said = (answers or {}).get("clock")
    clocks = [one for one in extensible(known, step) if said in (None, one.ref, one.name)]
    if any(one.pending for one in clocks):
        return None
    by_agreement = [one for one in clocks if one.clock.extension and one.clock.extension.asked_by is None]
    if not by_agreement:
        return "Nobody has asked for more time."
    if answers is None or answers.get("agreement"):
        return None
    return "Nobody asked for this, so write down with whom it was agreed, and when."


@need
def every_point_answered(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Every point of the representations has an answer with its reason."""
    if known.answers is None:
        return None
    given = {
        str(row["point"])
        for row in known.answers.get("point_answers") or ()
        if row.get("answer") and row.get("reason")
    }
    bare = [one.number for one in of(known).points if not one.answer and str(one.id) not in given]
    return f"Answer point {bare[0]} of the representations, with a reason." if bare else None


@need
def time_to_decide_left(known: Facts, _step: Step, _by: Actor) -> str | None:
    """No notice of intent was given, or the time to decide after it has not passed."""
    clock = known.clock("decide_after_intent")
    if clock is None or not ran_out(clock):
        return None
    return (
        f"The time to decide after the notice of intent ended on {words.day(clock.last_day)}."
        " Now it can only be decided to go no further."
    )


@need
def decision_fits(known: Facts, _step: Step, _by: Actor) -> str | None:
    """A lesser instrument is named if, and only if, that is what is decided, and it is lesser than what was proposed."""
    answers = known.answers
    if answers is None:
        return None
    lesser = answers.get("lesser")
    if (answers.get("decision") == "lesser") is not bool(lesser):
        return (
            "Choose the lesser instrument only where you decide to issue one."
            if lesser
            else "Choose which lesser instrument is issued."
        )
    proposed = notice_of(known).proposed
    if lesser and LESSER_FIRST.index(str(lesser)) >= LESSER_FIRST.index(proposed):
        return "That is not lesser than what was proposed."
    return None


@need
def final_cleared(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The final text was cleared after the last decision."""
    decided, cleared = known.last("decide"), known.last("clear_final")
    if cleared is not None and (decided is None or cleared.seq > decided.seq):
        return None
    return "A lawyer must clear the final text first."


@need
def steps_leave_time(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Every step leaves the least time that there must be, if it is served tomorrow."""
    notice = of(known).notice
    short = too_soon(known, haste_of(notice)) if notice else None
    if short is None:
        return None
    number, first = short
    return (
        f"Served tomorrow, step {number} could not bind before {words.day(first)}, and its day is sooner."
        " Send it back, so that it is decided with another day."
    )


@need
def reasons_if_intent_given(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The body does not know of it, or the reasons that it is told are written down."""
    answers = known.answers
    if answers is None or answers.get("reason_told") or not any(one.sees for one in known.subjects):
        return None
    return "The body was told of this, so write the reasons that it will read."
