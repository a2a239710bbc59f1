"""Making a complaint: the questions in groups, what goes together, and the case that comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import request, url_for

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
REPRESENTED = "somebody_else"
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
        ("what_happened", "when_known", "happened_on", "happened_when", "happened_where", "own_data"),
    ),
    Group(
        "What we should look at",
        "We may show these lines to the organisation, so leave out your name and anything it should not read.",
        ("allegations", "outcome_sought"),
    ),
    Group(
        "What has been done so far",
        "",
        (
            "force_first",
            "force_first_on",
            "force_reference",
            "force_outcome_on",
            "others_told",
            "proceedings",
        ),
    ),
    Group(
        "Who complains",
        "",
        (
            FOR,
            "name",
            "shares_identity",
            "is_vulnerable",
            "representative_name",
            "representative_email",
            "representative_phone",
            "authority",
            "authority_words",
        ),
    ),
    Group(
        "How we reach you",
        "However you choose, you can always follow your complaint on this site with your reference and code.",
        ("contact_by", "email", "phone", "address", "safe_contact", "language", "needs"),
    ),
    Group("Anything to show us", "", ("files",)),
)
REACHED_BY = {
    "email": ("email", "Enter your email address, or choose another way for us to reach you"),
    "post": ("address", "Enter your postal address, or choose another way for us to reach you"),
    "phone": ("phone", "Enter your telephone number, or choose another way for us to reach you"),
}


class SubmitForm(StepForm):
    """The questions somebody answers who complains; an officer fills it in for them with how and when it came."""

    template: ClassVar[str] = "complaints/form.html"

    @property
    def is_for_officer(self) -> bool:
        """Whether an officer fills it in for somebody."""
        return "channel" in self

    @property
    def groups(self) -> list[tuple[Group, list[Asked]]]:
        """The questions under their headings; a heading with none is left out."""
        found = [(group, [self[name] for name in group.names if name in self]) for group in GROUPS]
        return [(group, questions) for group, questions in found if questions]

    def check(self) -> None:
        """Refuses what does not go together."""
        said = self.answers
        name, message = REACHED_BY.get(str(said["contact_by"]), ("", ""))
        if name and not said[name]:
            self.refuse(message, name)
        if said["when_known"] == "exact" and not said["happened_on"]:
            self.refuse("Enter the date it happened, or say that you know it roughly", "happened_on")
        if said[FOR] == REPRESENTED:
            self._check_authority()

    def _check_authority(self) -> None:
        if not self.representative_name.answer:
            self.refuse("Enter your own name, as the person acting for them", "representative_name")
        if not self.authority.answer:
            self.refuse("Choose what lets you act for them", "authority")

    def data_for_step(self) -> Sent:
        """The answers as the step takes them; who acts for whom is told by the representative’s name."""
        sent = super().data_for_step()
        acts = sent.data.pop(FOR) == REPRESENTED
        kept = {
            name: value
            for name, value in sent.data.items()
            if acts or not name.startswith(("representative_", "authority"))
        }
        return sent._replace(data=kept)


@form("submit_complaint")
def submit_complaint(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """Everything the edition asks; how it reached us is known where the public writes to us here."""
    without = set() if by.side is Side.staff else {"channel"}
    whom = field("radios", "Who are you complaining for?", choices=FOR_WHOM, message="Say who it is for")
    return built(step, known, by, base=SubmitForm, without=without, more={FOR: whom})


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
        browser()[MADE] = {"reference": taken.reference, "key": self.key}
        return url_for(self.shown_at)


@dataclass(frozen=True)
class Keepsake:
    """What somebody keeps to come back: both open the case together."""

    reference: str
    code: str


def just_made() -> Keepsake | None:
    """The reference and code of the complaint that this browser has just sent, until they are kept."""
    made = browser().get(MADE)
    return Keepsake(made["reference"], code_for(made["key"])) if made else None


def speaker() -> Actor:
    """Who sends the form: the public complains, or acts for somebody who does."""
    role = "representative" if request.form.get(FOR) == REPRESENTED else "complainant"
    return Actor(PUBLIC.name, frozenset({role}), Side.public)
