"""The pages on which a complaint is written: one question each, kept as it goes, read through and sent."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from regulator.access import public
from regulator.accounts import throttle
from regulator.accounts.signing_in import address
from regulator.complaints import drafts, paging, submitting, writing
from regulator.complaints.draft_forms import ComeBackForm, LinkForm, link_words
from regulator.complaints.drafts import Draft
from regulator.complaints.paging import OnePage
from regulator.complaints.public_views import views
from regulator.complaints.questions import Page
from regulator.language import _, later

UNKNOWN = later("We found no complaint begun with that code. Check it: each letter and figure counts")


@views.route("/complain/form/<step:page>", methods=["GET", "POST"])
@public
def ask(page: str) -> ResponseReturnValue:
    """Ask one question of a complaint, and keep what is answered."""
    asked, draft = writing.page_of(page), writing.draft_here()
    if request.method == "POST":
        return _answered(asked, draft)
    if submitting.just_made() and draft is None:
        return redirect(url_for(".made"))
    if draft is None and asked is not writing.FIRST:
        return redirect(url_for(".come_back"))
    return _drawn(asked, paging.page_form(asked, draft), draft)


def _answered(page: Page, draft: Draft | None) -> ResponseReturnValue:
    form = paging.posted_form(page)
    is_later = "later" in request.form and form.is_ours
    if (is_later or form.submitted()) and (kept := writing.kept(page, form, draft)):
        return redirect(url_for(".keep_code") if is_later else writing.after(page, kept))
    return _drawn(page, form, draft)


def _drawn(page: Page, form: OnePage, draft: Draft | None) -> ResponseReturnValue:
    return render_template(
        "complaints/question.html",
        form=form,
        page=page,
        back=writing.before(page, draft),
        carried=drafts.carried(draft) if draft else "",
    )


@views.get("/complain/elsewhere")
@public
def elsewhere() -> ResponseReturnValue:
    """Say who can help with what was answered first, and whether we can be asked all the same."""
    draft = writing.draft_here()
    found = writing.signpost(draft) if draft else None
    if found is None:
        return redirect(url_for(".start"))
    return render_template("complaints/elsewhere.html", signpost=found, back=url_for(".ask", page="subject"))


@views.route("/complain/code", methods=["GET", "POST"])
@public
def keep_code() -> ResponseReturnValue:
    """Show the code with which a complaint begun is gone on with, and send the way back to an address."""
    draft = writing.draft_here()
    if draft is None:
        return redirect(url_for(".come_back"))
    form = LinkForm()
    if form.submitted():
        to = str(form.answers["email"])
        throttle.attempt(throttle.DRAFT_LINK, to.lower())
        throttle.attempt(throttle.DRAFT_LINK_ADDRESS, address())
        drafts.post_link(to, *link_words(draft))
        flash(_("We have sent the way back to that address."))
        return redirect(url_for(".keep_code"))
    onward = writing.resumed(draft)
    return render_template("complaints/keep_code.html", form=form, draft=draft, onward=onward)


@views.route("/complain/come-back", methods=["GET", "POST"])
@public
def come_back() -> ResponseReturnValue:
    """Go on with a complaint that was begun, with its code."""
    form = ComeBackForm()
    if not form.is_submitted():
        form.code.data = request.args.get("code", "")
    if form.submitted():
        throttle.attempt(throttle.DRAFT_ADDRESS, address())
        if draft := drafts.found(str(form.answers["code"])):
            throttle.give_back(throttle.DRAFT_ADDRESS, address())
            drafts.enter(draft.code)
            return redirect(writing.resumed(draft))
        form.refuse(UNKNOWN, "code")
    return render_template("complaints/come_back.html", form=form)


@views.post("/complain/throw-away")
@public
def throw_away() -> ResponseReturnValue:
    """Throw away a complaint that was begun: nothing of it is left."""
    if draft := writing.draft_here():
        drafts.end(draft.code)
    drafts.leave()
    flash(_("What you had written is gone. Nobody at the regulator has read it."))
    return redirect(url_for(".start"))


@views.route("/complain/check", methods=["GET", "POST"])
@public
def check() -> ResponseReturnValue:
    """Read everything through, change any of it, and send it."""
    draft = writing.draft_here()
    if draft is None:
        return redirect(url_for(".made" if submitting.just_made() else ".come_back"))
    if (other := writing.signpost(draft)) and not other.may_go_on:
        return redirect(url_for(".elsewhere"))
    form, rows = paging.check_form(), paging.read_through(draft)
    if form.is_submitted():
        form.missing = paging.missing_of(rows)
    if form.submitted() and writing.send(draft, form):
        return redirect(url_for(".made"))
    carried = drafts.carried(draft)
    return render_template("complaints/check.html", form=form, rows=rows, carried=carried)


@views.record_once
def _keeps_what_was_typed(state: BlueprintSetupState) -> None:
    """A page sent after its session ended is shown once more with its answers: its own form asks for the token."""
    for view in (ask, check):
        state.app.extensions["csrf"].exempt(view)
