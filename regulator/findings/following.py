"""What becomes of recommendations: answered by the body, reported on, verified by the regulator, rated again."""

from __future__ import annotations

from typing import Any

from regulator.casework.models import Party
from regulator.casework.registry import effect, effect_for
from regulator.casework.taking import Taking
from regulator.db import db
from regulator.errors import Conflict, Invalid, Refused
from regulator.evidence.issuing import issue
from regulator.findings.drafting import area_of
from regulator.findings.facts import REJECTED, edition_of, is_open, issued_to, latest_rating, of
from regulator.findings.models import AreaRating, Recommendation, RecommendationDraft

CHANGED = "Somebody else saved the answer to recommendation {} while you were writing."
ANSWERS = "recommendation_response"


def own_part(taking: Taking) -> Party:
    """The part in the case of the body whose person takes the step."""
    party = taking.facts.party_of(taking.by)
    if party is None:
        raise Refused("This is for another organisation to do.")
    taking.concerns(party)
    return party


@effect
def draft_recommendation_response(taking: Taking) -> None:
    """Save a body’s answers in part; a save over somebody else’s is a conflict. Nobody outside reads them."""
    party = own_part(taking)
    mine = {one.id: one for one in issued_to(taking.facts, party)}
    for row in taking.data["responses"]:
        one = mine.get(int(row["recommendation"]))
        if one is None:
            raise Invalid("That recommendation is not one of yours.", "responses")
        if not is_open(one):
            raise Invalid(f"Recommendation {one.number} is settled already.", "responses")
        _save(taking, one, row)


def _save(taking: Taking, one: Recommendation, row: dict[str, Any]) -> None:
    at = f"responses-{one.id}"
    if row.get("answer") not in {c.code for c in edition_of(taking.facts).choices("recommendation_answers")}:
        raise Invalid(f"Say whether you accept recommendation {one.number}.", f"{at}-answer")
    if row["answer"] != "accepted" and not row.get("reasons"):
        raise Invalid(
            f"Give your reasons for not accepting all of recommendation {one.number}.", f"{at}-reasons"
        )
    draft = of(taking.facts).drafts.get(one.id)
    if row.get("version") not in (None, "") and int(row["version"]) != (draft.version if draft else 0):
        raise Conflict(CHANGED.format(one.number))
    draft = draft or RecommendationDraft(
        case_id=taking.case_id, party_id=one.party_id, recommendation_id=one.id, version=0
    )
    draft.answer, draft.reasons, draft.own_target = row["answer"], row.get("reasons"), row.get("own_target")
    draft.version = draft.version + 1
    db.session.add(draft)


@effect
def sign_recommendation_responses(taking: Taking) -> None:
    """Give the answers to the regulator as they stand, frozen; a later one does not overwrite them."""
    party = own_part(taking)
    drafts = of(taking.facts).drafts
    mine = issued_to(taking.facts, party)
    for one in mine:
        if (draft := drafts.get(one.id)) is not None:
            one.answer, one.reasons, one.own_target = draft.answer, draft.reasons, draft.own_target
            one.answered_on = taking.on
            db.session.delete(draft)
    number = 1 + sum(each.what == ANSWERS and each.party_id == party.id for each in of(taking.facts).versions)
    text = "\n\n".join(_as_signed(taking, one) for one in mine)
    issue(taking, ANSWERS, "body", text, party_id=party.id, number=number)


def _as_signed(taking: Taking, one: Recommendation) -> str:
    labels = {
        choice.code: choice.label for choice in edition_of(taking.facts).choices("recommendation_answers")
    }
    target = f"\nOwn date: {one.own_target:%-d %B %Y}" if one.own_target else ""
    reasons = f"\n{one.reasons}" if one.reasons else ""
    return f"{one.number}. {one.words}\n{labels.get(one.answer or '', '')}{reasons}{target}"


def chosen_one(taking: Taking) -> Recommendation:
    """The recommendation a step is about, which is then said of its entry, with whose it is.

    Raises: Invalid for one that is not this case’s, or not this body’s
    """
    said = int(str(taking.data["recommendation"]))
    party = taking.facts.party_of(taking.by) if taking.by.body_id else None
    one = next((each for each in issued_to(taking.facts, party) if each.id == said), None)
    if one is None:
        raise Invalid("There is no such recommendation on this case.", "recommendation")
    taking.concerns(next(each for each in taking.facts.subjects if each.id == one.party_id))
    taking.about(recommendation=one.id)
    return one


@effect
def note_rejection(taking: Taking) -> None:
    """Follow a rejected recommendation up no further; it stays on the record as rejected."""
    one = chosen_one(taking)
    if one.answer != REJECTED:
        raise Invalid("The body has not rejected that recommendation.", "recommendation")
    one.noted_on = taking.on


@effect
def report_progress(taking: Taking) -> None:
    """Keep that a body says it is done, until the regulator has checked it; mere progress changes nothing."""
    one = chosen_one(taking)
    if taking.data.get("claims_done"):
        one.claimed_on = taking.on


@effect
def verify_recommendation(taking: Taking) -> None:
    """Keep what was found of it; only what is met is closed."""
    one = chosen_one(taking)
    one.verdict, one.verified_on, one.claimed_on = str(taking.data["verdict"]), taking.on, None


@effect
def re_rate(taking: Taking) -> None:
    """Rate areas anew, and tell the bodies at once; what was rated before stays beside it."""
    changed = [row for row in taking.data["ratings"] if row.get("rating") and _differs(taking, row)]
    if not changed:
        raise Invalid("Change at least one rating, or give reasons for one that stays.", "ratings")
    for row in changed:
        area = area_of(taking, row, "ratings")
        before = latest_rating(taking.facts, area.id, issued=True)
        db.session.add(
            AreaRating(
                case_id=taking.case_id,
                area_id=area.id,
                round=before.round + 1 if before else 1,
                code=str(row["rating"]),
                reasons=row.get("reasons"),
                issued_on=taking.on,
            )
        )


def _differs(taking: Taking, row: dict[str, Any]) -> bool:
    before = latest_rating(taking.facts, area_of(taking, row, "ratings").id, issued=True)
    return before is None or before.code != row["rating"] or bool(row.get("reasons"))


@effect_for("audit", "inspection")
def record_court_ruling(taking: Taking) -> None:
    """Mark the finding that a court’s ruling supersedes; the finding itself stays."""
    number = str(taking.data.get("superseded") or "")
    if not number:
        return
    found = next((one for one in of(taking.facts).findings if str(one.number) == number), None)
    if found is None:
        raise Invalid("There is no such finding on this case.", "superseded")
    reference = taking.data.get("court_reference") or ""
    found.superseded_on, found.superseded_by = taking.on, f"{taking.data['court']} {reference}".strip()
