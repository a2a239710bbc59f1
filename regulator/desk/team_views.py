"""The pages on which a body’s contact makes teams, to which items may be handed as a whole."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from regulator.access import BODY, acting, allow
from regulator.actors import Actor
from regulator.casework.queries import answerers
from regulator.desk.blueprint import views
from regulator.desk.own_forms import TeamForm
from regulator.errors import Invalid, Missing
from regulator.evidence import queries, teams
from regulator.forms import Choice


@views.get("/body/teams")
@allow(*BODY)
def body_teams() -> ResponseReturnValue:
    """The teams of the body, and who is in each."""
    by = acting()
    return render_template("body/teams.html", teams=queries.teams(by=by), may_change=by.holds("contact"))


@views.route("/body/teams/add", methods=["GET", "POST"])
@allow("contact")
def add_team() -> ResponseReturnValue:
    """Making a team of colleagues."""
    by = acting()
    return _page(None, _offered(TeamForm(), by), by, "Make a team")


@views.route("/body/teams/<int:number>/change", methods=["GET", "POST"])
@allow("contact")
def change_team(number: int) -> ResponseReturnValue:
    """Saying who is in a team, or calling it something else."""
    by = acting()
    found = next((one for one in queries.teams(by=by) if one.id == number), None)
    if found is None:
        raise Missing("There is no such team.")
    form = TeamForm(name=found.name, people=[str(person) for person, _ in found.members])
    return _page(number, _offered(form, by), by, "Change the team")


def _page(number: int | None, form: TeamForm, by: Actor, title: str) -> ResponseReturnValue:
    if form.submitted():
        people = [int(one) for one in form["people"].answer or ()]
        try:
            teams.keep_team(number, str(form["name"].answer), people, by=by)
            flash("The team is kept. Items can be handed to it as a whole.")
            return redirect(url_for("desk.body_teams"))
        except Invalid as wrong:
            form.refuse(wrong)
    return render_template("body/team.html", form=form, heading=title)


def _offered(form: TeamForm, by: Actor) -> TeamForm:
    form["people"].choices = tuple(Choice(str(one.id), one.name, one.held) for one in answerers(by=by))
    return form
