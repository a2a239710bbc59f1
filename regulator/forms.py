"""The form behind a page: its questions, and the plumbing every form has.

The plumbing is the token against forged forms, `token` (the version of the thing being edited, as the person saw
it) and `key` (a number made once for the page, so that sending it twice acts once). After any refusal the page is
drawn again with everything as it was typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from flask import Flask, current_app
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect
from markupsafe import Markup
from wtforms import HiddenField

from regulator.errors import Invalid, RegulatorError
from regulator.fields import Asked, Choice, Kind, field
from regulator.language import _, later

__all__ = ["Asked", "Choice", "Kind", "PageForm", "Problem", "field", "init"]

FORGED = later("This page was open for too long to be sent safely. Your answers are below: send them again.")
NO_SCANNER = "No scanner for viruses is set up here: a stand-in knows only the test string of scanners. Send nothing from outside."
HIDDEN = Markup('<input type="hidden" name="{}" value="{}">')


def init(app: Flask) -> None:
    """Refuses every POST without the token against forged forms; it lasts as long as the session."""
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    CSRFProtect(app)


@dataclass(frozen=True)
class Problem:
    """One line of the error summary: a sentence, and where it leads (empty when it is about the whole form)."""

    text: str
    href: str = ""


class PageForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form of questions; a page’s form is a subclass with its questions as attributes.

    views: whose pages may be looked at before it is sent: what their button sends, and who they are
    """

    form_errors: list[str]
    views: Sequence[tuple[str, str]] = ()
    token = HiddenField()
    key = HiddenField()

    def __init_subclass__(cls) -> None:
        """Refuses a question whose name would hide something every form has."""
        for name, value in vars(cls).items():
            if hasattr(value, "_formfield") and hasattr(PageForm, name):
                raise TypeError(
                    f"a question cannot be called “{name}”: every form has something of that name"
                )

    def __init__(self, *args: Any, token: str = "", **kwargs: Any) -> None:
        """Makes the form of this request; `token` is the version of the thing it edits."""
        super().__init__(*args, **kwargs)
        self.changes: Sequence[tuple[str, str]] | None = None
        if not self.is_submitted():
            self.token.data = token
        self.key.data = _key(self.key.data)

    @property
    def asked(self) -> list[Asked]:
        """The questions, in order, without the plumbing."""
        return [question for question in self if isinstance(question, Asked)]

    @property
    def answers(self) -> dict[str, object]:
        """What was answered, cleaned and typed, by the name of the question."""
        return {question.short_name: question.answer for question in self.asked}

    @property
    def takes_files(self) -> bool:
        """Whether the browser must be told that files may come."""
        return any(question.takes_files for question in self.asked)

    @property
    def files_warning(self) -> str:
        """What to know before files are given: that nothing real looks for viruses here. Empty where it does."""
        has_scanner = current_app.extensions["regulator"].clamd_socket is not None
        return NO_SCANNER if self.takes_files and not has_scanner else ""

    @property
    def problems(self) -> list[Problem]:
        """Everything wrong, in the order of the page, for the error summary."""
        whole = [Problem(_(str(text))) for text in self.form_errors]
        forged = [Problem(_(FORGED))] if self.errors.get("csrf_token") else []
        return whole + forged + [Problem(_(q.errors[0]), f"#{q.target}") for q in self.asked if q.errors]

    def submitted(self) -> bool:
        """Whether the form was sent and every answer can be used."""
        return bool(self.validate_on_submit())

    def refuse(self, reason: RegulatorError | str, question: str = "") -> None:
        """Shows why the rules refuse what was sent, beside the question at fault where there is one."""
        question = question or (isinstance(reason, Invalid) and reason.field) or ""
        at_fault = self._fields.get(question)
        sentence = reason.sentence if isinstance(reason, RegulatorError) else reason
        if isinstance(at_fault, Asked):
            at_fault.errors = [*at_fault.errors, sentence]
        else:
            self.form_errors = [*self.form_errors, sentence]

    def stale(self, changes: Sequence[tuple[str, str]], token: str) -> None:
        """Shows what somebody else changed meanwhile, keeps what was typed, and takes the new version’s token.

        changes: label and value now, one for each thing that is different
        """
        self.changes = changes
        self.token.data = token

    def plumbing(self) -> Markup:
        """The hidden boxes, without ids, for a page may hold more forms than one."""
        boxes = [HIDDEN.format(name, self[name].data or "") for name in ("token", "key")]
        if "csrf_token" in self:
            boxes.append(HIDDEN.format("csrf_token", self["csrf_token"].current_token))
        return Markup("").join(boxes)


def _key(sent: str | None) -> str:
    try:
        return str(UUID(sent or ""))
    except ValueError:
        return str(uuid4())
