"""Facts about reviews, withdrawal and merging that the steps of a complaint need."""

from __future__ import annotations

from regulator import moments
from regulator.actors import Actor
from regulator.casework.facts import Facts
from regulator.casework.registry import need
from regulator.evidence.facts import ran_out
from regulator.regime.model import Step

DECISIONS = ("tell_outcome", "decline")


def _decided(known: Facts) -> int:
    """The entry that told the decision that stands; 0 when there is none."""
    told = [event.seq for event in known.told if event.step in DECISIONS]
    return told[-1] if told else 0


@need
def in_review_window(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The time to ask for a review is running and has not passed."""
    window = known.clock("review_window")
    if window is None:
        return "There is no decision to review yet."
    if ran_out(window):
        return (
            "The time to ask for a review has passed. A reviewer may still admit a late one, with a reason."
        )
    return None


@need
def review_window_over(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The time to ask for a review has passed."""
    window = known.clock("review_window")
    if window is not None and ran_out(window):
        return None
    return "The time to ask for a review has not passed."


@need
def review_window_over_or_waived(known: Facts, step: Step, by: Actor) -> str | None:
    """The time to ask for a review has passed, or the complainant has said they will not ask."""
    if (known.answers or {}).get("waived") is True and not by.holds("system"):
        return None
    if known.answers is None and by.side.value == "staff":
        return None
    return review_window_over(known, step, by)


@need
def one_review_a_decision(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The decision that stands has not been reviewed."""
    since = _decided(known)
    reviewed = any(known.happened(step, since) for step in ("ask_for_review", "admit_late_review"))
    return "This decision has been reviewed, and a decision is reviewed once." if reviewed else None


@need
def drafted_by_another(known: Facts, _step: Step, by: Actor) -> str | None:
    """Somebody other than the person telling it drafted the outcome."""
    drafter = (known.answers or {}).get("drafted_by")
    mine = drafter not in (None, "") and int(str(drafter)) == by.person_id
    return "You drafted this outcome, so someone else must tell it." if mine else None


@need
def asked_to_withdraw(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The complainant has asked to withdraw, and that has not been answered."""
    asked = known.last("ask_to_withdraw")
    answered = known.last("keep_open")
    if asked is not None and (answered is None or answered.seq < asked.seq):
        return None
    return "The complainant has not asked to withdraw."


@need
def public_interest_considered(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The reason why the public interest does not require the case to go on is written down."""
    if known.answers is None or known.answers.get("public_interest"):
        return None
    return "Write down why the public interest does not require this case to go on."


@need
def same_complainant(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The case named is another open complaint of the same complainant."""
    if known.answers is None:
        return None
    from regulator.complaints.queries import same_person  # noqa: PLC0415 - queries are asked only here

    other = known.answers.get("merged_into")
    if other is None or other.id == known.case.id:
        return "Name the other complaint, which goes on."
    return (
        None
        if same_person(known.case.id, other.id)
        else ("That is not an open complaint of the same complainant.")
    )


@need
def confirmed_by_manager(known: Facts, _step: Step, by: Actor) -> str | None:
    """A manager other than the person bringing the case over has confirmed it."""
    confirmed = (known.answers or {}).get("confirmed_by")
    if known.answers is None or (confirmed and int(str(confirmed)) != by.person_id):
        return None
    return "A manager other than you must have confirmed it."


def waits_until(known: Facts) -> str:
    """The last day to ask for a review, in words; empty when no such time runs."""
    window = known.clock("review_window")
    return f"{window.last_day:%-d %B %Y}" if window and not window.is_overdue(moments.now()) else ""
