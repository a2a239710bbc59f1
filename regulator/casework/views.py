"""The pages of casework that staff use, and what every room’s addresses of cases are made of."""

from __future__ import annotations

from datetime import date

from flask import Flask, request, url_for
from flask.typing import ResponseReturnValue

from regulator.access import REGULATOR, SEARCHERS, acting, allow
from regulator.casework import (
    addresses,
    case_page,
    editions,
    following,
    queries,
    records_pages,
    rules_pages,
    stepping,
    worklist_views,
    worklists,
)
from regulator.casework import standards as catalogue
from regulator.casework.blueprint import views
from regulator.casework.searching import pages as searching
from regulator.ledger.reading import look

__all__ = ["init", "views", "worklist_views"]


def init(app: Flask) -> None:
    """Add the pages of this room; the rules are loaded and proved first, or nothing starts."""
    editions.editions()
    addresses.init(app)
    app.register_blueprint(views)


@views.get("/cases")
@allow(*REGULATOR)
def worklist() -> ResponseReturnValue:
    """The cases somebody works from."""
    return worklists.page(acting())


@views.get("/search")
@allow(*SEARCHERS)
def search() -> ResponseReturnValue:
    """The cases in which some words stand, as the person asking may read them."""
    return searching.page(acting())


@views.get("/cases/<ref:reference>")
@allow(*REGULATOR)
def show(reference: str) -> ResponseReturnValue:
    """One case: what is due, what may be done, what happened."""
    return case_page.show(reference, by=acting(), before=request.args.get("before", type=int))


@views.get("/cases/<ref:reference>/path")
@allow(*REGULATOR)
def path(reference: str) -> ResponseReturnValue:
    """The way a case went, on the picture of its workflow."""
    return rules_pages.path(reference, by=acting())


@views.route("/cases/<ref:reference>/<step:step>", methods=["GET", "POST"])
@allow(*REGULATOR)
def step(reference: str, step: str) -> ResponseReturnValue:
    """Take a step on a case."""
    by = acting()
    case = queries.head(reference, by=by)
    if request.method == "GET":
        look("case", by=by, case_id=case.id)
    back = url_for("casework.show", reference=reference)
    return stepping.step_page(case, step, by=by, back=back, more={"facts": case_page.brief(case)})


@views.route("/cases/import/<string:kind>", methods=["GET", "POST"])
@allow("records_manager")
def bring_over(kind: str) -> ResponseReturnValue:
    """Bring a case over from a predecessor."""
    return stepping.open_page(
        "import_case",
        kind,
        by=acting(),
        place=lambda taken: url_for("casework.show", reference=taken.reference),
        back=url_for("casework.worklist"),
        more={"facts": []},
    )


@views.route("/cases/new/<string:kind>", methods=["GET", "POST"])
@allow(*REGULATOR)
def open_new(kind: str) -> ResponseReturnValue:
    """Open a case of a kind that has no page of its own for it."""
    return stepping.open_page(
        following.opening_of(kind).name,
        kind,
        by=acting(),
        place=lambda taken: url_for("casework.show", reference=taken.reference),
        back=url_for("casework.worklist"),
        more={"facts": []},
    )


@views.get("/records")
@allow("records_manager", "manager")
def records() -> ResponseReturnValue:
    """What is due to be reviewed or destroyed, what is held, and what was destroyed."""
    return records_pages.show(by=acting())


@views.get("/cases/<ref:reference>/certificate-of-destruction")
@allow(*REGULATOR)
def certificate(reference: str) -> ResponseReturnValue:
    """The certificate of a record that was destroyed."""
    return records_pages.certify(reference, by=acting())


@views.get("/rules")
@allow(*REGULATOR)
def rules() -> ResponseReturnValue:
    """The rules there are, edition by edition and kind by kind."""
    return rules_pages.editions_page()


@views.get("/rules/<string:edition>/standards")
@allow(*REGULATOR)
def standards(edition: str) -> ResponseReturnValue:
    """What a finding can be tied to under an edition, all of it or what was in force on a day."""
    return catalogue.page(edition, _day(request.args.get("on")))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


@views.get("/rules/<string:kind>")
@views.get("/rules/<string:edition>/<string:kind>")
@allow(*REGULATOR)
def rule(kind: str, edition: str = editions.CURRENT) -> ResponseReturnValue:
    """The rules of one kind of case, drawn and listed, under the edition of new cases or another."""
    return rules_pages.kind_page(kind, edition)
