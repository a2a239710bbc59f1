"""What the steps of an inspection alone do: planning it, causes of concern, and comments made in public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from regulator.audits.planning import bring_over, number_areas
from regulator.casework.registry import effect, effect_for
from regulator.casework.taking import Taking
from regulator.db import db
from regulator.errors import Invalid
from regulator.evidence.asking import party_of
from regulator.findings.models import PublicComment, Recommendation
from regulator.inspections.facts import drafted, of, recommended, standing
from regulator.inspections.models import Concern, Inspection

OWN_PLAN, COMMISSIONED, CAUSE = "own_plan", "commissioned", "cause_of_concern"


@effect_for("inspection")
def plan(taking: Taking) -> None:
    """Keep what is looked at, whose idea it is and whether the body is to know of it beforehand."""
    data, case = taking.data, taking.facts.case
    if data["commission"] == COMMISSIONED and not data.get("commissioned_by"):
        raise Invalid("Say by whom it was commissioned.", "commissioned_by")
    number_areas(taking, data["scope_areas"])
    taking.add(
        Inspection(
            case_id=case.id,
            title=case.title,
            commission=data["commission"],
            commissioned_by=data.get("commissioned_by"),
            unannounced=bool(data["unannounced"]),
            reason=data.get("reason"),
        )
    )


@effect_for("inspection")
def import_case(taking: Taking) -> None:
    """Bring an inspection over from a predecessor, as one that its body knows of."""
    bring_over(taking)
    case = taking.facts.case
    taking.add(Inspection(case_id=case.id, title=case.title, commission=OWN_PLAN, unannounced=False))


@effect
def draft_concern(taking: Taking) -> None:
    """Write a cause of concern with its recommendations, or write one that was not sent anew."""
    data, party = taking.data, party_of(taking)
    concern = _draft(taking)
    concern.party_id = party.id
    concern.words = "\n\n".join(data["concern_words"])
    concern.standard, concern.accelerated = data["standard"], bool(data["accelerated"])
    taking.add(concern)
    for old in recommended(taking.facts, concern):
        db.session.delete(old)
    db.session.flush()
    _recommend(taking, concern, [row for row in data.get("recommendations") or () if row.get("words")])
    taking.concerns(party)
    taking.about(concern=concern.id)


def _draft(taking: Taking) -> Concern:
    """The draft that is written anew, or a new one with the next number."""
    said = taking.data.get("concern")
    if said in (None, ""):
        number = 1 + max((one.number for one in of(taking.facts).concerns), default=0)
        return Concern(case_id=taking.case_id, number=number)
    return _named(said, drafted(taking.facts))


def _recommend(taking: Taking, concern: Concern, given: Sequence[Mapping[str, Any]]) -> None:
    others = (one.number for one in of(taking.facts).recommendations if one.concern_id != concern.id)
    first = 1 + max(others, default=0)
    for number, row in enumerate(given, first):
        if not row.get("priority"):
            raise Invalid("Give each recommendation its priority.", "recommendations")
        db.session.add(
            Recommendation(
                case_id=taking.case_id,
                party_id=concern.party_id,
                number=number,
                concern_id=concern.id,
                words=row["words"],
                priority=row["priority"],
                output=CAUSE,
            )
        )


def _named(said: object, among: Sequence[Concern]) -> Concern:
    """The concern that was chosen.

    Raises: Invalid when it is none of these, or when there are several and none is chosen
    """
    found = [one for one in among if said in (None, "") or one.id == int(str(said))]
    if len(found) != 1:
        raise Invalid("Choose the concern.", "concern")
    return found[0]


def _is_about(taking: Taking, concern: Concern) -> None:
    party = next(one for one in taking.facts.subjects if one.id == concern.party_id)
    taking.concerns(party)
    taking.about(concern=concern.id)


@effect
def send_concern(taking: Taking) -> None:
    """Give a cause of concern, with its recommendations, to its body and to whoever oversees that body."""
    concern = _named(taking.data.get("concern"), drafted(taking.facts))
    concern.sent_on = taking.on
    for one in recommended(taking.facts, concern):
        one.issued_on = taking.on
    _is_about(taking, concern)


@effect
def answer_concern(taking: Taking) -> None:
    """Keep what the body says it does about a cause of concern."""
    concern = _named(taking.data.get("concern"), standing(taking.facts, taking.by))
    concern.answer, concern.answered_on = taking.data["concern_answer"], taking.on
    _is_about(taking, concern)


@effect
def close_concern(taking: Taking) -> None:
    """Close a cause of concern, with the reason that its body reads."""
    concern = _named(taking.data.get("concern"), standing(taking.facts))
    concern.closed_on, concern.closed_because = taking.on, taking.data["reason_told"]
    _is_about(taking, concern)


@effect
def body_comments(taking: Taking) -> None:
    """Publish what a body says of each recommendation, done, to be done or why not, and of the report as a whole."""
    rows = [row for row in taking.data["public_comments"] if row.get("answer") or row.get("words")]
    if not rows:
        raise Invalid("Comment on at least one recommendation, or on the report.", "public_comments")
    (party,) = taking.concerned
    mine = {one.id for one in of(taking.facts).recommendations if one.party_id == party.id and one.issued_on}
    for row in rows:
        about = row.get("recommendation")
        if about is not None and int(about) not in mine:
            raise Invalid("That recommendation is not one to your organisation.", "public_comments")
        _publish(
            taking,
            "body",
            party.id,
            row.get("words") or "",
            recommendation_id=int(about) if about is not None else None,
            answer=row.get("answer"),
        )


@effect
def oversight_comments(taking: Taking) -> None:
    """Publish what an oversight body says of the report, and its reply to what the body it oversees said."""
    for party in taking.concerned:
        _publish(taking, "oversight", party.id, "\n\n".join(taking.data["overseer_comments"]))
        if reply := taking.data.get("overseer_reply"):
            _publish(taking, "oversight", party.id, "\n\n".join(reply), is_reply=True)


def _publish(taking: Taking, side: str, party: int, words: str, **more: Any) -> None:
    comment = PublicComment(
        case_id=taking.case_id, party_id=party, side=side, words=words, made_on=taking.on, **more
    )
    db.session.add(comment)
