"""What the steps of an audit alone do beyond recording themselves: planning it and settling its terms."""

from __future__ import annotations

from collections.abc import Sequence

from regulator.audits.facts import of
from regulator.audits.models import Audit
from regulator.audits.planning import bring_over, number_areas
from regulator.casework.models import IssuedVersion, Party
from regulator.casework.registry import effect, effect_for
from regulator.casework.taking import Taking
from regulator.evidence.asking import party_of
from regulator.evidence.issuing import issue_numbered

TERMS = "terms"


@effect_for("audit")
def plan(taking: Taking) -> None:
    """Keep what is looked at, on what basis and why; the bodies learn nothing of it yet."""
    data, case = taking.data, taking.facts.case
    number_areas(taking, data["scope_areas"])
    taking.add(
        Audit(
            case_id=case.id,
            title=case.title,
            basis=data["audit_basis"],
            own_return=bool(data["own_return"]),
            reason=data.get("reason"),
        )
    )


@effect_for("audit")
def import_case(taking: Taking) -> None:
    """Bring an audit over from a predecessor: by agreement, for what compels one is a notice in this house."""
    bring_over(taking)
    case = taking.facts.case
    taking.add(Audit(case_id=case.id, title=case.title, basis="consensual", own_return=False))


@effect
def send_engagement(taking: Taking) -> None:
    """Issue the proposed terms to each body, in a version of its own."""
    for party in taking.facts.subjects:
        _issue(taking, party, taking.data["terms"])


@effect
def agree_terms(taking: Taking) -> None:
    """Say which version of the terms the body agreed."""
    party = party_of_actor(taking)
    versions = terms_of(taking, party)
    if versions:
        taking.intent.data["version"] = versions[-1].id


@effect
def record_terms(taking: Taking) -> None:
    """Issue the terms as they were settled with one body, beside those that were proposed."""
    party = party_of(taking)
    taking.concerns(party)
    _issue(taking, party, taking.data["terms"])


def party_of_actor(taking: Taking) -> Party:
    """The part in the case of the body whose person takes the step."""
    found = taking.facts.party_of(taking.by)
    assert found is not None, "the edition lets only people of a body do this"
    return found


def terms_of(taking: Taking, party: Party) -> list[IssuedVersion]:
    """The terms as they were sent to one body, in order."""
    return [one for one in of(taking.facts).versions if one.what == TERMS and one.party_id == party.id]


def _issue(taking: Taking, party: Party, paragraphs: Sequence[str]) -> None:
    number = 1 + len(terms_of(taking, party))
    issue_numbered(taking, TERMS, "body", paragraphs, party_id=party.id, number=number)
