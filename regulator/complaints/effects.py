"""What the steps of a complaint do beyond recording themselves: taking it in, referring, merging, reviewing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from regulator.casework.effects import join
from regulator.casework.models import AccessCode, Participant
from regulator.casework.registry import effect, effect_for
from regulator.casework.taking import Taking
from regulator.complaints.facts import of
from regulator.complaints.models import Allegation, Complaint, RemitAnswer
from regulator.complaints.needs import edition_of
from regulator.complaints.recovering import choose_way_back
from regulator.db import db
from regulator.errors import Invalid

UNKNOWN = "Technology not known"
OWN_DATA = {"yes": True, "no": False}


@effect
def submit(taking: Taking) -> None:
    """Take the complaint in: its particulars, what is to be looked at, and who complains."""
    data, case = taking.data, taking.facts.case
    if not taking.facts.parties:
        raise Invalid("Choose the organisation it is about.", "body")
    what = UNKNOWN if data["technology"] == "unsure" else taking.label("technology")
    about = f"{what}: {taking.facts.names[taking.facts.parties[0].body_id]}"
    case.title = str(data.get("title") or about)
    taking.add(_particulars(case.id, data))
    number_allegations(taking, data["allegations"])
    people = [taking.add(_complainant(case.id, data))]
    if data.get("representative_name"):
        people.append(taking.add(_representative(case.id, data)))
    taking.facts.participants = people
    if data.get("code_hash"):
        taking.add(
            AccessCode(
                case_id=case.id,
                participant_id=people[-1].id,
                code_hash=data["code_hash"],
                made_on=taking.on,
                expires_on=taking.on + timedelta(days=edition_of(taking.facts).intake.access_days),
            )
        )
    choose_way_back(taking, people[-1])


def _particulars(case_id: int, data: Mapping[str, Any]) -> Complaint:
    return Complaint(
        case_id=case_id,
        channel=data.get("channel") or "online",
        technology=data.get("technology") or "unsure",
        what_happened=data.get("what_happened") or "",
        happened_when=data.get("happened_when"),
        happened_on=data.get("happened_on"),
        nation=data.get("nation"),
        happened_where=data.get("happened_where"),
        own_data=OWN_DATA.get(data.get("own_data") or ""),
        force_first=data.get("force_first"),
        force_first_on=data.get("force_first_on"),
        force_reference=data.get("force_reference"),
        force_outcome_on=data.get("force_outcome_on"),
        others_told=data.get("others_told"),
        proceedings=data.get("proceedings"),
        outcome_sought=data.get("outcome_sought"),
    )


def number_allegations(taking: Taking, lines: list[str]) -> None:
    """Write down each thing to be looked at, numbered in the order given."""
    for number, words in enumerate(lines, 1):
        db.session.add(Allegation(case_id=taking.case_id, number=number, words=words))


def _complainant(case_id: int, data: Mapping[str, Any]) -> Participant:
    never = data.get("contact_never") or ()
    return Participant(
        case_id=case_id,
        capacity="complainant",
        name=data.get("name"),
        email=data.get("email"),
        phone=data.get("phone"),
        address=data.get("address"),
        safe_contact=data.get("safe_contact"),
        needs=data.get("needs"),
        contact_by=data.get("contact_by") or "page",
        no_email="no_email" in never,
        no_post="no_post" in never,
        is_discreet="discreet" in never,
        language=data.get("language") or "en",
        shares_identity=bool(data.get("shares_identity")),
        is_vulnerable=bool(data.get("is_vulnerable")),
    )


def _representative(case_id: int, data: Mapping[str, Any]) -> Participant:
    email = data.get("representative_email")
    return Participant(
        case_id=case_id,
        capacity="representative",
        name=data["representative_name"],
        email=email,
        phone=data.get("representative_phone"),
        authority=": ".join(filter(None, (data.get("authority"), data.get("authority_words")))) or None,
        contact_by="email" if email else "page",
        shares_identity=bool(data.get("shares_identity")),
    )


@effect_for("complaint")
def import_case(taking: Taking) -> None:
    """Bring a complaint over from a predecessor, at the stage it had there."""
    data, case = taking.data, taking.facts.case
    case.title = f"{taking.facts.names[taking.facts.parties[0].body_id]}: from {data['predecessor']}"
    taking.add(_particulars(case.id, {"channel": "passed_on", **data}))
    number_allegations(taking, data.get("allegations") or [])
    taking.facts.participants = [taking.add(_complainant(case.id, data))]


@effect
def accept(taking: Taking) -> None:
    """Keep the answer to each remit test."""
    kept = {answer.test: answer for answer in of(taking.facts).remit}
    for row in taking.data.get("remit_answers") or ():
        answer = kept.get(row["test"]) or RemitAnswer(case_id=taking.case_id, test=row["test"], answer="")
        answer.answer, answer.note = row["answer"], row.get("note")
        db.session.add(answer)


@effect
def refer_part(taking: Taking) -> None:
    """Mark the allegations that another forum looks at."""
    chosen = {int(number) for number in taking.data["allegations_chosen"]}
    for allegation in of(taking.facts).allegations:
        if allegation.number in chosen:
            allegation.referred_to = str(taking.data["right_forum"])


@effect
def merge(taking: Taking) -> None:
    """Join the complaint to the one that goes on, in the record of both."""
    join(taking, taking.data["merged_into"].id, "same_complainant")


@effect
def add_representative(taking: Taking) -> None:
    """Let somebody act for the complainant, with the authority that was checked."""
    taking.facts.participants = [
        *taking.facts.participants,
        taking.add(_representative(taking.case_id, taking.data)),
    ]


@effect
def end_representation(taking: Taking) -> None:
    """Let somebody no longer act; what they did stays theirs, and their code opens nothing."""
    acting = [
        one for one in taking.facts.participants if one.capacity == "representative" and not one.left_on
    ]
    chosen = taking.data.get("representative")
    for representative in acting:
        if chosen in (None, "") or int(chosen) == representative.id:
            representative.left_on = taking.on


@effect
def record_court_ruling(taking: Taking) -> None:
    """Mark the finding that a court’s ruling supersedes; the finding itself stays."""
    number = taking.data.get("superseded")
    for allegation in of(taking.facts).allegations if number not in (None, "") else ():
        if allegation.number == int(str(number)):
            allegation.superseded_on = taking.on
            allegation.superseded_by = (
                f"{taking.data['court']} {taking.data.get('court_reference') or ''}".strip()
            )
