"""What can go wrong in a way a person should be told about, and the HTTP status each becomes.

Every error carries one plain sentence. Anything that is not one of these is a bug and becomes a 500.
"""

from __future__ import annotations


class RegulatorError(Exception):
    """A refusal with a sentence fit to show to the person who asked."""

    status = 400

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Invalid(RegulatorError):
    """What was given cannot be used as it is; `field` names the answer at fault, where there is one."""

    status = 422

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class Missing(RegulatorError):
    """It does not exist, or it does and the person asking may not know."""

    status = 404


class Refused(RegulatorError):
    """In sight, but not for this person to do."""

    status = 403


class NotNow(RegulatorError):
    """The right person, but a fact about the case forbids it now; the sentence is the rule’s own."""

    status = 409


class Conflict(RegulatorError):
    """Somebody else was quicker: the thing changed while this person was writing."""

    status = 409


class TooMany(RegulatorError):
    """Too many attempts; wait and try again."""

    status = 429


class UnrecordedWrite(RuntimeError):
    """A write with no intent open: a bug, refused before it reaches the database."""
