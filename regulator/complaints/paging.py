"""The form of one page of questions, and of the last one, where everything is read through and sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import url_for
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from regulator import words
from regulator.accounts.queries import bodies
from regulator.casework import editions
from regulator.casework.forms import StepForm, built
from regulator.complaints.drafts import Draft, Said
from regulator.complaints.questions import (
    BODY,
    FOR,
    NATION,
    OTHER_BODY,
    PAGES,
    REVEALS,
    SUBJECT,
    Page,
)
from regulator.complaints.submitting import (
    KIND,
    STEP,
    SubmitForm,
    beside_the_step,
    shown_by_choice,
    speaker,
)
from regulator.fields.choices import Checkboxes, Radios
from regulator.fields.days import Day
from regulator.forms import Asked, Choice, Problem, field
from regulator.language import _, later
from regulator.regime.model import Step

UNSEEN = Markup('<span class="govuk-visually-hidden">{}</span>')
UNDER = {above: under for above, under in REVEALS.items() if above != FOR}
"""What stands under an answer of the same page; who complains for whom is a page of its own."""


class OnePage(SubmitForm):
    """The questions of one page."""

    template = "complaints/question.html"
    reveals = UNDER
    page: ClassVar[Page]

    @property
    def asked(self) -> list[Asked]:
        """The questions as the page lists them."""
        return [self[name] for name in self.page.names if name in self]

    @property
    def title(self) -> str:
        """The heading: the page’s own, or its one question."""
        return _(self.page.title or str(self.asked[0].label.text))

    @property
    def is_ours(self) -> bool:
        """Whether it was sent from a page of ours, whatever was answered."""
        return bool(self.csrf_token.validate(self))

    @property
    def above(self) -> list[Asked]:
        """The questions drawn by themselves: the others stand under an answer."""
        under = {name for shown in self.reveals.values() for names in shown.values() for name in names}
        return [one for one in self.asked if one.short_name not in under]

    def drawn(self, question: Asked, dense: bool) -> Markup:
        """A question; where the heading says it already, its own words are for those who do not see the page."""
        if self.page.title or len(self.above) > 1:
            return super().drawn(question, dense)
        label = {"html": UNSEEN.format(_(question.label.text))}
        params = question.params()
        alone = {"fieldset": {"legend": label}} if "fieldset" in params else {"label": label}
        return shown_by_choice(question(dense=dense, items=self.items(question), **alone))


def page_form(page: Page, draft: Draft | None) -> OnePage:
    """The form of a page, with what was kept there; its token is the version that is shown."""
    kept = draft.pages.get(page.name) if draft else None
    made = _page_class(page)
    token = str(kept.version if kept else 0)
    return made(token=token, formdata=_typed(kept.said)) if kept else made(token=token)


def problem_at(problem: Problem) -> Problem:
    """What is wrong in one of the answers, leading to the page on which it was given."""
    name = problem.href.lstrip("#").partition("-")[0]
    page = next((one for one in PAGES if name in one.names), None)
    return Problem(problem.text, url_for(".ask", page=page.name, change="yes") if page else "")


def posted_form(page: Page) -> OnePage:
    """The form of a page as it was sent just now."""
    return _page_class(page)()


def _page_class(page: Page) -> type[OnePage]:
    step = _submit()
    extra = {**beside_the_step(), **_early()}
    more = {name: one for name, one in extra.items() if name in page.names}
    without = {one.name for one in step.fields} - set(page.names)
    base = type("OnePage", (OnePage,), {"page": page})
    made = built(step, None, speaker(None), base=base, without=without, more=more)
    assert issubclass(made, OnePage)
    return made


def _submit() -> Step:
    return editions.kind_of(editions.CURRENT, KIND).steps[STEP]


def _early() -> dict[str, Asked]:
    """The questions that find out whether somebody else is the right one to ask."""
    listed = [Choice(str(body.id), body.name) for body in bodies()]
    body = next(one for one in _submit().fields if one.name == BODY)
    return {
        BODY: field("select", body.label, choices=[*listed, OTHER_BODY], message=body.message),
        SUBJECT: field(
            "radios",
            later("What is it mainly about?"),
            choices=_coded("complaint_subjects"),
            message=later("Choose one"),
        ),
        NATION: field(
            "radios",
            later("In which country?"),
            choices=_coded("nations"),
            message=later("Choose where it happened, or that you do not know"),
        ),
    }


def _coded(name: str) -> list[Choice]:
    return [Choice(one.code, one.label, one.hint) for one in editions.current().choices(name)]


def _typed(said: Said) -> MultiDict[str, str]:
    return MultiDict([(name, text) for name, texts in said.items() for text in texts])


def whole_form(draft: Draft) -> SubmitForm:
    """Everything that was answered, as one form that can be checked and sent."""
    step = _submit()
    by = speaker(draft.answers.get(FOR))
    made = built(step, None, by, base=SubmitForm, without={"channel", "files"}, more=beside_the_step())
    whole = made(formdata=_typed(draft.said), meta={"csrf": False})
    assert isinstance(whole, SubmitForm)
    return whole


@dataclass(frozen=True)
class Answered:
    """A page as it is read through before sending; `rows` are empty where it was not answered."""

    name: str
    title: str
    rows: Sequence[tuple[str, str]]
    is_missing: bool


class CheckForm(StepForm):
    """The last page: files can be added, and everything goes at once."""

    template = "complaints/check.html"
    missing: Sequence[Problem] = ()

    @property
    def problems(self) -> list[Problem]:
        """What is wrong here, and what was not answered, each leading to its page."""
        return [*super().problems, *self.missing]


def check_form() -> CheckForm:
    """The form of the last page."""
    step = _submit()
    without = {one.name for one in step.fields} - {"files"}
    made = built(step, None, speaker(None), base=CheckForm, without=without)
    form = made()
    assert isinstance(form, CheckForm)
    return form


def pages_of(answers: Mapping[str, str]) -> list[Page]:
    """The pages asked of somebody who answered so."""
    return [page for page in PAGES if page.is_asked(answers)]


def read_through(draft: Draft) -> list[Answered]:
    """Every page that is asked, with its answers in words."""
    return [_answered(page, draft) for page in pages_of(draft.answers)]


def _answered(page: Page, draft: Draft) -> Answered:
    form = _page_class(page)(formdata=_typed(draft.said), meta={"csrf": False})
    wanted = [one for one in form.asked if one.short_name not in form.unasked]
    valid = form.is_answered
    rows = [(_(str(one.label.text)), text) for one in wanted if (text := in_words(one))]
    return Answered(page.name, form.title, rows, not valid)


def in_words(question: Asked) -> str:
    """An answer as its writer reads it; empty when there is none."""
    if isinstance(question, Checkboxes):
        return ", ".join(_(one.label) for one in question.choices if one.value in question.answer)
    if isinstance(question, Radios):
        labels: dict[Any, str] = {choice.value: choice.label for choice in question.choices}
        return _(labels.get(question.data, ""))
    if isinstance(question, Day):
        question.read()
        return words.day(question.data)
    return str(question.data or "")


def missing_of(rows: Sequence[Answered]) -> list[Problem]:
    """A line for each page that still wants an answer, leading to it."""
    return [
        Problem(_("Answer “%(question)s”", question=row.title), url_for(".ask", page=row.name, change="yes"))
        for row in rows
        if row.is_missing
    ]
