"""Forms of steps of every kind that ask more than their fields: giving a case to somebody, bringing one over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from regulator.accounts.queries import teams
from regulator.actors import Actor
from regulator.casework import following, queries
from regulator.casework.choosing import Asking, coded
from regulator.casework.conflicts import shown_by
from regulator.casework.facts import Facts
from regulator.casework.forms import GrowingRows, StepForm, built, form
from regulator.casework.questions import NumberedSelect
from regulator.forms import Asked, Choice, field
from regulator.regime.model import Field, Kind, Step

CONSIDERED = "conflict_considered"
ORDER = "First those whose role has the next step, then others who work on cases of this kind"


class AssignForm(StepForm):
    """Who gets the case, with what stands in the way of some of them.

    interests: for each person of whom something is known, sentences
    names:     what each of them is called
    """

    interests: ClassVar[Mapping[int, Sequence[str]]] = {}
    names: ClassVar[Mapping[int, str]] = {}

    @property
    def warnings(self) -> list[tuple[str, Sequence[str]]]:
        """Each person of whom something is known, and what."""
        return [(self.names[number], sentences) for number, sentences in self.interests.items()]

    def check(self) -> None:
        """Refuses somebody with an interest unless it was considered."""
        chosen = self["person"].answer
        if chosen in self.interests and not self[CONSIDERED].answer:
            self.refuse(self[CONSIDERED].message, CONSIDERED)


@form("assign")
def assign(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """The form to give a case to somebody."""
    assert known is not None
    people = queries.colleagues(None, by=by)
    made = built(
        step,
        known,
        by,
        base=AssignForm,
        without=() if (found := shown_by(known, people)) else (CONSIDERED,),
        more={"person": _person(step, known, by, people, found), "team": _team(step, known, by)},
    )
    made.interests = found
    made.names = {one.id: one.name for one in people}
    return made


def _asked(step: Step, name: str) -> Field:
    return next(one for one in step.fields if one.name == name)


def _person(
    step: Step, known: Facts, by: Actor, people: Sequence[queries.Colleague], found: Mapping[int, object]
) -> Asked:
    """Whom to give the case to: those whose turn it is first, then whoever else works on such cases, the least busy first."""
    one, loads = _asked(step, "person"), queries.loads(by=by)
    order = sorted(people, key=lambda who: (_fit(known.kind, known.stage, who), loads.get(who.id, 0)))
    choices = [
        Choice(
            str(who.id),
            f"{who.name} ({who.held}), {_open(loads.get(who.id, 0))}"
            f"{' – see the warning' if who.id in found else ''}",
        )
        for who in order
    ]
    return NumberedSelect(one.label, hint=one.hint or ORDER, message=one.message, choices=choices)


def _fit(kind: Kind, stage: str, who: queries.Colleague) -> int:
    """How near a person’s roles are to what the case asks next: 0 where it is their turn, 2 where they move no such case."""
    if kind.stages[stage].next_owner in who.roles:
        return 0
    return 1 if who.roles & {one.next_owner for one in kind.stages.values()} else 2


def _open(number: int) -> str:
    return f"{number or 'no'} open case{'' if number == 1 else 's'}"


def _team(step: Step, known: Facts, by: Actor) -> Asked:
    one = _asked(step, "team")
    choices = [Choice(str(number), name) for number, name in teams(by=by)]
    now = known.case.team_id or by.team_id
    default = str(now) if now else None
    return NumberedSelect(one.label, hint=one.hint, message=one.message, choices=choices, default=default)


class OpenLinkedForm(StepForm):
    """What is to be opened from a case, and why; the rest is asked where cases of that kind are opened."""

    def goes_on_to(self, case: queries.CaseRow) -> str | None:
        """The page on which a case of the kind chosen is opened."""
        return following.begin(case, self["new_kind"].answer, self["reason"].answer)


@form("open_linked")
def open_linked(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """The form to open another case from this one, of a kind that the person may open."""
    assert known is not None
    one = _asked(step, "new_kind")
    openable = following.openable(known, by)
    choices = [choice for choice in coded(Asking(one, step, by, known)) if choice.value in openable]
    shown = field("radios", one.label, one.hint, choices=choices, message=one.message)
    return built(step, known, by, base=OpenLinkedForm, more={"new_kind": shown})


@form("import_case")
def import_case(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """The form to bring a case over, with the dates its old record gives."""
    one = _asked(step, "confirmed_by")
    managers = [who for who in queries.colleagues(None, by=by, role="manager") if who.id != by.person_id]
    columns: dict[str, Any] = {
        "what": field("text", "What happened", required=False),
        "on": field("date", "On which day", message="Enter the day it happened", required=False),
    }
    return built(
        step,
        known,
        by,
        more={
            "confirmed_by": NumberedSelect(
                one.label, message=one.message, choices=[Choice(str(who.id), who.name) for who in managers]
            ),
            "old_dates": GrowingRows(
                _asked(step, "old_dates").label, label_row="Date", least=3, columns=columns, required=False
            ),
        },
    )
