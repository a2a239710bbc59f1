"""The rows of an audit that its needs look at: each set is read once, and only when a need asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import sqlalchemy as sa

from regulator.audits.models import Audit
from regulator.casework.facts import Facts
from regulator.casework.models import Party
from regulator.casework.registry import loader
from regulator.db import db
from regulator.evidence.facts import CASE
from regulator.findings.facts import FindingsRows

AUDIT_NOTICE, IN_FORCE = "audit", "in_force"
_NOTICES = sa.text("select body_id, instrument, stage from linked_notices(:case)")


@dataclass(frozen=True)
class LinkedNotice:
    """A notice of another case that is linked to this one: to whom, what it is and where it stands."""

    body_id: int
    instrument: str
    stage: str


class AuditRows(FindingsRows):
    """The particulars of one audit and the notices linked to it, with what was asked and found, in the engine role."""

    @cached_property
    def particulars(self) -> Audit:
        """How the audit was planned."""
        return db.session.scalars(sa.select(Audit).where(Audit.case_id == CASE), self.asked).one()

    @cached_property
    def notices(self) -> Sequence[LinkedNotice]:
        """The notices of the cases it is linked to; of those cases the engine learns nothing else."""
        return [LinkedNotice(*row) for row in db.session.execute(_NOTICES, self.asked)]


@loader("audit")
def rows(case_id: int) -> AuditRows:
    """The rows of an audit, read when asked for."""
    return AuditRows(case_id)


def of(known: Facts) -> AuditRows:
    """The audit’s own rows among the facts of a case."""
    more: AuditRows = known.more
    return more


def settled(known: Facts) -> set[int]:
    """The parts in the case of the bodies that agreed the terms, or for which they were recorded."""
    sent = known.last("send_engagement")
    since = sent.seq if sent else 0
    agreed = [one for one in known.told if one.step in ("agree_terms", "record_terms") and one.seq > since]
    return {int(party) for one in agreed for party in one.about("party")}


def unsettled(known: Facts) -> list[Party]:
    """The bodies’ parts in the case with whom the terms are still to be settled."""
    done = settled(known)
    return [party for party in known.subjects if party.id not in done]
