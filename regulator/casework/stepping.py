"""The page of any step, for whoever takes it: drawn when asked for, taken when sent, kept as typed when refused.

One core for the three audiences: a room’s view finds the case as its reader, says where to go back to, and returns
`step_page(...)`. Nothing here tests a role: what may be done is what the edition offers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from regulator import words
from regulator.actors import Actor
from regulator.casework import editions, following, letters_first, looking, queries, rules_chosen, steps
from regulator.casework.forms import StepForm, form_for
from regulator.casework.linking import Origin
from regulator.casework.queries import CaseRow
from regulator.casework.steps import Taken
from regulator.casework.told import told_of
from regulator.errors import Conflict, Invalid, Missing, NotNow, Refused, RegulatorError
from regulator.regime.judge import AUDIENCE, Offer
from regulator.regime.model import STAFF, Kind, Step
from regulator.regime.telling import who_may

Also: TypeAlias = "Callable[[StepForm], Mapping[str, Any]]"
AGAIN = "That was done already when you sent it the first time. Nothing was done twice."


def step_page(
    case: CaseRow,
    step: str,
    *,
    by: Actor,
    back: str,
    more: Mapping[str, Any] | None = None,
    place: Callable[[Taken], str] | None = None,
    also: Also | None = None,
) -> ResponseReturnValue:
    """The page of a step on a case: draws its form, or takes it and goes back.

    case: as the person was shown it, so that what is out of sight stays Missing
    step: its name in the edition
    back: where to go when it is done, or when the person thinks better of it
    more: what the template is given beside `form`, `case`, `step`, `told` and `back`
    place, also: where to go once it is taken, and what goes into it beside the answers, as in `open_page`
    Raises: Missing for a step there is not, Refused for one that is somebody else’s
    """
    known, offers = steps.offers(case.id, by=by, everywhere=True)
    row = _row(known.kind, step, by)
    if request.method != "POST" and (reasons := _against(row, offers)):
        page = render_template("casework/not_now.html", case=case, step=row, reasons=reasons, back=back)
        return page, NotNow.status
    form = form_for(row, known, by, token=_token(case, by))
    views = looking.views(row, known, by)
    form.views = [(one.value, f"See it as {one.name}") for one in views] + letters_first.offered(row, by)
    taking = partial(_taken, form, case, by, also)
    if form.views and letters_first.is_asked():
        return letters_first.page(form, taking, by=by, case_id=case.id, back=back)
    if views and looking.is_asked():
        return looking.page(form, case, views, by=by)
    is_sent = form.submitted()  # asked once: whoever was slower is told by asking, and may then send theirs
    if is_sent and (further := form.goes_on_to(case)):
        return redirect(further)
    if is_sent and (taken := _take(form, case, by, taking)) is not None:
        _say_done(taken, row, by, form.done)
        return redirect(place(taken) if place else back)
    shown = {"case": case, "step": row, "told": told_of(row, known.kind, by), "back": back, **(more or {})}
    return render_template(form.template, form=form, **shown)


def open_page(
    step: str,
    kind: str,
    *,
    by: Actor,
    place: Callable[[Taken], str],
    back: str,
    more: Mapping[str, Any] | None = None,
    also: Also | None = None,
) -> ResponseReturnValue:
    """The page of a step that opens a case.

    place: where to go with the case once it is open
    also:  what goes into the step beside the answers, such as the hash of a code
    A member of staff who comes from another case (`?from=`) finds its bodies chosen, and both cases tell of the other.
    """
    under = rules_chosen.chosen(kind, by)
    rules = editions.kind_of(under, kind)
    row = _row(rules, step, by, opens=True)
    if not by.holds(*row.who):
        raise Refused(f"Only {who_may(row)} can do this.")
    origin = following.origin(kind, by)
    form = form_for(row, None, by)
    form.rules = rules_chosen.offered(kind, under, by)
    if origin and not form.is_submitted():
        following.choose_bodies(form, origin)
    form.views = letters_first.offered(row, by)
    opened = partial(_opened, form, under, kind, by, also, origin)
    if form.views and letters_first.is_asked():
        return letters_first.page(form, opened, by=by, back=back)
    if form.submitted() and (taken := _open(form, opened)) is not None:
        return redirect(place(taken))
    shown = {"case": None, "step": row, "told": told_of(row, rules, by), "back": back, **(more or {})}
    return render_template(form.template, form=form, **shown)


def _row(kind: Kind, step: str, by: Actor, *, opens: bool = False) -> Step:
    """The step under the name that its reader calls it by."""
    row = kind.steps.get(step)
    if row is None or row.opens is not opens:
        raise Missing("There is no such step.")
    return row.read_by(AUDIENCE.get(by.side, STAFF))


def _against(step: Step, offers: Sequence[Offer]) -> tuple[str, ...]:
    """Why the step cannot be taken now; none when it can.

    Raises: Refused for a step that is not offered to this person at all
    """
    offer = next((one for one in offers if one.step.name == step.name), None)
    if offer is None:
        raise Refused(f"Only {who_may(step)} can do this.")
    return offer.reasons


def _take(form: StepForm, case: CaseRow, by: Actor, taking: Callable[[], Taken]) -> Taken | None:
    """Take the step; when it is refused, say why in the form and return nothing."""
    try:
        return taking()
    except (Invalid, NotNow, Refused, Conflict) as refused:
        _explain(form, refused, queries.get(case.reference, by=by), by)
        return None


def _taken(form: StepForm, case: CaseRow, by: Actor, also: Also | None) -> Taken:
    sent = form.data_for_step()
    return steps.take(
        form.step.name,
        case.id,
        by=by,
        data={**sent.data, **(also(form) if also else {})},
        occurred=sent.occurred,
        is_day=sent.is_day,
        files=sent.files,
        token=_stage(form),
        key=form.key.data,
    )


def _open(form: StepForm, opened: Callable[[], Taken]) -> Taken | None:
    try:
        return opened()
    except (Invalid, NotNow, Refused, Conflict) as refused:
        form.refuse(refused)
        return None


def _opened(  # noqa: PLR0917 - in the order of the story
    form: StepForm, under: str, kind: str, by: Actor, also: Also | None, origin: Origin | None
) -> Taken:
    sent = form.data_for_step()
    return steps.open_case(
        form.step.name,
        kind,
        by=by,
        data={**sent.data, **(also(form) if also else {})},
        occurred=sent.occurred,
        is_day=sent.is_day,
        files=sent.files,
        key=form.key.data,
        edition=under,
        origin=origin,
    )


def _token(case: CaseRow, by: Actor) -> str:
    """The stage as the form was drawn, and the last entry its reader could see: `stage:4/17`."""
    newest = queries.timeline(case.id, by=by, limit=1)
    return f"stage:{case.stage_moves}/{newest[0].seq if newest else 0}"


def _stage(form: StepForm) -> str | None:
    return str(form.token.data or "").partition("/")[0] or None


def _last_seen(form: StepForm) -> int:
    seen = str(form.token.data or "").partition("/")[2]
    return int(seen) if seen.isdigit() else 0


def _explain(form: StepForm, refused: RegulatorError, case: CaseRow, by: Actor) -> None:
    """Why it was refused; and what changed meanwhile, where that may be why.

    Raises: the refusal itself, for a person who could not have taken the step before either
    """
    moved = _stage(form) != f"stage:{case.stage_moves}"
    if isinstance(refused, Refused) and not moved:
        raise refused
    if isinstance(refused, Conflict) or (moved and not isinstance(refused, Invalid)):
        since = queries.timeline(case.id, by=by, after=_last_seen(form))
        changes = [(words.when(one.occurred), words.sentence(one.says)) for one in reversed(since)]
        form.stale(changes or [("Now", refused.sentence)], _token(case, by))
    if not isinstance(refused, Conflict):
        form.refuse(refused)


def _say_done(taken: Taken, step: Step, by: Actor, done: str = "") -> None:
    if not taken.seq:
        flash(AGAIN, "note")
        return
    said = done or queries.sentence_of(taken.case_id, taken.seq, by=by) or f"Done: {step.label}"
    if said.startswith(f"{by.name} "):
        said = f"You {said.removeprefix(by.name).lstrip()}"
    flash(words.sentence(said))
