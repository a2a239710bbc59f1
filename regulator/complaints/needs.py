"""Facts that the steps of a complaint need; each returns None when it holds, else the sentence to show."""

from __future__ import annotations

from regulator.actors import Actor
from regulator.casework import editions
from regulator.casework.facts import Facts
from regulator.casework.models import Participant
from regulator.casework.registry import need
from regulator.complaints.facts import of
from regulator.complaints.models import Allegation
from regulator.evidence.facts import in_or_passed, standing_comments
from regulator.evidence.needs import undisposed
from regulator.regime.model import Edition, Step


def edition_of(known: Facts) -> Edition:
    """The edition the case keeps."""
    return editions.editions()[known.case.edition]


def ours(known: Facts) -> list[Allegation]:
    """The allegations this case decides: all but those referred elsewhere."""
    return [one for one in of(known).allegations if one.referred_to is None]


@need
def remit_answered(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Every remit test has an answer, kept before or given with the step."""
    if known.answers is None:
        return None
    tests = {choice.code for choice in edition_of(known).choices("remit_tests")}
    given = {str(row["test"]) for row in known.answers.get("remit_answers") or () if row.get("answer")}
    missing = tests - given - {answer.test for answer in of(known).remit}
    return "Answer every remit test before you accept the complaint." if missing else None


@need
def has_representative(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Somebody acts for the complainant."""
    acts = any(who.capacity == "representative" and who.left_on is None for who in known.participants)
    return None if acts else "Nobody acts for the complainant."


def unchecked(known: Facts) -> Participant | None:
    """Whoever came with the complaint to act for somebody, and has not been confirmed; others were checked when they were added."""
    came = [who for who in known.participants if who.capacity == "representative"]
    added = sum(event.step == "add_representative" for event in known.events)
    acting = [who for who in came[: max(0, len(came) - added)] if who.left_on is None]
    return acting[0] if acting and not known.happened("check_authority") else None


@need
def authority_unchecked(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Somebody acts for the complainant since it was made, and nobody has checked that they may."""
    return None if unchecked(known) else "Nobody’s authority is waiting to be checked."


@need
def authority_settled(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Nobody acts for the complainant whose authority has not been checked."""
    return (
        "Check first that the representative may act, or end the representation."
        if unchecked(known)
        else None
    )


@need
def allegation_open(known: Facts, _step: Step, _by: Actor) -> str | None:
    """At least one allegation is neither referred elsewhere nor told, and those chosen are among them."""
    free = {one.number for one in ours(known) if one.told_on is None}
    if not free:
        return "Every allegation has been referred elsewhere or told already."
    chosen = {int(number) for number in (known.answers or {}).get("allegations_chosen") or ()}
    return None if chosen <= free else "One of those allegations has been referred elsewhere or told already."


@need
def open_question(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The complainant has been asked something and has not answered."""
    return None if _asked(known) else "Nothing that the complainant was asked is waiting for an answer."


@need
def no_open_question(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Nothing that the complainant was asked is unanswered."""
    return "A question to the complainant is waiting for an answer." if _asked(known) else None


def _asked(known: Facts) -> bool:
    return any(pause.cause == "question" and pause.end is None for pause in known.intervals)


@need
def finding_for_each_allegation(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Every allegation not referred elsewhere has a finding, kept before or given with the step."""
    given = _given(known)
    missing = [one.number for one in ours(known) if not (one.finding or given.get(one.number))]
    if known.answers is None and _step.form:
        return None
    return f"Give a finding for allegation {missing[0]}." if missing else None


def _given(known: Facts) -> dict[int, str]:
    rows = (known.answers or {}).get("findings") or ()
    return {int(row["allegation"]): str(row.get("finding") or "") for row in rows}


@need
def finding_has_standard(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Every finding names a standard of the edition."""
    bare = [one.number for one in ours(known) if one.finding and not one.standard]
    return f"The finding on allegation {bare[0]} names no standard." if bare else None


@need
def comment_waiting(known: Facts, _step: Step, _by: Actor) -> str | None:
    """A comment on the provisional view has not been disposed of."""
    waits = any(one.accepted is None for one in standing_comments(known))
    return None if waits else "No comment is waiting for an answer."


@need
def comments_in_or_passed(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Everyone shown the provisional view has commented, or the time for it has passed."""
    if in_or_passed(known, "comments_on_view"):
        return None
    return "Comments on the provisional view are not all in, and the time for them has not passed."


@need
def comments_disposed(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Every comment has been accepted or not, with a reason."""
    return undisposed(known)
