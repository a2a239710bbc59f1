"""Appeals, what the tribunal says of them, suspensions, and what is sent back to be decided again."""

from __future__ import annotations

from collections.abc import Sequence

from regulator.casework.registry import effect
from regulator.casework.taking import Taking
from regulator.enforcement.facts import Act, act_of, notice_of, of, open_steps
from regulator.enforcement.models import Appeal
from regulator.enforcement.proposing import the_body
from regulator.errors import Invalid, NotNow

MORE_TIME, WITHDRAWN, TRANSFERRED = "more_time", "withdrawn", "transferred"


def the_act(taking: Taking) -> Act:
    """What is appealed against; the entry is about it, and about its body.

    Raises: Invalid for what cannot be appealed
    """
    act = act_of(taking.facts, taking.data["act"])
    if act is None:
        raise Invalid("That cannot be appealed: choose service, a variation or a refusal.", "act")
    taking.concerns(the_body(taking))
    taking.about(act=act.seq)
    return act


def steps_about(taking: Taking, act: Act) -> list[int]:
    """The open steps that an act is about: of the notice all, of a variation those it varied, of a refusal none."""
    open_ = [one.id for one in open_steps(taking.facts)]
    return open_ if act.is_service else [one for one in open_ if one in act.steps]


def open_on(taking: Taking, act: Act) -> list[Appeal]:
    """The appeals against an act that are neither decided nor withdrawn, in order."""
    return [one for one in of(taking.facts).appeals if one.act == act.seq and one.outcome is None]


@effect
def record_appeal(taking: Taking) -> None:
    """Keep an appeal against an act, as the tribunal received it, or a further one."""
    act, data = the_act(taking), taking.data
    tier = str(data["tier"])
    if any(one.tier == tier for one in open_on(taking, act)):
        raise Invalid("An appeal against that is open there already.", "tier")
    taking.about(notice_step=steps_about(taking, act))
    taking.intent.data["haste"] = act.event.data.get("haste") or "ordinary"
    taking.add(
        Appeal(
            case_id=taking.case_id,
            act=act.seq,
            tier=tier,
            grounds=", ".join(str(one) for one in data["appeal_grounds"]),
            reference=data.get("court_reference"),
            received_on=taking.on,
        )
    )


@effect
def record_appeal_event(taking: Taking) -> None:
    """Keep what happened in an appeal: more time moves the day to appeal, a withdrawal ends the appeal."""
    act, data = the_act(taking), taking.data
    event = data["appeal_event"]
    if event == MORE_TIME:
        if not data.get("until"):
            raise Invalid("Say until when more time was given.", "until")
        data["granted"] = True
        taking.intent.data["clock"] = "appeal"
    else:
        data.pop("granted", None)
        data.pop("until", None)
    if event == WITHDRAWN:
        _settle(_chosen(taking, act), WITHDRAWN, taking)
    if event == TRANSFERRED and data.get("tier"):
        for appeal in open_on(taking, act):
            appeal.tier = str(data["tier"])


def _chosen(taking: Taking, act: Act) -> Sequence[Appeal]:
    """The open appeals against an act in the court that is named; all of them where none is."""
    tier = taking.data.get("tier")
    found = [one for one in open_on(taking, act) if tier in (None, "", one.tier)]
    if not found:
        raise NotNow("No appeal against that is open there.")
    return found


def _settle(appeals: Sequence[Appeal], outcome: str, taking: Taking) -> None:
    for appeal in appeals:
        appeal.outcome, appeal.outcome_on = outcome, taking.on
        appeal.words = taking.data.get("tribunal_words")
        appeal.further_by = taking.data.get("further_appeal_by")
        appeal.reference = taking.data.get("court_reference") or appeal.reference


@effect
def record_appeal_outcome(taking: Taking) -> None:
    """Keep what an appeal decided; what is allowed has no effect while it can go further."""
    act = the_act(taking)
    _settle(_chosen(taking, act), str(taking.data["appeal_outcome"]), taking)
    taking.about(notice_step=steps_about(taking, act))


@effect
def record_suspension(taking: Taking) -> None:
    """Let the days of the steps that are named stand still."""
    _about_steps(taking)


@effect
def end_suspension(taking: Taking) -> None:
    """Let the days of the steps that are named run again."""
    _about_steps(taking)


def _about_steps(taking: Taking) -> None:
    open_ = {one.id for one in open_steps(taking.facts)}
    chosen = [int(one) for one in taking.data["notice_steps"]]
    if not open_.issuperset(chosen):
        raise Invalid("Choose steps that are in force and not closed.", "notice_steps")
    taking.concerns(the_body(taking))
    taking.about(notice_step=chosen)


@effect
def remit(taking: Taking) -> None:
    """Take the effect from the notice: it is considered again, and nothing of it is shown or due meanwhile."""
    act = the_act(taking)
    if not act.is_service:
        raise Invalid("Only the notice itself can be sent back to be decided again.", "act")
    _settle(_chosen(taking, act), "remitted", taking)
    notice = notice_of(taking.facts)
    notice.signed_on = notice.text_hash = notice.served_on = None
    notice.final_text = None
    for step in open_steps(taking.facts):
        step.served_on = step.reported_on = step.breached_on = None
    for certificate in of(taking.facts).certificates:
        if certificate.answered_on is None:
            certificate.answered_as, certificate.answered_on = "lapsed", taking.on
