"""Visits, interviews and observations, arranged or written up; and the revisit, with a report of its own."""

from __future__ import annotations

from typing import Any

from regulator.casework.registry import effect
from regulator.casework.taking import Taking
from regulator.errors import Invalid
from regulator.evidence.issuing import issue
from regulator.evidence.responses import party_of
from regulator.findings.facts import of
from regulator.findings.models import Visit

REVISIT = "revisit"


@effect
def schedule_visit(taking: Taking) -> None:
    """Arrange a visit to one body, which is told of it."""
    data = taking.data
    if data.get("visit_until") and data["visit_until"] < data["visit_on"]:
        raise Invalid("It cannot end before it begins.", "visit_until")
    _new(
        taking,
        "visit",
        starts_on=data["visit_on"],
        ends_on=data.get("visit_until"),
        purpose=data["visit_purpose"],
    )


@effect
def record_visit(taking: Taking) -> None:
    """Write up a visit: the one that was arranged, or one that was not."""
    arranged = _arranged(taking)
    if arranged is None:
        _new(taking, "visit", held_on=taking.on, **_seen(taking))
        return
    arranged.held_on, arranged.place = taking.on, taking.data["visit_place"]
    for name, words in _seen(taking).items():
        setattr(arranged, name, words)
    taking.concerns(next(one for one in taking.facts.subjects if one.id == arranged.party_id))


def _arranged(taking: Taking) -> Visit | None:
    said = taking.data.get("visit")
    if said in (None, ""):
        return None
    found = next((one for one in of(taking.facts).visits if one.id == int(str(said))), None)
    if found is None or found.held_on is not None:
        raise Invalid("Choose a visit that was arranged and is not written up yet.", "visit")
    if taking.data.get("party") and int(taking.data["party"]) != found.party_id:
        raise Invalid("That visit was arranged with another organisation.", "visit")
    return found


def _seen(taking: Taking) -> dict[str, Any]:
    return {name: taking.data.get(name) for name in ("people_present", "observations")}


def _new(taking: Taking, what: str, **said: Any) -> Visit:
    party = party_of(taking)
    taking.concerns(party)
    return taking.add(
        Visit(
            case_id=taking.case_id,
            party_id=party.id,
            number=1 + max((one.number for one in of(taking.facts).visits), default=0),
            what=what,
            place=taking.data.get("visit_place"),
            **said,
        )
    )


@effect
def record_interview(taking: Taking) -> None:
    """Write up what somebody said who agreed to be interviewed."""
    interviewed = taking.data["interviewed"]
    _new(taking, "interview", held_on=taking.on, interviewed=interviewed, **_seen(taking))


@effect
def record_observation(taking: Taking) -> None:
    """Write up what was seen."""
    _new(taking, "observation", held_on=taking.on, **_seen(taking))


@effect
def record_revisit(taking: Taking) -> None:
    """Write up a revisit, and issue its report to the body."""
    words = "\n\n".join(str(line).strip() for line in taking.data["revisit_words"])
    visit = _new(taking, REVISIT, held_on=taking.on, words=words, **_seen(taking))
    number = 1 + sum(
        one.what == REVISIT and one.party_id == visit.party_id for one in of(taking.facts).versions
    )
    issue(taking, REVISIT, "body", words, party_id=visit.party_id, number=number)
