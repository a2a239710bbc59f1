"""“See it as the complainant would”: a step taken, the page read as somebody outside, and all of it undone.

What is shown is the page itself, made from a step that was really taken in a transaction of which nothing stays: no
letter, job, entry or file. That a member of staff looked is in the reading log as theirs. Rooms register the pages:

    @seen("complainant")
    def page(case: CaseRow, viewer: Actor, warnings: Sequence[str]) -> str: ...
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from flask import render_template, request

from regulator import log
from regulator.access import seen_as
from regulator.actors import LOOKED_AT, Actor, Side
from regulator.casework import queries, steps
from regulator.casework.facts import SUBJECT, Facts
from regulator.casework.forms import StepForm
from regulator.casework.queries import CaseRow
from regulator.casework.sight import AUDIENCES
from regulator.db import ask_as, end_read, in_one_go
from regulator.errors import Conflict, Invalid, Missing, NotNow, Refused
from regulator.ledger.reading import look
from regulator.regime.model import Step

ASKED = "look"
"""The name of the buttons that ask for a look, beside the one that does it."""
Seen: TypeAlias = "Callable[[CaseRow, Actor, Sequence[str]], str]"
SEEN: dict[str, Seen] = {}
READER = {
    "body": frozenset({"contact", "approving_officer"}),
    "oversight": frozenset({"oversight_contact"}),
}
_LEADS_AWAY = re.compile(r'(<a\b[^>]*?) href="(?!#)[^"]*"')
_BUTTON = re.compile(r"<button\b")


class View(NamedTuple):
    """Somebody outside whose page may be looked at: what the button sends, who it is, and as whom it is read."""

    value: str
    name: str
    viewer: Actor


def seen(*audiences: str) -> Callable[[Seen], Seen]:
    """Register how the page of a case is drawn for somebody outside, with warnings over it."""

    def register(draw: Seen) -> Seen:
        SEEN.update(dict.fromkeys(audiences, draw))
        return draw

    return register


def views(step: Step, known: Facts, by: Actor) -> list[View]:
    """Whose page a step changes, among those outside who have one of this case; none but for staff."""
    if by.side is not Side.staff or step.opens:
        return []
    return [
        one for one in _outside(known) if one.viewer.side.value in SEEN and changes(step, known, one.viewer)
    ]


def changes(step: Step, known: Facts, viewer: Actor) -> bool:
    """Whether somebody outside reads anything else once a step is taken: told of it, written to, or of another stage."""
    audience = viewer.side.value
    told = {*step.says, *(letter.to for letter in step.letters)}
    reads_stages = any(stage.seen_by(audience) for stage in known.kind.stages.values())
    return not told.isdisjoint({audience, "them"}) or (step.moves and reads_stages)


def _outside(known: Facts) -> Iterator[View]:
    case = known.case
    if known.complainant is not None:
        who = Actor("The complainant", frozenset({"complainant"}), Side.complainant, case_id=case.id)
        yield View("complainant", "the complainant", who)
    for party in known.parties:
        audience, name = AUDIENCES[party.capacity], known.names[party.body_id]
        called = f"Somebody at {name}"
        who = Actor(called, READER[audience], Side(audience), LOOKED_AT, party.body_id)
        about = name if party.capacity == SUBJECT else f"{name}, which oversees"
        yield View(f"{audience}-{party.id}", about, who)


def is_asked() -> bool:
    """Whether a form was sent to look and not to do it."""
    return request.method == "POST" and ASKED in request.form


def page(form: StepForm, case: CaseRow, offered: Sequence[View], *, by: Actor) -> str:
    """The case as the chosen person outside would read it once the step was taken; nothing of that stays.

    Raises: Missing for somebody whose page is not offered
    """
    view = next((one for one in offered if one.value == request.form[ASKED]), None)
    if view is None:
        raise Missing("There is no such page to look at.")
    form.keeps_files = False
    shown, reasons = _looked(form, case, view, by)
    look(f"look:{view.viewer.side.value}:{form.step.name}", by=by, case_id=case.id)
    log.note(step=f"look:{form.step.name}")
    if shown:
        return shown
    said = [problem.text for problem in form.problems] or reasons
    return render_template("casework/not_shown.html", case=case, step=form.step, reasons=said)


def _looked(form: StepForm, case: CaseRow, view: View, by: Actor) -> tuple[str, list[str]]:
    """The page, or why there is none."""
    if not form.submitted():
        return "", []
    sent = form.data_for_step()
    end_read()
    try:
        with in_one_go() as whole:
            ask_as(by)
            steps.take(
                form.step.name, case.id, by=by, data=sent.data, occurred=sent.occurred, is_day=sent.is_day
            )
            shown = _drawn(case, form.step, view)
            whole.rollback()
    except (Invalid, NotNow, Refused, Conflict) as refused:
        return "", [refused.sentence]
    finally:
        ask_as(by)
    return shown, []


def _drawn(case: CaseRow, step: Step, view: View) -> str:
    warning = (
        f"This is what {view.name} would see after “{step.label}”. Nothing was done and nobody was told. Files and"
        " what a body keeps to itself are not among it, and nothing on this page can be pressed. Close it to go back to what you were writing."
    )
    with seen_as(view.viewer):
        ask_as(view.viewer)
        try:
            theirs = queries.get(case.reference, by=view.viewer)
        except Missing:
            raise NotNow(f"After this step {view.name} would still not see this case.") from None
        return still(SEEN[view.viewer.side.value](theirs, view.viewer, [warning]))


def still(markup: str) -> str:
    """A page on which nothing leads away and nothing can be sent."""
    return _BUTTON.sub("<button disabled", _LEADS_AWAY.sub(r"\1", markup))
