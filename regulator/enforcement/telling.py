"""The words that a notice, a warning or a reprimand gives to its letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from regulator import words
from regulator.casework.answers import numbered
from regulator.casework.facts import Facts
from regulator.casework.registry import merges
from regulator.enforcement.choosing import act_words
from regulator.enforcement.facts import act_of, of, steps_of, suspended
from regulator.enforcement.foreseeing import days_as_counted
from regulator.enforcement.models import NoticeStep
from regulator.enforcement.wording import choice_of, paragraphs_of, power_words, standard_words
from regulator.letters.commands import Recipient


@merges("enforcement")
def letter_words(known: Facts, recipient: Recipient) -> dict[str, str]:
    """The text as it was signed, the steps as they stand, and what is appealed against."""
    del recipient
    notice = of(known).notice
    if notice is None:
        return {}
    event = known.events[-1]
    days, now = days_as_counted(known), suspended(known)
    about = set(event.about("notice_step"))
    act = next((found for seq in event.about("act") if (found := act_of(known, seq))), None)
    said = {
        "instrument": _low(choice_of(known, "instruments", notice.instrument).label),
        "power": power_words(known),
        "standard": standard_words(known),
        "notice": numbered(paragraphs_of(notice.final_text)),
        "steps": _listed((one for one in steps_of(known) if one.served_on), days, now),
        "these_steps": _listed((one for one in of(known).steps if one.id in about), days, now),
        "act": _low(act_words(act)) if act and act.seq != event.seq else "",
    }
    return {name: text for name, text in said.items() if text}


def _low(text: str) -> str:
    return text[:1].lower() + text[1:]


def _listed(steps: Iterable[NoticeStep], days: Mapping[int, date], now: set[int]) -> str:
    return "\n\n".join(_step(one, days.get(one.id), is_suspended=one.id in now) for one in steps)


SETTLED = {
    "done": "It is done.",
    "not_needed": "It is no longer needed.",
    "fallen_away": "It has fallen away.",
}


def _step(one: NoticeStep, day: date | None, *, is_suspended: bool) -> str:
    """A step with its number and its last day, or with what became of it."""
    if one.settled_as:
        return f"{one.number}. {words.sentence(one.words)} {SETTLED.get(one.settled_as, '')}".strip()
    until = " Until it is done, what it names is prohibited." if one.prohibits else ""
    still = ", which stands still while it is suspended" if is_suspended else ""
    due = f" Its last day is {words.day(day)}{still}." if day else ""
    return f"{one.number}. {words.sentence(one.words)}{due}{until}"
