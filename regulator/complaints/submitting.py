"""Making a complaint: the questions in groups, what goes together, and the case that comes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from flask import request, url_for
from markupsafe import Markup

from regulator import moments
from regulator.accounts.codes import hash_code
from regulator.accounts.sessions import browser
from regulator.actors import PUBLIC, Actor, Side
from regulator.casework.facts import Facts
from regulator.casework.forms import WHEN, Sent, StepForm, built, form
from regulator.casework.steps import Taken
from regulator.complaints.code import code_for
from regulator.forms import Asked, Choice, field
from regulator.regime.model import Step

KIND, STEP, FOR, MADE = "complaint", "submit", "complaining_for", "made"
REPRESENTED, NAME, THEIR_NAME = "somebody_else", "name", "their_name"
SHOWN_FOR = timedelta(minutes=30)
"""A code is not left standing on a screen that somebody else may come to."""
FOR_WHOM = (
    Choice("myself", "Myself"),
    Choice(REPRESENTED, "Somebody else", "A child, a relative, a client, anybody who agrees that you act"),
)


@dataclass(frozen=True)
class Group:
    """Questions that belong together, under one heading."""

    heading: str
    words: str
    names: tuple[str, ...]


GROUPS = (
    Group("How it reached us", "", ("channel", WHEN)),
    Group("Who and what it is about", "", ("body", "technology")),
    Group(
        "What happened",
        "Write as you would tell somebody you trust. It does not have to be complete or in order: you can add to it later.",
        ("what_happened", "when_known", "happened_where", "own_data"),
    ),
    Group(
        "What we should look at",
        "We may show these lines to the organisation, so leave out your name and anything that it should not read.",
        ("allegations", "outcome_sought"),
    ),
    Group("What has been done so far", "", ("force_first", "others_told", "proceedings")),
    Group("About you", "", (FOR, "shares_identity", "is_vulnerable")),
    Group(
        "How we reach you",
        "Whichever you choose, you can always follow your complaint on this site. If you complain for somebody else,"
        " say here how we reach that person: what we write goes to your own address above as well. If we should"
        " write to you alone, choose “My page on this site”.",
        ("contact_by", "safe_contact", "language", "needs"),
    ),
    Group("Anything to show us", "", ("files",)),
)
REVEALS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "when_known": {"exact": ("happened_on",), "approximate": ("happened_when",)},
    "force_first": {"yes": ("force_first_on", "force_reference", "force_outcome_on")},
    FOR: {
        "myself": (NAME,),
        REPRESENTED: (
            THEIR_NAME,
            "representative_name",
            "representative_email",
            "representative_phone",
            "authority",
            "authority_words",
        ),
    },
    "contact_by": {"email": ("email",), "post": ("address",), "phone": ("phone",)},
}
"""Questions that stand under an answer to another: with script they are shown when it is chosen, without it always."""
PLACES = {
    name: place
    for place, name in enumerate(
        name
        for group in GROUPS
        for asked in group.names
        for name in (asked, *(under for shown in REVEALS.get(asked, {}).values() for under in shown))
    )
}
"""Where each question stands on the page."""
NEEDED: Mapping[str, str] = {
    "happened_on": "Enter the date it happened, or say that you know it roughly",
    "representative_name": "Enter your own name, as the person acting for them",
    "authority": "Choose what lets you act for them",
    "email": "Enter your email address, or choose another way for us to reach you",
    "address": "Enter your postal address, or choose another way for us to reach you",
    "phone": "Enter your telephone number, or choose another way for us to reach you",
}
"""Those that must be answered once the answer above them is chosen."""


ACTING: Mapping[str, str] = {
    "representative_name": "Your own name",
    "representative_email": "Your own email address",
    "representative_phone": "Your own telephone number",
    "authority": "What lets you act for them?",
}
"""What is asked of somebody who complains for another, in words to that person: whose name goes where is plain from each."""
REACHED_US = (
    "When did it reach us?",
    "Leave this empty if it reaches us now. Give the time where it is known.",
)


class SubmitForm(StepForm):
    """The questions somebody answers who complains; an officer fills it in for them with how and when it came."""

    template: ClassVar[str] = "complaints/form.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in self.asked:
            question.label.text = ACTING.get(question.short_name, question.label.text)
            if not question.is_required and question.short_name not in {*NEEDED, WHEN, "channel"}:
                question.label.text += " (optional)"
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
        if question.short_name not in REVEALS:
            return question(dense=dense)
        under = REVEALS[question.short_name]
        items = question.params()["items"]
        for item in items:
            shown = Markup("").join(self[name](dense=dense) for name in under.get(item["value"], ()))
            item["conditional"] = {"html": shown} if shown else None
        return shown_by_choice(question(dense=dense, items=items))

    @property
    def unasked(self) -> list[str]:
        """The questions that stand under answers that were not chosen."""
        return [
            name
            for above, under in REVEALS.items()
            for answer, names in under.items()
            for name in names
            if self[above].data != answer
        ]

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
    whom = field("radios", "Who are you complaining for?", choices=FOR_WHOM, message="Say who it is for")
    hint = "They may stay anonymous, but we may then be unable to look into it"
    theirs = field("text", "Name of the person you complain for", hint, required=False)
    return built(step, known, by, base=SubmitForm, without=without, more={FOR: whom, THEIR_NAME: theirs})


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
        made_at = moments.now().isoformat()
        browser()[MADE] = {"reference": taken.reference, "key": self.key, "at": made_at}
        return url_for(self.shown_at)


@dataclass(frozen=True)
class Keepsake:
    """What somebody keeps to come back: both open the case together."""

    reference: str
    code: str


def just_made() -> Keepsake | None:
    """The reference and code of the complaint that this browser has just sent, until they are kept or half an hour passed."""
    made = browser().get(MADE)
    if not made or datetime.fromisoformat(made["at"]) + SHOWN_FOR < moments.now():
        return None
    return Keepsake(made["reference"], code_for(made["key"]))


def speaker() -> Actor:
    """Who sends the form: the public complains, or acts for somebody who does."""
    role = "representative" if request.form.get(FOR) == REPRESENTED else "complainant"
    return Actor(PUBLIC.name, frozenset({role}), Side.public)
