"""“Read the letters first”: a step taken, its letters read as they would go, and all of it undone.

Each is shown with who gets it, how, and in which words; one that goes by post also as its paper.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from regulator import log
from regulator.actors import Actor, Side
from regulator.casework.forms import StepForm
from regulator.casework.looking import ASKED
from regulator.casework.steps import Taken
from regulator.db import ask_as, end_read, in_one_go
from regulator.errors import Conflict, Invalid, Missing, NotNow, Refused
from regulator.ledger.reading import look
from regulator.letters import paper, queries
from regulator.letters.models import Delivery
from regulator.letters.queries import LetterRow
from regulator.pdf import MEDIA_TYPE, CannotSet
from regulator.regime.model import Step

LETTERS, PAPER = "letters", "paper-"
HARMLESS = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "no-store"}


@dataclass(frozen=True)
class Ahead:
    """A letter that a step would send: how it would go, in words; `paper` is what asks for it as it is printed."""

    letter: LetterRow
    way: str
    paper: str


def offered(step: Step, by: Actor) -> list[tuple[str, str]]:
    """The button that asks for the letters of a step, and its words; none where it writes none, or for others than staff."""
    return [(LETTERS, "Read the letters it sends")] if step.letters and by.side is Side.staff else []


def is_asked() -> bool:
    """Whether a form was sent to read its letters and not to do it."""
    asked = request.form.get(ASKED, "") if request.method == "POST" else ""
    return asked == LETTERS or asked.startswith(PAPER)


def page(
    form: StepForm, take: Callable[[], Taken], *, by: Actor, case_id: int | None = None, back: str
) -> ResponseReturnValue:
    """The letters a step would send, on one page, or one of them as its paper; nothing of the step stays.

    take:    takes the step with what the form holds
    case_id: the case it is taken on; none for a step that opens one
    Raises:  Missing for the paper of a letter that would not be there
    """
    form.keeps_files = False
    found, reasons = _written(form, take, case_id, by)
    look(f"look:letters:{form.step.name}", by=by, case_id=case_id)
    log.note(step=f"look:letters:{form.step.name}")
    said = [problem.text for problem in form.problems] or reasons
    if request.form[ASKED].startswith(PAPER):
        return _paper(found)
    carried = [(name, text) for name, text in request.form.items(multi=True) if name != ASKED]
    ahead = [Ahead(row, way(row), _asks_for_paper(row, place)) for place, row in enumerate(found)]
    return render_template(
        "letters/first.html", step=form.step, ahead=ahead, reasons=said, carried=carried, back=back
    )


def _asks_for_paper(row: LetterRow, place: int) -> str:
    return f"{PAPER}{place}" if row.state == Delivery.on_paper else ""


def _written(
    form: StepForm, take: Callable[[], Taken], case_id: int | None, by: Actor
) -> tuple[Sequence[LetterRow], list[str]]:
    """The letters, in the order in which they would be written, or why there are none."""
    if not form.submitted():
        return [], []
    before = {row.id for row in queries.of_case(case_id, by=by)} if case_id else set()
    end_read()
    try:
        with in_one_go() as whole:
            ask_as(by)
            taken = take()
            ask_as(by)
            rows = [row for row in queries.of_case(taken.case_id, by=by) if row.id not in before]
            whole.rollback()
    except (Invalid, NotNow, Refused, Conflict) as refused:
        return [], [refused.sentence]
    finally:
        ask_as(by)
    return rows, []


def _paper(found: Sequence[LetterRow]) -> Response:
    place = request.form[ASKED].removeprefix(PAPER)
    row = found[int(place)] if place.isdigit() and int(place) < len(found) else None
    if row is None:
        raise Missing("There is no such letter to look at.")
    try:
        made = paper.of(row)
    except CannotSet as why:
        raise NotNow(why.sentence) from why
    headers = HARMLESS | {"Content-Disposition": 'inline; filename="letter.pdf"'}
    return Response(made, mimetype=MEDIA_TYPE, headers=headers)


def way(row: LetterRow) -> str:
    """How a letter would go, in words."""
    match row.state:
        case Delivery.queued:
            discreet = ". Its subject line will not say who writes" if row.is_discreet else ""
            return f"By email to {row.address}{discreet}"
        case Delivery.on_paper:
            return row.problem or f"By post to {row.postal}"
        case Delivery.read_there:
            return "On their own page of the case; nothing is sent"
        case _:
            return "Kept with the case; nothing is sent"
