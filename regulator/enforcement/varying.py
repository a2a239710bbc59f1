"""Varying a notice: what a lawyer cleared step by step is made and served again."""

from __future__ import annotations

from typing import Any

from regulator import moments, words
from regulator.casework.registry import effect
from regulator.casework.taking import Taking
from regulator.db import db
from regulator.enforcement.complying import settle
from regulator.enforcement.facts import haste_of, notice_of, of, open_steps
from regulator.enforcement.foreseeing import done_by
from regulator.enforcement.models import NoticeStep, Variation, VariationStep
from regulator.enforcement.proposing import the_body
from regulator.enforcement.serving import keep_service
from regulator.enforcement.wording import varied_text
from regulator.errors import Invalid, NotNow
from regulator.evidence.issuing import issue

GONE = "fallen_away"


@effect
def clear_variation(taking: Taking) -> None:
    """Keep what a variation will say of each step, in the place of one that was cleared and never made."""
    rows = [row for row in taking.data["variation"] if _says(row)]
    if not rows:
        raise Invalid("Say of at least one step what is varied.", "variation")
    steps = {one.id: one for one in open_steps(taking.facts)}
    variation = waiting(taking) or Variation(
        case_id=taking.case_id, number=1 + len(of(taking.facts).variations), cleared_on=taking.on
    )
    variation.cleared_on = taking.on
    taking.add(variation)
    for old in [one for one in of(taking.facts).varied if one.variation_id == variation.id]:
        db.session.delete(old)
    for row in rows:
        step = steps.get(int(row["notice_step"]))
        if step is None:
            raise Invalid("A step that is closed cannot be varied.", "variation")
        _check(step, row)
        db.session.add(
            VariationStep(
                case_id=taking.case_id,
                variation_id=variation.id,
                step_id=step.id,
                words=row.get("words") or None,
                done_by=row.get("done_by"),
                falls_away=bool(row.get("falls_away")),
            )
        )


def _says(row: dict[str, Any]) -> bool:
    return bool(row.get("words") or row.get("done_by") or row.get("falls_away"))


def _check(step: NoticeStep, row: dict[str, Any]) -> None:
    if row.get("falls_away") and (row.get("words") or row.get("done_by")):
        raise Invalid(
            f"Step {step.number} falls away, so it has no other words and no other day.", "variation"
        )
    if row.get("done_by") and row["done_by"] <= moments.today():
        raise Invalid(f"The day of step {step.number} must be in the future.", "variation")


def waiting(taking: Taking) -> Variation | None:
    """The variation that was cleared and not made yet."""
    return next((one for one in of(taking.facts).variations if one.made_on is None), None)


@effect
def vary(taking: Taking) -> None:
    """Make the variation that was cleared, and serve it: a step with another day is counted anew."""
    variation, party, notice = waiting(taking), the_body(taking), notice_of(taking.facts)
    if variation is None:
        raise NotNow("A lawyer must clear the variation first.")
    keep_service(taking, "variation")
    changes = [one for one in of(taking.facts).varied if one.variation_id == variation.id]
    steps = {one.id: one for one in of(taking.facts).steps}
    told = [(steps[one.step_id], _make(taking, steps[one.step_id], one)) for one in changes]
    variation.made_on = taking.on
    text = "\n\n".join(varied_text(taking.facts, told, variation.number))
    issue(taking, "variation", "body", text, party_id=party.id, number=variation.number)
    counted = [one for one in changes if one.done_by or one.falls_away]
    taking.concerns(party)
    taking.about(notice_step=[one.step_id for one in counted], act=[taking.seq])
    taking.intent.data.update(
        haste=haste_of(notice),
        done_by={str(one.step_id): done_by(steps[one.step_id]) for one in counted if one.done_by},
    )


def _make(taking: Taking, step: NoticeStep, change: VariationStep) -> str:
    """Change one step; returns what became of it."""
    if change.falls_away:
        settle(step, GONE, taking.on)
        return "it falls away."
    said = []
    if change.done_by:
        step.done_by, step.hours, step.breached_on = change.done_by, None, None
        said.append(f"its day is now {words.day(change.done_by)}.")
    if change.words:
        step.words = change.words
        said.append(f"it now reads: {change.words}")
    return " ".join(said)
