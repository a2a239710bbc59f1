"""The pages of bodies: everybody who works here reads them, administrators change them."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from regulator.access import REGULATOR, acting, allow
from regulator.accounts import commands, queries
from regulator.accounts.authority import as_administrator
from regulator.accounts.blueprint import views
from regulator.accounts.forms import MergeForm, OverseerForm, RenameForm, given
from regulator.errors import Invalid, NotNow
from regulator.forms import Choice

READERS = (*REGULATOR, "administrator")
NOBODY = "nobody"


@views.route("/bodies")
@allow(*READERS)
def bodies() -> ResponseReturnValue:
    """Every body there is today."""
    return render_template(
        "accounts/bodies.html",
        regulated=queries.bodies(),
        overseers=queries.bodies(regulated=False),
        may_change=acting().holds("administrator"),
    )


@views.route("/bodies/<string:slug>")
@allow(*READERS)
def body(slug: str) -> ResponseReturnValue:
    """One body, and what was true of it when."""
    found, by = queries.body_named(slug), acting()
    may_change = by.holds("administrator")
    return render_template(
        "accounts/body.html",
        body=found,
        names=queries.names_of(found.id),
        overseers=queries.overseers_of(found.id),
        oversees=queries.overseen_by(found.id),
        before=queries.predecessors(found.id),
        after=queries.successors(found.id),
        history=queries.history_of(f"body:{found.id}", by=as_administrator(by) if may_change else by),
        may_change=may_change,
        recommended=url_for("recommendations.shown", body=found.id) if by.holds(*REGULATOR) else None,
    )


@views.route("/bodies/<string:slug>/rename", methods=["GET", "POST"])
@allow("administrator")
def rename_body(slug: str) -> ResponseReturnValue:
    """Calling a body something else from a day on."""
    found = queries.body_named(slug)
    form = RenameForm(name=found.name)
    if form.submitted():
        try:
            commands.rename_body(slug, given(form, "name"), given(form, "on"), by=acting())
            flash("The new name is recorded, and the old one keeps its days.")
            return redirect(url_for("accounts.body", slug=slug))
        except (Invalid, NotNow) as wrong:
            form.refuse(wrong, "on" if isinstance(wrong, NotNow) else "")
    return render_template("accounts/rename_body.html", form=form, body=found)


@views.route("/bodies/<string:slug>/overseer", methods=["GET", "POST"])
@allow("administrator")
def change_overseer(slug: str) -> ResponseReturnValue:
    """Saying who oversees a body from a day on."""
    found = queries.body_named(slug)
    form = OverseerForm()
    form["overseer"].choices = _choices(but=slug)
    if form.submitted():
        try:
            commands.change_overseer(slug, _overseer(form), given(form, "on"), by=acting())
            flash("The change of oversight is recorded.")
            return redirect(url_for("accounts.body", slug=slug))
        except (Invalid, NotNow) as wrong:
            form.refuse(wrong, "on" if isinstance(wrong, NotNow) else "")
    return render_template("accounts/change_overseer.html", form=form, body=found)


@views.route("/bodies/merge", methods=["GET", "POST"])
@allow("administrator")
def merge_bodies() -> ResponseReturnValue:
    """Recording that one body takes the place of others."""
    form = MergeForm()
    form["slugs"].choices = tuple(Choice(each.slug, each.name) for each in queries.bodies())
    if form.submitted():
        try:
            slug = commands.merge_bodies(
                given(form, "slugs"), given(form, "into"), given(form, "on"), by=acting()
            )
            flash("The merger is recorded. What the old bodies did stays theirs.")
            return redirect(url_for("accounts.body", slug=slug))
        except (Invalid, NotNow) as wrong:
            form.refuse(wrong, "on" if isinstance(wrong, NotNow) else "")
    return render_template("accounts/merge_bodies.html", form=form)


def _choices(but: str) -> tuple[Choice, ...]:
    others = [each for each in queries.bodies(regulated=None) if each.slug != but]
    return (Choice(NOBODY, "Nobody"), *(Choice(each.slug, each.name) for each in others))


def _overseer(form: OverseerForm) -> str | None:
    slug: str = given(form, "overseer")
    return None if slug == NOBODY else slug
