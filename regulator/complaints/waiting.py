"""What a complaint waits for, told to the person who made it: a hold, or a decision on their wish to withdraw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from regulator import words
from regulator.casework.facts import Facts
from regulator.casework.queries import Told
from regulator.casework.telling import clock_words
from regulator.desk.told import read
from regulator.language import _, later
from regulator.regime.pausing import Interval
from regulator.regime.telling import any_of

HOLD, QUESTION = "hold", "question"
ASK, CONFIRM = "ask_to_withdraw", "confirm_withdrawal"
ANSWERS = (CONFIRM, "keep_open")


@dataclass(frozen=True)
class Hold:
    """A pause of our time limits that its reader was told of; `why` follows “paused”, `goes_on` is a sentence or empty."""

    why: str
    since: date
    until: date
    goes_on: str


@dataclass(frozen=True)
class Wish:
    """A wish to withdraw that nobody has answered yet; `who` decides on it, `instead` is said once it is too late to."""

    on: date
    who: str
    instead: str


def hold_of(known: Facts, told: Sequence[Told]) -> Hold | None:
    """The hold the complaint is on, if it is on one that the complainant was told of: it may harm an inquiry to know."""
    held, reason = _running(known, HOLD), _told_of_hold(known, told)
    if held is None or reason is None:
        return None
    days = clock_words(known, "complainant")
    next_word = days.get("progress.last_day")
    goes_on = _("We still tell you how it stands, next by %(day)s.", day=next_word) if next_word else ""
    return Hold(reason, held.start, held.must_end, goes_on)


def _running(known: Facts, cause: str) -> Interval | None:
    return next((one for one in known.intervals if one.cause == cause and one.end is None), None)


def _told_of_hold(known: Facts, told: Sequence[Told]) -> str | None:
    """Why it is on hold, as the complainant was last told of this hold; None if they never were."""
    held = _running(known, HOLD)
    rule = known.kind.pauses[HOLD]
    for one in told:
        if held and one.seq >= held.opened_by and one.step in {*rule.opened_by, *rule.renewed_by}:
            asked = next(field for field in known.kind.steps[one.step].fields if field.name == "hold_cause")
            return read(asked, one.fields.get(asked.name), known)
    return None


def days_that_hold(known: Facts) -> dict[str, str]:
    """The last days that a sentence may name: one whose time stands still cannot be trusted."""
    still = {f"{one.name}.last_day" for one in known.running if one.is_open and one.paused_since}
    return {name: day for name, day in clock_words(known, "complainant").items() if name not in still}


INSTEAD: Mapping[str, str] = {
    "decided": (
        later(
            "We have already made our decision, so we tell it to you instead. Your complaint then closes by itself."
        )
    ),
    "told": (
        later(
            "You have our decision already. Your complaint closes by itself when the time to ask for a review is over."
        )
    ),
    "under_review": (
        later(
            "Our decision is being looked at again already, so we tell you the outcome. Your complaint closes with that."
        )
    ),
    "review_decided": (
        later("The review is finished already, so we tell you its outcome. Your complaint closes with that.")
    ),
}
"""What becomes of a wish that comes when there is a decision to be told, by stage."""


def wish_of(known: Facts) -> Wish | None:
    """The wish to withdraw that waits for an answer, if there is one."""
    asked, confirm = known.last(ASK), known.kind.steps[CONFIRM]
    if asked is None or not known.case.is_open or any(known.happened(one, asked.seq) for one in ANSWERS):
        return None
    instead = "" if known.stage in confirm.from_ or known.stage not in INSTEAD else _(INSTEAD[known.stage])
    return Wish(asked.occurred_day, words.sentence(any_of(confirm.who)).rstrip("."), instead)
