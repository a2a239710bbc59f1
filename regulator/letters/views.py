"""Pages of letters: one as it was written, its paper, those that need a person and those to be posted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config import Config
from regulator.access import BODY, OUTSIDE, REGULATOR, STAFF, acting, allow
from regulator.actors import Side
from regulator.documents.store import store
from regulator.errors import Missing
from regulator.ledger.reading import look
from regulator.letters import callback, deciding_views, development, queries
from regulator.letters.blueprint import views
from regulator.letters.queries import LetterRow
from regulator.pdf import MEDIA_TYPE

CASE_PAGES = {
    Side.staff: "/cases/{}",
    Side.body: "/body/cases/{}",
    Side.oversight: "/body/cases/{}",
    Side.complainant: "/complaint",
}
HARMLESS = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "no-store"}


@dataclass(frozen=True)
class Tab:
    """A list of letters to choose."""

    label: str
    href: str
    count: str
    is_here: bool


def init(app: Flask) -> None:
    """Add the pages of this room; the one that stands in for a mail server is never there in production."""
    config: Config = app.extensions["regulator"]
    deciding_views.load()
    app.register_blueprint(views)
    app.register_blueprint(callback.views)
    if not config.is_production:
        app.register_blueprint(development.views)


@views.get("/letters/<int:number>")
@allow(*REGULATOR, *BODY, "oversight_contact", *OUTSIDE)
def show(number: int) -> ResponseReturnValue:
    """A letter as it was written; staff see how far it came."""
    by = acting()
    letter = queries.get(number, by=by)
    look(f"letter:{number}", by=by, case_id=letter.case_id)
    back = CASE_PAGES[by.side].format(letter.reference)
    return render_template("letters/letter.html", letter=letter, back=back, decides=by.holds(*STAFF))


@views.get("/letters/<int:number>/paper")
@allow(*REGULATOR, *BODY, "oversight_contact", *OUTSIDE)
def paper(number: int) -> Response:
    """Send the paper of a letter, to be printed, and write down who had it."""
    by = acting()
    letter = queries.get(number, by=by)
    if letter.sha256 is None or store().stat(letter.sha256) != letter.size:
        raise Missing("There is no paper of this letter.")
    look(f"letter:{number}", by=by, case_id=letter.case_id)
    with store().open(letter.sha256) as file:
        whole = file.read()
    named = f'attachment; filename="{letter.reference}-letter-{number}.pdf"'
    return Response(whole, mimetype=MEDIA_TYPE, headers=HARMLESS | {"Content-Disposition": named})


@views.get("/letters/troubled")
@allow(*STAFF)
def troubled() -> ResponseReturnValue:
    """Letters that need a person, oldest first."""
    after = request.args.get("after", 0, int)
    return _list("letters/troubled.html", queries.troubled(by=acting(), after=after), after)


@views.get("/letters/to-post")
@allow(*STAFF)
def to_post() -> ResponseReturnValue:
    """Letters that wait to be printed and posted, oldest first."""
    after = request.args.get("after", 0, int)
    return _list("letters/to_post.html", queries.to_post(by=acting(), after=after), after)


def _list(template: str, letters: Sequence[LetterRow], after: int) -> str:
    here = request.path
    lists = (("Need you", url_for(".troubled")), ("To post", url_for(".to_post")))
    return render_template(
        template,
        letters=letters,
        tabs=[Tab(label, href, "", href == here) for label, href in lists],
        first_page=here if after else None,
        next_page=f"{here}?after={letters[-1].id}" if len(letters) == queries.PAGE else None,
    )
