"""The pages of whoever keeps the records: what is due to be reviewed or destroyed, and certificates."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from regulator.actors import Actor
from regulator.casework import editions, queries
from regulator.casework.queries import COUNTED
from regulator.casework.queries.records import Keep, Record, certificate, records, tally
from regulator.casework.worklists import Tab
from regulator.ledger.reading import look
from regulator.words import day

LABELS: Mapping[Keep, str] = {
    Keep.proposed: "For a second person",
    Keep.due: "Due to be destroyed",
    Keep.review: "Due for review",
    Keep.unknown: "No day yet",
    Keep.held: "On legal hold",
    Keep.destroyed: "Destroyed",
}
EMPTY: Mapping[Keep, tuple[str, str]] = {
    Keep.proposed: ("Nothing waits for a second person", "What somebody proposed to destroy stands here."),
    Keep.due: ("Nothing is due to be destroyed", "A record stands here once the day set for it has come."),
    Keep.review: (
        "Nothing is due for review",
        "A record stands here once the day set for its review has come.",
    ),
    Keep.unknown: (
        "Every record has a day",
        "A closed case of which nobody can say yet how long it is kept stands here.",
    ),
    Keep.held: ("Nothing is on legal hold", "A hold keeps a record whatever its day, until it is lifted."),
    Keep.destroyed: ("No record was destroyed", "The certificate of each stands here."),
}


def show(*, by: Actor) -> ResponseReturnValue:
    """The list of records that was asked for."""
    asked = request.args.get("which", "")
    which = Keep(asked) if asked in set(Keep) else Keep.proposed
    after = request.args.get("after", 0, type=int)
    found, following = records(which, by=by, after=after)
    counted = tally(by=by)
    tabs = [
        Tab(label, url_for("casework.records", which=one), _said(counted[one]), one is which)
        for one, label in LABELS.items()
    ]
    return render_template(
        "casework/records.html",
        tabs=tabs,
        rows=[_row(one, which) for one in found],
        nothing=EMPTY[which],
        next_page=url_for("casework.records", which=which, after=following) if following else None,
    )


def _said(count: int) -> str:
    return f"{COUNTED}+" if count > COUNTED else str(count)


def _row(one: Record, which: Keep) -> Mapping[str, object]:
    place = "casework.certificate" if which is Keep.destroyed else "casework.show"
    rules = editions.current()
    labels = {choice.code: choice.label for choice in rules.choices("disposals")}
    return {
        "title": one.title,
        "href": url_for(place, reference=one.reference),
        "reference": one.reference,
        "kind": rules.kinds[one.kind].label,
        "then": labels.get(one.disposal or "", "Not decided yet"),
        "day": one.day,
        "held": one.legal_hold,
    }


def certify(reference: str, *, by: Actor) -> ResponseReturnValue:
    """The certificate of a record that was destroyed."""
    case = queries.head(reference, by=by)
    done, files = certificate(case.id, by=by)
    look("certificate", by=by, case_id=case.id)
    gone = day(done.files_gone_on) if done.files_gone_on else "Not yet: the system is destroying them"
    facts = [
        ("Case", f"{case.reference}, {editions.kind_of(case.edition, case.kind).label.lower()}"),
        ("Proposed", f"{day(done.proposed_on)}, by {done.proposed_by}"),
        ("Approved", f"{day(done.approved_on)}, by {done.approved_by}"),
        ("Words erased", f"{done.words:,}, of {done.entries:,} entries and the rows they tell of"),
        ("Files", f"{done.files:,}"),
        ("Files gone from the store", gone if done.files else "There were none"),
        ("What stays", "What happened and when, by whose role, the figures, and what was published"),
    ]
    return render_template("casework/certificate.html", case=case, facts=facts, files=files)
