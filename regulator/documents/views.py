"""Sending a document to whoever may have it: always to be saved, never shown inside our pages."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, send_file

from regulator.access import BODY, OUTSIDE, REGULATOR, acting, allow
from regulator.documents import held, queries
from regulator.documents.store import store
from regulator.errors import Missing, NotNow
from regulator.ledger.reading import look

views = Blueprint("documents", __name__)
HARMLESS = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "no-store"}


def init(app: Flask) -> None:
    """Add the pages of this room."""
    app.register_blueprint(views)


@views.get("/documents/<int:number>")
@allow(*REGULATOR, *BODY, "oversight_contact", *OUTSIDE)
def download(number: int) -> Response:
    """Send a document, and write down who had it."""
    document = queries.get(number, by=acting())
    if not document.can_be_had:
        raise NotNow(held.sentence(document.scan))
    if store().stat(document.sha256) != document.size:
        raise Missing("The file itself is not in the store. Tell us, so that it can be found.")
    look(f"document:{number}", by=acting(), case_id=document.case_id)
    file = store().open(document.sha256)
    response = send_file(
        file, document.media_type, as_attachment=True, download_name=document.name, etag=False
    )
    response.headers.update(HARMLESS | {"Content-Length": str(document.size)})
    return response
