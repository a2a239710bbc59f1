"""A document’s own page, its preview, and the file itself: always sent to be saved, never shown inside our pages."""

from __future__ import annotations

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from config import Config
from regulator.access import BODY, OUTSIDE, REGULATOR, STAFF, acting, allow
from regulator.actors import Side
from regulator.documents import commands, described, held, previews, queries
from regulator.documents.forms import LookForm
from regulator.documents.making import MADE
from regulator.documents.queries import DocumentRow
from regulator.documents.store import store
from regulator.errors import Missing, NotNow, Refused
from regulator.forms import NO_SCANNER
from regulator.ledger.reading import look

views = Blueprint("documents", __name__)
HARMLESS = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "no-store"}
READERS = (*REGULATOR, *BODY, "oversight_contact", *OUTSIDE)
CASE_PAGES = {
    Side.staff: "/cases/{}",
    Side.body: "/body/cases/{}",
    Side.oversight: "/body/cases/{}",
    Side.complainant: "/complaint",
}


def init(app: Flask) -> None:
    """Add the pages of this room."""
    app.register_blueprint(views)


@views.route("/documents/<int:number>", methods=["GET", "POST"])
@allow(*READERS)
def show(number: int) -> ResponseReturnValue:
    """A document beside its facts; faces are shown to who says why, which is written down."""
    document, form = queries.get(number, by=acting()), LookForm()
    if form.submitted():
        why = str(form.answers["why"])
        look(f"faces:{number}:{why}", by=acting(), case_id=document.case_id)
        return redirect(url_for("documents.show", number=number, asked=previews.asked(document, acting())))
    look(f"preview:{number}", by=acting(), case_id=document.case_id)
    return _drawn(document, form)


def _drawn(document: DocumentRow, form: LookForm) -> str:
    by, mark = acting(), request.args.get("asked", "")
    is_hidden = previews.shows_faces(document) and not previews.was_asked(mark, document, by)
    config: Config = current_app.extensions["regulator"]
    return render_template(
        "documents/document.html",
        form=form,
        document=document,
        facts=described.facts(document, by=by),
        others=queries.versions(document.id, document.case_id, by=by),
        preview=previews.preview(document) if document.can_be_had and not is_hidden else None,
        is_hidden=is_hidden and document.can_be_had,
        mark=mark or None,
        why_held=held.sentence(document.scan),
        decides=by.holds(*STAFF),
        warnings=[] if config.clamd_socket else [NO_SCANNER],
        back=CASE_PAGES[by.side].format(queries.reference_of(document.case_id, by=by)),
    )


@views.get("/documents/<int:number>/pages/<int:page>")
@allow(*READERS)
def picture(number: int, page: int) -> Response:
    """One page of a document as a picture; of one that may show faces, only after a reason was given."""
    document = _had(number)
    mark = request.args.get("asked", "")
    if previews.shows_faces(document) and not previews.was_asked(mark, document, acting()):
        raise Refused("Say on the document’s page why you need to see it.")
    response = Response(previews.picture(document, page), mimetype=MADE)
    response.headers.update(HARMLESS)
    return response


@views.post("/documents/<int:number>/faces")
@allow(*STAFF)
def mark_faces(number: int) -> ResponseReturnValue:
    """Say whether people can be recognised in a document: its preview is then shown only for a reason."""
    document = queries.get(number, by=acting())
    commands.mark_faces(number, document.case_id, not document.has_faces, by=acting())
    flash("It is written down.")
    return redirect(url_for("documents.show", number=number))


@views.get("/documents/<int:number>/file")
@allow(*READERS)
def download(number: int) -> Response:
    """Send a document, and write down who had it."""
    document = _had(number)
    if store().stat(document.sha256) != document.size:
        raise Missing("The file itself is not in the store. Tell us, so that it can be found.")
    look(f"document:{number}", by=acting(), case_id=document.case_id)
    file = store().open(document.sha256)
    response = send_file(
        file, document.media_type, as_attachment=True, download_name=document.name, etag=False
    )
    response.headers.update(HARMLESS | {"Content-Length": str(document.size)})
    return response


def _had(number: int) -> DocumentRow:
    """The document, if it can be handed out."""
    document = queries.get(number, by=acting())
    if not document.can_be_had:
        raise NotNow(held.sentence(document.scan))
    return document
