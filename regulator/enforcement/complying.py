"""What becomes of each step: supplied, reported done, certified, or breached. Only the regulator closes one."""

from __future__ import annotations

from datetime import date

from regulator.casework.registry import effect
from regulator.casework.taking import Taking
from regulator.db import db
from regulator.enforcement.facts import of, open_steps
from regulator.enforcement.models import Certificate, NoticeStep, SuppliedItem
from regulator.enforcement.proposing import the_body
from regulator.errors import Invalid, NotNow

PRIVILEGED = "privileged"


def the_step(taking: Taking) -> NoticeStep:
    """The step of the notice that is chosen, of those that are open; the entry is about it, and about its body.

    Raises: Invalid for any other
    """
    found = next((one for one in open_steps(taking.facts) if one.id == int(taking.data["notice_step"])), None)
    if found is None:
        raise Invalid("Choose a step that is in force and not closed.", "notice_step")
    taking.concerns(the_body(taking))
    taking.about(notice_step=found.id)
    return found


@effect
def supply_information(taking: Taking) -> None:
    """Keep what is supplied item by item; what is privileged is claimed, and never kept."""
    party = the_body(taking)
    steps = {one.id: one for one in open_steps(taking.facts)}
    rows = [
        row for row in taking.data["supplied"] if row.get("answer") or row.get("mark") not in (None, "none")
    ]
    if not rows:
        raise Invalid("Supply at least one item, or claim privilege for it.", "supplied")
    for row in rows:
        step = steps.get(int(row["notice_step"]))
        if step is None:
            raise Invalid("That item is not one of those still asked for.", "supplied")
        mark, answer = row.get("mark") or "none", row.get("answer")
        if mark == PRIVILEGED and answer:
            raise Invalid(f"Do not send what is privileged: leave item {step.number} empty.", "supplied")
        if mark != PRIVILEGED and not answer:
            raise Invalid(f"Say what you supply under item {step.number}.", "supplied")
        step.reported_on = taking.on
        db.session.add(
            SuppliedItem(
                case_id=taking.case_id,
                party_id=party.id,
                step_id=step.id,
                words=answer,
                mark=mark,
                supplied_on=taking.on,
            )
        )
    taking.concerns(party)
    taking.about(notice_step=[int(row["notice_step"]) for row in rows])


@effect
def report_step_done(taking: Taking) -> None:
    """Keep the day on which the body said that a step is done; the regulator closes it."""
    the_step(taking).reported_on = taking.on


@effect
def apply_for_certificate(taking: Taking) -> None:
    """Keep an application for a certificate, which the regulator has to answer."""
    step = the_step(taking)
    step.reported_on = step.reported_on or taking.on
    db.session.add(Certificate(case_id=taking.case_id, step_id=step.id, applied_on=taking.on))


def unanswered(taking: Taking, step: NoticeStep) -> Certificate | None:
    """The application for a certificate of a step, or the recommendation of one, that waits for an answer."""
    found = (one for one in reversed(of(taking.facts).certificates) if one.step_id == step.id)
    return next((one for one in found if one.answered_on is None), None)


@effect
def recommend_certificate(taking: Taking) -> None:
    """Keep what is recommended, beside the application where there is one; the reasons stay inside."""
    step = the_step(taking)
    row = unanswered(taking, step) or Certificate(case_id=taking.case_id, step_id=step.id)
    row.recommended_as, row.recommended_on = str(taking.data["certified_as"]), taking.on
    row.recommended_done_on = taking.data.get("done_on")
    db.session.add(row)


@effect
def certify_step(taking: Taking) -> None:
    """Close a step as done on a day, or as no longer needed: the notice lapses to that extent."""
    step = the_step(taking)
    row = unanswered(taking, step)
    if row is None:
        raise NotNow("Nobody recommended a certificate of that step.")
    row.answered_as, row.answered_on = str(taking.data["certified_as"]), taking.on
    settle(step, row.answered_as, taking.on, taking.data.get("done_on"))


def settle(step: NoticeStep, how: str, on: date, done_on: date | None = None) -> None:
    """Close a step for good."""
    step.settled_as, step.settled_on, step.done_on = how, on, done_on


@effect
def refuse_certificate(taking: Taking) -> None:
    """Refuse a certificate, with reasons; the refusal is an act that can be appealed."""
    step = the_step(taking)
    row = unanswered(taking, step)
    if row is None or row.applied_on is None:
        raise NotNow("No application for a certificate of that step waits for an answer.")
    row.answered_as, row.answered_on = "refused", taking.on
    row.reason, row.act = str(taking.data["reason_told"]), taking.seq
    taking.about(act=[taking.seq])


@effect
def record_step_done(taking: Taking) -> None:
    """Close a step as done on a day, where there are no certificates."""
    settle(the_step(taking), "done", taking.on, taking.data["done_on"])


@effect
def refuse_change(taking: Taking) -> None:
    """Refuse to cancel or to vary; the refusal is an act that can be appealed, about no step."""
    taking.concerns(the_body(taking))
    taking.about(act=[taking.seq])


@effect
def record_breach(taking: Taking) -> None:
    """Keep the day on which it was recorded that a step was not done in time."""
    the_step(taking).breached_on = taking.on
