"""The form of a step: built from what the edition says the step asks, or by a builder of its own.

    form = form_for(step, known, by)      # bound to the request
    if form.submitted():
        data, occurred, is_day, files = form.data_for_step()

A step whose edition names a `form` has a builder registered here, which returns a class made with `built`:

    @form("remit_test")
    def remit_test(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
        return built(step, known, by, more={"remit_answers": RowsField("Remit tests", rows=..., columns=...)})
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, ClassVar, NamedTuple, TypeAlias

from flask import current_app, request
from markupsafe import Markup

from config import Config
from regulator.actors import Actor, Side
from regulator.casework import asking
from regulator.casework.facts import Facts
from regulator.casework.queries import CaseRow
from regulator.casework.registry import FORMS
from regulator.casework.rows import GrowingRows, RowsField
from regulator.deadlines.london import opening
from regulator.documents import store
from regulator.documents.store import Stored
from regulator.errors import Invalid, RegulatorError
from regulator.fields.files import Files
from regulator.forms import Asked, PageForm, Problem, field
from regulator.regime.model import Step

__all__ = ["GrowingRows", "RowsField", "Sent", "StepForm", "built", "form", "form_for"]

WHEN, ITEM = "when_it_happened", "item"
MEGABYTE = 1024 * 1024


class Sent(NamedTuple):
    """What a form gives to `steps.take`: typed answers, when it occurred if not now, and files in the store."""

    data: dict[str, Any]
    occurred: datetime | None
    is_day: bool
    files: list[Stored]


class StepForm(PageForm):
    """The form of one step.

    template: the page that draws it; one of its own may extend casework/step.html
    button:   what its button is called, where that is not what the step is
    done:     what is said when it is taken, where that is not what the timeline says
    rules:    under which a case may be opened, and where each is chosen, none for those that are
    keeps_files: not when it is only looked at what the step would do
    """

    template: ClassVar[str] = "casework/step.html"
    button: ClassVar[str] = ""
    done: ClassVar[str] = ""
    step: ClassVar[Step]
    keeps_files = True
    rules: Sequence[tuple[str, str]] = ()

    @property
    def questions(self) -> list[Asked]:
        """What the step itself asks, without when it happened."""
        return [question for question in self.asked if question.short_name != WHEN]

    @property
    def when(self) -> Asked | None:
        """The question when it happened, where it is asked."""
        found: Asked | None = self._fields.get(WHEN)
        return found

    @property
    def warnings(self) -> Sequence[tuple[str, Sequence[str]]]:
        """What to look at before answering, by whom or what it is about; a form of its own may have some."""
        return ()

    @property
    def beside(self) -> Sequence[tuple[str, Markup]]:
        """What to read while answering, each part under its heading; a form of its own may have some."""
        return ()

    @property
    def wants_more(self) -> bool:
        """Whether the button was pressed that asks for more rows: the page is drawn again, and nothing is sent."""
        return self.is_submitted() and any(
            isinstance(one, GrowingRows) and one.more_name in request.form for one in self.asked
        )

    def submitted(self) -> bool:
        """Whether the form was sent and every answer can be used; not when it only asks for more rows."""
        return not self.wants_more and super().submitted()

    @property
    def problems(self) -> list[Problem]:
        """Everything wrong, in the order of the page; each row of rows has its own line."""
        found = super().problems
        for rows in (one for one in self.asked if isinstance(one, RowsField)):
            found += [Problem(text, f"#{target}") for text, target in rows.row_problems]
        return found

    def refuse(self, reason: RegulatorError | str, question: str = "") -> None:
        """Shows why the rules refuse what was sent, beside the question or the row at fault (`findings-3-finding`)."""
        at = question or (reason.field or "" if isinstance(reason, Invalid) else "")
        rows = self._fields.get(at.split("-", 1)[0])
        box = rows.box(at) if isinstance(rows, RowsField) and "-" in at else None
        if box is None:
            super().refuse(reason, question)
        else:
            box.errors = [*box.errors, reason.sentence if isinstance(reason, RegulatorError) else reason]

    def stale(self, changes: Sequence[tuple[str, str]], token: str) -> None:
        """Shows what changed meanwhile, keeps what was typed, and takes the versions as they are now."""
        super().stale(changes, token)
        for rows in (one for one in self.asked if isinstance(one, RowsField)):
            rows.renew()

    def goes_on_to(self, _case: CaseRow) -> str | None:
        """Where what was answered is gone on with, for a step that is not taken here; none for all others."""
        return None

    def check(self) -> None:
        """Refuses answers that do not go together: a form of its own says so with `refuse`."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether every answer can be used, alone and together."""
        valid = bool(super().validate(extra_validators))
        if valid:
            self.check()
        return valid and not self.problems

    def data_for_step(self) -> Sent:
        """The answers as the step takes them: what was left empty is not there.

        Raises: Invalid for a file that cannot be taken
        """
        given = {question.short_name: question.answer for question in self.questions}
        files = {name for name, one in self._fields.items() if isinstance(one, Files)}
        data = {n: v for n, v in given.items() if n not in files and v is not None and v not in ("", [])}
        when = self.when.answer if self.when else None
        occurred, is_day = _occurred(when)
        return Sent(data, occurred, is_day, self._kept(sorted(files)) if self.keeps_files else [])

    def _kept(self, names: Sequence[str]) -> list[Stored]:
        rows = [one for one in self.asked if isinstance(one, RowsField) and one.takes_files]
        given_with = [(one, row) for one in rows for row in one.filled]
        item = given_with[0][1].fixed.get(ITEM) if len(given_with) == 1 else None
        kept = [_stored(name, file, item) for name in names for file in self[name].answer]
        for one, row in given_with:
            kept += [_stored(box, file, row.fixed.get(ITEM)) for box, file in one.files_of(row)]
        return kept


