"""The text of an instrument as it is signed: what it is, under which power, what failed, why, and each step with its day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from regulator import words
from regulator.casework import editions
from regulator.casework.facts import Facts
from regulator.enforcement.facts import notice_of, steps_of
from regulator.enforcement.models import NoticeStep
from regulator.regime.model import Choice, Edition


def paragraphs_of(text: str | None) -> list[str]:
    """The paragraphs of a text that is kept with an empty line between them."""
    return [one for one in (text or "").split("\n\n") if one]


def choice_of(known: Facts, choices: str, code: str) -> Choice:
    """A coded answer of the edition that the case keeps."""
    found = editions.editions()[known.case.edition].choices(choices)
    return next((one for one in found if one.code == code), Choice(code, code))


def instrument_words(known: Facts) -> str:
    """What the instrument is called: “compliance notice”."""
    return choice_of(known, "instruments", notice_of(known).instrument).told


def power_words(known: Facts) -> str:
    """The power it is given under, with the law that it is modelled on or stands in."""
    power = choice_of(known, "powers", notice_of(known).power)
    return f"{power.label} ({power.hint[:1].lower()}{power.hint[1:]})" if power.hint else power.label


def standard_words(known: Facts) -> str:
    """The standard it is about: what it asks, and where it stands."""
    standard = editions.editions()[known.case.edition].standards.get(notice_of(known).standard)
    if standard is None:
        return notice_of(known).standard
    return f"{standard.title}. {standard.text} Where it stands: {standard.source}"


def composed(known: Facts, reasons: Sequence[str]) -> list[str]:
    """The whole text in paragraphs, round the reasons as the lawyer cleared them."""
    return list(_composed(known, reasons))


def _composed(known: Facts, reasons: Sequence[str]) -> Iterator[str]:
    notice = notice_of(known)
    called = instrument_words(known)
    body = ", ".join(known.names[one.body_id] for one in known.subjects)
    yield f"{called[:1].upper()}{called[1:]} to {body}. Our reference: {known.case.reference}."
    yield f"The power: {words.sentence(power_words(known))}"
    yield f"The standard: {words.sentence(standard_words(known))}"
    for place, failure in enumerate(paragraphs_of(notice.failure)):
        yield failure if place else f"What failed, or is feared: {failure}"
    yield from reasons
    if notice.is_urgent and notice.urgency:
        yield f"This is urgent, for these reasons: {notice.urgency}"
    yield from (in_text(one) for one in steps_of(known) if not one.settled_as)


def in_text(step: NoticeStep) -> str:
    """A step as it stands in the text, with the day that the text sets."""
    when = f"within {step.hours} hours of service" if step.hours else f"by {words.day(step.done_by)}"
    until = ". What it names is prohibited until it is done" if step.prohibits else ""
    return f"Step {step.number}, {when}{until}: {words.sentence(step.words)}"


class Answered(Protocol):
    """A point of the representations with its answer, as a row or as a form reads it."""

    @property
    def words(self) -> str:
        """What the body said."""

    @property
    def answer(self) -> str | None:
        """Whether it is accepted."""

    @property
    def reason(self) -> str | None:
        """Why."""


def draft_reasons(edition: Edition, points: Sequence[Answered]) -> list[str]:
    """A first draft of the reasons: what the body said, and our answer to each point."""
    told = {one.code: one.told for one in edition.choices("dispositions")}
    return [
        f"You said: {words.sentence(one.words)} Our answer: {words.sentence(told.get(one.answer, ''))} {one.reason or ''}"
        for one in points
        if one.answer
    ]


def varied_text(known: Facts, changes: Iterable[tuple[NoticeStep, str]], number: int) -> list[str]:
    """The text of a variation: each step that it changes, as it then stands.

    changes: each step after the change, with what became of it
    """
    called = instrument_words(known)
    head = f"Variation {number} of the {called} with our reference {known.case.reference}."
    return [head, *(f"Step {step.number}: {what}" for step, what in changes)]
