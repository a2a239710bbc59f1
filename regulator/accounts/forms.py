"""The forms of sign-in, of people and of bodies. None of them knows the database: choices are given by the view."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from regulator.forms import Choice, PageForm, field

NEW_PASSWORD = (
    "Three words that you will remember are better than one that you will not. At least 12 characters."  # noqa: S105
)
ADDRESS_HINT = "Their own address at work. The invitation goes there."


class SignInForm(PageForm):
    """What somebody knows."""

    email = field("email", "Email address", message="Enter your email address")
    password = field("password", "Password", message="Enter your password")


class CodeForm(PageForm):
    """What somebody has."""

    code = field(
        "one-time-code", "Code", "Six figures, from your authenticator app.", message="Enter the code"
    )


class RecoveryForm(PageForm):
    """What somebody wrote down."""

    code = field(
        "code",
        "Recovery code",
        "One of the ten you were given. Each works once.",
        message="Enter a recovery code",
    )


class EnrolForm(PageForm):
    """The first code, which proves that the app has the secret."""

    code = field(
        "one-time-code", "Code", "Six figures, from the app.", message="Enter the code that the app shows"
    )


class PresentPasswordForm(PageForm):
    """Proof that it is still the same person."""

    present = field("password", "Your present password", message="Enter your present password")


class NewFactorForm(PresentPasswordForm, EnrolForm):
    """Another app in place of the one before."""


class ForgottenForm(PageForm):
    """Where a new password can be asked for."""

    email = field("email", "Email address", message="Enter your email address")


class NewPasswordForm(PageForm):
    """A new password."""

    password = field("password", "New password", NEW_PASSWORD, message="Enter a new password")


class ChangePasswordForm(PresentPasswordForm, NewPasswordForm):
    """A new password in place of the present one."""


class RemindersForm(PageForm):
    """How somebody wants to be told of what falls due."""

    how = field(
        "radios",
        "When do you want to be told?",
        "This is about times that we set ourselves. What the law asks of us is always told at once.",
        choices=[
            Choice("at_once", "At once, as each falls due"),
            Choice("daily", "Once a day, in one message after seven in the morning"),
        ],
        message="Choose how you want to be told",
    )


class InvitationForm(PageForm):
    """What somebody invited says."""

    name = field(
        "text", "Your name", "As other people in the service will see it.", message="Enter your name"
    )
    password = field("password", "Password", NEW_PASSWORD, message="Enter a password")


class InviteForm(PageForm):
    """Who is invited, and for what."""

    name = field("text", "Name", message="Enter their name")
    email = field("email", "Email address", ADDRESS_HINT, message="Enter their email address")
    body = field("select", "Who they work for", message="Choose who they work for")
    team = field(
        "select", "Team", "For the regulator’s own people, who can change teams later.", required=False
    )
    roles = field("checkboxes", "What they do", message="Choose at least one thing they do")

    def offer(self, bodies: Iterable[Choice], teams: Iterable[Choice], roles: Iterable[Choice]) -> InviteForm:
        """Say what may be chosen; what has no choice is not asked, as for who may invite to one body alone."""
        for name, choices in (("body", bodies), ("team", teams), ("roles", roles)):
            self[name].choices = tuple(choices)
            if not self[name].choices:
                del self[name]
        return self


class RoleForm(PageForm):
    """A role to be given."""

    role = field("radios", "Role", message="Choose a role")

    def offer(self, roles: Iterable[Choice]) -> RoleForm:
        """Say which roles may be given."""
        self["role"].choices = tuple(roles)
        return self


class TeamForm(PageForm):
    """What a team is called."""

    name = field(
        "text", "Name", "As it stands on cases and on worklists.", message="Enter a name for the team"
    )


class MemberForm(PageForm):
    """Who is put in a team."""

    person = field("select", "Person", message="Choose a person")

    def offer(self, people: Iterable[Choice]) -> MemberForm:
        """Say who may be chosen."""
        self["person"].choices = tuple(people)
        return self


class TeamChoiceForm(PageForm):
    """The team somebody works in."""

    team = field("radios", "Team", message="Choose a team, or none")

    def offer(self, teams: Iterable[Choice]) -> TeamChoiceForm:
        """Say which teams there are."""
        self["team"].choices = tuple(teams)
        return self


class ConfirmForm(PageForm):
    """Nothing to answer: the page asks whether to go on."""


class RenameForm(PageForm):
    """What a body is called, and from when."""

    name = field("text", "New name", message="Enter the new name")
    on = field("date", "From", "The first day of the new name.", message="Enter the day from which it holds")


class OverseerForm(PageForm):
    """Who oversees a body, and from when."""

    overseer = field("select", "Overseen by", message="Choose who oversees it")
    on = field("date", "From", "The first day of it.", message="Enter the day from which it holds")


class MergeForm(PageForm):
    """Which bodies give way, to which, and when."""

    slugs = field("checkboxes", "Bodies that end", message="Choose at least one body")
    into = field(
        "text",
        "Name of the body that takes their place",
        "A new name, or the name of one that is there already.",
        message="Enter the name of the body that takes their place",
    )
    on = field("date", "On", "Its first day.", message="Enter the day on which it takes their place")


def given(form: PageForm, name: str) -> Any:
    """One answer of a form that was sent and is whole."""
    return form.answers[name]
