"""The receipt of a signed version: what was sent, by whom and when, with the hash of every answer and file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from regulator.actors import Actor
from regulator.casework import editions, queries
from regulator.casework.queries import CaseRow
from regulator.desk.waiting import SIGNING
from regulator.errors import Missing
from regulator.evidence import queries as evidence
from regulator.evidence.queries import SentFileRow, SentItemRow, SentRow


@dataclass(frozen=True)
class Receipt:
    """One version as it was sent; `whole` are the files that go with it and with no item."""

    sent: SentRow
    word: str
    signed: str
    recorded: datetime | None
    items: Sequence[SentItemRow]
    whole: Sequence[SentFileRow]


def receipt(case: CaseRow, number: int, *, by: Actor) -> Receipt:
    """The receipt of the version with this number in the database, for the body that sent it.

    Raises: Missing where it is not one of the body’s
    """
    versions = evidence.sent_by_body(case.id, by=by)[::-1]
    at = next((at for at, one in enumerate(versions) if one.id == number), None)
    if at is None:
        raise Missing("There is no such receipt.")
    kind = editions.kind_of(case.edition, case.kind)
    signing = {step.name: SIGNING[step.effect] for step in kind.steps.values() if step.effect in SIGNING}
    told = [one for one in queries.timeline(case.id, by=by, limit=queries.MANY)[::-1] if one.step in signing]
    signed = told[at] if at < len(told) else None
    return Receipt(
        sent=versions[at],
        word=next(iter(signing.values()), "response"),
        signed=signed.says if signed else "",
        recorded=signed.recorded if signed else None,
        items=[one for one in evidence.sent_items(case.id, by=by) if one.version_id == number],
        whole=[
            one
            for one in evidence.sent_files(case.id, by=by)
            if one.version_id == number and one.item_id is None
        ],
    )
