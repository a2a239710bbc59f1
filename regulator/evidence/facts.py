"""What was asked, answered, issued and said of it in one case: each set is read once, and only when a need asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import sqlalchemy as sa

from regulator import moments
from regulator.actors import Actor
from regulator.casework.facts import Facts
from regulator.casework.models import IssuedVersion, Party
from regulator.casework.registry import relation
from regulator.db import db
from regulator.evidence.models import Comment, EvidenceItem, EvidenceRequest, Paragraph
from regulator.evidence.own_models import BodyTeamMember
from regulator.regime.running import How, Running

CASE: sa.BindParameter[int] = sa.bindparam("case")
_REQUESTS = sa.select(EvidenceRequest).where(EvidenceRequest.case_id == CASE).order_by(EvidenceRequest.id)
_ITEMS = (
    sa.select(EvidenceItem)
    .where(EvidenceItem.case_id == CASE)
    .order_by(EvidenceItem.request_id, EvidenceItem.number)
)
_PARAGRAPHS = (
    sa.select(Paragraph).where(Paragraph.case_id == CASE).order_by(Paragraph.version_id, Paragraph.number)
)
_COMMENTS = sa.select(Comment).where(Comment.case_id == CASE).order_by(Comment.id)
_VERSIONS = sa.select(IssuedVersion).where(IssuedVersion.case_id == CASE).order_by(IssuedVersion.id)
SHARING = ("share_provisional_view", "share_draft")
"""Steps that issue something to be commented on."""
UNSENT = frozenset({"privileged", "withheld"})
"""Marks of items that are held back: the claim stands in the place of the answer."""


class EvidenceRows:
    """Requests with their items, issued paragraphs and comments of one case, in the engine role.

    A kind whose cases have more extends this, and registers its own with `@loader`.
    """

    def __init__(self, case_id: int) -> None:
        self.asked = {"case": case_id}

    def numbered(self, key: str) -> Mapping[int, int]:
        """The numbers that people know things by, for those that clocks are counted for: from row to number."""
        del key
        return {}

    @cached_property
    def requests(self) -> Sequence[EvidenceRequest]:
        """The requests, by number."""
        return db.session.scalars(_REQUESTS, self.asked).all()

    @cached_property
    def items(self) -> Sequence[EvidenceItem]:
        """Their items, by request and number."""
        return db.session.scalars(_ITEMS, self.asked).all()

    @cached_property
    def paragraphs(self) -> Sequence[Paragraph]:
        """The paragraphs of everything that was issued to be commented on."""
        return db.session.scalars(_PARAGRAPHS, self.asked).all()

    @cached_property
    def comments(self) -> Sequence[Comment]:
        """The comments made on them, signed or not."""
        return db.session.scalars(_COMMENTS, self.asked).all()

    @cached_property
    def versions(self) -> Sequence[IssuedVersion]:
        """Everything that was issued or frozen, in that order."""
        return db.session.scalars(_VERSIONS, self.asked).all()


def of(known: Facts) -> EvidenceRows:
    """What was asked and answered, among the facts of a case."""
    more: EvidenceRows = known.more
    return more


@relation
def own_item(known: Facts, by: Actor) -> bool:
    """A part of the case was handed to them by their body."""
    if by.person_id is None or not isinstance(known.more, EvidenceRows) or not known.more.requests:
        return False
    return any(handed_to(of(known).items, by.person_id))


_TEAMS = sa.select(BodyTeamMember.team_id).where(BodyTeamMember.person_id == sa.bindparam("person"))


def teams_of(person_id: int | None) -> frozenset[int]:
    """The teams of their body that somebody is in, in the engine role."""
    return frozenset(db.session.scalars(_TEAMS, {"person": person_id})) if person_id else frozenset()


def handed_to(items: Sequence[EvidenceItem], person_id: int) -> list[EvidenceItem]:
    """Those of some items that were handed to somebody, or to a team they are in."""
    in_teams = any(one.handed_to_team_id for one in items)
    teams = teams_of(person_id) if in_teams else frozenset()
    return [one for one in items if one.handed_to_id == person_id or one.handed_to_team_id in teams]


def ran_out(clock: Running) -> bool:
    """Whether the time of a clock has passed, whether or not it ended so."""
    expired = clock.ended is not None and clock.ended.how is How.expired
    return expired or clock.is_overdue(moments.now())


def in_or_passed(known: Facts, *names: str) -> bool:
    """Whether everything that the clocks of these names count was done, or its time has passed."""
    clocks = [clock for clock in known.running if clock.name in names]
    return all(not clock.is_open or ran_out(clock) for clock in clocks)


def standing(known: Facts) -> list[Paragraph]:
    """The paragraphs of what was last shared for comments, in each version of it."""
    shared = max(filter(None, map(known.last, SHARING)), key=lambda event: event.seq, default=None)
    versions = shared.about("versions") if shared else ()
    return [one for one in of(known).paragraphs if one.version_id in versions]


def shown_to(known: Facts, party: Party | None) -> list[Paragraph]:
    """Those of them that one body was shown; without a body, those that the complainant was."""
    audience, number = ("body", party.id) if party else ("complainant", None)
    theirs = {
        one.id for one in of(known).versions if one.audience == audience and one.party_id in (None, number)
    }
    return [one for one in standing(known) if one.version_id in theirs]


def standing_comments(known: Facts) -> list[Comment]:
    """The comments on what was last shared that were sent or signed."""
    current = {one.id for one in standing(known)}
    return [one for one in of(known).comments if one.paragraph_id in current and one.signed_on]


def drafts_of(known: Facts, party: Party) -> list[Comment]:
    """What one body’s people wrote of it so far and nobody has signed."""
    shown = {one.id for one in shown_to(known, party)}
    mine = [one for one in of(known).comments if one.party_id == party.id and one.paragraph_id in shown]
    return [one for one in mine if one.signed_on is None]


def is_answered(item: EvidenceItem) -> bool:
    """Whether an item has its answer, or is held back; one that was returned or sent back, since it was."""
    back = max(item.returned_version or -1, item.sent_back_version or -1)
    if item.version <= back:
        return False
    return bool(item.answer) or item.mark in UNSENT


def responses_waiting(known: Facts) -> list[EvidenceRequest]:
    """The requests whose response waits to be returned or accepted."""
    return [one for one in of(known).requests if one.submitted_on and one.accepted_on is None]


def request_of(known: Facts, by: Actor) -> EvidenceRequest | None:
    """The request a body’s person answers: the one chosen, else the newest that waits, else the newest not accepted."""
    party = known.party_of(by)
    mine = [one for one in of(known).requests if party is not None and one.party_id == party.id]
    said = (known.answers or {}).get("request")
    if said:
        return next((one for one in mine if one.id == int(said)), None)
    left = [one for one in mine if one.submitted_on is None]
    left = left or [one for one in mine if one.accepted_on is None] or mine
    return left[-1] if left else None
