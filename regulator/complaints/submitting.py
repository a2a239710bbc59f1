"""Making a complaint: the questions in groups, what goes together, and the case that comes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from flask import url_for
from markupsafe import Markup

from regulator import moments
from regulator.accounts.codes import hash_answer, hash_code
from regulator.accounts.sessions import browser
from regulator.actors import PUBLIC, Actor, Side
from regulator.casework import editions
from regulator.casework.facts import Facts
from regulator.casework.forms import WHEN, Sent, StepForm, built, form
from regulator.casework.steps import Taken
from regulator.complaints.code import code_for
from regulator.complaints.questions import (
    ACTING,
    FOR,
    FOR_WHOM,
    GROUPS,
    NAME,
    NEEDED,
    PLACES,
    REACHED_US,
    REPRESENTED,
    REVEALS,
    THEIR_NAME,
    WAY_BACK_ANSWER,
    Group,
)
from regulator.forms import Asked, field
from regulator.language import _, later
from regulator.regime.model import Step

KIND, STEP, MADE = "complaint", "submit", "made"
SHOWN_FOR = timedelta(minutes=30)
"""A code is not left standing on a screen that somebody else may come to."""


class SubmitForm(StepForm):
    """The questions somebody answers who complains; an officer fills it in for them with how and when it came."""

    template: ClassVar[str] = "complaints/form.html"
    reveals: ClassVar[Mapping[str, Mapping[str, tuple[str, ...]]]] = REVEALS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in self.asked:
            question.label.text = ACTING.get(question.short_name, question.label.text)
            if not question.is_required and question.short_name not in {*NEEDED, WHEN, "channel", "way_back"}:
                question.label.text = _("%(question)s (optional)", question=_(question.label.text))
        if self.when:
            self.when.label.text, self.when.description = REACHED_US

    @property
    def is_for_officer(self) -> bool:
        """Whether an officer fills it in for somebody."""
        return "channel" in self

    @property
    def asked(self) -> list[Asked]:
        """The questions in the order of the page, which is also the order of what is wrong with them."""
        return sorted(super().asked, key=lambda question: PLACES.get(question.short_name, len(PLACES)))

    @property
    def groups(self) -> list[tuple[Group, list[Asked]]]:
        """The questions under their headings; a heading with none is left out."""
        found = [(group, [self[name] for name in group.names if name in self]) for group in GROUPS]
        return [(group, questions) for group, questions in found if questions]

    def drawn(self, question: Asked, dense: bool) -> Markup:
        """A question with those that stand under its answers."""
        if question.short_name not in self.reveals:
            return question(dense=dense)
        return shown_by_choice(question(dense=dense, items=self.items(question)))

    def items(self, question: Asked) -> Any:
        """The choices of a question, each with what stands under it; none of what is no choice."""
        items = question.params().get("items")
        for item in items or () if question.short_name in self.reveals else ():
            under = self.reveals[question.short_name].get(item["value"], ())
            shown = Markup("").join(self[name]() for name in under if name in self)
            item["conditional"] = {"html": shown} if shown else None
        return items

    @property
    def unasked(self) -> list[str]:
        """The questions that stand under answers that were not chosen."""
        return [
            name
            for above, under in self.reveals.items()
            for answer, names in under.items()
            for name in names
            if above in self and self[above].data != answer
        ]

    @property
    def is_answered(self) -> bool:
        """Whether all that is needed here was answered, and can be read."""
        return self.validate()

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether every answer can be used; what stands under an answer that was not chosen is no hindrance."""
        every = dict(self._fields)  # type: ignore[has-type]  # WTForms does not say
        unasked = self.unasked
        self._fields = {name: question for name, question in every.items() if name not in unasked}
        try:
            return super().validate(extra_validators)
        finally:
            self._fields = every

    def check(self) -> None:
        """Refuses an empty answer where the answer above it asks for one."""
        if self.is_for_officer and not self.channel.answer:
            self.refuse("Choose how it reached us", "channel")
        if "way_back" in self and not self.is_for_officer and not self.way_back.answer:
            self.refuse(self.way_back.message, "way_back")
        for name, message in NEEDED.items():
            if name in self and not self[name].answer:
                self.refuse(message, name)

    def data_for_step(self) -> Sent:
        """The answers as the step takes them, without those that stand under answers not chosen; ways to reach them stay."""
        sent = super().data_for_step()
        left_out = {FOR, *self.unasked} - {name for names in REVEALS["contact_by"].values() for name in names}
        kept = {name: value for name, value in sent.data.items() if name not in left_out}
        if THEIR_NAME in kept:
            kept[NAME] = kept.pop(THEIR_NAME)
        if WAY_BACK_ANSWER in kept:
            kept["answer_hash"] = hash_answer(str(kept.pop(WAY_BACK_ANSWER)))
        return sent._replace(data=kept)


