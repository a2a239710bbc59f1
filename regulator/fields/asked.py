"""A question on a page, whatever its kind.

A question knows three things beyond a WTForms field: `answer` (what was said, cleaned and typed; None when nothing
was), `target` (where its error leads) and the sentence for when nothing was said and something must be. What a
person typed is kept as typed, wrong or right. Its label, hint, choices and errors are given in English and drawn in
the language of whoever reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import current_app
from markupsafe import Markup
from wtforms import Field
from wtforms.validators import StopValidation

from regulator.language import _


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen; `value` is what is kept, `label` and `hint` are what is read."""

    value: str
    label: str
    hint: str = ""


class Asked(Field):
    """A question on a page; the kinds below differ in how they are drawn and what their answer is."""

    component: ClassVar[str]
    macro: ClassVar[str]
    dense_classes: ClassVar[str] = ""

    def __init__(
        self,
        label: str = "",
        *,
        hint: str = "",
        required: bool = True,
        message: str = "",
        choices: Iterable[Choice] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(label, description=hint, **kwargs)
        self.is_required = required
        self.is_worded = bool(message)
        self.message = message or f"Answer “{label}”"
        self.choices = tuple(choices)

    @property
    def answer(self) -> object:
        """What was said, cleaned and typed; None when nothing was."""
        return self.data

    @property
    def takes_files(self) -> bool:
        """Whether it is answered by sending files."""
        return self.component == "file-upload"

    @property
    def target(self) -> str:
        """Id of the box where its error leads."""
        return self.id

    def pre_validate(self, _form: object) -> None:
        """Refuses an empty answer where one is needed, then whatever the kind cannot read."""
        self.read()
        if self.is_required and self.answer in (None, False, []):
            raise StopValidation(self.wanting)

    @property
    def wanting(self) -> str:
        """The sentence for when nothing was said, in the language of whoever reads."""
        return _(self.message) if self.is_worded else _("Answer “%(question)s”", question=_(self.label.text))

    def read(self) -> None:
        """Refuses what the kind cannot read; raises ValidationError with the sentence to show."""

    def params(self) -> dict[str, Any]:
        """What the GOV.UK macro is given; here, what all kinds have."""
        return {
            "id": self.id,
            "name": self.name,
            "label": {"text": _(self.label.text)},
            "hint": {"text": _(self.description)} if self.description else None,
            "errorMessage": {"text": _(self.errors[0])} if self.errors else None,
        }

    def __call__(self, **more: Any) -> Markup:
        """The question as markup; `dense` draws it smaller, all else goes to the macro (`classes`, `rows`)."""
        dense = more.pop("dense", False)
        name = f"govuk_frontend_jinja/components/{self.component}/macro.html"
        draw = getattr(current_app.jinja_env.get_template(name).module, self.macro)
        smaller = {"classes": self.dense_classes} if dense and self.dense_classes else {}
        return Markup(draw(self.params() | smaller | more))  # noqa: S704


def grouped(params: dict[str, Any]) -> dict[str, Any]:
    """The same, for a question whose label stands over several boxes."""
    return {name: value for name, value in params.items() if name != "label"} | {
        "fieldset": {"legend": params["label"]}
    }
