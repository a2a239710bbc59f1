"""Questions answered by choosing."""

from __future__ import annotations

from typing import Any

from wtforms.validators import StopValidation

from regulator.fields.asked import Asked, Choice, grouped
from regulator.language import _


class Radios(Asked):
    """One of a few. Its answer is the value chosen."""

    component, macro = "radios", "govukRadios"
    dense_classes = "govuk-radios--small"

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Nothing sent means nothing chosen, whatever stood there before."""
        self.data = valuelist[0] if valuelist and valuelist[0] else None

    def read(self) -> None:
        """Refuses what was not offered."""
        if self.data is not None and self.data not in {choice.value for choice in self.choices}:
            raise StopValidation(_("Choose one of the answers given"))

    def params(self) -> dict[str, Any]:
        """The macro is given the choices, the chosen one marked."""
        return grouped(super().params()) | {
            "idPrefix": self.id,
            "items": [self.item(choice) for choice in self.choices],
        }

    def item(self, choice: Choice) -> dict[str, Any]:
        """One choice as the macro takes it."""
        hint = {"text": _(choice.hint)} if choice.hint else None
        return {
            "value": choice.value,
            "text": _(choice.label),
            "hint": hint,
            "checked": self.data == choice.value,
        }


class Select(Radios):
    """One of many, from a list that opens."""

    component, macro = "select", "govukSelect"
    dense_classes = ""

    def params(self) -> dict[str, Any]:
        """The macro is given the choices after an empty one, so that nothing is chosen by accident."""
        blank = {"value": "", "text": _("Choose one") if self.is_required else _("None of these")}
        items = [
            {"value": c.value, "text": _(c.label), "selected": self.data == c.value} for c in self.choices
        ]
        return Asked.params(self) | {"items": [blank, *items]}


MANY = 20
"""From so many on, boxes stand in a part of the page that scrolls by itself, those ticked first."""


class Checkboxes(Radios):
    """Any of several. Its answer is a list of values in the order offered, empty when none is ticked."""

    component, macro = "checkboxes", "govukCheckboxes"
    dense_classes = "govuk-checkboxes--small"

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Nothing sent means nothing ticked, whatever stood there before."""
        self.data = list(valuelist)

    @property
    def answer(self) -> list[str]:
        """The values ticked."""
        return [choice.value for choice in self.choices if choice.value in (self.data or [])]

    def read(self) -> None:
        """Refuses what was not offered."""
        if set(self.data or []) - {choice.value for choice in self.choices}:
            raise StopValidation(_("Choose from the answers given"))

    def params(self) -> dict[str, Any]:
        """The macro is given the choices, those ticked marked and, among many, first."""
        params = super().params()
        if len(self.choices) < MANY:
            return params
        params["items"].sort(key=lambda item: not item["checked"])
        return params | {"formGroup": {"classes": "many"}}

    def item(self, choice: Choice) -> dict[str, Any]:
        """One box as the macro takes it."""
        return super().item(choice) | {"checked": choice.value in (self.data or [])}


class Confirm(Asked):
    """One box to tick: a declaration. Its answer is whether it is ticked."""

    component, macro = "checkboxes", "govukCheckboxes"
    dense_classes = "govuk-checkboxes--small"

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Nothing sent means not ticked."""
        self.data = "yes" in valuelist

    @property
    def answer(self) -> bool:
        """Whether it is ticked."""
        return bool(self.data)

    def params(self) -> dict[str, Any]:
        """The macro is given one box, labelled with the declaration."""
        params = super().params()
        text, hint = params.pop("label")["text"], params.pop("hint")
        item = {"value": "yes", "text": text, "hint": hint, "checked": self.answer}
        return params | {"idPrefix": self.id, "items": [item]}
