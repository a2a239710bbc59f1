"""What can be shown of a document without opening it: its words, or pictures made anew in a process apart.

Faces are not shown to who only passes by: a picture, or a document that somebody said shows people, is asked for with
a reason, and what was asked for is good for a while and for one person alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from regulator.actors import Actor
from regulator.documents import making, types
from regulator.documents.queries import DocumentRow
from regulator.documents.store import at_hand, store
from regulator.errors import Missing

MOST_PAGES, MOST_CHARACTERS, GOOD_FOR = 3, 20_000, 15 * 60
"""Pages and characters shown; seconds for which somebody who gave a reason is shown faces."""
PICTURES = (types.PNG.media_type, types.JPEG.media_type)
REASONS: Mapping[str, str] = {
    "decide": "To decide something that turns on who or what it shows",
    "check": "To check that it is the right file",
    "answer": "To answer a question or a request about it",
    "own": "I gave it, or it shows me",
}
NO_PICTURE = "There is no preview of this file. Download it to read it."


@dataclass(frozen=True)
class Preview:
    """What can be shown: words, or so many pictures of so many pages; neither where there is no preview."""

    text: str = ""
    pictures: int = 0
    pages: int = 0
    is_cut: bool = False


def shows_faces(document: DocumentRow) -> bool:
    """Whether people may be recognised in it: every picture, and what somebody said so of."""
    return document.has_faces or document.media_type in PICTURES


def preview(document: DocumentRow) -> Preview:
    """What can be shown of a document that is clean."""
    if document.media_type == types.TEXT.media_type:
        return _words(document)
    if document.media_type in PICTURES:
        return Preview(pictures=1, pages=1)
    if document.media_type != types.PDF.media_type:
        return Preview()
    try:
        with at_hand(document.sha256) as path:
            pages = making.pages_of(path)
    except (making.CannotShow, OSError):
        return Preview()
    return Preview(pictures=min(pages, MOST_PAGES), pages=pages, is_cut=pages > MOST_PAGES)


def _words(document: DocumentRow) -> Preview:
    try:
        with store().open(document.sha256) as file:
            begun = file.read(MOST_CHARACTERS * 4)
    except OSError:
        return Preview()
    try:
        text = begun.decode("utf-8-sig", "strict" if len(begun) == document.size else "ignore")
    except UnicodeDecodeError:
        text = begun.decode("cp1252", "replace")
    is_cut = len(text) > MOST_CHARACTERS or len(begun) < document.size
    return Preview(text=text[:MOST_CHARACTERS], is_cut=is_cut)


def picture(document: DocumentRow, page: int) -> bytes:
    """One page, or the photograph, as a PNG made anew.

    Raises: Missing where there is none, or it would cost too much to make
    """
    if not 1 <= page <= MOST_PAGES:
        raise Missing(NO_PICTURE)
    try:
        with at_hand(document.sha256) as path:
            return making.picture(path) if document.media_type in PICTURES else making.page(path, page)
    except (making.CannotShow, OSError):
        raise Missing(NO_PICTURE) from None


def asked(document: DocumentRow, by: Actor) -> str:
    """A mark by which who gave a reason is known for a while."""
    return _signer().dumps([document.id, *_who(by)])


def was_asked(mark: str, document: DocumentRow, by: Actor) -> bool:
    """Whether this person gave a reason to see this document, a short while ago."""
    try:
        said: object = _signer().loads(mark, max_age=GOOD_FOR)
    except BadData:
        return False
    return said == [document.id, *_who(by)]


def _who(by: Actor) -> tuple[str, int | None]:
    return by.side.value, by.person_id if by.person_id is not None else by.case_id


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="faces")
