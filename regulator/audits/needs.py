"""Facts that the steps of an audit need; each returns None when it holds, else the sentence to show."""

from __future__ import annotations

from regulator.actors import Actor
from regulator.audits.facts import AUDIT_NOTICE, IN_FORCE, of, unsettled
from regulator.casework.facts import Facts
from regulator.casework.registry import need
from regulator.regime.model import Step


@need
def audit_notice_if_compulsory(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The audit is by agreement, or an audit notice against each of its bodies is linked and in force."""
    if of(known).particulars.basis != "compulsory":
        return None
    bound = {
        one.body_id for one in of(known).notices if (one.instrument, one.stage) == (AUDIT_NOTICE, IN_FORCE)
    }
    free = [known.names[party.body_id] for party in known.subjects if party.body_id not in bound]
    if not free:
        return None
    return (
        f"A compulsory audit needs an audit notice that is in force, and none against {' or '.join(free)} is linked"
        " to this case. Link the case of the notice, or open one from here."
    )


@need
def terms_not_settled(known: Facts, _step: Step, by: Actor) -> str | None:
    """The terms are neither agreed with the body nor recorded for it."""
    left = unsettled(known)
    if by.body_id is not None:
        own = known.party_of(by)
        return None if own in left else "The terms are settled with your organisation."
    chosen = (known.answers or {}).get("party")
    if chosen not in (None, ""):
        left = [party for party in left if party.id == int(chosen)]
    return None if left else "The terms are settled with that body already."


@need
def terms_agreed_with_every_body(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The terms are agreed with every body of the case, or recorded for it."""
    left = [known.names[party.body_id] for party in unsettled(known)]
    return f"The terms are not settled yet with {' and '.join(left)}." if left else None


@need
def not_own_return(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The audit is more than the body’s own return."""
    if not of(known).particulars.own_return:
        return None
    return "This audit is the body’s own return, without fieldwork: begin the report instead."
