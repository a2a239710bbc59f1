"""The pages of what a body’s people do among themselves: notes, items sent back and chased, and receipts."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from regulator import words
from regulator.access import BODY, acting, allow
from regulator.actors import Actor
from regulator.casework.queries import CaseRow, get
from regulator.desk import receipts
from regulator.desk.blueprint import MANAGERS, views
from regulator.desk.own_forms import WHOLE, ChaseForm, NoteForm, SendBackForm
from regulator.errors import Invalid, Missing, NotNow
from regulator.evidence import commands
from regulator.evidence import queries as evidence
from regulator.evidence.queries import ItemRow
from regulator.ledger.reading import look


@views.route("/body/cases/<ref:reference>/notes/add", methods=["GET", "POST"])
@allow(*BODY)
def add_note(reference: str) -> ResponseReturnValue:
    """Noting something for one’s colleagues, which the regulator cannot read."""
    by = acting()
    case = get(reference, by=by)
    whole = by.holds(*MANAGERS)
    form = NoteForm(about=request.args.get("about", WHOLE)).offer(_items(case, by), whole=whole)
    if form.submitted():
        try:
            commands.add_note(case, str(form["words"].answer), by=by, item=form.item)
            flash("Your note is kept. Your own organisation alone can read it.")
            return redirect(_page(case, "notes"))
        except Invalid as wrong:
            form.refuse(wrong)
    return render_template("body/add_note.html", form=form, case=case, back=_page(case))


@views.route("/body/cases/<ref:reference>/items/<int:item>/send-back", methods=["GET", "POST"])
@allow("approving_officer")
def send_back(reference: str, item: int) -> ResponseReturnValue:
    """Sending one item back to a colleague before the whole is signed."""
    by, form = acting(), SendBackForm()
    case = get(reference, by=by)
    found = _item(case, item, by)
    if form.submitted():
        try:
            link = url_for("desk.case", reference=case.reference, _external=True)
            commands.send_back(case, item, str(form["words"].answer), by=by, link=link)
            flash(f"Item {found.number} is sent back. It has to be answered anew before you can sign.")
            return redirect(_page(case))
        except (Invalid, NotNow) as wrong:
            form.refuse(wrong)
    return render_template("body/send_back.html", form=form, case=case, item=found, back=_page(case))


@views.route("/body/cases/<ref:reference>/items/<int:item>/chase", methods=["GET", "POST"])
@allow(*MANAGERS)
def chase(reference: str, item: int) -> ResponseReturnValue:
    """Reminding whoever has an item of it."""
    by, form = acting(), ChaseForm()
    case = get(reference, by=by)
    found = _item(case, item, by)
    if form.submitted():
        try:
            link = url_for("desk.case", reference=case.reference, _external=True)
            due = f", which is hoped for by {words.day(found.wanted_by)}" if found.wanted_by else ""
            flash(f"{commands.chase(case, item, by=by, link=link, due=due)} gets a letter now.")
            return redirect(_page(case))
        except NotNow as wrong:
            form.refuse(wrong)
    return render_template("body/chase.html", form=form, case=case, item=found, back=_page(case))


@views.get("/body/cases/<ref:reference>/receipts/<int:version>")
@allow(*MANAGERS)
def receipt(reference: str, version: int) -> ResponseReturnValue:
    """What was sent in one version: every answer and file with its hash, to print and to keep."""
    by = acting()
    case = get(reference, by=by)
    look("receipt", by=by, case_id=case.id)
    return render_template("body/receipt.html", receipt=receipts.receipt(case, version, by=by), case=case)


def _page(case: CaseRow, part: str = "") -> str:
    return url_for("desk.case", reference=case.reference, _anchor=part or None)


def _items(case: CaseRow, by: Actor) -> list[ItemRow]:
    found = evidence.items_of(case.id, by=by)
    return [one for one in found if by.holds(*MANAGERS) or one.is_handed_to(by)]


def _item(case: CaseRow, number: int, by: Actor) -> ItemRow:
    found = next((one for one in _items(case, by) if one.id == number), None)
    if found is None:
        raise Missing("There is no such item.")
    return found
