"""Opening a case because of another: from the page of the older one to the page on which the new one is opened."""

from __future__ import annotations

from flask import request, session, url_for

from regulator.actors import Actor, Side
from regulator.casework import editions, queries, steps
from regulator.casework.facts import Facts
from regulator.casework.forms import StepForm
from regulator.casework.linking import Origin, OtherCase
from regulator.casework.queries import CaseRow
from regulator.errors import NotNow
from regulator.regime.model import GIVEN, Step

KEPT = "opened_because"
"""Where the browser’s session keeps the reason given on the page of the older case: words stand in no address."""
NOT_IN_SERVICE = "Cases of that kind are not in service under the rules in force."
BEGIN_AGAIN = "The reason is not known any more. Begin again on the page of the other case."


def opening_of(kind: str) -> Step:
    """The step by which a case of a kind is opened here, other than by bringing one over.

    Raises: Missing for a kind there is not
    """
    return next(step for step in editions.kind_of(editions.CURRENT, kind).openings if step.to != GIVEN)


def openable(known: Facts, by: Actor) -> frozenset[str]:
    """The other kinds of case that this person may open."""
    kinds = [kind for kind in editions.current().kinds.values() if kind.in_service]
    others = [kind.name for kind in kinds if kind.name != known.kind.name]
    return frozenset(name for name in others if by.holds(*opening_of(name).who))


def begin(case: CaseRow, kind: str, reason: str) -> str:
    """Keep why a case is to be opened because of this one; returns the page on which it is opened."""
    session[KEPT] = {"case": case.reference, "reason": reason}
    return f"{url_for('casework.open_new', kind=kind)}?from={case.reference}"


def origin(kind: str, by: Actor) -> Origin | None:
    """The case because of which this request opens another, as the person may see it; none where there is none.

    Raises: NotNow for a kind not in service, and where the reason was not given in this session; Missing
    """
    if by.side is Side.staff and not editions.current().kinds[kind].in_service:
        raise NotNow(NOT_IN_SERVICE)
    reference = request.args.get("from")
    if by.side is not Side.staff or not reference:
        return None
    case = queries.get(reference.upper(), by=by)
    said = session.get(KEPT) or {}
    if said.get("case") != case.reference:
        raise NotNow(BEGIN_AGAIN)
    known, _ = steps.offers(case.id, by=by)
    bodies = tuple(party.body_id for party in known.subjects)
    return Origin(OtherCase(case.id, case.reference), str(said["reason"]), bodies)


def choose_bodies(form: StepForm, origin: Origin) -> None:
    """Let the bodies of the older case stand chosen, where the new one asks which it is about."""
    numbers = [str(body) for body in origin.bodies]
    if "bodies" in form:
        form["bodies"].data = numbers
    elif "body" in form and len(numbers) == 1:
        form["body"].data = numbers[0]
