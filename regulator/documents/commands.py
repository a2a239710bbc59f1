"""Giving documents to a case, within the step that gives them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from regulator import ledger
from regulator.actors import Actor
from regulator.db import db
from regulator.documents import scanning
from regulator.documents.models import Document
from regulator.documents.store import Stored

BODY = frozenset({"body", "body_only"})


def attach(  # noqa: PLR0917 - in the order of the story: what, of which case, in which step, for whom, when
    files: Sequence[Stored],
    case_id: int,
    step: str,
    audiences: Collection[str],
    party_id: int | None,
    at: datetime,
    by: str = "",
) -> list[Document]:
    """Add files to a case in the open change of a step, for those who are told of the step.

    audiences: internal, body, body_only, complainant, oversight, public; what is for the body alone is not for staff
    party_id:  the one body it concerns; none when it concerns every body of the case
    at:        when it was given
    by:        the role in which it was given
    """
    told = frozenset(audiences)
    older = _older(case_id, party_id, step, by, {file.name: file.sha256 for file in files})
    documents = [
        Document(
            case_id=case_id,
            party_id=party_id,
            step=step,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
            for_staff="internal" in told,
            for_body=not BODY.isdisjoint(told),
            for_complainant="complainant" in told,
            for_oversight="oversight" in told,
            given_at=at,
            given_by=by,
            item_id=file.item_id,
            replaces_id=older.get(file.name),
        )
        for file in files
    ]
    db.session.add_all(documents)
    db.session.flush()
    for document in documents:
        scanning.begin(document)
    db.session.flush()
    return documents


def _older(
    case_id: int, party_id: int | None, step: str, by: str, files: Mapping[str, str]
) -> dict[str, int]:
    """By name, the newest document given in the same way under the same name: the new one is given in its place."""
    same = sa.select(Document).where(
        Document.case_id == case_id,
        Document.party_id.is_not_distinct_from(party_id),
        Document.step == step,
        Document.given_by == by,
        Document.name.in_(files),
    )
    found = {one.name: one for one in db.session.scalars(same.order_by(Document.id))} if by else {}
    return {name: one.id for name, one in found.items() if one.sha256 != files[name]}


def mark_faces(number: int, case_id: int, shown: bool, *, by: Actor) -> None:
    """Say whether people can be recognised in a document; the record says who said so."""
    with ledger.change("mark_faces", by=by, streams=[f"case:{case_id}"]) as intent:
        document = db.session.get_one(Document, number)
        document.has_faces = shown
        intent.keys = {"document": number}
        says = "A document was said to show faces" if shown else "A document was said to show nobody’s face"
        intent.tell("internal", f"{by.name}: {says[0].lower()}{says[1:]}.")


def release(
    case_id: int,
    party_id: int,
    step: str,
    kept_back: Collection[object] = (),
    items: Collection[int] = (),
) -> None:
    """Give staff the files a body gave with a step of its own, in the open change of the step that signs for them.

    kept_back: moments at which files were given that it does not sign for
    items:     the items it signs for: of a file that was given with one item, that alone decides
    """
    given = sa.select(Document).where(
        Document.case_id == case_id,
        Document.party_id == party_id,
        Document.step == step,
        Document.for_staff.is_(False),
    )
    for document in db.session.scalars(given):
        is_own = document.item_id is not None
        if document.item_id in items if is_own else document.given_at not in kept_back:
            document.for_staff = True
