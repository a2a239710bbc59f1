"""Freezing what goes outside, or is signed: hashed, numbered and, where it is to be commented on, paragraph by paragraph."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from regulator.casework.facts import Facts
from regulator.casework.models import IssuedVersion, Party
from regulator.casework.taking import Taking
from regulator.db import db
from regulator.evidence.models import Paragraph


def issue(
    taking: Taking,
    what: str,
    audience: str,
    text: str,
    *,
    party_id: int | None = None,
    number: int = 1,
    request_id: int | None = None,
) -> IssuedVersion:
    """Freeze what goes to an audience: hashed and numbered."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return taking.add(
        IssuedVersion(
            case_id=taking.case_id,
            party_id=party_id,
            what=what,
            number=number,
            audience=audience,
            text=text,
            text_hash=digest,
            issued_on=taking.on,
            request_id=request_id,
        )
    )


def issue_numbered(
    taking: Taking,
    what: str,
    audience: str,
    paragraphs: Sequence[str],
    *,
    party_id: int | None = None,
    number: int = 1,
) -> IssuedVersion:
    """Freeze what goes to an audience, each paragraph with its number, so that it can be commented on."""
    version = issue(taking, what, audience, "\n\n".join(paragraphs), party_id=party_id, number=number)
    for place, words in enumerate(paragraphs, 1):
        db.session.add(Paragraph(case_id=taking.case_id, version_id=version.id, number=place, words=words))
    return version


def subjects(known: Facts) -> list[Party]:
    """The bodies the case is about."""
    return [party for party in known.parties if party.capacity == "subject"]
