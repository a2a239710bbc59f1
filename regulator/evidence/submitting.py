"""A body’s response as a whole: signed and frozen, returned item by item, accepted."""

from __future__ import annotations

from collections.abc import Sequence

from regulator.casework import editions
from regulator.casework.facts import Facts
from regulator.casework.models import Party
from regulator.casework.registry import effect
from regulator.casework.taking import Taking
from regulator.documents.commands import release
from regulator.errors import Invalid
from regulator.evidence.facts import UNSENT, of, request_of, responses_waiting
from regulator.evidence.issuing import issue
from regulator.evidence.keeping import DRAFTING, as_read, keep, say_missing
from regulator.evidence.models import EvidenceItem, EvidenceRequest
from regulator.evidence.responses import own_part


@effect
def submit_account(taking: Taking) -> None:
    """Freeze the answers as they stand, as a numbered version; an earlier one is never overwritten."""
    request = _signed(taking)
    items = items_of(taking.facts, request)
    _freeze(taking, request, "account", "\n\n".join(map(_account, items)))


@effect
def submit_response(taking: Taking) -> None:
    """Freeze the answers as they stand, with what is held back and on what ground; what came before stays."""
    request = _signed(taking)
    edition = editions.editions()[taking.facts.case.edition]
    marks = {one.code: one.label for one in edition.choices("evidence_marks")}
    text = [_response(one, marks.get(one.mark, one.mark)) for one in items_of(taking.facts, request)]
    _freeze(taking, request, "response", "\n\n".join(text))


def items_of(known: Facts, request: EvidenceRequest) -> list[EvidenceItem]:
    """The items of a request, by number."""
    return [item for item in of(known).items if item.request_id == request.id]


def _signed(taking: Taking) -> EvidenceRequest:
    """The request that the response answers, now signed for once more."""
    request = request_of(taking.facts, taking.by)
    if request is None:
        raise Invalid("Nothing was asked that could be answered.")
    as_read(taking, {f"item {one.number}": one for one in items_of(taking.facts, request)})
    request.submissions += 1
    request.submitted_on = taking.on
    return request


def _freeze(taking: Taking, request: EvidenceRequest, what: str, text: str) -> None:
    party = own_part(taking)
    number = request.submissions
    version = issue(taking, what, "body", text, party_id=party.id, number=number, request_id=request.id)
    taking.concerns(party)
    taking.about(request=request.id)
    keep(taking, version, items_of(taking.facts, request))
    for step in DRAFTING:
        kept_back = _kept_back(taking.facts, step, request)
        release(taking.case_id, party.id, step, kept_back=kept_back, items=_sent(taking.facts, request))


def _sent(known: Facts, request: EvidenceRequest) -> set[int]:
    return {one.id for one in items_of(known, request) if one.mark not in UNSENT}


def _kept_back(known: Facts, step: str, request: EvidenceRequest) -> frozenset[object]:
    """When files were given that this response does not sign for: with items of others, or with one that is held back."""
    sent = _sent(known, request)
    held = {one.id for one in of(known).items if one.mark in UNSENT}
    given = [(event.recorded, set(event.about("item"))) for event in known.events if event.step == step]
    return frozenset(at for at, items in given if items and (sent.isdisjoint(items) or held & items))


def _account(item: EvidenceItem) -> str:
    mark = {"privileged": " [privilege claimed]", "sensitive": " [sensitive]"}.get(item.mark, "")
    return f"{item.number}. {item.question}\n{item.answer or ''}{mark}"


def _response(item: EvidenceItem, mark: str) -> str:
    """One item as sent; of what is held back, the claim and its ground in place of the answer."""
    claim = "" if item.mark == "none" else f"[{mark}{f': {item.ground}' if item.ground else ''}]"
    said = "" if item.mark in UNSENT else item.answer or ""
    return "\n".join(filter(None, (f"{item.number}. {item.question}", said, claim)))


@effect
def return_items(taking: Taking) -> None:
    """Say of items what is missing: the request waits for an answer again, and what was sent stays as it was sent."""
    rows = {int(row["item"]): row for row in taking.data["returned_items"] if row.get("missing")}
    items = [item for item in of(taking.facts).items if item.id in rows]
    if not items or len(items) < len(rows):
        raise Invalid("Say of at least one item of a response what is missing.", "returned_items")
    request = _received(taking, {item.request_id for item in items})
    for item in items:
        item.missing, item.returned_on = str(rows[item.id]["missing"]), taking.on
        item.returned_version = item.version
        say_missing(item)
    request.submitted_on = None
    taking.about(item=[item.id for item in items])


@effect
def accept_response(taking: Taking) -> None:
    """Accept a response as it was last submitted: nothing more is asked under that request."""
    _received(taking).accepted_on = taking.on


def _received(taking: Taking, of_requests: Sequence[int] | set[int] = ()) -> EvidenceRequest:
    """The response that is chosen, or that the items are of; the step concerns its body.

    Raises: Invalid where that is not one that waits to be looked at
    """
    waiting = responses_waiting(taking.facts)
    chosen = taking.data.get("request")
    if chosen not in (None, ""):
        waiting = [one for one in waiting if one.id == int(chosen)]
    if of_requests:
        waiting = [one for one in waiting if of_requests == {one.id}]
    if len(waiting) != 1:
        raise Invalid("Choose one response that waits to be looked at.", "request")
    request = waiting[0]
    taking.concerns(_party(taking, request))
    taking.about(request=request.id)
    return request


def _party(taking: Taking, request: EvidenceRequest) -> Party:
    return next(party for party in taking.facts.subjects if party.id == request.party_id)
