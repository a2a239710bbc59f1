"""The pages on which an administrator makes teams and puts people in them."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from regulator.access import allow
from regulator.accounts import commands, queries
from regulator.accounts.blueprint import views
from regulator.accounts.forms import MemberForm, TeamChoiceForm, TeamForm, given
from regulator.accounts.people_views import administering
from regulator.actors import Actor
from regulator.errors import Invalid, NotNow
from regulator.forms import Choice

NO_TEAM = "none"


@views.route("/people/teams")
@allow("administrator")
def teams() -> ResponseReturnValue:
    """Every team, and who is in it."""
    return render_template("accounts/teams.html", teams=queries.teams_with_members(by=administering()))


@views.route("/people/teams/add", methods=["GET", "POST"])
@allow("administrator")
def add_team() -> ResponseReturnValue:
    """Making a team."""
    by, form = administering(), TeamForm()
    if form.submitted():
        try:
            commands.add_team(given(form, "name"), by=by)
            flash("The team is made. Now put people in it.")
            return redirect(url_for("accounts.teams"))
        except Invalid as wrong:
            form.refuse(wrong)
    return render_template("accounts/add_team.html", form=form)


@views.route("/people/teams/<int:number>/rename", methods=["GET", "POST"])
@allow("administrator")
def rename_team(number: int) -> ResponseReturnValue:
    """Calling a team something else."""
    by = administering()
    name = queries.team_named(number, by=by)
    form = TeamForm(name=name)
    if form.submitted():
        try:
            commands.rename_team(number, given(form, "name"), by=by)
            flash(f"The team {name} has its new name everywhere.")
            return redirect(url_for("accounts.teams"))
        except Invalid as wrong:
            form.refuse(wrong)
    return render_template("accounts/rename_team.html", form=form, name=name)


@views.route("/people/teams/<int:number>/add-person", methods=["GET", "POST"])
@allow("administrator")
def add_to_team(number: int) -> ResponseReturnValue:
    """Putting somebody in a team."""
    by = administering()
    name, form = queries.team_named(number, by=by), MemberForm().offer(_outside(number, by))
    if form.submitted():
        try:
            commands.change_team(whom := int(given(form, "person")), number, by=by)
            flash(f"{queries.person(whom, by=by).name} is in the team {name}.")
            return redirect(url_for("accounts.teams"))
        except (Invalid, NotNow) as wrong:
            form.refuse(wrong, "person")
    return render_template("accounts/add_to_team.html", form=form, name=name)


def _outside(number: int, by: Actor) -> list[Choice]:
    """Who can be put in a team; nobody may change their own account."""
    return [
        Choice(str(one.id), f"{one.name} ({one.team or 'no team'})")
        for one in queries.outside_team(number, by=by)
        if one.id != by.person_id
    ]


@views.route("/people/<int:number>/change-team", methods=["GET", "POST"])
@allow("administrator")
def change_team(number: int) -> ResponseReturnValue:
    """Moving somebody to another team, or out of any."""
    by = administering()
    whom, teams = queries.person(number, by=by), queries.teams(by=by)
    form = TeamChoiceForm(team=_present(whom, teams)).offer(_choices(teams))
    if form.submitted():
        try:
            commands.change_team(number, _chosen(form), by=by)
            flash(f"The team of {whom.name} is changed.")
            return redirect(url_for("accounts.person", number=number))
        except (Invalid, NotNow) as wrong:
            form.refuse(wrong)
    return render_template("accounts/change_team.html", form=form, person=whom)


def _choices(teams: list[tuple[int, str]]) -> list[Choice]:
    return [*(Choice(str(number), name) for number, name in teams), Choice(NO_TEAM, "No team")]


def _present(whom: queries.PersonRow, teams: list[tuple[int, str]]) -> str:
    return next((str(number) for number, name in teams if name == whom.team), NO_TEAM)


def _chosen(form: TeamChoiceForm) -> int | None:
    team: str = given(form, "team")
    return None if team == NO_TEAM else int(team)
