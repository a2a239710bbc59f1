"""Proposing an instrument, telling the body what is intended, and what it says of that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from regulator.casework.models import Party
from regulator.casework.registry import effect, effect_for
from regulator.casework.taking import Taking
from regulator.db import db
from regulator.documents.commands import release
from regulator.enforcement.facts import WITH_STEPS, notice_of, of
from regulator.enforcement.models import (
    Notice,
    NoticeStep,
    PreconditionAnswer,
    RepresentationDraft,
    RepresentationPoint,
)
from regulator.errors import Conflict, Invalid, Refused
from regulator.evidence.issuing import issue, issue_numbered

DRAFTING = "draft_representations"
ONLY_AT = ("proposed", "not_pursued")
SAVED_MEANWHILE = "A colleague saved the representations while you were writing: read theirs first."


@effect
def propose(taking: Taking) -> None:
    """Write down what is proposed to one body: the power, why, and each step with its day."""
    the_body(taking)
    data = taking.data
    notice = Notice(
        case_id=taking.case_id,
        instrument=str(data["instrument"]),
        proposed=str(data["instrument"]),
        power=str(data["power"]),
        failure="",
        standard=str(data["standard"]),
        is_urgent=bool(data.get("is_urgent")),
    )
    db.session.add(notice)
    _write(taking, notice)


@effect
def amend_proposal(taking: Taking) -> None:
    """Put what is proposed now in the place of what was proposed before."""
    notice = of(taking.facts).notice
    if notice is None:
        propose(taking)
        return
    data = taking.data
    notice.instrument = notice.proposed = str(data["instrument"])
    notice.power, notice.standard = str(data["power"]), str(data["standard"])
    notice.is_urgent = bool(data.get("is_urgent"))
    _write(taking, notice)


def _write(taking: Taking, notice: Notice) -> None:
    data = taking.data
    notice.failure = "\n\n".join(data["failure"])
    notice.urgency = data.get("urgency") if notice.is_urgent else None
    kept = {one.test: one for one in of(taking.facts).preconditions}
    for row in data["preconditions"]:
        answer = kept.get(row["test"]) or PreconditionAnswer(case_id=taking.case_id, test=row["test"])
        answer.answer, answer.note = row["answer"], row.get("note")
        db.session.add(answer)
    asked = [row for row in data.get("notice_steps_asked") or () if any(row.values())]
    write_steps(taking, asked if notice.instrument in WITH_STEPS else [])


def write_steps(taking: Taking, asked: Sequence[dict[str, Any]]) -> None:
    """Put these steps in the place of those that were never settled; one that was keeps its number and its words."""
    steps = of(taking.facts).steps
    settled = {one.number for one in steps if one.settled_as}
    kept = {one.number: one for one in steps if not one.settled_as}
    free = [number for number in range(1, len(asked) + len(settled) + 1) if number not in settled]
    for number, row in zip(free, asked, strict=False):
        step = kept.pop(number, None) or NoticeStep(case_id=taking.case_id, number=number)
        step.words, step.done_by = str(row["words"]).strip(), row.get("done_by")
        step.hours = int(row["hours"]) if row.get("hours") else None
        step.prohibits = bool(row.get("prohibits"))
        db.session.add(step)
    for left_out in kept.values():
        db.session.delete(left_out)
    db.session.flush()


@effect_for("enforcement")
def import_case(taking: Taking) -> None:
    """Bring a case over that is not served: what is proposed in it is then written anew."""
    case = taking.facts.case
    if taking.data["stage"] not in ONLY_AT:
        raise Invalid(
            "Bring it over as proposed and amend the proposal: what it proposes is not known here yet.",
            "stage",
        )
    case.title = f"{taking.facts.names[the_body(taking).body_id]}: from {taking.data['predecessor']}"


@effect_for("enforcement")
def record_court_ruling(taking: Taking) -> None:
    """Record the ruling alone: a notice has no finding that a ruling could supersede."""
    del taking


def the_body(taking: Taking) -> Party:
    """The part in the case of the one body that it is about.

    Raises: Invalid where there is none, or more than one
    """
    if len(taking.facts.subjects) != 1:
        raise Invalid("Choose the one organisation it is for.", "body")
    return taking.facts.subjects[0]


@effect
def give_notice_of_intent(taking: Taking) -> None:
    """Freeze what is intended, in numbered paragraphs, as the body is told."""
    party = the_body(taking)
    taking.concerns(party)
    number = 1 + sum(one.what == "notice_of_intent" for one in of(taking.facts).versions)
    intent = [str(one) for one in taking.data["intent"]]
    issue_numbered(taking, "notice_of_intent", "body", intent, party_id=party.id, number=number)


@effect
def draft_representations(taking: Taking) -> None:
    """Keep what the body’s people wrote so far; a save over a colleague’s is a conflict."""
    party = _mine(taking)
    draft = next((one for one in of(taking.facts).drafts if one.party_id == party.id), None)
    seen = taking.data.get("version")
    if seen not in (None, "") and int(str(seen)) != (draft.version if draft else 0):
        raise Conflict(SAVED_MEANWHILE)
    words = "\n\n".join(str(one) for one in taking.data["representations"])
    if draft is None:
        db.session.add(RepresentationDraft(case_id=taking.case_id, party_id=party.id, words=words, version=1))
    else:
        draft.words, draft.version = words, draft.version + 1
    taking.concerns(party)


def _mine(taking: Taking) -> Party:
    party = taking.facts.party_of(taking.by)
    if party is None:
        raise Refused("This is for another organisation to do.")
    return party


@effect
def make_representations(taking: Taking) -> None:
    """Freeze the representations as they were signed or admitted, each point numbered so that it can be answered."""
    notice_of(taking.facts)
    party, known = the_body(taking), taking.facts
    taking.concerns(party)
    points = [str(one).strip() for one in taking.data["representations"]]
    first = 1 + max((one.number for one in of(known).points), default=0)
    for number, words in enumerate(points, first):
        db.session.add(
            RepresentationPoint(
                case_id=taking.case_id,
                number=number,
                words=words,
                is_late=taking.by.body_id is None,
                made_on=taking.on,
            )
        )
    number = 1 + sum(one.what == "representations" for one in of(known).versions)
    issue(taking, "representations", "body", "\n\n".join(points), party_id=party.id, number=number)
    for draft in of(known).drafts:
        db.session.delete(draft)
    release(taking.case_id, party.id, DRAFTING)


@effect
def consider_representations(taking: Taking) -> None:
    """Answer each point, with a reason that the body will read."""
    points = {one.id: one for one in of(taking.facts).points}
    for row in taking.data.get("point_answers") or ():
        point = points.get(int(row["point"]))
        if point is None:
            raise Invalid("That is no point of the representations.", "point_answers")
        if row.get("answer"):
            point.answer, point.reason = row["answer"], row.get("reason")
