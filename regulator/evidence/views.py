"""No pages: what this room shows stands on pages of casework and of the desk; it says which files a contributor may have."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask

from regulator.actors import Actor, Side
from regulator.documents import queries as documents
from regulator.documents.queries import DocumentRow
from regulator.evidence import queries
from regulator.evidence.answering import MANAGES


def init(app: Flask) -> None:
    """Say which files a contributor may have."""
    del app
    documents.NARROWED["evidence"] = narrowed


def narrowed(files: Sequence[DocumentRow], by: Actor) -> Sequence[DocumentRow]:
    """The files somebody may have: of their body’s, a contributor those alone that belong to what was handed to them."""
    if by.side is not Side.body or by.holds(*MANAGES):
        return files
    return queries.for_contributor(files, by)
