"""Service: when it was sent, when it counts as served, and what follows from that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from regulator import moments, words
from regulator.casework.answers import coded
from regulator.casework.registry import effect
from regulator.casework.taking import Taking
from regulator.deadlines.london import opening
from regulator.enforcement.facts import WITH_STEPS, haste_of, notice_of, of, service_of, steps_of
from regulator.enforcement.foreseeing import done_by
from regulator.enforcement.models import Service
from regulator.enforcement.proposing import the_body
from regulator.errors import Invalid, NotNow
from regulator.evidence.issuing import issue

CORRECTED = ("sent_on", "deemed_on", "received_on")


@effect
def record_service(taking: Taking) -> None:
    """Let it bind: each step from its own day, with a right to appeal, and a legal hold by itself."""
    known, notice, party = taking.facts, notice_of(taking.facts), the_body(taking)
    if notice.signed_on and day_of(taking.data["sent_on"]) < notice.signed_on:
        raise Invalid(
            f"It was signed on {words.day(notice.signed_on)}, and cannot have been sent before.", "sent_on"
        )
    keep_service(taking, "notice")
    steps = [one for one in steps_of(known) if not one.settled_as]
    notice.served_on = day_of(taking.data["deemed_on"])
    for step in steps:
        step.served_on = notice.served_on
    known.case.legal_hold = True
    signed = [one for one in of(known).versions if one.what == "notice" and one.audience == "internal"]
    issue(taking, "notice", "body", notice.final_text or "", party_id=party.id, number=len(signed) or 1)
    taking.concerns(party)
    taking.about(
        notice_step=[one.id for one in steps], act=[taking.seq] if notice.instrument in WITH_STEPS else []
    )
    taking.intent.data.update(
        instrument=notice.instrument,
        haste=haste_of(notice),
        done_by={str(one.id): done_by(one) for one in steps},
    )


def keep_service(taking: Taking, what: str) -> None:
    """Write down how and when the notice, or a variation of it, was served.

    Raises: Invalid for days that cannot be
    """
    data = taking.data
    check_days(data)
    taking.add(
        Service(
            case_id=taking.case_id,
            act=taking.seq,
            what=what,
            method=str(data["service_method"]),
            addressee=str(data["addressee"]),
            consent=data.get("electronic_consent"),
            sent_on=moment_of(data["sent_on"]),
            deemed_on=moment_of(data["deemed_on"]),
            received_on=moment_of(data["received_on"]) if data.get("received_on") else None,
            proof=str(data["service_proof"]),
        )
    )


def check_days(said: Mapping[str, Any]) -> None:
    """Refuse days of service that cannot be.

    Raises: Invalid
    """
    sent, deemed = day_of(said["sent_on"]), day_of(said["deemed_on"])
    if deemed < sent:
        raise Invalid(f"It was sent on {words.day(sent)}, and cannot count as served before.", "deemed_on")
    if said.get("received_on") and day_of(said["received_on"]) < sent:
        raise Invalid(f"It was sent on {words.day(sent)}, and cannot have come before.", "received_on")
    for name in CORRECTED:
        if said.get(name) and day_of(said[name]) > moments.today():
            raise Invalid("That day has not come yet: record it when it has.", name)


def moment_of(value: Any) -> datetime:
    """A moment as the row keeps it; of a day, its beginning in London."""
    return value if isinstance(value, datetime) else opening(value)


def day_of(value: Any) -> date:
    """The London day of a day or a moment."""
    day: date = moments.london_day(value) if isinstance(value, datetime) else value
    return day


@effect
def correct_service(taking: Taking) -> None:
    """Put the right days beside the wrong ones: what was counted from them is counted again."""
    known = taking.facts
    served = service_of(known) or next((e for e in reversed(known.told) if e.step == "record_service"), None)
    seq = getattr(served, "seq", 0)
    row = next((one for one in reversed(of(known).services) if one.act == seq), None)
    if row is None:
        raise NotNow("No service of it is recorded.")
    given = {name: taking.data[name] for name in CORRECTED if taking.data.get(name)}
    check_days({"sent_on": row.sent_on, "deemed_on": row.deemed_on, "received_on": row.received_on, **given})
    for name, value in given.items():
        setattr(row, name, moment_of(value))
    row.proof = str(taking.data.get("service_proof") or row.proof)
    row.corrected_on = taking.on
    notice_of(known).served_on = day_of(row.deemed_on)
    for step in of(known).steps:
        step.served_on = notice_of(known).served_on if step.served_on else None
    taking.concerns(the_body(taking))
    taking.about(corrects=seq)
    taking.intent.data["fields"] = {name: coded(value) for name, value in given.items()}
