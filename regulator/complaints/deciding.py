"""Findings, the provisional view and what is said of it, and the decision."""

from __future__ import annotations

from regulator.casework.registry import effect
from regulator.casework.standards import must_be
from regulator.casework.taking import Taking
from regulator.complaints.facts import of
from regulator.complaints.models import Allegation
from regulator.complaints.needs import ours
from regulator.db import db
from regulator.errors import Invalid
from regulator.evidence.commenting import dispose
from regulator.evidence.facts import shown_to
from regulator.evidence.issuing import issue, issue_numbered, subjects
from regulator.evidence.models import Comment


@effect
def share_provisional_view(taking: Taking) -> None:
    """Keep a finding for each allegation, and issue the view to each side in a version of its own."""
    allegations = {one.number: one for one in of(taking.facts).allegations}
    for row in taking.data.get("findings") or ():
        _find(taking, allegations, row)
    number = 1 + sum(event.step == "share_provisional_view" for event in taking.facts.events)
    told: list[tuple[str, list[str], int | None]] = [
        ("complainant", taking.data["view_to_complainant"], None)
    ]
    told += [("body", taking.data["view_to_body"], party.id) for party in subjects(taking.facts)]
    taking.intent.data["versions"] = [
        issue_numbered(taking, "provisional_view", audience, paragraphs, party_id=party, number=number).id
        for audience, paragraphs, party in told
    ]


def _find(taking: Taking, allegations: dict[int, Allegation], row: dict[str, str]) -> None:
    allegation = allegations.get(int(row["allegation"]))
    if allegation is None:
        raise Invalid("There is no such allegation.", "findings")
    at = f"findings-{allegation.number}-standard"
    allegation.finding, allegation.standard = (
        row.get("finding"),
        must_be(taking.facts, row.get("standard"), at),
    )
    allegation.reasons = row.get("reasons")


@effect
def comment_on_view(taking: Taking) -> None:
    """Keep what somebody says of the paragraphs they were shown, or that they have nothing to say."""
    rows = [row for row in taking.data.get("comments") or () if row.get("words")]
    if not rows and not taking.data.get("no_comments"):
        raise Invalid("Comment on at least one paragraph, or say that you have no comments.", "comments")
    party = taking.facts.party_of(taking.by) if taking.by.body_id else None
    shown = {one.id for one in shown_to(taking.facts, party)}
    for row in rows:
        if int(row["paragraph"]) not in shown:
            raise Invalid("That paragraph is not in the view you were shown.", "comments")
        db.session.add(
            Comment(
                case_id=taking.case_id,
                paragraph_id=int(row["paragraph"]),
                party_id=party.id if party else None,
                side="body" if party else "complainant",
                words=row["words"],
                made_at=taking.intent.occurred,
                signed_on=taking.on,
            )
        )
    if party:
        taking.concerns(party)


@effect
def dispose_comment(taking: Taking) -> None:
    """Accept each comment or not, with a reason its author will read."""
    taking.them = dispose(taking, lambda comment: comment.side)[0].side


@effect
def tell_part_outcome(taking: Taking) -> None:
    """Keep the finding on the allegations that are ready before the rest."""
    chosen = {int(number) for number in taking.data["allegations_chosen"]}
    for allegation in of(taking.facts).allegations:
        if allegation.number in chosen:
            allegation.finding = taking.data["finding"]
            allegation.standard = must_be(taking.facts, taking.data["standard"], "standard")
            allegation.told_on = taking.on


@effect
def approve_decision(taking: Taking) -> None:
    """Freeze the findings as approved, and settle every allegation."""
    found = ours(taking.facts)
    text = "\n\n".join(
        f"{one.number}. {one.words}\n{one.finding} ({one.standard})\n{one.reasons or ''}" for one in found
    )
    number = 1 + sum(event.step == "approve_decision" for event in taking.facts.events)
    issue(taking, "decision", "internal", text, number=number)
