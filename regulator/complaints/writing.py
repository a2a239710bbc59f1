"""Writing a complaint page by page: what comes next, what was kept, and the sending of it all."""

from __future__ import annotations

from flask import request, url_for

from regulator.accounts.codes import hash_code
from regulator.casework import editions, steps
from regulator.complaints import drafts, paging
from regulator.complaints.code import code_for
from regulator.complaints.drafts import Draft
from regulator.complaints.paging import CheckForm, OnePage
from regulator.complaints.questions import BY_NAME, FOR, PAGES, Page
from regulator.complaints.submitting import KIND, STEP, show_once, speaker
from regulator.errors import Invalid, Missing, NotNow, RegulatorError
from regulator.regime.intake import Signpost

CARRIED = "draft"
FIRST = PAGES[0]


def page_of(name: str) -> Page:
    """A page by its name in the address.

    Raises: Missing
    """
    if name not in BY_NAME:
        raise Missing("There is no such page.")
    return BY_NAME[name]


def draft_here() -> Draft | None:
    """The complaint that this page, or this browser, is writing."""
    return drafts.here(request.form.get(CARRIED))


def typed(page: Page) -> dict[str, list[str]]:
    """What was typed on a page, as it was typed."""
    return {name: request.form.getlist(name) for name in page.names if name in request.form}


def kept(page: Page, form: OnePage, draft: Draft | None) -> Draft | None:
    """The complaint with this page in it; None, with the form saying so, where another window was quicker."""
    draft = draft or drafts.begin()
    seen = str(form.token.data or "0")
    if drafts.keep(draft, page.name, typed(page), int(seen) if seen.isdigit() else 0):
        drafts.enter(draft.code)
        return drafts.found(draft.code)
    newer = drafts.found(draft.code) or draft
    then = newer.pages[page.name]
    there = paging.page_form(page, newer)
    form.stale([(str(one.label.text), paging.in_words(one)) for one in there.asked], str(then.version))
    return None


def signpost(draft: Draft) -> Signpost | None:
    """Who else may be the right one to ask, from the first answers."""
    return editions.current().intake.signpost(draft.answers)


def after(page: Page, draft: Draft) -> str:
    """Where to go once a page is kept: on, back to where it was changed from, or to who else can help."""
    other = signpost(draft)
    last_early = [one for one in PAGES if one.is_early][-1]
    if page.is_early and other and (not other.may_go_on or page is last_early):
        return url_for(".elsewhere")
    if page is last_early and "change" not in request.args:
        return url_for(".keep_code")
    if "change" in request.args:
        return url_for(".check")
    asked = paging.pages_of(draft.answers)
    coming = asked[asked.index(page) + 1 :]
    return url_for(".ask", page=coming[0].name) if coming else url_for(".check")


def before(page: Page, draft: Draft | None) -> str:
    """The page before this one."""
    if "change" in request.args:
        return url_for(".check")
    asked = paging.pages_of(draft.answers if draft else {})
    at = asked.index(page) if page in asked else 0
    return url_for(".ask", page=asked[at - 1].name) if at else url_for(".start")


def resumed(draft: Draft) -> str:
    """Where somebody goes on who comes back: at the first page they have not been to, or at the end."""
    for page in paging.pages_of(draft.answers):
        if page.name not in draft.pages:
            return url_for(".ask", page=page.name)
    return url_for(".check")


def send(draft: Draft, form: CheckForm) -> bool:
    """Make the complaint of all that was answered; False, with the form saying why, where it cannot be made."""
    whole = paging.whole_form(draft)
    if not whole.validate():
        form.missing = [paging.problem_at(one) for one in whole.problems]
        return False
    try:
        sent, files = whole.data_for_step(), form.data_for_step().files
        data = {**sent.data, "code_hash": hash_code(code_for(draft.key))}
        by = speaker(draft.answers.get(FOR))
        taken = steps.open_case(STEP, KIND, by=by, data=data, files=files, key=draft.key)
    except (Invalid, NotNow) as refused:
        _refuse(form, refused)
        return False
    show_once(taken.reference, draft.key)
    drafts.end(draft.code)
    drafts.leave()
    return True


def _refuse(form: CheckForm, refused: RegulatorError) -> None:
    form.refuse(refused)
