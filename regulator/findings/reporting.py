"""Sharing the draft and issuing the final report: each body its own version, and the whole kept inside."""

from __future__ import annotations

from collections.abc import Iterable

from regulator.casework.models import Party
from regulator.casework.registry import effect
from regulator.casework.taking import Taking
from regulator.db import db
from regulator.evidence.issuing import issue_numbered
from regulator.findings.composing import paragraphs
from regulator.findings.drafting import issue_ratings, keep_ratings
from regulator.findings.facts import MET, of, of_the_report
from regulator.findings.models import Recommendation

DRAFT, FINAL = "draft_report", "report"


@effect
def share_draft(taking: Taking) -> None:
    """Issue the draft to each body in a version of its own, to be commented on."""
    number = 1 + sum(event.step == "share_draft" for event in taking.facts.events)
    taking.intent.data["versions"] = [
        _issue(taking, DRAFT, "body", party, number) for party in taking.facts.subjects
    ]


def _issue(taking: Taking, what: str, audience: str, party: Party | None, number: int) -> int:
    """Freeze the report as it concerns one body, or whole, and give the number of the version."""
    whose = party.id if party else None
    told = paragraphs(taking.facts, party)
    return issue_numbered(taking, what, audience, told, party_id=whose, number=number).id


def issue_report(taking: Taking) -> None:
    """Issue the report as it is final: to each body, to whoever oversees it, and whole for the regulator."""
    number = 1 + sum(one.what == FINAL and one.audience == "internal" for one in of(taking.facts).versions)
    for party in taking.facts.subjects:
        _issue(taking, FINAL, "body", party, number)
        if party.overseen_by_id is not None:
            _issue(taking, FINAL, "oversight", party, number)
    _issue(taking, FINAL, "internal", None, number)


@effect
def issue_final(taking: Taking) -> None:
    """Make the report final: ratings, findings and recommendations are the body’s to read, and dates run."""
    issue_ratings(taking)
    hand_over(taking)
    issue_report(taking)
    count_from(taking, still_to_do(taking))


def hand_over(taking: Taking) -> None:
    """Give the bodies the findings and the recommendations of the report: from now on they read them."""
    for finding in of(taking.facts).findings:
        finding.issued_on = finding.issued_on or taking.on
    for one in of_the_report(taking.facts):
        one.issued_on = one.issued_on or taking.on
    db.session.flush()


def count_from(taking: Taking, told: Iterable[Recommendation], parties: Iterable[Party] = ()) -> None:
    """Say whose each recommendation is and how urgent, for its own date.

    parties: bodies that are told whether anything is recommended to them or not
    """
    rows = list(told)
    whose = {str(one.id): one.party_id for one in rows}
    named = set(whose.values())
    without = {f"party:{party.id}": party.id for party in parties if party.id not in named}
    taking.about(recommendation=[one.id for one in rows], party={**whose, **without})
    taking.intent.data["priority"] = {str(one.id): one.priority for one in rows}


@effect
def approve_final(taking: Taking) -> None:
    """Settle the grades and issue the report to each body and whoever oversees it; it is published next."""
    keep_ratings(taking, taking.data.get("grades") or (), "grade", "grades")
    db.session.flush()
    issue_ratings(taking)
    issue_report(taking)


def still_to_do(taking: Taking) -> list[Recommendation]:
    """What a report asks for: its own recommendations, and those of its concerns that are not met yet."""
    return [
        one for one in of(taking.facts).recommendations if one.issued_on is not None and one.verdict != MET
    ]