BY_SCRIPT = re.compile(r' data-aria-controls="[^"]*"| govuk-radios__conditional--hidden')


def shown_by_choice(radios: Markup) -> Markup:
    """Radios whose further questions the style sheet shows and hides: the same with script and without.

    The library’s script would say “expanded” of a radio, which no reader of screens may be told.
    """
    return Markup(BY_SCRIPT.sub("", radios))  # noqa: S704 - only takes attributes away


@form("submit_complaint")
def submit_complaint(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """Everything the edition asks; how it reached us is known where the public writes to us here."""
    without = set() if by.side is Side.staff else {"channel"}
    return built(step, known, by, base=SubmitForm, without=without, more=beside_the_step())


def beside_the_step() -> dict[str, Asked]:
    """What is asked only to know which questions to ask, and of whom an answer speaks."""
    hint = later("They may stay anonymous, but we may then be unable to look into it")
    return {
        FOR: field(
            "radios",
            later("Who are you complaining for?"),
            choices=FOR_WHOM,
            message=later("Say who it is for"),
        ),
        THEIR_NAME: field("text", later("Name of the person you complain for"), hint, required=False),
        WAY_BACK_ANSWER: field(
            "text", later("Your answer"), later("Nobody can read it later, not even us"), required=False
        ),
    }


class Making:
    """One sending of the form: the code that follows from the form’s own key, and where to go with the new case.

    The same form sent twice opens one case and shows one code, though the code is kept nowhere.
    """

    def __init__(self, shown_at: str) -> None:
        self.shown_at, self.key = shown_at, ""

    def also(self, form: StepForm) -> dict[str, str]:
        """What goes into the step beside the answers: the hash of the code."""
        self.key = str(form.key.data)
        return {"code_hash": hash_code(code_for(self.key))}

    def place(self, taken: Taken) -> str:
        """The page that shows reference and code, to this browser alone."""
        show_once(taken.reference, self.key)
        return url_for(self.shown_at)


def show_once(reference: str, key: str, *, is_new: bool = False) -> None:
    """Let this browser see the reference and the code of what it has just made, until they are kept.

    is_new: the code takes the place of one that was lost
    """
    browser()[MADE] = {"reference": reference, "key": key, "at": moments.now().isoformat(), "is_new": is_new}


@dataclass(frozen=True)
class Keepsake:
    """What somebody keeps to come back: both open the case together."""

    reference: str
    code: str
    is_new: bool = False


def just_made() -> Keepsake | None:
    """The reference and code of the complaint that this browser has just sent, until they are kept or half an hour passed."""
    made = browser().get(MADE)
    if not made or datetime.fromisoformat(made["at"]) + SHOWN_FOR < moments.now():
        return None
    return Keepsake(made["reference"], code_for(made["key"]), made.get("is_new", False))


def speaker(for_whom: str | None) -> Actor:
    """Who sends a complaint: the public complains, or acts for somebody who does."""
    role = "representative" if for_whom == REPRESENTED else "complainant"
    return Actor(PUBLIC.name, frozenset({role}), Side.public)


def code_hash(key: str) -> str:
    """What is kept of the code that follows from a form’s own key."""
    return hash_code(code_for(key))


def opens_until() -> date:
    """The last day on which a code made today opens its case."""
    return moments.today() + timedelta(days=editions.current().intake.access_days)
