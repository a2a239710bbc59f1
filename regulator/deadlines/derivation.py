"""How a date was reached, kept beside the date: enough to explain it and to count it again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time
from typing import Any

from regulator.deadlines import wording
from regulator.deadlines.calendar import CalendarName
from regulator.deadlines.changes import Absence, Away, Extension, Pause
from regulator.deadlines.rule import Form, Length, Rule


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One day that was passed over because it is not a working day, and why it is none."""

    day: date
    why: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """What a date was counted from, and every day that was left out on the way.

    trigger:  the day, or the moment in UTC, that started it
    words:    the rule’s form of words
    left_out: in order; those from `ended_on` onwards are the ones the end rolled over
    ended_on: the last day before any rolling
    remarks:  sentences on what else decided the date
    as_at:    the day up to which an open pause was counted
    """

    trigger: date | datetime
    rule: Rule
    words: str
    calendar: CalendarName
    calendar_version: str
    left_out: tuple[LeftOut, ...]
    pauses: tuple[Pause, ...]
    ignored: tuple[Absence, ...]
    extensions: tuple[Extension, ...]
    as_at: date | None
    remarks: tuple[str, ...]
    original_last_day: date
    ended_on: date
    last_day: date
    last_moment: datetime | None

    @property
    def paused_since(self) -> date | None:
        """The day from which the clock stands still, if it does; the dates are then as if it ran on after `as_at`."""
        if self.as_at is None:
            return None
        reached = min(self.as_at, self.last_day)
        return min((p.start for p in self.pauses if p.end is None and p.start <= reached), default=None)

    def to_json(self) -> str:
        """The derivation as JSON text, always the same text for the same derivation."""
        return json.dumps(_plain(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Derivation:
        """The derivation that `to_json` wrote.

        Raises: ValueError when the text is something else
        """
        try:
            return _derivation(json.loads(text))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError("This is not the record of a derivation.") from error

    def sentences(self) -> list[str]:
        """The derivation in plain English, in the order a reader would ask."""
        return wording.sentences(self)


def _plain(value: object) -> object:
    match value:
        case Length():
            return str(value)
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case tuple():
            return [_plain(item) for item in value]
        case _ if is_dataclass(value):
            return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value


def _derivation(plain: Mapping[str, Any]) -> Derivation:
    return Derivation(
        trigger=_day_or_moment(plain["trigger"]),
        rule=_rule(plain["rule"]),
        words=plain["words"],
        calendar=CalendarName(plain["calendar"]),
        calendar_version=plain["calendar_version"],
        left_out=tuple(LeftOut(date.fromisoformat(each["day"]), each["why"]) for each in plain["left_out"]),
        pauses=tuple(_pause(each) for each in plain["pauses"]),
        ignored=tuple(_absence(each) for each in plain["ignored"]),
        extensions=tuple(_extension(each) for each in plain["extensions"]),
        as_at=_day(plain["as_at"]),
        remarks=tuple(plain["remarks"]),
        original_last_day=date.fromisoformat(plain["original_last_day"]),
        ended_on=date.fromisoformat(plain["ended_on"]),
        last_day=date.fromisoformat(plain["last_day"]),
        last_moment=datetime.fromisoformat(plain["last_moment"]) if plain["last_moment"] else None,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _day_or_moment(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _rule(plain: Mapping[str, Any]) -> Rule:
    cutoff = None if plain["cutoff"] is None else time.fromisoformat(plain["cutoff"])
    return Rule(Form(plain["form"]), Length.parse(plain["length"]), plain["roll"], cutoff, plain["source"])


def _pause(plain: Mapping[str, Any]) -> Pause:
    return Pause(date.fromisoformat(plain["start"]), _day(plain["end"]), plain["cause"])


def _absence(plain: Mapping[str, Any]) -> Absence:
    return Absence(date.fromisoformat(plain["start"]), date.fromisoformat(plain["end"]), Away(plain["away"]))


def _extension(plain: Mapping[str, Any]) -> Extension:
    length = None if plain["length"] is None else Length.parse(plain["length"])
    return Extension(
        length, _day(plain["granted_on"]), plain["reason"], plain["source"], _day(plain["until"])
    )
