"""The update that was promised to the complainant, drafted from the record for a person to finish and send.

It says what the complainant was told since the last one, where the complaint stands and what comes next by when, in
the words of their own page. It is never sent by itself, and not while a gap is left for a person to fill.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from markupsafe import Markup

from regulator import moments, words
from regulator.actors import Actor
from regulator.casework import clocks
from regulator.casework.facts import Facts
from regulator.casework.filling import fill
from regulator.casework.forms import StepForm, built, form
from regulator.complaints import queries
from regulator.complaints.status import PROMISES, YOURS
from regulator.complaints.waiting import days_that_hold
from regulator.evidence.asked_rows import there
from regulator.fields.text import LongText
from regulator.regime.model import Step
from regulator.regime.running import Running

PROMISE = "progress"
DRAFT = "A draft, made from the record, to be read and finished by you"
MARK = Markup(
    "<p>What stands in the box was put together from the record since the complainant was last told. Read it, say what"
    " you did, and take out what does not belong.</p><p>Nothing goes until you send it.</p>"
)
DONE = "[Say what you have done since then, in your own words.]"
WHY_LATE = "[Say why, and when you will.]"
LEFT = "Finish the draft: replace what stands in square brackets with your own words, or take it out"
_GAP = re.compile("|".join(re.escape(gap) for gap in (DONE, WHY_LATE)))


class Draft(LongText):
    """Words to begin from, long enough to be read whole."""

    attributes: ClassVar[Mapping[str, Any]] = {"rows": 18}


class UpdateForm(StepForm):
    """What the complainant is told, with the draft to begin from."""

    @property
    def beside(self) -> Sequence[tuple[str, Markup]]:
        """That it is a draft, and what to do with it."""
        return [("This is a draft", MARK)]

    def check(self) -> None:
        """Refuses a draft that nobody finished."""
        if _GAP.search(self["update"].answer or ""):
            self.refuse(LEFT, "update")


@form("progress_update")
def progress_update(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """What to tell the complainant, drafted from what happened since they were last told."""
    known = there(known)
    asked = next(one for one in step.fields if one.name == "update")
    box = Draft(asked.label, hint=DRAFT, message=asked.message, default=draft(known, by))
    return built(step, known, by, base=UpdateForm, more={"update": box})


def draft(known: Facts, by: Actor) -> str:
    """The words to begin from: what happened, where it stands, what comes next; a paragraph each."""
    return "\n\n".join([*_happened(known, by), DONE, *_stands(known), *_ahead(known)])


def _happened(known: Facts, by: Actor) -> Iterator[str]:
    lines = queries.told_since(known.case.id, _last_told(known), by=by)
    for line in lines:
        if line.says:
            yield f"{words.day(line.on)}: {words.sentence(line.says)}"


def _last_told(known: Facts) -> int:
    """The entry with which the promise last began anew."""
    promise = known.kind.clocks.get(PROMISE)
    began = {*promise.starts, *promise.restarts} if promise else set()
    return max((event.seq for event in known.told if event.step in began), default=0)


def _stands(known: Facts) -> Iterator[str]:
    said = fill(known.kind.stages[known.stage].says.get("complainant", ""), days_that_hold(known))
    if said:
        yield said


def _ahead(known: Facts) -> Iterator[str]:
    """What we owe them next and what they may do, the soonest first; the next update is said by the letter itself."""
    for clock in sorted(known.running, key=lambda one: one.last_day):
        if not clock.is_open or clock.name == PROMISE:
            continue
        if clock.owed_by == "regulator" and "complainant" in clocks.concerned(known, clock):
            yield _ours(clock)
        elif clock.owed_by == "complainant" and not clock.is_overdue(moments.now()):
            yield f"{YOURS.get(clock.name, clock.clock.label)} until {words.day(clock.last_day)}."


def _ours(clock: Running) -> str:
    what, day = _low(PROMISES.get(clock.name, clock.clock.label)), words.day(clock.last_day)
    if clock.paused_since:
        return f"Next we will {what}. The time for that stands still at the moment, so we cannot yet say by when."
    if clock.is_overdue(moments.now()):
        return f"We said that we would {what} by {day}. We have not, and we are sorry. {WHY_LATE}"
    return f"We will {what} by {day}."


def _low(text: str) -> str:
    return text[:1].lower() + text[1:]
