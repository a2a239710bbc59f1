"""Asking a body questions, item by item, in every kind of case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from regulator.casework.models import Party
from regulator.casework.registry import effect
from regulator.casework.taking import Taking
from regulator.errors import Invalid
from regulator.evidence.facts import of
from regulator.evidence.models import EvidenceItem, EvidenceRequest


@effect
def request_account(taking: Taking) -> None:
    """Ask a body for its account, question by question."""
    ask(taking)


@effect
def request_evidence(taking: Taking) -> None:
    """Ask a body for evidence, item by item, with what good looks like, who may hold it and by when it is hoped for."""
    ask(taking)


def ask(taking: Taking) -> EvidenceRequest:
    """Keep the questions as the next request to the body that the step concerns.

    Raises: Invalid where nothing is asked
    """
    party = party_of(taking)
    asked = [row for row in taking.data["items"] if str(row.get("question") or "").strip()]
    if not asked:
        raise Invalid("Ask at least one question.", "items")
    number = 1 + sum(one.party_id == party.id for one in of(taking.facts).requests)
    request = taking.add(
        EvidenceRequest(case_id=taking.case_id, party_id=party.id, number=number, asked_on=taking.on)
    )
    for place, row in enumerate(asked, 1):
        taking.add(_item(request, place, row))
    taking.concerns(party)
    taking.about(request=request.id)
    return request


def _item(request: EvidenceRequest, number: int, row: Mapping[str, Any]) -> EvidenceItem:
    wanted = row.get("wanted_by") or None
    return EvidenceItem(
        case_id=request.case_id,
        request_id=request.id,
        party_id=request.party_id,
        number=number,
        question=str(row["question"]).strip(),
        good=row.get("good") or None,
        holder=row.get("holder") or None,
        wanted_by=date.fromisoformat(wanted) if isinstance(wanted, str) else wanted,
    )


def party_of(taking: Taking) -> Party:
    """The body that a step concerns: the one chosen, or the only one.

    Raises: Invalid when there are several and none is chosen
    """
    chosen = taking.data.get("party")
    found = [party for party in taking.facts.subjects if chosen in (None, "") or party.id == int(chosen)]
    if len(found) != 1:
        raise Invalid("Choose which of the bodies.", "party")
    return found[0]
