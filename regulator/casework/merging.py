"""The words that sentences and letters are filled with, for one reader: nothing of another body’s is among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from regulator import moments, words
from regulator.casework import answers
from regulator.casework.clocks import about
from regulator.casework.facts import Earlier, Facts
from regulator.casework.taking import Taking
from regulator.regime.events import Key
from regulator.regime.running import Running

THEIR_OWN = {"body": "your organisation", "oversight": "the body you oversee"}
"""What the bodies are called to readers of one sentence who may each know of one alone."""


@dataclass(frozen=True)
class Reader:
    """Who reads: staff, body, complainant, oversight or public.

    parties: the bodies’ parts in the case that the reader may know of; none for one who may know of all
    is_one:  whether it is one body that reads, not each of several
    """

    audience: str
    parties: frozenset[int] | None = None
    is_one: bool = False

    def may_know(self, party: Key | None) -> bool:
        """Whether what is about this party, or about none, may be told to this reader."""
        return self.parties is None or party is None or party in self.parties


def clock_words(
    known: Facts,
    audience: str = "staff",
    parties: Collection[int] | None = None,
    keys: Mapping[str, object] | None = None,
) -> dict[str, str]:
    """The last day of each clock that runs and is not past, as `name.last_day`, as one audience may read it.

    parties: the bodies’ parts in the case whose dates may be told; none for all. Where several differ none is told
    keys:    what it is about, where a clock runs for several things: the one of that thing goes before the others
    """
    now = moments.now()
    side = {"staff": "regulator"}.get(audience, audience)
    found: dict[str, list[Running]] = defaultdict(list)
    for clock in known.running:
        party = about(known, clock).keys.get("party")
        is_told = parties is None or party is None or party in parties
        if is_told and clock.is_open and not clock.is_overdue(now):
            found[clock.name].append(clock)
    days = {name: _day(known, clocks, side, keys or {}) for name, clocks in found.items()}
    return {f"{name}.last_day": words.day(day) for name, day in days.items() if day}


def _day(known: Facts, clocks: list[Running], side: str, keys: Mapping[str, object]) -> date | None:
    """The last day that clocks of one name have in common: the reader’s own, if they owe one of them."""
    own = [clock for clock in clocks if clock.owed_by == side] or clocks
    for_each: dict[Key | None, date] = {}
    for clock in sorted(own, key=lambda clock: _nearness(clock, keys)):
        for_each[about(known, clock).keys.get("party")] = clock.last_day
    days = set(for_each.values())
    return days.pop() if len(days) == 1 else None


def _nearness(clock: Running, keys: Mapping[str, object]) -> int:
    """In how many things it is about what is asked; less than nothing where one of them differs."""
    shared = [(value, keys[name]) for name, value in clock.keys.items() if isinstance(keys.get(name), int)]
    return len(shared) if all(mine == theirs for mine, theirs in shared) else -1


def merge(taking: Taking, reader: Reader, *, in_letter: bool = False) -> dict[str, str]:
    """The words a sentence or a letter may use: answers of the step, those of the case and its clocks.

    in_letter: with the latest answers given earlier in the case, which a letter may repeat
    """
    known = taking.facts
    said: dict[str, str] = {}
    for earlier in known.words_so_far if in_letter else ():
        if reader.may_know(earlier.party_id):
            said |= _read(earlier, known)
    for field in taking.step.fields:
        said[field.name] = answers.read(field, taking.data.get(field.name), known)
    said |= {
        "body": _bodies(taking, reader),
        "reference": known.case.reference,
        "today": words.day(taking.on),
        "stage": known.kind.stages[known.stage].label,
    }
    if not said.get("party"):
        said["party"] = said["body"]
    return said | clock_words(known, reader.audience, reader.parties, taking.intent.keys) | taking.words


def _read(earlier: Earlier, known: Facts) -> dict[str, str]:
    step = known.kind.steps.get(earlier.step)
    fields = {field.name: field for field in step.fields} if step else {}
    return {n: answers.read(fields[n], v, known) for n, v in earlier.fields.items() if n in fields}


def _bodies(taking: Taking, reader: Reader) -> str:
    """The bodies the case is about, as far as this reader may know of them."""
    parties = taking.facts.subjects if reader.audience == "complainant" else taking.concerned
    names = [taking.facts.names[party.body_id] for party in parties if reader.may_know(party.id)]
    if len(names) > 1 and not reader.is_one:
        return THEIR_OWN.get(reader.audience, " and ".join(names))
    return " and ".join(names)
