"""What a person is asked who decides about a letter that did not simply arrive."""

from __future__ import annotations

from regulator.forms import Choice, Kind, PageForm, field
from regulator.letters.addresses import Address, is_email


class SendAgainForm(PageForm):
    """Why a letter should go again."""

    reason = field(
        Kind.LONG_TEXT,
        "Why should it go again?",
        hint="For the record. Say how you know that it did not arrive, or why it is worth arriving twice.",
        message="Say why it should go again",
    )


class SettleForm(PageForm):
    """How a letter was seen to in another way."""

    reason = field(
        Kind.LONG_TEXT,
        "What did you do?",
        hint="For the record, such as “Read it to her on the telephone on 3 March 2026”.",
        message="Say what you did",
    )


class ReaddressForm(PageForm):
    """Where a letter should go instead."""

    way = field(
        Kind.RADIOS,
        "How should it go?",
        choices=[Choice("email", "By email"), Choice("post", "By post")],
        message="Choose how it should go",
    )
    email = field(Kind.EMAIL, "Email address", hint="Where it goes by email.", required=False)
    postal = field(
        Kind.LONG_TEXT, "Postal address", hint="Where it goes by post, line by line.", required=False
    )
    reason = field(
        Kind.LONG_TEXT,
        "How do you know the address?",
        hint="For the record, such as “She gave it to me on the telephone today”.",
        message="Say how you know the address",
    )

    def validate(self, extra_validators: object = None) -> bool:
        """Whether everything was answered, with the address for the way chosen."""
        valid = bool(super().validate(extra_validators))
        if not valid:
            return False
        email, postal = str(self["email"].answer or ""), self["postal"].answer
        if self["way"].answer == "email" and not is_email(email):
            self.refuse("Enter an email address, like name@example.com", "email")
        if self["way"].answer == "post" and not postal:
            self.refuse("Enter the postal address", "postal")
        return not self.problems

    def address(self) -> Address:
        """The address for the way chosen; what was typed for the other is left aside."""
        if self["way"].answer == "email":
            return Address(email=str(self["email"].answer))
        return Address(postal=str(self["postal"].answer))


class PostedForm(PageForm):
    """On which day a letter was posted."""

    posted_on = field(
        Kind.DAY,
        "On which day was it posted?",
        hint="The day it was handed to the post.",
        message="Enter the day it was posted",
    )
