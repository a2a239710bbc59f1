"""The pages on which administrators look after people."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from regulator.access import acting, allow
from regulator.accounts import commands, queries, roles
from regulator.accounts.authority import as_administrator
from regulator.accounts.blueprint import views
from regulator.accounts.forms import ConfirmForm, InviteForm, RoleForm, given
from regulator.accounts.roles import RoleSide
from regulator.actors import Actor
from regulator.errors import Invalid, NotNow
from regulator.forms import Choice
from regulator.ledger.reading import look

ADMINISTRATORS = ("administrator", "body_administrator")
ALL_SIDES = tuple(RoleSide)
HOUSE = "regulator"
"""Stands for the regulator where a body is chosen."""


def administering() -> Actor:
    """Who asks, reading as an administrator and no more."""
    return as_administrator(acting())


@views.route("/people")
@allow(*ADMINISTRATORS)
def people() -> ResponseReturnValue:
    """The people this administrator looks after."""
    by, asked = administering(), request.args
    after = asked.get("after", type=int)
    chosen: dict[str, Any] = {name: asked.get(name, "") for name in ("name", "body", "role")}
    page = queries.people(by=by, after=after, **chosen)
    return render_template(
        "accounts/people.html",
        people=page.rows,
        chosen=chosen,
        bodies=queries.bodies(regulated=None) if by.holds("administrator") else [],
        roles=roles.open_to(ALL_SIDES if by.holds("administrator") else {RoleSide.body}),
        keeps_teams=by.holds("administrator"),
        first_page=url_for("accounts.people", **chosen) if after else None,
        next_page=url_for("accounts.people", **chosen, after=page.following) if page.following else None,
    )


@views.route("/people/invite", methods=["GET", "POST"])
@allow(*ADMINISTRATORS)
def invite() -> ResponseReturnValue:
    """Inviting somebody."""
    by = administering()
    form = InviteForm().offer(*_offers(by))
    if form.submitted():
        name, email, held = given(form, "name"), given(form, "email"), given(form, "roles")
        try:
            commands.invite_person(name, email, held, by=by, body_id=_body(form, by), team_id=_team(form))
            flash(f"{name} is invited: a link is on its way to {email}.")
            return redirect(url_for("accounts.people"))
        except Invalid as wrong:
            form.refuse(wrong, "roles" if wrong.field == "role" else "")
    return render_template("accounts/invite.html", form=form)


def _offers(by: Actor) -> tuple[list[Choice], list[Choice], list[Choice]]:
    """What an invitation may choose from: bodies and teams, none for a body’s administrator, and roles."""
    if not by.holds("administrator"):
        return [], [], [Choice(role.name, role.label) for role in roles.open_to({RoleSide.body})]
    sides = {RoleSide.regulator: "", RoleSide.body: " (a body)", RoleSide.oversight: " (an oversight body)"}
    offered = [
        Choice(role.name, f"{role.label}{words}")
        for side, words in sides.items()
        for role in roles.open_to({side})
    ]
    bodies = [Choice(body.slug, body.name) for body in queries.bodies(regulated=None)]
    teams = [Choice(str(number), name) for number, name in queries.teams(by=by)]
    return [Choice(HOUSE, "The regulator"), *bodies], teams, offered


def _body(form: InviteForm, by: Actor) -> int | None:
    """The body an invitation is for; none is the regulator."""
    if not by.holds("administrator"):
        return by.body_id
    slug = given(form, "body")
    return None if slug == HOUSE else queries.body_named(slug).id


def _team(form: InviteForm) -> int | None:
    """The team somebody invited is to work in; none for a body’s people, whom the page does not ask about."""
    chosen = form.answers.get("team")
    return int(str(chosen)) if chosen else None


@views.route("/people/<int:number>")
@allow(*ADMINISTRATORS)
def person(number: int) -> ResponseReturnValue:
    """Somebody’s account, and what was done to it."""
    by = administering()
    found = queries.person(number, by=by)
    look(f"person:{number}", by=by)
    return render_template(
        "accounts/person.html",
        person=found,
        held=queries.roles_of(number, by=by),
        joining=queries.joining_of(number, by=by),
        sessions=queries.sessions_of(number, by=by),
        cases=queries.owned_open_cases(number, by=by),
        history=queries.history_of(f"person:{number}", by=by),
        is_self=number == by.person_id,
    )


@views.route("/people/<int:number>/give-role", methods=["GET", "POST"])
@allow(*ADMINISTRATORS)
def give_role(number: int) -> ResponseReturnValue:
    """Giving somebody a role."""
    by = administering()
    whom = queries.person(number, by=by)
    form = RoleForm().offer(_fitting(whom))
    if form.submitted():
        try:
            commands.give_role(number, given(form, "role"), by=by)
            flash(f"{whom.name} holds the role {roles.label(given(form, 'role'))} from today.")
            return redirect(url_for("accounts.person", number=number))
        except (Invalid, NotNow) as wrong:
            form.refuse(wrong)
    return render_template("accounts/give_role.html", form=form, person=whom)


def _fitting(whom: queries.PersonRow) -> list[Choice]:
    sides = queries.sides_of(whom.body_id)
    return [Choice(r.name, r.label) for r in roles.open_to(sides) if r.name not in whom.roles]


@views.route("/people/<int:number>/roles/<string:role>/take", methods=["POST"])
@allow(*ADMINISTRATORS)
def take_role(number: int, role: str) -> ResponseReturnValue:
    """Taking a role away."""
    by = administering()
    commands.take_role(number, role, by=by)
    flash(f"The role {roles.label(role)} is taken away.")
    return redirect(url_for("accounts.person", number=number))


@views.route("/people/<int:number>/invite-again", methods=["POST"])
@allow(*ADMINISTRATORS)
def invite_again(number: int) -> ResponseReturnValue:
    """Sending a new link to somebody who has not come yet."""
    commands.invite_again(number, by=administering())
    flash("A new link is on its way. The old one works no longer.")
    return redirect(url_for("accounts.person", number=number))


@views.route("/people/<int:number>/end-sessions", methods=["POST"])
@allow(*ADMINISTRATORS)
def end_sessions(number: int) -> ResponseReturnValue:
    """Signing somebody out everywhere."""
    commands.end_sessions(number, by=administering())
    flash("They are signed out everywhere.")
    return redirect(url_for("accounts.person", number=number))


@views.route("/people/<int:number>/forget-second-factor", methods=["POST"])
@allow(*ADMINISTRATORS)
def forget_second_factor(number: int) -> ResponseReturnValue:
    """Letting somebody who lost the telephone set up another."""
    commands.forget_second_factor(number, by=administering())
    flash("They will set up a new second factor when they next sign in.")
    return redirect(url_for("accounts.person", number=number))


@views.route("/people/<int:number>/leave", methods=["GET", "POST"])
@allow(*ADMINISTRATORS)
def leave(number: int) -> ResponseReturnValue:
    """Recording that somebody left."""
    by, form = administering(), ConfirmForm()
    whom = queries.person(number, by=by)
    if form.submitted():
        try:
            commands.leave(number, by=by)
            flash(f"{whom.name} has left: every role and every session has ended.")
            return redirect(url_for("accounts.person", number=number))
        except NotNow as reason:
            form.refuse(reason)
    return render_template("accounts/leave.html", form=form, person=whom)
