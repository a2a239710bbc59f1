"""Facts that the steps of an inspection need; each returns None when it holds, else the sentence to show."""

from __future__ import annotations

from regulator.actors import Actor
from regulator.casework.facts import Facts
from regulator.casework.registry import need
from regulator.inspections.facts import chosen, drafted, of, standing
from regulator.regime.model import Step


@need
def unannounced(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The inspection was planned as unannounced."""
    if of(known).particulars.unannounced:
        return None
    return "This inspection was not planned as unannounced: announce it first."


@need
def concern_drafted(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The cause of concern is drafted and not sent yet."""
    if chosen(known, drafted(known)):
        return None
    if drafted(known):
        return "That cause of concern was sent already."
    return "No cause of concern waits to be sent: an inspector drafts one first."


@need
def concern_sent(known: Facts, _step: Step, by: Actor) -> str | None:
    """The cause of concern was sent and is not closed."""
    return None if chosen(known, standing(known, by)) else "No cause of concern is open."


@need
def no_concern_open(known: Facts, _step: Step, _by: Actor) -> str | None:
    """No cause of concern that was sent is open."""
    return _still_open(known)


@need
def every_concern_closed(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Every cause of concern is closed."""
    return _still_open(known)


def _still_open(known: Facts) -> str | None:
    left = [str(one.number) for one in standing(known)]
    if not left:
        return None
    is_one = len(left) == 1
    return (
        f"{'Concern' if is_one else 'Concerns'} {' and '.join(left)} {'is' if is_one else 'are'} not closed."
    )
