"""Facts about what a body was asked that steps need; each returns None when it holds, else the sentence to show."""

from __future__ import annotations

from regulator.actors import Actor
from regulator.casework.facts import Facts
from regulator.casework.registry import need
from regulator.evidence.facts import in_or_passed, of, request_of
from regulator.evidence.models import EvidenceRequest
from regulator.regime.model import Step


def waiting(known: Facts) -> list[EvidenceRequest]:
    """The requests for an account that have not been answered yet."""
    return [request for request in of(known).requests if request.submitted_on is None]


@need
def account_wanted(known: Facts, _step: Step, by: Actor) -> str | None:
    """A request for an account has been made and not withdrawn."""
    party = known.party_of(by)
    wanted = [one for one in of(known).requests if party is None or one.party_id == party.id]
    return None if wanted else "No account has been asked for."


@need
def every_item_answered(known: Facts, _step: Step, by: Actor) -> str | None:
    """Every item of the request is answered, or claimed as privileged or sensitive."""
    request = request_of(known, by)
    if request is None:
        return "No account has been asked for."
    bare = [one.number for one in of(known).items if one.request_id == request.id and not one.answer]
    if not bare:
        return None
    return (
        f"Item {bare[0]} has no answer yet."
        if len(bare) == 1
        else f"Items {_listed(bare)} have no answer yet."
    )


def _listed(numbers: list[int]) -> str:
    return f"{', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


@need
def account_in_or_passed(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Every account asked for is in, or the time for it has passed."""
    if in_or_passed(known, "account"):
        return None
    return "The body’s account is not in yet, and the time for it has not passed."
