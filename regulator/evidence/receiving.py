"""What staff do for a body that cannot answer here: record what came otherwise, or withdraw what was asked."""

from __future__ import annotations

from regulator.casework.models import Party
from regulator.casework.registry import effect
from regulator.casework.taking import Taking
from regulator.errors import Invalid
from regulator.evidence.facts import of
from regulator.evidence.issuing import issue
from regulator.evidence.keeping import keep
from regulator.evidence.models import EvidenceItem, EvidenceRequest
from regulator.evidence.needs import waiting
from regulator.evidence.submitting import items_of

CHOOSE = "Choose one request that waits for an answer."


@effect
def record_response(taking: Taking) -> None:
    """Record what a body sent otherwise as its response, with how it came; what it wrote here in draft is not sent."""
    rows = {
        int(one["item"]): str(one["answer"]) for one in taking.data["received_answers"] if one.get("answer")
    }
    items = [one for one in of(taking.facts).items if one.id in rows]
    if not items or len(items) < len(rows):
        raise Invalid("Write what came for at least one item of a request.", "received_answers")
    request = _request(taking, {one.request_id for one in items})
    for item in items:
        _received(item, rows[item.id])
    request.submissions += 1
    request.submitted_on = taking.on
    party = _concerned(taking, request)
    text = "\n\n".join(
        f"{one.number}. {one.question}\n{rows.get(one.id, '')}" for one in items_of(taking.facts, request)
    )
    version = issue(
        taking,
        "response",
        "body",
        f"{text}\n\nRecorded by the regulator: {taking.data['came_how']}",
        party_id=party.id,
        number=request.submissions,
        request_id=request.id,
    )
    keep(taking, version, items_of(taking.facts, request), only=rows)


def _received(item: EvidenceItem, answer: str) -> None:
    """It is answered anew; what a colleague has in draft is left as it is."""
    item.answer = item.answer or answer
    item.version += 1


@effect
def withdraw_request(taking: Taking) -> None:
    """Withdraw a request that waits for an answer: nothing more is asked under it, and what came before stays."""
    request = _request(taking, set())
    request.submitted_on = request.accepted_on = taking.on
    _concerned(taking, request)


def _request(taking: Taking, of_items: set[int]) -> EvidenceRequest:
    found, chosen = waiting(taking.facts), taking.data.get("request")
    if chosen not in (None, ""):
        found = [one for one in found if one.id == int(chosen)]
    if of_items:
        found = [one for one in found if of_items == {one.id}]
    if len(found) != 1:
        raise Invalid(CHOOSE, "request")
    return found[0]


def _concerned(taking: Taking, request: EvidenceRequest) -> Party:
    party = next(one for one in taking.facts.subjects if one.id == request.party_id)
    taking.concerns(party)
    taking.about(request=request.id)
    return party
