"""What is asked about lists: a name to keep one by, and whom several cases are given to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from regulator.casework.questions import NumberedSelect
from regulator.fields.choices import Checkboxes
from regulator.forms import Choice, PageForm, field

SHARED = "Those with an interest in a case are refused for that case, and you are told why"


class SaveListForm(PageForm):
    """What a list is to be called."""

    name = field(
        "text",
        "Name of the list",
        "Such as “Late in Kent”. Only you see it.",
        message="Enter a name for the list",
    )


class AssignSeveralForm(PageForm):
    """Which cases, to whom, and why."""


def assign_several(
    cases: Sequence[Choice], people: Iterable[Choice], teams: Iterable[Choice], team: int | None
) -> type[AssignSeveralForm]:
    """The form to give several cases to somebody.

    team: the one that is chosen already
    """
    fields = {
        "case": Checkboxes("Cases", choices=cases, message="Choose at least one case"),
        "person": NumberedSelect("To whom?", hint=SHARED, message="Choose a person", choices=list(people)),
        "team": NumberedSelect(
            "Team", message="Choose the team", choices=list(teams), default=str(team) if team else None
        ),
        "reason": field(
            "textarea",
            "Why are they given to somebody else?",
            "Needed for cases that somebody has already. It goes on the record of each.",
            required=False,
        ),
    }
    return type("AssignSeveral", (AssignSeveralForm,), fields)
