"""Giving documents to a case, within the step that gives them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa

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
        )
        for file in files
    ]
    db.session.add_all(documents)
    db.session.flush()
    for document in documents:
        scanning.begin(document)
    db.session.flush()
    return documents


def release(case_id: int, party_id: int, step: str, kept_back: Collection[object] = ()) -> None:
    """Give staff the files a body gave with a step of its own, in the open change of the step that signs for them.

    kept_back: moments at which files were given that it does not sign for
    """
    given = sa.select(Document).where(
        Document.case_id == case_id,
        Document.party_id == party_id,
        Document.step == step,
        Document.for_staff.is_(False),
    )
    for document in db.session.scalars(given):
        if document.given_at not in kept_back:
            document.for_staff = True
