"""The kinds of question a page can ask; `field()` makes any of them from a declaration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from regulator.fields.asked import Asked, Choice
from regulator.fields.choices import Checkboxes, Confirm, Radios, Select
from regulator.fields.days import Day, Moment
from regulator.fields.files import Files
from regulator.fields.text import Code, Email, LongText, OneTimeCode, Password, Text

__all__ = ["Asked", "Choice", "Kind", "field"]


class Kind(StrEnum):
    """The kinds of question, by the names a declaration uses."""

    TEXT = "text"
    LONG_TEXT = "textarea"
    EMAIL = "email"
    CODE = "code"
    ONE_TIME_CODE = "one-time-code"
    PASSWORD = "password"  # noqa: S105 - the name of a kind
    RADIOS = "radios"
    SELECT = "select"
    CHECKBOXES = "checkboxes"
    CONFIRM = "confirm"
    DAY = "date"
    MOMENT = "moment"
    FILES = "file"


KINDS: Mapping[Kind, type[Asked]] = {
    Kind.TEXT: Text,
    Kind.LONG_TEXT: LongText,
    Kind.EMAIL: Email,
    Kind.CODE: Code,
    Kind.ONE_TIME_CODE: OneTimeCode,
    Kind.PASSWORD: Password,
    Kind.RADIOS: Radios,
    Kind.SELECT: Select,
    Kind.CHECKBOXES: Checkboxes,
    Kind.CONFIRM: Confirm,
    Kind.DAY: Day,
    Kind.MOMENT: Moment,
    Kind.FILES: Files,
}


def field(
    kind: Kind | str,
    label: str,
    hint: str = "",
    required: bool = True,
    *,
    choices: Iterable[Choice] = (),
    message: str = "",
) -> Asked:
    """A question of any kind, to be set on a form class.

    message: the sentence when nothing was said and something must be
    Raises:  ValueError, for a kind there is not
    """
    # WTForms hands back an unbound field until the form is made; its type says the bound one, as for any field.
    return KINDS[Kind(kind)](label, hint=hint, required=required, choices=choices, message=message)