def _stored(box: str, file: Any, item: int | None) -> Stored:
    """A file put into the store: of an item where it was given with one, or in a save that is about one alone."""
    config: Config = current_app.extensions["regulator"]
    try:
        stored = store.keep(file.stream, file.filename, config.upload_limit_mb * MEGABYTE)
    except Invalid as refused:
        raise Invalid(refused.sentence, box) from None
    return replace(stored, item_id=item)


def _occurred(when: object) -> tuple[datetime | None, bool]:
    if isinstance(when, datetime):
        return when, False
    return (opening(when), True) if isinstance(when, date) else (None, False)


Builder: TypeAlias = "Callable[[Step, Facts | None, Actor], type[StepForm]]"
BUILDERS: dict[str, Builder] = {}


def form(name: str) -> Callable[[Builder], Builder]:
    """Register the builder of a form that the edition names."""

    def register(builder: Builder) -> Builder:
        if name in BUILDERS:
            raise RuntimeError(f"the form {name} is registered twice")
        FORMS.add(name)
        BUILDERS[name] = builder
        return builder

    return register


def form_for(step: Step, known: Facts | None, by: Actor, *, token: str = "") -> StepForm:
    """The form of a step for one person, bound to the request; `token` is the version it is drawn at.

    known: the facts of the case; none for a step that opens one
    """
    make = BUILDERS[step.form] if step.form else plain
    return make(step, known, by)(token=token)


_CLASSES: dict[tuple[str, str, str, bool], type[StepForm]] = {}


def plain(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """The class of the form of a step with no builder of its own; made once where nothing in it varies."""
    if known is None or asking.varies(step):
        return built(step, known, by)
    key = (known.case.edition, known.kind.name, step.name, by.side is Side.staff)
    if key not in _CLASSES:
        _CLASSES[key] = built(step, known, by)
    return _CLASSES[key]


def built(
    step: Step,
    known: Facts | None,
    by: Actor,
    *,
    base: type[StepForm] = StepForm,
    without: Collection[str] = (),
    more: Mapping[str, Asked] | None = None,
) -> type[StepForm]:
    """A form class for a step: a question for each of its fields, in the edition’s order.

    base:    a StepForm with a template or checks of its own
    without: fields to leave out
    more:    questions put in the place of a field of the same name, or after the others
    """
    asked: dict[str, Any] = dict(asking.questions(step, known, by, {*without, *(more or {})}))
    order = [one.name for one in step.fields if one.name in asked or one.name in (more or {})]
    named = {**asked, **(more or {})}
    fields = {name: named[name] for name in (*order, *(n for n in named if n not in order))}
    if by.side is Side.staff:
        fields[WHEN] = field(
            "moment",
            "When did it happen?",
            "Leave this empty if it happens now. Give the time where it is known.",
            required=False,
        )
    for place, question in enumerate(fields.values()):
        question.creation_counter = place  # WTForms puts questions in the order of this number
    return type(f"{step.name}_form", (base,), {**fields, "step": step, "__doc__": step.label})
