"""Pages beside a worklist: keeping it by name, letting it go, and giving several of its cases to somebody at once."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from regulator.access import REGULATOR, acting, allow
from regulator.accounts.queries import teams
from regulator.actors import Actor
from regulator.casework import queries, saving_commands, worklists_asked
from regulator.casework import worklists_assigning as assigning
from regulator.casework.blueprint import views
from regulator.casework.queries import CaseHead, Colleague
from regulator.casework.worklist_forms import AssignSeveralForm, SaveListForm, assign_several
from regulator.casework.worklists_assigning import Given, How
from regulator.errors import Invalid, Missing, NotNow
from regulator.forms import Choice, PageForm


@views.get("/cases/filters")
@allow(*REGULATOR)
def filter_list() -> ResponseReturnValue:
    """The filters of a list that need more room: a body, an owner, how soon something is due."""
    asked = worklists_asked.asked_of(by := acting())
    kept = worklists_asked.said_in(asked, body="", owner="", within="")
    return render_template(
        "casework/filter_list.html",
        kept=kept,
        further=worklists_asked.further(asked, by),
        back=worklists_asked.address(asked),
    )


@views.route("/cases/lists/new", methods=["GET", "POST"])
@allow(*REGULATOR)
def save_list() -> ResponseReturnValue:
    """Keep the list that the address asks for by a name."""
    form, by = SaveListForm(), acting()
    asked = worklists_asked.asked_of(by)
    back = worklists_asked.address(asked)
    if form.submitted():
        try:
            wanted = urlencode(worklists_asked.said_in(asked))
            saving_commands.save_list(str(form.answers["name"]), wanted, by=by)
            flash("The list is kept. It stands above your work.")
            return redirect(back)
        except (Invalid, NotNow) as refused:
            form.refuse(refused)
    return render_template("casework/save_list.html", form=form, back=back)


@views.route("/cases/lists", methods=["GET", "POST"])
@allow(*REGULATOR)
def saved_lists() -> ResponseReturnValue:
    """The lists that somebody keeps, and letting one go."""
    form, by = PageForm(), acting()
    if form.submitted():
        try:
            saving_commands.forget_list(request.form.get("list", 0, int), by=by)
            flash("The list is gone. Its cases are as they were.")
        except Missing as gone:
            flash(gone.sentence, "note")
        return redirect(url_for("casework.saved_lists"))
    work = url_for("casework.worklist")
    rows = [(one.id, one.name, f"{work}?{one.asked}") for one in queries.saved_lists(by=by)]
    return render_template("casework/saved_lists.html", form=form, rows=rows, back=work)


@views.route("/cases/assign", methods=["GET", "POST"])
@allow(*assigning.WHO)
def assign_several_cases() -> ResponseReturnValue:
    """Give several cases to somebody, each with an answer of its own."""
    by = acting()
    cases = assigning.chosen(request.values.getlist("case"), by=by)
    people = queries.colleagues(None, by=by)
    form = _form(cases, people, by)
    if form.submitted() and (answers := _given(form, cases, people, by)):
        told = [(how, [one for one in answers if one.how is how]) for how in How]
        return render_template("casework/assigned.html", told=dict(told), who=_name(form, people))
    return render_template("casework/assign_several.html", form=form, back=url_for("casework.worklist"))


def _form(cases: list[CaseHead], people: list[Colleague], by: Actor) -> AssignSeveralForm:
    loads = queries.loads(by=by)
    form: AssignSeveralForm = assign_several(
        [Choice(one.reference, one.title, f"{one.reference}, {one.owner or 'nobody yet'}") for one in cases],
        [Choice(str(one.id), f"{one.name} ({one.held}), {loads.get(one.id, 0)} open") for one in people],
        [Choice(str(number), name) for number, name in teams(by=by)],
        by.team_id,
    )()
    if not form.is_submitted():
        form["case"].data = [one.reference for one in cases]
    return form


def _given(
    form: AssignSeveralForm, cases: list[CaseHead], people: list[Colleague], by: Actor
) -> list[assigning.Answer]:
    said: dict[str, Any] = form.answers
    given = Given(said["person"], said["team"], said["reason"] or "", str(form.key.data))
    wanted = [one for one in cases if one.reference in said["case"]]
    return [assigning.give(one, given, people, by=by) for one in wanted]


def _name(form: AssignSeveralForm, people: list[Colleague]) -> str:
    return next(one.name for one in people if one.id == form.answers["person"])
