"""Facts about reports and recommendations that steps need; each returns None when it holds, else the sentence to show."""

from __future__ import annotations

from regulator.actors import Actor
from regulator.casework.facts import Facts
from regulator.casework.registry import need
from regulator.evidence.facts import in_or_passed
from regulator.findings.facts import MET, REJECTED, is_open, issued_to, latest_rating, of, publications
from regulator.findings.models import Recommendation
from regulator.regime.model import Step

GONE = "There is no such recommendation on this case."


@need
def report_drafted(known: Facts, _step: Step, _by: Actor) -> str | None:
    """There is a report with a finding in each area."""
    if of(known).report is None:
        return "There is no report yet: work on it first."
    found = {one.area_id for one in of(known).findings}
    bare = [one for one in of(known).areas if one.id not in found]
    return f"The report has no finding yet in area {bare[0].number}, “{bare[0].name}”." if bare else None


@need
def published(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Something of the case was published."""
    return None if publications(known) else "Nothing of this case is published yet."


def chosen(known: Facts, by: Actor) -> list[Recommendation]:
    """The recommendations a step may be about: the one it names, or all; for a body’s person, its own alone."""
    party = known.party_of(by) if by.body_id else None
    said = (known.answers or {}).get("recommendation")
    found = issued_to(known, party)
    return found if said in (None, "") else [one for one in found if one.id == int(str(said))]


@need
def every_recommendation_answered(known: Facts, _step: Step, by: Actor) -> str | None:
    """Each recommendation to the body is accepted, accepted in part, or rejected with reasons."""
    theirs = issued_to(known, known.party_of(by))
    if not theirs:
        return "No recommendation was made to your organisation."
    drafts = of(known).drafts
    bare = [one.number for one in theirs if not one.answer and one.id not in drafts]
    if bare:
        return f"Recommendation {bare[0]} has no answer yet."
    if not any(one.id in drafts for one in theirs):
        return "Nothing was changed since the answers were signed."
    return None


@need
def responses_in_or_passed(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Every body has signed its answers to the recommendations, or the time for it has passed."""
    if in_or_passed(known, "respond_to_report"):
        return None
    return "The answers to the recommendations are not all in, and the time for them has not passed."


@need
def recommendation_rejected(known: Facts, _step: Step, by: Actor) -> str | None:
    """The body rejected the recommendation, and signed that."""
    found = chosen(known, by)
    if any(one.answer == REJECTED and is_open(one) for one in found):
        return None
    if known.answers is None:
        return "No recommendation is rejected that you have not taken note of."
    return "The body has not rejected that recommendation, or it is settled already." if found else GONE


@need
def recommendation_open(known: Facts, _step: Step, by: Actor) -> str | None:
    """The recommendation is neither verified as met nor noted as rejected."""
    found = chosen(known, by)
    if any(is_open(one) for one in found):
        return None
    if known.answers is None or not (known.answers or {}).get("recommendation"):
        return "No recommendation is open."
    return f"Recommendation {found[0].number} is settled already." if found else GONE


@need
def claim_not_waiting(known: Facts, _step: Step, by: Actor) -> str | None:
    """The recommendation is not one already said to be done that waits to be verified, where that is said again."""
    answers = known.answers or {}
    if not answers.get("claims_done") or not any(one.claimed_on for one in chosen(known, by)):
        return None
    return "You said already that it is done, and the regulator has not checked it yet."


def _unsettled(known: Facts, *, noted_counts: bool) -> list[int]:
    return [
        one.number
        for one in issued_to(known, None)
        if one.verdict != MET and not (noted_counts and one.noted_on)
    ]


@need
def every_recommendation_settled(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Every recommendation is verified as met, or its rejection is noted."""
    left = _unsettled(known, noted_counts=True)
    return f"Recommendation {left[0]} is neither verified as met nor noted as rejected." if left else None


@need
def every_recommendation_verified(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Every recommendation is verified as met."""
    left = _unsettled(known, noted_counts=False)
    return f"Recommendation {left[0]} is not verified as met yet." if left else None


@need
def final_report_issued(known: Facts, _step: Step, _by: Actor) -> str | None:
    """A final report was issued."""
    return None if known.happened("issue_final") else "No final report was issued in this case."


@need
def grade_for_each_area(known: Facts, step: Step, _by: Actor) -> str | None:
    """Every area has a grade, proposed before or given with the step."""
    if known.answers is None and step.form:
        return None
    rows = (known.answers or {}).get("grades") or ()
    given = {int(row["area"]) for row in rows if row.get("grade")}
    bare = [
        one
        for one in of(known).areas
        if one.number not in given and latest_rating(known, one.id, issued=False) is None
    ]
    return f"Area {bare[0].number}, “{bare[0].name}”, has no grade yet." if bare else None


@need
def recommendations_of_concern_verified(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Every recommendation of the cause of concern is verified as met."""
    concern = (known.answers or {}).get("concern")
    if concern in (None, ""):
        return None
    left = [
        one.number
        for one in of(known).recommendations
        if one.concern_id == int(str(concern)) and one.verdict != MET
    ]
    return f"Recommendation {left[0]} of it is not verified as met yet." if left else None
