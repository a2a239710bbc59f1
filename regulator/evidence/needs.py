"""Facts about what a body was asked that steps need; each returns None when it holds, else the sentence to show."""

from __future__ import annotations

from collections.abc import Sequence

from regulator.actors import Actor
from regulator.casework.facts import Facts
from regulator.casework.registry import need
from regulator.evidence.facts import (
    drafts_of,
    in_or_passed,
    is_answered,
    of,
    ran_out,
    request_of,
    responses_waiting,
    standing_comments,
)
from regulator.evidence.models import EvidenceItem, EvidenceRequest
from regulator.evidence.submitting import items_of
from regulator.regime.model import Step


def waiting(known: Facts) -> list[EvidenceRequest]:
    """The requests that have not been answered yet, or not since items were returned."""
    return [request for request in of(known).requests if request.submitted_on is None]


@need
def account_wanted(known: Facts, _step: Step, by: Actor) -> str | None:
    """A request for an account has been made and not withdrawn."""
    party = known.party_of(by)
    wanted = [one for one in of(known).requests if party is None or one.party_id == party.id]
    return None if wanted else "No account has been asked for."


@need
def evidence_wanted(known: Facts, _step: Step, by: Actor) -> str | None:
    """Evidence was asked of the body, and a response to it is not accepted yet."""
    party = known.party_of(by)
    asked = [one for one in of(known).requests if party is None or one.party_id == party.id]
    if not asked:
        return "No evidence has been asked for."
    return None if any(one.accepted_on is None for one in asked) else "The regulator accepted every response."


@need
def every_item_answered(known: Facts, _step: Step, by: Actor) -> str | None:
    """Every item of the request is answered, or claimed as privileged or sensitive."""
    request = request_of(known, by)
    if request is None:
        return "No account has been asked for."
    return _unanswered(items_of(known, request))


@need
def every_item_answered_or_withheld(known: Facts, _step: Step, by: Actor) -> str | None:
    """Every item of the request is answered, or claimed as withheld, and every one returned is answered anew."""
    request = request_of(known, by)
    if request is None:
        return "No evidence has been asked for."
    if request.accepted_on is not None:
        return "The regulator accepted this response already."
    return _unanswered(items_of(known, request))


def _unanswered(items: Sequence[EvidenceItem]) -> str | None:
    open_ = [one for one in items if not is_answered(one)]
    sent = [one.number for one in open_ if one.version <= (one.sent_back_version or -1)]
    back = [one.number for one in open_ if one.returned_on is not None and one.number not in sent]
    bare = [one.number for one in open_ if one.number not in {*sent, *back}]
    said = [f"{_items(bare, 'has', 'have')} no answer yet."] if bare else []
    if back:
        said.append(f"{_items(back, 'was', 'were')} returned and not answered anew.")
    if sent:
        said.append(f"{_items(sent, 'was', 'were')} sent back to a colleague and not answered anew.")
    return " ".join(said) or None


def _items(numbers: Sequence[int], one: str, more: str) -> str:
    if len(numbers) == 1:
        return f"Item {numbers[0]} {one}"
    return f"Items {', '.join(map(str, numbers[:-1]))} and {numbers[-1]} {more}"


@need
def account_in_or_passed(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Every account asked for is in, or the time for it has passed."""
    if in_or_passed(known, "account"):
        return None
    return "The body’s account is not in yet, and the time for it has not passed."


@need
def response_submitted(known: Facts, _step: Step, _by: Actor) -> str | None:
    """A response to the request was submitted, and waits to be returned or accepted."""
    found, chosen = responses_waiting(known), (known.answers or {}).get("request")
    if chosen not in (None, ""):
        found = [one for one in found if one.id == int(chosen or 0)]
    return None if found else "No response waits to be looked at."


@need
def items_in_or_passed(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Every item asked for is in, or the time for it has passed and what did not come is noted."""
    if whose := _still_owing(known, "evidence", "returned_item"):
        return (
            f"Not every item is in yet from {whose}, and the time for them has not passed. What came otherwise"
            " can be recorded, or the request withdrawn."
        )
    if known.answers is None or not waiting(known) or known.answers.get("went_on_why"):
        return None
    return "Not every item is in: say what did not come, and what was done without it."


def _still_owing(known: Facts, *names: str) -> str:
    """Which bodies still have time for what the clocks of these names count; empty where none has."""
    clocks = [one for one in known.running if one.name in names and one.is_open and not ran_out(one)]
    owing = {one.keys.get("party") for one in clocks}
    named = [known.names[party.body_id] for party in known.subjects if party.id in owing]
    return " and ".join(named)


@need
def answer_waited_for(known: Facts, _step: Step, _by: Actor) -> str | None:
    """A request to a body waits for an answer."""
    found, chosen = waiting(known), (known.answers or {}).get("request")
    if chosen not in (None, ""):
        found = [one for one in found if one.id == int(chosen or 0)]
    return None if found else "No request waits for an answer."


@need
def no_returned_item(known: Facts, _step: Step, _by: Actor) -> str | None:
    """No time for an item that was returned is running."""
    if any(one.name == "returned_item" and one.is_open and not ran_out(one) for one in known.running):
        whose = _still_owing(known, "returned_item")
        return f"Items were returned to {whose}, and the time to mend them has not passed."
    return None


@need
def comments_or_none(known: Facts, _step: Step, by: Actor) -> str | None:
    """There are comments to sign, or it is said that there are none."""
    party = known.party_of(by)
    written = [one for one in drafts_of(known, party) if one.draft] if party else []
    if known.answers is None:
        return None
    if known.answers.get("no_comments"):
        return "There are comments to sign: sign them, or take them away first." if written else None
    return (
        None if written else "There are no comments to sign yet: write them first, or say that you have none."
    )


@need
def draft_comment_waiting(known: Facts, _step: Step, _by: Actor) -> str | None:
    """A signed comment on the draft has not been disposed of."""
    waits = any(one.accepted is None for one in standing_comments(known))
    return None if waits else "No comment is waiting for an answer."


@need
def draft_comments_in_or_passed(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Every body has signed its comments or that it has none, or the time for it has passed."""
    if in_or_passed(known, "factual_accuracy"):
        return None
    whose = _still_owing(known, "factual_accuracy")
    return f"Comments on the draft are not all in: {whose} has not signed any, and the time for them has not passed."


@need
def draft_comments_disposed(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Every signed comment has been accepted or not, with a reason."""
    return undisposed(known)


def undisposed(known: Facts) -> str | None:
    """How many comments on what was last shared wait for an answer, in a sentence; none where none does."""
    left = sum(one.accepted is None for one in standing_comments(known))
    if not left:
        return None
    many = "One comment has" if left == 1 else f"{left} comments have"
    return f"{many} not been accepted or not."
