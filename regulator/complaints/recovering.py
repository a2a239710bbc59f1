"""A code that was lost: replaced by the way its holder chose, never made weaker; the old one opens nothing any more."""

from __future__ import annotations

from datetime import timedelta

from regulator.accounts import throttle
from regulator.accounts.codes import hash_answer
from regulator.actors import Actor
from regulator.casework.facts import Facts
from regulator.casework.models import Participant
from regulator.casework.registry import effect, need
from regulator.casework.taking import Taking
from regulator.complaints import links
from regulator.complaints.facts import of
from regulator.complaints.links import codes_of, replace_code
from regulator.complaints.models import WayBack
from regulator.complaints.needs import edition_of
from regulator.errors import Invalid
from regulator.regime.model import Step

WRONG = "That is not the answer. Ask them to think again, or use another way"


def choose_way_back(taking: Taking, holder: Participant) -> None:
    """Keep how the holder of the code gets another, and ask whether an address given for it is theirs."""
    data, route = taking.data, taking.data.get("way_back")
    if not route:
        return
    way = taking.add(
        WayBack(
            case_id=taking.case_id,
            participant_id=holder.id,
            route=route,
            email=data.get("way_back_email"),
            question=data.get("way_back_question"),
            answer_hash=data.get("answer_hash"),
        )
    )
    if way.email and not taking.facts.case.is_historic:
        links.post_link(way, links.CONFIRM, days=edition_of(taking.facts).intake.draft_days)


@need
def way_back_by_question(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The holder of the code chose a question as the way back."""
    way = of(known).way_back
    return None if way and way.answer_hash else "They have not chosen a question as the way back."


@need
def new_code_proposed(known: Facts, _step: Step, _by: Actor) -> str | None:
    """A new code has been proposed, and neither given nor refused."""
    asked = known.last("propose_new_code")
    settled = asked and any(
        known.happened(step, asked.seq) for step in ("approve_new_code", "refuse_new_code")
    )
    return None if asked and not settled else "Nobody has proposed a new code."


@effect
def check_answer(taking: Taking) -> None:
    """Give a new code for the right answer; tries are counted before they are judged."""
    way = of(taking.facts).way_back
    throttle.attempt(throttle.ANSWER, taking.facts.case.reference)
    if way is None or hash_answer(str(taking.data.get("answer_given") or "")) != way.answer_hash:
        raise Invalid(WRONG, "answer_given")
    throttle.forgive(throttle.ANSWER, taking.facts.case.reference)
    _replace(taking)


@effect
def approve_new_code(taking: Taking) -> None:
    """Give a new code because a second person agrees."""
    _replace(taking)


@effect
def renew_access(taking: Taking) -> None:
    """Let the code work for longer: so long again, from today."""
    until = taking.on + timedelta(days=edition_of(taking.facts).intake.renewed_days)
    for code in codes_of(taking.case_id):
        if taking.on <= code.expires_on < until:
            code.expires_on = until


def _replace(taking: Taking) -> None:
    days, way = edition_of(taking.facts).intake.access_days, of(taking.facts).way_back
    people = taking.facts.participants
    replace_code(taking.case_id, way, people[0].id, taking.data["code_hash"], on=taking.on, days=days)
